"""The only reader of files: a newsroom's folder, the theme that ships, and what the command line names."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from builder.load import astray
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


def read(newsroom: Path, people: Path | None = None) -> Sources:
    """All files of the newsroom in `newsroom`; the people file may stand elsewhere.

    Raises Trouble when there is no newsroom here. A people file that is named and missing is an error, and nobody's
    consent is known; what was known of its end still holds.
    """
    stories = newsroom / "stories"
    problems: list[Problem] = []
    if not stories.is_dir():
        raise Trouble(astray.no_newsroom(str(newsroom)))
    settings = _read(stories / "newsletter.yaml", newsroom, problems)
    near = ""
    if settings is None and not problems:
        near = guess("newsletter.yaml", sorted(path.name for path in stories.iterdir()))
        problems.append(astray.settings_missing(near))
    missing = people is not None and not people.is_file()
    if missing:
        problems.append(astray.people_missing(str(people)))
    markdown: list[SourceFile] = []
    pictures: list[str] = []
    for folder in _folders(stories):
        for path in _files(folder, problems, newsroom):
            inside = path.relative_to(stories).as_posix()
            if path.suffix == ".md":
                markdown += _some(_read(path, newsroom, problems))
            elif path.suffix.lower() in _PICTURES:
                pictures.append(inside)
    people = people or stories / "people.yaml"
    record = _read(people, newsroom, problems)
    return Sources(
        settings=settings,
        people=record,
        people_unread=record is None and (missing or people.exists() or people.is_symlink()),
        teams=_read(stories / "teams.yaml", newsroom, problems),
        stories=tuple(markdown),
        editions=tuple(_texts(stories / "editions", ".md", newsroom, problems)),
        metrics=tuple(_texts(stories / "metrics", ".yaml", newsroom, problems)),
        pictures=tuple(pictures),
        files=tuple(
            path.relative_to(stories / "files").as_posix()
            for path in _files(stories / "files", problems, newsroom)
        ),
        problems=(*problems, *_strays(stories, newsroom, known={*astray.KNOWN, near})),
    )


def _folders(stories: Path) -> list[Path]:
    """The folders of the years."""
    return sorted(
        path for path in stories.iterdir() if path.is_dir() and path.name.isdigit() and len(path.name) == 4
    )


def _strays(stories: Path, newsroom: Path, known: Collection[str]) -> Iterator[Problem]:
    """What stands in stories/ and will never be read, because of its name or place."""
    for path in sorted(stories.iterdir()):
        name = path.name
        if not _is_text(name):
            yield astray.unnamed(_shown(path, newsroom))
            continue
        if name.startswith(".") or name in known or (path.is_dir() and name.isdigit() and len(name) == 4):
            continue
        yield astray.stray(path.relative_to(newsroom).as_posix(), is_folder=path.is_dir())


def _texts(folder: Path, suffix: str, newsroom: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    for path in _files(folder, problems, newsroom):
        if path.suffix == suffix and path.parent == folder:
            yield from _some(_read(path, newsroom, problems))
        else:
            kinds = (suffix, ".yml") if path.parent == folder else ()
            inside = path.relative_to(newsroom).as_posix()
            problems.append(astray.of_another_kind(inside, folder.name, suffix, kinds))


def _files(folder: Path, problems: list[Problem], newsroom: Path) -> list[Path]:
    """The files below `folder`, sorted; hidden ones and editors' leavings are passed over, links never lead out."""
    found: list[Path] = []
    if not folder.is_dir():
        return found
    limit = newsroom.resolve()

    def refused(fault: OSError) -> None:
        problems.append(_unreadable(Path(fault.filename or folder), newsroom, fault))

    for base, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base) / name
            if name.startswith((".", "~")) or name.endswith(("~", ".tmp", ".swp")):
                continue
            if not _is_text(name):
                problems.append(astray.unnamed(_shown(path, newsroom)))
                continue
            if path.is_symlink() and _leads_out(path, limit):
                problems.append(astray.link_out(path.relative_to(newsroom).as_posix()))
                continue
            found.append(path)
    return sorted(found)


def _read(path: Path, newsroom: Path, problems: list[Problem]) -> SourceFile | None:
    if not path.exists() and not path.is_symlink():
        return None
    try:
        if path.exists() and not path.is_file():
            raise OSError(0, "it is no file")
        if path.stat().st_size > _LARGEST_TEXT:
            problems.append(astray.too_large(_shown(path, newsroom), path.stat().st_size, _LARGEST_TEXT))
            return None
        return SourceFile(path=_shown(path, newsroom), data=path.read_bytes())
    except OSError as fault:
        problems.append(_unreadable(path, newsroom, fault))
        return None


def _leads_out(path: Path, limit: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(limit)
    except (OSError, RuntimeError):
        return False  # a link that leads to itself leads nowhere; whoever opens it is told


def _is_text(name: str) -> bool:
    """Whether a file's name is text; a disk takes any bytes for a name."""
    return not any("\ud800" <= one <= "\udfff" for one in name)


def _unreadable(path: Path, newsroom: Path, fault: OSError) -> Problem:
    if path.is_symlink() and not path.exists():
        return astray.link_to_nowhere(_shown(path, newsroom))
    return astray.unreadable(_shown(path, newsroom), fault.strerror or "")


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
    for path in _files(folder, problems, folder):
        inside = path.relative_to(folder)
        generators = next((part for part in inside.parts[:-1] if part in _NO_POSTS), "")
        if path.resolve().is_relative_to(inner):
            continue
        if generators:
            passed_over.add(inside.as_posix().partition(generators)[0] + generators)
        elif path.suffix.lower() in (".md", ".markdown"):
            posts += _some(_read(path, folder, problems))
        else:
            files.add(inside.as_posix())
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


def open_inside(newsroom: Path) -> Callable[[str], bytes]:
    """A reader of pictures and files by their path inside `stories/`, which never leaves the newsroom."""
    return open_below(newsroom / "stories", newsroom)


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


def read_own_theme(newsroom: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """The files of a newsroom's own `templates/`; none where that is the theme itself, as in its own checkout."""
    folder = newsroom / "templates"
    if not folder.is_dir() or folder.resolve() == theme_folder():
        return (), ()
    problems: list[Problem] = []
    found = [_read(path, newsroom, problems) for path in _files(folder, problems, newsroom)]
    return tuple(source for source in found if source), tuple(problems)


def read_theme() -> Theme:
    """The theme that ships: inside the installed package, or `templates/` beside it in a checkout."""
    folder = theme_folder()
    templates: list[tuple[str, str]] = []
    words: list[tuple[str, SourceFile]] = []
    assets: list[tuple[str, bytes]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        if inside.parts[0] == "words":
            words.append(
                (path.stem, SourceFile(path=f"templates/{inside.as_posix()}", data=path.read_bytes()))
            )
        elif inside.parts[0] == "assets":
            assets.append((inside.relative_to("assets").as_posix(), path.read_bytes()))
        elif path.suffix in (".html", ".xml", ".mjml", ".txt", ".svg", ".jinja", ".js", ".css"):
            templates.append((inside.as_posix(), path.read_text(encoding="utf-8")))
    return Theme(templates=tuple(templates), words=tuple(words), assets=tuple(assets))


def read_file(path: Path) -> bytes:
    """The bytes of a file that the command line or our own record names; raises OSError."""
    return path.read_bytes()
