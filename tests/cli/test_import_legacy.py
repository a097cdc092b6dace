"""``luthier import-legacy``: what the web ToolBox left, kept as it was found and never trusted."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage import legacy_folder
from luthier_desktop.storage.os_calls import OsCalls
from tests import legacy_files as files
from tests.cli.conftest import Answer, Luthier

ZEROS = "0" * 64


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    files.write_sound(folder)
    return folder


def imported(luthier: Luthier, folder: Path) -> tuple[int, dict[str, Any]]:
    answer = luthier("import-legacy", folder, "--json")
    return answer.code, answer.json()


def stored(luthier: Luthier, run_id: str) -> dict[str, Any]:
    document: dict[str, Any] = luthier("logs", "show", run_id, "--json").json()
    return document


def faults(luthier: Luthier, folder: Path, kind: str = "runs") -> list[str]:
    return [fault for one in imported(luthier, folder)[1][kind] for fault in one["faults"]]


def refused(answer: Answer, code: int, words: str) -> bool:
    return (answer.code, words in answer.err) == (code, True)


def test_each_sound_record_becomes_one_run_that_keeps_its_bytes(
    luthier: Luthier, web: Path
) -> None:
    code, told = imported(luthier, web)
    (run,), (backup,) = told["runs"], told["backups"]
    assert (code, told["added"], told["cancelled"]) == (0, 3, False)
    assert (run["legacy_id"], run["faults"]) == ("run_1", [])
    assert [one["path"] for one in told["skipped"]] == [
        "runs/rmos/_attachment_recent.json",
        "runs/rmos/_index.json",
    ]
    record = stored(luthier, run["run_id"])
    assert (record["event_type"], record["meta"]["source"]) == ("legacy.imported", "legacy")
    assert (record["mode"], record["tool_id"], record["status"]) == (
        "saw",
        "saw_blade_10",
        "BLOCKED",
    )
    assert (record["decision"]["risk_level"], record["decision"]["score"]) == ("RED", 31)
    found = (web / f"runs/rmos/{files.DAY}/run_1.json").read_bytes()
    legacy = record["outputs"]["legacy"]
    assert legacy["text"].encode() == found
    assert legacy["sha256"] == hashlib.sha256(found).hexdigest()
    assert legacy["created_at_utc"] == "2025-12-20T08:00:00Z"
    assert record["created_at_utc"] > "2026"
    assert record["request"]["design"]["ring_params"][0]["pattern_type"] == "BARBER_POLE"
    assert backup["holds"] == [
        "the names of 2 post-processors: grbl, mach4",
        "the machine 'Router' with 2 tools",
    ]
    assert "the text of its post-processors: only their names were written" in backup["lacks"]
    assert luthier("logs", "verify", "--deep").code == 0


def test_the_old_id_is_found_and_the_source_is_legacy(luthier: Luthier, web: Path) -> None:
    files.write_run(web, "run_8778f742f527b5c295e8c93e15a0a8ae")
    imported(luthier, web)
    for text in ("run_8778f742f527b5c295e8c93e15a0a8ae", "f527b5c295", "snap_1"):
        page = luthier("logs", "recent", "--text", text, "--source", "legacy", "--json").json()
        assert len(page["entries"]) == 1
    rest = luthier("logs", "show", page["entries"][0]["run_id"])
    assert "old record  snapshot snap_1" in rest.out


def test_a_legacy_snapshot_is_in_the_library_and_its_verdict_is_not(
    luthier: Luthier, web: Path
) -> None:
    told = imported(luthier, web)[1]
    snapshot_id = told["snapshots"][0]["snapshot_id"]
    shown = luthier("snapshots", "show", snapshot_id, "--json").json()
    assert (shown["name"], shown["tags"], shown["verdict"]) == ("Ukulele", ["shop"], "UNKNOWN")
    assert shown["origin"]["snapshot_id"] == "snap_1"
    assert shown["run_id"] == told["snapshots"][0]["run_id"]
    assert shown["design"]["outer_diameter_mm"] == 100
    record = stored(luthier, shown["run_id"])
    assert record["decision"]["details"]["found_risk_level"] == "GREEN"
    (item,) = luthier("snapshots", "list", "--json").json()["items"]
    assert item["snapshot_id"] == snapshot_id


def test_the_same_bytes_again_add_nothing_and_one_more_adds_one(
    luthier: Luthier, web: Path
) -> None:
    first = imported(luthier, web)[1]
    again = imported(luthier, web)[1]
    assert (again["added"], again["runs"][0]["added"]) == (0, False)
    assert again["runs"][0]["run_id"] == first["runs"][0]["run_id"]
    files.write_run(web, "run_2", tool_id="saw_blade_12")
    assert imported(luthier, web)[1]["added"] == 1
    entries = luthier("logs", "recent", "--event", "legacy.imported", "--json").json()["entries"]
    assert len(entries) == 4


FAULTY_RUNS = {
    "64 zeros": ({"hashes": {"feasibility_sha256": ZEROS}}, "64 zeros, which is the hash of"),
    "no match": ({"hashes": {"feasibility_sha256": "ab" * 32}}, "does not match what stands in"),
    "no hash": ({"hashes": {"feasibility_sha256": None}}, "so its report is not proven"),
    "no sha": ({"hashes": {"feasibility_sha256": 7}}, "is 7, which is no hash"),
    "no design": ({"request_summary": {"keys": ["design"]}}, "It holds no design, so it can"),
    "bad design": ({"request_summary": {"design": {"outer_diameter_mm": -1}}}, "Its design: "),
    "free text": ({"decision": {"risk_level": "BANANA"}}, "is 'BANANA', which is none of"),
    "no risk": ({"decision": {}}, "decision.risk_level is missing; it counts as UNKNOWN"),
    "other risk": ({"decision": {"risk_level": "GREEN"}}, "Its report says RED, and its decision"),
    "score": ({"decision": {"risk_level": "RED", "score": 1e9}}, "no number from 0 to 100"),
    "status": ({"status": "FINE"}, "status is 'FINE', which is none of OK, BLOCKED and ERROR"),
    "red and OK": ({"status": "OK"}, "It is red and was not blocked"),
    "no mode": ({"mode": None}, "mode is missing"),
    "no tool": ({"tool_id": 3}, "tool_id is 3, which is no word"),
    "no report": ({"feasibility": None}, "there is no report that the verdict rests on"),
    "markup": ({"notes": "<img src=file:>"}, "notes holds markup, which is shown here as plain"),
    "wrong day": ({"created_at_utc": "2025-12-21T00:00:00Z"}, "lies in the folder 2025-12-20"),
    "no time": ({"created_at_utc": "yesterday"}, "is 'yesterday', which is no time"),
    "no zone": ({"created_at_utc": "2025-12-20T08:00:00"}, "names no time zone"),
    "other id": ({"run_id": "run_9"}, "but the file is named 'run_1'"),
    "bad id": ({"run_id": "../x"}, "is no id: only letters"),
    "no id": ({"run_id": None}, "run_id is missing; the file's name stands in for it"),
    "snapshot": ({"meta": {"workflow": "snapshot"}}, "snapshot_sha256 is missing"),
}


def test_each_fault_of_a_run_is_a_sentence_and_the_run_is_kept(
    luthier: Luthier, tmp_path: Path
) -> None:
    for number, (changes, _) in enumerate(FAULTY_RUNS.values()):
        web = tmp_path / f"web{number}"
        files.write_run(web, **changes)
    with open_studio(tmp_path / "data") as studio:
        for number, (name, (_, said)) in enumerate(FAULTY_RUNS.items()):
            (one,) = studio.legacy.import_folder(tmp_path / f"web{number}").brought
            assert any(said in fault for fault in one.faults), (name, one.faults)
        assert studio.runs.count(RunQuery(source=("legacy",))) == len(FAULTY_RUNS)
        page = studio.runs.find(RunQuery(risk=("UNKNOWN",)))
        assert len(page.entries) == 2
    answer = luthier("import-legacy", tmp_path / "web0")
    assert (answer.code, "  fault: hashes.feasibility_sha256 is 64 zeros" in answer.out) == (
        1,
        True,
    )


def test_the_found_risk_word_and_status_are_kept_in_the_details(
    luthier: Luthier, tmp_path: Path
) -> None:
    files.write_run(tmp_path / "web", decision={"risk_level": "BANANA"}, status="FINE")
    (one,) = imported(luthier, tmp_path / "web")[1]["runs"]
    record = stored(luthier, one["run_id"])
    details = record["decision"]["details"]
    assert (details["found_risk_level"], details["found_status"]) == ("BANANA", "FINE")
    assert (record["decision"]["risk_level"], record["status"]) == ("UNKNOWN", "ERROR")
    assert record["outputs"]["legacy"]["faults"] == one["faults"]


def test_faults_of_snapshots_and_backups_are_told(luthier: Luthier, tmp_path: Path) -> None:
    web = tmp_path / "web"
    notes = {"name": " ", "notes": "<b>scrape flush</b>", "tags": ["a", 7]}
    files.write_snapshot(web, design_fingerprint="deadbeefdeadbeef", baseline=True)
    files.write_snapshot(web, "snap_2", baseline=True, metadata=notes)
    files.write_snapshot(web, "snap_3", design=None, metadata=None)
    files.write(web, "cam/backups/cam_settings_1.json", files.backup(posts={"error": "torn"}))
    code, told = imported(luthier, web)
    one, two, three = (" ".join(each["faults"]) for each in told["snapshots"])
    assert code == 1
    assert "'deadbeefdeadbeef' does not match the design" in one
    assert f"whose fingerprint is {files.FINGERPRINT}" in one
    assert "2 snapshots call themselves the baseline" in one
    assert "2 snapshots call themselves the baseline" in two
    assert "notes holds markup" in two
    assert "metadata.tags were shortened" in two
    assert "its old id stands in for it" in two
    assert "It holds no design" in three
    assert told["snapshots"][2]["snapshot_id"] is None
    assert told["backups"][0]["faults"] == [
        "settings.posts holds the error 'torn' in place of the settings."
    ]
    items = luthier("snapshots", "list", "--json").json()["items"]
    assert [item["name"] for item in items] == ["snap_2", "Ukulele"]
    assert not any(item["baseline"] for item in items)


def test_what_is_no_record_is_left_out_with_a_reason_and_the_rest_comes_in(
    luthier: Luthier, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = f"runs/rmos/{files.DAY}"
    hostile = {
        "torn.json": (b'{"run_id": "torn', "the document ends in the middle"),
        "latin.json": (b'{"run_id": "\xe9"}', "this is not valid UTF-8"),
        "twice.json": (b'{"run_id": 1, "run_id": 2}', "stands twice in one object"),
        "deep.json": (b"[" * 100_000, "nested deeper than 32 levels"),
        "list.json": (b"[]", "it is no object with named members"),
        "large.json": (b" " * (2 * 2**20 + 1), "at most 2,097,152 bytes are read"),
        "ours.json": (b'{"schema": "luthier.run/1"}', "it was made by this program"),
        "notes.txt": (b"x", "no JSON file, so no record"),
    }
    for name, (data, _) in hostile.items():
        files.write(web, f"{day}/{name}", data)
    (web / day / "link.json").symlink_to(web / day / "run_1.json")
    (web / "art_studio/snapshots/away").symlink_to("/etc")
    os.mkfifo(web / day / "pipe.json")
    files.write(web, "cam/other/x", b"")
    files.write(web, "logs/x", b"")
    code, told = imported(luthier, web)
    reasons = {one["path"]: one["reason"] for one in told["skipped"]}
    assert (code, told["added"]) == (1, 3)
    for name, (_, said) in hostile.items():
        assert said in reasons[f"{day}/{name}"]
    assert reasons[f"{day}/link.json"] == "a link, which is not followed"
    assert reasons["art_studio/snapshots/away"] == "a link, which is not followed"
    assert "no regular file" in reasons[f"{day}/pipe.json"]
    assert {"cam/other", "logs"} <= set(reasons)
    monkeypatch.setattr(legacy_folder, "MOST_FILES", 5)
    assert refused(luthier("import-legacy", web), 3, "more than 5 files; import it in parts")


def test_a_folder_that_is_no_data_directory_is_refused_and_makes_no_log(
    luthier: Luthier, tmp_path: Path, data_dir: Path, web: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(luthier("import-legacy", tmp_path / "none"), 4, "There is no folder")
    assert refused(luthier("import-legacy", tmp_path / "empty"), 3, "is no data directory")
    assert refused(luthier("import-legacy", __file__), 3, "cannot be read as a folder")
    assert not data_dir.exists()
    luthier("import-legacy", web)
    assert refused(luthier("import-legacy", data_dir), 3, "is a log of this program")


def test_two_records_of_one_id_are_both_kept_and_the_same_bytes_are_one(
    luthier: Luthier, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    files.write_run(web)
    files.write_run(web, day="2025-12-21", tool_id="other")
    files.write_run(web, day="2025-12-22")
    told = imported(luthier, web)[1]
    one, other, same = told["runs"]
    assert (told["added"], same["run_id"]) == (2, one["run_id"])
    assert any("It differs from the record of the same id" in fault for fault in other["faults"])
    assert any("The same bytes stand in runs/rmos/2025-12-20" in each for each in same["faults"])


class Killed(BaseException):
    """The program ends here, whatever it does."""


class Dying(OsCalls):
    """Makes *links* links and is then gone."""

    def __init__(self, links: int) -> None:
        self.left = links

    def link(self, source: Path, target: Path) -> None:
        if not self.left:
            raise Killed
        super().link(source, target)
        self.left -= 1
        if not self.left:
            raise Killed


def kept(studio: Studio) -> list[str]:
    found = studio.runs.find(RunQuery(source=("legacy",))).entries
    texts = [studio.runs.get(one.run_id).artifact.outputs["legacy"]["id"] for one in found]
    return sorted(texts)


def test_an_import_that_was_killed_is_completed_without_doubles(tmp_path: Path, web: Path) -> None:
    ended = False
    links = 0
    while not ended:
        links += 1
        data_dir = tmp_path / f"data{links}"
        dying = open_studio(data_dir)
        dying._calls = Dying(links)
        try:
            dying.legacy.import_folder(web)
            ended = True
        except Killed:
            pass
        with open_studio(data_dir) as studio:
            studio.legacy.import_folder(web)
            assert kept(studio) == ["cam_settings_20251220_100000", "run_1", "snap_1"]
            damage = [
                one.code for one in studio.runs.verify("full").findings if one.code != "tmp_left"
            ]
            assert set(damage) <= {"snapshot_orphan"}
    assert links > 9  # the store itself, then file and event of each, and a snapshot


def test_cancel_keeps_what_was_brought_in_and_progress_is_told(web: Path, data_dir: Path) -> None:
    steps: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        steps.append((done, total))

    with open_studio(data_dir) as studio:
        done = studio.legacy.import_folder(web, step, lambda: len(steps) == 1)
        assert (done.cancelled, len(done.brought), steps) == (True, 1, [(1, 3)])
        assert len(studio.legacy.import_folder(web).brought) == 3


def test_names_that_hide_and_other_languages_come_through(
    luthier: Luthier, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    name = "essai n°3 «palissandre» \u202egnp 𝄞"
    data = json.dumps(files.snapshot(metadata={"name": name}), ensure_ascii=False).encode()
    files.write(web, "art_studio/snapshots/snap_1.json", data)
    answer = luthier("import-legacy", web, "--json")
    (one,) = answer.json()["snapshots"]
    assert one["faults"] == []
    assert stored(luthier, one["run_id"])["outputs"]["legacy"]["text"].encode() == data
    shown = luthier("snapshots", "show", one["snapshot_id"]).out
    assert ("\u202e" in shown, "⟨U+202E⟩" in shown) == (False, True)
