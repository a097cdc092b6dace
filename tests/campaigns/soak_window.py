"""The window of a soak: ``python -m tests.campaigns.soak_window FOLDER SECONDS LEAK_BYTES``."""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from luthier_desktop import paths
from luthier_desktop.ui import style
from luthier_desktop.ui.widgets.progress import Progress
from tests.ui import desk as desks
from tests.ui.desk import Desk, dialog, make_active, press, wait_until
from tests.ui.exporting.export_steps import choose, export_dialog, place

EDITS = ("Alt+Up", "Alt+Down", "Ctrl+D", "Ctrl+Z", "Ctrl+Y", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
LOOKS = ("G, G", "J", "J", "K", "Shift+G", "Ctrl+U", "Ctrl+D", "]", "[", "G, G")
WORDS = ("red", "green", "herringbone", "no such word", "tool:laser")
FILES = (("svg", ".svg"), ("dxf", ".dxf"), ("bom", ".csv"))
MOSAIC = str(paths.resource("presets/knot_mosaic.json"))
DIALOGS = (
    ("new_design", "newDesignDialog"), ("key_sheet", "keySheet"), ("save_snapshot",
    "saveSnapshotDialog"), ("print_sheet", "printDialog"), ("sweep_field", "sweepDialog"),
    ("workshop_library", "workshopLibrary"), ("show_backups", "backupsWindow"),
    ("manage_operators", "operatorsWindow"), ("export_log", "exportDialog"),
    ("command_palette", "commandPalette"), ("add_photo", "photoDialog"),
)  # fmt: skip
VERIFY_EVERY = 10
_FORESEEN = "This plugin does not support"
PATIENCE_MS = 120_000
"""Beside other work on the same machine a file takes longer than the tests allow."""


class Worker:
    """Does a round of a working day after the other, and keeps the time of each deed."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder)
        self.files = folder / "files"
        self.files.mkdir()
        self.runs: list[str] = []
        self.slowest: dict[str, float] = {}
        self.deeds = self.count = 0
        self.chance = random.Random(1)
        self.desk.workbench.recorded.connect(self._recorded)

    def round(self, at: int) -> None:
        """Do each kind of work once."""
        works = (self.edit, self.record, self.look, self.compare, self.filter, self.switch)
        for work in works:
            work()
        self.open_dialog(*DIALOGS[at % len(DIALOGS)])
        self.export(*FILES[at % len(FILES)])
        if at % VERIFY_EVERY == VERIFY_EVERY - 1:
            self.verify()
            self.share()

    def edit(self) -> None:
        """Change the rings, and take some of it back."""
        table = self.desk.focus("ringTable")
        self.desk.workbench.editor.document.select(
            self.desk.workbench.editor.design().ring_params[0].identity
        )
        for keys in EDITS:
            table.setFocus()
            self.key(keys)

    def record(self) -> None:
        """Record some checks, each of a design of its own."""
        for _ in range(3):
            self.desk.focus("ringTable")
            self.key(self.chance.choice(("Alt+Up", "Alt+Right")))
            self.key("F5")
        self.desk.focus("ringTable")
        for _ in range(3):
            self.key("Ctrl+Z")

    def look(self) -> None:
        """Go through the log and look at a run."""
        self._log()
        for keys in LOOKS:
            self.key(keys)
        self.key("Return")
        for _ in range(3):
            self._log()
            self.key("Alt+Right")
        self._log()
        self.key("Esc")
        self.desk.log.details.hide()

    def compare(self) -> None:
        """Compare a run with its neighbour."""
        self._log()
        self.desk.log.table.go_to(0)
        self.key("D")
        wait_until(partial(_is_shown, "compareWindow"))
        self._leave("compareWindow")

    def filter(self) -> None:
        """Filter the log by words, and show all again."""
        self._log()
        self.key("/")
        for letter in self.chance.choice(WORDS):
            self.timed("a letter", partial(QTest.keyClicks, _focus(), letter))
        self.desk.settle()
        self.desk.log.filter.clear()
        self.desk.settle()

    def switch(self) -> None:
        """Open another design beside the present one, go to and fro, and close it."""
        self.timed("open", partial(self.desk.workbench.files.open_file, MOSAIC))
        self.key("Ctrl+Tab")
        self.key("Ctrl+Shift+Tab")
        designs = self.desk.workbench.designs
        for design in designs.all()[1:]:
            designs.close(design)
        self.desk.settle()

    def open_dialog(self, command: str, name: str) -> None:
        """Open a dialog and leave it by Escape."""
        self.timed(command, partial(self.desk.press, command))
        wait_until(partial(_is_shown, name))
        self._leave(name)

    def export(self, format_id: str, suffix: str) -> None:
        """Write the design into a file by the Export dialog."""
        asked = export_dialog(self.desk)
        choose(asked, format_id, self.desk)
        self.count += 1
        path = self.files / f"{self.count % 20}{suffix}"
        path.unlink(missing_ok=True)
        place(asked, self.desk, path)
        wait_until(path.is_file)
        self.desk.settle()
        for one in QApplication.topLevelWidgets():
            if one.objectName() == "exportFileDialog":
                one.close()
        self.desk.settle()

    def share(self) -> None:
        """Keep the design and write its share file."""
        studio, design = self.desk.workbench.studio, self.desk.workbench.editor.design()
        from luthier_desktop.domain.snapshot import SnapshotDetails

        self.count += 1
        kept = studio.snapshots.save(design, SnapshotDetails(name=f"Soak {self.count}"))
        studio.sharing.export(kept.snapshot_id, self.files / f"{self.count}.rosette")
        self.desk.workbench.library.refresh()
        self.desk.settle()

    def verify(self) -> None:
        """Verify the log and wait for what it says."""
        self.desk.press("verify_log")
        wait_until(lambda: not self.desk.window.statusBar().findChildren(Progress))
        self.desk.settle()

    def key(self, keys: str) -> None:
        """Press keys and wait until nothing is under way."""
        self.timed(keys, partial(press, keys))
        self.desk.settle()

    def timed(self, name: str, deed: Callable[[], Any]) -> None:
        """Do something and keep its time if it was the slowest of its kind."""
        began = time.perf_counter()
        deed()
        took_ms = 1000 * (time.perf_counter() - began)
        self.slowest[name] = max(took_ms, self.slowest.get(name, 0.0))
        self.deeds += 1

    def _log(self) -> None:
        self.desk.window.dock("log").raise_()
        self.desk.focus("runLogTable")

    def _leave(self, name: str) -> None:
        shown = dialog(name)
        make_active(shown)
        self.timed(f"Esc in {name}", partial(QTest.keyClick, shown.focusWidget() or shown, _ESC))
        wait_until(lambda: _is_gone(shown))
        make_active(self.desk.window)

    def _recorded(self, checked: Any) -> None:
        self.runs.append(checked.run_id)


_ESC = Qt.Key.Key_Escape


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _is_shown(name: str) -> bool:
    return any(
        one.objectName() == name for one in QApplication.topLevelWidgets() if one.isVisible()
    )


def _is_gone(shown: QWidget) -> bool:
    """Tell whether a window was closed; one that deletes itself is gone for good."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return not isValid(shown) or not shown.isVisible()


def memory_mb() -> float:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Work until the time has gone, and print what was done and measured."""
    folder, seconds, leak_bytes = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    said: list[str] = []

    def hear(kind: QtMsgType, _: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(_FORESEEN):
            said.append(text)
            print(text, file=sys.stderr)

    qInstallMessageHandler(hear)

    def hear_trouble(kind: type[BaseException], trouble: BaseException, trace: Any) -> None:
        said.append(repr(trouble))
        traceback.print_exception(kind, trouble, trace)

    sys.excepthook = hear_trouble
    application = QApplication([])
    style.apply(application, style.LIGHT)
    desks.PATIENCE_MS = PATIENCE_MS
    worker = Worker(folder)
    began = time.monotonic()
    samples: list[tuple[float, float]] = []
    widgets: list[int] = []
    leaked: list[bytes] = []
    for at in itertools.count():
        worker.round(at)
        leaked.append(os.urandom(leak_bytes))
        samples.append((time.monotonic() - began, memory_mb()))
        widgets.append(len(QApplication.allWidgets()))
        if samples[-1][0] > seconds:
            break
    qInstallMessageHandler(None)
    told = {
        "runs": worker.runs, "rounds": len(samples), "deeds": worker.deeds, "samples": samples,
        "slowest": worker.slowest, "files": worker.count, "said": said,
        "widgets": (widgets[len(DIALOGS) % len(widgets)], widgets[-1]),
    }  # fmt: skip
    worker.desk.close()
    print(json.dumps(told))


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # threads of the window would keep a process that cannot go on
