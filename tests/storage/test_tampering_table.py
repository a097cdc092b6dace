"""T8: what is found by which evidence, row by row as the table of the design states it.

The columns: the hashes of files in the ledger; with the chain of the events; and with a checkpoint
that was kept elsewhere. For the first two the forger has taken away what is signed: the
checkpoints in the store and this user's mark beside it. None marks a column that does not apply.
"""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest

from luthier_desktop.storage.against import Outside
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.verify import verify
from luthier_desktop.storage.witness_audit import Presented
from tests.storage.make import open_store, record, run_id
from tests.storage.test_tampering import change, event, run_file, shout, window

RUNS = 6
SIGNED = RUNS + 2
"""Behind the runs, and the events that begin the session and the epoch."""
FILE_CODES = {"run_damaged", "run_missing", "run_orphan"}
YESTERDAY_S = datetime(2026, 1, 21, tzinfo=UTC).timestamp()


def untouched(_store, _old):
    pass


def edit_a_run(store, _old):
    change(run_file(store, 2), shout)


def flip_a_bit_of_a_run(store, _old):
    change(run_file(store, 2), lambda data: bytes([data[0] ^ 4]) + data[1:])


def delete_a_run(store, _old):
    run_file(store, 2).unlink()


def insert_a_run(store, _old):
    data = run_file(store, 2).read_bytes()
    path = run_file(store, 99)
    path.write_bytes(data.replace(run_id(2).encode(), run_id(99).encode()))
    os.utime(path, (YESTERDAY_S, YESTERDAY_S))  # a file of this moment may be being saved


def edit_an_event(store, _old):
    change(event(store, 4), lambda data: data.replace(b'"owner"', b'"other"', 1))


def delete_an_event(store, _old):
    event(store, 4).unlink()


def swap_two_events(store, _old):
    first, second = event(store, 4).read_bytes(), event(store, 5).read_bytes()
    change(event(store, 4), lambda _: second)
    change(event(store, 5), lambda _: first)


def cut_the_tail(store, _old):
    for seq in range(SIGNED - 2, SIGNED + 1):
        for file in json.loads(event(store, seq).read_bytes())["files"]:
            if file["path"] != "STORE.json":
                store.layout.real(file["path"]).unlink()
        event(store, seq).unlink()


def edit_the_last_event(store, _old):
    change(event(store, SIGNED), lambda data: data.replace(b'"owner"', b'"other"', 1))


def rewrite_everything(store, _old):
    forge(store, 3, SIGNED)


def put_an_old_copy_back(store, old):
    shutil.rmtree(store.layout.data)
    shutil.copytree(old, store.layout.data)


def edit_what_nobody_has_seen(store, _old):
    last = SIGNED + 3
    forge(store, SIGNED + 3, last)


def record_falsely(store, _old):
    with open_store(store.layout.data.parent, seed=9) as program:
        record(program, run_id(50), status="OK")


def forge(store, seq, last):
    """Let run and event *seq* tell another score, and chain all events to the last anew."""
    prev = sha256_hex(event(store, seq - 1).read_bytes())
    for number in range(seq, last + 1):
        members = json.loads(event(store, number).read_bytes())
        if number == seq:
            (file,) = members["files"]
            path = store.layout.real(file["path"])
            change(path, lambda data: data.replace(b"91.5", b"11.5"))
            data = path.read_bytes()
            members["files"] = [file | {"sha256": sha256_hex(data), "bytes": len(data)}]
            members["row"]["score"] = 11.5
        data = canonical_bytes(members | {"prev": prev})
        change(event(store, number), lambda _, data=data: data)
        prev = sha256_hex(data)


TABLE = {
    "nothing": ([untouched], False, False, False),
    "bit flip or edit of a run file": ([flip_a_bit_of_a_run, edit_a_run], True, True, True),
    "delete a run file": ([delete_a_run], True, True, True),
    "insert a run file": ([insert_a_run], True, True, True),
    "edit, delete or swap a ledger event in the middle": (
        [edit_an_event, delete_an_event, swap_two_events], None, True, True,
    ),
    "truncate the tail": ([cut_the_tail], False, False, True),
    "edit of the very last event": ([edit_the_last_event], False, False, True),
    "rewrite of everything": ([rewrite_everything], False, False, True),
    "restore an old copy of the whole directory": ([put_an_old_copy_back], False, False, True),
    "edit before the event was ever witnessed": ([edit_what_nobody_has_seen], False, False, False),
    "run recorded falsely by the program itself": ([record_falsely], False, False, False),
}  # fmt: skip
ROWS = [
    pytest.param(row, tamper, id=f"{row}-{tamper.__name__}")
    for row, (tampers, *_) in TABLE.items()
    for tamper in tampers
]


@pytest.mark.parametrize(("row", "tamper"), ROWS)
def test_each_row_of_the_table_is_as_it_is_stated(tmp_path, row, tamper):
    with window(tmp_path) as store:
        for number in range(RUNS - 3):
            record(store, run_id(number))
        shutil.copytree(store.layout.data, tmp_path / "old")
        for number in range(RUNS - 3, RUNS):
            record(store, run_id(number))
        store.catch_up()
    note = Note.read(store.layout.checkpoint_path(SIGNED).read_bytes(), "elsewhere")
    elsewhere = Outside((Presented("elsewhere", note),))
    letters = Letters.of(SIGNED, note.checkpoint.root)
    sheet = Outside((Presented("a sheet", letters),))
    if tamper is edit_what_nobody_has_seen:
        with open_store(tmp_path, seed=4) as store:
            for number in range(RUNS, RUNS + 2):
                record(store, run_id(number))
    shutil.rmtree(tmp_path / "config")
    shutil.rmtree(store.layout.checkpoints)
    tamper(store, tmp_path / "old")

    _, files, chain, witnessed = TABLE[row]
    found, codes = seen(tmp_path)
    if files is not None:
        assert bool(FILE_CODES & codes) is files
    assert found is chain
    for outside in (elsewhere, sheet):
        assert seen(tmp_path, outside)[0] is witnessed


def seen(folder, *outside):
    """Verify from a fresh start; tell whether tampering is found, and by which codes."""
    with open_store(folder, seed=77) as fresh:
        report = verify(fresh, "full", None, None, *outside)
    assert report.failed is None
    codes = {finding.code for finding in report.findings}
    codes -= {code for code in codes if code.startswith("index_")}
    return not report.ok, codes


def test_a_forger_who_signs_anew_with_his_own_key_is_found_by_the_same_witness(tmp_path):
    """Everything is rewritten, also the event that opened the epoch, and signed again."""
    with window(tmp_path) as store:
        for number in range(RUNS):
            record(store, run_id(number))
        store.catch_up()
    note = Note.read(store.layout.checkpoint_path(SIGNED).read_bytes(), "elsewhere")
    shutil.rmtree(tmp_path / "config")
    shutil.rmtree(store.layout.checkpoints)
    event(store, SIGNED).unlink()  # the epoch
    forge(store, 3, SIGNED - 1)
    with open_store(tmp_path, seed=6) as forger:
        forger.catch_up()
        forger.checkpoints.make(anew=True)
    assert seen(tmp_path) == (False, set())
    outside = Outside((Presented("elsewhere", note),))
    with open_store(tmp_path, seed=77) as fresh:
        report = verify(fresh, "quick", None, None, outside)
    (found,) = (finding for finding in report.findings if finding.severity == "damage")
    assert found.code in ("witness_contradicts", "rollback")
    assert "not signed by the key that the log tells" in found.message
