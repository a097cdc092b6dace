from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, deep, design_bytes, plain_design
from tests.services.test_designs import REFUSED

SMOKE_BYTES = json.dumps(SMOKE).encode()
RED = design_bytes(**deep(3.0))
REPORT = {
    *("suggestion_id", "run_id", "overall_score", "risk_bucket", "material_efficiency"),
    *("estimated_cut_time_min", "warnings", "rules_version", "rules_sha256", "assumed"),
    *("checks", "rings", "lanes", "binding"),
}


def runs_in(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "runs").rglob("*.json"))


def starter() -> bytes:
    from luthier_desktop import paths

    return (paths.resource("presets") / "classical_mosaic.json").read_bytes()


def test_the_smoke_case_is_unknown_and_recorded(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("feasibility", "single", "-", "--json", stdin=SMOKE_BYTES)
    report = answer.json()
    assert (answer.code, answer.err) == (0, "")
    assert (report["risk_bucket"], report["overall_score"]) == ("UNKNOWN", None)
    assert "no rings" in report["warnings"]
    assert any("20 mm" in warning for warning in report["warnings"])
    assert [path.stem for path in runs_in(data_dir)] == [report["run_id"]]


def test_the_report_has_the_members_of_the_interface(luthier: Luthier) -> None:
    report = luthier("feasibility", "single", "-", "--json", stdin=RED).json()
    assert set(report) >= REPORT
    assert set(report["checks"][0]) >= {
        *("id", "lane", "ring_index", "status", "value", "unit", "green", "yellow", "margin"),
        *("penalty", "formula", "inputs", "source", "confidence", "message", "remedies"),
    }


def test_people_get_the_verdict_its_reason_and_the_records_place(
    luthier: Luthier, data_dir: Path
) -> None:
    answer = luthier("feasibility", "single", "-", stdin=RED)
    (path,) = runs_in(data_dir)
    assert answer.out.startswith("RED")
    assert "decided by C1\n  clear it with  channel.depth_mm  " in answer.out
    assert str(path) in answer.out
    assert f"recorded as {path.stem}, number 2" in answer.out


def test_a_design_is_read_from_a_file(luthier: Luthier, tmp_path: Path) -> None:
    path = tmp_path / "Rosette é.json"
    path.write_bytes(RED)
    assert luthier("feasibility", "single", path, "--json").json()["risk_bucket"] == "RED"


def test_without_a_record_nothing_is_written(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("feasibility", "single", "-", "--json", "--no-record", stdin=RED)
    assert answer.json()["run_id"] is None
    assert not data_dir.exists()
    text = luthier("feasibility", "single", "-", "--no-record", stdin=RED).out
    assert text.rstrip().endswith("not recorded")


@pytest.mark.parametrize(
    ("design", "fail_on", "code"),
    [
        (RED, "red", 1),
        (RED, "yellow", 1),
        (SMOKE_BYTES, "red", 1),
        (SMOKE_BYTES, "YELLOW", 1),
        (starter(), "red", 0),
        (starter(), "yellow", 0),
    ],
)
def test_the_verdict_can_fail_the_command(
    luthier: Luthier, design: bytes, fail_on: str, code: int
) -> None:
    answer = luthier("feasibility", "single", "-", "--fail-on", fail_on, stdin=design)
    assert answer.code == code


def test_a_yellow_design_fails_on_yellow_alone(luthier: Luthier) -> None:
    yellow = json.loads(starter())
    yellow["soundhole_diameter_mm"] = yellow["inner_diameter_mm"] - 4.0  # 2.0 mm of edge
    data = json.dumps(yellow).encode()
    single = ("feasibility", "single", "-", "--no-record", "--json")
    assert luthier(*single, stdin=data).json()["risk_bucket"] == "YELLOW"
    assert luthier(*single, "--fail-on", "red", stdin=data).code == 0
    assert luthier(*single, "--fail-on", "yellow", stdin=data).code == 1


def test_a_setup_file_replaces_the_one_in_use(luthier: Luthier, tmp_path: Path) -> None:
    setup = tmp_path / "setup.json"
    setup.write_bytes(b'{"schema": "luthier.setup/1", "top": {"thickness_mm": 2.0}}')
    plain = json.dumps(plain_design(top=None)).encode()
    report = luthier("feasibility", "single", "-", "--setup", setup, "--json", stdin=plain).json()
    assumed = {given["path"]: given["value"] for given in report["assumed"]}
    assert assumed["top.thickness_mm"] == 2


@pytest.mark.parametrize(
    ("data", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_bad_input_is_refused_in_one_line_and_records_nothing(
    luthier: Luthier, data_dir: Path, data: bytes, said: str
) -> None:
    for form in (("--json",), ()):
        answer = luthier("feasibility", "single", "-", *form, stdin=data)
        assert (answer.code, answer.out) == (3, "")
        assert said in answer.err
        assert answer.err.count("\n") == 1
        assert "Traceback" not in answer.err
    assert not data_dir.exists()


def test_a_missing_file_is_not_found(luthier: Luthier, data_dir: Path, tmp_path: Path) -> None:
    answer = luthier("feasibility", "single", tmp_path / "gone.json")
    assert (answer.code, answer.out) == (4, "")
    assert "gone.json" in answer.err
    assert not data_dir.exists()


def test_a_folder_is_refused(luthier: Luthier, tmp_path: Path) -> None:
    assert luthier("feasibility", "single", tmp_path).code == 3


def test_a_bad_setup_is_refused_before_anything_is_judged(
    luthier: Luthier, data_dir: Path, tmp_path: Path
) -> None:
    setup = tmp_path / "setup.json"
    setup.write_bytes(b'{"tool": {"diameter_mm": -1}}')
    answer = luthier("feasibility", "single", "-", "--setup", setup, stdin=RED)
    assert answer.code == 3
    assert "tool.diameter_mm" in answer.err
    assert not data_dir.exists()


def test_standard_input_serves_one_document(luthier: Luthier) -> None:
    answer = luthier("feasibility", "single", "-", "--setup", "-", stdin=RED)
    assert answer.code == 2


def batch(*specs: Any, **more: Any) -> bytes:
    return json.dumps({"specs": list(specs), **more}).encode()


def test_a_batch_answers_each_design_under_its_id(luthier: Luthier, data_dir: Path) -> None:
    data = batch(SMOKE, plain_design(**deep(3.0)), suggestion_ids=["one", "two"])
    answer = luthier("feasibility", "batch", "-", "--json", stdin=data)
    document = answer.json()
    assert answer.code == 0
    assert set(document) == {"summaries", "errors", "cancelled"}
    assert (document["errors"], document["cancelled"]) == ([], False)
    found = [(s["suggestion_id"], s["risk_bucket"]) for s in document["summaries"]]
    assert found == [("one", "UNKNOWN"), ("two", "RED")]
    assert {path.stem for path in runs_in(data_dir)} == {
        summary["run_id"] for summary in document["summaries"]
    }


def test_a_refused_design_is_an_error_of_the_batch(luthier: Luthier, data_dir: Path) -> None:
    wrong = plain_design()
    wrong["ring_params"][2]["width_mm"] = -1
    data = batch(SMOKE, wrong, 5, suggestion_ids=["a", "b", "c"])
    answer = luthier("feasibility", "batch", "-", "--json", stdin=data)
    document = answer.json()
    assert answer.code == 1
    assert [(e["index"], e["suggestion_id"], e["path"]) for e in document["errors"]] == [
        (1, "b", "specs[1].ring_params[2].width_mm"),
        (2, "c", "specs[2]"),
    ]
    assert len(document["summaries"]) == len(runs_in(data_dir)) == 1


def test_a_batch_without_a_record_writes_nothing(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("feasibility", "batch", "-", "--json", "--no-record", stdin=batch(SMOKE))
    assert answer.json()["summaries"][0]["run_id"] is None
    assert not data_dir.exists()


def test_an_empty_batch_is_done_at_once(luthier: Luthier) -> None:
    answer = luthier("feasibility", "batch", "-", "--json", stdin=batch())
    assert answer.code == 0
    assert answer.json() == {"summaries": [], "errors": [], "cancelled": False}


def test_people_get_a_line_for_each_design(luthier: Luthier) -> None:
    data = batch(SMOKE, {}, suggestion_ids=["one", "two"])
    answer = luthier("feasibility", "batch", "-", stdin=data)
    lines = answer.out.splitlines()
    assert "UNKNOWN" in lines[0]
    assert "one" in lines[0]
    assert "refused" in lines[1]
    assert lines[2] == "1 judged, 1 refused"


@pytest.mark.parametrize(
    "data", [b"", b"[]", batch(SMOKE, suggestion_ids=[]), batch(SMOKE)[:-1], batch(more=1)]
)
def test_a_file_that_is_no_batch_is_refused_as_a_whole(
    luthier: Luthier, data_dir: Path, data: bytes
) -> None:
    answer = luthier("feasibility", "batch", "-", "--json", stdin=data)
    assert (answer.code, answer.out) == (3, "")
    assert not data_dir.exists()


def test_the_same_command_twice_gives_two_runs_with_one_hash(
    luthier: Luthier, data_dir: Path
) -> None:
    for _ in range(2):
        luthier("feasibility", "single", "-", stdin=RED)
    hashes = [json.loads(path.read_bytes())["hashes"] for path in runs_in(data_dir)]
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]


def test_every_family_is_judged_with_its_two_materials_alone(luthier: Luthier) -> None:
    from luthier_desktop.domain.patterns.family import PatternFamily

    for family in PatternFamily:
        ring = {"ring_index": 0, "width_mm": 6, "pattern_type": family.value.lower(),
                "materials": ["gaboon_ebony", "holly"]}
        plain = {"inner_diameter_mm": 90, "outer_diameter_mm": 102, "ring_params": [ring]}
        answer = luthier(
            "feasibility", "single", "-", "--json", "--no-record", stdin=json.dumps(plain).encode()
        )
        assert answer.code == 0
        assert {check["ring_index"] for check in answer.json()["checks"]} == {None, 0}
