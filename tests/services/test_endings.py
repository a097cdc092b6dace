"""A run that ends badly leaves its trace for the next start; a clean one leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.services.endings import Ending

ENDS = """
import faulthandler, os, sys
from pathlib import Path
from luthier_desktop.services.endings import Ending
ending = Ending(Path(sys.argv[1]))
print(bool(ending.watch()), flush=True)
if sys.argv[2] == "badly":
    faulthandler._sigabrt()
if sys.argv[2] == "cleanly":
    ending.was_clean()
os._exit(0)
"""
GONE = 2**22 + 1
"""Beyond the largest number that a process here can have."""


def run(state: Path, how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ENDS, str(state), how], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def left(state: Path) -> list[Path]:
    return sorted((state / "endings").iterdir())


def test_a_run_that_ended_badly_is_told_once(tmp_path: Path) -> None:
    assert run(tmp_path, "badly") == "False"
    assert len(left(tmp_path)) == 1
    trace = Ending(tmp_path).watch()
    assert trace.startswith("Fatal Python error: Aborted")
    assert Ending(tmp_path).watch() == ""


@pytest.mark.parametrize(("how", "files"), [("cleanly", 0), ("killed", 1)])
def test_a_run_that_ended_otherwise_is_not_told(tmp_path: Path, how: str, files: int) -> None:
    assert run(tmp_path, how) == "False"
    assert len(left(tmp_path)) == files
    assert Ending(tmp_path).watch() == ""
    assert left(tmp_path) == []


def test_the_file_of_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "endings"
    folder.mkdir()
    for name in ("1.txt", "strange.txt"):
        (folder / name).write_text("trace", encoding="utf-8")
    (folder / f"{GONE}.txt").write_text("over", encoding="utf-8")
    assert Ending(tmp_path).watch() == "over"
    assert [path.name for path in left(tmp_path)] == ["1.txt", "strange.txt"]


def test_without_a_place_nothing_is_watched(tmp_path: Path) -> None:
    (tmp_path / "endings").write_bytes(b"")
    ending = Ending(tmp_path)
    assert ending.watch() == ""
    ending.was_clean()
