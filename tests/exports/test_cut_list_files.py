"""A cut list as CSV and JSON, read again by the standard library."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.cut_list.table import MM, Column, Table, cell_text
from luthier_desktop.domain.cut_list.tables import tables
from luthier_desktop.domain.materials import MaterialCatalogue, read_materials
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.cut_list_csv import csv_bytes
from luthier_desktop.exports.cut_list_json import json_bytes
from luthier_desktop.exports.svg_notes import Notes
from luthier_desktop.storage.canonical import canonical_bytes

GOLDEN = Path(__file__).parents[1] / "golden"
PRESETS = paths.resource("presets")
STARTERS = sorted(
    path.stem for path in PRESETS.glob("*.json") if path.stem not in ("starters", "setup_workshop")
)
MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
SHOP = Setup.read(json.loads((PRESETS / "setup_workshop.json").read_bytes()), "setup")
NOTES = Notes("Rosette", "YELLOW", 72.4, "0123456789abcdef" * 4, "snap_1  run_1")
SHARED = BomOptions(guitars=4, sheet_length_mm=600.0, sheet_width_mm=100.0)
HOSTILE = (
    '=cmd|"/c calc"!A1',
    "+1-1\r\n=2",
    "@SUM(A1)\t",
    '"",""\n=HYPERLINK("x")',
    "-2+3",
    "\x00\u202e;,\ufeff",
)
LENGTH = re.compile(r"(?:≈ )?(?:\d+ )?(?:\d+/\d+|\d+|\d+\.\d{4,6})\"(?: \(\d+\.\d{4}\"\))?")


def plain(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PRESETS / f"{name}.json").read_bytes())
    return found


def made(
    name: str = "knot_mosaic",
    options: BomOptions = SHARED,
    setup: Setup = SHOP,
    materials: MaterialCatalogue = MATERIALS,
) -> CutList:
    return cut_list(RosetteParamSpec.read(plain(name), "starter"), setup, materials, options)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def sections(data: bytes) -> dict[str, list[dict[str, str]]]:
    """Read each table by its headings."""
    found: dict[str, list[dict[str, str]]] = {}
    heads: dict[str, list[str]] = {}
    for key, *row in cells(data):
        if key not in heads:
            heads[key] = [title for title in row if title]
            found[key] = []
            continue
        found[key].append(dict(zip(heads[key], row, strict=False)))
    return found


@pytest.mark.parametrize("name", STARTERS)
def test_the_bytes_of_every_starter_are_those_that_were_looked_at(name: str) -> None:
    lines = (GOLDEN / "cut_lists.txt").read_text().splitlines()
    known = {one: hashes for one, *hashes in map(str.split, lines)}
    cut = made(name)
    files = (csv_bytes(cut, NOTES), json_bytes(cut, NOTES, canonical_bytes))
    assert [hashlib.sha256(data).hexdigest() for data in files] == known[name]


@pytest.mark.parametrize("name", ["knot_mosaic", "segmented_shell"])
def test_two_starters_are_written_as_they_were_read_by_eye(name: str) -> None:
    assert csv_bytes(made(name), NOTES) == (GOLDEN / f"cut_list_{name}.csv").read_bytes()


def test_every_starter_says_all_that_its_parts_need() -> None:
    for name in STARTERS:
        assert made(name).is_complete, name


def test_the_csv_is_one_block_of_cells_with_a_mark_and_crlf() -> None:
    data = csv_bytes(made(), NOTES)
    assert data.startswith(b'\xef\xbb\xbf"list"')
    assert data.count(b"\r\n") == data.count(b"\n")
    assert data.endswith(b"\r\n")
    assert len({len(row) for row in cells(data)}) == 1


def test_the_cells_are_those_of_the_tables_and_numbers_stay_numbers() -> None:
    cut = made("segmented_shell")
    found = sections(csv_bytes(cut, NOTES))
    assert found["list"] == [
        {
            "name": "Rosette", "guitars": "4", "verdict": "YELLOW 72.4",
            "design hash": "0123456789abcdef" * 4, "record": "snap_1  run_1",
        }
    ]  # fmt: skip
    assert [key for key in found if key != "list"] == [
        table.key for table in tables(cut) if table.rows
    ]
    for part, row in zip(cut.parts, found["parts"], strict=True):
        assert int(row["to cut"]) == part.to_cut
        for member, title in (
            ("width_mm", "width"), ("thickness_mm", "thickness"),
            ("length_outer_mm", "length at the outer radius"), ("length_mm", "length to cut"),
        ):  # fmt: skip
            value = getattr(part, member)
            assert float(row[f"{title} (mm)"]) == pytest.approx(value, abs=6e-5)
            assert LENGTH.fullmatch(row[f"{title} (in)"])
            inches = row[f"{title} (in)"].split("(")[-1].split('"')[0]
            if "/" not in inches:
                assert float(inches) == pytest.approx(value / 25.4, abs=6e-5)
        assert float(row["stock (in3)"]) == pytest.approx(part.stock_mm3 / 25.4**3, abs=6e-4)
    assert found["bits"][0]["diameter (in)"] == '1/16"'


def test_a_name_is_never_a_formula_and_never_another_cell() -> None:
    usual = cells(csv_bytes(made(), NOTES))
    for name in HOSTILE:
        tool = SHOP.tool
        assert tool is not None
        setup = SHOP.model_copy(update={"tool": tool.model_copy(update={"name": name})})
        woods = MaterialCatalogue(one.model_copy(update={"name": name}) for one in MATERIALS)
        cut = made(setup=setup, materials=woods)
        hostile = cells(csv_bytes(cut, NOTES._replace(name=name)))
        # woods of one name and thickness stand in another order
        assert [row[0] for row in hostile] == [row[0] for row in usual]
        assert [[bool(cell) for cell in row] for row in hostile] == [
            [bool(cell) for cell in row] for row in usual
        ]
        for row in hostile:
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "\n"))]
            assert not [cell for cell in row if cell.startswith("-") and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def test_the_harness_sees_a_formula_that_was_let_through() -> None:
    assert not _is_number(HOSTILE[4])
    (row,) = cells(b'"=1","-2+3"\r\n')
    assert row[0].startswith("=")


def test_the_json_has_every_table_by_its_keys_and_is_canonical() -> None:
    cut = made("greek_key")
    data = json_bytes(cut, NOTES, canonical_bytes)
    read = json.loads(data)
    assert canonical_bytes(read) == data
    assert read["schema"] == "luthier.cut_list/1"
    assert (read["guitars"], read["design"]["verdict"], read["design"]["score"]) == (
        4, "YELLOW", 72.4,
    )  # fmt: skip
    assert {table.key for table in tables(cut)} < set(read)
    assert read["missing"] == []
    for part, told in zip(cut.parts, read["parts"], strict=True):
        assert told["material_id"] == part.material_id
        assert told["width_mm"] == pytest.approx(part.width_mm, abs=1e-6)
        assert told["stock_cm3"] == pytest.approx(part.stock_mm3 / 1000, abs=1e-4)
    for plank, told in zip(cut.planks, read["planks"], strict=True):
        assert tuple(told["veneer_ids"].split()) == plank.veneer_ids


def test_a_ring_that_lacks_something_stands_in_both_files() -> None:
    bare = plain("greek_key")
    bare["ring_params"][0] |= {"pattern_type": "LADDER", "materials": None, "pattern": None}
    cut = cut_list(RosetteParamSpec.read(bare, "d"), SHOP, MATERIALS)
    rows = sections(csv_bytes(cut, NOTES))
    assert rows["rings"][0]["complete"] == "false"
    assert [row["field"] for row in rows["missing"]] == [
        "ring_params[0].materials", "ring_params[0].tile_length_mm",
    ]  # fmt: skip
    assert len(json.loads(json_bytes(cut, NOTES, canonical_bytes))["missing"]) == 2


def test_a_cell_is_written_for_people_with_the_digits_of_its_unit() -> None:
    table = Table(
        "t", "T", (Column("a_mm", "a", MM), Column("id", "id", is_id=True)), ((1.5, "x"),)
    )
    assert table.for_people().with_inches().columns == (
        Column("a_mm", "a", MM), Column("a_in", "a", "in"),
    )  # fmt: skip
    assert table.for_people().with_inches().rows == ((1.5, '≈ 1/16" (0.0591")'),)
    assert [cell_text(cell, table.columns[0]) for cell in (1.5, 2, None, True)] == [
        "1.50", "2", "", "yes",
    ]  # fmt: skip
    assert table.columns[0].heading == "a (mm)"
