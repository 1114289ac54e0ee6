"""What this tier says about itself before it begins."""

from __future__ import annotations

import os


def pytest_report_header() -> str:
    corpus = os.environ.get("CORPUS", "")
    return (
        f"real texts: {corpus}"
        if corpus
        else "real texts: none, as CORPUS names no folder (CORPUS=DIR make quality)"
    )
