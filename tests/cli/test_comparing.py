"""``luthier logs diff`` and ``luthier snapshots compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Luthier
from tests.services.builders import plain_design


def checked(luthier: Luthier, **changes: Any) -> str:
    text = json.dumps(plain_design(design_id="dsg_one", **changes)).encode()
    return str(luthier("feasibility", "single", "-", "--json", stdin=text).json()["run_id"])


def test_two_runs_that_say_the_same_end_with_0(luthier: Luthier) -> None:
    a, b = checked(luthier), checked(luthier)
    answer = luthier("logs", "diff", a, b, "--json")
    assert answer.code == 0
    assert answer.json() == {"a": a, "b": b, "same": True, "changes": []}
    assert "the same" in luthier("logs", "diff", a, b).out


def test_differences_end_with_1_and_are_told_by_path(luthier: Luthier) -> None:
    a, b = checked(luthier), checked(luthier, outer_diameter_mm=105, name="\u202eevil")
    answer = luthier("logs", "diff", a, b, "--json")
    assert answer.code == 1
    document = answer.json()
    assert document["same"] is False
    assert {"path": "request.design.outer_diameter_mm", "a": 104, "b": 105} in document["changes"]
    told = luthier("logs", "diff", a, b)
    assert told.code == 1
    assert "outer_diameter_mm: 104 -> 105" in told.out
    assert "\u202e" not in told.out
    assert "⟨U+202E⟩" in told.out


def test_a_side_where_nothing_stands_is_told_apart_from_null(luthier: Luthier) -> None:
    a, b = checked(luthier), checked(luthier, soundhole_edge="bound", top=None)
    changes = luthier("logs", "diff", a, b, "--json").json()["changes"]
    top = next(each for each in changes if each["path"] == "request.design.top")
    assert top["absent"] == "b"
    assert top["b"] is None


def test_a_damaged_run_is_named_and_ends_with_1(luthier: Luthier, data_dir: Path) -> None:
    a, b = checked(luthier), checked(luthier)
    next(data_dir.rglob(f"{b}.json")).write_bytes(b"{")
    answer = luthier("logs", "diff", a, b, "--json")
    assert answer.code == 1
    assert [each["id"] for each in answer.json()["damaged"]] == [b]
    assert "DAMAGED" in luthier("logs", "diff", a, b).out


def test_what_does_not_exist_ends_with_4_and_no_id_with_3(luthier: Luthier) -> None:
    a = checked(luthier)
    assert luthier("logs", "diff", a, "run_20260122_0000000000000000").code == 4
    assert luthier("logs", "diff", a, "../x").code == 3
    assert luthier("snapshots", "compare", "snap_0000000000000000", "x").code in (3, 4)


def test_snapshots_are_compared(luthier: Luthier, tmp_path: Path) -> None:
    ids = []
    for number, outer in enumerate((104.0, 104.0, 105.0)):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(plain_design(design_id="dsg_one", outer_diameter_mm=outer)))
        saved = luthier("snapshots", "save", file, "--name", "One", "--json").json()
        ids.append(saved["snapshot_id"])
    assert luthier("snapshots", "compare", ids[0], ids[1]).code == 0
    answer = luthier("snapshots", "compare", ids[0], ids[2], "--json")
    assert answer.code == 1
    changes = {each["path"]: (each["a"], each["b"]) for each in answer.json()["changes"]}
    assert changes["design.outer_diameter_mm"] == (104, 105)
