import os
import sqlite3
import subprocess
import sys

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.os_calls import OsCalls
from tests.storage.make import open_store, record, run_id

NOBODY = 2**22 + 1
DIES = """
import os, signal, sys
from pathlib import Path
from tests.storage.make import open_store, record, run_id
store = open_store(Path(sys.argv[1]), seed=2)
record(store, run_id(50))
store.catch_up()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def filled(tmp_path):
    """A closed store of six runs; return the path of its index."""
    with open_store(tmp_path) as store:
        for number in range(6):
            record(store, run_id(number))
        store.catch_up()
        return store.index.path


def marks(index):
    return sorted(path.name for path in index.parent.iterdir() if ".writing-" in path.name)


def spoil(index):
    """Spoil a page that no common question reads: one of the tree that orders runs by score."""
    connection = sqlite3.connect(index)
    name = "SELECT rootpage FROM sqlite_master WHERE name = 'runs_score'"
    (page,) = connection.execute(name).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    data = bytearray(index.read_bytes())
    at = (page - 1) * size + 3  # how many entries the page has
    data[at : at + 2] = b"\xff\xff"
    index.write_bytes(bytes(data))


def set_aside(index):
    return [path.name for path in index.parent.iterdir() if ".corrupt-" in path.name]


def opened(folder, calls=None):
    store = open_store(folder, seed=3, calls=calls or OsCalls())
    store.catch_up()
    return store


def test_a_closed_index_leaves_no_mark_and_one_that_only_reads_sets_none(tmp_path, filled):
    assert marks(filled) == []
    reader = opened(tmp_path)
    assert len(reader.find(RunQuery()).entries) == 6
    assert marks(filled) == []
    record(reader)
    reader.catch_up()
    assert marks(filled) == [f"index.sqlite.writing-{os.getpid()}"]
    reader.close()
    assert marks(filled) == []


def test_an_index_that_a_killed_program_left_is_looked_through(tmp_path, filled):
    done = subprocess.run([sys.executable, "-c", DIES, str(tmp_path)], check=False)
    assert done.returncode < 0
    assert len(marks(filled)) == 1
    store = opened(tmp_path)
    assert marks(filled) == []
    assert set_aside(filled) == []
    assert len(store.find(RunQuery()).entries) == 7


@pytest.mark.parametrize("mark", [str(NOBODY), "doubt"])
def test_damage_that_no_question_meets_is_found_after_an_unclean_end(tmp_path, filled, mark):
    with opened(tmp_path) as store:
        before = store.index.dump()
    spoil(filled)
    filled.with_name(f"{filled.name}.writing-{mark}").touch()
    store = opened(tmp_path)
    assert len(set_aside(filled)) == 1
    assert marks(filled) == [f"index.sqlite.writing-{os.getpid()}"]  # it was built anew just now
    assert store.index.dump() == before


def test_after_a_clean_end_nothing_is_looked_through(tmp_path, filled):
    spoil(filled)
    assert len(opened(tmp_path).find(RunQuery()).entries) == 6
    assert set_aside(filled) == []


def test_the_mark_of_a_program_at_work_is_left_alone(tmp_path, filled):
    other = filled.with_name(f"{filled.name}.writing-{os.getppid()}")
    other.touch()
    spoil(filled)
    assert len(opened(tmp_path).find(RunQuery()).entries) == 6
    assert other.exists()


def test_a_failed_statement_has_the_index_looked_through_when_it_is_opened_next(tmp_path, filled):
    store = opened(tmp_path)

    def fails(_connection):
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError):
        store.index._with_index(fails)
    store.close()
    assert marks(filled) == ["index.sqlite.writing-doubt"]
    opened(tmp_path)
    assert marks(filled) == []
