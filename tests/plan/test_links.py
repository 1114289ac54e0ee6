"""Where the links in authors' texts lead."""

from __future__ import annotations

from builder.plan.links import to_places_that_are_there


def test_a_link_to_a_heading_that_is_not_there_leads_to_the_page():
    own = {"a.md": frozenset(("here",))}
    ids = {"en/b.html": frozenset(("there",))}
    addresses = {"b.md": "en/b.html", "c.md": "en/c.html"}

    def resolve(target: str, file: str) -> str | None:
        path, mark, fragment = target.partition("#")
        return (addresses.get(path, "") if path else "") + mark + fragment if ":" not in target else target

    there = to_places_that_are_there(resolve, own, ids)
    for target, leads in (
        ("b.md#there", "en/b.html#there"),
        ("b.md#gone", "en/b.html"),
        ("c.md#unknown", "en/c.html#unknown"),
        ("#here", "#here"),
        ("#gone", None),
        ("https://a.example/#gone", "https://a.example/#gone"),
    ):
        assert there(target, "a.md") == leads
