"""Copying runs as what is needed elsewhere: ids, hashes, paths, records, rows, commands."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.run_copies import AT_ONCE, CopiedPart, CopyForm, CopyText
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.command_table.command import COPY_AS, LOG
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import menu_text
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.workbench.submenus import add_submenu, fill

_FORMS: dict[str, tuple[CopyForm, str, str]] = {
    "copy_ids": ("id", "run id", "run ids"),
    "copy_sha256": ("sha256", "hash", "hashes"),
    "copy_path": ("path", "path", "paths"),
    "copy_json": ("json", "record as JSON", "records as JSON"),
    "copy_csv": ("csv", "row as CSV, with its header", "rows as CSV, with their header"),
    "copy_markdown": (
        "markdown",
        "row as Markdown, with its header",
        "rows as Markdown, with their header",
    ),
    "copy_show_command": ("show_command", "command", "commands, one a line,"),
    "copy_reproduce_command": ("reproduce_command", "command", "commands, one a line,"),
}
_SLOW = 2000
"""A copy of so many runs tells that it is under way."""


class Copying(QObject):
    """Copies the marked runs, else the current one; the worker reads them some at a time."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log
        self._latest = 0
        add_submenu(window, COPY_AS, LOG, "open_run_design")

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about copying call."""
        forms: dict[str, Callable[[], object]] = {
            name: partial(self.copy, name) for name in _FORMS
        }
        return {**forms, "copy_as": self.show_menu, "copy_view_command": self.copy_view}

    def show_menu(self) -> None:
        """Let the form be chosen by a letter."""
        menu = Menu(self._window)
        menu.setObjectName("copyMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(menu_text(tr(self._what())))
        fill(menu, self._window, COPY_AS)
        for action in menu.actions():
            if action is self._window.commands["copy_as"]:
                menu.removeAction(action)
        table = self._log.table
        row = table.visualRect(table.currentIndex())
        viewport = table.viewport()
        below = row.bottom() + 1 if row.isValid() and row.bottom() < viewport.height() else 0
        menu.popup(viewport.mapToGlobal(QPoint(0, max(below, 0))))
        first = next((each for each in menu.actions() if not each.isSeparator()), None)
        if first is not None:
            menu.setActiveAction(first)

    def copy(self, name: str) -> None:
        """Copy the marked runs, else the current one, in the form of a command."""
        seqs = self._seqs()
        form = _FORMS[name][0]
        if not seqs:
            self._window.messages.say("There is no run to copy.")
            return
        try:
            text = CopyText(form, len(seqs))
        except LuthierError as refused:
            self._window.messages.fail(refused)
            return
        self._latest += 1
        if len(seqs) > _SLOW:
            self._window.messages.say(f"Copying {len(seqs):,} runs…")
        self._read(_Copy(name, form, seqs, text, self._latest), 0)

    def copy_view(self) -> None:
        """Copy the command that lists what is listed here."""
        work = partial(self._studio.copies.command_of, self._log.query())
        self._background.run(work, self._take_command, self._window.messages.fail)

    def _seqs(self) -> array[int]:
        marked = self._log.marked()
        current = self._log.current_seq()
        return marked or array("q", [] if current is None else [current])

    def _what(self) -> str:
        count = len(self._log.marked())
        if not count:
            return "Copy the current run"
        return "Copy 1 marked run" if count == 1 else f"Copy {count:,} marked runs"

    def _read(self, copy: _Copy, at: int) -> None:
        part = copy.seqs[at : at + AT_ONCE]
        work = partial(self._studio.copies.part, copy.form, part)
        done = partial(self._go_on, copy, at + AT_ONCE)
        self._background.run(work, done, self._window.messages.fail)

    def _go_on(self, copy: _Copy, at: int, part: CopiedPart) -> None:
        if copy.number != self._latest:
            return  # another copy was asked for meanwhile
        try:
            copy.text.add(part)
        except LuthierError as refused:
            self._window.messages.fail(refused)
            return
        if at < len(copy.seqs):
            self._read(copy, at)
        else:
            self._background.run(copy.text.text, partial(self._take, copy), self._bug)

    def _take(self, copy: _Copy, text: str) -> None:
        count, left_out = copy.text.count, copy.text.left_out
        lost = f" {left_out:,} left out: no sound record." if left_out else ""
        if not count:
            self._window.messages.say(f"Nothing was copied.{lost}")
            return
        QGuiApplication.clipboard().setText(text)
        words = _FORMS[copy.name][1] if count == 1 else f"{count:,} {_FORMS[copy.name][2]}"
        self._window.messages.say(f"Copied {'the ' if count == 1 else ''}{words}.{lost}")

    def _take_command(self, command: str) -> None:
        QGuiApplication.clipboard().setText(command)
        self._window.messages.say("Copied the command that lists what is listed here.")

    def _bug(self, error: Exception) -> None:
        self._window.messages.fail(error)


class _Copy:
    """A copy under way."""

    def __init__(
        self, name: str, form: CopyForm, seqs: array[int], text: CopyText, number: int
    ) -> None:
        self.name = name
        self.form = form
        self.seqs = seqs
        self.text = text
        self.number = number
