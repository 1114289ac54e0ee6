"""A story as the file an editor would have written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Writer(yaml.SafeDumper):
    """Writes words plainly wherever our own reader gets the same words back; it reads no word as anything else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _words(writer: _Writer, words: str) -> yaml.ScalarNode:
    """Unicode's other line ends would be read as plain ones, so they are written as escapes."""
    escaped = '"' if any(one in words for one in "\x85\u2028\u2029") else None
    return writer.represent_scalar("tag:yaml.org,2002:str", words, style=escaped)


_Writer.add_representer(str, _words)

# Only what reads as nothing must be quoted: dates, numbers, yes and no are words to `load.marks`.
_Writer.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def story_file(front: Mapping[str, Any], body: str) -> bytes:
    """The file of a story: front matter in the order given (words, lists, mappings, None), then its Markdown.

    `load.pages.split_article` reads the same values from it.
    """
    return f"---\n{written(front)}---\n\n{body}".encode()


def written(values: Mapping[str, Any]) -> str:
    """The lines of YAML that say `values`, in the order given."""
    lines: str = yaml.dump(
        dict(values),
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        width=2**20,
        default_flow_style=False,
    )
    return lines
