from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.setup_fields import SETUP_FIELDS, changed, typed_value, value_at
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services import setup_book
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import design

STARTER = "setup_workshop"
MINE = b'{"setup_id": "annas", "name": "Anna\'s shop", "tool": {"diameter_mm": 2.0}}'


def own(studio: Studio) -> str:
    return studio.setup_edits.duplicate(STARTER, "Mine").setup_id


def run_of(studio: Studio, run_id: str | None) -> Any:
    return studio.runs.get(str(run_id)).artifact


def names(studio: Studio) -> list[Any]:
    return [kept.document["name"] for kept in studio.setups.find()]


def test_a_copy_of_the_starter_is_told_apart_and_recorded(studio: Studio) -> None:
    first = studio.setup_edits.duplicate(STARTER)
    second = studio.setup_edits.duplicate(STARTER)
    assert first.setup.name == f"{studio.setups.last_known().name} (copy)"
    assert str(second.setup.name).endswith("(copy 2)")
    run = run_of(studio, first.run_id)
    assert run.event_type == "setup.changed"
    assert (run.request["action"], run.request["copied_from"]) == ("created", STARTER)
    assert run.request["after"]["setup_id"] == first.setup_id
    assert run.operator.operator_id == "owner"
    assert studio.runs.verify("deep").ok


def test_an_edited_setup_is_a_new_document_and_stays_in_use(
    studio: Studio, data_dir: Path
) -> None:
    mine = own(studio)
    studio.setups.use(mine)
    done = studio.setup_edits.edit(mine, {"tool.diameter_mm": 2.0, "shop.respirator": None})
    assert done.before_id == mine
    assert done.changes.setups
    assert studio.setups.current() == done.setup
    assert (done.setup.tool is not None, value_at(done.setup, "tool.diameter_mm")) == (True, 2.0)
    assert value_at(done.setup, "shop.respirator") is None
    assert [kept.document["setup_id"] for kept in studio.setups.find()] == [
        STARTER,
        done.setup_id,
    ]
    run = run_of(studio, done.run_id)
    assert run.request["before"]["tool"]["diameter_mm"] == 1.5875
    assert run.request["after"]["tool"]["diameter_mm"] == 2.0
    assert (data_dir / f"workshop/setups/{mine}.json").exists()
    with pytest.raises(NotFound, match=mine):
        studio.setup_edits.edit(mine, {})
    with open_studio(data_dir) as other:
        assert other.setups.current() == done.setup


def test_a_change_back_is_the_setup_of_before(studio: Studio) -> None:
    mine = own(studio)
    before = studio.setups.get(mine).setup
    assert before is not None
    changed_id = studio.setup_edits.edit(mine, {"cut.spindle_rpm": 20_000}).setup_id
    assert studio.setup_edits.replace(changed_id, before).setup_id == mine
    assert studio.setup_edits.edit(mine, {"cut.spindle_rpm": 18_000.0}).run_id is None
    assert studio.runs.verify("deep").ok


def test_one_field_is_reset_to_the_starter(studio: Studio) -> None:
    mine = studio.setup_edits.edit(own(studio), {"cut.feed_mm_min": 700}).setup_id
    done = studio.setup_edits.reset(mine, "cut.feed_mm_min")
    assert value_at(done.setup, "cut.feed_mm_min") == 1080.0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"cut.spindle_rpm": -5}, "cut.spindle_rpm must be from 100 to 200,000 rpm, but is -5"),
        ({"tool.diameter_mm": 500}, "tool.diameter_mm must be from 0.1 to 80 mm, but is 500"),
        ({"tool.flutes": 2.5}, "tool.flutes must be a whole number from 1 to 12, but is 2.5"),
        ({"tool.material": "wood"}, "tool.material must be one of carbide, hss, but is 'wood'"),
        ({"tool": {"diameter_mm": True}}, "tool.diameter_mm must be from 0.1 to 80 mm"),
        ({"tool": 3}, "tool must be an object"),
        ({"shop.extraction": "yes"}, "shop.extraction must be yes or no"),
        ({"machine.work_area_mm": [1, 2]}, "three numbers, each from 5 to 10,000 mm"),
        ({"machine.min_rpm": 40_000}, "machine.min_rpm must be at most machine.max_rpm"),
        ({"name": ""}, "name must be text of 1 to 200 characters"),
        ({"name": " \u2003 "}, "control characters, not blank, but is"),
        ({"name": None}, "name must be text of 1 to 200 characters"),
        ({"name": "Old\nmachine"}, "no line breaks or other control characters"),
        ({"tool.name": "\x1b[2J"}, "tool.name must be text of 1 to 200 characters, no line"),
        ({"top.material_id": "yew"}, "'yew', which is not in the catalogue"),
        ({"tool.colour": "red"}, "no field 'tool.colour'"),
        ({"setup_id": "x"}, "no field 'setup_id'"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_with_its_range(
    studio: Studio, values: dict[str, Any], said: str
) -> None:
    mine = own(studio)
    before = studio.store().ledger.last_seq()
    with pytest.raises(InputRefused) as refused:
        studio.setup_edits.edit(mine, values)
    assert said in refused.value.sentence
    assert studio.store().ledger.last_seq() == before


def test_an_import_out_of_range_is_refused_and_nothing_is_kept(
    studio: Studio, data_dir: Path
) -> None:
    for data, said in (
        (b'{"cut": {"spindle_rpm": -1}}', "cut.spindle_rpm must be greater than 0"),
        (b'{"tool": {"diameter_mm": 900}}', "from 0.1 to 80 mm, but is 900"),
        (b'{"top": {"material_id": "yew"}}', "not in the catalogue"),
        (b'{"name": "  "}', "name must be text of 1 to 200 characters"),
    ):
        with pytest.raises(InputRefused, match=said):
            studio.setups.import_file(data)
    assert not data_dir.exists()


def test_the_starter_is_read_only_and_a_locked_setup_as_well(studio: Studio) -> None:
    edits = studio.setup_edits
    for call in (
        lambda: edits.edit(STARTER, {"name": "x"}),
        lambda: edits.remove(STARTER, "why"),
        lambda: edits.lock(STARTER),
    ):
        with pytest.raises(Conflict, match="ships"):
            call()
    mine = own(studio)
    assert edits.lock(mine).run_id
    assert edits.lock(mine).run_id is None
    assert studio.setups.get(mine).document["locked"]
    for call in (lambda: edits.rename(mine, "x"), lambda: edits.remove(mine, "why")):
        with pytest.raises(Conflict, match="is locked"):
            call()
    assert studio.setups.use(mine).run_id
    edits.unlock(mine)
    assert edits.rename(mine, "Yours").setup.name == "Yours"


def test_a_removed_setup_comes_back(studio: Studio) -> None:
    mine = own(studio)
    studio.setups.use(mine)
    with pytest.raises(Conflict, match="in use"):
        studio.setup_edits.remove(mine, "sold")
    studio.setups.use(STARTER)
    with pytest.raises(InputRefused):
        studio.setup_edits.remove(mine, " ")
    done = studio.setup_edits.remove(mine, "sold")
    assert run_of(studio, done.run_id).request["reason"] == "sold"
    assert names(studio)[1:] == []
    with pytest.raises(NotFound):
        studio.setups.use(mine)
    (gone,) = studio.setups.removed()
    assert (gone.document["setup_id"], gone.document["state"]) == (mine, "verified")
    assert studio.setup_edits.restore(mine).run_id
    assert studio.setup_edits.restore(mine).run_id is None
    assert names(studio)[1:] == ["Mine"]
    with pytest.raises(NotFound, match="was removed"):
        studio.setup_edits.restore("setup_0000000000000000")


def test_a_removed_setup_comes_back_when_its_file_is_imported_again(studio: Studio) -> None:
    mine = studio.setups.import_file(MINE).setup_id
    studio.setup_edits.remove(mine, "sold")
    again = studio.setups.import_file(MINE)
    assert (again.setup_id, again.run_id is not None) == (mine, True)


def test_a_damaged_file_is_left_and_the_same_content_is_kept_beside_it(
    studio: Studio, data_dir: Path
) -> None:
    mine = studio.setups.import_file(MINE).setup_id
    path = data_dir / f"workshop/setups/{mine}.json"
    path.chmod(0o644)
    path.write_bytes(b"torn")
    with open_studio(data_dir) as other:
        assert other.setups.import_file(MINE).setup_id == mine
        assert other.setups.get(mine).document["state"] == "verified"
    assert path.read_bytes() == b"torn"


def test_a_blank_setup_is_made_of_fields(studio: Studio) -> None:
    done = studio.setup_edits.create("Empty", {"tool": {"diameter_mm": 3.175}})
    assert done.setup.plain() == {
        "schema": "luthier.setup/1",
        "setup_id": done.setup_id,
        "name": "Empty",
        "tool": {"diameter_mm": 3.175},
    }
    with pytest.raises(Conflict, match="says the same"):
        studio.setup_edits.create("Empty", {"tool.diameter_mm": 3.175})


def test_so_many_setups_are_kept_and_no_more(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_book, "MOST_SETUPS", 2)
    own(studio)
    studio.setups.import_file(MINE)
    for call in (
        lambda: studio.setup_edits.duplicate(STARTER),
        lambda: studio.setup_edits.create("One more"),
        lambda: studio.setups.import_file(b'{"name": "third"}'),
        lambda: studio.setup_edits.apply(STARTER, {"cut.feed_mm_min": 900}),
    ):
        with pytest.raises(Conflict, match="the most that are kept"):
            call()


def test_fields_of_the_starter_are_applied_in_one_step(studio: Studio) -> None:
    done = studio.setup_edits.apply(None, {"cut.feed_mm_min": 1200})
    assert studio.setups.current() == done.setup
    assert studio.runs.count(RunQuery()) == 1
    again = studio.setup_edits.apply(None, {"cut.feed_mm_min": 1300})
    assert studio.setups.current() == again.setup
    assert len(studio.setups.find()) == 2
    assert studio.feasibility.request(design()).setup == again.setup


def test_an_exported_setup_comes_in_again_as_itself(
    studio: Studio, tmp_path: Path, data_dir: Path
) -> None:
    mine = own(studio)
    data = studio.setups.export(mine, tmp_path / "mine.json")
    assert (tmp_path / "mine.json").read_bytes() == data
    assert studio.setups.import_file(tmp_path / "mine.json").run_id is None
    with pytest.raises(Conflict):
        studio.setups.export(mine, tmp_path / "mine.json")
    with open_studio(tmp_path / "elsewhere") as other:
        assert other.setups.import_file(data).setup_id == mine


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("tool.diameter_mm", "1/16 in", 1.5875),
        ("tool.diameter_mm", "none", None),
        ("tool.flutes", "2", 2),
        ("cut.spindle_rpm", "18000", 18000.0),
        ("shop.extraction", "No", False),
        ("machine.work_area_mm", "400x400 x 75", [400.0, 400.0, 75.0]),
        ("name", " Anna's ", "Anna's"),
        ("cut.entry", "ramp", "ramp"),
    ],
)
def test_what_is_typed_is_understood(path: str, text: str, value: Any) -> None:
    assert typed_value(path, text) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tool.flutes", "2.5"),
        ("cut.spindle_rpm", "fast"),
        ("cut.spindle_rpm", "1_000"),
        ("shop.extraction", "maybe"),
        ("tool.diameter_mm", "wide"),
        ("tool.size", "3"),
    ],
)
def test_what_cannot_be_understood_is_refused(path: str, text: str) -> None:
    with pytest.raises(InputRefused, match=path):
        typed_value(path, text)


def test_every_field_of_a_setup_can_be_edited() -> None:
    starter = json.loads(paths.resource("presets/setup_workshop.json").read_bytes())
    members = {
        f"{part}.{name}"
        for part, said in starter.items()
        if isinstance(said, dict)
        for name in said
    }
    assert members <= set(SETUP_FIELDS)
    known = {
        f"{part}.{name}" if "." not in part else part
        for part, model in ((p, Setup.model_fields[p]) for p in Setup.model_fields)
        if part not in ("schema_", "setup_id", "name")
        for name in model.annotation.__args__[0].model_fields  # type: ignore[union-attr]  # a part
    }
    assert known | {"name"} == set(SETUP_FIELDS)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(sorted(SETUP_FIELDS)),
    st.one_of(
        st.none(),
        st.booleans(),
        st.floats(),
        st.integers(),
        st.text(max_size=5),
        st.lists(st.floats(1, 100), min_size=3, max_size=3),
    ),
)
def test_whatever_is_set_is_a_valid_setup_or_a_sentence(path: str, value: Any) -> None:
    after = Setup()
    with contextlib.suppress(InputRefused):
        after = changed(Setup(), {path: value}, "The setup")
    assert Setup.read(after.plain(), "again") == after
