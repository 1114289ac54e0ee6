"""TEMPORARY stand-in."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

from builder.deliver import publish as p
from builder.model.manifest import Manifest
from builder.model.page import Output


class Staging:
    def __init__(self, folder: Path, stage: Path, before: Manifest) -> None:
        self.folder, self.stage, self.before = folder, stage, before

    @classmethod
    def at(cls, folder: Path, house: Path) -> Staging:
        before = p._claim(folder)
        stage = house / "stage"
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        return cls(folder, stage, before)

    def published(self, address: str) -> str | None:
        try:
            return sha256((self.folder / address).read_bytes()).hexdigest()
        except OSError:
            return None

    def share(self, address: str) -> None:
        t = self.stage / address
        t.parent.mkdir(parents=True, exist_ok=True)
        os.link(self.folder / address, t)

    def write(self, address: str, data: bytes) -> str:
        t = self.stage / address
        t.parent.mkdir(parents=True, exist_ok=True)
        t.write_bytes(data)
        return sha256(data).hexdigest()

    def switch(self, manifest: Manifest, found: Path) -> p.Change:
        outputs = [Output(address=a, data=(self.stage / a).read_bytes()) for a in manifest.files]
        change = p.publish(self.folder, outputs, manifest, found)
        self.abandon()
        return change

    def abandon(self) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
