from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound, RecordDamaged
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.runs import RunDamaged
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.document_store import Document
from tests.services.builders import BEGIN, SMOKE, FakeClock, deep, design


def change_one_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


@pytest.fixture
def mixed(studio: Studio) -> list[str]:
    """Six runs: red, unknown, green by turns; return their ids, newest first."""
    green = studio.presets.starters()[0].design
    designs = [design(**deep(3.0)), design(**SMOKE), green] * 2
    ids = [studio.feasibility.check(each).run_id for each in designs]
    return [run_id for run_id in reversed(ids) if run_id is not None]


def test_all_that_match_are_told_by_number_and_shown_by_number(
    studio: Studio, mixed: list[str]
) -> None:
    query = RunQuery(risk=("GREEN", "RED"), sort="risk")
    numbers = studio.runs.numbers(query)
    shown = studio.runs.entries_at(numbers)
    assert numbers.itemsize == 8
    assert [entry.run_id for entry in shown] == studio.runs.ids(query)
    assert [entry.risk_level for entry in shown] == ["RED", "RED", "GREEN", "GREEN"]
    change_one_byte(studio.runs.place_of(mixed[0]))
    newest = studio.runs.numbers(RunQuery())[:1]
    assert [entry.damaged for entry in studio.runs.entries_at(newest)] == [True]


def test_runs_are_listed_newest_first(studio: Studio, mixed: list[str]) -> None:
    entries = studio.runs.find(RunQuery()).entries
    assert [entry.run_id for entry in entries] == mixed
    assert [entry.seq for entry in entries] == sorted((e.seq for e in entries), reverse=True)


@pytest.mark.parametrize("word", ["red", "RED", "Red"])
def test_a_filter_is_read_in_any_letter_case(
    studio: Studio, mixed: list[str], word: str
) -> None:
    entries = studio.runs.find(RunQuery(risk=(word,))).entries
    assert [entry.run_id for entry in entries] == [mixed[2], mixed[5]]


def test_a_repeated_filter_means_or(studio: Studio, mixed: list[str]) -> None:
    assert studio.runs.count(RunQuery(risk=("red", "green"))) == 4
    assert studio.runs.count(RunQuery(risk=("red",), status=("ok",))) == 0
    assert studio.runs.count(RunQuery(material=("INDIAN_ROSEWOOD",), risk=("red",))) == 2


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6, 7])
def test_pages_list_each_run_exactly_once(studio: Studio, mixed: list[str], limit: int) -> None:
    found: list[str] = []
    cursor = None
    while True:
        page = studio.runs.find(RunQuery(limit=limit, cursor=cursor))
        found += [entry.run_id for entry in page.entries]
        cursor = page.next_cursor
        assert page.has_more == (cursor is not None)
        if cursor is None:
            break
    assert found == mixed == studio.runs.ids(RunQuery())


def test_a_cursor_from_nowhere_is_refused(studio: Studio, mixed: list[str]) -> None:
    with pytest.raises(InputRefused, match="cursor"):
        studio.runs.find(RunQuery(cursor="nonsense"))


def test_what_another_program_recorded_is_found_at_once(
    studio: Studio, data_dir: Path, mixed: list[str]
) -> None:
    assert len(studio.runs.ids(RunQuery())) == 6
    clock = FakeClock()
    clock._tokens = 1000
    with open_studio(data_dir, source="window", clock=clock) as other:
        run_id = other.feasibility.check(design()).run_id
    newest = studio.runs.find(RunQuery()).entries[0]
    assert (newest.run_id, newest.source) == (run_id, "window")


def test_a_run_is_given_with_the_bytes_of_its_file(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    assert checked.path is not None
    assert studio.runs.get(checked.run_id).data == checked.path.read_bytes()


def test_a_damaged_run_is_listed_as_damaged_and_left_in_place(
    studio: Studio, mixed: list[str]
) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    assert checked.path is not None
    change_one_byte(checked.path)
    found = checked.path.read_bytes()
    damaged = [entry.run_id for entry in studio.runs.find(RunQuery()).entries if entry.damaged]
    assert damaged == [checked.run_id]
    with pytest.raises(RunDamaged) as damage:
        studio.runs.get(checked.run_id)
    assert damage.value.text == found.decode("utf-8", "replace")
    assert [entry.damaged for entry in studio.runs.entries_for([checked.run_id])] == [True]
    assert checked.path.read_bytes() == found


def test_verification_names_the_changed_file(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.path is not None
    assert studio.runs.verify().ok
    change_one_byte(checked.path)
    report = studio.runs.verify()
    assert not report.ok
    findings = [(found.code, found.path) for found in report.findings]
    assert ("run_damaged", f"runs/rmos/2026-01-22/{checked.run_id}.json") in findings


def test_a_rebuild_finds_the_same_list(studio: Studio, mixed: list[str]) -> None:
    before = studio.runs.find(RunQuery())
    rebuilt = studio.runs.rebuild()
    assert (rebuilt["runs"], rebuilt["events"]) == (6, 7)
    assert set(rebuilt) == {"runs", "events", "seconds"}
    assert studio.runs.find(RunQuery()) == before


@pytest.mark.parametrize("given", ["../run", "a b", "", "x" * 65, "run_1\n", "run/1"])
def test_what_is_no_id_is_refused(studio: Studio, given: str) -> None:
    with pytest.raises(InputRefused, match="is not an id"):
        studio.runs.get(given)


@pytest.mark.parametrize("given", ["nothing", "run_20260122_0000000000000099", "snap_1"])
def test_an_id_that_nobody_has_is_not_found(studio: Studio, given: str) -> None:
    with pytest.raises(NotFound):
        studio.runs.get(given)


def test_text_and_tags_of_a_snapshot_find_its_run(studio: Studio, mixed: list[str]) -> None:
    details = SnapshotDetails(name="Parlor", description="for the märz fair", tags=("Fair",))
    saved = studio.snapshots.save(design(), details)
    for query in (RunQuery(text="MÄRZ fair"), RunQuery(tag=("fair",))):
        assert studio.runs.ids(query) == [saved.run_id]


def test_the_stored_run_has_every_member_of_the_record(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    assert set(json.loads(studio.runs.get(checked.run_id).data)) == {
        *("schema", "run_id", "created_at_utc", "event_type", "mode", "tool_id", "status"),
        *("request_summary", "request", "feasibility", "decision", "hashes", "outputs"),
        *("operator", "app", "parent_run_ids", "meta"),
    }


def test_a_run_whose_event_was_lost_is_taken_in_at_a_start(
    studio: Studio, data_dir: Path
) -> None:
    run_id = studio.feasibility.check(design()).run_id
    studio.close()
    event = data_dir / "ledger" / "000000" / "000000002.json"
    event.unlink()
    old = BEGIN.timestamp() - 3600
    (path,) = (data_dir / "runs").rglob(f"{run_id}.json")
    os.utime(path, (old, old))
    assert studio.runs.ids(RunQuery()) == []
    assert studio.runs.adopt_orphans().runs
    assert studio.runs.ids(RunQuery()) == [run_id]
    assert not studio.runs.adopt_orphans().runs


OLD_RULES = {"schema": "luthier.rules/1", "rules_version": "rules-0", "checks": [{"id": "C1"}]}
OLD_BYTES = b'{"checks":[{"id":"C1"}],"rules_version":"rules-0","schema":"luthier.rules/1"}'
OLD_REPORT = {
    "rules_version": "rules-0", "rules_sha256": hashlib.sha256(OLD_BYTES).hexdigest(),
}


def test_a_report_is_explained_by_the_rules_it_was_made_with(studio: Studio) -> None:
    document = Document("rules/rules-0.json", OLD_BYTES)
    studio.store().record_event("feasibility.checked", None, (document,))
    assert studio.runs.rules_of(OLD_REPORT) == OLD_RULES
    run_id = studio.feasibility.check(design(**deep(1.4))).run_id or ""
    report = studio.runs.get(run_id).artifact.feasibility or {}
    stored = json.loads((studio.data_dir / f"rules/{report['rules_version']}.json").read_bytes())
    assert studio.runs.rules_of(report) == stored


def test_rules_that_are_gone_changed_or_others_explain_nothing(studio: Studio) -> None:
    with pytest.raises(NotFound, match="rules-0"):
        studio.runs.rules_of(OLD_REPORT)
    with pytest.raises(NotFound):
        studio.runs.rules_of({"rules_version": "../../x", "rules_sha256": None})
    document = Document("rules/rules-0.json", OLD_BYTES)
    studio.store().record_event("feasibility.checked", None, (document,))
    with pytest.raises(RecordDamaged, match="not the one that this run was judged by"):
        studio.runs.rules_of({**OLD_REPORT, "rules_sha256": "0" * 64})
    change_one_byte(studio.data_dir / "rules" / "rules-0.json")
    with pytest.raises(RecordDamaged, match="not those that the ledger recorded"):
        studio.runs.rules_of(OLD_REPORT)


def test_the_place_of_a_run_is_that_of_its_file(studio: Studio) -> None:
    checked = studio.feasibility.check(design(**deep(1.4)))
    assert studio.runs.place_of(checked.run_id or "") == checked.path
