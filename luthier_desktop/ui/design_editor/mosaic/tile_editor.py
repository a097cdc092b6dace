"""The tile editor: a window beside the main one that paints the selected ring's tile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.bill.bill import Making
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.grid_edits import Echo
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic.figures_panel import FiguresPanel
from luthier_desktop.ui.design_editor.mosaic.palette import Palette
from luthier_desktop.ui.design_editor.mosaic.recipe_page import RecipePage
from luthier_desktop.ui.design_editor.mosaic.ring_preview import RingPreview
from luthier_desktop.ui.design_editor.mosaic.tile_bench import TileBench
from luthier_desktop.ui.design_editor.mosaic.tile_errands import TileErrands
from luthier_desktop.ui.design_editor.mosaic.tile_menus import BUTTONS, TileMenus
from luthier_desktop.ui.design_editor.mosaic.tile_view import TileView
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip, title_text
from luthier_desktop.ui.widgets.fields import ChoiceField

SIZE = (1180, 640)
WIDTHS = (200, 516, 448)
HINT = (
    "Drag paints, Shift drags a block, Ctrl+click fills, the right button takes a wood. "
    "Arrows and Space paint, digits choose a wood, 0 takes the one under the cursor."
)
NO_TILE = "Select a ring that is a mosaic, a meander or an own tile, or make this one a mosaic."
ECHOES = (
    (Echo.NONE, "As drawn"), (Echo.SIDEWAYS, "Left and right alike"),
    (Echo.INWARD, "Inside and outside alike"), (Echo.BOTH, "All four quarters alike"),
    (Echo.TURN, "Half a turn"),
)
SYMMETRIES = (
    ("slip", "Slip: all alike"), ("book", "Book: mirrored"), ("inversion", "Upside down"),
    ("book_inversion", "Half a turn"),
)


class TileEditor(QDialog):
    """Follows the selection; each stroke is one step of the design's history."""

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("tileEditor")
        self.setWindowTitle(tr("Tile"))
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        paints = swatches.paints
        self.bench = TileBench(document, self)
        self.view = TileView(self.bench, paints.beside(), names, self)
        self._palette_list = Palette(self.bench, names, swatches, self)
        self._palette_list.setMinimumWidth(48 * style.GRID)
        self._preview = RingPreview(self.bench, paints.beside(), self)
        self._figures = FiguresPanel(self.bench, self)
        self.recipe = RecipePage(self.bench, names, self)
        self.errands = TileErrands(self.bench, names, swatches, self)
        self._menus = TileMenus(self.bench, self.view, self._errand_slots(), self)
        self._echo = _choice("Brush", "How each stroke comes again within the tile.", ECHOES)
        self._symmetry = _choice(
            "Tiles", "How each tile follows the one before it.", SYMMETRIES
        )
        self._widen = QCheckBox(tr("Ne&w rows widen the ring"), self)
        set_tool_tip(self._widen, "Keep the cells' height; else the rows share the ring's width.")
        self._said = PlainLabel(HINT, self)
        self._said.setObjectName("tileSaid")
        self._said.setWordWrap(True)
        self._arrange()
        self._connect()
        self._follow()

    def use_making(self, making: Making) -> None:
        """Take what the recipe needs of the shop from here."""
        self.recipe.use_making(making)

    def _errand_slots(self) -> dict[str, Callable[[], object]]:
        return {
            "copy_tile": self.errands.copy,
            "paste_tile": self.errands.paste,
            "paste_whole": self.errands.paste_whole,
            "mark_all": self.errands.mark_all,
            "read_picture": self.errands.ask_for_picture,
            "larger": self._larger,
            "smaller": self._smaller,
            "fit": self._fit,
        }

    def _larger(self) -> None:
        self.view.zoom(1)

    def _smaller(self) -> None:
        self.view.zoom(-1)

    def _fit(self) -> None:
        self.view.zoom(0)

    def _connect(self) -> None:
        self.bench.changed.connect(self._follow)
        self.bench.told.connect(self._tell)
        self.view.shown.connect(self._preview.show_grid)
        self.view.cursorAt.connect(self._show_cursor)
        self._echo.activated.connect(self._use_echo)
        self._symmetry.activated.connect(self._use_symmetry)
        self._widen.toggled.connect(self._use_widen)

    def _follow(self) -> None:
        tile = self.bench.tile
        self._pages.setCurrentIndex(0 if tile is not None else 1)
        if tile is None:
            self.setWindowTitle(tr("Tile"))
            return
        family = ring_edits.family_text(tile.ring.pattern_type).lower()
        self.setWindowTitle(title_text(tr(f"Tile of ring {tile.ring.ring_index}: {family}")))
        self._symmetry.show_choice(tile.symmetry)

    def _tell(self, sentence: str) -> None:
        glyph = style.risk_sign("RED").glyph
        self._said.setText(tr(f"{glyph}  {units.worded(sentence)}" if sentence else HINT))

    def _show_cursor(self, rect: QRectF) -> None:
        middle = rect.center()
        self._scroll.ensureVisible(
            round(middle.x()), round(middle.y()),
            round(rect.width() / 2) + 8, round(rect.height() / 2) + 8,
        )

    def _use_echo(self) -> None:
        self.bench.use_echo(self._echo.currentData())

    def _use_symmetry(self) -> None:
        self.bench.use_symmetry(self._symmetry.currentData())

    def _use_widen(self, is_on: bool) -> None:
        self.bench.widen = is_on

    def _make_mosaic(self) -> None:
        self.bench.attempt(
            lambda design, position: ring_edits.set_family(
                design, position, PatternFamily.MOSAIC
            )
        )

    def _arrange(self) -> None:
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._tile_page())
        self._pages.addWidget(self._empty_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * style.GRID,) * 4)
        column.setSpacing(style.GRID)
        column.setMenuBar(self._menus.bar)
        column.addWidget(self._scrolled(self._pages), 1)
        column.addWidget(self._said)

    def _scrolled(self, page: QWidget) -> QScrollArea:
        """Let all of a page be reached on a small screen too."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _tile_page(self) -> QWidget:
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._palette_list)
        halves.addWidget(self._painting_part())
        halves.addWidget(self._showing_part())
        halves.setStretchFactor(1, 1)
        halves.setSizes(list(WIDTHS))
        return halves

    def _painting_part(self) -> QWidget:
        part = QWidget(self)
        line = QHBoxLayout()
        line.setSpacing(style.GRID)
        for name, choice in (("&Brush", self._echo), ("Tile&s", self._symmetry)):
            label = PlainLabel(name, part)
            label.setBuddy(choice)
            line.addWidget(label)
            line.addWidget(choice, 1)
        for action_id, sign in BUTTONS:
            line.addWidget(self._button(action_id, sign, part))
        self._scroll = self._scrolled(self.view)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addLayout(line)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._widen)
        return part

    def _button(self, action_id: str, sign: str, parent: QWidget) -> QToolButton:
        action = self._menus[action_id]
        button = QToolButton(parent)
        button.setText(tr(sign))
        button.setAccessibleName(tr(action.text().replace("&", "")))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_tool_tip(button, action.toolTip())
        button.clicked.connect(action.trigger)
        return button

    def _showing_part(self) -> QWidget:
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(tr("Ring and recipe"))
        page = QWidget(tabs)
        column = QVBoxLayout(page)
        column.setContentsMargins(*(2 * style.GRID,) * 4)
        column.setSpacing(2 * style.GRID)
        column.addWidget(self._preview, 1)
        column.addWidget(self._figures)
        tabs.addTab(page, tr("&On the ring"))
        tabs.addTab(self.recipe, tr("R&ecipe"))
        return tabs

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        words = PlainLabel(NO_TILE, page)
        words.setWordWrap(True)
        make = QPushButton(tr("&Make this ring a mosaic"), page)
        make.setObjectName("makeMosaic")
        make.setAutoDefault(False)
        make.clicked.connect(self._make_mosaic)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(make, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bench.follow(True)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.bench.follow(False)


def _choice(name: str, tip: str, entries: tuple[tuple[str, str], ...]) -> ChoiceField:
    choice = ChoiceField(name, tip)
    for data, text in entries:
        choice.addItem(tr(text), data)
    return choice
