"""A shown tile editor over a mosaic of three rows and four columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.domain.patterns.grid_edits import Block
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic.tile_editor import TileEditor
from luthier_desktop.ui.design_editor.mosaic.tile_view import TileView
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.swatches import Swatches

WOODS = {".": "holly", "#": "gaboon_ebony", "o": "koa"}
SIGNS = {wood: sign for sign, wood in WOODS.items()}


def grid_of(text):
    """Read a grid of signs: ".#.. #..# ....", the outermost row first."""
    return [[WOODS[sign] for sign in row] for row in text.split()]


def design_of(text="#... .... ....", family="MOSAIC", radius_mm=50.0, **own):
    """One ring of 0.6 mm cells about *radius_mm*, and a line outside it."""
    grid = grid_of(text)
    pattern = {"grid": grid, "rows": len(grid), "cols": len(grid[0]), "px_mm": 0.6,
               "symmetry": "slip", "slice_mm": 1.6, **own}
    pattern = {key: value for key, value in pattern.items() if value is not None}
    width_mm = round(0.6 * len(grid), 6)
    inner_mm = radius_mm - width_mm / 2
    plain = {
        "inner_diameter_mm": 2 * inner_mm, "outer_diameter_mm": 2 * (inner_mm + width_mm + 1),
        "ring_params": [
            {"ring_index": 0, "width_mm": width_mm, "pattern_type": family,
             "materials": ["holly", "gaboon_ebony"], "pattern": pattern},
            {"ring_index": 1, "width_mm": 1.0, "materials": ["koa"]},
        ],
    }
    return RosetteParamSpec.read(plain, "design")


class Hand:
    """Paints as a person does: with a real mouse and real keys."""

    def __init__(self, editor: TileEditor, document: DesignDocument) -> None:
        self.editor = editor
        self.document = document
        self.view: TileView = editor.view

    @property
    def ring(self):
        return self.document.design.ring_params[0]

    def tile(self) -> str:
        """The design's tile in signs."""
        return " ".join("".join(SIGNS[wood] for wood in row) for row in self.ring.pattern.grid)

    def place(self, row: int, col: int) -> QPoint:
        rect = self.view.geometry_of_tile.rect(Block(row, col, row, col))
        return rect.center().toPoint()

    def drag(self, *cells, button=Qt.MouseButton.LeftButton,
             keys=Qt.KeyboardModifier.NoModifier, let_go=True) -> None:
        QTest.mousePress(self.view, button, keys, self.place(*cells[0]))
        for cell in cells[1:]:
            QTest.mouseMove(self.view, self.place(*cell))
        if let_go:
            QTest.mouseRelease(self.view, button, keys, self.place(*cells[-1]))

    def click(self, row: int, col: int, **how) -> None:
        self.drag((row, col), **how)

    def press(self, *keys, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.view, key, modifiers)

    def steps(self) -> list[str]:
        history = self.document.undo_stack
        return [history.text(at) for at in range(history.count())]

    def said(self) -> str:
        return self.editor.findChild(QWidget, "tileSaid").text()


@pytest.fixture
def document():
    """A document that shows the mosaic."""
    document = DesignDocument()
    document.replace(design_of())
    return document


@pytest.fixture(scope="module")
def paints(catalogue):
    """Sheets of wood take long to draw."""
    return Paints(catalogue)


@pytest.fixture
def hand(qtbot, catalogue, document, paints):
    """The tile editor in a shown, active window."""
    owner = QWidget()
    qtbot.addWidget(owner)
    names = MaterialNames(catalogue)
    editor = TileEditor(document, names, Swatches(paints, owner, figured=False), owner)
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    QApplication.processEvents()
    yield Hand(editor, document)
    QGuiApplication.clipboard().clear()
