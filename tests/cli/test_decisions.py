from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Luthier
from tests.services.builders import deep, design_bytes

YELLOW = design_bytes(design_id="dsg_1", **deep(1.7))
RED = design_bytes(design_id="dsg_1", **deep(2.0))
WHY = "the top is old, dry and stiff"
DECIDED = {
    *("run_id", "seq", "created_at_utc", "decision", "check", "ring_index", "reason"),
    *("operator", "request_sha256", "design_id", "design_name"),
}


def decide(luthier: Luthier, kind: str, data: bytes = YELLOW, *more: str) -> Answer:
    given = ("--check", "C1", "--reason", WHY, *more)
    return luthier("decisions", kind, "-", *given, stdin=data)


def test_an_accepted_yellow_is_recorded_and_opens_the_gate(luthier: Luthier) -> None:
    answer = decide(luthier, "accept", YELLOW, "--json")
    assert (answer.code, answer.err) == (0, "")
    document = answer.json()
    assert set(document) == DECIDED | {"gate"}
    assert (document["decision"], document["check"], document["ring_index"]) == (
        "accepted", "C1", None,
    )
    lifted = {"id": "C1", "ring_index": None, "status": "YELLOW", "run_id": document["run_id"],
              "reason": WHY}
    assert document["gate"] == {
        "open": True, "in_the_way": [], "lifted": [lifted], "warnings": [],
    }
    run = luthier("logs", "show", document["run_id"], "--json").json()
    assert run["event_type"] == "decision.accepted"
    assert run["hashes"]["request_sha256"] == document["request_sha256"]
    text = luthier("logs", "show", document["run_id"]).out
    assert f"reason       {WHY}" in text
    assert "check        C1, YELLOW" in text


def test_people_read_what_was_decided_and_what_still_stands_in_the_way(luthier: Luthier) -> None:
    assert "nothing stands in the way of cutting now" in decide(luthier, "accept").out
    rings = [{"ring_index": 0, "width_mm": 7.0}]
    bare = design_bytes(ring_params=rings, **deep(2.0))
    out = decide(luthier, "override", bare).out
    assert out.startswith("C1 overridden, recorded as run_")
    assert "in the way of cutting still:\n  S1 ring 0 is UNKNOWN" in out


def test_a_check_at_a_ring_is_named_with_a_colon(luthier: Luthier) -> None:
    given = ("decisions", "accept", "-", "--reason", WHY, "--check")
    answer = luthier(*given, "b1:2", stdin=YELLOW)
    assert (answer.code, answer.err) == (
        3, "luthier: B1 ring 2 is NA: there is nothing to decide.\n",
    )


def test_single_says_which_decisions_apply(luthier: Luthier) -> None:
    decide(luthier, "accept")
    single = ("feasibility", "single", "-", "--no-record")
    assert f"accepted: C1 by Owner: {WHY}\n" in luthier(*single, stdin=YELLOW).out
    other = design_bytes(**deep(1.71))
    assert "accepted" not in luthier(*single, stdin=other).out


def test_a_snapshot_is_decided_on_by_its_id(luthier: Luthier, data_dir: Path) -> None:
    saved = luthier("snapshots", "save", "-", "--name", "Thin", "--json", stdin=RED).json()
    snapshot_id = saved["snapshot_id"]
    given = ("--check", "C1", "--reason", WHY, "--json")
    done = luthier("decisions", "override", snapshot_id, *given).json()
    assert (done["design_id"], done["gate"]["open"]) == ("dsg_1", True)
    path = data_dir / "art_studio" / "snapshots" / f"{snapshot_id}.json"
    path.unlink()
    answer = luthier("decisions", "override", snapshot_id, *given)
    assert (answer.code, answer.out) == (1, "")
    assert "its file is missing" in answer.err


def test_the_setup_that_is_given_is_decided_for(luthier: Luthier, tmp_path: Path) -> None:
    setup = luthier("setups", "show", "--json").json()["setup"]
    file = tmp_path / "setup.json"
    file.write_text(json.dumps({**setup, "name": "Mine"}), encoding="utf-8")
    assert decide(luthier, "accept", YELLOW, "--setup", str(file)).code == 0
    (item,) = listed(luthier)
    assert not item["in_force"]
    (item,) = listed(luthier, "--setup", str(file))
    assert item["in_force"]


def listed(luthier: Luthier, *options: str) -> list[dict[str, Any]]:
    answer = luthier("decisions", "list", *options, "--json")
    assert answer.code == 0
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_the_list_tells_what_counts_and_what_is_damaged(luthier: Luthier, data_dir: Path) -> None:
    assert luthier("decisions", "list").out == "no decision was recorded\n"
    assert not data_dir.exists()
    decide(luthier, "accept")
    decide(luthier, "override", RED)
    newest, oldest = listed(luthier)
    assert set(newest) == DECIDED | {"in_force", "damaged", "fault"}
    assert (newest["decision"], newest["in_force"]) == ("overridden", True)
    assert (oldest["decision"], oldest["in_force"]) == ("accepted", False)
    (day,) = (data_dir / "runs" / "rmos").iterdir()
    (day / f"{newest['run_id']}.json").unlink()
    answer = luthier("decisions", "list", "--json")
    assert answer.code == 1
    damaged = answer.json()["items"][0]
    assert (damaged["damaged"], damaged["in_force"], damaged["check"]) == (True, False, "C1")
    assert (damaged["reason"], damaged["fault"]) == (None, "its file is missing")
    text = luthier("decisions", "list").out
    assert "DAMAGED" in text
    single = luthier("feasibility", "single", "-", "--no-record", stdin=RED).out
    assert "counts as absent: its file is missing" in single
    assert "overridden:" not in single


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("accept", "-", "--check", "C1"), 2),
        (("accept", "-", "--reason", WHY), 2),
        (("accept", "-", "--setup", "-", "--check", "C1", "--reason", WHY), 2),
        (("accept", "-", "--check", "C2", "--reason", WHY), 3),
        (("accept", "-", "--check", "C1:0", "--reason", WHY), 3),
        (("accept", "-", "--check", "Z1", "--reason", WHY), 3),
        (("accept", "-", "--check", ":1", "--reason", WHY), 3),
        (("accept", "-", "--check", "C1:x", "--reason", WHY), 3),
        (("accept", "-", "--check", "", "--reason", WHY), 3),
        (("accept", "-", "--check", "C1", "--reason", "  "), 3),
        (("override", "-", "--check", "C1", "--reason", WHY), 3),
        (("override", "-", "--check", "C1", "--reason", "too short"), 3),
        (("accept", "snap_0000000000000000", "--check", "C1", "--reason", WHY), 4),
        (("accept", "/nowhere.json", "--check", "C1", "--reason", WHY), 4),
        (("accept", "-", "--operator", "anna", "--check", "C1", "--reason", WHY), 4),
        (("list", "--setup", "/nowhere.json"), 4),
    ],
)
def test_what_cannot_be_done_is_told_by_the_exit_code(
    luthier: Luthier, arguments: tuple[str, ...], code: int
) -> None:
    answer = luthier("decisions", *arguments, stdin=YELLOW)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1
