"""Commands about rings in the window: allowed or greyed with the reason, cut, copied, pasted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.copied_rings import CopiedRings
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.commands import BY_ID, shown_keys
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.stack_bar import StackBar
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import sentence, set_tool_tip


class RingCommands(QObject):
    """Joins the editor's commands about rings with the window's actions and the clipboard."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._stack = editor.stack

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about rings calls."""
        others: dict[str, Callable[[], object]] = {
            "paint_tile": self._editor.paint_tile,
            "cut_rings": self.cut,
            "copy_rings": self.copy,
            "paste_rings": self.paste,
        }
        return {**self._stack.commands(), **others}

    def attach(self) -> None:
        """Let the commands work in the table, and follow what can be done; once they are bound."""
        actions = self._window.commands
        for table in self._editor.findChildren(QWidget, "ringTable"):
            actions.attach(table)
        for bar in self._editor.findChildren(StackBar):
            bar.offer({id_: actions[id_] for id_ in self.commands()})
        self._stack.allowedChanged.connect(self._allow)
        self._allow()

    def cut(self) -> None:
        """Copy the chosen rings and take them out of the stack."""
        if self.copy():
            self._stack.remove()

    def copy(self) -> bool:
        """Put the chosen rings onto the clipboard, as text; False when there are none."""
        copied = self._stack.copied()
        if copied is None:
            return False
        QGuiApplication.clipboard().setText(self._studio.designs.rings_text(copied))
        count = len(copied.ring_params)
        self._window.messages.say(f"Copied {count} {'ring' if count == 1 else 'rings'}")
        return True

    def paste(self) -> None:
        """Read the clipboard on the worker and put its rings outside the selected one.

        The text of a design's QR code is opened in place of that.
        """
        # One byte more than is read at most: a longer text is refused for its size.
        text = QGuiApplication.clipboard().text()[: self._studio.designs.most_bytes + 1]
        if self._studio.exporting.is_design_text(text):
            self._window.commands["open_pasted"].trigger()
            return
        work = partial(self._studio.designs.read_rings, text.encode())
        done = partial(self._was_read, self._editor.open_design)
        self._background.run(work, done, self._window.messages.fail)

    def _was_read(self, asked: OpenDesign, copied: CopiedRings) -> None:
        if asked is self._editor.open_design:
            self._stack.paste(copied)

    def _allow(self) -> None:
        """Grey what cannot be done now, and say in its tool tip why."""
        for id_, reason in self._stack.reasons().items():
            action, command = self._window.commands[id_], BY_ID[id_]
            self._window.commands.allow(id_, reason)
            set_tool_tip(action, f"{command.tip} {reason or shown_keys(command)}")
            action.setStatusTip(tr(sentence(reason or command.tip)))
