from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import design_bytes

SHIPPED = {"materials": 32, "tools": 21, "machines": 7}


def own(data_dir: Path, kind: str, name: str, content: Any) -> None:
    folder = data_dir / "workshop" / "catalogue" / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("kind", SHIPPED)
def test_each_kind_is_listed_with_sources(luthier: Luthier, data_dir: Path, kind: str) -> None:
    answer = luthier("catalogue", kind, "--json")
    assert (answer.code, answer.err) == (0, "")
    document = answer.json()
    assert set(document) == {"items", "folder", "problems"}
    assert len(document["items"]) == SHIPPED[kind]
    assert document["folder"] == str(data_dir / "workshop" / "catalogue" / kind)
    for item in document["items"]:
        values = [member for member in item.values() if isinstance(member, dict)]
        sourced = [value for value in values if "confidence" in value]
        assert all(value["source"] for value in sourced)
        assert item["origin"] == "shipped"
    assert not data_dir.exists()


def test_people_see_estimates_and_conflicts(luthier: Luthier) -> None:
    lines = luthier("catalogue", "materials").out.splitlines()
    rosewood = next(line for line in lines if line.startswith("indian_rosewood "))
    assert "10870+" in rosewood
    tools = luthier("catalogue", "tools").out
    assert "~6.35" in tools
    assert tools.splitlines()[-1].startswith("~ an estimate; + other sources say otherwise")
    machines = luthier("catalogue", "machines").out
    assert "hand_tools" in machines


def test_a_listed_bit_and_machine_make_a_setup(luthier: Luthier, tmp_path: Path) -> None:
    bits = luthier("catalogue", "tools", "--json").json()["items"]
    machines = luthier("catalogue", "machines", "--json").json()["items"]
    assert [bit["tool_id"] for bit in bits if bit["tool"] is None] == [
        "ball_1_16", "ball_1_8", "v_60", "v_30",
    ]
    file = tmp_path / "setup.json"
    setup = {"tool": bits[0]["tool"], "machine": machines[0]["machine"]}
    file.write_text(json.dumps(setup), encoding="utf-8")
    assert luthier("setups", "import", file).code == 0


def test_an_own_entry_copied_from_the_list_is_shown(luthier: Luthier, data_dir: Path) -> None:
    bit = luthier("catalogue", "tools", "--json").json()["items"][0]
    del bit["origin"], bit["tool"]
    own(data_dir, "tools", "mine.json", {"schema": "luthier.tool/1", **bit, "tool_id": "mine"})
    answer = luthier("catalogue", "tools", "--json")
    assert answer.code == 0
    mine = answer.json()["items"][-1]
    assert (mine["tool_id"], mine["origin"], mine["tool"]["diameter_mm"]) == ("mine", "own", 0.8)


def test_a_broken_own_entry_is_told_with_exit_code_1(luthier: Luthier, data_dir: Path) -> None:
    own(data_dir, "materials", "oak.json", {"schema": "luthier.material/1", "name": "Oak"})
    answer = luthier("catalogue", "materials", "--json")
    assert answer.code == 1
    (problem,) = answer.json()["problems"]
    assert "oak.json" in problem
    assert answer.err == f"luthier: {problem}\n"
    assert len(answer.json()["items"]) == SHIPPED["materials"]
    assert luthier("catalogue", "tools").code == 0


def test_a_check_tells_of_broken_own_entries_and_goes_on(luthier: Luthier, data_dir: Path) -> None:
    own(data_dir, "materials", "oak.json", [])
    for command in (("feasibility", "single", "-"), ("feasibility", "batch", "-")):
        answer = luthier(*command, "--no-record", "--json", stdin=design_bytes())
        assert answer.code == 0
        assert "oak.json" in answer.err
    saved = luthier("snapshots", "save", "-", "--name", "x", stdin=design_bytes())
    assert saved.code == 0
    assert "oak.json" in saved.err
