"""What this tier says about itself before it begins, and what several of its rooms look at."""

from __future__ import annotations

import os

import pytest

from tests.quality.mails import Mail, of_our_own


def pytest_report_header() -> str:
    corpus = os.environ.get("CORPUS", "")
    return (
        f"real texts: {corpus}"
        if corpus
        else "real texts: none, as CORPUS names no folder (CORPUS=DIR make quality)"
    )


@pytest.fixture(scope="session")
def mails(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mail, ...]:
    """Every edition of this repository's own newsroom in every language."""
    return of_our_own(tmp_path_factory.mktemp("mails"))
