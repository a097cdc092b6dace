"""A real window over a real store, for tests that press, type and look."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTreeView, QWidget

from luthier_desktop import paths
from luthier_desktop.app import Options, Program
from luthier_desktop.domain.workshop import Channel
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.window_state import WindowState
from tests.ui.feasibility_panel.rows import told

PATIENCE_MS = 10_000
WINDOW_SIZE = (1366, 768)
SIMPLE_DESIGN = str(paths.resource("presets/dreadnought_three_ring.json"))
"""Quick to draw, for tests that do not look at the drawing."""


class Desk:
    """One shown, active window over a store in its own folder."""

    def __init__(self, folder: Path, file: str = SIMPLE_DESIGN) -> None:
        self.data_dir = folder / "data"
        self.state_file = folder / "config" / "window.json"
        self.program = Program(
            Options(data_dir=str(self.data_dir), file=file), WindowState(str(self.state_file))
        )
        self.window = self.program.window
        self.window.resize(*WINDOW_SIZE)
        self.program.start()
        wait_until(lambda: self.program.workbench is not None)
        make_active(self.window)
        workbench = self.program.workbench
        assert workbench is not None
        self.workbench = workbench
        self.log = workbench.log
        self.settle()

    def settle(self) -> None:
        """Let the worker and what follows from its results come to rest."""
        QCoreApplication.processEvents()
        wait_until(lambda: not self.program.background.is_busy())
        QCoreApplication.processEvents()
        wait_until(lambda: not self.program.background.is_busy())

    def press(self, id_: str) -> None:
        """Trigger a command and wait for what it does."""
        self.window.commands[id_].trigger()
        self.settle()

    def find(self, name: str) -> QWidget:
        """Return the widget with this objectName."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def focus(self, name: str) -> QWidget:
        """Give the widget with this objectName the focus."""
        widget = self.find(name)
        make_active(widget.window())
        widget.setFocus()
        wait_until(widget.hasFocus)
        return widget

    def close(self) -> None:
        """End the program as its user does, and delete the window."""
        self.window.may_close = None
        self.window.close()
        self.program.end()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


OpenDesk = Callable[..., Desk]


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the event loop until *is_so*."""
    waiting = QElapsedTimer()
    waiting.start()
    while not is_so():
        assert waiting.elapsed() < PATIENCE_MS, "it did not come to pass"
        QTest.qWait(2)


def make_active(window: QWidget) -> None:
    """Give a shown window the focus of the screen.

    The end of an earlier window may take it away once more, so it is asked for until it stays.
    """

    def is_active() -> bool:
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()

    wait_until(is_active)


def dialog(name: str) -> QWidget:
    """Return the visible window with this objectName."""
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == name and widget.isVisible():
            return widget
    raise AssertionError(f"no visible window {name}")


def close_dialog(name: str) -> None:
    """Close the visible window with this objectName."""
    found = dialog(name)
    found.close()
    wait_until(lambda: not found.isVisible())


def record_runs(data_dir: Path) -> list[str]:
    """Put a store of six runs there and return their ids, the newest first.

    They are recorded once in a session; every later store begins with the same files.
    """
    files, ids = _six_runs()
    for name, content in files:
        path = data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(ids)


@cache
def _six_runs() -> tuple[list[tuple[Path, bytes]], list[str]]:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        ids = record_afresh(root)
        found = [path for path in root.rglob("*") if path.is_file()]
        return [(path.relative_to(root), path.read_bytes()) for path in found], ids


def record_afresh(data_dir: Path) -> list[str]:
    """Record six runs and return their ids, the newest first; the list of runs is made as well."""
    with open_studio(data_dir) as studio:
        green = studio.presets.first()
        red = green.model_copy(update={"channel": Channel(depth_mm=9.0), "name": "Too deep"})
        designs = (green, red, green, green, red, green)
        ids = [studio.feasibility.check(design).run_id or "" for design in designs]
    return ids[::-1]


def press(keys: str) -> None:
    """Type *keys*, such as "G, G" or "Shift+F3", into the widget that has the focus."""
    for part in keys.split(", "):
        widget = QApplication.focusWidget()
        assert widget is not None
        if len(part) == 1 and not part.isalpha():
            QTest.keyClicks(widget, part)
            continue
        combination = QKeySequence(part)[0]
        QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def mark_of(desk: Desk, row: int) -> bool:
    """Return whether the run in this row of the log is marked."""
    model = desk.log.table.model()
    return str(model.index(row, 0).data()).startswith("●")


def begin_anew(desk: Desk) -> None:
    """Put the window back as it was: six runs at least, a starter, no filter, no marks."""
    make_active(desk.window)
    desk.window.dock("log").raise_()
    desk.log.details.hide()
    if desk.log.filter.is_active():
        desk.log.filter.clear()
    for row in range(desk.log.table.model().rowCount()):
        if mark_of(desk, row):
            desk.log.table.go_to(row)
            desk.press("mark_run")
    if is_as_opened(desk):
        editor = desk.workbench.editor
        editor.document.select(editor.design().ring_params[0].identity)
        editor.fit_all()
    else:
        open_alone(desk)
    QGuiApplication.clipboard().clear()
    desk.settle()


def is_as_opened(desk: Desk) -> bool:
    """Say whether the only design is the one from the file, with no edit to undo or redo."""
    current = desk.workbench.designs.current
    is_from_file = current.origin == SIMPLE_DESIGN and not current.undo_stack.count()
    return is_from_file and desk.workbench.designs.all() == [current]


def open_alone(desk: Desk) -> None:
    """Close every design and open the one from the file anew."""
    designs = desk.workbench.designs
    for design in designs.all():
        designs.close(design)
    desk.workbench.files.open_file(SIMPLE_DESIGN)


def label(desk: Desk, name: str) -> str:
    """Return what the label with this objectName says."""
    found = desk.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def first_level(tree: QWidget) -> list[str]:
    """Return the text of every row of the first level."""
    assert isinstance(tree, QTreeView)
    return told(tree.model())


def type_width(desk: Desk, ring: int, text: str) -> None:
    """Type a width into the ring table as a user does."""
    desk.workbench.editor.focus_field("width_mm", ring)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
