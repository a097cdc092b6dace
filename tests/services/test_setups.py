from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused, NotFound, RecordDamaged
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.batches import BatchItem
from luthier_desktop.services.setups import STARTER_ID
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import canonical_bytes
from tests.services.builders import FakeClock, design, design_bytes

MINE = {"setup_id": "annas", "name": "Anna's shop", "tool": {"tool_id": "b2", "diameter_mm": 2.0}}
STARTER_FILE = paths.resource("presets/setup_workshop.json")


def setup_bytes(**changes: Any) -> bytes:
    return json.dumps({**MINE, **changes}).encode()


def judged_by(studio: Studio) -> Any:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    return studio.runs.get(checked.run_id).artifact.request["setup"]


def test_nothing_is_made_by_asking_for_the_setup_in_use(studio: Studio, data_dir: Path) -> None:
    assert studio.setups.current().setup_id == STARTER_ID
    kept = studio.setups.get()
    assert (kept.document["setup_id"], kept.document["in_use"]) == (STARTER_ID, True)
    assert [one.document["state"] for one in studio.setups.find()] == ["shipped"]
    assert not data_dir.exists()


def test_an_imported_setup_has_an_id_of_ours_and_is_not_used(
    studio: Studio, data_dir: Path
) -> None:
    done = studio.setups.import_file(setup_bytes())
    assert done.setup_id.startswith("setup_")
    assert done.setup_id != "annas"
    assert studio.setups.current().setup_id == STARTER_ID
    path = data_dir / "workshop" / "setups" / f"{done.setup_id}.json"
    assert path.read_bytes() == canonical_bytes(
        {**MINE, "schema": "luthier.setup/1", "setup_id": done.setup_id}
    )
    document = studio.setups.get(done.setup_id).document
    assert document["origin"] == {"setup_id": "annas", "sha256": done.origin["sha256"]}
    assert (document["name"], document["state"]) == ("Anna's shop", "verified")
    assert studio.runs.verify("deep").ok


def test_the_import_is_recorded_with_what_came(studio: Studio) -> None:
    done = studio.setups.import_file(setup_bytes())
    assert done.changes.setups
    assert done.changes.runs
    run = studio.runs.get(str(done.run_id)).artifact
    assert (run.event_type, run.status, run.feasibility) == ("setup.changed", "OK", None)
    assert run.decision.risk_level.value == "UNKNOWN"
    assert run.decision.score is None
    assert run.request["action"] == "imported"
    assert run.request["before"] is None
    assert run.request["after"] == studio.setups.get(done.setup_id).document["setup"]
    assert run.request["origin"] == done.origin


def test_the_same_content_again_adds_nothing(studio: Studio) -> None:
    first = studio.setups.import_file(setup_bytes())
    other_form = json.dumps(MINE, indent=4).encode()
    again = studio.setups.import_file(other_form)
    assert (again.setup_id, again.run_id) == (first.setup_id, None)
    assert studio.setups.import_file(STARTER_FILE).setup_id == STARTER_ID
    assert studio.runs.count(RunQuery()) == 1
    assert len(studio.setups.find()) == 2


def test_a_known_id_with_other_content_is_a_second_setup(studio: Studio) -> None:
    first = studio.setups.import_file(setup_bytes())
    second = studio.setups.import_file(setup_bytes(name="Anna's new shop"))
    assert second.setup_id != first.setup_id
    assert second.differs_from == (first.setup_id,)
    names = [kept.document["name"] for kept in studio.setups.find()[1:]]
    assert names == ["Anna's shop", "Anna's new shop"]
    edited = studio.setups.get(second.setup_id).document["setup"] | {"name": "Edited"}
    third = studio.setups.import_file(json.dumps(edited).encode())
    assert third.differs_from == (second.setup_id,)
    assert studio.setups.import_file(setup_bytes(setup_id=STARTER_ID, name="x")).differs_from == (
        STARTER_ID,
    )


def test_setups_without_an_id_do_not_differ_from_each_other(studio: Studio) -> None:
    studio.setups.import_file(b'{"name": "A"}')
    assert studio.setups.import_file(b'{"name": "B"}').differs_from == ()


def test_a_used_setup_judges_from_then_on(studio: Studio) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    assert judged_by(studio)["setup_id"] == STARTER_ID
    used = studio.setups.use(setup_id)
    assert (used.before_id, used.setup.name) == (STARTER_ID, "Anna's shop")
    assert judged_by(studio) == studio.setups.get(setup_id).document["setup"]
    assert studio.feasibility.request(design()).setup.setup_id == setup_id
    items = [BatchItem(0, None, design_bytes(), "design 1", "specs[0]")]
    (answer,) = studio.feasibility.check_many(items)
    assert answer.summary is not None
    run = studio.runs.get(answer.summary["run_id"]).artifact
    assert run.request["setup"]["setup_id"] == setup_id


def test_the_change_is_recorded_with_before_and_after(studio: Studio) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    run = studio.runs.get(str(studio.setups.use(setup_id).run_id)).artifact
    starter = Setup.read(json.loads(STARTER_FILE.read_bytes()), "starter").plain()
    assert run.event_type == "setup.changed"
    assert run.request["action"] == "used"
    assert run.request["before"] == starter
    assert run.request["after"]["setup_id"] == setup_id
    assert run.tool_id == "b2"
    found = studio.runs.find(RunQuery(text="anna's shop", event=("setup.changed",)))
    assert len(found.entries) == 2


def test_using_the_one_in_use_records_nothing(studio: Studio) -> None:
    assert studio.setups.use(STARTER_ID).run_id is None
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    studio.setups.use(setup_id)
    again = studio.setups.use(setup_id)
    assert (again.run_id, again.changes.setups) == (None, False)
    assert studio.setups.use(STARTER_ID).before_id == setup_id
    assert studio.setups.current().setup_id == STARTER_ID


def test_the_setup_in_use_follows_the_ledger_in_another_program_and_after_a_rebuild(
    studio: Studio, data_dir: Path
) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    with open_studio(data_dir) as other:
        assert other.setups.current().setup_id == STARTER_ID
        studio.setups.use(setup_id)
        assert other.setups.last_known().setup_id == STARTER_ID
        assert other.setups.current().setup_id == setup_id
        assert other.setups.last_known().setup_id == setup_id
        other.runs.rebuild()
        assert other.setups.current().setup_id == setup_id
    studio.store().index.path.unlink()
    with open_studio(data_dir) as fresh:
        assert fresh.setups.current().setup_id == setup_id


def test_the_setup_in_use_is_found_without_an_index(studio: Studio) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    studio.setups.use(setup_id)
    judged_by(studio)
    index = studio.store().index
    index._open().close()
    assert studio.setups.current().setup_id == setup_id
    assert index.stale


def test_a_hidden_change_stays_in_force(studio: Studio) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    used = studio.setups.use(setup_id)
    studio.store().record_event("run.hidden", None, run_id=used.run_id)
    assert studio.runs.count(RunQuery()) == 1
    assert studio.setups.current().setup_id == setup_id


def test_a_preview_needs_no_store(data_dir: Path) -> None:
    with open_studio(data_dir, clock=FakeClock()) as studio:
        assert studio.feasibility.preview(design()).findings
    assert not data_dir.exists()


def test_a_damaged_setup_is_listed_left_in_place_and_judges_nothing(
    studio: Studio, data_dir: Path
) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    studio.setups.use(setup_id)
    path = data_dir / "workshop" / "setups" / f"{setup_id}.json"
    path.chmod(0o644)
    path.write_bytes(b"{}")
    with open_studio(data_dir) as other:
        kept = other.setups.find()[1]
        assert kept.setup is None
        assert (kept.document["state"], kept.document["in_use"]) == ("damaged", True)
        assert kept.document["name"] == "Anna's shop"
        with pytest.raises(RecordDamaged, match=setup_id):
            other.feasibility.check(design())
        assert setup_id in other.health()["problems"][0]
        assert path.read_bytes() == b"{}"
        used = other.setups.use(STARTER_ID)
        run = other.runs.get(str(used.run_id)).artifact
        assert (used.before_id, run.request["before"]) == (setup_id, None)
        assert other.health()["ok"]


def test_a_missing_file_comes_back_when_the_same_setup_is_imported(
    studio: Studio, data_dir: Path
) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    (data_dir / "workshop" / "setups" / f"{setup_id}.json").unlink()
    with open_studio(data_dir) as other:
        assert not other.runs.verify().ok
        assert other.setups.import_file(setup_bytes()).setup_id == setup_id
        assert other.setups.get(setup_id).document["state"] == "verified"
        assert other.runs.verify("deep").ok


def test_a_damaged_event_is_no_reason_to_judge_for_another_shop(
    studio: Studio, data_dir: Path
) -> None:
    setup_id = studio.setups.import_file(setup_bytes()).setup_id
    seq = studio.setups.use(setup_id).seq
    assert seq is not None
    judged_by(studio)
    path = studio.store().layout.event_path(seq)
    path.chmod(0o644)
    path.write_bytes(b"torn")
    with pytest.raises(RecordDamaged, match=f"Event {seq} of the log"):
        studio.feasibility.check(design())
    assert not studio.setups.find()[0].document["in_use"]
    assert studio.feasibility.check(design(), studio.setups.read(setup_bytes())).run_id
    assert studio.setups.use(setup_id).before_id is None
    assert judged_by(studio)["setup_id"] == setup_id


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"tool": {"diameter_mm": 0}}', "tool.diameter_mm must be greater than 0, but is 0"),
        (b'{"machine": {"max_rpm": 1e9}}', "machine.max_rpm must be at most 200000"),
        (b'{"schema": "luthier.setup/2"}', "schema"),
        (b'{"name": "a", "name": "b"}', "stands twice"),
        (b"{", "torn"),
    ],
)
def test_a_bad_setup_is_refused_and_nothing_is_kept(
    studio: Studio, data_dir: Path, data: bytes, said: str
) -> None:
    with pytest.raises(InputRefused, match=said):
        studio.setups.import_file(data)
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("setup_id", "kind"),
    [("../x", InputRefused), ("annas", NotFound), ("setup_0000000000000000", NotFound)],
)
def test_an_unknown_setup_is_told(
    studio: Studio, setup_id: str, kind: type[Exception]
) -> None:
    for call in (studio.setups.get, studio.setups.use):
        with pytest.raises(kind):
            call(setup_id)
