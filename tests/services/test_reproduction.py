"""A recorded run judged again: the same bytes, or what differs and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import InputRefused, RunDamaged
from luthier_desktop.domain.feasibility.rules import RULES_VERSION, rules_document
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.reproduction import Cause
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.run_row import RunRow
from tests.services.builders import SMOKE, accepted, cut, deep, design
from tests.services.test_runs import change_one_byte

Alter = Callable[[dict[str, Any]], None]
OTHER_ID = "run_20260122_zzzzzzzzzzzzzzzz"


def checked(studio: Studio, what: RosetteParamSpec | None = None, **more: Any) -> str:
    run_id = studio.feasibility.check(what or design(**deep(2.0)), **more).run_id
    assert run_id is not None
    return run_id


def stored_otherwise(studio: Studio, run_id: str, alter: Alter, *files: Document) -> str:
    """Record a copy of a run in which something is another, its own hashes left as they are."""
    plain = json.loads(studio.runs.get(run_id).data)
    plain["run_id"] = OTHER_ID
    if plain["feasibility"] is not None:
        plain["feasibility"]["run_id"] = OTHER_ID
    alter(plain)
    artifact = RunArtifact.read(plain, "The run")
    studio.store().record(artifact, RunRow.of(artifact, "cli"), files)
    return OTHER_ID


def kinds(causes: tuple[Cause, ...]) -> list[str]:
    return [cause.kind for cause in causes]


@pytest.mark.parametrize("given", [deep(1.4), deep(2.0), SMOKE], ids=["green", "red", "unknown"])
def test_a_run_judged_again_gives_the_same_report(studio: Studio, given: dict[str, Any]) -> None:
    run_id = checked(studio, design(**given), suggestion_id="bench-7")
    events = studio.health()["events"]
    found = studio.runs.reproduce(run_id)
    assert (found.same, found.changes, found.causes) == (True, (), ())
    recorded = studio.runs.get(run_id).artifact.hashes.feasibility_sha256
    assert found.recorded_sha256 == found.recomputed_sha256 == recorded
    assert studio.health()["events"] == events


def test_a_saved_snapshot_and_a_design_with_locks_are_reproduced_too(studio: Studio) -> None:
    plain = design(**deep(2.0))
    locked = plain.ring_params[1].model_copy(update={"locked": True})
    rings = (plain.ring_params[0], locked, plain.ring_params[2])
    kept = plain.model_copy(update={"ring_params": rings})
    saved = studio.snapshots.save(kept, SnapshotDetails(name="Locked"))
    assert studio.runs.reproduce(saved.run_id).same


def test_a_report_that_says_something_else_is_told_place_by_place(studio: Studio) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["feasibility"]["overall_score"] = 99.5

    run_id = stored_otherwise(studio, checked(studio), alter)
    found = studio.runs.reproduce(run_id)
    assert not found.same
    true_score = studio.feasibility.preview(design(**deep(2.0))).score
    assert [tuple(change) for change in found.changes] == [
        ("feasibility.overall_score", 99.5, true_score)
    ]
    assert kinds(found.causes) == ["record"]
    assert "1 place differs" in found.sentence


def test_rules_that_this_program_does_not_have_are_named(studio: Studio) -> None:
    older = {**rules_document(), "rules_version": "rules-0"}
    data = canonical_bytes(older)

    def alter(plain: dict[str, Any]) -> None:
        plain["request"]["versions"] = {"app": "0.0.1", "rules_version": "rules-0"}
        plain["feasibility"]["rules_version"] = "rules-0"
        plain["feasibility"]["rules_sha256"] = sha256_hex(data)

    file = Document("rules/rules-0.json", data)
    run_id = stored_otherwise(studio, checked(studio), alter, file)
    found = studio.runs.reproduce(run_id)
    assert not found.same
    assert kinds(found.causes)[:1] == ["rules"]
    assert "the rules rules-0, which this program does not have" in found.causes[0].sentence
    assert RULES_VERSION in found.causes[0].sentence
    assert {"record", "program"} <= set(kinds(found.causes))
    assert any("0.0.1" in cause.sentence for cause in found.causes)
    changed = {change.path: change.b for change in found.changes}
    assert changed["feasibility.rules_version"] == RULES_VERSION


def test_a_program_of_another_version_is_named_though_the_report_is_the_same(
    studio: Studio,
) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["request"]["versions"]["app"] = "0.0.1"
        plain["app"]["python"] = "3.1.4"

    found = studio.runs.reproduce(stored_otherwise(studio, checked(studio), alter))
    assert found.same
    assert kinds(found.causes) == ["program", "program"]


def test_recorded_figures_of_a_wood_are_used_whatever_the_catalogue_says_today(
    studio: Studio,
) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["request"]["materials"]["holly"]["density_kg_m3"] = 700.25

    found = studio.runs.reproduce(stored_otherwise(studio, checked(studio), alter))
    assert "catalogue" in kinds(found.causes)
    assert any("holly" in cause.sentence for cause in found.causes)
    assert "request.materials.holly.density_kg_m3" not in [one.path for one in found.changes]
    assert "hashes.request_sha256" in [one.path for one in found.changes]


def test_runs_in_which_nothing_was_judged_are_refused_with_a_sentence(studio: Studio) -> None:
    checked(studio, cut())
    decision = accepted(studio).ruling.run_id
    with pytest.raises(InputRefused, match=r"decision\.accepted.*nothing to reproduce") as told:
        studio.runs.reproduce(decision)
    assert told.value.exit_code == 3


def test_a_run_of_which_the_scorer_failed_is_judged_now(studio: Studio) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["feasibility"], plain["status"] = None, "ERROR"

    found = studio.runs.reproduce(stored_otherwise(studio, checked(studio), alter))
    assert not found.same
    assert {"feasibility", "status"} <= {change.path for change in found.changes}


def test_a_damaged_run_and_a_request_of_another_program_are_refused(studio: Studio) -> None:
    run_id = checked(studio)
    other = stored_otherwise(
        studio, run_id, lambda plain: plain["request"]["design"].update(wheels=4)
    )
    with pytest.raises(InputRefused, match="wheels"):
        studio.runs.reproduce(other)
    change_one_byte(studio.runs.place_of(run_id))
    with pytest.raises(RunDamaged):
        studio.runs.reproduce(run_id)


def test_two_processes_in_two_time_zones_reproduce_the_same_bytes(
    studio: Studio, data_dir: Path
) -> None:
    run_id = checked(studio)
    code = (
        "import sys, json; from pathlib import Path; "
        "from luthier_desktop.services.studio import open_studio\n"
        "with open_studio(Path(sys.argv[1])) as s: "
        "print(json.dumps(s.runs.reproduce(sys.argv[2]).plain(), sort_keys=True))"
    )
    command = [sys.executable, "-c", code, str(data_dir), run_id]
    told = [
        subprocess.run(command, env={**os.environ, **env}, capture_output=True, check=True).stdout
        for env in (
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
            {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
        )
    ]
    assert told[0] == told[1]
    assert json.loads(told[0])["same"] is True
