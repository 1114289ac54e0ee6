"""YAML with marks: what a scalar is, and what it is not."""

from __future__ import annotations

import pytest

from builder.load.marks import Page, read_yaml


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_key_that_is_left_empty_says_nothing(written):
    assert read_yaml(Page("x.yaml", f"summary: {written}\n")).data == {"summary": None}


@pytest.mark.parametrize("written", ['""', "''", '"null"', "'~'"])
def test_what_stands_in_quotation_marks_is_always_a_word(written):
    assert read_yaml(Page("x.yaml", f"summary: {written}\n")).data == {"summary": written.strip("'\"")}
