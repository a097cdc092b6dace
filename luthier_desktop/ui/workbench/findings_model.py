"""What a verification found, as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import shown, tool_tip
from luthier_desktop.ui.style import risk_sign

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Weight", "Code", "Place", "What it means")
_NOWHERE = QModelIndex()
_SIGNS = {"damage": "RED", "warning": "YELLOW", "info": "GREEN"}
_WORDS = {"damage": "Damage", "warning": "Warning", "info": "Remark"}
_RUN_ID = re.compile(RUN_ID_PATTERN)
_LONGEST = 300
_DISPLAY = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class FindingsModel(QAbstractTableModel):
    """One row a finding, the worst first."""

    def __init__(self, findings: Sequence[LogFinding], parent: QObject) -> None:
        super().__init__(parent)
        self._findings = findings

    def at(self, row: int) -> LogFinding | None:
        """Return the finding of a row; None beyond the last."""
        return self._findings[row] if 0 <= row < len(self._findings) else None

    def text(self) -> str:
        """Write all findings as text, for a message to somebody who can help."""
        return "\n\n".join(written(finding) for finding in self._findings)

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._findings)

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
        finding = self.at(index.row())
        if finding is None:
            return None
        if role in _DISPLAY:
            return _cells(finding)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(f"{finding.message} {finding.advice}")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return QColor(risk_sign(_SIGNS[finding.severity]).colour)
        return None


def run_id_of(finding: LogFinding) -> str:
    """Return the id of the run that a finding is about; "" when it is about none."""
    found = _RUN_ID.search(f"{finding.path or ''} {finding.message}")
    return found.group() if found else ""


def written(finding: LogFinding) -> str:
    """Write a finding with all that it says."""
    place = f"\n  {finding.path}" if finding.path else ""
    return f"{finding.severity}: {finding.code}: {finding.message}{place}\n  {finding.advice}"


def findings_of(report: Mapping[str, Any]) -> tuple[LogFinding, ...]:
    """Read the findings of a report that came as plain data."""
    return tuple(LogFinding.model_construct(**each) for each in report["findings"])


def _cells(finding: LogFinding) -> tuple[str, ...]:
    sign = risk_sign(_SIGNS[finding.severity])
    return (
        f"{sign.glyph} {_WORDS[finding.severity]}",
        finding.code.replace("_", " "),
        shown(finding.path, _LONGEST) if finding.path else "",
        shown(_meaning(finding), _LONGEST),
    )


def _meaning(finding: LogFinding) -> str:
    """Return the message without the place, which stands beside it."""
    said = tr(finding.message).removeprefix(f"{finding.path} ")
    return said[:1].upper() + said[1:]
