"""T3 and T9: each call to the operating system that a save makes fails once."""

import contextlib
import errno
import json
import os
from functools import partial

import pytest

from luthier_desktop.domain.errors import LuthierError, StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import document_store, ledger, run_store
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.storage.careless import careless_put
from tests.storage.faulty import NAMES, Faulty
from tests.storage.make import open_store
from tests.storage.saves import published, save

CODES = (errno.EIO, errno.ENOSPC, errno.EACCES)


class Harness:
    """Saves with a fault at one call, and notes what is wrong afterwards."""

    def __init__(self, folder):
        self.folder = folder
        self.problems = []
        self.fired = 0
        self.acknowledged = {}
        self.number = 0
        with open_store(folder) as store:
            self._acknowledge(save(store, 0))

    def count(self):
        """Return the calls of one save in a session that goes on, as the faults will meet it."""
        self.number += 1
        calls = Faulty()
        with open_store(self.folder, seed=1000, calls=calls) as store:
            opened = len(calls.seen)
            self._acknowledge(save(store, self.number))
            return calls.seen[opened:]

    def inject(self, calls, arm):
        """Save with *calls*, which *arm* lets fail; then save the same again."""
        self.number += 1
        before = published(self.folder)
        with open_store(self.folder, seed=2000 + self.number, calls=calls) as store:
            arm()
            try:
                self._acknowledge(save(store, self.number))
                self.problems.append("acknowledged although a call had failed")
            except StorageFailed:
                self.fired += 1
            except LuthierError as error:
                self.problems.append(f"not typed as a failed save: {error}")
            self._look(before)
            try:
                self._acknowledge(save(store, self.number))
            except LuthierError as error:
                self.problems.append(f"the same save did not succeed afterwards: {error}")
            self._look(before)

    def end(self):
        """Verify what is left, from a fresh start."""
        with open_store(self.folder, seed=9) as store:
            store.catch_up()
            report = verify(store, "deep")
            bad = [
                f"{found.code}: {found.message}"
                for found in report.findings
                if found.code not in ("event_double", "tmp_left")
            ]
            self.problems += bad + ([report.failed] if report.failed else [])
            listed = store.index.ids(RunQuery(limit=1000))
            if len(listed) != len(set(listed)) or len(listed) != self.number + 1:
                self.problems.append(f"{len(listed)} runs are listed of {self.number + 1}")

    def _acknowledge(self, recorded):
        self.acknowledged[recorded.path] = recorded.sha256

    def _look(self, before):
        found = published(self.folder)
        changed = [path for path in before if found.get(path) != before[path]]
        self.problems += [f"{path} was changed" for path in changed]
        for path in found.keys() - before.keys():
            with contextlib.suppress(ValueError):
                json.loads(found[path])
                continue
            self.problems.append(f"{path} is seen half written")
        self.problems += [f"{path} is lost" for path in self.acknowledged.keys() - found.keys()]


class Lying(OsCalls):
    """The write numbered *at* says that all was written, and writes *lie* of it."""

    def __init__(self, lie):
        self.lie = lie
        self.at = -1
        self.writes = 0

    def write(self, descriptor, data):
        number = self.writes
        self.writes += 1
        if number != self.at:
            return super().write(descriptor, data)
        super().write(descriptor, self.lie(bytes(data)))
        return len(data)


class Watched(Faulty):
    """Notes which new files were opened and how often each was made durable."""

    def __init__(self, code=errno.EIO):
        super().__init__(code=code)
        self.made = []
        self.synced = []
        self._names = {}

    def open(self, path, flags, mode=0o444):
        descriptor = super().open(path, flags, mode)
        self._names[descriptor] = path if flags & os.O_CREAT else None
        if flags & os.O_CREAT:
            self.made.append(path)
        return descriptor

    def fsync(self, descriptor):
        if self._names[descriptor]:
            self.synced.append(self._names[descriptor])
        super().fsync(descriptor)


@pytest.fixture
def careless(monkeypatch):
    for module in (run_store, document_store, ledger):
        monkeypatch.setattr(module, "put_once", careless_put)


def fail_each_call(harness, code, *, after=False):
    """Let each call of a save fail once, before or after its effect; return how many there are."""
    calls_of_a_save = len(harness.count())
    for at in range(calls_of_a_save):
        calls = Faulty(code=code, after=after)
        harness.inject(calls, partial(at_call, calls, at))
    return calls_of_a_save


def at_call(calls, at):
    calls.at = len(calls.seen) + at


def at_write(calls, at):
    calls.at = calls.writes + at


def test_a_save_makes_every_kind_of_call_but_one(tmp_path):
    seen = Harness(tmp_path).count()
    assert len(seen) >= 50
    assert set(seen) == set(NAMES) - {"replace"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("after", [False, True])
def test_whichever_call_of_a_save_fails_nothing_is_lost_and_the_same_save_succeeds(
    tmp_path, code, after
):
    harness = Harness(tmp_path)
    injected = fail_each_call(harness, code, after=after)
    harness.end()
    assert harness.problems == []
    assert (injected >= 50, harness.fired) == (True, injected)


def test_a_careless_primitive_would_not_pass(tmp_path, careless):
    harness = Harness(tmp_path)
    fail_each_call(harness, errno.EIO)
    assert any("is seen half written" in problem for problem in harness.problems)


LIES = {
    "half": lambda data: data[: len(data) // 2],
    "nothing": lambda data: b"",
    "one bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_write_that_lies_is_never_acknowledged(tmp_path, lie):
    harness = Harness(tmp_path)
    writes = harness.count().count("write")
    assert writes == 4  # the snapshot, the run, session.started and the event
    for at in range(writes):
        calls = Lying(LIES[lie])
        harness.inject(calls, partial(at_write, calls, at))
    harness.end()
    assert harness.problems == []
    assert harness.fired == writes


def test_without_the_read_back_a_lie_would_be_acknowledged(tmp_path, careless):
    harness = Harness(tmp_path)
    for at in range(4):
        calls = Lying(LIES["half"])
        harness.inject(calls, partial(at_write, calls, at))
    assert harness.fired == 0
    assert any("is seen half written" in problem for problem in harness.problems)


def test_after_a_failed_fsync_a_new_file_is_begun_and_none_is_synced_twice(tmp_path):
    harness = Harness(tmp_path)
    seen = harness.count()
    places = [at for at, name in enumerate(seen) if name == "fsync"]
    assert len(places) >= 8
    for at in places:
        calls = Watched()
        harness.inject(calls, partial(at_call, calls, at))
        assert len(calls.synced) == len(set(calls.synced))
        assert len(calls.made) == len(set(calls.made))
    harness.end()
    assert harness.problems == []
    assert harness.fired == len(places)


def test_a_program_that_ignores_a_failed_fsync_would_not_pass(tmp_path):
    class Ignoring(Faulty):
        def fsync(self, descriptor):
            with contextlib.suppress(OSError):
                super().fsync(descriptor)

    harness = Harness(tmp_path)
    at = harness.count().index("fsync")
    calls = Ignoring(code=errno.EIO)
    harness.inject(calls, partial(at_call, calls, at))
    assert harness.fired == 0
    assert harness.problems == ["acknowledged although a call had failed"]
