"""A decision whose record is lost, damaged or forged counts as absent, and the gate says so."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.decisions import Decided
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import RED_MM, WHY, YELLOW_MM, FakeClock, accepted, cut, gate

LONG_AGO = 1_600_000_000


def run_file(studio: Studio, decided: Decided) -> Path:
    return studio.store().layout.real(
        f"runs/rmos/2026-01-22/{decided.ruling.run_id}.json"
    )


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def delete(studio: Studio, done: Decided) -> None:
    run_file(studio, done).unlink()


def change(studio: Studio, done: Decided) -> None:
    path = run_file(studio, done)
    overwrite(path, path.read_bytes().replace(b"old, dry", b"wet, old"))


def tear_the_event(studio: Studio, done: Decided) -> None:
    overwrite(studio.store().layout.event_path(done.seq), b"torn")


def lose_the_event(studio: Studio, done: Decided) -> None:
    studio.store().layout.event_path(done.seq).unlink()


def rewrite_run_and_event(studio: Studio, done: Decided) -> None:
    """Bind the decision to its request anew, without the chain that follows."""
    change(studio, done)
    data = run_file(studio, done).read_bytes()
    path = studio.store().layout.event_path(done.seq)
    event = json.loads(path.read_bytes())
    event["files"][0]["sha256"] = hashlib.sha256(data).hexdigest()
    overwrite(path, rfc8785.dumps(event))


def change_the_index_too(studio: Studio, done: Decided) -> None:
    change(studio, done)
    sha256 = hashlib.sha256(run_file(studio, done).read_bytes()).hexdigest()
    store = studio.store()
    with sqlite3.connect(store.index.path) as index:
        path = f"runs/rmos/2026-01-22/{done.ruling.run_id}.json"
        index.execute("UPDATE files SET sha256 = ? WHERE path = ?", (sha256, path))
    index.close()

DAMAGES = [
    delete, change, tear_the_event, lose_the_event, rewrite_run_and_event, change_the_index_too,
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("depth_mm", [YELLOW_MM, RED_MM])
def test_a_lost_or_damaged_decision_counts_as_absent(
    studio: Studio, data_dir: Path, damage: Callable[[Studio, Decided], None], depth_mm: float
) -> None:
    decide = studio.decisions.accept if depth_mm == YELLOW_MM else studio.decisions.override
    done = decide(cut(depth_mm), "C1", None, WHY)
    studio.feasibility.check(cut(1.4))
    assert gate(studio, depth_mm).open
    damage(studio, done)
    with open_studio(data_dir, clock=FakeClock()) as other:
        for one in (studio, other):
            verdict = gate(one, depth_mm)
            assert not verdict.open
            (warning,) = verdict.warnings
            assert "counts as absent" in warning
            (kept,) = one.decisions.find()
            assert (kept.document["damaged"], kept.document["in_force"]) == (True, False)
        other.runs.rebuild()
        assert not gate(other, depth_mm).open


def test_the_warning_names_the_decision_and_what_to_do(studio: Studio) -> None:
    done = accepted(studio)
    delete(studio, done)
    (warning,) = gate(studio).warnings
    assert warning == (
        f"The decision on C1 ({done.ruling.run_id}) is damaged and counts as absent: its file is "
        "missing. Restore it from a backup, or decide anew."
    )
    again = accepted(studio)
    assert again.verdict.open
    assert len(again.verdict.warnings) == 1


def test_damage_to_a_decision_on_another_request_is_no_matter_here(studio: Studio) -> None:
    delete(studio, studio.decisions.accept(cut(1.6), "C1", None, WHY))
    accepted(studio)
    verdict = gate(studio)
    assert (verdict.open, verdict.warnings) == (True, ())


def test_a_run_without_an_event_opens_nothing_even_when_it_is_taken_in(
    studio: Studio, data_dir: Path
) -> None:
    done = accepted(studio)
    path = run_file(studio, done)
    data = path.read_bytes()
    forged = done.ruling.run_id[:-4] + "zzzz"
    other_path = path.parent / f"{forged}.json"
    other_path.write_bytes(data.replace(done.ruling.run_id.encode(), forged.encode()))
    os.utime(other_path, (LONG_AGO, LONG_AGO))
    path.unlink()
    with open_studio(data_dir) as other:
        other.runs.rebuild()
        assert forged in other.runs.ids(RunQuery())
        assert not gate(other).open
        (kept,) = other.decisions.find()
        assert kept.document["fault"] == "its file is missing"


def test_a_rebuild_keeps_decisions_and_makes_the_same_rows(
    studio: Studio, data_dir: Path
) -> None:
    done = accepted(studio)
    studio.decisions.override(cut(RED_MM), "C1", None, WHY)
    studio.runs.ids(RunQuery())
    rows = studio.store().index.dump()
    studio.runs.rebuild()
    assert studio.store().index.dump() == rows
    assert gate(studio).open
    studio.store().index.path.unlink()
    with open_studio(data_dir) as fresh:
        assert gate(fresh).lifted[0].lifted_by == done.ruling
        assert gate(fresh, RED_MM).open


def test_without_an_index_no_decision_is_proven(studio: Studio) -> None:
    accepted(studio)
    studio.store().index._open().close()
    verdict = gate(studio)
    assert not verdict.open
    assert "counts as absent" in verdict.warnings[0]


def test_a_store_that_cannot_be_read_opens_nothing(studio: Studio, data_dir: Path) -> None:
    accepted(studio)
    studio.close()
    (data_dir / "ledger").rename(data_dir / "gone")
    with open_studio(data_dir) as other:
        assert not gate(other).open
