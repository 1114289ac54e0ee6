"""Which place a story takes, on the front page and in the mail."""

from __future__ import annotations

import pytest

from builder.model.edition import Slot
from builder.plan.slots import as_chosen, slot_of
from tests.values import library, sources, story

INSIDE = "customer: {kind: internal, as: a ward}\n"


@pytest.mark.parametrize(
    ("head", "slot"),
    [
        ("kind: heroic\n", Slot.STORY),
        ("kind: recovery\n", Slot.STORY),
        ("", Slot.STORY),
        ("kind: heroic\n" + INSIDE, Slot.BEHIND),
        (INSIDE, Slot.BEHIND),
        ("kind: small\n" + INSIDE, Slot.SMALL),
        ("kind: light\n", Slot.SMALL),
        ("kind: leader\n", Slot.LEADER),
        ("kind: leader\n" + INSIDE, Slot.LEADER),
    ],
)
def test_kind_and_customer_decide(head: str, slot: Slot):
    found = library(sources({"a.md": story(head)}))
    assert slot_of(found.version("a", "en")) is slot


def test_what_an_editor_put_first_leads_whatever_it_is():
    found = library(sources({"a.md": story("kind: leader\n"), "b.md": story("kind: small\n")}))
    assert [(one.work, one.slot) for one in as_chosen(("a", "b"), found)] == [
        ("a", Slot.LEAD),
        ("b", Slot.SMALL),
    ]
