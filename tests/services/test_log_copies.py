"""Runs as text: each form for the clipboard, the list as a file, and what a name may hold."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.domain.command_text import command_line, list_command
from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound, StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.exports.log_table import markdown_cell
from luthier_desktop.services.bundles import ExportStopped
from luthier_desktop.services.run_copies import (
    MOST_CHARACTERS,
    MOST_RUNS,
    CopiedPart,
    CopyForm,
    CopyText,
)
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.os_calls import OsCalls
from tests.services.builders import design

HOSTILE = "=cmd|'/c calc'!A1\n| \"b\" <img src=file:/x> \u202e[a](http://b.c) `d` $(x) \\"
COMMAND = "import sys; from luthier_desktop.cli import main; sys.exit(main())"
SEQS = (2, 3)
"""The runs; the session that recorded them is number 1."""


@pytest.fixture
def hostile(studio: Studio) -> Studio:
    """A log of two runs: a plain one, and above it one whose name is made to hurt."""
    studio.feasibility.check(design())
    studio.feasibility.check(design(name=HOSTILE))
    return studio


def copied(studio: Studio, form: CopyForm, count: int = 2) -> str:
    seqs = studio.runs.numbers(RunQuery())[:count]
    text = CopyText(form, len(seqs))
    text.add(studio.copies.part(form, seqs))
    return text.text()


def test_ids_hashes_and_paths_are_copied_one_a_line(hostile: Studio) -> None:
    ids = hostile.runs.ids(RunQuery())
    files = [hostile.runs.place_of(each) for each in ids]
    assert copied(hostile, "id") == "\n".join(ids)
    assert copied(hostile, "path") == "\n".join(map(str, files))
    assert copied(hostile, "sha256") == "\n".join(sha256_hex(f.read_bytes()) for f in files)
    assert copied(hostile, "id", 1) == ids[0]


def test_records_are_copied_as_they_are_stored_and_many_as_one_document(hostile: Studio) -> None:
    newest, oldest = (hostile.runs.get(each) for each in hostile.runs.ids(RunQuery()))
    assert copied(hostile, "json", 1) == newest.data.decode()
    both = copied(hostile, "json")
    assert json.loads(both) == [json.loads(newest.data), json.loads(oldest.data)]
    assert newest.data.decode() in both


def test_rows_of_a_table_hold_a_hostile_name_as_text(hostile: Studio) -> None:
    rows = list(csv.reader(io.StringIO(copied(hostile, "csv"), newline="")))
    assert len(rows) == 3
    assert rows[1][rows[0].index("design")] == f"'{HOSTILE}"
    assert [row[rows[0].index("number")] for row in rows[1:]] == ["3", "2"]
    lines = copied(hostile, "markdown").splitlines()
    assert len(lines) == 4
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1
    assert "⟨U+000A⟩" in lines[2]
    assert "⟨U+202E⟩" in lines[2]
    unescaped = re.sub(r"\\.", "", lines[2])
    for live in ("<", ">", "]", "[", "http:", "`", "\u202e"):
        assert live not in unescaped


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("owner", "owner"),
        ("run_20260122_4g7k", "run_20260122_4g7k"),
        ("a|b", "a\\|b"),
        ("www.evil.org", "www&#46;evil.org"),
        ("a@b.c", "a&#64;b.c"),
        ("&lt;", "&amp;lt;"),
        (-1.5, "-1.5"),
        (None, ""),
    ],
)
def test_a_cell_of_markdown_is_read_as_text(text: str | float | None, cell: str) -> None:
    assert markdown_cell(text) == cell


def test_a_damaged_or_purged_record_is_left_out_and_counted(hostile: Studio) -> None:
    newest, oldest = hostile.runs.ids(RunQuery())
    file = hostile.runs.place_of(newest)
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"GREEN", b"BLACK"))
    hostile.hiding.purge(oldest, "asked for")
    assert hostile.copies.part("json", SEQS) == ((), 2)
    assert hostile.copies.part("id", SEQS) == ((oldest, newest), 0)
    assert '"true"' in copied(hostile, "csv")


def test_more_than_a_clipboard_can_hold_is_refused_whole() -> None:
    with pytest.raises(InputRefused, match="100,001 runs are too many to copy"):
        CopyText("id", MOST_RUNS + 1)
    text = CopyText("json", 2)
    text.add(CopiedPart(("x" * MOST_CHARACTERS,)))
    with pytest.raises(InputRefused, match="Nothing was copied"):
        text.add(CopiedPart(("x",)))


def test_a_copied_command_does_in_a_shell_what_the_view_shows(hostile: Studio) -> None:
    query = RunQuery(
        risk=("RED", "YELLOW"),
        tool=("--help", "1/8\" 'up'"),
        text=HOSTILE,
        sort="score",
        since="2026-11-16Z",
        hidden=True,
    )
    line = list_command(query, "/data $HOME")
    assert "\n" not in line
    assert "\u202e" not in line
    said = subprocess.run(
        ["bash", "-c", f"luthier() {{ printf '%s\\0' \"$@\"; }}; {line}"],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert said.stdout.decode().split("\0")[:-1] == [
        "logs",
        "recent",
        "--tool=--help",
        "--tool",
        "1/8\" 'up'",
        "--risk",
        "red",
        "--risk",
        "yellow",
        "--text",
        HOSTILE,
        "--since",
        "2026-11-16Z",
        "--hidden",
        "--sort",
        "score",
        "--limit",
        "1000",
        "--data-dir",
        "/data $HOME",
    ]
    assert hostile.copies.command_of(query).startswith("luthier logs recent --tool=--help")


def test_a_copied_command_shows_or_reproduces_a_run(hostile: Studio) -> None:
    newest = hostile.runs.ids(RunQuery())[0]
    place = shlex.quote(str(hostile.data_dir))
    assert copied(hostile, "show_command", 1) == f"luthier logs show {newest} --data-dir {place}"
    assert copied(hostile, "reproduce_command", 1).startswith(f"luthier logs reproduce {newest}")


def test_a_command_for_windows_doubles_its_quotes() -> None:
    assert command_line(["a", "it's", 'a "b"', "$x"], "windows") == "a 'it''s' 'a \\\"b\\\"' '$x'"


def exported(studio: Studio, target: Path, form: str = "csv", **asked: object) -> bytes:
    studio.log_tables.export(target, form, RunQuery(**asked))  # type: ignore[arg-type]
    return target.read_bytes()


def test_the_list_is_written_as_csv_and_recorded(hostile: Studio, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    told: list[tuple[int, int]] = []
    done = hostile.log_tables.export(
        target, "csv", RunQuery(), lambda at, total: told.append((at, total))
    )
    assert told == [(2, 2)]
    data = target.read_bytes()
    assert (done.runs, done.damaged, done.size_bytes) == (2, 0, len(data))
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    newest = hostile.runs.get(rows[0]["run_id"])
    assert rows[0]["record_sha256"] == sha256_hex(newest.data)
    assert float(rows[0]["score"]) == newest.artifact.decision.score
    assert rows[0]["design"] == f"'{HOSTILE}"
    record = hostile.runs.get(str(done.run_id)).artifact
    assert (record.event_type, record.status) == ("export.written", "OK")
    assert record.outputs["list"] == {
        "name": "list.csv",
        "format": "csv",
        "sha256": sha256_hex(data),
        "bytes": len(data),
        "runs": 2,
    }


def test_the_list_is_written_as_json_in_the_order_asked_for(
    hostile: Studio, tmp_path: Path
) -> None:
    data = exported(hostile, tmp_path / "list.json", "json", reverse=True)
    document = json.loads(data)
    assert (document["schema"], len(document["runs"])) == ("luthier.log/1", 2)
    assert [run["design_name"] for run in document["runs"]] == ["Three rings", HOSTILE]
    assert len(data.splitlines()) == 4


def test_the_same_runs_make_the_same_bytes_in_any_process_zone_and_language(
    hostile: Studio, data_dir: Path, tmp_path: Path
) -> None:
    for form in ("csv", "json"):
        here = exported(hostile, tmp_path / f"here.{form}", form, event=("feasibility.checked",))
        there = tmp_path / f"there.{form}"
        hostile.close()
        environ = {**os.environ, "TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"}
        subprocess.run(
            [
                *(sys.executable, "-c", COMMAND, "logs", "export", "--out", there),
                *("--event", "feasibility.checked", "--data-dir", data_dir),
            ],
            env=environ,
            check=True,
            capture_output=True,
        )
        assert there.read_bytes() == here


def test_a_damaged_record_is_in_the_list_as_damaged(hostile: Studio, tmp_path: Path) -> None:
    file = hostile.runs.place_of(hostile.runs.ids(RunQuery())[0])
    file.chmod(0o644)
    file.write_bytes(b"{}")
    done = hostile.log_tables.export(tmp_path / "list.json", "json", RunQuery())
    document = json.loads((tmp_path / "list.json").read_bytes())
    assert (done.damaged, [run["damaged"] for run in document["runs"]]) == (1, [True, False])


def test_what_cannot_be_written_leaves_nothing(hostile: Studio, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    with pytest.raises(NotFound, match="No run fits"):
        exported(hostile, target, tool=("none",))
    with pytest.raises(NotFound):
        hostile.log_tables.export(target, "csv", ["run_20260122_0000000000000000"])
    with pytest.raises(InputRefused, match="in the log itself"):
        exported(hostile, hostile.data_dir / "list.csv")
    with pytest.raises(InputRefused, match="More than 10,000 ids"):
        hostile.log_tables.export(target, "csv", ["run_x"] * 10_001)
    with pytest.raises(ExportStopped):
        hostile.log_tables.export(target, "csv", RunQuery(), cancelled=lambda: True)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    target.write_bytes(b"mine")
    with pytest.raises(Conflict):
        exported(hostile, target)
    assert target.read_bytes() == b"mine"


class FullOutside(OsCalls):
    """Refuses every byte of a file that is being exported."""

    def __init__(self) -> None:
        self.outside: set[int] = set()

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        descriptor = super().open(path, flags, mode)
        (self.outside.add if path.suffix == ".part" else self.outside.discard)(descriptor)
        return descriptor

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        if descriptor in self.outside:
            raise OSError(28, "No space left on device")
        return super().write(descriptor, data)


def test_a_full_disk_is_told_recorded_and_leaves_nothing(studio: Studio, tmp_path: Path) -> None:
    studio.feasibility.check(design())
    store = studio.store()
    store.calls = FullOutside()
    with pytest.raises(StorageFailed, match="is full"):
        exported(studio, tmp_path / "list.csv")
    (run,) = studio.runs.find(RunQuery(event=("export.written",))).entries
    assert run.status == "ERROR"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
