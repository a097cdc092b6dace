"""G-code leaves the program through the gate alone, and only after it was read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import GateClosed, InputRefused, ProgramFault, StorageFailed
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.run import RunArtifact, RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.services import export_cutting
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.store_state import StoreState
from tests.services.builders import RED_MM, WHY, YELLOW_MM, accepted, cut

GREEN_MM = 1.4


def newest(studio: Studio) -> RunArtifact:
    (entry, *_) = studio.runs.find(RunQuery(event=("export.written",))).entries
    return studio.runs.get(entry.run_id).artifact


def test_a_green_design_becomes_a_file_and_a_run(studio: Studio, tmp_path: Path) -> None:
    done = studio.exporting.write("gcode", cut(GREEN_MM), tmp_path / "a.nc")
    data = done.path.read_bytes()
    assert data.count(b"M30") == 1
    assert b"(RUN NOT SAVED)" in data
    run = newest(studio)
    assert (run.run_id, run.status, run.parent_run_ids) == (done.run_id, "OK", ())
    assert run.outputs["gcode"]["sha256"] == sha256_hex(data)
    told = run.decision.details["gate"]
    assert (told["open"], told["in_the_way"]) == (True, [])
    assert told["request_sha256"] == studio.feasibility.request(cut(GREEN_MM)).sha256()


@pytest.mark.parametrize(
    ("spec", "word"),
    [
        (cut(YELLOW_MM), "C1 is YELLOW and not accepted"),
        (cut(RED_MM), "C1 is RED and not overridden"),
        (cut(GREEN_MM, soundhole_diameter_mm=None), "UNKNOWN and can never be overridden"),
    ],
    ids=["yellow", "red", "unknown"],
)
def test_what_may_not_be_cut_is_blocked_and_says_all_that_is_in_the_way(
    studio: Studio, tmp_path: Path, spec: Any, word: str
) -> None:
    with pytest.raises(GateClosed) as closed:
        studio.exporting.keeping("Kept").write("gcode", spec, tmp_path / "a.nc")
    verdict = studio.decisions.gate(spec)
    assert closed.value.in_the_way == verdict.in_the_way
    assert verdict.in_the_way[0] in closed.value.sentence
    assert any(word in sentence for sentence in verdict.in_the_way)
    run = newest(studio)
    assert (run.status, run.outputs) == ("BLOCKED", {})
    assert run.decision.block_reason == closed.value.sentence
    assert run.decision.details["gate"]["in_the_way"] == list(verdict.in_the_way)
    assert not list(tmp_path.glob("*.nc"))
    assert studio.snapshots.find(SnapshotQuery()).items == ()


def test_a_decision_opens_the_gate_and_is_a_parent_of_the_run(
    studio: Studio, tmp_path: Path
) -> None:
    decided = accepted(studio)
    saved = studio.snapshots.save(cut(YELLOW_MM), SnapshotDetails(name="x"))
    done = studio.exporting.write("gcode", saved.snapshot_id, tmp_path / "a.nc")
    assert newest(studio).parent_run_ids == (saved.run_id, decided.ruling.run_id)
    text = done.path.read_text()
    assert f"(DECIDED C1 {decided.ruling.run_id})" in text
    assert f"(RUN {saved.run_id})" in text
    (entry,) = studio.runs.find(RunQuery(event=("snapshot.saved",))).entries
    assert f"(LEDGER NUMBER {entry.seq})" in text
    other = studio.setups.current()
    assert other.cut is not None
    slower = other.model_copy(update={"cut": other.cut.model_copy(update={"feed_mm_min": 500.0})})
    with pytest.raises(GateClosed):
        studio.exporting.for_setup(slower).write("gcode", saved.snapshot_id, tmp_path / "b.nc")


def test_a_machine_without_a_name_is_called_by_its_id(studio: Studio, tmp_path: Path) -> None:
    shop = studio.setups.current()
    assert shop.machine is not None
    machine = shop.machine.model_copy(update={"name": None})
    nameless = studio.exporting.for_setup(shop.model_copy(update={"machine": machine}))
    done = nameless.write("gcode", cut(GREEN_MM), tmp_path / "a.nc")
    assert f"(MACHINE {machine.machine_id})" in done.path.read_text()


def test_an_override_opens_it_too(studio: Studio, tmp_path: Path) -> None:
    decided = studio.decisions.override(cut(RED_MM), "C1", None, WHY)
    assert decided.verdict.open
    studio.exporting.write("gcode", cut(RED_MM), tmp_path / "a.nc")
    assert newest(studio).parent_run_ids == (decided.ruling.run_id,)


def test_a_file_that_its_own_check_refuses_is_never_written(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> bytes:
        return b"G21 G90 G17 G94\nM3 S18000\nG0 Z-30\nM5\nM30\n"

    monkeypatch.setattr(export_cutting, "gcode_bytes", wrong)
    with pytest.raises(ProgramFault, match="a bug of this program") as fault:
        studio.exporting.write("gcode", cut(GREEN_MM), tmp_path / "a.nc")
    assert fault.value.exit_code == 70
    run = newest(studio)
    assert (run.status, run.decision.block_reason) == ("ERROR", fault.value.sentence)
    assert not list(tmp_path.glob("*.nc"))


def test_what_cannot_be_cut_is_refused_with_its_field(studio: Studio, tmp_path: Path) -> None:
    thin = GcodeOptions(part="soundhole", top_thickness_mm=0.5)
    with pytest.raises(InputRefused):
        studio.exporting.write("gcode", cut(GREEN_MM), tmp_path / "a.nc", thin)
    assert newest(studio).status == "BLOCKED"
    assert studio.exporting.cut_plan(cut(RED_MM)).seconds > 0


def test_nothing_is_cut_that_cannot_be_recorded(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.health()
    monkeypatch.setattr(studio.store(), "state", StoreState("read_only", "It is read-only."))
    with pytest.raises(StorageFailed, match="It is read-only"):
        studio.exporting.write("gcode", cut(GREEN_MM), tmp_path / "a.nc")
    assert not list(tmp_path.glob("*.nc"))
