from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, deep, design_bytes
from tests.services.test_runs import change_one_byte

SMOKE_BYTES = json.dumps(SMOKE).encode()
ENTRY = {
    *("run_id", "created_at_utc", "event_type", "mode", "tool_id", "status", "risk_level"),
    *("score", "warnings", "source", "operator", "seq", "damaged", "design_id", "design_name"),
    *("design_sha256", "material_ids", "tags"),
}


def check(luthier: Luthier, design: bytes = SMOKE_BYTES) -> str:
    report = luthier("feasibility", "single", "-", "--json", stdin=design).json()
    run_id: str = report["run_id"]
    return run_id


def file_of(data_dir: Path, run_id: str) -> Path:
    (path,) = (data_dir / "runs").rglob(f"{run_id}.json")
    return path


def test_a_run_is_listed_with_every_member_of_an_entry(luthier: Luthier) -> None:
    run_id = check(luthier)
    answer = luthier("logs", "recent", "--mode", "art_studio", "--json")
    document = answer.json()
    assert answer.code == 0
    assert set(document) == {"entries", "next_cursor", "has_more", "filters_applied"}
    assert (document["next_cursor"], document["has_more"]) == (None, False)
    assert document["filters_applied"] == {"mode": ["art_studio"]}
    (entry,) = document["entries"]
    assert set(entry) == ENTRY
    assert (entry["run_id"], entry["risk_level"], entry["status"]) == (
        run_id, "UNKNOWN", "BLOCKED",
    )  # fmt: skip
    assert (entry["source"], entry["operator"], entry["damaged"]) == ("cli", "owner", False)


def test_people_get_a_table(luthier: Luthier) -> None:
    run_id = check(luthier, design_bytes(**deep(3.0)))
    head, line = luthier("logs", "recent").out.splitlines()
    assert head.split()[:3] == ["number", "time", "(UTC)"]
    assert run_id in line
    assert "RED" in line
    assert line.endswith("Three rings")
    assert head.index("verdict") == line.index("RED")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--risk", "red"), 1),
        (("--risk", "Red", "--risk", "UNKNOWN"), 2),
        (("--status", "blocked"), 2),
        (("--status", "ok"), 0),
        (("--mode", "ART_STUDIO"), 2),
        (("--source", "CLI"), 2),
        (("--source", "window"), 0),
        (("--event", "Feasibility.Checked"), 2),
        (("--operator", "OWNER"), 2),
        (("--material", "Holly"), 1),
        (("--text", "three RINGS"), 1),
        (("--design", "three rings"), 1),
        (("--since", "2000-01-01", "--until", "2999-12-31"), 2),
        (("--since", "2999-01-01"), 0),
        (("--tag", "none"), 0),
        (("--tool", "no_such_tool"), 0),
    ],
)
def test_filters_find_what_they_name(
    luthier: Luthier, filters: tuple[str, ...], count: int
) -> None:
    check(luthier)
    check(luthier, design_bytes(**deep(3.0)))
    entries = luthier("logs", "recent", *filters, "--json").json()["entries"]
    assert len(entries) == count


def test_pages_follow_one_another(luthier: Luthier) -> None:
    ids = [check(luthier) for _ in range(5)]
    found: list[str] = []
    more: tuple[str, ...] = ()
    while True:
        page = luthier("logs", "recent", "--limit", "2", *more, "--json").json()
        found += [entry["run_id"] for entry in page["entries"]]
        if not page["has_more"]:
            break
        more = ("--cursor", page["next_cursor"])
    assert found == ids[::-1]
    oldest = luthier("logs", "recent", "--reverse", "--limit", "1", "--json").json()
    assert oldest["entries"][0]["run_id"] == ids[0]


@pytest.mark.parametrize(
    "option",
    [
        ("--limit", "0"),
        ("--limit", "1001"),
        ("--limit", "many"),
        ("--risk", "purple"),
        ("--source", "mail"),
        ("--sort", "colour"),
        ("--nothing",),
    ],
)
def test_what_no_filter_means_is_a_usage_error(luthier: Luthier, option: tuple[str, ...]) -> None:
    answer = luthier("logs", "recent", *option, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("option", [("--cursor", "x"), ("--since", "yesterday")])
def test_a_cursor_or_time_that_cannot_be_read_is_refused(
    luthier: Luthier, option: tuple[str, ...]
) -> None:
    check(luthier)
    answer = luthier("logs", "recent", *option)
    assert answer.code == 3
    assert option[0].strip("-") in answer.err


def test_the_limits_ends_are_allowed(luthier: Luthier) -> None:
    assert luthier("health").code == 0
    for limit in ("1", "1000"):
        assert luthier("logs", "recent", "--limit", limit).code == 0


def test_an_empty_log_is_an_empty_list(luthier: Luthier) -> None:
    assert luthier("health").code == 0
    assert luthier("logs", "recent", "--json").json()["entries"] == []
    assert luthier("logs", "recent").out == "no run matches\n"


def test_show_gives_the_stored_bytes(luthier: Luthier, data_dir: Path) -> None:
    run_id = check(luthier)
    answer = luthier("logs", "show", run_id, "--json")
    assert answer.out.encode() == file_of(data_dir, run_id).read_bytes() + b"\n"
    text = luthier("logs", "show", run_id).out
    assert run_id in text
    assert "no rings" in text


@pytest.mark.parametrize(
    ("given", "code"), [("run_20260122_0000000000000000", 4), ("nothing", 4), ("../x", 3)]
)
def test_a_run_that_is_not_there_is_told_by_its_exit_code(
    luthier: Luthier, given: str, code: int
) -> None:
    luthier("health")
    answer = luthier("logs", "show", given, "--json")
    assert (answer.code, answer.out) == (code, "")


def test_one_changed_byte_is_found_everywhere(luthier: Luthier, data_dir: Path) -> None:
    run_id = check(luthier)
    assert luthier("logs", "verify").code == 0
    path = file_of(data_dir, run_id)
    change_one_byte(path)

    verified = luthier("logs", "verify", "--json")
    report = verified.json()
    assert (verified.code, report["ok"]) == (1, False)
    assert set(report) >= {"ok", "level", "events", "runs", "findings", "checkpoint"}
    (found,) = (each for each in report["findings"] if each["severity"] == "damage")
    assert set(found) == {"code", "severity", "path", "seq", "message", "advice"}
    assert found["code"] == "run_damaged"
    assert found["path"].endswith(f"{run_id}.json")
    assert path.name in luthier("logs", "verify").out

    (entry,) = luthier("logs", "recent", "--json").json()["entries"]
    assert (entry["run_id"], entry["damaged"]) == (run_id, True)
    assert "DAMAGED" in luthier("logs", "recent").out

    shown = luthier("logs", "show", run_id, "--json")
    document = shown.json()
    assert shown.code == 1
    assert set(document) == {"run_id", "damaged", "reason", "text"}
    assert (document["run_id"], document["damaged"]) == (run_id, True)
    assert document["text"] == path.read_bytes().decode("utf-8", "replace")
    assert luthier("logs", "show", run_id).code == 1


def test_a_deleted_file_is_found_too(luthier: Luthier, data_dir: Path) -> None:
    run_id = check(luthier)
    file_of(data_dir, run_id).unlink()
    assert luthier("logs", "recent", "--json").json()["entries"][0]["damaged"]
    findings = luthier("logs", "verify", "--quick", "--json").json()["findings"]
    assert "run_missing" in {found["code"] for found in findings}
    assert luthier("logs", "show", run_id).code == 1


@pytest.mark.parametrize(
    ("option", "level"),
    [((), "full"), (("--quick",), "quick"), (("--deep",), "deep"), (("--slice", "3"), "slice 3")],
)
def test_each_level_of_verification_runs(
    luthier: Luthier, option: tuple[str, ...], level: str
) -> None:
    check(luthier)
    answer = luthier("logs", "verify", *option, "--json")
    assert answer.code == 0
    assert answer.json()["level"] == level


@pytest.mark.parametrize(
    "option", [("--slice", "31"), ("--slice", "3", "--deep"), ("--quick", "--full")]
)
def test_a_level_that_does_not_exist_or_a_second_one_is_a_usage_error(
    luthier: Luthier, option: tuple[str, ...]
) -> None:
    assert luthier("logs", "verify", *option).code == 2


def test_verification_writes_nothing(luthier: Luthier, data_dir: Path) -> None:
    check(luthier)
    before = {path: path.stat().st_mtime_ns for path in data_dir.rglob("*")}
    luthier("logs", "verify", "--deep")
    after = {path: path.stat().st_mtime_ns for path in data_dir.rglob("*")}
    assert {p: t for p, t in after.items() if p.is_file()} == {
        p: t for p, t in before.items() if p.is_file()
    }


def test_a_rebuild_counts_and_keeps_the_list(luthier: Luthier) -> None:
    ids = [check(luthier) for _ in range(3)]
    answer = luthier("logs", "rebuild", "--json")
    rebuilt = answer.json()
    assert answer.code == 0
    assert set(rebuilt) == {"runs", "events", "seconds"}
    assert (rebuilt["runs"], rebuilt["events"]) == (3, 6)
    entries = luthier("logs", "recent", "--json").json()["entries"]
    assert [entry["run_id"] for entry in entries] == ids[::-1]


NOTHING = {"next_cursor": None, "has_more": False}
WITHOUT_A_LOG = {
    ("logs", "verify"): (7, None),
    ("logs", "recent"): (0, {"entries": [], **NOTHING, "filters_applied": {}}),
    ("logs", "show", "run_20260122_0000000000000000"): (4, None),
    ("logs", "export", "--out", "bundle"): (7, None),
    ("snapshots", "list"): (0, {"items": [], **NOTHING}),
    ("snapshots", "show", "snap_0000000000000000"): (4, None),
    ("decisions", "list"): (0, {"items": []}),
}


@pytest.mark.parametrize("command", WITHOUT_A_LOG, ids=" ".join)
def test_a_place_without_a_log_is_told_and_gets_none(
    luthier: Luthier, tmp_path: Path, command: tuple[str, ...]
) -> None:
    place = tmp_path / "mistyped"
    answer = luthier(*command, "--json", "--data-dir", str(place))
    code, document = WITHOUT_A_LOG[command]
    assert answer.code == code
    assert (answer.json() if answer.out else None) == document
    assert f"There is no log in {place}" in answer.err
    assert not place.exists()


def test_a_mistyped_place_has_the_starter_setup_and_is_told(
    luthier: Luthier, tmp_path: Path
) -> None:
    place = tmp_path / "mistyped"
    answer = luthier("setups", "list", "--json", "--data-dir", str(place))
    assert [item["state"] for item in answer.json()["items"]] == ["shipped"]
    assert f"There is no log in {place}" in answer.err
    assert not place.exists()


@pytest.mark.parametrize("place", ["file", "file/inside"])
@pytest.mark.parametrize("command", [*WITHOUT_A_LOG, ("setups", "list")], ids=" ".join)
def test_where_a_file_stands_in_the_way_there_can_be_no_log(
    luthier: Luthier, tmp_path: Path, place: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("no folder")
    answer = luthier(*command, "--json", "--data-dir", str(tmp_path / place))
    said = f"luthier: There is no log in {tmp_path / place}; check the folder's name.\n"
    assert (answer.code, answer.out, answer.err) == (7, "", said)
    assert (tmp_path / "file").read_text() == "no folder"
