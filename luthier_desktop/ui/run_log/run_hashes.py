"""The hashes of a run, and what came of comparing each with what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.run_proof import ProofLine, RunProof
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import PlainLabel, tool_tip
from luthier_desktop.ui.run_log.run_reading import Hash
from luthier_desktop.ui.style import GRID, fixed_font, risk_sign, sized

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Result", "What", "Found", "Hash")
_NOWHERE = QModelIndex()
_SIGNS = {"same": "GREEN", "differs": "RED", "absent": "NA", "unread": "UNKNOWN"}
_WORDS = {"same": "Same", "differs": "Differs", "absent": "None", "unread": "Not read"}
_ROW = QSize(0, GRID * 6)
_WIDTHS = (GRID * 20, GRID * 23, GRID * 72)
_ROOM_FOR_DETAIL = GRID * 55
_LONGEST = 600
_DETAIL_LINES = 6
_UNVERIFIED = "Not compared yet: V verifies this run."
_IS_VERIFYING = "Verifying this run…"
_NOTHING = "There is nothing to verify."


class HashModel(QAbstractTableModel):
    """One row a hash or a part of the chain, with its result."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Sequence[ProofLine] = ()

    def show(self, lines: Sequence[ProofLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def at(self, row: int) -> ProofLine | None:
        """Return the line of a row; None beyond the last."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADINGS[section]
        return None

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.at(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(line)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return QColor(risk_sign(_SIGNS[line.state]).colour)
        if role == Qt.ItemDataRole.FontRole and index.column() == len(HEADINGS) - 1:
            return fixed_font()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(shown(line.sentence, _LONGEST))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = shown(f"{line.sentence} {line.advice}".rstrip(), _LONGEST)
            return f"{line.name}: {_WORDS[line.state]}. {said}"
        return _ROW if role == Qt.ItemDataRole.SizeHintRole else None


def _cells(line: ProofLine) -> tuple[str, ...]:
    sign = risk_sign(_SIGNS[line.state])
    result, said = f"{sign.glyph} {_WORDS[line.state]}", shown(line.sentence, _LONGEST)
    return result, line.name, said, line.told or line.found


class RunHashes(QWidget):
    """Lists the hashes; ``verifyWanted`` asks to compare them, ``copied`` says what was."""

    verifyWanted = Signal()
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runHashes")
        self._said = PlainLabel(_NOTHING, self)
        self._said.setObjectName("runProof")
        self._said.setFont(sized(1.0, bold=True))
        self._said.setWordWrap(True)
        self._model = HashModel(self)
        self._list = _list_of(self._model, self)
        self._detail = QPlainTextEdit(self)
        self._detail.setObjectName("runHashDetail")
        self._detail.setAccessibleName(tr("What was found of the current line"))
        self._detail.setReadOnly(True)
        self._detail.setTabChangesFocus(True)
        self._detail.setFixedHeight(self.fontMetrics().lineSpacing() * _DETAIL_LINES + GRID * 3)
        self.verify = QPushButton(tr("Verify this run"), self)
        self.verify.setObjectName("verifyRunButton")
        self.verify.setToolTip(tr("Read file, event, chain and checkpoint again (V)"))
        self.verify.clicked.connect(self.verifyWanted)
        self._copy = QPushButton(tr("Copy hash"), self)
        self._copy.setObjectName("copyHashButton")
        self._copy.setToolTip(tr("Copy the hash of the current line (Ctrl+C)"))
        self._copy.clicked.connect(self.copy_hash)
        self._lay_out()
        self._list.selectionModel().currentChanged.connect(self._describe)
        self._list.copyWanted.connect(self.copy_hash)
        self.setFocusProxy(self._list)

    def show_hashes(self, hashes: Sequence[Hash], *, can_verify: bool) -> None:
        """Show what a record tells of itself; nothing of it was compared."""
        said = _UNVERIFIED if can_verify else _NOTHING
        lines = [ProofLine(one.name, "unread", one.told, "", said) for one in hashes]
        self.verify.setEnabled(can_verify)
        self._show(lines, said)

    def show_verifying(self) -> None:
        """Say that the run is being verified."""
        self._said.setText(tr(_IS_VERIFYING))

    def show_proof(self, proof: RunProof) -> None:
        """Show what was found."""
        sign = risk_sign("GREEN" if proof.ok else "RED")
        glyph = sign.glyph if proof.is_whole or not proof.ok else risk_sign("UNKNOWN").glyph
        self._show(proof.lines, f"{glyph} {proof.sentence}")

    def copy_hash(self) -> None:
        """Copy the hash of the current line."""
        line = self._model.at(self._list.currentIndex().row())
        text = (line.told or line.found) if line is not None else ""
        if line is not None and text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(f"Copied the hash of: {line.name.lower()}")
        else:
            self.copied.emit("This line has no hash to copy.")

    def _show(self, lines: Sequence[ProofLine], said: str) -> None:
        row = max(0, self._list.currentIndex().row())
        self._said.setText(tr(said))
        self._model.show(lines)
        wrong = next((at for at, line in enumerate(lines) if line.state == "differs"), row)
        self._list.setCurrentIndex(self._model.index(min(wrong, len(lines) - 1), 0))
        self._copy.setEnabled(bool(lines))
        self._describe()

    def _describe(self) -> None:
        line = self._model.at(self._list.currentIndex().row())
        self._detail.setPlainText(tr("" if line is None else _detail(line)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._said, 1)
        head.addWidget(self.verify)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addWidget(self._detail)
        self._detail.hide()  # until there is room for it

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._detail.setVisible(event.size().height() >= _ROOM_FOR_DETAIL)


class _List(QTreeView):
    """The lines; Ctrl+C copies the hash of the current one."""

    copyWanted = Signal()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copyWanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters belong to commands."""


def _list_of(model: HashModel, parent: QWidget) -> _List:
    view = _List(parent)
    view.setObjectName("runHashList")
    view.setAccessibleName(tr("Hashes and chain of the run"))
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAlternatingRowColors(True)
    view.setAllColumnsShowFocus(True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setMinimumHeight(GRID * 12)
    for column, width in enumerate(_WIDTHS):
        view.setColumnWidth(column, width)
    return view


def _detail(line: ProofLine) -> str:
    said = shown(f"{line.sentence} {line.advice}".rstrip(), _LONGEST)
    told = [f"told   {line.told}"] if line.told else []
    found = [f"found  {line.found}"] if line.found and line.found != line.told else []
    return "\n".join([said, *told, *found])
