"""What every test may ask for: a browser, the small newsroom as it is built, and how hard Hypothesis tries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# By default the same examples every time, so that a red build means a changed program and not other luck;
# the nightly run looks further, with new examples each night. Neither fails because a machine was busy.
hypothesis.settings.register_profile("default", derandomize=True, deadline=None)
hypothesis.settings.register_profile("nightly", max_examples=1000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; each test opens a context of its own in it and closes that."""
    # Imported here, so that a run without browser tests never waits for it.
    from playwright.sync_api import sync_playwright

    from tests.browser import launch

    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small newsroom with its site and digest, built once for the whole run; not to be changed."""
    from tests.built import SMALL, build, copy_newsroom

    return build(copy_newsroom(SMALL, tmp_path_factory.mktemp("built") / "small"))
