"""The history of the shown design: a slider through time over the list of its steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenuBar,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.history_list import HistoryList
from luthier_desktop.ui.design_editor.history_looks import Judge, StepLooks, StepVerdict
from luthier_desktop.ui.design_editor.history_model import HistoryModel, Step
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.picture import Picture
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GO_TIP = "Undo or redo to this step. Enter does it from the list and the slider."
_BRANCH_TIP = "Open the design of this step beside this one, with an identity of its own."


class HistoryPane(QWidget):
    """Looks at steps without going there: as long as the focus is here, and no longer.

    ``looked`` carries the step that is to be drawn, or None for the design on the bench;
    ``branchWanted`` the step to branch from; ``left`` comes for Esc where nothing is looked at.
    """

    looked = Signal(object)
    branchWanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        document: DesignDocument,
        picture: Picture,
        judge: Judge,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("historyPane")
        self.setAccessibleName(tr("History"))
        self._open = document.open_design
        self.looks = StepLooks(picture, judge, self)
        self._model = HistoryModel(document, self.looks, self)
        self._list = HistoryList(self._model, self.looks, self)
        self._slider = self._build_slider()
        self._where = self._label("historyWhere", "Step that is looked at")
        self._verdict = self._label("historyVerdict", "Verdict of that step")
        self._go = self._button("historyGo", "&Go to this step", _GO_TIP)
        self._branch = self._button("historyBranch", "&Branch from here", _BRANCH_TIP)
        self._is_looking = False
        self._number = 0
        self._status = "NA"
        self._arrange()
        self._connect(document)
        self._watch(document.open_design)

    @property
    def step(self) -> Step:
        """The step that is looked at; the present one when none is."""
        return self._model.step(self._number)

    def look_at(self, number: int) -> None:
        """Draw the design after so many steps as a preview, while the focus is here."""
        self._number = max(0, min(number, self._slider.maximum()))
        before = self._slider.blockSignals(True)
        self._slider.setValue(self._number)
        self._slider.blockSignals(before)
        self._list.point_at(self._number)
        self._describe()
        self._look()

    def enter(self) -> None:
        """Give the list the focus, on the present step."""
        self.look_at(self._present)
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self) -> None:
        """Undo or redo to the step that is looked at."""
        self._open.go_to(self._number)

    @property
    def _present(self) -> int:
        return self._open.undo_stack.index()

    def _connect(self, document: DesignDocument) -> None:
        document.switched.connect(self._lay)
        self._slider.valueChanged.connect(self.look_at)
        self._list.pointed.connect(self.look_at)
        self._list.clicked.connect(self._clicked)
        self._go.clicked.connect(self.go)
        self._branch.clicked.connect(self._ask_to_branch)
        self.looks.drawn.connect(self._describe)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def end(self) -> None:
        """Follow no more: histories tell of their own end, too late."""
        self._open.undo_stack.indexChanged.disconnect(self._follow)
        self._open.keptChanged.disconnect(self._refresh)

    def _lay(self, design: OpenDesign) -> None:
        self.end()
        self._model.lay(design)
        self._watch(design)

    def _watch(self, design: OpenDesign) -> None:
        self._open = design
        design.undo_stack.indexChanged.connect(self._follow)
        design.keptChanged.connect(self._refresh)
        self._follow()

    def _follow(self, _: object = None) -> None:
        """Show the history as it is now, at the present step."""
        self._model.follow()
        self._slider.setMaximum(self._open.undo_stack.count())
        self.look_at(self._present)

    def _refresh(self, _: object = None) -> None:
        self._model.follow()
        self._describe()

    def _clicked(self, index: QModelIndex) -> None:
        self.look_at(index.row())
        self.go()

    def _ask_to_branch(self) -> None:
        self.branchWanted.emit(self.step)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Look only as long as the focus is here; a menu is used for the step looked at."""
        if now is not None and not isinstance(now, QMenuBar):
            self._look()

    def _look(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        wanted = self.isVisible() and inside and self._number != self._present
        if wanted or self._is_looking:
            self._is_looking = wanted
            self.looked.emit(self.step if wanted else None)

    def _describe(self) -> None:
        """Tell of the step; a verdict that nobody waits for is told when it is at hand."""
        if not self.isVisible():
            return
        step = self.step
        self._where.setText(tr(" · ".join((step.position_text, *step.words))))
        verdict = self._known_verdict(step)
        self._verdict.setText(tr(verdict.text if verdict else "…"))
        self._status = verdict.status if verdict else "NA"
        self._colour()
        self._slider.setAccessibleDescription(tr(step.spoken(verdict)))
        self._go.setEnabled(self._number != self._present)

    def _colour(self) -> None:
        colours = self._verdict.palette()
        wanted = QColor(style.risk_sign(self._status).colour)
        if colours.color(self._verdict.foregroundRole()) != wanted:
            colours.setColor(self._verdict.foregroundRole(), wanted)
            self._verdict.setPalette(colours)

    def _known_verdict(self, step: Step) -> StepVerdict | None:
        look = self.looks.look(step.design, self.devicePixelRatioF())
        if look is None and self._number != self._present:
            return self.looks.verdict(step.design)
        return look.verdict if look else None

    # Building

    def _build_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName("historySlider")
        slider.setAccessibleName(tr("Time slider"))
        slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        slider.setPageStep(10)
        set_tool_tip(slider, "Look at the design as it was, or as it was before it was undone.")
        return slider

    def _label(self, name: str, spoken: str) -> PlainLabel:
        label = PlainLabel("", self)
        label.setObjectName(name)
        label.setAccessibleName(tr(spoken))
        return label

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(self)
        button.setText(tr(text))
        button.setObjectName(name)
        button.setAutoDefault(True)
        set_tool_tip(button, tip)
        return button

    def _arrange(self) -> None:
        told = QHBoxLayout()
        told.addWidget(self._where, 1)
        told.addWidget(self._verdict)
        buttons = QHBoxLayout()
        buttons.setSpacing(style.GRID * 2)
        buttons.addWidget(self._go, 1)
        buttons.addWidget(self._branch, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(style.GRID * 2,) * 4)
        column.setSpacing(style.GRID * 2)
        column.addWidget(self._slider)
        column.addLayout(told)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self.setTabOrder(self._slider, self._list)
        self.setTabOrder(self._list, self._go)
        self.setTabOrder(self._go, self._branch)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:  # the look may have changed
            self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.go()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._number != self._present:
            self.look_at(self._present)
        else:
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_at(self._present)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.look_at(self._present)
