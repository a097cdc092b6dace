"""What hands do in the library window: keys into its fields, tables and menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from luthier_desktop.ui.library.entry import Entry
from luthier_desktop.ui.library.library_window import LibraryWindow
from tests.ui.desk import Desk, dialog, make_active, press, wait_until

Result = TypeVar("Result")
STARTER = "Starter workshop: small CNC router, 1/16 in downcut bit"


def opened(desk: Desk, page: str = "setups") -> LibraryWindow:
    """Open the library by its key, at a page and with the focus in its table."""
    make_active(desk.window)
    desk.press("workshop_library")
    library = desk.workbench.workshop.library
    assert library is not None
    make_active(library)
    library.open_page(page)
    desk.settle()
    library.page().table.setFocus()
    wait_until(library.page().table.hasFocus)
    return library


def keys(desk: Desk, pressed: str) -> None:
    """Press keys where the focus is, and wait for what they do."""
    press(pressed)
    desk.settle()


def field(library: LibraryWindow, path: str) -> QWidget:
    """Return the widget of a field on the page in sight."""
    found = library.page().findChild(QWidget, f"field.{path}")
    assert found is not None, path
    return found


def typed(library: LibraryWindow, path: str, text: str) -> None:
    """Type *text* into a field in the place of what it holds, and press Enter."""
    widget = field(library, path)
    assert isinstance(widget, QLineEdit)
    library.page().form.ensureWidgetVisible(widget)
    widget.setFocus()
    wait_until(widget.hasFocus)
    widget.selectAll()
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        widget.insert(text)  # as pasted: there are no keys for it
    QTest.keyClick(widget, Qt.Key.Key_Return)


def text(library: LibraryWindow, path: str) -> str:
    """Return what a field shows."""
    widget = field(library, path)
    if isinstance(widget, QComboBox):
        return widget.currentText()
    assert isinstance(widget, QLineEdit)
    return widget.text()


def said(library: LibraryWindow, name: str) -> str:
    """Return what a label of the page in sight says."""
    found = library.page().findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def chosen(library: LibraryWindow) -> Entry:
    """Return the entry that is chosen."""
    entry = library._entry()
    assert entry is not None
    return entry


def own_setup(desk: Desk, library: LibraryWindow) -> str:
    """Make a setup of one's own from the starter; return its id."""
    keys(desk, "Ctrl+D")
    assert chosen(library).origin == "own"
    return chosen(library).entry_id


def names(library: LibraryWindow) -> list[str]:
    """Return the first column of the table in sight."""
    model = library.page().model
    rows = range(model.rowCount())
    return [str(model.index(row, 0).data()).strip("\u2068\u2069") for row in rows]


def answered(desk: Desk, name: str, reason: str) -> None:
    """Type a reason into the dialog that asks for one."""
    asked = dialog(name)
    make_active(asked)
    box = asked.findChild(QPlainTextEdit, "reasonText")
    assert box is not None
    box.setFocus()
    wait_until(box.hasFocus)
    QTest.keyClicks(box, reason)
    press("Ctrl+Return")
    desk.settle()


def asked(desk: Desk, work: Callable[[], Result]) -> Result:
    """Ask the window's own services, on the worker as the window does."""
    found: list[Result] = []
    errors: list[Exception] = []
    desk.program.background.run(work, found.append, errors.append)
    desk.settle()
    assert errors == []
    return found[0]


def runs(desk: Desk) -> int:
    """Return how many changes of the workshop were recorded."""
    store = desk.workbench.studio.store
    return asked(desk, lambda: len(list(store().events_of("setup.changed"))))


def focus() -> QWidget:
    """Return the widget that has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found
