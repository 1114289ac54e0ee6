"""The outbox holds the last run of each of several commands: what one writes leaves what the others wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from builder.deliver.record import only_shown
from builder.deliver.staging import Change, Staging
from builder.model.manifest import Manifest
from builder.model.page import Output


def lay_in(
    folder: Path, outputs: Iterable[Output], manifest: Manifest, found: Path, stays: Callable[[str], bool]
) -> Change:
    """Make `folder` hold these files, and of those that we wrote before the ones whose address `stays`, and no others.

    What was to stay and is not what we wrote goes, as it does when it is written anew. Raises Trouble when the folder was never ours.
    """
    staging = Staging.at(folder, found.parent)
    try:
        files = dict(manifest.files)
        for output in outputs:
            staging.bring(output.address, output.data)
        for address, entry in staging.before.files.items():
            if address not in files and stays(address) and staging.published(address) == entry.digest:
                staging.share(address)
                files[address] = entry
        before = staging.before
        whole = replace(
            manifest,
            files=files,
            people_end={**before.people_end, **manifest.people_end},
            works_end={**before.works_end, **manifest.works_end},
        )
        return staging.switch(only_shown(whole), found, keep=False, linger=False)
    except BaseException:
        staging.abandon()
        raise
