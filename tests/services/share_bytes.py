"""Make a share file from a clock that stands still, and print the hash of what does not vary."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.canonical import canonical_bytes
from tests.services.builders import FakeClock, design


def fixed_part() -> str:
    """Return the hash of the document without its witness and the hash that covers it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_studio(Path(folder) / "data", clock=FakeClock()) as studio,
    ):
        saved = studio.snapshots.save(design(name="Äöü ø"), SnapshotDetails(name="Ångström"))
        document = json.loads(studio.sharing.document(saved.snapshot_id))
        bare = studio.sharing.document(saved.snapshot_id, with_witness=False)
    assert document.pop("witness") is not None
    assert document.pop("sha256") != json.loads(bare)["sha256"]
    plain = hashlib.sha256(canonical_bytes(document)).hexdigest()
    return f"{plain} {hashlib.sha256(bare).hexdigest()}"


if __name__ == "__main__":
    sys.stdout.write(fixed_part())
