from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.tool_table import COLUMNS
from luthier_desktop.services import catalogue_book
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import design
from tests.services.test_catalogue import ASH, BIT, own

SHIPPED_BIT = "downcut_0_8"
HEAD = b"tool_id,name,diameter_mm,flutes\r\n"


def members(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name != "schema"}


def copied(studio: Studio) -> str:
    return studio.catalogue_edits.duplicate("tools", SHIPPED_BIT, "mine").entry_id


def listed(studio: Studio, entry_id: str = "mine") -> Any:
    return studio.catalogue.tools.get(entry_id)


def request_of(studio: Studio, run_id: str | None) -> Any:
    return studio.runs.get(str(run_id)).artifact.request


def last_seq(studio: Studio) -> int:
    return studio.store().ledger.last_seq()


def test_a_shipped_bit_becomes_an_own_one_with_its_sources(studio: Studio, data_dir: Path) -> None:
    done = studio.catalogue_edits.duplicate("tools", SHIPPED_BIT, "mine", "My bit")
    assert done.changes.catalogue
    found = listed(studio)
    assert (found.origin, found.entry.name) == ("own", "My bit")
    shipped = studio.catalogue.tools.get(SHIPPED_BIT)
    assert shipped is not None
    assert found.entry.diameter_mm == shipped.entry.diameter_mm
    request = request_of(studio, done.run_id)
    assert (request["action"], request["copied_from"]) == ("entry_changed", SHIPPED_BIT)
    assert request["before"] == {"mine": None}
    assert request["after"]["mine"]["name"] == "My bit"
    assert (data_dir / "workshop/catalogue/tools/mine.json").exists()
    assert studio.runs.verify("deep").ok
    with open_studio(data_dir) as other:
        other.catalogue.look()
        assert listed(other) == found


def test_a_measured_value_keeps_the_one_of_before_beside_it(studio: Studio) -> None:
    copied(studio)
    studio.catalogue_edits.edit("tools", "mine", {"diameter_mm": 0.79}, "caliper")
    found = listed(studio).entry.diameter_mm
    assert (found.value, found.source, found.confidence) == (0.79, "caliper", "M")
    assert [other.value for other in found.others] == [0.8, 0.79375]
    done = studio.catalogue_edits.edit("tools", "mine", {"diameter_mm": 0.78})
    assert listed(studio).entry.diameter_mm.source == f"set by {studio.operator.name}"
    before = request_of(studio, done.run_id)["before"]["mine"]
    assert before["diameter_mm"]["value"] == 0.79
    studio.catalogue_edits.edit("tools", "mine", {"diameter_mm.confidence": "H"})
    assert listed(studio).entry.diameter_mm.confidence == "H"
    assert studio.catalogue_edits.edit("tools", "mine", {"diameter_mm": 0.78}).run_id is None


def test_one_field_is_reset_to_what_ships(studio: Studio) -> None:
    copied(studio)
    studio.catalogue_edits.edit("tools", "mine", {"diameter_mm": 0.5, "remark": None})
    studio.catalogue_edits.reset("tools", "mine", "diameter_mm")
    studio.catalogue_edits.reset("tools", "mine", "remark")
    shipped = studio.catalogue.tools.get(SHIPPED_BIT)
    assert shipped is not None
    assert listed(studio).entry.diameter_mm == shipped.entry.diameter_mm
    assert listed(studio).entry.remark == shipped.entry.remark
    studio.catalogue_edits.add("tools", members(BIT | {"tool_id": "bare"}))
    with pytest.raises(Conflict, match="not copied"):
        studio.catalogue_edits.reset("tools", "bare", "remark")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"diameter_mm": -1}, "diameter_mm.value must be from 0.1 to 80 mm, but is -1"),
        ({"max_rpm": 0}, "max_rpm.value must be from 100 to 200000 rpm"),
        ({"tool_id": "other"}, "'tool_id' is no member that can be changed"),
        ({"colour": "red"}, "'colour' is no member"),
        ({"angle_deg.source": "x"}, "set the value first"),
        ({"diameter_mm": None}, "diameter_mm is missing"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(
    studio: Studio, values: dict[str, Any], said: str
) -> None:
    copied(studio)
    before = last_seq(studio)
    with pytest.raises(InputRefused) as refused:
        studio.catalogue_edits.edit("tools", "mine", values)
    assert said in refused.value.sentence
    assert last_seq(studio) == before


def test_what_ships_is_read_only_and_what_is_locked_as_well(studio: Studio) -> None:
    edits = studio.catalogue_edits
    with pytest.raises(Conflict, match="ships with the program"):
        edits.edit("tools", SHIPPED_BIT, {"name": "x"})
    with pytest.raises(Conflict, match="ships"):
        edits.lock("tools", SHIPPED_BIT)
    copied(studio)
    edits.lock("tools", "mine")
    assert studio.catalogue.tools.plain()[-1]["locked"] is True
    with pytest.raises(Conflict, match="is locked"):
        edits.remove("tools", "mine", "why")
    assert edits.lock("tools", "mine").run_id is None
    edits.unlock("tools", "mine")
    edits.edit("tools", "mine", {"name": "x"})
    with pytest.raises(Conflict, match="a tool mine already"):
        edits.duplicate("tools", SHIPPED_BIT, "MINE")
    with pytest.raises(NotFound, match="no tool 'none'"):
        edits.edit("tools", "none", {})
    with pytest.raises(InputRefused, match="none of materials, tools and machines"):
        edits.lock("woods", "x")  # type: ignore[arg-type]  # what a command may be given


def test_a_removed_entry_comes_back(studio: Studio) -> None:
    copied(studio)
    done = studio.catalogue_edits.remove("tools", "mine", "broken")
    assert request_of(studio, done.run_id)["reason"] == "broken"
    assert listed(studio) is None
    assert studio.catalogue_edits.removed("tools") == ("mine",)
    studio.catalogue_edits.restore("tools", "mine")
    assert listed(studio).entry.name.endswith("(own)")
    with pytest.raises(NotFound, match="was removed"):
        studio.catalogue_edits.restore("tools", "mine")
    assert studio.runs.verify("deep").ok


def test_a_file_put_there_by_hand_is_taken_over_when_it_is_changed(
    studio: Studio, data_dir: Path
) -> None:
    file = own(data_dir, "tools", "mine.json", BIT)
    studio.catalogue_edits.edit("tools", "mine", {"name": "Changed"})
    assert listed(studio).entry.name == "Changed"
    assert studio.catalogue.problems() == []
    assert json.loads(file.read_bytes()) == BIT
    assert studio.runs.verify("deep").ok
    file.write_text(json.dumps(BIT | {"name": "By hand"}))
    with open_studio(data_dir) as other:
        other.catalogue.look()
        (problem,) = other.catalogue.problems()
        assert "mine.json was put there by hand after" in problem.replace("'", "")
        other.catalogue_edits.import_file("tools", file)
        assert listed(other).entry.name == "By hand"
        assert other.catalogue.problems() == []
        other.catalogue_edits.remove("tools", "mine", "why")
        assert listed(other) is None
        other.catalogue_edits.restore("tools", "mine")
        assert listed(other).entry.name == "By hand"


def test_a_file_by_hand_is_removed_and_comes_back(studio: Studio, data_dir: Path) -> None:
    own(data_dir, "tools", "mine.json", BIT)
    studio.catalogue_edits.lock("tools", "mine")
    assert listed(studio).locked
    studio.catalogue_edits.unlock("tools", "mine")
    studio.catalogue_edits.remove("tools", "mine", "why")
    assert (listed(studio), studio.catalogue.problems()) == (None, [])
    studio.catalogue_edits.restore("tools", "mine")
    assert listed(studio).entry.name == "My bit"


def test_a_changed_document_is_told_and_left_out(studio: Studio, data_dir: Path) -> None:
    copied(studio)
    path = data_dir / "workshop/catalogue/tools/mine.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"0.8", b"0.9"))
    with open_studio(data_dir) as other:
        (problem,) = other.health()["problems"]
        assert "mine.json was changed outside of the program" in problem
        assert listed(other) is None
        assert not other.runs.verify("full").ok


def test_an_own_wood_judges_from_then_on_also_in_another_program(
    studio: Studio, data_dir: Path
) -> None:
    ring = {"ring_index": 0, "width_mm": 7.0, "materials": ["swamp_ash"]}
    asked = design(ring_params=[ring])

    def s1(asked_of: Studio) -> Status:
        asked_of.feasibility.request(asked)
        findings = asked_of.feasibility.preview(asked).findings
        return next(found.status for found in findings if found.check_id == "S1")

    with open_studio(data_dir) as other:
        assert (s1(studio), s1(other)) == (Status.UNKNOWN, Status.UNKNOWN)
        studio.catalogue_edits.add("materials", members(ASH))
        assert (s1(studio), s1(other)) == (Status.GREEN, Status.GREEN)
        other.catalogue_edits.remove("materials", "swamp_ash", "sold out")
        assert s1(studio) is Status.UNKNOWN


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_list_goes_out_and_comes_in_as_the_same(
    studio: Studio, tmp_path: Path, form: Any
) -> None:
    copied(studio)
    studio.catalogue_edits.add("tools", members(BIT | {"tool_id": "b2", "name": "=1+1"}))
    file = tmp_path / f"bits.{form}"
    assert studio.catalogue_edits.export("tools", file, form).entries == 2
    again = studio.catalogue_edits.import_file("tools", file)
    assert (again.same, again.run_id) == (("b2", "mine"), None)
    with open_studio(tmp_path / "other") as other:
        done = other.catalogue_edits.import_file("tools", file)
        assert done.added == ("b2", "mine")
        found = listed(other, "b2")
        assert (found.entry.name, found.entry.diameter_mm.value) == ("=1+1", 1.48)
        assert found.entry.diameter_mm.source == "caliper"
        assert len(request_of(other, done.run_id)["after"]) == 2


def test_cells_are_no_formulas(studio: Studio, tmp_path: Path) -> None:
    studio.catalogue_edits.add("tools", members(BIT | {"name": "=HYPERLINK(1)"}))
    studio.catalogue_edits.export("tools", tmp_path / "bits.csv", "csv")
    data = (tmp_path / "bits.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(f'"{name}"' for name in COLUMNS).encode())
    assert b'"\'=HYPERLINK(1)"' in data


def test_a_table_keeps_the_sources_of_what_it_does_not_change(studio: Studio) -> None:
    copied(studio)
    before = listed(studio).entry
    line = b"mine,My bit,0.8,3\r\n"
    done = studio.catalogue_edits.import_file("tools", HEAD + line, "csv")
    assert done.changed == ("mine",)
    after = listed(studio).entry
    assert after.diameter_mm == before.diameter_mm
    assert (after.flutes.value, after.flutes.source) == (3, "brought in with a list")


def test_semicolons_and_commas_of_a_european_table_are_understood(studio: Studio) -> None:
    data = b"tool_id;name;diameter_mm\r\nmine;Fr\xc3\xa4ser;1,5\r\n;;\r\n"
    studio.catalogue_edits.import_file("tools", data, "csv")
    assert listed(studio).entry.diameter_mm.value == 1.5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD + b"a,A,1,2\r\nb,B,-1,2\r\n", "line 3, column diameter_mm: diameter_mm.value must"),
        (HEAD + b"a,A,900,2\r\n", "from 0.1 to 80 mm, but is 900"),
        (HEAD + b"a,A,wide,2\r\n", "line 2, column diameter_mm: must be a number"),
        (HEAD + b"a,A,1e3,2\r\n", "must be a number"),
        (HEAD + b"a,A,1,2.5\r\n", "column flutes"),
        (HEAD + b"a,A,1\r\n", "line 2: it has 3 columns"),
        (HEAD + b"a,A,1,2\r\na,B,1,2\r\n", "line 3, column tool_id: a stands twice"),
        (HEAD + b"../x,A,1,2\r\n", "line 2, column tool_id"),
        (HEAD + b'a,"A,1,2\r\n', "mend the quotes"),
        (HEAD + b"a,\xff,1,2\r\n", "line 2: this is no UTF-8"),
        (b"tool_id,name\r\n", "the column diameter_mm is missing"),
        (b"tool_id,name,diameter_mm,colour\r\n", "line 1: 'colour' is no column"),
        (b"tool_id,name,diameter_mm,name\r\n", "the column name stands twice"),
        (b"", "it is empty|the first line|column tool_id is missing"),
        (HEAD + b"".join(b"t%d,T,1,2\r\n" % number for number in range(1001)), "1,000 bits"),
        (HEAD + b"downcut_0_8,Other,1,2\r\n", "choose another|another id"),
    ],
)
def test_a_broken_table_is_refused_and_nothing_is_stored(
    studio: Studio, data_dir: Path, data: bytes, said: str
) -> None:
    with pytest.raises((InputRefused, Conflict), match=said):
        studio.catalogue_edits.import_file("tools", data, "csv")
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[]", "must be an object"),
        (b'{"schema": "luthier.tools/2", "tools": []}', "schema must be"),
        (b'{"schema": "luthier.tools/1", "tools": [{}]}', "tools\\[0\\]"),
        (b'{"schema": "luthier.tools/1", "tools": [], "x": 1}', "'x' is not a known member"),
        (json.dumps(BIT | {"max_rpm": {"value": -1}}).encode(), "tool mine: max_rpm"),
    ],
)
def test_a_broken_list_is_refused(studio: Studio, data_dir: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        studio.catalogue_edits.import_file("tools", data)
    assert not data_dir.exists()
    with pytest.raises(InputRefused, match="Only tools"):
        studio.catalogue_edits.import_file("materials", b"", "csv")


def test_so_many_entries_are_kept_and_no_more(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_book, "MOST_OWN_ENTRIES", 2)
    copied(studio)
    with pytest.raises(Conflict, match="at most 2 are kept"):
        studio.catalogue_edits.import_file("tools", HEAD + b"a,A,1,2\r\nb,B,1,2\r\n", "csv")
    studio.catalogue_edits.import_file("tools", HEAD + b"a,A,1,2\r\n", "csv")
    with pytest.raises(Conflict, match="Remove some first"):
        studio.catalogue_edits.duplicate("tools", SHIPPED_BIT, "more")
