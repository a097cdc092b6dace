"""The row of buttons above the ring table; the rest of the commands stand in its menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.commands import BY_ID, plain_text, shown_keys
from luthier_desktop.ui.design_editor.stack_commands import StackCommands
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.menus import Menu

SHOWN = {
    "insert_ring": "Insert",
    "remove_ring": "Remove",
    "duplicate_ring": "Duplicate",
    "move_ring_in": "Move in",
    "move_ring_out": "Move out",
    "lock_width": "Lock",
}
MORE = (
    ("split_ring", "merge_rings", "mirror_stack", "reverse_stack"),
    ("fill_ring", "fill_all", "fit_outer", "measure_ring", "use_measured"),
    ("cut_rings", "copy_rings", "paste_rings"),
    ("move_ring_innermost", "move_ring_outermost"),
)


class StackBar(QWidget):
    """Buttons of the usual commands; a greyed one says in its tool tip why."""

    def __init__(self, stack: StackCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stackBar")
        self._stack = stack
        slots = stack.commands()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(style.GRID)
        self._buttons = {id_: self._button(id_, slots[id_]) for id_ in SHOWN}
        self._buttons["lock_width"].setCheckable(True)
        self._more = QToolButton(self)
        self._more.setObjectName("stackMore")
        self._more.setText(tr("More"))
        self._more.setAccessibleName(tr("More commands about rings"))
        set_tool_tip(self._more, "Split, merge, mirror, fill the rest, measured widths, copy.")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.hide()
        self._line.addWidget(self._more)
        self._line.addStretch(1)
        stack.allowedChanged.connect(self._enable)
        self._enable()

    def offer(self, actions: Mapping[str, QAction]) -> None:
        """Show the window's commands about rings in the menu."""
        menu = Menu(self)
        menu.setToolTipsVisible(True)
        for group in MORE:
            menu.addActions([actions[id_] for id_ in group])
            menu.addSeparator()
        self._more.setMenu(menu)
        self._more.show()

    def _button(self, id_: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr(SHOWN[id_]))
        button.setAccessibleName(tr(plain_text(BY_ID[id_])))
        button.clicked.connect(slot)
        self._line.addWidget(button)
        return button

    def _enable(self) -> None:
        reasons = self._stack.reasons()
        for id_, button in self._buttons.items():
            command = BY_ID[id_]
            button.setEnabled(not reasons[id_])
            set_tool_tip(button, reasons[id_] or f"{command.tip} ({shown_keys(command)})")
        self._buttons["lock_width"].setChecked(self._stack.are_locked())
