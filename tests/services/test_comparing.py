"""Comparing what was recorded: sound, damaged, purged, with a report and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.record_compare import Group
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import Studio
from tests.services.builders import design


def checked(studio: Studio, spec: RosetteParamSpec) -> str:
    run_id = studio.feasibility.check(spec).run_id
    assert run_id is not None
    return run_id


def file_of(data_dir: Path, run_id: str) -> Path:
    return next(data_dir.rglob(f"{run_id}.json"))


def test_the_same_design_checked_twice_has_no_difference(studio: Studio) -> None:
    spec = studio.designs.identified(design())
    found = studio.comparing.runs(checked(studio, spec), checked(studio, spec))
    assert found.same
    assert found.plain()["changes"] == []


def test_a_ring_is_compared_with_itself_wherever_it_stands(studio: Studio) -> None:
    spec = studio.designs.identified(design())
    inner, middle, outer = spec.ring_params
    wider = middle.model_copy(update={"width_mm": 5.5})
    fresh = inner.model_copy(update={"ring_id": "fresh", "width_mm": 0.5})
    changed = spec.with_rings((fresh, outer, inner, wider))
    found = studio.comparing.runs(checked(studio, spec), checked(studio, changed))
    told = [each for each in found.differences if each.group is Group.DESIGN]
    moved = {each.ring_id: each.change[1:] for each in told if each.field == "ring_index"}
    assert moved == {"r2": (2, 1)}
    assert [each.change[1:] for each in told if each.ring_id == "r1"] == [(5.0, 5.5)]
    assert {each.ring_id for each in told} == {"r1", "r2", "fresh"}
    assert not found.same


def test_a_check_is_compared_by_its_ring_and_not_by_its_place(studio: Studio) -> None:
    spec = studio.designs.identified(design())
    inner, middle, outer = spec.ring_params
    found = studio.comparing.runs(
        checked(studio, spec), checked(studio, spec.with_rings((outer, middle, inner)))
    )
    checks = [each for each in found.differences if each.group is Group.CHECKS]
    bending = [each for each in checks if each.check_id == "B1" and each.ring_id == "r1"]
    assert bending == []
    assert {each.ring_id for each in checks if each.check_id == "G3"} <= {"r0", "r2"}


def test_swapping_the_runs_mirrors_every_difference(studio: Studio) -> None:
    one = checked(studio, studio.designs.identified(design()))
    two = checked(studio, studio.designs.identified(design(outer_diameter_mm=105.0)))
    forth, back = studio.comparing.runs(one, two), studio.comparing.runs(two, one)
    assert {repr(each) for each in forth.swapped().changes} == {repr(e) for e in back.changes}
    assert forth.changes


def test_of_a_damaged_run_the_list_still_tells(studio: Studio, data_dir: Path) -> None:
    spec = studio.designs.identified(design())
    deep = spec.model_copy(update={"channel": spec.channel.model_copy(update={"depth_mm": 2.7})})
    sound, broken = checked(studio, spec), checked(studio, deep)
    file_of(data_dir, broken).write_bytes(b"{}")
    found = studio.comparing.runs(sound, broken)
    assert not found.same
    assert [side.id for side in found.damage] == [broken]
    assert "damaged" in found.b.damage
    assert "decision.risk_level" in {change.path for change in found.changes}
    assert found.plain()["damaged"] == [{"id": broken, "reason": found.b.damage}]


def test_a_damaged_run_is_never_the_same_as_itself(studio: Studio, data_dir: Path) -> None:
    broken = checked(studio, design())
    file_of(data_dir, broken).unlink()
    found = studio.comparing.runs(broken, broken)
    assert found.changes == ()
    assert not found.same


def test_a_purged_run_is_told_with_who_purged_it_and_why(studio: Studio) -> None:
    spec = studio.designs.identified(design())
    kept, gone = checked(studio, spec), checked(studio, spec)
    studio.hiding.purge(gone, "a customer asked for it")
    found = studio.comparing.runs(kept, gone)
    assert "a customer asked for it" in found.b.damage
    assert found.b.verdict == found.a.verdict
    assert not found.same


def test_runs_without_a_report_or_a_design_are_compared(studio: Studio) -> None:
    run_id = checked(studio, studio.designs.identified(design()))
    saved = studio.snapshots.save(design(), SnapshotDetails(name="One"))
    used = studio.snapshots.delete(saved.snapshot_id, "no longer built").run_id
    changes = {change.path for change in studio.comparing.runs(run_id, used).changes}
    assert {"request.design", "feasibility", "event_type"} <= changes
    assert studio.comparing.runs(used, used).same


def test_the_previous_run_of_the_same_design_is_found_among_others(studio: Studio) -> None:
    mine, other = (studio.designs.identified(design(name=name)) for name in "AB")
    first = checked(studio, mine)
    checked(studio, other)
    second = checked(studio, mine)
    assert studio.comparing.previous_of_same_design(second) == first
    assert studio.comparing.previous_of_same_design(first) is None
    with pytest.raises(NotFound):
        studio.comparing.previous_of_same_design("run_20260122_0000000000000000")


def test_snapshots_are_compared_with_how_they_were_judged(studio: Studio, data_dir: Path) -> None:
    spec = studio.designs.identified(design())
    one = studio.snapshots.save(spec, SnapshotDetails(name="One", tags=("a",)))
    again = studio.snapshots.save(spec, SnapshotDetails(name="One", tags=("a",)))
    two = studio.snapshots.save(
        spec.model_copy(update={"outer_diameter_mm": 105.0}), SnapshotDetails(name="Two")
    )
    assert studio.comparing.snapshots(one.snapshot_id, again.snapshot_id).same
    paths = {c.path for c in studio.comparing.snapshots(one.snapshot_id, two.snapshot_id).changes}
    assert {"name", "tags[0]", "design.outer_diameter_mm", "design_sha256"} <= paths
    assert "run.decision.score" in paths
    file_of(data_dir, two.snapshot_id).write_bytes(b"no snapshot")
    damaged = studio.comparing.snapshots(one.snapshot_id, two.snapshot_id)
    assert damaged.b.damage
    assert damaged.b.design is None
    assert not damaged.same


def test_up_to_six_stand_beside_each_other(studio: Studio, data_dir: Path) -> None:
    spec = studio.designs.identified(design())
    wide = spec.model_copy(update={"outer_diameter_mm": 105.0})
    ids = [checked(studio, each) for each in (spec, wide, spec)]
    file_of(data_dir, ids[2]).write_bytes(b"")
    table = studio.comparing.table(ids)
    rows = {row.fact.path: row for row in table.rows}
    outer = rows["request.design.outer_diameter_mm"]
    assert outer.values[:2] == (104, 105)
    assert not outer.same
    assert rows["request.design.inner_diameter_mm"].values[:2] == (90, 90)
    assert table.sides[2].damage
    assert rows["decision.risk_level"].values[2] == table.sides[2].verdict
    with pytest.raises(InputRefused):
        studio.comparing.table(ids[:1])
    with pytest.raises(InputRefused):
        studio.comparing.table([*ids, *ids])
