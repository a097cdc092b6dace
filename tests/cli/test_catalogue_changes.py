from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier

MEMBERS = {"kind", "entry_id", "changed", "run_id", "seq", "entry"}


def changed(luthier: Luthier, *arguments: Any) -> Any:
    answer = luthier("catalogue", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert set(answer.json()) == MEMBERS
    return answer.json()


def own(luthier: Luthier, kind: str = "tools") -> list[Any]:
    items: list[Any] = luthier("catalogue", kind, "--own", "--json").json()["items"]
    return items


def test_a_bit_is_added_and_measured_again(luthier: Luthier) -> None:
    added = changed(
        luthier,
        "add",
        "tools",
        "mine",
        "--name",
        "Mine",
        "--set",
        "diameter_mm=1/16 in",
        "--set",
        "center_cutting=yes",
        "--set",
        "material=carbide",
        "--source",
        "caliper",
    )
    assert added["entry"]["diameter_mm"]["value"] == 1.5875
    assert added["entry"]["diameter_mm"]["source"] == "caliper"
    assert added["entry"]["center_cutting"] is True
    done = changed(luthier, "edit", "tools", "mine", "--set", "diameter_mm=1.58")
    assert done["entry"]["diameter_mm"]["others"] == [{"value": 1.5875, "source": "caliper"}]
    done = changed(luthier, "edit", "tools", "mine", "--set", "diameter_mm.confidence=H")
    assert done["entry"]["diameter_mm"]["confidence"] == "H"
    run = luthier("logs", "show", done["run_id"], "--json").json()
    assert run["request"]["before"]["mine"]["diameter_mm"]["confidence"] == "M"
    assert [item["tool_id"] for item in own(luthier)] == ["mine"]


def test_a_copy_is_locked_reset_removed_and_brought_back(luthier: Luthier) -> None:
    changed(luthier, "duplicate", "materials", "hard_maple", "my_maple", "--name", "Our maple")
    changed(luthier, "edit", "materials", "my_maple", "--set", "density_kg_m3=690")
    done = changed(luthier, "edit", "materials", "my_maple", "--reset", "density_kg_m3")
    assert done["entry"]["density_kg_m3"]["value"] == 705
    changed(luthier, "lock", "materials", "my_maple")
    answer = luthier("catalogue", "remove", "materials", "my_maple", "--reason", "used up")
    assert (answer.code, "is locked" in answer.err) == (5, True)
    changed(luthier, "unlock", "materials", "my_maple")
    changed(luthier, "remove", "materials", "my_maple", "--reason", "used up")
    assert own(luthier, "materials") == []
    changed(luthier, "restore", "materials", "my_maple")
    assert own(luthier, "materials")[0]["name"] == "Our maple"
    assert luthier("logs", "verify", "--deep").code == 0


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_list_goes_out_and_comes_in(luthier: Luthier, tmp_path: Path, form: str) -> None:
    changed(luthier, "duplicate", "tools", "downcut_1_0", "mine")
    file, flag = tmp_path / "bits", ["--csv"] if form == "csv" else []
    out = luthier("catalogue", "export", "tools", "--out", file, *flag, "--json").json()
    assert out == {
        "kind": "tools",
        "path": str(file),
        "bytes": file.stat().st_size,
        "entries": 1,
    }
    again = luthier("catalogue", "import", "tools", file, *flag, "--json").json()
    assert (again["same"], again["run_id"]) == (["mine"], None)
    other = ("--data-dir", tmp_path / "other")
    text = luthier("catalogue", "import", "tools", "-", *flag, *other, stdin=file.read_bytes())
    assert text.out == "tools: 1 added, 0 changed, 0 the same\n"


def test_all_entries_go_out_and_those_that_ship_are_the_same(
    luthier: Luthier, tmp_path: Path
) -> None:
    file = tmp_path / "machines.json"
    luthier("catalogue", "export", "machines", "--all", "--out", file)
    assert len(json.loads(file.read_bytes())["machines"]) == 7
    done = luthier("catalogue", "import", "machines", file, "--json").json()
    assert (len(done["same"]), done["run_id"]) == (7, None)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("edit", "tools", "downcut_1_0", "--set", "name=x"), 5, "ships with the program"),
        (("edit", "tools", "none", "--set", "name=x"), 4, "no tool 'none'"),
        (("add", "tools", "a", "--name", "A", "--set", "diameter_mm=-1"), 3, "diameter_mm"),
        (("add", "tools", "a", "--name", "A", "--set", "diameter_mm=900"), 3, "0.1 to 80 mm"),
        (("add", "tools", "a", "--name", "A"), 3, "diameter_mm is missing"),
        (("add", "tools", "a/b", "--name", "A", "--set", "diameter_mm=1"), 3, "tool_id"),
        (("add", "tools", "a", "--name", "A", "--set", "max_rpm=fast"), 3, "must be a number"),
        (("add", "tools", "a", "--name", "A", "--set", "colour=1"), 3, "no member 'colour'"),
        (("add", "woods", "a", "--name", "A"), 2, "woods"),
        (("import", "tools", "-"), 3, "schema"),
        (("import", "materials", "-", "--csv"), 3, "Only tools"),
        (("import", "tools", "-", "--csv"), 3, "line 1"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_stored(
    luthier: Luthier, data_dir: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    answer = luthier("catalogue", *arguments, stdin=b'{"schema": "x"}')
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert not data_dir.exists()


def test_an_id_that_windows_keeps_is_refused_before_anything_is_stored(
    luthier: Luthier, data_dir: Path
) -> None:
    assert luthier("catalogue", "duplicate", "tools", "downcut_1_16", "own").code == 0
    before = sorted(data_dir.rglob("*"))
    answer = luthier("catalogue", "duplicate", "tools", "downcut_1_16", "CON")
    assert (answer.code, "device" in answer.err) == (3, True)
    stored = {path for path in sorted(data_dir.rglob("*")) if path not in before}
    assert {path.relative_to(data_dir).parts[0] for path in stored} <= {"ledger"}
