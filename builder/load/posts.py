"""The posts of another blog become values: what Jekyll, Hugo, Pelican and Eleventy call things, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from builder.load import headers, names
from builder.load.bodies import heading, take_apart
from builder.load.dates import date_of
from builder.load.given import Given, aliases_of, cover_of, front_of
from builder.load.kinds import Wrong, slug, tag
from builder.load.marks import Page
from builder.load.names import Called, folded, id_of
from builder.load.pages import decode, split_article
from builder.load.scripts import language_of
from builder.model.post import Kept, Post
from builder.model.sources import SourceFile
from builder.problem import Level, Problem

_NO_POSTS = frozenset(
    ("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security")
)
_OTHER_KINDS = frozenset((".rst", ".mdx", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb"))


_KEYS = ("translationkey", "ref")


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
    given = Given(page, header, [*notes])
    called = names.take_apart(source.path, languages)
    date = _date(given, called)
    if not date:
        return None, (*given.problems, _no_date(page))
    title, text = _title(given, called)
    lang = _language(given, called, language, languages, f"{title}\n{text}")
    slugged = given.words("slug")
    front = front_of(given, source.path)
    cover = cover_of(given)
    aliases = aliases_of(given)
    explicit = given.words(*_KEYS)
    body, notes = take_apart(page, text, header.body_line)
    path_key = PurePosixPath(called.folder, called.stem).as_posix() + f"@{called.date}"
    return Post(
        file=source.path,
        sha256=sha256(source.data).hexdigest(),
        title=title,
        date=date,
        lang=lang,
        name=id_of(slugged) or id_of(called.stem),
        slug=slugged,
        key=explicit,
        keys=(f"key:{explicit}",) if explicit else (f"path:{path_key}", *_shared_slug(slugged, given)),
        names=frozenset(
            folded(one) for one in (called.stem, slugged, slug(called.stem), id_of(called.stem)) if one
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
            path.suffix.lower() in (".html", ".htm") and names.DATED.fullmatch(path.stem)
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
        "neither the front matter nor the name of this file says when it was written, so it cannot become a story",
        "Add a line  date: 2026-03-04  or begin its name with the date; if it is a page and no post, all is well.",
        at=(1, 1),
    )


def _date(given: Given, called: Called) -> str:
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


def _title(given: Given, called: Called) -> tuple[str, str]:
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


def _language(given: Given, called: Called, said: str, languages: Sequence[str], text: str) -> str:
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


def _shared_slug(slugged: str, given: Given) -> tuple[str, ...]:
    """Pelican's translations share a slug, and each says its language."""
    says = any(re.sub(r"[\s_-]", "", key).lower() == "lang" for key in given.header.data)
    return (f"slug:{slugged}",) if slugged and says else ()
