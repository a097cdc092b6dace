"""The window that compares two runs or two snapshots: differences only, and both drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSlider,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.design_compare import PLACE
from luthier_desktop.domain.record_compare import Group
from luthier_desktop.services.comparing import Comparison
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import Messages, PlainLabel
from luthier_desktop.ui.run_compare.actions import ERRANDS
from luthier_desktop.ui.run_compare.change_model import HEADS, ChangeModel
from luthier_desktop.ui.run_compare.head import CompareHead
from luthier_desktop.ui.run_compare.marks import Touched
from luthier_desktop.ui.run_compare.picture import STEP, CompareView, Draw, Mode, Run
from luthier_desktop.ui.run_compare.rows import comparison_rows
from luthier_desktop.ui.run_compare.written import as_markdown, as_text
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import Toast
from luthier_desktop.ui.widgets.window_menu import WindowActions

_SIZE = (1340, 690)
_SHARES = (740, 560)
_WIDTHS = (GRID * 72, GRID * 54)
_ROW_HEIGHT = GRID * 6
_MODES = ("overlay", "blink", "wipe", "beside")


class CompareWindow(QDialog):
    """Nothing waits for it to be closed; every key of it works in it alone."""

    def __init__(
        self, found: Comparison, draw: Draw, run: Run, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareWindow")
        self.setWindowTitle(tr("Compare"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._found = found
        self._toast = Toast(self)  # that of the main window lies behind this one
        self._toast.setObjectName("compareToast")
        self.head = CompareHead(self)
        self.model = ChangeModel(self)
        self.table = self._build_table()
        self.picture = CompareView(draw, run, self)
        self.picture.failed.connect(messages.fail)
        self._share = self._build_slider()
        self.actions_ = WindowActions(self, self._slots(), ERRANDS)
        self._lay_out()
        self.picture.shareChanged.connect(self._share.setValue)
        self._share.valueChanged.connect(self.picture.set_share)
        units.display().changed.connect(self._show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._look_at)
        self._show_all()
        self.set_mode(Mode.OVERLAY)
        self.table.setFocus()

    @property
    def found(self) -> Comparison:
        """What is compared, as it is shown."""
        return self._found

    def set_mode(self, mode: Mode) -> None:
        """Show the pictures in another way."""
        self.picture.set_mode(mode)
        for each in Mode:
            self.actions_[_MODES[each]].setChecked(each is mode)
            self._buttons[each].setFont(style.sized(bold=each is mode))
        wipes = mode is Mode.WIPE  # the handle lies where the picture is divided
        self._share.setInvertedAppearance(wipes)
        self._share.setInvertedControls(wipes)
        for end, name in zip(self._ends, "ba" if wipes else "ab", strict=True):
            end.setText(tr(name))
        has_share = wipes or mode is Mode.OVERLAY
        for widget in (self._share, *self._ends):
            widget.setVisible(has_share)
        self.actions_["stop_blinking"].setEnabled(mode is Mode.BLINK)
        self._stop.setVisible(mode is Mode.BLINK)

    def go(self, step: int) -> None:
        """Go to the next difference, or to the one before."""
        at = self.model.next_change(self.table.currentIndex().row(), step)
        if at is None:
            self._toast.say("No further difference.")
            return
        self.table.setCurrentIndex(self.model.index(at, 0))
        self.table.scrollTo(self.model.index(at, 0))

    def swap(self) -> None:
        """Let a be b and b be a; the difference that is looked at stays."""
        row = self.model.row(self.table.currentIndex().row())
        self._found = self._found.swapped()
        self._show_all()
        at = self.model.row_of(row.path) if row else None
        if at is not None:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def copy_text(self) -> None:
        """Put every difference on the clipboard as text."""
        self._copy(as_text(self._found, comparison_rows(self._found)), "as text")

    def copy_markdown(self) -> None:
        """Put every difference on the clipboard as Markdown."""
        self._copy(as_markdown(self._found, comparison_rows(self._found)), "as Markdown")

    # Building

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("compareTable")
        table.setAccessibleName(tr("Differences"))
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

    def _build_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName("compareShare")
        slider.setAccessibleName(tr("How much of b is seen"))
        slider.setRange(0, 100)
        slider.setValue(50)
        slider.setPageStep(2 * STEP)
        return slider

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self._drawing())
        splitter.setSizes(_SHARES)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, 0, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.setMenuBar(self.actions_.bar)
        column.addWidget(self.head)
        column.addWidget(splitter, 1)

    def _drawing(self) -> QWidget:
        side = QWidget(self)
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        self._buttons = [self._button(name) for name in _MODES]
        for button in self._buttons:
            bar.addWidget(button)
        self._stop = self._button("stop_blinking")
        bar.addWidget(self._stop)
        bar.addSpacing(GRID * 2)
        self._ends = (PlainLabel("a", self), PlainLabel("b", self))
        bar.addWidget(self._ends[0])
        bar.addWidget(self._share, 1)
        bar.addWidget(self._ends[1])
        bar.addStretch(0)
        column = QVBoxLayout(side)
        column.setContentsMargins(GRID, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(bar)
        column.addWidget(self.picture, 1)
        return side

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{name}Button")
        button.setDefaultAction(self.actions_[name])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _slots(self) -> dict[str, Callable[[], object]]:
        picture = self.picture
        return {
            "next_change": self._next,
            "previous_change": self._previous,
            "show_ring": picture.show_ring,
            "show_all": picture.show_all,
            "zoom_in": self._zoom_in,
            "zoom_out": self._zoom_out,
            "overlay": self._overlay,
            "blink": self._blink,
            "wipe": self._wipe,
            "beside": self._beside,
            "stop_blinking": picture.stop_or_blink,
            "slide_left": self._slide_left,
            "slide_right": self._slide_right,
            "swap_sides": self.swap,
            "copy_text": self.copy_text,
            "copy_markdown": self.copy_markdown,
            "close_compare": self.close,
        }

    # Doing

    def _show_all(self) -> None:
        found = self._found
        self.picture.show_pair(found.a.design, found.b.design, _touched(found))
        self._show_rows()

    def _show_rows(self) -> None:
        before = self.table.currentIndex().row()
        rows = comparison_rows(self._found)
        count = sum(not row.heading for row in rows)
        with QSignalBlocker(self.table.selectionModel()):
            self.table.clearSpans()
            self.model.show_rows(rows)
        for at in self.model.headings():
            self.table.setSpan(at, 0, 1, len(HEADS))
        self.head.show_comparison(self._found, count)
        self.table.setCurrentIndex(self.model.index(before if before > 0 else 1, 0))

    def _look_at(self, current: QModelIndex) -> None:
        row = self.model.row(current.row())
        self.picture.look_at(row.ring_id if row else None)

    def _copy(self, text: str, how: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._toast.say(f"Copied the comparison {how}.")

    def _next(self) -> None:
        self.go(1)

    def _previous(self) -> None:
        self.go(-1)

    def _zoom_in(self) -> None:
        self.picture.zoom(1)

    def _zoom_out(self) -> None:
        self.picture.zoom(-1)

    def _overlay(self) -> None:
        self.set_mode(Mode.OVERLAY)

    def _blink(self) -> None:
        self.set_mode(Mode.BLINK)

    def _wipe(self) -> None:
        self.set_mode(Mode.WIPE)

    def _beside(self) -> None:
        self.set_mode(Mode.BESIDE)

    def _slide_left(self) -> None:
        self.picture.slide(-1)

    def _slide_right(self) -> None:
        self.picture.slide(1)


def _touched(found: Comparison) -> Touched:
    of_rings = [
        (each.ring_id, each.field == PLACE)
        for each in found.differences
        if each.group is Group.DESIGN and each.ring_id is not None
    ]
    changed = frozenset(ring_id for ring_id, moved in of_rings if not moved)
    return Touched(changed, frozenset(ring_id for ring_id, moved in of_rings if moved))
