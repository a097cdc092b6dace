"""The program's start and end: a light first paint, a headless errand, an orderly end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtGui import QImage

from luthier_desktop import app, paths
from luthier_desktop.app import Options

HEAVY = ("pydantic", "sqlite3", "rfc8785", "filelock", "click", "luthier_desktop.services",
         "luthier_desktop.storage", "luthier_desktop.ui.workbench",
         "luthier_desktop.ui.design_editor", "PySide6.QtSvg", "json")
FIRST_PAINT = """
import sys
from luthier_desktop import app
program = []
start = app.Program.start
def watched(self):
    self.window.painted.disconnect()
    self.window.painted.connect(seen)
    program.append(self)
    start(self)
def seen():
    print(" ".join(sorted(sys.modules)))
    program[0].window.close()
app.Program.start = watched
sys.exit(app.main([]))
"""
FIRST_DESIGN = """
import sys
from luthier_desktop import app
def seen(self):
    assert self._first.has_design
    print(" ".join(sorted(sys.modules)))
    self.window.close()
app.Program._open_workbench = seen
sys.exit(app.main([]))
"""
NOT_YET = ("sqlite3", "filelock", "luthier_desktop.storage.store", "luthier_desktop.domain.run",
           "luthier_desktop.services.studio", "luthier_desktop.ui.run_log.run_log")
OPEN_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from luthier_desktop import app
furnish = app.Program._furnish
def and_quit(self):
    furnish(self)
    QTimer.singleShot(0, self.window, self.window.close)
app.Program._furnish = and_quit
sys.exit(app.main([]))
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with this test's own directories."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60,
        env=environment, cwd=Path(app.__file__).parents[1], check=False,
    )


def foreign_noise(text: str) -> list[str]:
    """Return the lines that are not the offscreen platform's own."""
    return [line for line in text.splitlines() if not line.startswith("This plugin does not")]


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    done = python("-c", FIRST_PAINT)
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "luthier_desktop.ui.main_window" in loaded
    assert [name for name in loaded if name in HEAVY] == []


def test_the_first_design_is_shown_before_anything_of_the_store_is_imported() -> None:
    done = python("-c", FIRST_DESIGN)
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "luthier_desktop.ui.workbench.first_look" in loaded
    assert [name for name in loaded if name in NOT_YET] == []


def test_the_window_opens_and_quits_without_a_word(tmp_path: Path) -> None:
    for _ in range(2):  # the second one finds what the first one left
        done = python("-c", OPEN_AND_QUIT)
        assert done.returncode == 0, done.stderr
        assert foreign_noise(done.stdout + done.stderr) == []


def test_headless_checks_a_starter_records_it_and_draws_the_window(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = python("-m", "luthier_desktop.app", "--headless", "--data-dir", str(data))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Design: ")
    assert lines[1].startswith("Setup: ")
    assert lines[2].startswith("Verdict: ✓ Green")
    assert len(lines) <= 16
    record = Path(next(line for line in lines if line.startswith("Record: "))[8:])
    run = json.loads(record.read_bytes())
    assert any(run["run_id"] in line for line in lines)
    picture = paths.cache_dir() / "window.png"
    assert f"Picture of the window: {picture}" in lines
    assert QImage(str(picture)).width() == app.PICTURE_SIZE[0]


def test_headless_without_a_place_to_record_fails_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    done = python("-m", "luthier_desktop.app", "--headless", "--data-dir", str(tmp_path / "data"))
    assert done.returncode == app.STORAGE_FAILED
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_headless_records_also_where_no_picture_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    data = tmp_path / "data"
    done = python("-m", "luthier_desktop.app", "--headless", "--data-dir", str(data))
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("The picture could not be written to ")
    assert len(done.stderr.splitlines()) == 1
    assert len(list((data / "runs").rglob("run_*.json"))) == 1


def test_only_the_offscreen_platforms_own_words_are_left_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = QMessageLogContext()
    noise = "This plugin does not support propagateSizeHints()"
    app.log_qt_message(QtMsgType.QtWarningMsg, place, noise)
    assert caplog.records == []
    app.log_qt_message(QtMsgType.QtWarningMsg, place, "QPainter::begin: 100 %s is no device")
    app.log_qt_message(QtMsgType.QtCriticalMsg, place, f"{noise}!")
    assert [(found.levelname, found.getMessage()) for found in caplog.records] == [
        ("WARNING", "QPainter::begin: 100 %s is no device"),
        ("ERROR", f"{noise}!"),
    ]
    caplog.clear()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], Options()),
        (["a.json"], Options(file="a.json")),
        (["--data-dir", "d", "a.json"], Options("d", "a.json")),
        (["--data-dir=d", "--headless"], Options("d", "", True)),
        (["--data-dir"], None),
        (["--data-dir="], None),
        (["--unknown"], None),
        (["a.json", "b.json"], None),
    ],
)
def test_the_command_line_is_read_or_refused(
    given: list[str], expected: Options | None
) -> None:
    assert app.read_options(given) == expected


def test_a_command_line_that_is_not_understood_ends_with_the_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert app.main(["--unknown"]) == app.USAGE_ERROR
    assert "usage:" in capsys.readouterr().err
    assert app.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Luthier Desktop ")


def test_without_a_display_the_program_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.main([]) == app.USAGE_ERROR
    assert "no display" in capsys.readouterr().err
