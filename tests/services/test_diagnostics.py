"""What is copied for help: where things lie and how they are, and nobody's designs."""

from __future__ import annotations

import logging
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from luthier_desktop import logs, paths
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.diagnostics import LOG_LINES, told
from luthier_desktop.services.studio import open_studio

SECRET = "Blue heron 7"
HEAD = "2026-11-23 04:00:00,123 77 ERROR luthier_desktop.app: "


def test_no_design_and_no_name_of_one_is_told(tmp_path: Path) -> None:
    with open_studio(tmp_path / "data") as studio:
        design = studio.presets.first().model_copy(update={"name": SECRET})
        studio.feasibility.check(design)
        studio.snapshots.save(design, SnapshotDetails(name=SECRET, notes=SECRET, tags=(SECRET,)))
        studio.recent_files.note(tmp_path / f"{SECRET}.rosette")
        logger = logging.getLogger("luthier_desktop.app")
        with logs.logging_to(paths.state_dir(), "window"):
            logger.info("Opened: %s", SECRET)
            try:
                raise ValueError(f"design\n{SECRET}: no\n  name {SECRET}\n    {SECRET}")
            except ValueError:
                logger.critical("A bug", exc_info=True)
        found = studio.diagnostics()
    assert found["ok"]
    assert found["events"] == 3
    assert found["data_dir"] == str(tmp_path / "data")
    assert found["parts"]["pydantic"]
    lines = found["log"]
    assert [line.partition("app: ")[2] for line in lines if "app: " in line] == ["Opened", "A bug"]
    assert lines[-1] == "window.log:   ValueError"
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (HEAD + "No backup at the end: “Heron” is full", HEAD + "No backup at the end"),
        (HEAD + "A bug", HEAD + "A bug"),
        (
            '  File "/home/ann/luthier_desktop/ui/panes.py", line 7, in step',
            "  luthier_desktop/ui/panes.py, line 7, in step",
        ),
        (r'  File "C:\Users\ann\lib\enum.py", line 7, in f', "  enum.py, line 7, in f"),
        ("storage.errors.InputRefused: Heron", "  storage.errors.InputRefused"),
        ("    raise ValueError(name)", ""),
        ("Heron", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_of_a_line_only_what_our_code_wrote_is_told(line: str, expected: str) -> None:
    assert told(line) == expected


def test_only_the_last_lines_are_told(tmp_path: Path) -> None:
    with logs.logging_to(paths.state_dir(), "window"):
        for number in range(LOG_LINES + 5):
            logging.getLogger("luthier_desktop").info("line %s", number)
    with open_studio(tmp_path / "data") as studio:
        lines = studio.diagnostics()["log"]
    assert len(lines) == LOG_LINES
    assert lines[-1].endswith(f"line {LOG_LINES + 4}")


def test_the_versions_are_told_by_a_program_that_was_started_as_swiftly_as_the_window() -> None:
    code = (
        "from luthier_desktop.swift_imports import swift_imports\n"
        "with swift_imports():\n"
        "    from luthier_desktop.services import diagnostics\n"
        "print(diagnostics._version('pydantic'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version("pydantic")
