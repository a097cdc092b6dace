from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop import paths
from luthier_desktop.services.studio import open_studio
from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, design


@pytest.fixture
def run_id(data_dir: Path) -> str:
    """Record in a window, which signs at its end: three events."""
    return check(data_dir)


def check(data_dir: Path) -> str:
    with open_studio(data_dir, source="window") as studio:
        run_id = studio.feasibility.check(design(**SMOKE)).run_id
    assert run_id is not None
    return run_id


def letters(data_dir: Path) -> str:
    with open_studio(data_dir) as studio:
        return studio.trust.letters()


def forget_the_mark() -> None:
    shutil.rmtree(paths.config_dir() / "highwater")


def verified(luthier: Luthier, *options: str | Path) -> tuple[int, Any]:
    answer = luthier("logs", "verify", *options, "--json")
    return answer.code, answer.json()


def share_file(data_dir: Path, run_id: str, path: Path) -> Path:
    with open_studio(data_dir) as studio:
        member = studio.trust.witness(run_id).plain()
    path.write_text(json.dumps({"schema": "luthier.share/1", "witness": member}))
    return path


def test_the_letters_of_a_sheet_confirm_the_log(
    luthier: Luthier, data_dir: Path, run_id: str
) -> None:
    line = letters(data_dir)
    number, *groups = line.split()
    assert (number, [len(group) for group in groups]) == ("3", [4, 4, 4, 4])
    code, document = verified(luthier, "--witness", line.lower().replace(" ", "-"))
    assert (code, document["checkpoint"]["letters"]) == (0, line)
    assert document["last_witness"]["size"] == 3
    assert document["last_witness"]["origin"] is None
    text = luthier("logs", "verify", "--witness", line).out
    day = document["checkpoint"]["at_utc"][:10]
    assert f"signed: 3 events, to {day}; for a sheet: {line}" in text
    assert f"last outside witness: 3 events, to {day}; {line}" in text
    assert "The signing key is stored in a file: " in text


def test_without_a_witness_it_says_so(luthier: Luthier, run_id: str) -> None:
    assert "last outside witness: none yet" in luthier("logs", "verify").out


def test_letters_of_another_log_are_a_finding(
    luthier: Luthier, data_dir: Path, run_id: str
) -> None:
    code, document = verified(luthier, "--witness", "3 AAAA BBBB CCCC DDDD")
    assert (code, document["ok"]) == (1, False)
    (found,) = document["findings"]
    assert (found["code"], found["severity"]) == ("witness_contradicts", "damage")
    code, document = verified(luthier, "--witness", "1042 AAAA BBBB CCCC DDDD")
    assert [found["code"] for found in document["findings"]] == ["rollback"]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("3 AAAA BBBB CCCC DDD0", 3, "probably O"),
        ("AAAA BBBB CCCC DDDD", 3, "number of events before the letters is missing"),
        ("no_such.note", 4, "There is no file no_such.note"),
        ("folder/none", 4, "There is no file folder/none"),
        ("x" * 300, 3, "too long for the letters"),
    ],
)
def test_what_is_no_witness_is_refused(
    luthier: Luthier, run_id: str, given: str, code: int, said: str
) -> None:
    answer = luthier("logs", "verify", "--witness", given)
    assert (answer.code, said in answer.err) == (code, True)


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_file_is_called_empty(
    luthier: Luthier, run_id: str, tmp_path: Path, data: bytes
) -> None:
    empty = tmp_path / "empty.note"
    empty.write_bytes(data)
    answer = luthier("logs", "verify", "--witness", empty)
    assert (answer.code, f"{empty} is empty" in answer.err) == (3, True)
    answer = luthier("logs", "verify", "--witness", "-", stdin=data)
    assert (answer.code, "standard input is empty" in answer.err) == (3, True)
    answer = luthier("logs", "keep-witness", empty)
    assert (answer.code, f"{empty} is empty" in answer.err) == (3, True)


def test_a_note_a_share_file_and_a_folder_are_witnesses(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    note = tmp_path / "mailed.note"
    note.write_bytes((data_dir / "checkpoints/000000003.note").read_bytes())
    share = share_file(data_dir, run_id, tmp_path / "rose.rosette")
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(json.loads(share.read_text())["witness"]))
    backup = tmp_path / "backup"
    shutil.copytree(data_dir, backup)
    for given in (note, share, bare, backup):
        code, document = verified(luthier, "--witness", given)
        assert (code, document["last_witness"]["size"]) == (0, 3)
    (data_dir / "checkpoints/000000003.note").unlink()
    forget_the_mark()
    for path in (data_dir / "ledger/000000").iterdir():
        if path.stem in ("000000002", "000000003"):
            path.unlink()
    shutil.rmtree(data_dir / "runs")
    assert verified(luthier)[0] == 0  # the limit of one PC, without a witness
    for given in (note, share, bare, backup):
        code, document = verified(luthier, "--witness", given)
        assert (code, [found["code"] for found in document["findings"]]) == (1, ["rollback"])
    answer = luthier("logs", "verify", "--witness", "-", stdin=note.read_bytes())
    assert answer.code == 1


def test_a_changed_note_and_one_of_another_log_are_told(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    data = (data_dir / "checkpoints/000000003.note").read_bytes()
    note = tmp_path / "a.note"
    note.write_bytes(data.replace(b"\n3\n", b"\n2\n"))
    code, document = verified(luthier, "--witness", note)
    (found,) = document["findings"]
    assert (code, found["code"]) == (1, "witness_contradicts")
    assert "not signed by the key" in found["message"]
    note.write_bytes(data[:-3])
    assert luthier("logs", "verify", "--witness", note).code == 3
    check(tmp_path / "other")
    note = tmp_path / "other/checkpoints/000000003.note"
    answer = luthier("logs", "verify", "--witness", note)
    assert (answer.code, "a witness of another log" in answer.err) == (3, True)
    share = tmp_path / "none.rosette"
    share.write_text('{"schema":"luthier.share/1","witness":null}')
    answer = luthier("logs", "verify", "--witness", share)
    assert (answer.code, "carries no witness" in answer.err) == (3, True)


def test_a_witness_is_kept_and_watched_over_by_every_verification(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    theirs = share_file(other, check(other), tmp_path / "theirs.rosette")
    answer = luthier("logs", "keep-witness", theirs, "--json")
    assert (answer.code, answer.json()["ok"]) == (0, True)
    assert answer.json()["origin"].endswith("/1")
    own = tmp_path / "own.note"
    own.write_bytes((data_dir / "checkpoints/000000003.note").read_bytes())
    assert luthier("logs", "keep-witness", own).out.startswith("kept a witness of luthier-desktop")
    code, document = verified(luthier, "--quick")
    assert (code, document["last_witness"]["size"]) == (0, 3)
    answer = luthier("logs", "keep-witness", other / "checkpoints/000000003.note")
    assert (answer.code, "brings no key" in answer.err) == (3, True)
    assert luthier("logs", "keep-witness", tmp_path / "none").code == 4


def test_a_senders_other_key_is_red(luthier: Luthier, run_id: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    theirs = share_file(other, check(other), tmp_path / "theirs.rosette")
    assert luthier("logs", "keep-witness", theirs).code == 0
    shutil.rmtree(paths.config_dir())
    for folder in ("ledger", "runs", "checkpoints"):
        shutil.rmtree(other / folder)
    again = share_file(other, check(other), tmp_path / "again.rosette")
    answer = luthier("logs", "keep-witness", again)
    assert (answer.code, answer.out.startswith("damage: ")) == (1, True)
    assert "signed by another key" in answer.out


def test_the_key_is_changed_with_a_reason(luthier: Luthier, data_dir: Path, run_id: str) -> None:
    answer = luthier("logs", "rotate-key", "--reason", " Lent out ", "--json")
    assert (answer.code, answer.json()["reason"]) == (0, "Lent out")
    event = json.loads((data_dir / "ledger/000000/000000005.json").read_bytes())
    assert (event["event"], answer.json()["seq"]) == ("key.rotated", 5)
    code, document = verified(luthier)
    assert (code, document["checkpoint"]["size"]) == (0, 5)
    answer = luthier("logs", "rotate-key", "--lost", "--reason", "Gone", "--json")
    assert (answer.code, answer.json()["seq"]) == (0, 7)
    origin = verified(luthier)[1]["checkpoint"]["origin"]
    assert origin.endswith("/2")
    answer = luthier("logs", "rotate-key", "--reason", " ")
    assert (answer.code, "1 to 500 characters" in answer.err) == (3, True)


def test_health_tells_where_the_key_is_and_stays_well(luthier: Luthier, run_id: str) -> None:
    document = luthier("health", "--json").json()
    assert (document["ok"], document["problems"]) == (True, [])
    (note,) = document["notes"]
    assert note.startswith("The signing key is stored in a file: ")
    assert f"note: {note}" in luthier("health").out.splitlines()


def test_a_lost_key_is_told_and_is_not_changed_in_silence(
    luthier: Luthier, data_dir: Path, run_id: str
) -> None:
    shutil.rmtree(paths.config_dir() / "keys")
    document = luthier("health", "--json").json()
    (note,) = document["notes"]
    assert note.startswith("The signing key of epoch 1 is not on this account: the next ")
    assert "begins a new epoch" in note
    assert f"note: {note}" in luthier("health").out.splitlines()
    code, verification = verified(luthier)
    assert (code, verification["notes"]) == (0, [note])
    assert note in luthier("logs", "verify").out
    events = sorted((data_dir / "ledger").rglob("*.json"))
    answer = luthier("logs", "rotate-key", "--reason", "Yearly")
    assert (answer.code, answer.out) == (7, "")
    assert "the signing key of epoch 1" in answer.err
    assert "rotate-key --lost --reason" in answer.err
    told = sorted((data_dir / "ledger").rglob("*.json"))[len(events) :]
    assert [json.loads(path.read_bytes())["event"] for path in told] == []
    answer = luthier("logs", "rotate-key", "--lost", "--reason", "Gone")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "a new epoch begins in event 5")
    (note,) = luthier("health", "--json").json()["notes"]
    assert note.startswith("The signing key is stored in a file: ")
    assert verified(luthier)[0] == 0


@pytest.mark.parametrize("kept", ["mark", "note", "garbage"])
def test_a_key_that_cannot_sign_the_newest_epoch_counts_as_lost(
    luthier: Luthier, run_id: str, kept: str
) -> None:
    keys = paths.config_dir() / "keys"
    (old,) = keys.iterdir()
    saved = old.read_bytes()
    assert luthier("logs", "rotate-key", "--reason", "Lent out").code == 0
    (new,) = keys.iterdir()
    new.unlink()
    if kept == "note":
        forget_the_mark()
    elif kept == "mark":
        old.write_bytes(saved)
    else:
        new.write_bytes(b"no key")
    (note,) = luthier("health", "--json").json()["notes"]
    assert note.startswith("The signing key of epoch 1 is not on this account")
    assert luthier("logs", "rotate-key", "--reason", "Yearly").code == 7


def test_a_copy_of_the_data_directory_confirms_the_log(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(data_dir, backup / "data")
    check(data_dir)
    code, document = verified(luthier, "--against", backup)
    assert (code, document["findings"]) == (0, [])
    assert document["last_witness"]["size"] == 3
    run = next((data_dir / "runs").rglob(f"{run_id}.json"))
    run.unlink()
    code, document = verified(luthier, "--quick", "--against", backup)
    assert code == 1
    (found,) = [found for found in document["findings"] if found["code"] == "backup_differs"]
    assert found["path"].endswith(f"{run_id}.json")
    assert "is missing here; the backup holds it whole" in found["message"]


def test_what_is_no_copy_of_this_log_is_refused(
    luthier: Luthier, run_id: str, tmp_path: Path
) -> None:
    assert luthier("logs", "verify", "--against", tmp_path / "none").code == 4
    (tmp_path / "empty").mkdir()
    answer = luthier("logs", "verify", "--against", tmp_path / "empty")
    assert (answer.code, "is no copy of a store" in answer.err) == (3, True)
    check(tmp_path / "other")
    answer = luthier("logs", "verify", "--against", tmp_path / "other")
    assert (answer.code, "is a copy of another store" in answer.err) == (3, True)
