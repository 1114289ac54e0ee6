"""Links that lead nowhere: in what authors wrote, and on finished pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from builder.check.texts import Written, problem_in, weight
from builder.model.body import Gist
from builder.problem import Level, Problem, guess

Resolve = Callable[[str, str], str | None]


def authors_links(
    texts: Collection[Written],
    gists: Mapping[str, Gist],
    resolve: Resolve,
    nearest: Callable[[str, str], str],
    ids: Mapping[str, frozenset[str]],
    withheld: Callable[[str, str], bool],
) -> Iterator[Problem]:
    """Links in published texts that lead to no published thing.

    `ids` are the fragments of each address; `nearest` says which link was probably meant. A link to a story that is
    `withheld` now is a warning: it leads nowhere today, and time alone makes no errors.
    """
    for text in texts:
        gist = gists[text.file]
        for target in dict.fromkeys(gist.links):
            if target.startswith("@"):
                continue  # a reference gone wrong, of which something is said where references are
            address = resolve(target, text.file)
            if address is None and withheld(target, text.file):
                yield problem_in(
                    text,
                    target,
                    code="link-withheld",
                    level=Level.WARNING,
                    message=f"this links to `{target}`, which readers do not see today; they get the words without the link",
                    mend="If that story is to come, all is well; if it is gone for good, take the link out.",
                )
                continue
            if address is None:
                yield problem_in(
                    text,
                    target,
                    code="link",
                    level=weight(text),
                    message=f"this link leads nowhere: there is no story or file `{target}`",
                    mend=_how_to_link(target),
                    guess=f"https://{target}" if target.startswith("www.") else nearest(target, text.file),
                )
                continue
            path, _, fragment = address.partition("#")
            known = gist.ids if not path else ids.get(path)
            if fragment and known is not None and unquote(fragment) not in known:
                yield problem_in(
                    text,
                    target,
                    code="link-heading",
                    level=weight(text),
                    message=f"this links to the place `#{fragment}`, which {'that' if path else 'this'} page does not have",
                    mend="Write the heading in small letters with hyphens, or take out everything from # on.",
                    guess="#" + near if (near := guess(unquote(fragment), known)) else "",
                )


def _how_to_link(target: str) -> str:
    if target.startswith("www."):
        return "Write https:// in front of the address of another site."
    if "files/" in target:
        return "Put the file into stories/files/, or correct its name (capitals count)."
    return (
        "Link to a story by the name of its file, as in (pears.md), and to another site by its whole address."
    )


def targets_of(here: str, links: Iterable[str], root: str = "") -> tuple[str, ...]:
    """Where the links of the page at `here` lead inside the site, once each; a fragment stands behind a tab."""
    found: dict[str, None] = {}
    folder = dirname(here)
    for target in links:
        if target.startswith("#"):
            found[f"{here}\t{unquote(target[1:])}" if len(target) > 1 else here] = None
            continue
        to = _target(folder, target, root)
        if to is not None:
            found[to] = None
    return tuple(found)


@lru_cache(maxsize=16_384)
def _target(folder: str, target: str, root: str) -> str | None:
    """Where a link leads from any page of a folder; None where it leaves the site."""
    path, _, fragment = target.partition("#")
    if ":" in path.split("/")[0] or target.startswith("//"):
        return None
    to = normpath(join(folder, unquote(path)))
    if root and path.startswith(root):
        to = unquote(path.removeprefix(root))
    return f"{to}\t{unquote(fragment)}" if fragment else to


def astray(
    targets: Collection[str], ids: Mapping[str, Collection[str]], addresses: Collection[str]
) -> frozenset[str]:
    """Those of `targets` (as of `targets_of`) that no file of the site answers, or that name a place it does not have."""
    known = frozenset(addresses)
    bad = set()
    for target in targets:
        to, _, fragment = target.partition("\t")
        if to not in known or (fragment and to in ids and fragment not in ids[to]):
            bad.add(target)
    return frozenset(bad)


def pages_links(
    links: Mapping[str, Collection[str]],
    ids: Mapping[str, frozenset[str]],
    addresses: Collection[str],
    root: str = "",
) -> Iterator[Problem]:
    """Links on finished pages that no file of the site answers. Such a Problem is our own fault, or the theme's.

    `links` and `ids` are by the page's address; `addresses` are all files of the site; `root` is the path at which the
    site stands on its host, where that is known.
    """
    known = frozenset(addresses)
    for here, targets in links.items():
        for target in dict.fromkeys(targets):
            path, _, fragment = target.partition("#")
            if ":" in path.split("/")[0] or target.startswith("//"):
                continue
            to = normpath(join(dirname(here), unquote(path))) if path else here
            if root and path.startswith(root):
                to = unquote(path.removeprefix(root))
            if to not in known:
                message = f"the link `{target}` on this page leads nowhere"
            elif fragment and to in ids and unquote(fragment) not in ids[to]:
                message = f"the link `{target}` on this page leads to a place that {to} does not have"
            else:
                continue
            yield Problem(
                code="page-link",
                level=Level.ERROR,
                file=f"site/{here}",
                message=message,
                mend="If a template of your own makes it, correct it there; if you have none, the fault is ours: please tell us.",
            )
