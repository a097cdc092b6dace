"""A log against a copy of it: what differs, what is missing here, and what the copy lacks."""

import shutil

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.against import Copy, Outside
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import NewEvent, StoredFile
from luthier_desktop.storage.verify import verify
from luthier_desktop.storage.withdrawal import PURGED, purge_row
from tests.storage.make import Clock, layout_in, open_layout, open_store, record, run_id

RUNS = 4


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    for number in range(RUNS):
        record(opened, run_id(number))
    opened.catch_up()
    opened.checkpoints.make()
    opened.catch_up()
    return opened


@pytest.fixture
def backup(store, tmp_path):
    shutil.copytree(store.layout.data, tmp_path / "backup")
    return tmp_path / "backup"


def compared(store, backup):
    """Verify quickly, so that only the comparison reads a run's bytes."""
    with open_store(store.layout.data.parent, seed=77) as fresh:
        fresh.catch_up()
        copy = Copy(fresh, backup)
        steps = []
        report = verify(
            fresh, "quick", lambda done, of: steps.append((done, of)), None,
            Outside(tuple(copy.presented()), copy),
        )  # fmt: skip
    assert report.failed is None
    assert steps[-1][0] == steps[-1][1]
    return [(found.code, found.message) for found in report.findings]


def change(path, old, new):
    path.chmod(0o644)
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def file_of(folder, number):
    return folder / f"runs/rmos/2026-01-22/{run_id(number)}.json"


def test_a_log_that_went_on_extends_its_copy(store, backup):
    record(store, run_id(20))
    assert compared(store, backup) == []


def test_a_changed_run_is_named_and_where_it_is_whole(store, backup):
    change(file_of(store.layout.data, 1), b"GREEN", b"GREEM")
    ((code, message),) = compared(store, backup)
    assert code == "backup_differs"
    assert message.endswith("is not as it was recorded; the backup holds it whole.")
    change(file_of(backup, 1), b"GREEN", b"GREEM")
    codes = [code for code, _ in compared(store, backup)]
    assert codes == ["backup_differs", "backup_damaged"]


def test_a_missing_run_is_named(store, backup):
    file_of(store.layout.data, 1).unlink()
    found = dict(compared(store, backup))
    assert found["backup_differs"].endswith("is missing here; the backup holds it whole.")


def test_a_purged_run_is_no_difference(store, backup):
    path = file_of(store.layout.data, 1)
    file = StoredFile.of(f"runs/rmos/2026-01-22/{run_id(1)}.json", path.read_bytes())
    store.journal.append(NewEvent(PURGED, run_id(1), (), purge_row(file, "asked")))
    path.unlink()
    assert [code for code, _ in compared(store, backup)] == ["purged"]


def test_events_that_are_others_here_are_counted(store, backup):
    for seq in (3, 4):
        change(store.layout.event_path(seq), b'"owner"', b'"other"')
    found = compared(store, backup)
    assert ("backup_differs", "Events 3 to 4 are other here than in the backup.") in found
    assert "witness_contradicts" in [code for code, _ in found]


def test_an_event_that_is_missing_in_the_midst_is_told(store, backup):
    store.layout.event_path(3).unlink()
    said = "Event 3 is missing here; the backup holds what is missing."
    assert ("backup_differs", said) in compared(store, backup)


def test_a_lost_end_is_told_by_the_copy_alone(store, backup):
    shutil.rmtree(store.layout.config)
    shutil.rmtree(store.layout.checkpoints)
    for seq in (5, 6):
        store.layout.event_path(seq).unlink()
    file_of(store.layout.data, 3).unlink()
    found = compared(store, backup)
    said = "Events 5 to 6 are missing here: the backup has 6 events, the log 4."
    assert ("rollback", said) in found
    assert [code for code, _ in found].count("rollback") == 2  # the copy's checkpoint says so too


def test_what_the_copy_lacks_or_holds_damaged_is_the_copys_fault(store, backup):
    for number in (0, 1):
        file_of(backup, number).unlink()
    change(file_of(backup, 2), b"GREEN", b"GREEM")
    path = StoreLayout.of(backup, backup, backup, {}).event_path(5)
    change(path, b"{", b"[")
    assert compared(store, backup) == [
        ("backup_damaged", f"The backup lacks: {logical(0)} and 1 more."),
        ("backup_damaged", f"The backup holds damaged: {logical(2)} and 1 more."),
    ]


def logical(number):
    return f"runs/rmos/2026-01-22/{run_id(number)}.json"


def test_a_copy_of_a_store_whose_runs_lie_elsewhere_is_compared(store, backup, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(store.layout.runs, moved)
    layout = layout_in(tmp_path, RMOS_RUNS_DIR=str(moved))
    fresh = open_layout(layout, Clock(), seed=5)
    assert [found for found in Copy(fresh, backup).compare() if found] == []
    moved_file = moved / "2026-01-22" / f"{run_id(1)}.json"
    moved_file.unlink()
    (found,) = (found for found in Copy(fresh, backup).compare() if found)
    assert "is missing here" in found.message


@pytest.mark.parametrize("data", [b"", b"[]", b"{", canonical_bytes({"store_id": "other"})])
def test_a_folder_of_another_store_is_refused(store, backup, data):
    (backup / "STORE.json").chmod(0o644)
    (backup / "STORE.json").write_bytes(data)
    with pytest.raises(InputRefused):
        Copy(store, backup)
    (backup / "STORE.json").unlink()
    with pytest.raises(InputRefused, match="is no copy of a store"):
        Copy(store, backup)


@pytest.mark.parametrize("inside", [".", "ledger/..", "link"])
def test_the_log_itself_is_no_copy_of_it(store, inside):
    (store.layout.data / "link").symlink_to(store.layout.data)
    with pytest.raises(InputRefused, match="is the store itself"):
        Copy(store, store.layout.data / inside)
