"""The way of help while writing: schemas for editors' programs, and the settings that make them known."""

from __future__ import annotations

import json
from collections.abc import Mapping

from builder.load.schemas import places, schemas

WIRED = ".vscode/settings.json"
"""Where VS Code looks for a folder's settings."""

FOLDER = ".schemas"
"""Where in `stories/` the schemas stand: hidden, as nobody reads them."""


def files() -> Mapping[str, bytes]:
    """All schemas as files, by name."""
    return {f"{name}.schema.json": _json(schema) for name, schema in schemas().items()}


def wiring() -> bytes:
    """Settings for VS Code (with its YAML extension): which schema is for which files."""
    return _json(
        {
            "yaml.schemas": {
                f"./stories/{FOLDER}/{name}.schema.json": place for name, place in places().items()
            }
        }
    )


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
