"""The details of the current run: what was decided and why, its hashes, the whole record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.ui import units
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.calls import Damage, Why
from luthier_desktop.ui.run_log.columns import DAMAGED, PURGED, event_word, local_time
from luthier_desktop.ui.run_log.record_tree import RecordTree
from luthier_desktop.ui.run_log.run_damage import MOST_CHARACTERS, RunDamage
from luthier_desktop.ui.run_log.run_why import RunWhy
from luthier_desktop.ui.style import GRID, fixed_font, risk_sign, sized
from luthier_desktop.ui.widgets.check_rows import NO_ROWS

_GROUPS = ("Summary", "Decision", "Hashes")


class RunDetails(QWidget):
    """Shows one run; ``designWanted`` carries its design, to be opened in the editor."""

    designWanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runDetails")
        self.setAccessibleName("Details of the current run")
        self._design: dict[str, Any] | None = None
        self._head = PlainLabel("", self)
        self._head.setObjectName("runVerdict")
        self._head.setFont(sized(1.1, bold=True))
        self._open = QPushButton("Open design", self)
        self._open.setToolTip("Put this run's design into the editor (Ctrl+Enter)")
        self._open.clicked.connect(self.open_design)
        self._why = RunWhy(self)
        self._damage = RunDamage(self)
        self.summary = RecordTree("runSummary", self)
        self.summary.setAccessibleName("What was decided, and the hashes")
        self.record = RecordTree("runRecord", self)
        self.record.setAccessibleName("The whole record as a tree")
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("runText")
        self._text.setAccessibleName("The whole record as text")
        self._text.setReadOnly(True)
        self._text.setFont(fixed_font())
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that no run is chosen."""
        self._fill("No run chosen", {}, {}, "")
        self._why.show_why(Why(NO_ROWS))

    def show_run(self, run: RunArtifact, data: bytes, why: Why, hidden: str = "") -> None:
        """Show a run, the bytes that it is stored as, its checks, and why it is hidden."""
        sign = risk_sign(run.decision.risk_level)
        score = "" if run.decision.score is None else f" · {units.score_text(run.decision.score)}"
        design = run.request.get("design")
        self._fill(
            f"{sign.glyph} {sign.word}{score} · {event_word(run.event_type)}",
            {"Summary": _summary(run, hidden), "Decision": _decision(run), "Hashes": _hashes(run)},
            run.stored(),
            data.decode("utf-8", "replace"),
            design if isinstance(design, dict) else None,
        )
        self._why.show_why(why)

    def show_damaged(self, damage: Damage) -> None:
        """Show what is left of a damaged run; it is evidence and stays where it is."""
        self._fill(f"{risk_sign('RED').glyph} {DAMAGED}", {}, {}, "")
        self._damage.show_damage(damage)
        self._pages.setCurrentWidget(self._damage)

    def show_purged(self, sentence: str) -> None:
        """Show what is left of a purged run: who removed it and why."""
        self._fill(f"{risk_sign('NA').glyph} {PURGED}", {"Summary": {"Purged": sentence}}, {}, "")
        self._why.show_why(Why(NO_ROWS, sentence))

    def open_design(self) -> None:
        """Ask for the run's design to be opened."""
        if self._design is not None:
            self.designWanted.emit(self._design)

    def design(self) -> dict[str, Any] | None:
        """Return the design of the run that is shown, as recorded."""
        return self._design

    def _fill(
        self,
        head: str,
        summary: dict[str, Any],
        record: dict[str, Any],
        text: str,
        design: dict[str, Any] | None = None,
    ) -> None:
        self._pages.setCurrentIndex(0)
        self._head.setText(head)
        self.summary.show_record(summary, _GROUPS)
        self.record.show_record(record, ("decision",))
        self._text.setPlainText(text[:MOST_CHARACTERS])
        self._design = design
        self._open.setEnabled(design is not None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._open)
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.setObjectName("runTabs")
        tabs.addTab(self._why, "Why")
        tabs.addTab(self.summary, "Summary")
        tabs.addTab(self.record, "Record")
        tabs.addTab(self._text, "Text")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(tabs)
        self._pages.addWidget(self._damage)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self._pages, 1)


def _summary(run: RunArtifact, hidden: str) -> dict[str, Any]:
    name = run.request_summary.get("design_name")
    return {
        "Design": name if isinstance(name, str) else None,
        "Time": local_time(run.created_at_utc),
        "Event": event_word(run.event_type),
        "Status": run.status,
        "Operator": run.operator.name,
        "Run": run.run_id,
        **({"Hidden": hidden} if hidden else {}),
    }


def _decision(run: RunArtifact) -> dict[str, Any]:
    sign = risk_sign(run.decision.risk_level)
    found: dict[str, Any] = {"Verdict": f"{sign.glyph} {sign.word}", "Score": run.decision.score}
    if run.decision.block_reason:
        found["Blocked"] = run.decision.block_reason
    for position, warning in enumerate(run.decision.warnings, start=1):
        found[f"Warning {position}"] = warning
    return found


def _hashes(run: RunArtifact) -> dict[str, Any]:
    return {
        name.removesuffix("_sha256").capitalize(): value
        for name, value in run.hashes.plain().items()
    }
