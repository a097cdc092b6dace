"""``luthier logs export`` of a list: CSV or JSON by the name's ending, or as asked for."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from luthier_desktop.domain.command_text import list_command
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.canonical import sha256_hex
from tests.cli.conftest import Luthier
from tests.services.builders import RED_MM, design

HOSTILE = '-x "it\'s" $HOME\n=1+1 \u202e'


@pytest.fixture
def run_ids(data_dir: Path) -> list[str]:
    with open_studio(data_dir) as studio:
        designs = (design(), design(name=HOSTILE, channel={"depth_mm": RED_MM}))
        return [str(studio.feasibility.check(each).run_id) for each in designs]


def test_a_filtered_list_is_written_as_csv_and_recorded(
    luthier: Luthier, run_ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "red.csv"
    answer = luthier("logs", "export", "--out", out, "--risk", "red", "--json")
    document = answer.json()
    data = out.read_bytes()
    assert answer.code == 0
    assert (document["path"], document["bytes"]) == (str(out), len(data))
    assert (document["runs"], document["damaged"]) == (1, 0)
    assert document["sha256"] == sha256_hex(data)
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["run_id"], row["verdict"]) == (run_ids[1], "RED")
    assert row["design"] == f"'{HOSTILE}"
    recorded = luthier("logs", "show", document["run_id"], "--json").json()
    assert recorded["outputs"]["list"]["sha256"] == document["sha256"]


def test_a_list_of_named_runs_is_written_as_json(
    luthier: Luthier, run_ids: list[str], tmp_path: Path
) -> None:
    answer = luthier("logs", "export", "--out", tmp_path / "LIST.JSON", *run_ids)
    assert answer.code == 0
    assert "2 runs, " in answer.out
    document = json.loads((tmp_path / "LIST.JSON").read_bytes())
    assert [run["run_id"] for run in document["runs"]] == run_ids[::-1]


def test_the_kind_of_export_can_be_named(
    luthier: Luthier, run_ids: list[str], tmp_path: Path
) -> None:
    assert luthier("logs", "export", "--out", tmp_path / "list", "--format", "csv").code == 0
    assert (tmp_path / "list").read_bytes().startswith("\ufeff".encode())
    folder = tmp_path / "folder.csv"
    assert luthier("logs", "export", "--out", folder, "--format", "bundle").code == 0
    assert (folder / "MANIFEST.json").is_file()
    assert "ends in .csv or .json" in luthier("logs", "export", "--help").out.replace("\n", " ")


def test_a_list_is_never_written_over_a_file_or_of_nothing(
    luthier: Luthier, run_ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "list.csv"
    out.write_bytes(b"mine")
    assert luthier("logs", "export", "--out", out).code == 5
    assert out.read_bytes() == b"mine"
    fresh = tmp_path / "new.csv"
    assert luthier("logs", "export", "--out", fresh, "--tool", "none").code == 4
    assert luthier("logs", "export", "--out", fresh, run_ids[0], "--tool", "x").code == 2
    assert not fresh.exists()


def test_a_list_with_a_damaged_record_says_so(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    (file,) = data_dir.glob(f"runs/rmos/*/{run_ids[0]}.json")
    file.chmod(0o644)
    file.write_bytes(b"{}")
    answer = luthier("logs", "export", "--out", tmp_path / "list.csv")
    assert answer.code == 1
    assert "DAMAGED: 1 run, marked in the list" in answer.out


def test_the_command_that_the_window_copies_lists_the_same_runs(
    luthier: Luthier, run_ids: list[str]
) -> None:
    query = RunQuery(risk=("RED",), operator=("-none", "owner"), text="it's", sort="score")
    answer = luthier(*shlex.split(list_command(query))[1:], "--json").json()
    assert [entry["run_id"] for entry in answer["entries"]] == [run_ids[1]]
