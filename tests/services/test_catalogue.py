from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.services.catalogue import MOST_OWN_ENTRIES, Catalogue
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import design

ASH = {
    "schema": "luthier.material/1",
    "material_id": "swamp_ash",
    "name": "Swamp ash",
    "kind": "wood",
    "density_kg_m3": {"value": 480, "source": "weighed", "confidence": "M"},
    "janka_n": {"value": 3800, "source": "a book", "confidence": "M"},
    "look": {"raw": "#eeddbb", "finished": "#ddbb88", "dark": "#aa8855"},
}
BIT = {
    "schema": "luthier.tool/1",
    "tool_id": "mine",
    "name": "My bit",
    "diameter_mm": {"value": 1.48, "source": "caliper", "confidence": "H"},
}


def own(data_dir: Path, kind: str, name: str, content: Any) -> Path:
    folder = data_dir / "workshop" / "catalogue" / kind
    folder.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / name).write_bytes(data)
    return folder / name


def catalogue(data_dir: Path) -> Catalogue:
    return Catalogue(data_dir / "workshop" / "catalogue")


def test_without_own_entries_the_catalogue_is_what_ships(data_dir: Path) -> None:
    found = catalogue(data_dir)
    assert len(found.materials.entries) == 32
    assert {listed.origin for listed in found.tools.entries} == {"shipped"}
    assert found.problems() == []
    assert not data_dir.exists()


def test_own_entries_stand_beside_those_that_ship(data_dir: Path) -> None:
    own(data_dir, "materials", "swamp_ash.json", ASH)
    own(data_dir, "tools", "mine.json", BIT)
    found = catalogue(data_dir)
    assert found.problems() == []
    assert found.materials.entries[-1].entry.name == "Swamp ash"
    assert found.tools.entries[-1].origin == "own"
    assert found.tools.plain()[-1] == {
        **{name: BIT[name] for name in ("tool_id", "name")},
        "shape": "flat",
        "diameter_mm": {
            **{"value": 1.48, "source": "caliper", "confidence": "H"},
            **{"estimated": False, "others": []},
        },
        "origin": "own",
    }


def test_a_design_is_judged_with_the_users_own_wood(data_dir: Path) -> None:
    ring = {"ring_index": 0, "width_mm": 7.0, "materials": ["swamp_ash"]}
    asked = design(ring_params=[ring])
    with open_studio(data_dir) as before:
        assert _s1(before, asked) is Status.UNKNOWN
    own(data_dir, "materials", "swamp_ash.json", ASH)
    with open_studio(data_dir) as after:
        assert _s1(after, asked) is Status.GREEN
        run_id = after.feasibility.check(asked).run_id
        assert run_id is not None
        request = after.runs.get(run_id).artifact.request
        assert request["materials"]["swamp_ash"]["janka_n"] == 3800


def _s1(studio: Studio, asked: Any) -> Status:
    findings = studio.feasibility.preview(asked).findings
    return next(found.status for found in findings if found.check_id == "S1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("swamp_ash.json", b"{", "Your own material swamp_ash.json: "),
        ("swamp_ash.json", b"", "empty"),
        ("swamp_ash.json", {**ASH, "densty_kg_m3": 3}, "densty_kg_m3 is not a known member"),
        (
            "swamp_ash.json",
            {**ASH, "density_kg_m3": {"value": 0, "source": "x", "confidence": "L"}},
            "density_kg_m3.value must be from 50 to 5000 kg/m3, but is 0",
        ),
        ("ash.json", ASH, "material_id is 'swamp_ash', so the file must be named swamp_ash.json"),
        ("swamp_ash.json.txt", ASH, "its name must be the id of the material and .json"),
        ("sitka_spruce.json", {**ASH, "material_id": "sitka_spruce"}, "choose another id"),
        ("x.json", b'{"schema": "luthier.material/1", "schema": 1}', "stands twice"),
    ],
)
def test_a_broken_own_file_is_told_and_left_out_and_no_other_suffers(
    data_dir: Path, name: str, content: Any, said: str
) -> None:
    own(data_dir, "materials", name, content)
    own(data_dir, "materials", "good_ash.json", {**ASH, "material_id": "good_ash"})
    found = catalogue(data_dir)
    (problem,) = found.problems()
    assert problem.startswith(f"Your own material {name}")
    assert said in problem
    assert problem.endswith("It was left out.")
    assert [listed.entry.material_id for listed in found.materials.entries[32:]] == ["good_ash"]
    spruce = found.known_materials().get("sitka_spruce")
    assert spruce is not None
    assert spruce.density_kg_m3.value == 425


def test_what_is_no_file_is_told_and_hidden_files_are_not(data_dir: Path) -> None:
    hidden = own(data_dir, "tools", ".mine.json.swp", b"x")
    (hidden.parent / "folder.json").mkdir()
    os.mkfifo(hidden.parent / "pipe.json")
    first, second = catalogue(data_dir).problems()
    assert first.startswith("Your own tool folder.json: ")
    assert second.startswith("Your own tool pipe.json: ")


def test_a_folder_that_cannot_be_listed_is_told(data_dir: Path) -> None:
    (data_dir / "workshop" / "catalogue").mkdir(parents=True)
    (data_dir / "workshop" / "catalogue" / "machines").write_bytes(b"")
    found = catalogue(data_dir)
    assert len(found.machines.entries) == 7
    (problem,) = found.problems()
    assert "cannot be listed" in problem


def test_only_so_many_own_files_are_read(data_dir: Path) -> None:
    for number in range(MOST_OWN_ENTRIES + 1):
        own(data_dir, "tools", f"t{number:04}.json", b"")
    problems = catalogue(data_dir).problems()
    assert len(problems) == MOST_OWN_ENTRIES + 1
    assert "only the first 1,000 are read" in problems[0]


def test_health_tells_of_broken_own_entries(data_dir: Path) -> None:
    own(data_dir, "machines", "mill.json", b"[]")
    with open_studio(data_dir) as studio:
        health = studio.health()
    assert not health["ok"]
    assert "mill.json" in health["problems"][0]
