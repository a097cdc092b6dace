"""What may be accepted or overridden, by whom, and what ends a decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused, NotAllowed
from luthier_desktop.domain.operators import Role
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import (
    RED_MM,
    THROUGH_MM,
    WHY,
    YELLOW_MM,
    FakeClock,
    accepted,
    cut,
    design,
    gate,
)

PIN = "482913"


def studio_of(data_dir: Path, role: Role) -> Studio:
    """Return a studio in which Anna is signed in with her PIN; Rosa set up the operators."""
    studio = open_studio(data_dir, clock=FakeClock())
    studio.operators.add("rosa", "Rosa", "lead")
    studio.operators.add("anna", "Anna", role, PIN)
    studio.operators.sign_in("anna", PIN)
    return studio


def test_a_green_design_may_be_cut_and_asking_makes_no_store(
    studio: Studio, data_dir: Path
) -> None:
    assert gate(studio, 1.4).open
    assert studio.decisions.find() == []
    assert not data_dir.exists()


def test_a_yellow_is_closed_until_it_is_accepted(studio: Studio) -> None:
    before = gate(studio)
    assert (before.open, before.warnings) == (False, ())
    assert before.in_the_way[0].startswith("C1 is YELLOW and not accepted: 0.9 mm of top")
    done = accepted(studio)
    assert done.verdict.open
    assert done.changes.runs
    verdict = gate(studio)
    assert (verdict.open, verdict.in_the_way, verdict.warnings) == (True, (), ())
    (lifted,) = verdict.lifted
    assert lifted.lifted_by == done.ruling


def test_a_decision_is_a_run_bound_to_the_request_that_was_judged(studio: Studio) -> None:
    checked = studio.feasibility.check(cut())
    done = accepted(studio)
    plain = json.loads(studio.runs.get(done.ruling.run_id).data)
    judged = json.loads(studio.runs.get(str(checked.run_id)).data)
    assert (plain["event_type"], plain["status"]) == ("decision.accepted", "OK")
    assert plain["request"] == judged["request"]
    assert plain["hashes"]["request_sha256"] == judged["hashes"]["request_sha256"]
    assert plain["hashes"]["feasibility_sha256"] == hashlib.sha256(b"null").hexdigest()
    assert (plain["feasibility"], plain["decision"]["score"]) == (None, None)
    assert plain["decision"]["risk_level"] == "UNKNOWN"
    details = plain["decision"]["details"]
    assert details.items() >= {
        "check": "C1", "ring_index": None, "reason": WHY, "status": "YELLOW", "value": 0.9,
    }.items()
    assert plain["operator"]["auth"] == "none"
    assert rfc8785.dumps(plain) == studio.runs.get(done.ruling.run_id).data
    assert studio.runs.verify("deep").ok


def test_the_log_finds_a_decision_by_its_reason_its_request_and_its_design(
    studio: Studio,
) -> None:
    done = accepted(studio)
    queries = (
        RunQuery(text="OLD, dry"),
        RunQuery(text=done.ruling.request_sha256),
        RunQuery(design=("dsg_1",), event=("decision.accepted",)),
    )
    for query in queries:
        assert studio.runs.ids(query) == [done.ruling.run_id]


def test_a_red_is_overridden_by_a_lead_and_the_record_says_that_no_pin_was_asked(
    studio: Studio,
) -> None:
    assert not gate(studio, RED_MM).open
    done = studio.decisions.override(cut(RED_MM), "c1", None, f"  {WHY} ")
    assert (done.ruling.check, done.ruling.reason) == ("C1", WHY)
    assert gate(studio, RED_MM).open
    run = studio.runs.get(done.ruling.run_id).artifact
    assert run.event_type == "decision.overridden"
    assert run.decision.warnings == ("No PIN was asked for: none is set up.",)


def wider() -> RosetteParamSpec:
    rings = [{"ring_index": 0, "width_mm": 1.000001, "materials": ["holly"]}]
    return cut(ring_params=rings + [one.plain() for one in cut().ring_params[1:]])


@pytest.mark.parametrize(
    "changed",
    [lambda: cut(1.70001), lambda: cut(soundhole_diameter_mm=84.1), wider],
    ids=["depth", "soundhole", "width"],
)
def test_any_change_of_the_design_ends_a_decision(
    studio: Studio, changed: Callable[[], RosetteParamSpec]
) -> None:
    accepted(studio)
    verdict = studio.decisions.gate(changed())
    assert (verdict.open, verdict.lifted, verdict.warnings) == (False, (), ())
    assert gate(studio).open


def test_another_name_is_no_other_input(studio: Studio) -> None:
    accepted(studio)
    renamed = cut(name="Another name").model_copy(update={"design_id": "dsg_2"})
    assert studio.decisions.gate(renamed).open


def test_any_change_of_the_setup_ends_a_decision(studio: Studio) -> None:
    accepted(studio)
    shop = studio.setups.current().plain()
    assert studio.decisions.gate(cut(), Setup.read(shop, "setup")).open
    faster = {**shop, "cut": {**shop["cut"], "feed_mm_min": shop["cut"]["feed_mm_min"] + 1}}
    assert not studio.decisions.gate(cut(), Setup.read(faster, "setup")).open
    setup_id = studio.setups.import_file(json.dumps(faster).encode()).setup_id
    studio.setups.use(setup_id)
    assert not gate(studio).open
    studio.setups.use("setup_workshop")
    assert gate(studio).open


def test_another_density_of_a_wood_ends_a_decision(data_dir: Path) -> None:
    folder = data_dir / "workshop" / "catalogue" / "materials"
    folder.mkdir(parents=True)
    opened = []
    for density_kg_m3 in (640, 641, 640):
        keep_own_wood(folder / "my_holly.json", density_kg_m3)
        with open_studio(data_dir) as studio:
            assert studio.catalogue.problems() == []
            rings = [{"ring_index": 0, "width_mm": 7.0, "materials": ["my_holly"]}]
            own = cut(ring_params=rings)
            if not opened:
                studio.decisions.accept(own, "C1", None, WHY)
            opened.append(studio.decisions.gate(own).lifted != ())
    assert opened == [True, False, True]


def keep_own_wood(path: Path, density_kg_m3: int) -> None:
    shipped = json.loads(paths.resource("catalogue/materials.json").read_bytes())
    holly = next(one for one in shipped["materials"] if one["material_id"] == "holly")
    density = {**holly["density_kg_m3"], "value": density_kg_m3}
    entry = {**holly, "material_id": "my_holly", "density_kg_m3": density}
    path.write_text(json.dumps({"schema": "luthier.material/1", **entry}), encoding="utf-8")


def test_a_hidden_decision_stays_in_force(studio: Studio) -> None:
    done = accepted(studio)
    studio.store().record_event("run.hidden", None, run_id=done.ruling.run_id)
    assert gate(studio).open


REFUSED = [
    (1.4, "accept", ("C1", None, WHY), "C1 is GREEN: there is nothing to decide"),
    (1.4, "override", ("C1", None, WHY), "C1 is GREEN: there is nothing to decide"),
    (RED_MM, "accept", ("C1", None, WHY), "C1 is RED and cannot be accepted"),
    (YELLOW_MM, "override", ("C1", None, WHY), "C1 is YELLOW and cannot be overridden"),
    (THROUGH_MM, "override", ("C1", None, WHY), "C1 can never be overridden: The 2.8 mm"),
    (2.6, "override", ("C1", None, WHY), "C1 can never be overridden"),
    (YELLOW_MM, "accept", ("C1", 0, WHY), "C1 is judged at: the whole design"),
    (YELLOW_MM, "accept", ("B1", None, WHY), "B1 is judged at: ring 0, ring 1, ring 2"),
    (YELLOW_MM, "accept", ("Z9", None, WHY), "There is no check 'Z9'; the ids are G1, "),
    (YELLOW_MM, "accept", ("T1", 0, WHY), "T1 ring 0 is NA: there is nothing to decide"),
    (YELLOW_MM, "accept", ("C1", None, " \n"), "must have 1 to 1000 characters, but has 0"),
    (YELLOW_MM, "accept", ("C1", None, "x" * 1001), "but has 1001"),
    (YELLOW_MM, "accept", ("C1", None, "half \udce9 of a letter"), "reason"),
    (RED_MM, "override", ("C1", None, "fourteen chars"), "must have 15 to 1000 .* but has 14"),
]


@pytest.mark.parametrize(("depth_mm", "kind", "given", "said"), REFUSED)
def test_a_decision_that_does_not_fit_is_refused_and_nothing_is_recorded(
    studio: Studio, depth_mm: float, kind: str, given: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(InputRefused, match=said):
        getattr(studio.decisions, kind)(cut(depth_mm), *given)
    assert studio.runs.ids(RunQuery()) == []


def test_unknown_is_never_decided(studio: Studio) -> None:
    bare = design(ring_params=[{"ring_index": 0, "width_mm": 7.0}])
    for decide in (studio.decisions.accept, studio.decisions.override):
        with pytest.raises(InputRefused, match="S1 ring 0 is UNKNOWN, which nobody can decide"):
            decide(bare, "S1", 0, WHY)
    assert not studio.decisions.gate(bare).open
    assert not studio.decisions.gate(design(ring_params=[])).open


@pytest.mark.parametrize(
    ("role", "may_accept", "may_override"),
    [("viewer", False, False), ("operator", True, False), ("lead", True, True)],
)
def test_who_may_decide_follows_the_role(
    data_dir: Path, role: Role, may_accept: bool, may_override: bool
) -> None:
    with studio_of(data_dir, role) as studio:
        attempts = (
            (studio.decisions.accept, YELLOW_MM, may_accept),
            (studio.decisions.signed(PIN).override, RED_MM, may_override),
        )
        for decide, depth_mm, may in attempts:
            if may:
                assert decide(cut(depth_mm), "C1", None, WHY).verdict.open
            else:
                with pytest.raises(NotAllowed, match=f"Anna is signed in as {role}"):
                    decide(cut(depth_mm), "C1", None, WHY)
            assert gate(studio, depth_mm).open is may
        overridden = studio.runs.find(RunQuery(event=("decision.overridden",))).entries
        assert [entry.warnings for entry in overridden] == ([0] if may_override else [])


def test_the_list_says_whether_each_still_counts(studio: Studio) -> None:
    first = accepted(studio)
    second = studio.decisions.override(cut(RED_MM), "C1", None, WHY)
    documents = [kept.document for kept in studio.decisions.find()]
    assert [one["run_id"] for one in documents] == [second.ruling.run_id, first.ruling.run_id]
    assert [one["in_force"] for one in documents] == [True, False]
    studio.feasibility.check(cut())
    documents = [kept.document for kept in studio.decisions.find()]
    assert [one["in_force"] for one in documents] == [False, True]
    assert documents[1] == {
        "run_id": first.ruling.run_id,
        "seq": first.seq,
        "created_at_utc": first.ruling.created_at_utc,
        "decision": "accepted",
        "check": "C1",
        "ring_index": None,
        "reason": WHY,
        "operator": {"operator_id": "owner", "name": "Owner", "role": "lead", "auth": "none"},
        "request_sha256": first.ruling.request_sha256,
        "design_id": "dsg_1",
        "design_name": "Three rings",
        "in_force": True,
        "damaged": False,
        "fault": None,
    }


def test_the_list_judges_for_the_setup_in_use_or_a_given_one(studio: Studio) -> None:
    mine = Setup.read({**studio.setups.current().plain(), "name": "Mine"}, "setup")
    accepted(studio, mine)
    assert [kept.document["in_force"] for kept in studio.decisions.find()] == [False]
    assert [kept.document["in_force"] for kept in studio.decisions.find(mine)] == [True]
    assert not gate(studio).open
    assert studio.decisions.gate(cut(), mine).open
