"""``luthier logs hide | unhide | purge``: what they answer, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from luthier_desktop.services.studio import open_studio
from tests.cli.conftest import Luthier
from tests.services.builders import WHY, accepted, design

NOBODY = "run_20260122_0000000000000000"


@pytest.fixture
def run_id(data_dir: Path) -> str:
    with open_studio(data_dir) as studio:
        return str(studio.feasibility.check(design()).run_id)


def listed(luthier: Luthier, *options: str) -> list[str]:
    page = luthier("logs", "recent", "--json", *options).json()
    return [entry["run_id"] for entry in page["entries"]]


def test_a_hidden_run_is_left_out_shown_and_listed_when_asked_for(
    luthier: Luthier, run_id: str
) -> None:
    answer = luthier("logs", "hide", run_id, "--reason", " only a trial ", "--json")
    assert (answer.code, answer.json()["reason"], answer.json()["state"]) == (
        *(0, "only a trial", "hidden"),
    )
    assert listed(luthier) == []
    assert listed(luthier, "--hidden") == [run_id]
    (entry,) = luthier("logs", "recent", "--hidden", "--json").json()["entries"]
    assert (entry["hidden"], entry["purged"], entry["hidden_by"]) == (
        *(True, False, answer.json()["seq"]),
    )
    shown = luthier("logs", "show", run_id)
    assert shown.out.splitlines()[-1].endswith("by owner: only a trial")
    assert luthier("logs", "show", run_id, "--json").json()["run_id"] == run_id
    back = luthier("logs", "unhide", run_id, "--reason", "wanted")
    assert (back.code, back.out.split(",")[0]) == (0, f"{run_id} shown")
    assert (listed(luthier), listed(luthier, "--hidden")) == ([run_id], [])


def test_a_purged_run_is_gone_and_everything_says_so(luthier: Luthier, run_id: str) -> None:
    answer = luthier("logs", "purge", run_id, "--reason", "customer asked")
    assert answer.code == 0
    assert listed(luthier) == []
    assert "PURGED" in luthier("logs", "recent", "--hidden").out
    shown = luthier("logs", "show", run_id)
    assert (shown.code, "was purged on" in shown.err) == (4, True)
    assert "customer asked" in shown.err
    report = luthier("logs", "verify", "--deep", "--json")
    assert report.code == 0
    assert [found["code"] for found in report.json()["findings"]] == ["purged"]
    for command in ("hide", "unhide", "purge"):
        again = luthier("logs", command, run_id, "--reason", "again")
        assert (again.code, "was purged on" in again.err) == (5, True)


@pytest.mark.parametrize("command", ["hide", "unhide", "purge"])
def test_what_is_no_run_and_what_has_no_reason_is_refused(
    luthier: Luthier, run_id: str, command: str
) -> None:
    assert luthier("logs", command, NOBODY, "--reason", "x").code == 4
    assert luthier("logs", command, "../../x", "--reason", "x").code == 3
    assert luthier("logs", command, run_id).code == 2
    for reason in ("", "  ", "x" * 501):
        answer = luthier("logs", command, run_id, "--reason", reason)
        assert (answer.code, "1 to 500 characters" in answer.err) == (3, True)
    assert listed(luthier) == [run_id]


def test_what_is_hidden_already_or_not_hidden_is_a_conflict(luthier: Luthier, run_id: str) -> None:
    assert luthier("logs", "unhide", run_id, "--reason", "x").code == 5
    luthier("logs", "hide", run_id, "--reason", "x")
    assert luthier("logs", "hide", run_id, "--reason", "x").code == 5


def test_a_damaged_run_stays_in_sight(luthier: Luthier, data_dir: Path, run_id: str) -> None:
    (path,) = data_dir.glob("runs/rmos/*/*.json")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    for command in ("hide", "purge"):
        answer = luthier("logs", command, run_id, "--reason", "x")
        assert (answer.code, "damage stays in sight" in answer.err) == (6, True)
    assert path.exists()


def test_a_decision_can_be_hidden_and_not_purged(luthier: Luthier, data_dir: Path) -> None:
    with open_studio(data_dir) as studio:
        decided = accepted(studio).ruling.run_id
    answer = luthier("logs", "purge", decided, "--reason", WHY)
    assert (answer.code, "it is a decision" in answer.err) == (6, True)
    assert luthier("logs", "hide", decided, "--reason", WHY).code == 0


def test_the_verdict_of_a_snapshot_can_be_purged_after_the_snapshot_was_deleted(
    luthier: Luthier, tmp_path: Path
) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(b'{"outer_diameter_mm":100,"inner_diameter_mm":20,"ring_params":[]}')
    saved = luthier("snapshots", "save", file, "--name", "Rose", "--json").json()
    purge = ("logs", "purge", saved["run_id"], "--reason", "customer asked")
    answer = luthier(*purge)
    assert (answer.code, "luthier snapshots delete" in answer.err) == (6, True)
    assert luthier("snapshots", "delete", saved["snapshot_id"], "--reason", "x").code == 0
    assert luthier(*purge).code == 0
    gone = luthier("snapshots", "show", saved["snapshot_id"])
    assert (gone.code, "its record is gone as well" in gone.err) == (4, True)
    assert luthier("logs", "verify").code == 0
