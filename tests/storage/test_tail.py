import errno

import pytest

from luthier_desktop.storage.ledger import Ledger, NewEvent, Stamp
from luthier_desktop.storage.tail import EVENTS_LOOKED_AT, tail_fault
from tests.storage.faulty import Always, Unsynced
from tests.storage.make import layout_in

STAMP = Stamp("2026-01-22T10:11:12.000000Z", "owner", "none", "s")


@pytest.fixture
def layout(tmp_path):
    layout = layout_in(tmp_path)
    ledger = Ledger(layout, Unsynced())
    for _ in range(EVENTS_LOOKED_AT + 6):
        ledger.append(NewEvent("baseline.set"), STAMP)
    return layout


def edit(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.chmod(0o644)
    path.write_bytes(data.replace(old, new))


def test_a_whole_ledger_and_none_at_all_are_well(tmp_path, layout):
    assert tail_fault(Ledger(layout)) == ""
    assert tail_fault(Ledger(layout_in(tmp_path / "empty"))) == ""


@pytest.mark.parametrize("seq", [1, 3, 10, 69])
def test_a_gap_in_the_highest_directories_is_told(layout, seq):
    layout.event_path(seq).unlink()
    said = tail_fault(Ledger(layout))
    assert said.startswith(f"Event {seq} is missing from the ledger.")
    assert "luthier logs verify" in said


def test_a_ledger_whose_first_directory_begins_late_is_told(tmp_path):
    layout = layout_in(tmp_path)
    ledger = Ledger(layout)
    for _ in range(3):
        ledger.append(NewEvent("baseline.set"), STAMP)
    moved = layout.ledger / "000001"
    moved.mkdir()
    layout.event_path(3).rename(moved / "000001001.json")
    assert "Event 3 is missing" in tail_fault(Ledger(layout))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [(b"owner", b"other", "Event 61 of the ledger does not follow"), (b"{", b"[", "damaged")],
)
def test_a_changed_event_among_the_last_is_told(layout, old, new, words):
    edit(layout.event_path(60), old, new)
    assert words in tail_fault(Ledger(layout))


def test_a_changed_event_further_back_is_left_to_a_verification(layout):
    edit(layout.event_path(3), b"owner", b"other")
    assert tail_fault(Ledger(layout)) == ""


def test_a_ledger_that_cannot_be_read_is_told_in_a_sentence(layout):
    said = tail_fault(Ledger(layout, Always(errno.EACCES, "scandir")))
    assert str(layout.ledger) in said
