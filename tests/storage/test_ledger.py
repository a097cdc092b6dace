import errno
import hashlib
import json
import subprocess
import sys

import pytest

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.ledger import Ledger, NewEvent, Stamp
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import Faulty
from tests.storage.make import layout_in, open_store, record

STAMP = Stamp("2026-01-22T10:11:12.123456Z", "owner", "none", "s1")


@pytest.fixture
def layout(tmp_path):
    return layout_in(tmp_path)


def test_events_are_numbered_from_one_and_each_holds_the_hash_of_the_one_before(layout):
    ledger = Ledger(layout)
    assert [ledger.append(NewEvent("session.started"), STAMP) for _ in range(3)] == [1, 2, 3]
    prev = "0" * 64
    for seq in (1, 2, 3):
        data = (layout.data / f"ledger/000000/{seq:09d}.json").read_bytes()
        event = json.loads(data)
        assert (event["seq"], event["prev"], event["schema"]) == (seq, prev, "luthier.event/1")
        assert set(event) == {
            *("schema", "seq", "prev", "at_utc", "event", "run_id", "files", "row"),
            *("operator_id", "auth", "session"),
        }
        prev = hashlib.sha256(data).hexdigest()
    assert ledger.last_sha256() == prev


def test_a_new_directory_begins_with_each_thousandth_event(layout):
    ledger = Ledger(layout)
    for _ in range(1001):
        ledger.append(NewEvent("x"), STAMP)
    assert [path.name for path in Ledger(layout).directories()] == ["000000", "000001"]
    assert (layout.data / "ledger/000001/000001000.json").exists()
    assert Ledger(layout).last_seq() == 1001
    assert [event.seq for event in Ledger(layout).events(999)] == [999, 1000, 1001]


def test_two_ledgers_on_one_store_take_turns_and_the_chain_holds(layout):
    first, second = Ledger(layout), Ledger(layout)
    taken = [ledger.append(NewEvent("x"), STAMP) for ledger in (first, second, second, first)]
    assert taken == [1, 2, 3, 4]
    chain = ["0" * 64] + [event.sha256 for event in first.events()]
    assert [event.members["prev"] for event in first.events()] == chain[:-1]


def test_an_event_is_damaged_when_its_members_are_not_those_of_an_event(layout):
    ledger = Ledger(layout)
    ledger.append(NewEvent("x"), STAMP)
    path = layout.event_path(1)
    whole = path.read_bytes()
    for broken in (b"", whole[:-1], whole.replace(b'"seq":1', b'"seq":2'), b"[]", b'{"seq":1}'):
        path.unlink()
        path.write_bytes(broken)
        event = Ledger(layout).read(1)
        assert event.members is None
        assert event.fault
    assert ledger.read(2) is None


def test_an_event_whose_write_fails_is_not_counted(layout):
    Ledger(layout).append(NewEvent("x"), STAMP)
    counting = Faulty()
    Ledger(layout, counting).append(NewEvent("x"), STAMP)
    for at in range(len(counting.seen)):
        ledger = Ledger(layout, Faulty(at, errno.EIO))
        before = Ledger(layout).last_seq()
        with pytest.raises(StorageFailed):
            ledger.append(NewEvent("x"), STAMP)
        retried = ledger.append(NewEvent("x"), STAMP)
        assert retried in (before + 1, before + 2)
        assert [event.seq for event in Ledger(layout).events()] == list(range(1, retried + 1))


def test_three_programs_record_at_once_and_nothing_is_lost(tmp_path):
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.recorder", str(tmp_path), str(seed), "25"],
            stdout=subprocess.PIPE,
        )
        for seed in (1, 2, 3)
    ]
    numbers = []
    for program in programs:
        numbers += [int(line) for line in program.communicate(timeout=60)[0].split()]
        assert program.returncode == 0
    # Three times session.started and once epoch.opened besides.
    assert len(set(numbers)) == 75
    assert max(numbers) <= 79
    store = open_store(tmp_path, seed=9)
    store.catch_up()
    report = verify(store, "deep")
    assert (report.ok, report.events, report.runs, report.findings) == (True, 79, 75, ())
    record(store)
    store.close()
