"""``luthier logs reproduce`` and ``luthier logs verify --run``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import RED_MM, deep, design_bytes


@pytest.fixture
def run_id(luthier: Luthier) -> str:
    stdin = design_bytes(**deep(RED_MM))
    return str(luthier("feasibility", "single", "-", "--json", stdin=stdin).json()["run_id"])


def damage(data_dir: Path, run_id: str) -> None:
    file = next((data_dir / "runs").rglob(f"{run_id}.json"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b'"RED"', b'"TED"', 1))


def test_a_run_is_reproduced_in_the_form_that_scripts_rely_on(
    luthier: Luthier, run_id: str
) -> None:
    answer = luthier("logs", "reproduce", run_id, "--json")
    assert answer.code == 0
    told = answer.json()
    assert told["run_id"] == run_id
    assert told["same"] is True
    assert told["recorded_sha256"] == told["recomputed_sha256"]
    assert told["changes"] == []
    assert luthier("logs", "reproduce", run_id).out.startswith("Reproduced")


def test_what_cannot_be_reproduced_is_refused_by_a_sentence_and_a_code(
    luthier: Luthier, run_id: str, data_dir: Path
) -> None:
    assert luthier("logs", "reproduce", "run_20260122_0000000000000000").code == 4
    assert luthier("logs", "reproduce", "../run_1").code == 3
    damage(data_dir, run_id)
    damaged = luthier("logs", "reproduce", run_id, "--json")
    assert (damaged.code, damaged.out) == (1, "")
    assert "is damaged" in damaged.err


def test_a_run_without_a_report_has_nothing_to_reproduce(luthier: Luthier) -> None:
    stdin = design_bytes(**deep(1.4))
    saved = luthier("snapshots", "save", "-", "--name", "One", "--json", stdin=stdin).json()
    luthier("snapshots", "delete", saved["snapshot_id"], "--reason", "done")
    newest = luthier("logs", "recent", "--json").json()["entries"][0]["run_id"]
    answer = luthier("logs", "reproduce", newest)
    assert (answer.code, answer.out) == (3, "")
    assert "nothing to reproduce" in answer.err


def test_one_run_is_verified_alone(luthier: Luthier, run_id: str, data_dir: Path) -> None:
    answer = luthier("logs", "verify", "--run", run_id, "--json")
    assert (answer.code, answer.json()["ok"]) == (0, True)
    damage(data_dir, run_id)
    answer = luthier("logs", "verify", "--run", run_id)
    assert answer.code == 1
    assert "DIFFERS" in answer.out
    assert "Restore this file from a backup" in answer.out
    assert luthier("logs", "verify", "--run", run_id, "--quick").code == 2


def test_a_damaged_run_is_shown_with_what_to_do(
    luthier: Luthier, run_id: str, data_dir: Path
) -> None:
    damage(data_dir, run_id)
    answer = luthier("logs", "show", run_id)
    assert answer.code == 1
    assert "DAMAGED" in answer.out
    assert "luthier logs repair" in answer.out
