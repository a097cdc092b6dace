"""T20: what Windows would say, with faked error numbers and a faked sleep."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.atomic import put_once, storage_failure
from luthier_desktop.storage.layout import run_path, setup_path, snapshot_path
from luthier_desktop.storage.os_calls import OsCalls, is_held
from luthier_desktop.storage.retry import retry_while
from tests.storage.make import layout_in, open_store, record, run_id

WAITS_S = [0.05, 0.1, 0.2, 0.4, 0.8, 1.0]


class Held(OSError):
    """What Windows raises, on any system."""

    def __init__(self, winerror):
        super().__init__(errno.EACCES, "busy")
        self.winerror = winerror


class Attempt:
    """Fails so many times with one number of Windows, then succeeds."""

    def __init__(self, code, failures):
        self.code = code
        self.failures = failures
        self.made = 0

    def __call__(self, *_arguments):
        self.made += 1
        if self.made <= self.failures:
            raise Held(self.code)
        return "done"


@pytest.mark.parametrize("code", [5, 32, 33])
@pytest.mark.parametrize("failures", range(7))
def test_a_file_that_another_program_holds_is_tried_again_with_growing_waits(code, failures):
    slept, attempt = [], Attempt(code, failures)
    assert retry_while(is_held, attempt, sleep=slept.append) == "done"
    assert slept == WAITS_S[:failures]
    assert attempt.made == failures + 1


@pytest.mark.parametrize("code", [5, 32, 33])
def test_after_the_last_wait_the_error_stands(code):
    slept, attempt = [], Attempt(code, 99)
    with pytest.raises(Held):
        retry_while(is_held, attempt, sleep=slept.append)
    assert (slept, attempt.made) == (WAITS_S, 7)


@pytest.mark.parametrize("code", [183, 80, 1, 2, 3, 112, None])
def test_what_waiting_cannot_cure_is_told_at_once(code):
    slept, attempt = [], Attempt(code, 99)
    with pytest.raises(Held):
        retry_while(is_held, attempt, sleep=slept.append)
    assert (slept, attempt.made) == ([], 1)


def test_an_error_that_changes_on_the_way_is_not_waited_for_any_longer():
    errors, slept = [Held(32), Held(32), Held(183)], []

    def attempt():
        raise errors.pop(0)

    with pytest.raises(Held) as told:
        retry_while(is_held, attempt, sleep=slept.append)
    assert (told.value.winerror, slept) == (183, WAITS_S[:2])


def test_without_a_retry_the_first_held_file_would_be_an_error():
    with pytest.raises(Held):
        Attempt(32, 1)()


@pytest.mark.parametrize("name", ["unlink", "replace"])
def test_removing_and_replacing_wait_for_a_held_file(tmp_path, monkeypatch, name):
    slept, attempt = [], Attempt(32, 2)
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr(Path, name, attempt)
    arguments = [tmp_path / "x"] if name == "unlink" else [tmp_path / "x", tmp_path / "y"]
    getattr(OsCalls(), name)(*arguments)
    assert (slept, attempt.made) == (WAITS_S[:2], 3)


class HeldFile(OsCalls):
    """A system on which publishing a file is refused with a number of Windows."""

    def __init__(self, code):
        self.code = code

    def link(self, source, target):
        raise Held(self.code)


@pytest.mark.parametrize(
    ("code", "words"),
    [(32, "another program"), (33, "another program"), (5, "Check the rights of the folder")],
)
def test_a_file_that_stays_held_is_told_with_what_to_do(tmp_path, code, words):
    with pytest.raises(StorageFailed) as failed:
        put_once(tmp_path / "x.json", b"{}", HeldFile(code))
    assert "x.json was not saved" in failed.value.sentence
    assert words in failed.value.sentence
    assert list(tmp_path.iterdir()) == []
    assert put_once(tmp_path / "x.json", b"{}") == "created"


@pytest.mark.parametrize("code", [1, 2, 3, 5, 19, 32, 33, 80, 112, 183, 1224])
def test_every_number_of_windows_becomes_a_typed_sentence(tmp_path, code):
    told = storage_failure(Held(code), tmp_path / "x.json")
    assert isinstance(told, StorageFailed)
    assert told.sentence.startswith("x.json was not saved")


RESERVED = ("CON", "con", "nul", "aux.json", "prn", "COM1", "com¹", "lpt9", "a.", "a ", "a:b")


@pytest.mark.parametrize("name", [*RESERVED, "../x", "run_20260122_0000000000000001\n", ""])
def test_no_id_becomes_a_name_that_windows_reserves(tmp_path, name):
    for path in (run_path, snapshot_path, setup_path):
        with pytest.raises(InputRefused):
            path(name)


@pytest.mark.parametrize("name", ["a:b", "a b", "a\\b", "../x", "/x", "com¹", ".x", "x/", ""])
def test_no_event_makes_the_store_open_an_odd_path(tmp_path, name):
    with pytest.raises(InputRefused, match="not a path inside the store"):
        layout_in(tmp_path).real(name)


def held(store):
    other = sqlite3.connect(store.index.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


@pytest.fixture
def busy(tmp_path):
    """Return a store with one listed and one unlisted run, whose index is held."""
    store = open_store(tmp_path)
    record(store, run_id(1))
    store.catch_up()
    record(store, run_id(2))
    store.index._open().execute("PRAGMA busy_timeout=1")
    other = held(store)
    yield store, other
    other.close()


@pytest.mark.parametrize("failures", [1, 3, 6])
def test_a_busy_index_is_asked_again_with_growing_waits(busy, monkeypatch, failures):
    store, other = busy
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == failures:
            other.execute("ROLLBACK")

    monkeypatch.setattr("time.sleep", sleep)
    store.catch_up()
    assert store.index.stale == ""
    assert slept == WAITS_S[:failures]
    assert store.index.ids(RunQuery()) == [run_id(2), run_id(1)]


def test_an_index_that_stays_busy_is_told_and_the_run_is_safe(busy, monkeypatch):
    store, other = busy
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    store.catch_up()
    assert slept == WAITS_S
    assert "may miss the newest entries" in store.index.stale
    other.execute("ROLLBACK")
    store.catch_up()
    assert store.index.ids(RunQuery()) == [run_id(2), run_id(1)]


def test_the_retry_is_not_loaded_where_nothing_is_held(tmp_path):
    program = (
        "import sys; from pathlib import Path; from tests.storage.recorder import main; "
        "main(Path(sys.argv[1]), 1, 1); print('tenacity' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == "False"
