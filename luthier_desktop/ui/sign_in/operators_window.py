"""The operators in a window of their own: who there is, and what a lead does about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.sign_in.operator_model import OperatorModel
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine

_SIZE = (900, 580)
_NARROW = 640
_ROW_HEIGHT = GRID * 6
_WIDTHS = (GRID * 44, GRID * 30, GRID * 20, GRID * 12, GRID * 20, GRID * 50)
_ALONE = (
    "You work alone: nobody has to sign in, and records carry the name Owner. On a PC that "
    "several people use, operators show who decided what:\n"
    "•  a viewer finds, shows, compares and verifies;\n"
    "•  an operator also checks, saves, imports, exports and accepts a yellow;\n"
    "•  a lead does all of it, overrides a red, changes setups and manages operators."
)
_HONEST_HEAD = "What a PIN is, and what it is not"
_HONEST = (
    "It says who acted, and keeps somebody from signing as another by mistake or in passing. It "
    "is no barrier: whoever can open the files of the data folder can copy, change or delete "
    "them, and a short PIN is guessed in minutes. Such changes are found by “Verify the log”, "
    "not prevented. Two ways to work:\n"
    "A.  Everybody under one account of this PC: the PIN tells people apart, no more.\n"
    "B.  An account of the PC for each person, with the right to add files to the data folder and "
    "none to change or delete them: only this is a real boundary."
)


class OperatorsWindow(QDialog):
    """The signals carry what a lead wants; who may not is told why, and sees greyed buttons."""

    addWanted = Signal()
    roleWanted = Signal(object)
    pinWanted = Signal(object)
    switchWanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("operatorsWindow")
        self.setWindowTitle(tr("Operators"))
        self.resize(*_SIZE)
        self._refusal = ""
        self.model = OperatorModel(self)
        self._alone = _label("operatorsAlone", _ALONE, self)
        self._head = _label("operatorsHonestHead", _HONEST_HEAD, self)
        self._head.setFont(style.sized(bold=True))
        self._honest = _label("operatorsHonest", _HONEST, self)
        self._may_not = _label("operatorsRefusal", "", self)
        self.table = self._build_table()
        self.error = ErrorLine(self)
        self._add = _button(self, "addOperator", "&Add…")
        self._role = _button(self, "changeRole", "&Role…")
        self._pin = _button(self, "setPin", "&PIN…")
        self._switch = _button(self, "switchOperator", "&Disable…")
        self._arrange()
        self._add.clicked.connect(self.addWanted)
        self._role.clicked.connect(self._want_role)
        self._pin.clicked.connect(self._want_pin)
        self._switch.clicked.connect(self._want_switch)
        self.table.selectionModel().currentRowChanged.connect(self._judge)
        self.model.dataChanged.connect(self._judge)

    def show_people(self, people: Sequence[OperatorProfile], refusal: str) -> None:
        """Show these operators; *refusal* says why they cannot be changed, or is ""."""
        is_alone = not people
        was_alone = self.table.isHidden()
        self._refusal = refusal
        self.model.show_people(people)
        self.table.setVisible(not is_alone)
        self._alone.setVisible(is_alone)
        self._may_not.setText(tr(refusal))
        self._may_not.setVisible(bool(refusal))
        self._add.setText(tr("&Add the lead…" if is_alone else "&Add…"))
        if people and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._judge()
        if is_alone:
            self._be_narrow()
        elif was_alone:
            self.resize(*_SIZE)

    def chosen(self) -> OperatorProfile | None:
        """Return the operator of the current row."""
        return self.model.at(self.table.currentIndex().row())

    def go_to(self, operator_id: str) -> None:
        """Make an operator the current one."""
        for row in range(self.model.rowCount()):
            profile = self.model.at(row)
            if profile is not None and profile.operator_id == operator_id:
                self.table.setCurrentIndex(self.model.index(row, 0))

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("operatorTable")
        table.setAccessibleName(tr("Operators"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        return table

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        for button in (self._add, self._role, self._pin, self._switch):
            row.addWidget(button)
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        row.addWidget(close)
        column.addWidget(self._alone)
        column.addWidget(self.table, 1)
        column.addWidget(self._may_not)
        column.addWidget(self.error)
        column.addWidget(self._head)
        column.addWidget(self._honest)
        column.addStretch(0)
        column.addLayout(row)

    def _be_narrow(self) -> None:
        """Be no larger than what there is to read."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.resize(_NARROW, column.totalHeightForWidth(_NARROW))

    def _judge(self) -> None:
        profile, may = self.chosen(), not self._refusal
        self._add.setEnabled(may)
        for button in (self._role, self._pin, self._switch):
            button.setEnabled(may and profile is not None)
            button.setVisible(self.model.rowCount() > 0)
        is_disabled = profile is not None and profile.disabled
        self._switch.setText(tr("&Enable" if is_disabled else "&Disable…"))

    def _want_role(self) -> None:
        self.roleWanted.emit(self.chosen())

    def _want_pin(self) -> None:
        self.pinWanted.emit(self.chosen())

    def _want_switch(self) -> None:
        self.switchWanted.emit(self.chosen())


def _button(owner: QWidget, name: str, text: str) -> QPushButton:
    button = QPushButton(owner)
    button.setText(tr(text))
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
