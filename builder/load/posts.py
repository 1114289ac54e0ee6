"""The posts of another blog become values: what Jekyll, Hugo, Pelican and Eleventy call things, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from unicodedata import normalize

from builder.load import headers
from builder.load.bodies import heading, take_apart
from builder.load.dates import date_of, day_of
from builder.load.headers import Header
from builder.load.kinds import Wrong, slug, tag
from builder.load.marks import Page
from builder.load.pages import decode, split_article
from builder.load.scripts import language_of
from builder.load.shortcodes import clear_target, clear_words
from builder.model.post import Cover, Kept, Post, Spot
from builder.model.sources import SourceFile
from builder.problem import Level, Problem

_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<name>.+))?")
_NO_POSTS = frozenset(
    ("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security")
)
_OTHER_KINDS = frozenset((".rst", ".mdx", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb"))
_GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
)
_PICTURES = (
    "hero",
    "cover",
    "image",
    "featuredimage",
    "featureimage",
    "thumbnail",
    "banner",
    "header",
    "images",
)
_SUMMARIES = ("summary", "description", "excerpt")
_OLD_ADDRESSES = ("aliases", "alias", "redirectfrom", "permalink", "url")
_KEYS = ("translationkey", "ref")
_DRAFTS = frozenset(("draft", "hidden", "private", "pending"))
_YES = frozenset(("true", "yes", "on", "1"))
_NO = frozenset(("false", "no", "off", "0"))


def understand(
    source: SourceFile, *, languages: Sequence[str], language: str = ""
) -> tuple[Post | None, tuple[Problem, ...]]:
    """The Post in one file, or None; with all that is wrong with it, and all that it cannot bring along.

    `languages` are the newsroom's, the default first; `language` is what the posts are said to be written in.
    """
    page, faults = decode(source)
    if source.path.encode("utf-8", "replace").decode() != source.path:  # no record of it could be written
        return None, (_bad_name(source.path),)
    if faults:
        return None, faults
    if _is_no_post(source.path):
        return None, (_no_post(page),)
    header, notes = headers.split(page)
    if header is None:
        return None, notes
    given = _Given(page, header, [*notes])
    called = _called(source.path, languages)
    date = _date(given, called)
    if not date:
        return None, (*given.problems, _no_date(page))
    title, text = _title(given, called)
    lang = _language(given, called, language, languages, f"{title}\n{text}")
    slugged = given.words("slug")
    front = _front(given, source.path)
    cover = _cover(given)
    aliases = _aliases(given)
    explicit = given.words(*_KEYS)
    body, notes = take_apart(page, text, header.body_line)
    path_key = PurePosixPath(called.folder, called.stem).as_posix() + f"@{called.date}"
    return Post(
        file=source.path,
        sha256=sha256(source.data).hexdigest(),
        title=title,
        date=date,
        lang=lang,
        name=_id(slugged) or _id(called.stem),
        slug=slugged,
        key=explicit,
        keys=(f"key:{explicit}",) if explicit else (f"path:{path_key}", *_shared_slug(slugged, given)),
        names=frozenset(
            folded(one) for one in (called.stem, slugged, slug(called.stem), _id(called.stem)) if one
        ),
        aliases=aliases,
        front=front,
        extra=given.left(),
        body=body,
        cover=cover,
        empty=given.empty,
    ), (*given.problems, *notes)


def of_other_kinds(files: Iterable[str]) -> Iterator[Problem]:
    """What looks like a post among a blog's other files, and is not written in Markdown."""
    for file in sorted(files):
        path = PurePosixPath(file)
        if path.suffix.lower() in _OTHER_KINDS or (
            path.suffix.lower() in (".html", ".htm") and _DATED.fullmatch(path.stem)
        ):
            yield Problem(
                code="post-other-kind",
                level=Level.WARNING,
                file=file,
                message=f"only Markdown is read, and this is a {path.suffix} file",
                mend="Save it as Markdown (.md) and import again, if it is a post.",
            )


def imported(source: SourceFile) -> Kept | None:
    """What a story says of its own import, or None for one that was written here.

    A story that an editor is in the middle of changing may not be readable; its record is looked for all the same,
    so that it is not taken for missing and brought a second time.
    """
    page, _ = decode(source)
    article, _ = split_article(page)
    file = source.path.removeprefix("stories/")
    if article and isinstance(article.head.data, dict):
        extra = article.head.data.get("extra")
        record = extra.get("imported") if isinstance(extra, dict) else None
        if isinstance(record, dict) and isinstance(record.get("from"), str):
            return Kept(file=file, source=record["from"], sha256=str(record.get("sha256") or ""))
        return None
    record = re.search(
        r"^ +imported:\n +from: *['\"]?(?P<from>.+?)['\"]?\n +sha256: *(?P<sha256>[0-9a-f]{64})",
        page.text,
        re.MULTILINE,
    )
    return Kept(file=file, source=record["from"], sha256=record["sha256"]) if record else None


def folded(name: str) -> str:
    """A name as links are compared: the same letters, whatever their case and composition."""
    return normalize("NFC", name).casefold().strip()


@dataclass(frozen=True, slots=True)
class _Called:
    """A file's path taken apart: what it tells of a post's name, date and language."""

    folder: str
    stem: str
    date: str
    language: str


def _called(path: str, languages: Iterable[str]) -> _Called:
    """`_posts/2023-04-05-night.fa.md`, `2023/04/05/night.md`, `night/index.fa.md` or `fa/night.md`, taken apart."""
    pure = PurePosixPath(path)
    folders = list(pure.parts[:-1])
    stem, _, suffix = pure.stem.rpartition(".")
    try:
        language = tag(suffix) if stem else ""
    except Wrong:
        language = ""
    if not language:
        stem = pure.stem
    if stem in ("index", "_index") and folders:
        stem = folders.pop()
    if not language:
        language = next((folder for folder in reversed(folders) if folder in languages), "")
        if language:
            folders.remove(language)
    date = ""
    dated = _DATED.fullmatch(stem)
    if dated and day_of(dated["date"]):
        date, stem = day_of(dated["date"]), dated["name"] or stem
    elif len(folders) >= 3:
        date = day_of("-".join(folders[-3:]))
    return _Called(folder="/".join(folders), stem=stem, date=date, language=language)


class _Given:
    """The front matter of one post while it is read: what is taken has found its place, the rest is left."""

    def __init__(self, page: Page, header: Header, problems: list[Problem]) -> None:
        self.page = page
        self.header = header
        self.problems = problems
        self._left = {key: value for key, value in header.data.items() if value not in (None, "", [], {})}
        self.empty = tuple(key for key in header.data if key not in self._left)

    def find(self, *names: str) -> str:
        """The first of these keys that is left, as the post spells it, or ""; `Featured_Image` is `featuredimage`."""
        spelt: dict[str, str] = {}
        for key in self._left:
            spelt.setdefault(re.sub(r"[\s_-]", "", key).lower(), key)
        return next((spelt[name] for name in names if name in spelt), "")

    def value(self, key: str) -> Any:
        return self._left.get(key)

    def take(self, key: str) -> Any:
        return self._left.pop(key, None)

    def words(self, *names: str) -> str:
        """The text under the first of these keys that holds one; taken."""
        for name in names:
            key = self.find(name)
            if key and isinstance(self._left[key], str) and self._left[key].strip():
                return self.readable(key, self.take(key)).strip()
        return ""

    def readable(self, key: str, words: str) -> str:
        """A text as readers may see it: other generators' code is named and left out."""
        cleared, codes = clear_words(words)
        for code in codes:
            self.say(
                key,
                "post-code",
                f"`{code.code}` is code for another generator",
                "Write what it stood for into the story.",
                Level.HINT,
            )
        if "](@" in cleared:
            self.say(
                key,
                "post-reference",
                "`](@` refers to a person in a newsroom, and meant something else in this post",
                "It was set apart by a space: look at what readers should see.",
                Level.HINT,
            )
        return cleared.replace("](@", "] (@")

    def spot(self, key: str) -> Spot:
        begins = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[:=]""")
        for number in range(self.header.first, self.header.last + 1):
            line = self.page.line(number)
            if begins.match(line):
                return Spot(line=number, column=len(line) - len(line.lstrip()) + 1, excerpt=line)
        return Spot()

    def say(self, key: str, code: str, message: str, mend: str, level: Level) -> None:
        spot = self.spot(key)
        self.problems.append(self.page.problem(code, message, mend, at=(spot.line, spot.column), level=level))

    def left(self) -> Mapping[str, Any]:
        return dict(self._left)


def _is_no_post(path: str) -> bool:
    stem = PurePosixPath(path).name.split(".")[0].lower()
    return stem in _NO_POSTS or stem == "_index"


def _bad_name(path: str) -> Problem:
    return Problem(
        code="post-name",
        level=Level.ERROR,
        file=path.encode("ascii", "backslashreplace").decode(),
        message="this file's name is in another encoding than UTF-8, so no record of it can be kept",
        mend="Rename it, and import again.",
    )


def _no_post(page: Page) -> Problem:
    return page.problem(
        "post-none",
        "this is a page about a folder and not a post",
        "Nothing needs doing; rename it if it is a post after all.",
        level=Level.HINT,
    )


def _no_date(page: Page) -> Problem:
    return page.problem(
        "post-undated",
        "neither its front matter nor its name says when this was written, so it cannot become a story",
        "Add a line  date: 2026-03-04  or begin its name with the date; leave it if it is a page and not a post.",
        at=(1, 1),
    )


def _date(given: _Given, called: _Called) -> str:
    """The day of a post: as it says, else as its file's name or folders say; "" when nothing says it."""
    for name in ("date", "published", "pubdate", "publishdate", "created"):
        key = given.find(name)
        written = given.value(key)
        found = date_of(written) if isinstance(written, str) else ""
        if found:
            if name != "publishdate":  # it also says when to publish, and is taken for that
                given.take(key)
            return found
        if name == "date" and key:
            given.say(
                key,
                "post-date",
                f"`{written}` is not a date that can be told for certain",
                "Write it as 2026-03-04 in the post or, once imported, in the story.",
                Level.WARNING,
            )
    return called.date


def _title(given: _Given, called: _Called) -> tuple[str, str]:
    """The title and the text below it: from front matter, else the first heading, else the file's name."""
    title = given.words("title")
    if title:
        return title, given.header.body
    words, text = heading(given.header.body)
    words = given.readable("", words)
    if words:
        return words, text
    plain = re.sub(r"[-_\s]+", " ", called.stem).strip()
    return plain[:1].upper() + plain[1:] or called.date, given.header.body


def _language(given: _Given, called: _Called, said: str, languages: Sequence[str], text: str) -> str:
    key = given.find("lang", "language", "locale")
    if key:
        try:
            language = tag(given.value(key))
        except Wrong as wrong:
            given.say(
                key,
                "post-language",
                wrong.message,
                "Write `lang:` into the story as en, fa or pt-BR.",
                Level.WARNING,
            )
        else:
            given.take(key)
            return language
    if called.language or said:
        return called.language or said
    return language_of(text, languages)


def _front(given: _Given, path: str) -> Mapping[str, Any]:
    """What has a key of ours, in the order in which stories write it."""
    return {
        key: value
        for key, value in (
            ("by", _by(given)),
            ("tags", _tags(given, path)),
            ("summary", _summary(given)),
            ("status", _status(given, path)),
            ("publish", _moment(given, "publishdate", "publish")),
            ("expires", _moment(given, "expirydate", "expires", "unpublishdate")),
        )
        if value
    }


def _by(given: _Given) -> str:
    names: list[str] = []
    for name in ("author", "authors", "by"):
        key = given.find(name)
        value = given.value(key)
        several = value if isinstance(value, list) else [value]
        found = [_author(one) for one in several]
        if not key or not any(found):
            continue
        names += [one for one in found if one]
        if all(isinstance(one, str) or (isinstance(one, dict) and list(one) == ["name"]) for one in several):
            given.take(key)  # what more was said of someone stays under `extra`
    return given.readable("author", ", ".join(dict.fromkeys(names)))


def _author(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    return " ".join(name.split()) if isinstance(name, str) else ""


def _tags(given: _Given, path: str) -> list[str]:
    tags: list[str] = []
    for name in ("tags", "tag", "categories", "category", "keywords"):
        key = given.find(name)
        value = given.value(key)
        if isinstance(value, str):
            given.take(key)
            # Jekyll takes a line without commas apart at its spaces; the others take it for one tag.
            jekyll = "," not in value and "_posts" in PurePosixPath(path).parts
            tags += value.split() if jekyll else value.split(",")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            given.take(key)
            tags += value
    return list(dict.fromkeys(given.readable("tags", one).strip() for one in tags if one.strip()))


def _summary(given: _Given) -> str:
    """The first of the summaries; another that says something else stays where it is."""
    summary = given.words(*_SUMMARIES)
    for name in _SUMMARIES:
        key = given.find(name)
        if key and given.value(key) == summary:
            given.take(key)
    return summary


def _status(given: _Given, path: str) -> str:
    drafted = "_drafts" in PurePosixPath(path).parts
    for name, draft, ready in (
        ("draft", _YES, _NO),
        ("published", _NO, _YES),
        ("status", _DRAFTS, ("published", "ready")),
    ):
        key = given.find(name)
        word = str(given.value(key)).lower()
        if key and word in (*draft, *ready):
            given.take(key)
            drafted = drafted or word in draft
    return "draft" if drafted else ""


def _moment(given: _Given, *names: str) -> str:
    key = given.find(*names)
    value = given.value(key)
    found = date_of(value) if isinstance(value, str) else ""
    if found:
        given.take(key)
    return found


def _cover(given: _Given) -> Cover | None:
    """The picture of a post: an address, or a mapping with one, and the words for it that stand beside."""
    for name in _PICTURES:
        key = given.find(name)
        value = given.value(key)
        if isinstance(value, list) and value:
            value = value[0]
        about: dict[str, Any] = value if isinstance(value, dict) else {}
        target = clear_target(
            _first(about, "image", "src", "url", "path", "file", "overlayimage", "teaser")
            if about
            else _word(value)
        )
        if "." not in target and "/" not in target:  # `banner: true`, or a colour
            continue
        spot = given.spot(key)
        whole = isinstance(given.value(key), str) or (len(about) == 1 and value is given.value(key))
        used = {key: given.value(key)}
        alt = _first(about, "alt", "alttext")
        caption = _first(about, "caption", "title")
        for place in (f"{name}alt", f"{name}alttext", "imagealt", "alt"):
            beside = given.find(place)
            if not alt and beside and _word(given.value(beside)):
                alt = _word(given.value(beside))
                used[beside] = given.take(beside)
        beside = given.find(f"{name}caption")
        if not alt and not caption and beside and _word(given.value(beside)):
            caption = _word(given.value(beside))
            used[beside] = given.take(beside)
        if whole or set(about) <= {"image", "src", "url", "path", "file", "alt"}:
            given.take(key)
        words = given.readable(key, alt or caption).strip()
        return Cover(
            target=target,
            alt=words or None,
            credit=_first(about, "credit", "attribution"),
            spot=spot,
            given=used,
        )
    return None


def _first(mapping: Mapping[str, Any], *names: str) -> str:
    spelt = {re.sub(r"[\s_-]", "", key).lower(): value for key, value in mapping.items()}
    return next((_word(spelt[name]) for name in names if _word(spelt.get(name))), "")


def _word(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _aliases(given: _Given) -> tuple[str, ...]:
    """Former addresses, as paths of the site; patterns (`/:year/:title/`) and other sites' addresses are none."""
    found: list[str] = []
    for name in _OLD_ADDRESSES:
        key = given.find(name)
        value = given.value(key)
        several = value if isinstance(value, list) else [value]
        paths = [_old_path(one) for one in several if isinstance(one, str)]
        if key and paths and all(paths):
            given.take(key)
            found += paths
    return tuple(dict.fromkeys(found))


def _old_path(written: str) -> str:
    path = written.strip()
    inside = path.strip("/")
    if not inside or re.search(r"[:{}?#\\\s]", path) or ".." in inside.split("/"):
        return ""
    return "/" + path.lstrip("/") if "/" in path or "." in path else f"/{path}/"


def _shared_slug(slugged: str, given: _Given) -> tuple[str, ...]:
    """Pelican's translations share a slug, and each says its language."""
    says = any(re.sub(r"[\s_-]", "", key).lower() == "lang" for key in given.header.data)
    return (f"slug:{slugged}",) if slugged and says else ()


def _id(name: str) -> str:
    """An id made of a name, or "" when less than half of its letters have a place in one."""
    plain = normalize("NFD", name.casefold())
    greek = slug(plain.translate(_GREEK))
    letters = sum(one.isalnum() for one in name)
    kept = sum(one != "-" for one in greek)
    return greek if letters and kept * 2 >= letters and greek != "index" else ""
