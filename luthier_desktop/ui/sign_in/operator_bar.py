"""Who is signed in, at the right end of the tool bar, at all times."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from luthier_desktop.domain.operators import SIGNED_OUT, Operator
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.sign_in.operator_words import who
from luthier_desktop.ui.widgets.menus import Menu

_NOBODY = "Nobody is signed in: all can be looked at, nothing is recorded. Press to sign in."


class OperatorBar(QToolBar):
    """A button with name and role; pressed, it lists what can be done about it.

    ``signInWanted`` comes when it is pressed while nobody is signed in. The bar takes the room
    that it needs before the other tools do.
    """

    signInWanted = Signal()

    def __init__(self, actions: list[QAction], parent: QWidget) -> None:
        super().__init__("Operator", parent)
        self.setObjectName("operatorBar")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._menu = Menu(self)
        self._menu.setObjectName("operatorMenu")
        self._menu.addActions(actions)
        self._button = QToolButton(self)
        self._button.setObjectName("operatorButton")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.clicked.connect(self._press)
        self._operator = SIGNED_OUT
        self.addWidget(self._button)

    def show_operator(self, operator: Operator) -> None:
        """Show who is signed in, or that nobody is."""
        self._operator = operator
        if self._is_nobody():
            self._button.setMenu(None)  # type: ignore[arg-type]  # Qt takes none; the stub does not
            words, tip = f"{style.risk_sign('YELLOW').glyph} Signed out · Sign in…", _NOBODY
            self._button.setAccessibleName(tr("Nobody is signed in. Sign in"))
        else:
            self._button.setMenu(self._menu)
            words = who(operator)
            told = "with a PIN" if operator.auth == "pin" else "without a PIN"
            tip = f"{shown(operator.name)} is signed in {told} as {operator.role}."
            self._button.setAccessibleName(tr(f"Signed in: {words}"))
        self._button.setText(menu_text(tr(words)))
        set_tool_tip(self._button, tip)
        self._dress()
        self.setMinimumWidth(self._button.sizeHint().width() + style.GRID * 4)

    def _dress(self) -> None:
        self._button.setFont(style.sized(bold=self._is_nobody()))

    def _is_nobody(self) -> bool:
        return self._operator.operator_id == SIGNED_OUT.operator_id

    def _press(self) -> None:
        if self._is_nobody():
            self.signInWanted.emit()

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()
