"""The same design is the same bytes: in another process, time zone, language and folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.studio import open_studio
from tests.exports.every_kind import designs, exported, hashes, options_of
from tests.services.builders import FakeClock

CARRYING = ("svg", "png", "pdf")
"""These hold the share file of a snapshot, whose witness is the newest checkpoint."""
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4711",
    "PYTHONUTF8": "0",
    "SOURCE_DATE_EPOCH": "1",
    "COLUMNS": "20",
}


def test_two_processes_write_the_same_bytes(tmp_path: Path, monkeypatch: object) -> None:
    here = hashes(tmp_path / "here")
    home = tmp_path / "élsewhere"
    home.mkdir()
    environment = {
        **ELSEWHERE,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.exports.every_kind", str(tmp_path / "there")],
        cwd=home,
        env=environment,
        capture_output=True,
        check=True,
    )
    there = json.loads(done.stdout)
    assert there == here
    assert {key.split()[1] for key in here} == set(KINDS)
    assert len(set(here.values())) == len(here)


def test_a_snapshot_is_the_same_whatever_was_recorded_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    told = []
    with open_studio(tmp_path / "data", clock=FakeClock()) as studio:
        saved = studio.snapshots.save(designs()[0], SnapshotDetails(name="Kept"))
    for _ in range(2):
        with open_studio(tmp_path / "data") as studio:
            files = [
                made
                for made in exported(studio, saved.snapshot_id, tmp_path)
                if made.kind not in CARRYING
            ]
            pages = studio.exporting.sheets(saved.snapshot_id, options_of("pdf"))
            told.append((files, pages))
            studio.feasibility.check(designs()[1])
    assert told[0] == told[1]
    words = str(told[0][1])
    assert saved.run_id in words
    assert studio.trust.letters_of(saved.run_id).letters in words
