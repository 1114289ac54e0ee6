"""What a page may do, and what stands beside every file."""

from __future__ import annotations

import re

import pytest

from builder.model.story import Audience
from builder.render import headers

SHUT = {"default-src", "base-uri", "form-action", "frame-ancestors"}


def rules(policy: str) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_a_page_may_use_what_is_its_own_and_nothing_else():
    found = rules(headers.policy())
    assert {name for name, what in found.items() if what == "'none'"} == SHUT - {"frame-ancestors"}
    assert {what for name, what in found.items() if name not in SHUT} == {"'self'"}
    assert not re.search(r"unsafe|\*|https?:|data:", headers.policy())


def test_the_header_says_what_the_page_says_and_who_may_frame_it():
    said = rules(dict(headers.everywhere(Audience.STAFF))["Content-Security-Policy"])
    assert said.pop("frame-ancestors") == "'none'"
    assert said == rules(headers.policy())


def test_a_policy_can_be_widened_by_name():
    wider = rules(headers.policy(connect_src="'self'"))
    assert wider.pop("connect-src") == "'self'"
    assert wider == rules(headers.policy())


def test_its_quotation_marks_stand_in_an_attribute_as_they_are():
    assert "'self'" in f"{headers.policy():}"
    assert '"' not in headers.policy()


@pytest.mark.parametrize("audience", Audience)
def test_only_the_public_site_may_be_found_and_kept_by_caches_on_the_way(audience: Audience):
    said = dict(headers.everywhere(audience))
    public = audience is Audience.PUBLIC
    assert ("X-Robots-Tag" in said) is not public
    assert (headers.robots(audience) == "") is public
    for forever in (True, False):
        kept = headers.kept(audience, forever=forever)
        assert kept.startswith("public," if public else "private,")
        assert ("immutable" in kept) is forever
        assert ("no-cache" in kept) is not forever


def test_no_value_could_end_what_a_server_puts_around_it():
    for audience in Audience:
        for name, value in headers.everywhere(audience):
            assert re.fullmatch(r"[A-Za-z-]+", name)
            assert not re.search(r"[\"\\$%{}`\n]", value), name


def test_the_host_is_not_bound_to_anything():
    """Strict-Transport-Security binds what others have there too; docs/hosting says who sets it."""
    assert "Strict-Transport-Security" not in dict(headers.everywhere(Audience.PUBLIC))
