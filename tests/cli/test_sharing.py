from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import design_bytes

SNAPSHOT = {
    *("snapshot_id", "name", "description", "notes", "tags", "baseline", "created_at_utc"),
    *("design", "design_sha256", "run_id", "parent_snapshot_id", "origin", "verdict", "state"),
}


@pytest.fixture
def exported(luthier: Luthier, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A share file, and what exporting it answered."""
    saved = luthier("snapshots", "save", "-", "--name", "Parlor", "--json", stdin=design_bytes())
    path = tmp_path / "parlor.rosette"
    answer = luthier("snapshots", "export", saved.json()["snapshot_id"], "--out", path, "--json")
    assert (answer.code, answer.err) == (0, "")
    return path, answer.json()


def test_an_export_answers_path_size_hash_and_run(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]]
) -> None:
    path, told = exported
    data = path.read_bytes()
    assert told == {
        "path": str(path),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "run_id": told["run_id"],
    }
    run = luthier("logs", "show", told["run_id"], "--json").json()
    assert (run["event_type"], run["status"]) == ("snapshot.exported", "OK")


def test_a_file_is_verified_and_taken_in_elsewhere(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    path, _ = exported
    there = ("--data-dir", tmp_path / "there", "--json")
    verified = luthier("snapshots", "verify", path, *there)
    assert (verified.code, verified.json()["ok"], verified.json()["state"]) == (
        0,
        True,
        "verified",
    )
    assert not (tmp_path / "there").exists()
    first = luthier("snapshots", "import", path, *there)
    assert (first.code, first.err) == (0, "")
    told = first.json()
    assert set(told) >= SNAPSHOT
    assert told["origin"]["snapshot_id"] == verified.json()["snapshot_id"] != told["snapshot_id"]
    again = luthier("snapshots", "import", "-", *there, stdin=path.read_bytes()).json()
    assert (again["added"], again["snapshot_id"]) == (False, told["snapshot_id"])


def test_a_file_that_was_changed_or_is_torn_is_told_by_the_exit_code(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    data = exported[0].read_bytes()
    changed, torn = tmp_path / "changed.rosette", tmp_path / "torn.rosette"
    changed.write_bytes(data.replace(b"Parlor", b"Terzan"))
    torn.write_bytes(data[:-20])
    for path, code, state in ((changed, 1, "changed"), (torn, 3, "damaged")):
        answer = luthier("snapshots", "verify", path, "--json")
        assert (answer.code, answer.json()["state"], answer.json()["ok"]) == (code, state, False)
        assert answer.json()["findings"]
        assert luthier("snapshots", "import", path).code == 3
    assert luthier("snapshots", "verify", changed).out.startswith("state")
    kept = luthier("snapshots", "import", changed, "--despite-changes", "--json").json()
    shown = luthier("snapshots", "show", kept["snapshot_id"], "--json").json()
    assert (kept["state"], shown["state"]) == ("changed", "changed")


def test_an_imported_snapshot_keeps_the_state_in_which_it_came(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    document = json.loads(exported[0].read_bytes())
    there = ("--data-dir", tmp_path / "there", "--json")
    proven = luthier("snapshots", "import", exported[0], *there).json()
    again = ("--data-dir", tmp_path / "again", "--json")
    bare = luthier("snapshots", "import", "-", *again, stdin=document["snapshot"].encode()).json()
    assert (proven["state"], bare["state"]) == ("verified", "unsigned")


def test_a_share_file_is_a_witness_of_the_log_that_it_came_from(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]]
) -> None:
    answer = luthier("logs", "verify", "--witness", exported[0], "--json")
    assert (answer.code, answer.json()["last_witness"]["what"]) == (0, str(exported[0]))
    assert luthier("logs", "keep-witness", exported[0]).code == 0


@pytest.mark.parametrize("schema", ["luthier.share/2", "luthier.run/1"])
def test_a_document_that_cannot_be_opened_is_named_by_its_schema(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]], schema: str
) -> None:
    document = {**json.loads(exported[0].read_bytes()), "schema": schema}
    answer = luthier("snapshots", "verify", "-", "--json", stdin=json.dumps(document).encode())
    assert answer.code == 3
    assert schema in answer.json()["findings"][0]["sentence"]


def test_a_clash_is_decided_by_an_option(
    luthier: Luthier, exported: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    path, _ = exported
    there = ("--data-dir", tmp_path / "there", "--json")
    first = luthier("snapshots", "import", path, *there).json()
    edited = tmp_path / "edited.rosette"
    edited.write_bytes(path.read_bytes().replace(b"Parlor", b"Terzan"))
    ours = (edited, "--despite-changes", "--on-clash")
    assert luthier("snapshots", "import", *ours, "cancel", *there).code == 5
    replaced = luthier("snapshots", "import", *ours, "replace", *there).json()
    assert replaced["parent_snapshot_id"] == first["snapshot_id"]
    assert replaced["name"] == "Terzan"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "snap_0000000000000000", "--out", "x.rosette"), 4),
        (("export", "snap_0000000000000000"), 2),
        (("import", "none.rosette"), 4),
        (("verify", "none.rosette"), 4),
        (("import", "-", "--on-clash", "overwrite"), 2),
    ],
)
def test_what_cannot_be_done_is_told_by_the_exit_code(
    luthier: Luthier, arguments: tuple[str, ...], code: int
) -> None:
    assert luthier("snapshots", *arguments).code == code


def test_nothing_in_a_name_commands_the_terminal(luthier: Luthier, tmp_path: Path) -> None:
    name = "A\x1b[31m red\u202ename"
    saved = luthier("snapshots", "save", "-", "--name", name, "--json", stdin=design_bytes())
    path = tmp_path / "x.rosette"
    luthier("snapshots", "export", saved.json()["snapshot_id"], "--out", path)
    out = luthier("snapshots", "verify", path).out
    assert "\x1b" not in out
    assert "\u202e" not in out
