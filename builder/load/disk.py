"""The only reader of files: a newsroom's folder, the theme that ships, and what the command line names."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from errno import ENOENT, ENOTDIR
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from builder.load import astray
from builder.load.seen import YOUNG, Seen, Stamp
from builder.model.post import Blog
from builder.model.sources import SourceFile, Sources, Theme
from builder.problem import Level, Problem, Trouble, guess

_PICTURES = frozenset(
    (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".avif", ".heic", ".svg")
)
_NO_POSTS = frozenset(("node_modules", "_site", "_includes", "_layouts", "layouts", "archetypes", "themes"))
"""Folders of generators, in which Markdown is no post."""

_LARGEST_TEXT = 4_000_000
"""Bytes; a text file above this is no story and would only fill the memory."""


def read(newsroom: Path, people: Path | None = None, seen: Seen | None = None) -> Sources:
    """All files of the newsroom in `newsroom`; the people file may stand elsewhere.

    With `seen`, what is as it was at the last reading is not read again and comes back as the same objects. Raises Trouble when there is no newsroom here. A people file that is named and missing is an error, and nobody's
    consent is known; what was known of its end still holds.
    """
    stories = newsroom / "stories"
    problems: list[Problem] = []
    if not os.path.isdir(stories):  # noqa: PTH112 - a Path raises where one may not look
        raise Trouble(astray.no_newsroom(str(newsroom)))
    seen = _beginning(seen)
    inside_stories = _listed(stories, newsroom, problems)
    settings = _read_at(stories / "newsletter.yaml", newsroom, problems, seen)
    near = ""
    if settings is None and not problems:
        near = guess("newsletter.yaml", [path.name for path in inside_stories])
        problems.append(astray.settings_missing(near))
    named = people is not None
    if people is not None and not _is_there(people):
        problems.append(astray.people_missing(str(people)))
    markdown: list[SourceFile] = []
    pictures: list[str] = []
    for folder in _of_years(inside_stories):
        for path, inside in _files(folder, problems, newsroom):
            if inside.endswith(".md"):
                markdown += _some(_read(path, f"stories/{folder.name}/{inside}", problems, seen))
            elif inside[inside.rfind(".") :].lower() in _PICTURES:
                pictures.append(f"{folder.name}/{inside}")
    people = people or stories / "people.yaml"
    record = _read_at(people, newsroom, problems, seen)
    return seen.same(
        Sources(
            settings=settings,
            people=record,
            people_unread=record is None and (named or os.path.lexists(people)),
            teams=_read_at(stories / "teams.yaml", newsroom, problems, seen),
            stories=tuple(markdown),
            editions=tuple(_texts(stories / "editions", ".md", newsroom, problems, seen)),
            metrics=tuple(_texts(stories / "metrics", ".yaml", newsroom, problems, seen)),
            voices=tuple(_texts(stories / "voices", ".yaml", newsroom, problems, seen)),
            commitments=tuple(_texts(stories / "commitments", ".yaml", newsroom, problems, seen)),
            promises=tuple(_texts(stories / "promises", ".yaml", newsroom, problems, seen)),
            corrections=tuple(_texts(stories / "corrections", ".yaml", newsroom, problems, seen)),
            approvals=tuple(_texts(stories / "approvals", ".yaml", newsroom, problems, seen)),
            pictures=tuple(pictures),
            files=tuple(inside for _, inside in _files(stories / "files", problems, newsroom)),
            problems=(*problems, *_strays(inside_stories, newsroom, known={*astray.KNOWN, near})),
        )
    )


def _beginning(seen: Seen | None) -> Seen:
    seen = seen or Seen()
    seen.begin((seen.clock or time.time_ns)())
    return seen


def _listed(folder: Path, newsroom: Path, problems: list[Problem]) -> list[Path]:
    """What stands in a folder, in order."""
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        problems.append(astray.unreadable(_shown(folder, newsroom), fault.strerror or ""))
        return []


def _is_there(path: Path) -> bool:
    """Whether there is a file, perhaps one that may not be looked at."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as fault:
        return fault.errno not in (ENOENT, ENOTDIR)


def _is_year(path: Path) -> bool:
    return path.name.isdigit() and len(path.name) == 4 and os.path.isdir(path)  # noqa: PTH112 - as above


def _of_years(inside_stories: Iterable[Path]) -> Iterator[Path]:
    """The folders of the years."""
    return filter(_is_year, inside_stories)


def _strays(inside_stories: Iterable[Path], newsroom: Path, known: Collection[str]) -> Iterator[Problem]:
    """What stands in stories/ and will never be read, because of its name or place."""
    for path in inside_stories:
        name = path.name
        if not _is_text(name):
            yield astray.unnamed(_shown(path, newsroom))
            continue
        if name.startswith(".") or name in known or _is_year(path) or not os.path.lexists(path):
            continue
        is_folder = os.path.isdir(path)  # noqa: PTH112 - as above
        yield astray.stray(path.relative_to(newsroom).as_posix(), is_folder=is_folder)


def _texts(
    folder: Path, suffix: str, newsroom: Path, problems: list[Problem], seen: Seen
) -> Iterator[SourceFile]:
    for path, inside in _files(folder, problems, newsroom):
        shown = f"stories/{folder.name}/{inside}"
        if inside.endswith(suffix) and "/" not in inside:
            yield from _some(_read(path, shown, problems, seen))
        else:
            kinds = () if "/" in inside else (suffix, ".yml")
            problems.append(astray.of_another_kind(shown, folder.name, suffix, kinds))


def _files(folder: Path, problems: list[Problem], newsroom: Path) -> list[tuple[str, str]]:
    """The files below `folder`, sorted: each one's path, and its place inside with forward slashes.

    Hidden ones and editors' leavings are passed over, links never lead out. Newsrooms have tens of thousands of
    files: no Path is made for each.
    """
    found: list[tuple[str, str]] = []
    if not os.path.isdir(folder):  # noqa: PTH112 - as above
        return found
    limit = newsroom.resolve()
    above = "" if folder == newsroom else f"{_shown(folder, newsroom)}/"
    if folder.is_symlink() and _leads_out(folder, limit):
        problems.append(astray.link_out(above.removesuffix("/")))
        return found
    below = [(str(folder), "")]
    while below:
        base, inside = below.pop()
        try:
            with os.scandir(base) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as fault:
            problems.append(_unreadable(base, f"{above}{inside}".removesuffix("/") or ".", fault))
            continue
        folders: list[tuple[str, str]] = []
        for entry in entries:
            name = entry.name
            if _is_folder(entry):
                if name.startswith("."):
                    pass
                elif entry.is_symlink():
                    problems.append(astray.link_to_folder(f"{above}{inside}{name}"))
                else:
                    folders.append((entry.path, f"{inside}{name}/"))
            elif name.startswith((".", "~")) or name.endswith(("~", ".tmp", ".swp")):
                pass
            elif not _is_text(name):
                problems.append(astray.unnamed(f"{above}{inside}{name}"))
            elif entry.is_symlink() and _leads_out(Path(entry.path), limit):
                problems.append(astray.link_out(f"{above}{inside}{name}"))
            else:
                found.append((entry.path, f"{inside}{name}"))
        below += reversed(folders)
    return sorted(found, key=lambda one: one[1].split("/"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads to itself is no folder


def _read_at(path: Path, newsroom: Path, problems: list[Problem], seen: Seen) -> SourceFile | None:
    return _read(str(path), _shown(path, newsroom), problems, seen)


def _read(path: str, shown: str, problems: list[Problem], seen: Seen) -> SourceFile | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - once for each file: a Path costs as much again
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is no file")
        if status.st_size > _LARGEST_TEXT:
            problems.append(astray.too_large(shown, status.st_size, _LARGEST_TEXT))
            return None
        return _again(path, shown, status, seen)
    except OSError as fault:
        if fault.errno not in (ENOENT, ENOTDIR) or os.path.lexists(path):
            problems.append(_unreadable(path, shown, fault))
        return None


def _again(path: str, shown: str, status: os.stat_result, seen: Seen) -> SourceFile:
    """A file, from the disk only where it may have changed since it was read; raises OSError."""
    stamp = _stamp(status)
    known = seen.again(path, shown, stamp)
    if known:
        return known
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return seen.note(path, stamp, SourceFile(path=shown, data=file.read()))


def _leads_out(path: Path, limit: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(limit)
    except (OSError, RuntimeError):
        return False  # a link that leads to itself leads nowhere; whoever opens it is told


def _is_text(name: str) -> bool:
    """Whether a file's name is text; a disk takes any bytes for a name."""
    return name.isascii() or not any("\ud800" <= one <= "\udfff" for one in name)


def _unreadable(path: str, shown: str, fault: OSError) -> Problem:
    if os.path.islink(path) and not os.path.exists(path):  # noqa: PTH110, PTH114 - as above
        return astray.link_to_nowhere(shown)
    return astray.unreadable(shown, fault.strerror or "")


def _shown(path: Path, newsroom: Path) -> str:
    return path.relative_to(newsroom).as_posix() if path.is_relative_to(newsroom) else str(path)


def _some(source: SourceFile | None) -> list[SourceFile]:
    return [source] if source else []


def read_blog(folder: Path, newsroom: Path) -> Blog:
    """The Markdown of a blog, and the paths of its other files; a newsroom that stands inside it is passed over.

    Raises Trouble when the folder is the newsroom's own.
    """
    if folder.resolve().is_relative_to((newsroom / "stories").resolve()):
        raise Trouble(
            Problem(
                code="own-stories",
                level=Level.ERROR,
                file=str(folder),
                message="this folder is the newsroom's own: its stories are here already",
                mend="Name the folder of the other blog.",
            )
        )
    problems: list[Problem] = []
    posts: list[SourceFile] = []
    files: set[str] = set()
    passed_over: set[str] = set()
    inner = newsroom.resolve() if newsroom.resolve() != folder.resolve() else newsroom.resolve() / "stories"
    seen = _beginning(None)
    for path, inside in _files(folder, problems, folder):
        generators = next((part for part in inside.split("/")[:-1] if part in _NO_POSTS), "")
        if Path(os.path.realpath(path)).is_relative_to(inner):  # which a link to itself has as well
            continue
        if generators:
            passed_over.add(inside.partition(generators)[0] + generators)
        elif inside.lower().endswith((".md", ".markdown")):
            posts += _some(_read(path, inside, problems, seen))
        else:
            files.add(inside)
    problems += [
        Problem(
            code="post-folder",
            level=Level.HINT,
            file=one,
            message="this folder belongs to the generator, so nothing in it was taken for a post",
            mend="Nothing needs doing.",
        )
        for one in sorted(passed_over)
    ]
    return Blog(posts=tuple(posts), files=frozenset(files), problems=tuple(problems))


@contextmanager
def open_table(path: Path, newsroom: Path, *, private: bool) -> Iterator[BinaryIO]:
    """A file with answers or numbers, open for reading. What is `private` may not lie in the newsroom: a repository never
    forgets. Raises Trouble."""
    if private and path.resolve().is_relative_to(newsroom.resolve()):
        raise Trouble(astray.answers_inside(str(path)))
    try:
        file = path.open("rb")
    except OSError as fault:
        raise Trouble(_unreadable(str(path), str(path), fault)) from fault
    with file:
        try:
            yield file
        except OSError as fault:
            raise Trouble(astray.unreadable(str(path), fault.strerror or "")) from fault


def open_inside(newsroom: Path) -> Callable[[str], bytes]:
    """A reader of pictures and files by their path inside `stories/`, which never leaves the newsroom."""
    return open_below(newsroom / "stories", newsroom)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def mark_inside(newsroom: Path) -> Callable[[str], str]:
    """Tells the bytes of pictures and files from any others, by their path inside `stories/`; raises OSError.

    One that is as it was when its mark was made, and was not young then, is not read again.
    """
    read = open_inside(newsroom)
    known: dict[str, tuple[Stamp, str]] = {}

    def mark(inside: str) -> str:
        moment = time.time_ns()
        stamp = _stamp((newsroom / "stories" / inside).stat())
        if inside in known and known[inside][0] == stamp:
            return known[inside][1]
        found = blake2b(read(inside), digest_size=16).hexdigest()
        if max(stamp.modified, stamp.changed) <= moment - YOUNG:
            known[inside] = stamp, found
        return found

    return mark


def open_below(folder: Path, newsroom: Path | None = None) -> Callable[[str], bytes]:
    """A reader of files by their path inside `folder`, which never leaves it (or `newsroom`); raises OSError."""
    limit = (newsroom or folder).resolve()

    def open_file(inside: str) -> bytes:
        path = folder / inside
        if _leads_out(path, limit):
            raise FileNotFoundError(inside)
        if path.exists() and not path.is_file():
            raise OSError(0, "it is no file")
        return path.read_bytes()

    return open_file


def theme_folder() -> Path:
    """Where the theme that ships lies."""
    package = Path(__file__).resolve().parent.parent
    return next(path for path in (package / "theme", package.parent / "templates") if path.is_dir())


def read_own_theme(
    newsroom: Path, seen: Seen | None = None
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """The files of a newsroom's own `templates/`; none where that is the theme itself, as in its own checkout.

    `seen` is as in `read`, but one of its own.
    """
    folder = newsroom / "templates"
    if not folder.is_dir() or folder.resolve() == theme_folder():
        return (), ()
    seen = _beginning(seen)
    problems: list[Problem] = []
    found = [
        _read(path, f"templates/{inside}", problems, seen)
        for path, inside in _files(folder, problems, newsroom)
    ]
    return seen.same((tuple(source for source in found if source), tuple(problems)))


def read_theme(seen: Seen | None = None) -> Theme:
    """The theme that ships: inside the installed package, or `templates/` beside it in a checkout.

    `seen` is as in `read`, but one of its own.
    """
    folder = theme_folder()
    seen = _beginning(seen)
    templates: list[tuple[str, str]] = []
    words: list[tuple[str, SourceFile]] = []
    assets: list[tuple[str, bytes]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        source = _again(str(path), f"templates/{inside.as_posix()}", path.stat(), seen)
        if inside.parts[0] == "words":
            words.append((path.stem, source))
        elif inside.parts[0] == "assets":
            assets.append((inside.relative_to("assets").as_posix(), source.data))
        elif path.suffix in (".html", ".xml", ".mjml", ".txt", ".svg", ".jinja", ".js", ".css"):
            text = source.data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
            templates.append((inside.as_posix(), text))
    return seen.same(Theme(templates=tuple(templates), words=tuple(words), assets=tuple(assets)))


def read_file(path: Path) -> bytes:
    """The bytes of a file that the command line or our own record names; raises OSError."""
    return path.read_bytes()
