"""Whatever stands in a file of the store: a verification always ends with a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.ledger import Ledger
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.verify import verify
from tests.storage.make import artifact, open_store, record, run_id

LEVELS = ("quick", "full", "deep", 3)
SNAPSHOT = "snap_0000000000000001"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8)
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two runs, a snapshot and a checkpoint; no two examples see each other's bytes."""
    folder = tmp_path_factory.mktemp("fuzz")
    with open_store(folder) as store:
        record(store, run_id(1))
        record(store, run_id(2))
        run = artifact(run_id(3), event_type="snapshot.saved")
        row = SnapshotRow(snapshot_id=SNAPSHOT, name="Rose")
        documents = [Document(snapshot_path(SNAPSHOT), b"{}")]
        store.record(run, RunRow.of(run, "cli", snapshot=row), documents)
        store.catch_up()
        assert store.checkpoints.follow(1)
        store.catch_up()
    return folder


def files_of(folder: Path) -> list[Path]:
    found = [*(folder / "data").rglob("*"), *(folder / "config").rglob("*.json")]
    return sorted(path for path in found if path.is_file())


def verified_with(folder: Path, path: Path, data: bytes, level: object) -> None:
    """Verify with *data* in the file, and put back what stood there."""
    before = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data)
    try:
        with open_store(folder, seed=9) as store:
            report = verify(store, level)  # type: ignore[arg-type]
        assert report.failed is None
        json.dumps(report.plain(), allow_nan=False).encode()
        for found in report.findings:
            assert found.message.endswith(".")
            assert found.advice.endswith(".")
    finally:
        path.write_bytes(before)


def test_the_store_of_these_tests_is_sound(folder: Path) -> None:
    names = [path.name for path in files_of(folder)]
    assert len(names) == len(set(names)) >= 11
    with open_store(folder, seed=9) as store:
        assert [found.code for found in verify(store, "deep").findings] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), level=st.sampled_from(LEVELS))
def test_arbitrary_bytes_in_any_file_end_in_a_report(
    folder: Path, data: st.DataObject, level: object
) -> None:
    path = data.draw(st.sampled_from(files_of(folder)), label="file")
    before = path.read_bytes()
    cut = data.draw(st.integers(0, len(before)), label="cut")
    arbitrary = data.draw(st.binary(max_size=64), label="bytes")
    tail = before[cut + len(arbitrary) :] if data.draw(st.booleans(), label="in place") else b""
    verified_with(folder, path, before[:cut] + arbitrary + tail, level)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seq=st.integers(1, 5),
    name=st.sampled_from(
        ["schema", "seq", "prev", "at_utc", "event", "run_id", "files", "row", "operator_id"]
    ),
    value=json_values
    | st.lists(
        st.fixed_dictionaries(
            {
                "path": st.sampled_from(["../x", "runs/rmos", "ledger", "", "STORE.json", "a\0b"])
                | st.text(max_size=8),
                "sha256": st.text(max_size=4),
                "bytes": st.booleans() | st.integers(-(2**53), 2**53),
            }
        ),
        max_size=2,
    )
    | st.sampled_from(
        ["run.hidden", "run.purged", "epoch.opened", "key.rotated", "verify.finished",
         "rollback.acknowledged", "run.adopted"]
    ),
    level=st.sampled_from(LEVELS),
)  # fmt: skip
@example(seq=3, name="files", value=[{"path": "runs", "sha256": "", "bytes": -1}], level="full")
@example(seq=3, name="files", value=[{"path": "ledger", "sha256": "", "bytes": 4096}], level=3)
@example(
    seq=3, name="files", value=[{"path": "STORE.json", "sha256": "", "bytes": 2**53}], level=3
)
def test_a_well_formed_event_with_any_member_ends_in_a_report(
    folder: Path, seq: int, name: str, value: object, level: object
) -> None:
    with open_store(folder, seed=9) as store:
        path, ledger = store.layout.event_path(seq), Ledger(store.layout)
        event = ledger.read(seq)
    assert event is not None
    assert event.members is not None
    try:
        data = canonical_bytes(event.members | {name: value})
    except InputRefused:
        return
    verified_with(folder, path, data, level)
