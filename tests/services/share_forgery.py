"""Share files as a stranger may have made them: changed, and told consistently all the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.exports.share_file import document_sha256
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import canonical_bytes
from tests.services.builders import FakeClock, design

Change = Callable[[dict[str, Any]], object]


def shared(studio: Studio, folder: Path, name: str = "Parlor", **changes: Any) -> Path:
    """Save a snapshot and export it; return the file."""
    saved = studio.snapshots.save(design(**changes), SnapshotDetails(name=name, tags=("steel",)))
    path = folder / f"{saved.snapshot_id}.rosette"
    studio.sharing.export(saved.snapshot_id, path)
    return path


def forged(data: bytes, change: Change) -> bytes:
    """Return the file after *change* was made to its members, with a hash that fits again."""
    document = json.loads(data)
    change(document)
    document["sha256"] = document_sha256(document, canonical_bytes)
    return canonical_bytes(document)


def within(part: str, change: Change) -> Change:
    """Return a change of the members of the text that stands under *part*."""

    def change_inside(document: dict[str, Any]) -> None:
        members = json.loads(document[part])
        change(members)
        document[part] = canonical_bytes(members).decode()

    return change_inside


def unsigned(document: dict[str, Any]) -> None:
    document["witness"] = None


class OtherClock(FakeClock):
    """The clock of another installation, whose ids are others."""

    def token(self, length: int) -> str:
        self._tokens += 1
        return f"z{self._tokens:0{length - 1}d}"


def codes(studio: Studio, source: bytes | Path) -> tuple[str, set[str]]:
    """Return the state of a file and the codes of what speaks against it."""
    preview = studio.sharing.inspect(source)
    return preview.state, {each.code for each in preview.findings if each.weight != "note"}
