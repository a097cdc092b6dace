"""The details of the current run: why, summary, design, record, hashes, and judged again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.run_proof import RunProof
from luthier_desktop.services.reproduction import Reproduced
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.record_page import RecordPage
from luthier_desktop.ui.run_log.run_again import RunAgain
from luthier_desktop.ui.run_log.run_damage import RunDamage
from luthier_desktop.ui.run_log.run_drawing import RunDrawing
from luthier_desktop.ui.run_log.run_hashes import RunHashes
from luthier_desktop.ui.run_log.run_reading import NOTHING, Reading, Standing
from luthier_desktop.ui.run_log.run_summary import RunSummary
from luthier_desktop.ui.run_log.run_why import RunWhy
from luthier_desktop.ui.style import GRID, sized

_UNREADABLE = "A record that is not as it was saved cannot be judged again."


class RunDetails(QWidget):
    """Shows one run as it was read.

    ``designWanted`` carries its design, to be opened in the editor; ``runWanted`` the id of a run
    that it names; ``verifyWanted`` and ``reproduceWanted`` the id of this one; ``said`` what was
    copied; ``opened`` and ``closed`` come when the user opens or closes the details.
    """

    designWanted = Signal(object)
    runWanted = Signal(str)
    verifyWanted = Signal(str)
    reproduceWanted = Signal(str)
    said = Signal(str)
    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runDetails")
        self.setAccessibleName(tr("Details of the current run"))
        self.standing: Standing | None = None
        """Says whether a decision is in force; asked on the worker, with the run."""
        self._reading = NOTHING
        self._late: RunProof | None = None
        self._late_again: Reproduced | None = None
        self._head = PlainLabel("", self)
        self._head.setObjectName("runVerdict")
        self._head.setFont(sized(1.1, bold=True))
        self._head.setMinimumWidth(1)  # on a narrow pane it is cut, and does not widen it
        self._state = PlainLabel("", self)
        self._state.setObjectName("runState")
        self._state.setAccessibleName(tr("State of the record"))
        self._state.setWordWrap(True)
        self._open = QPushButton(tr("Open design"), self)
        self._open.setToolTip(tr("Put this run's design into the editor (Ctrl+Enter)"))
        self._why = RunWhy(self)
        self._summary = RunSummary(self)
        self.drawing = RunDrawing(self)
        self._damage = RunDamage(self)
        self._record = RecordPage(self)
        self._hashes = RunHashes(self)
        self._again = RunAgain(self)
        self._lay_out()
        self._fills: dict[QWidget, Callable[[], None]] = {
            self._why: self._fill_why,
            self._summary: self._fill_summary,
            self.drawing: self._fill_drawing,
            self._records: self._fill_record,
            self._hashes: self._fill_hashes,
            self._again: self._fill_again,
        }
        self._stale: set[QWidget] = set(self._fills)
        self._connect()
        self.show_nothing()

    @property
    def run_id(self) -> str:
        """The id of the run that is shown; "" while there is none."""
        return self._reading.run_id

    def show_nothing(self) -> None:
        """Say that no run is chosen."""
        self.show_reading(NOTHING)

    def show_reading(self, found: Reading) -> None:
        """Show a run as it was read; a damaged one as evidence, a purged one by what is left.

        What was verified or judged again last stays with the run that it is about.
        """
        is_other = found.run_id != self._reading.run_id
        if not is_other and found.damage != self._reading.damage:
            self._late = self._late_again = None  # what was found of it holds no longer
            is_other = True
        self._reading = found
        self._head.setText(tr(found.head))
        self._state.setText(tr(found.state))
        self._state.setVisible(bool(found.state))
        self._open.setEnabled(self.design() is not None)
        answers = {self._hashes, self._again}
        self._stale |= self._fills.keys() if is_other else self._fills.keys() - answers
        self._fill_shown()

    def show_verifying(self) -> None:
        """Say that the run is being verified, and show where the answer will be."""
        self.tabs.setCurrentWidget(self._hashes)
        self._hashes.show_verifying()

    def show_proof(self, proof: RunProof) -> None:
        """Show what was found of the run, at once or as soon as it is the one that is shown."""
        self._late = proof
        if proof.run_id == self.run_id:
            self._hashes.show_proof(proof)

    def show_judging(self) -> None:
        """Say that the run is being judged again, and show where the answer will be."""
        self.tabs.setCurrentWidget(self._again)
        self._again.show_judging()

    def show_reproduced(self, found: Reproduced) -> None:
        """Show what came of judging the run again, at once or as soon as it is shown."""
        self._late_again = found
        if found.run_id == self.run_id:
            self._again.show_reproduced(found)

    def show_refused(self, run_id: str, error: LuthierError) -> None:
        """Say why the run could not be judged again."""
        if run_id == self.run_id:
            self._again.show_refused(error.sentence)

    def step_page(self, by: int) -> None:
        """Go to the next page or the one before, round the end, with the focus."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        self.tabs.currentWidget().setFocus()

    def open_design(self) -> None:
        """Ask for the run's design to be opened."""
        design = self.design()
        if design is not None:
            self.designWanted.emit(design)

    def design(self) -> dict[str, Any] | None:
        """Return the design of the run that is shown, as recorded."""
        run = self._reading.run
        found = run.request.get("design") if run is not None else None
        return found if isinstance(found, dict) else None

    def _fill_shown(self) -> None:
        """Fill the page in sight; to fill all of them would hold up who steps through runs."""
        page = self.tabs.currentWidget()
        if page in self._stale:
            self._stale.discard(page)
            self._fills[page]()

    def _fill_why(self) -> None:
        self._why.show_why(self._reading.why)

    def _fill_summary(self) -> None:
        self._summary.show_facts(self._reading.facts)

    def _fill_drawing(self) -> None:
        self.drawing.show_design(self._reading.design, self._reading.design_note)

    def _fill_record(self) -> None:
        found = self._reading
        if found.damage is not None:
            self._damage.show_damage(found.damage)
            self._show_record_page(self._damage)
        else:
            self._record.show_record(found.record)
            self._show_record_page(self._record)

    def _show_record_page(self, page: QWidget) -> None:
        self._records.setCurrentWidget(page)
        self._records.setFocusProxy(page)

    def _fill_hashes(self) -> None:
        found = self._reading
        self._hashes.show_hashes(found.hashes, can_verify=bool(found.run_id))
        if self._late is not None:
            self.show_proof(self._late)

    def _fill_again(self) -> None:
        found = self._reading
        note = _UNREADABLE if found.damage is not None else found.why.note
        has_report = found.run is not None and found.run.feasibility is not None
        is_failed = found.run is not None and found.run.status == "ERROR"
        self._again.show_untried(is_possible=has_report or is_failed, note=note)
        if self._late_again is not None:
            self.show_reproduced(self._late_again)

    def _ask_for_proof(self) -> None:
        if self.run_id:
            self.verifyWanted.emit(self.run_id)

    def _ask_for_report(self) -> None:
        if self.run_id:
            self.reproduceWanted.emit(self.run_id)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fill_shown)
        self._open.clicked.connect(self.open_design)
        self._summary.runWanted.connect(self.runWanted)
        self._hashes.verifyWanted.connect(self._ask_for_proof)
        self._again.reproduceWanted.connect(self._ask_for_report)
        self._record.copied.connect(self.said)
        self._hashes.copied.connect(self.said)

    def _lay_out(self) -> None:
        self._records = QStackedWidget(self)
        self._records.addWidget(self._record)
        self._records.addWidget(self._damage)
        self.tabs = tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.setObjectName("runTabs")
        tabs.setAccessibleName(tr("Pages of the details"))
        tabs.addTab(self._why, tr("Why"))
        tabs.addTab(self._summary, tr("Summary"))
        tabs.addTab(self.drawing, tr("Design"))
        tabs.addTab(self._records, tr("Record"))
        tabs.addTab(self._hashes, tr("Hashes"))
        tabs.addTab(self._again, tr("Reproduce"))
        tabs.setCornerWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addWidget(self._state)
        column.addWidget(tabs, 1)

    # Qt overrides

    def setVisible(self, visible: bool) -> None:
        was_open = not self.isHidden()
        super().setVisible(visible)
        if visible != was_open:
            (self.opened if visible else self.closed).emit()
