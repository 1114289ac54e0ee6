"""Links that lead nowhere: in what authors wrote, and on finished pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from builder.model.body import Body
from builder.model.story import Story
from builder.problem import Level, Problem, guess

Resolve = Callable[[str, str], str | None]


def authors_links(
    stories: Collection[Story],
    bodies: Mapping[str, Body],
    resolve: Resolve,
    nearest: Callable[[str, str], str],
    ids: Mapping[str, frozenset[str]],
) -> Iterator[Problem]:
    """Links in texts that lead to no published thing. On imported stories, which nobody wrote for this site, a warning.

    `ids` are the fragments of each address; `nearest` says which link was probably meant.
    """
    for story in stories:
        body = bodies[story.file]
        level = Level.WARNING if story.imported else Level.ERROR
        for target in dict.fromkeys(body.links):
            address = resolve(target, story.file)
            line, column, excerpt = find(story, target)
            if address is None:
                yield Problem(
                    code="link",
                    level=level,
                    file=story.file,
                    line=line,
                    column=column,
                    excerpt=excerpt,
                    message=f"this links to `{target}`, which is not a published story or file",
                    mend="Link to another story by its file's name (other-story.md), or write the whole address.",
                    guess=nearest(target, story.file),
                )
                continue
            path, _, fragment = address.partition("#")
            known = body.ids if not path else ids.get(path)
            if fragment and known is not None and unquote(fragment) not in known:
                yield Problem(
                    code="link-heading",
                    level=level,
                    file=story.file,
                    line=line,
                    column=column,
                    excerpt=excerpt,
                    message=f"this links to `{target}`, and there is no such place on that page",
                    mend="Take the part after # out, or correct it: it is the heading in small letters with hyphens.",
                    guess=guess(unquote(fragment), known),
                )


def find(story: Story, target: str) -> tuple[int, int, str]:
    """The (line, column, line's text) where `target` stands in a story's body; (0, 0, "") when it is not to be found."""
    offset = story.body.find(target)
    if offset < 0:
        return 0, 0, ""
    start = story.body.rfind("\n", 0, offset) + 1
    end = story.body.find("\n", offset)
    line = story.body_line + story.body.count("\n", 0, offset)
    return line, offset - start + 1, story.body[start : end if end >= 0 else None]


def pages_links(
    links: Mapping[str, Collection[str]], ids: Mapping[str, frozenset[str]], addresses: Collection[str]
) -> Iterator[Problem]:
    """Links on finished pages that no file of the site answers. Such a Problem is our own fault, or the theme's.

    `links` and `ids` are by the page's address; `addresses` are all files of the site.
    """
    known = frozenset(addresses)
    for here, targets in links.items():
        for target in dict.fromkeys(targets):
            path, _, fragment = target.partition("#")
            if ":" in path.split("/")[0] or target.startswith("//"):
                continue
            to = normpath(join(dirname(here), unquote(path))) if path else here
            if to not in known:
                message = f"`{target}` leads to {to}, which is not in the site"
            elif fragment and to in ids and unquote(fragment) not in ids[to]:
                message = f"`{target}` leads to a place that {to} does not have"
            else:
                continue
            yield Problem(
                code="page-link",
                level=Level.ERROR,
                file=f"site/{here}",
                message=message,
                mend="If your own templates made this link, correct it there; otherwise please tell us: it is our fault.",
            )
