from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio
from tests.services.builders import deep, design


def save(studio: Studio, name: str = "Parlor", *tags: str) -> Saved:
    return studio.snapshots.save(design(), SnapshotDetails(name=name, tags=tags))


def file_of(data_dir: Path, saved: Saved) -> Path:
    return data_dir / "art_studio" / "snapshots" / f"{saved.snapshot_id}.json"


def test_a_saved_snapshot_is_shown_as_it_was_saved(studio: Studio) -> None:
    saved = save(studio, "Parlor", "a", "b")
    kept = studio.snapshots.get(saved.snapshot_id)
    assert kept.document == saved.document
    assert kept.design == saved.design
    assert (kept.document["state"], kept.document["tags"]) == ("verified", ["a", "b"])


def test_saving_records_one_run_with_the_report(studio: Studio, data_dir: Path) -> None:
    saved = studio.snapshots.save(design(**deep(3.0)), SnapshotDetails(name="Too deep"))
    entries = studio.runs.find(RunQuery()).entries
    assert [(e.run_id, e.event_type) for e in entries] == [(saved.run_id, "snapshot.saved")]
    run = studio.runs.get(saved.run_id).artifact
    assert run.feasibility is not None
    assert (run.decision.risk_level.value, run.status) == ("RED", "OK")
    data = file_of(data_dir, saved).read_bytes()
    assert run.outputs["snapshot"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert json.loads(data)["run_id"] == saved.run_id
    assert saved.changes.runs
    assert saved.changes.snapshots


def test_saving_again_is_a_new_snapshot_with_its_parent(studio: Studio) -> None:
    first = save(studio)
    details = SnapshotDetails(name="Parlor", parent_snapshot_id=first.snapshot_id)
    second = studio.snapshots.save(first.design, details)
    assert second.document["parent_snapshot_id"] == first.snapshot_id
    assert second.document["design"]["design_id"] == first.document["design"]["design_id"]
    assert len(studio.snapshots.find(SnapshotQuery()).items) == 2


def test_a_parent_that_does_not_exist_is_not_found(studio: Studio) -> None:
    details = SnapshotDetails(name="x", parent_snapshot_id="snap_0000000000000009")
    with pytest.raises(NotFound):
        studio.snapshots.save(design(), details)
    assert studio.runs.ids(RunQuery()) == []


def test_the_list_is_filtered_and_paged(studio: Studio) -> None:
    names = ["Parlor", "Concert", "Ukulele", "Dreadnought", "Terz"]
    for number, name in enumerate(names):
        save(studio, name, "even" if number % 2 == 0 else "odd")
    even = studio.snapshots.find(SnapshotQuery(tag=("EVEN",))).items
    assert [entry.name for entry in even] == ["Terz", "Ukulele", "Parlor"]
    nought = studio.snapshots.find(SnapshotQuery(text="dreadNOUGHT")).items
    assert [entry.name for entry in nought] == ["Dreadnought"]
    found: list[str] = []
    cursor = None
    for _ in range(3):
        page = studio.snapshots.find(SnapshotQuery(limit=2, cursor=cursor))
        found += [entry.name for entry in page.items]
        cursor = page.next_cursor
    assert (found, cursor) == (names[::-1], None)


def test_a_deleted_snapshot_leaves_the_list_and_keeps_its_file(
    studio: Studio, data_dir: Path
) -> None:
    saved = save(studio)
    before = file_of(data_dir, saved).read_bytes()
    deleted = studio.snapshots.delete(saved.snapshot_id, "replaced by the parlor of March")
    assert studio.snapshots.find(SnapshotQuery()).items == ()
    with pytest.raises(NotFound, match="was deleted"):
        studio.snapshots.get(saved.snapshot_id)
    with pytest.raises(NotFound, match="was deleted"):
        studio.snapshots.delete(saved.snapshot_id, "again")
    assert file_of(data_dir, saved).read_bytes() == before
    run = studio.runs.get(deleted.run_id).artifact
    assert run.event_type == "snapshot.deleted"
    assert run.request["reason"] == "replaced by the parlor of March"
    assert (run.feasibility, run.decision.score) == (None, None)
    assert run.decision.risk_level.value == "UNKNOWN"
    assert run.hashes.feasibility_sha256 == hashlib.sha256(b"null").hexdigest()
    assert run.parent_run_ids == (saved.run_id,)
    assert studio.runs.verify("deep").ok


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_a_deletion_needs_a_reason(studio: Studio, reason: str) -> None:
    saved = save(studio)
    with pytest.raises(InputRefused, match="reason"):
        studio.snapshots.delete(saved.snapshot_id, reason)
    assert len(studio.snapshots.find(SnapshotQuery()).items) == 1


def test_a_damaged_snapshot_is_shown_as_damaged_and_left_in_place(
    studio: Studio, data_dir: Path
) -> None:
    saved = save(studio)
    path = file_of(data_dir, saved)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"Three rings", b"Threw rings"))
    kept = studio.snapshots.get(saved.snapshot_id)
    assert kept.document["state"] == "damaged"
    assert (kept.document["design"], kept.design) == (None, None)
    assert "Threw rings" in kept.document["text"]
    assert kept.document["name"] == "Parlor"
    codes = {finding.code for finding in studio.runs.verify().findings}
    assert "snapshot_damaged" in codes


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_snapshot_needs_a_name(name: str) -> None:
    with pytest.raises(InputRefused, match="name"):
        SnapshotDetails.read({"name": name}, "The snapshot")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ("../../etc/passwd", InputRefused),
        ("snap_1\n", InputRefused),
        ("snap_0000000000000009", NotFound),
        ("run_20260122_0000000000000009", NotFound),
    ],
)
def test_foreign_ids_are_never_file_names(
    studio: Studio, given: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        studio.snapshots.get(given)
