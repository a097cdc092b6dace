from __future__ import annotations

import json
from pathlib import Path

import pytest

from luthier_desktop.services.studio import open_studio
from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, design


@pytest.fixture
def older(data_dir: Path) -> Path:
    """Record in a window, which signs at its end, and lose the last run with its event."""
    with open_studio(data_dir, source="window") as studio:
        studio.feasibility.check(design(**SMOKE))
        lost = studio.feasibility.check(design(**SMOKE))
    assert lost.path is not None
    for seq in (3, 4):
        (data_dir / f"ledger/000000/{seq:09d}.json").unlink()
    lost.path.unlink()
    return data_dir


def codes(luthier: Luthier) -> list[str]:
    document = luthier("logs", "verify", "--json").json()
    return [found["code"] for found in document["findings"]]


def test_a_checkpoint_is_told_by_verify(luthier: Luthier, data_dir: Path) -> None:
    with open_studio(data_dir, source="window") as studio:
        studio.feasibility.check(design(**SMOKE))
    document = luthier("logs", "verify", "--json").json()
    assert document["ok"] is True
    assert set(document["checkpoint"]) == {
        *("origin", "size", "root", "letters", "public_key", "at_utc")
    }
    assert document["checkpoint"]["size"] == 3


def test_an_older_log_is_told_everywhere(luthier: Luthier, older: Path) -> None:
    assert set(codes(luthier)) >= {"rollback"}
    assert luthier("logs", "verify").code == 1
    health = luthier("health", "--json").json()
    assert health["ok"] is False
    assert health["writable"] is True
    assert "luthier logs acknowledge --reason" in health["problems"][0]
    with open_studio(older) as studio:
        assert studio.runs.alarm() == health["problems"][0]
    (older.parent / "smoke.json").write_text(json.dumps(SMOKE))
    recorded = luthier("feasibility", "single", str(older.parent / "smoke.json"), "--json")
    assert (recorded.code, recorded.err) == (0, f"luthier: {health['problems'][0]}\n")
    listed = luthier("logs", "recent", "--json")
    assert (listed.code, "`luthier logs acknowledge --reason`" in listed.err) == (0, True)
    unrecorded = luthier("feasibility", "single", str(older.parent / "smoke.json"), "--no-record")
    assert (unrecorded.code, unrecorded.err) == (0, "")


def test_an_acknowledged_older_log_is_sound_again(luthier: Luthier, older: Path) -> None:
    answer = luthier("logs", "acknowledge", "--reason", " Monday's copy ", "--json")
    assert (answer.code, answer.json()) == (0, {"seq": 4, "reason": "Monday's copy"})
    assert codes(luthier) == []
    assert luthier("health", "--json").json()["ok"] is True
    checkpoint = luthier("logs", "verify", "--json").json()["checkpoint"]
    assert (checkpoint["origin"].rpartition("/")[2], checkpoint["size"]) == ("2", 5)
    with open_studio(older) as studio:
        assert studio.runs.alarm() == ""
    again = luthier("logs", "acknowledge", "--reason", "Once more")
    assert (again.code, "nothing to acknowledge" in again.err) == (4, True)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_an_acknowledgement_needs_a_reason(luthier: Luthier, older: Path, reason: str) -> None:
    answer = luthier("logs", "acknowledge", "--reason", reason)
    assert (answer.code, "1 to 500 characters" in answer.err) == (3, True)
    assert "rollback" in codes(luthier)


def test_an_acknowledgement_says_why(luthier: Luthier, older: Path) -> None:
    assert luthier("logs", "acknowledge").code == 2
    answer = luthier("logs", "acknowledge", "--reason", "Back from the backup")
    assert answer.out.strip() == "acknowledged in event 4"
