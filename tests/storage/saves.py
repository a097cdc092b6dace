"""A save that makes every kind of call, and what is seen of it under its names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.store import Recorded, Store
from tests.storage.make import artifact, run_id


def save(store: Store, number: int) -> Recorded:
    """Save a run with a snapshot in a directory of its own: every kind of call is made."""
    day = (date(2026, 1, 1) + timedelta(days=number)).strftime("%Y%m%d")
    row = SnapshotRow(snapshot_id=f"snap_{number:016d}", name="Rose")
    run = artifact(run_id(number, day), event_type="snapshot.saved")
    document = Document(snapshot_path(row.snapshot_id), f'{{"n":{number}}}'.encode())
    return store.record(run, RunRow.of(run, "cli", snapshot=row), [document])


def published(folder: Path) -> dict[str, bytes]:
    """Return all records of the store that stand under their names."""
    data = folder / "data"
    found = (path for path in sorted(data.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(data)): path.read_bytes() for path in found if path.suffix == ".json"
    }
