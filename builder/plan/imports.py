"""Which name and place each imported post gets in the newsroom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.model.post import Kept, Placed, Post
from builder.problem import Level, Problem

LONGEST_ID = 64
"""With a suffix, a language and .md a file's name stays within 80 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the newsroom has already: the paths inside `stories/` of its stories and of its pictures, former ids and
    addresses, and its languages, the default first."""

    languages: tuple[str, ...]
    stories: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        return self.languages[0]


@dataclass(slots=True)
class _Taken:
    """Names that are in use, which grow while posts are placed."""

    files: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def free(self, name: str) -> str:
        """`name`, cut to a fitting length, or with the first number that nobody has."""
        short = (
            name[:LONGEST_ID].rsplit("-", 1)[0]
            if len(name) > LONGEST_ID and "-" in name[:LONGEST_ID]
            else name
        )
        short = short[:LONGEST_ID].strip("-")
        free, number = short, 2
        while free in self.ids:
            free, number = f"{short}-{number}", number + 1
        return free

    def add(self, id: str, file: str) -> None:
        self.ids.add(id)
        self.files.add(file)


def place(
    posts: Sequence[Post], kept: Iterable[Kept], house: House
) -> tuple[tuple[Placed, ...], tuple[Problem, ...]]:
    """Every post with its place, in the order of the posts' dates; those that are there already keep theirs.

    Translations whose names are alike share an id (`night.md`, `night.fa.md`); those with names of their own say
    `translation_of`. The original is the one in the default language, else the first by date, path and language.
    """
    taken = _Taken(
        files=set(house.stories), ids={_id_of(file) for file in house.stories} | set(house.aliases)
    )
    before = _before(posts, kept)
    placed: list[Placed] = []
    problems: list[Problem] = []
    for group in _groups(posts):
        one_each, others = _one_per_language(group, before)
        placed += _place_group(one_each, before, house, taken)
        for post in others:
            problems.append(_same_language(post, one_each))
            placed += _place_group([post], before, house, taken)
    return tuple(placed), tuple(problems)


def _before(posts: Sequence[Post], kept: Iterable[Kept]) -> Mapping[str, Kept]:
    """For each post that is in the newsroom its story: known by the path it came from, or by its very bytes.

    Bytes count where the blog is now read from another folder, so that its paths begin elsewhere.
    """
    by_path = {one.source: one for one in sorted(kept, key=lambda one: one.file, reverse=True)}
    by_bytes = {one.sha256: one for one in by_path.values() if one.sha256}
    here = {post.file for post in posts}
    found: dict[str, Kept] = {}
    for post in posts:
        same = by_bytes.get(post.sha256)
        if post.file in by_path:
            found[post.file] = by_path[post.file]
        elif same and same.source not in here:
            found[post.file] = same
    return found


def _groups(posts: Sequence[Post]) -> Iterator[list[Post]]:
    """Posts that share a key, however many steps lie between them; each group and all groups in order of date."""
    group_of: dict[str, dict[str, Post]] = {}
    for post in posts:
        joined = {post.file: post}
        for key in post.keys:
            joined |= group_of.get(key, {})
        for one in joined.values():
            group_of.update(dict.fromkeys(one.keys, joined))
    groups = {id(group): sorted(group.values(), key=_order) for group in group_of.values()}
    yield from sorted(groups.values(), key=lambda group: _order(group[0]))


def _order(post: Post) -> tuple[str, str, str]:
    return post.date, post.file, post.lang


def _one_per_language(group: list[Post], before: Mapping[str, Kept]) -> tuple[list[Post], list[Post]]:
    """A post per language, those that are there already first; and the others, which translate nothing."""
    first: dict[str, Post] = {}
    for post in sorted(group, key=lambda one: one.file not in before):
        first.setdefault(post.lang, post)
    chosen = list(first.values())
    return sorted(chosen, key=_order), [post for post in group if post not in chosen]


def _place_group(
    group: list[Post], before: Mapping[str, Kept], house: House, taken: _Taken
) -> Iterator[Placed]:
    original = _original(group, before, house.language)
    by_name: dict[str, list[Post]] = {}
    for post in sorted(
        group, key=lambda one: (one is not original, one.lang != house.language, *_order(one))
    ):
        by_name.setdefault(post.name, []).append(post)
    first: Placed | None = None
    for alike in by_name.values():
        known = next((before[one.file].file for one in alike if one.file in before), "")
        id = _id_of(known) if known else taken.free(alike[0].name or _other_name(alike[0]))
        folder = PurePosixPath(known).parent.as_posix() if known else alike[0].date[:4]
        for post in alike:
            if post.file in before:
                placed = _left_alone(post, before[post.file])
            else:
                placed = _placed(post, f"{folder}/{id}", house.language, taken, alone=len(alike) == 1)
            first = first or placed
            yield replace(
                placed,
                original=first.id if placed.id != first.id else "",
                original_file=first.post.file if first is not placed else "",
                alone=len(group) == 1,
            )


def _original(group: list[Post], before: Mapping[str, Kept], default: str) -> Post:
    """What is in the newsroom already stays the original; of several there, the one others were named after."""
    return min(
        group,
        key=lambda one: (
            one.file not in before,
            PurePosixPath(before[one.file].file).name.count(".") if one.file in before else 0,
            one.lang != default,
            *_order(one),
        ),
    )


def _left_alone(post: Post, known: Kept) -> Placed:
    changed = bool(known.sha256) and known.sha256 != post.sha256
    return Placed(post=post, file=known.file, id=_id_of(known.file), kept=True, changed=changed)


def _placed(post: Post, path: str, default: str, taken: _Taken, *, alone: bool) -> Placed:
    """`path` is folder and id; where both ids and languages are alike, the post gets an id of its own."""
    folder, _, id = path.rpartition("/")
    if (alone or post.lang == default) and id not in taken.ids:
        taken.add(id, f"{path}.md")
        return Placed(post=post, file=f"{path}.md", id=id, says_language=post.lang == default)
    if not alone and not _has(taken, id, post.lang):
        taken.add(id, f"{path}.{post.lang}.md")
        return Placed(post=post, file=f"{path}.{post.lang}.md", id=id, says_language=True)
    other = taken.free(id)
    taken.add(other, f"{folder}/{other}.md")
    return Placed(post=post, file=f"{folder}/{other}.md", id=other, says_language=post.lang == default)


def _has(taken: _Taken, id: str, language: str) -> bool:
    """Whether any year has this story in this language."""
    return any(PurePosixPath(file).name == f"{id}.{language}.md" for file in taken.files)


def _other_name(post: Post) -> str:
    """A name for a post whose own name is written in letters that no id has."""
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in post.key.lower())
    return "-".join(part for part in plain.split("-") if part) or f"post-{post.date[:10]}"


def _id_of(file: str) -> str:
    return PurePosixPath(file).name.split(".")[0]


def _same_language(post: Post, others: Sequence[Post]) -> Problem:
    other = next(one for one in others if one.lang == post.lang)
    return Problem(
        code="post-translation",
        level=Level.HINT,
        file=post.file,
        message=f"this shares a translation key with {other.file}, and both are in `{post.lang}`",
        mend="It became a story of its own; correct `lang` or the key in one of them, if one is a translation.",
    )
