from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.record import restored
from luthier_desktop.domain.feasibility.report import hashed_form
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.batches import Batches
from luthier_desktop.services.catalogue import Catalogue
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.judging import ScoringFailed, advised, judge
from luthier_desktop.services.requests import Request
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.services.snapshots import Snapshots
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import SMOKE, deep, design, plain_design


def stored(studio: Studio, run_id: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(studio.runs.get(run_id).data)
    return plain


def sha256(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def without(members: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in names}


def test_a_preview_touches_no_disk(studio: Studio, data_dir: Path) -> None:
    assert studio.feasibility.preview(design()).findings
    assert not data_dir.exists()


def test_a_check_gives_the_same_answer_as_the_preview(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.scored == studio.feasibility.preview(design())


def test_a_check_records_one_run_and_says_where(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    page = studio.runs.find(RunQuery())
    assert [entry.run_id for entry in page.entries] == [checked.run_id]
    assert checked.path is not None
    assert checked.path.name == f"{checked.run_id}.json"
    assert checked.path.parent.name == "2026-01-22"
    assert checked.changes.runs
    assert (checked.seq, checked.report["run_id"]) == (2, checked.run_id)


def test_without_a_record_nothing_is_written(studio: Studio, data_dir: Path) -> None:
    checked = studio.feasibility.check(design(), record=False)
    assert checked.report["run_id"] is None
    assert not data_dir.exists()


def test_the_run_is_what_the_interface_says(studio: Studio) -> None:
    checked = studio.feasibility.check(design(**deep(1.4)))
    assert checked.run_id is not None
    run = stored(studio, checked.run_id)
    assert run["schema"] == "luthier.run/1"
    assert (run["event_type"], run["mode"]) == ("feasibility.checked", "art_studio")
    assert run["tool_id"] == run["request"]["setup"]["tool"]["tool_id"]
    assert run["operator"] == {
        "operator_id": "owner",
        "name": "Owner",
        "role": "lead",
        "auth": "none",
    }
    assert run["meta"]["source"] == "cli"
    assert re.fullmatch(r"2026-01-22T10:11:\d\d\.123456Z", run["created_at_utc"])
    assert run["decision"]["risk_level"] == checked.report["risk_bucket"]
    assert run["decision"]["score"] == checked.report["overall_score"]
    assert run["request_summary"]["rings"] == 3


def test_the_hashes_follow_from_what_is_stored(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    run = stored(studio, checked.run_id)
    report = without(run["feasibility"], "run_id", "suggestion_id")
    report["rings"] = [without(ring, "ring_id") for ring in report["rings"]]
    assert run["hashes"]["feasibility_sha256"] == sha256(report)

    reduced = without(run["request"]["design"], "design_id", "name")
    reduced["ring_params"] = [
        without(ring, "ring_id", "locked") for ring in reduced["ring_params"]
    ]
    assert run["hashes"]["design_sha256"] == sha256(reduced) == studio.hash_of(design())
    request = {
        **run["request"],
        "design": reduced,
        "versions": {"rules_version": run["request"]["versions"]["rules_version"]},
    }
    assert run["hashes"]["request_sha256"] == sha256(request)


def test_the_file_is_its_own_canonical_form(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.path is not None
    data = checked.path.read_bytes()
    assert rfc8785.dumps(json.loads(data)) == data


def test_the_request_can_be_replayed(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    request = stored(studio, checked.run_id)["request"]
    again = type(checked.design).read(request["design"], "the design")
    setup = Setup.read(request["setup"], "the setup")
    assert studio.feasibility.preview(again, setup) == checked.scored
    assert request["materials"]["holly"]["density_kg_m3"] == 640
    assert set(request["materials"]) == {"holly", "indian_rosewood", "sitka_spruce"}


def test_a_design_without_an_id_gets_one_in_its_run(studio: Studio) -> None:
    checked = studio.feasibility.check(design())
    assert checked.run_id is not None
    assert checked.design.design_id is not None
    assert checked.design.design_id.startswith("dsg_")
    run = stored(studio, checked.run_id)
    assert run["request"]["design"]["design_id"] == checked.design.design_id


def test_an_id_is_kept_through_checks(studio: Studio) -> None:
    first = studio.feasibility.check(design()).design
    assert studio.feasibility.check(first).design.design_id == first.design_id


@pytest.mark.parametrize(
    ("change", "risk", "status"),
    [(deep(3.0), "RED", "BLOCKED"), ({"ring_params": []}, "UNKNOWN", "BLOCKED")],
)
def test_red_and_unknown_are_blocked_with_the_reason(
    studio: Studio, change: dict[str, Any], risk: str, status: str
) -> None:
    checked = studio.feasibility.check(design(**change))
    assert checked.run_id is not None
    run = stored(studio, checked.run_id)
    assert (run["decision"]["risk_level"], run["status"]) == (risk, status)
    assert run["decision"]["block_reason"]


def test_a_channel_deeper_than_the_top_is_red_on_the_residual(studio: Studio) -> None:
    red = studio.feasibility.check(design(**deep(3.0)), record=False).report
    assert red["binding"] == {"id": "C1", "ring_index": None}
    fine = studio.feasibility.check(design(**deep(1.4)), record=False).report
    residual = next(check for check in fine["checks"] if check["id"] == "C1")
    assert residual["status"] != "RED"


def test_a_green_design_is_ok_without_a_reason(studio: Studio) -> None:
    starter = studio.presets.starters()[0].design
    checked = studio.feasibility.check(starter)
    assert checked.run_id is not None
    run = stored(studio, checked.run_id)
    assert (run["status"], run["decision"]["block_reason"]) == ("OK", None)


def named_rules(data_dir: Path) -> list[str]:
    """Return the path of a rules file once for each event that names it."""
    paths = [
        [file["path"] for file in json.loads(event.read_bytes())["files"]]
        for event in sorted((data_dir / "ledger").rglob("*.json"))
    ]
    return [path for files in paths for path in files if path.startswith("rules/")]


def test_the_rules_are_written_with_the_first_run_only(studio: Studio, data_dir: Path) -> None:
    for _ in range(3):
        studio.feasibility.check(design())
    named = named_rules(data_dir)
    report = studio.feasibility.check(design()).report
    assert named == [f"rules/{report['rules_version']}.json"]
    data = (data_dir / named[0]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == report["rules_sha256"]
    assert studio.runs.verify("deep").ok


def test_rules_that_an_interrupted_save_left_are_named_by_the_next_run(
    studio: Studio, data_dir: Path
) -> None:
    rules = rules_file()
    place = data_dir / rules.logical_path
    place.parent.mkdir(parents=True)
    place.write_bytes(rules.data)
    for _ in range(2):
        studio.feasibility.check(design())
    with open_studio(data_dir) as later:
        later.feasibility.check(design())
    assert named_rules(data_dir) == [rules.logical_path]


@pytest.mark.parametrize("foreign", [True, False])
def test_a_rules_file_that_is_not_ours_stops_no_run_and_stays(
    studio: Studio, data_dir: Path, foreign: bool
) -> None:
    place = data_dir / rules_file().logical_path
    place.parent.mkdir(parents=True)
    if foreign:
        place.write_bytes(b"{}")
    else:
        place.mkdir()
    assert studio.feasibility.check(design()).run_id is not None
    assert named_rules(data_dir) == []
    assert place.is_dir() or place.read_bytes() == b"{}"


class FirstLookFails(MaterialCatalogue):
    """A catalogue whose first answer is a bug."""

    def __init__(self) -> None:
        super().__init__([])
        self.asked = 0

    def get(self, material_id: str | None) -> Material | None:
        self.asked += 1
        if self.asked == 1:
            raise ZeroDivisionError("torn")
        return None


class FaultyCatalogue(Catalogue):
    """A catalogue of such materials."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._faulty = FirstLookFails()

    def known_materials(self) -> MaterialCatalogue:
        return self._faulty


def faulty(studio: Studio) -> Feasibility:
    catalogue = FaultyCatalogue(studio.data_dir)
    return Feasibility(studio._recorder, studio.designs, studio.setups, catalogue)


def test_when_scoring_itself_fails_an_error_run_says_so(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ScoringFailed, match="torn") as failure:
        faulty(studio).check(design())
    caplog.clear()
    assert failure.value.exit_code == 70
    entry = studio.runs.find(RunQuery()).entries[0]
    assert (entry.status, entry.risk_level, entry.score) == ("ERROR", "UNKNOWN", None)
    run = stored(studio, entry.run_id)
    assert run["feasibility"] is None
    assert run["hashes"]["feasibility_sha256"] == hashlib.sha256(b"null").hexdigest()
    assert "torn" in run["decision"]["block_reason"]


def test_a_snapshot_whose_score_fails_is_not_kept(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    snapshots = Snapshots(
        studio.store, studio._recorder, studio.designs, faulty(studio), lambda: studio.sharing
    )
    with pytest.raises(ScoringFailed):
        snapshots.save(design(), SnapshotDetails(name="x"))
    caplog.clear()
    (entry,) = studio.runs.find(RunQuery()).entries
    assert (entry.event_type, entry.status) == ("snapshot.saved", "ERROR")
    assert snapshots.find(SnapshotQuery()).items == ()
    assert studio.runs.verify("deep").ok


def test_a_failed_score_is_one_error_of_a_batch(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    items = Batches().read(json.dumps({"specs": [plain_design(), SMOKE]}).encode())
    answers = list(faulty(studio).check_many(items))
    caplog.clear()
    assert [answer.error is None for answer in answers] == [False, True]


def test_a_batch_answers_each_design_and_names_the_refused(studio: Studio) -> None:
    wrong = plain_design(outer_diameter_mm=80)
    batch = {"specs": [plain_design(), wrong, SMOKE], "suggestion_ids": ["a", "b", "c"]}
    answers = list(studio.feasibility.check_many(Batches().read(json.dumps(batch).encode())))
    summaries = [answer.summary for answer in answers if answer.summary]
    assert [summary["suggestion_id"] for summary in summaries] == ["a", "c"]
    assert set(summaries[0]) == {
        *("suggestion_id", "run_id", "overall_score", "risk_bucket", "material_efficiency"),
        *("estimated_cut_time_min", "warnings", "binding"),
    }
    error = answers[1].error
    assert error is not None
    assert (error["index"], error["suggestion_id"]) == (1, "b")
    assert "inner_diameter_mm" in error["message"]
    runs = studio.runs.find(RunQuery()).entries
    assert [run.run_id for run in runs] == [s["run_id"] for s in reversed(summaries)]
    assert stored(studio, runs[0].run_id)["feasibility"]["suggestion_id"] == "c"


def test_a_stored_run_of_eight_rings_has_at_most_32_kb(studio: Studio) -> None:
    starter = studio.presets.starters()[0].design
    rings = [ring.plain() for ring in (*starter.ring_params, *starter.ring_params)][:8]
    for position, ring in enumerate(rings):
        ring |= {"ring_index": position, "ring_id": f"ring{position}"}
    eight = starter.read({**starter.plain(), "ring_params": rings}, "the design")
    path = studio.feasibility.check(eight).path
    assert path is not None
    assert path.stat().st_size <= 32_000


widths = st.floats(0.2, 4.0, allow_nan=False)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(widths, min_size=1, max_size=8))
def test_ids_and_names_never_change_the_answers_hash(widths_mm: list[float]) -> None:
    rings = [{"ring_index": i, "width_mm": width} for i, width in enumerate(widths_mm)]
    renamed = [{**ring, "ring_id": f"x{i}", "locked": True} for i, ring in enumerate(rings)]
    feasibility = open_studio(Path("nowhere")).feasibility
    one, other = (
        hashed_form(advised(judge(feasibility.request(named))).stored("run_x"))
        for named in (design(ring_params=rings), design(ring_params=renamed, name="Other"))
    )
    assert one == other


def test_a_record_and_an_answer_hold_the_remedies_of_what_is_not_green(studio: Studio) -> None:
    checked = studio.feasibility.check(design(**deep(2.4)), Setup())
    by_hand = {"path": "channel.depth_mm", "from": 2.4, "to": 1.5, "clears": "C1"}
    assert checked.run_id is not None
    (told,) = [one for one in checked.report["checks"] if one["id"] == "C1"]
    assert told["remedies"][0] == by_hand
    (kept,) = [
        one
        for one in restored(stored(studio, checked.run_id)["feasibility"]["checks"])
        if one["id"] == "C1"
    ]
    assert kept["remedies"] == told["remedies"]


def test_a_score_is_worth_its_record_also_when_its_remedies_cannot_be_worked_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    judged = judge(Request(design(**deep(2.4)), Setup(), MaterialCatalogue([])))
    torn = judged._replace(request=judged.request._replace(materials=FirstLookFails()))
    assert advised(torn) == torn
    assert "remedies" in caplog.text
    caplog.clear()


_PROGRAM = """
import sys
from pathlib import Path
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio
with open_studio(Path(sys.argv[1])) as studio:
    starter = studio.presets.starters()[0].design
    run = studio.runs.get(studio.feasibility.check(starter).run_id).artifact
print(run.hashes.feasibility_sha256, run.hashes.request_sha256)
"""


def test_the_same_request_hashes_the_same_in_two_processes_and_time_zones(tmp_path: Path) -> None:
    def hashes(zone: str, seed: str) -> bytes:
        environ = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _PROGRAM, str(tmp_path / seed)]
        done = subprocess.run(command, env=environ, capture_output=True, check=True)
        return done.stdout

    east = hashes("Pacific/Kiritimati", "1")
    assert east == hashes("America/Anchorage", "2")
    assert len(east.split()[0]) == 64
