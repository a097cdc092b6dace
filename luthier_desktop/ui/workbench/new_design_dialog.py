"""Where a new design begins: with an instrument, then a starter or sizes of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.instruments import Instrument, Instruments
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.workbench.gallery_model import Card, Face, GalleryModel
from luthier_desktop.ui.workbench.gallery_view import GalleryView
from luthier_desktop.ui.workbench.instrument_sizes import InstrumentSizes

_SIZE = (1128, 690)
_LEFT_PX, _LEAST_LEFT_PX = 92 * GRID, 60 * GRID
_ALL = "All instruments"
_FOUND, _NONE = "{0} of {1} starters", "No starter has all of these words."


class NewDesignDialog(QDialog):
    """Chooses what to begin with: ``chosen(starter)`` or ``begun(instrument, sizes, with_ring)``.

    ``recentWanted`` asks for the files that were opened last in place of it,
    ``startChanged(shown)`` says whether it is to come at the next start.
    """

    chosen = Signal(object)
    begun = Signal(object, object, bool)
    recentWanted = Signal()
    startChanged = Signal(bool)

    def __init__(
        self,
        known: Instruments,
        cards: Sequence[Card],
        faces: dict[int, Face],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("newDesignDialog")
        self.setWindowTitle(tr("New design"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._known = known
        self._total = len(cards)
        self.model = GalleryModel(cards, faces, self)
        self._list = self._build_list()
        self._sizes = InstrumentSizes(self)
        self._search = self._build_search()
        self._view = GalleryView(self.model, self)
        self._count = PlainLabel("", self)
        self._count.setObjectName("galleryCount")
        self._at_start = QCheckBox(tr("Show this at &start"), self)
        self._at_start.setObjectName("galleryAtStart")
        self._use = self._build_button("useStarter", "&Open this starter", self._take_current)
        self._use.setDefault(True)
        self._recent = self._build_button("showRecent", "Open &recent…", self._want_recent)
        self._close = self._build_button("closeGallery", "Cancel", self.reject)
        self._arrange()
        self._connect()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def show_at_start(self, wanted: bool) -> None:
        """Show whether it comes at every start."""
        self._at_start.setChecked(wanted)

    def refuse(self, sentence: str) -> None:
        """Say why no design was begun."""
        self._sizes.refuse(sentence)

    def _build_list(self) -> QListWidget:
        found = QListWidget(self)
        found.setObjectName("instrumentList")
        found.setAccessibleName(tr("Instrument"))
        found.addItem(QListWidgetItem(tr(_ALL)))
        for one in self._known.instruments:
            item = QListWidgetItem(tr(one.name), found)
            item.setData(Qt.ItemDataRole.UserRole, one)
        found.setSpacing(1)
        row_px = found.sizeHintForRow(0) + 2 * found.spacing()
        found.setFixedHeight(row_px * found.count() + 2 * found.frameWidth() + GRID)
        return found

    def _build_search(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("gallerySearch")
        field.setAccessibleName(tr("Search the starters"))
        field.setPlaceholderText(tr("Search: rope, herringbone, shell…"))
        field.setClearButtonEnabled(True)
        return field

    def _build_button(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setText(tr(text))
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2 * GRID)
        left.addWidget(_heading("&Instrument", self._list, self))
        left.addWidget(self._list, 1)
        left.addWidget(self._not_offered())
        left.addWidget(self._sizes)
        left.addStretch(1)
        left.addWidget(self._recent, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        top = QHBoxLayout()
        top.addWidget(_heading("S&tarters", self._view, self))
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._search, 1)
        right.addLayout(top)
        right.addWidget(self._view, 1)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self._at_start)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._use)
        right.addLayout(row)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        columns.setSpacing(GRID * 4)
        columns.addWidget(self._scrolled(left), 3)  # as wide as it may be, then the starters
        columns.addLayout(right, 2)

    def _scrolled(self, column: QVBoxLayout) -> QScrollArea:
        """Let the column scroll on a small screen, so that every field stays within reach."""
        holder = QWidget(self)
        column.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(column)
        holder.setFixedWidth(_LEFT_PX)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setMinimumWidth(_LEAST_LEFT_PX)
        area.setMaximumWidth(_LEFT_PX + area.verticalScrollBar().sizeHint().width())
        return area

    def _not_offered(self) -> PlainLabel:
        why = " ".join(f"{each.name}: {each.why}." for each in self._known.not_offered)
        label = PlainLabel(f"Not offered. {why}", self)
        label.setObjectName("notOffered")
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._choose)
        self._search.textChanged.connect(self._choose)
        self._view.doubleClicked.connect(self._take)  # Enter presses the default button
        self._view.selectionModel().currentChanged.connect(self._allow)
        self._sizes.begun.connect(self.begun)
        self._at_start.toggled.connect(self.startChanged)

    def _want_recent(self) -> None:
        self.reject()
        self.recentWanted.emit()

    def _instrument(self) -> Instrument | None:
        item = self._list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found if isinstance(found, Instrument) else None

    def _choose(self, changed: int | str) -> None:
        one = self._instrument()
        if isinstance(changed, int):
            self._sizes.show_instrument(one)
        self.model.choose(one.instrument_id if one else "", self._search.text())
        count = self.model.rowCount()
        self._count.setText(tr(_FOUND.format(count, self._total) if count else _NONE))
        if count:
            self._view.setCurrentIndex(self.model.index(0))
        self._allow()

    def _allow(self, _: object = None) -> None:
        self._use.setEnabled(self._view.currentIndex().isValid())

    def _take_current(self) -> None:
        self._take(self._view.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        card = self.model.card(index)
        if card is not None:
            self.chosen.emit(card.starter)


def _heading(text: str, of: QWidget, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setBuddy(of)
    return label
