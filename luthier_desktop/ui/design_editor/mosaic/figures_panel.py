"""The live figures of the tile on its ring."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from luthier_desktop.domain.patterns.tile_figures import Along, TileFigures, tile_figures
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.mosaic.tile_bench import TileBench
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel

NOTHING_MM = 5e-4
ROWS = (
    "Tile inside · middle · outside",
    "Cell inside · middle · outside",
    "Cell across the ring",
    "Smallest side of a cell",
    "Tiles round the ring",
    "Off at each tile",
    "Cells",
)


class FiguresPanel(QWidget):
    """Lengths inside, in the middle and outside; count, closure and cells."""

    def __init__(self, bench: TileBench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setAccessibleName(tr("Figures of the tile"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * style.GRID)
        grid.setVerticalSpacing(style.GRID // 2)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, PlainLabel] = {}
        for line, name in enumerate(ROWS):
            value = PlainLabel("", self)
            value.setFont(style.number_font())
            value.setWordWrap(True)
            value.setAccessibleName(tr(name))
            self._values[name] = value
            grid.addWidget(PlainLabel(name, self), line, 0)
            grid.addWidget(value, line, 1)
        bench.changed.connect(self._refresh)
        units.display().changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        tile = self._bench.tile
        figures = None if tile is None else tile_figures(tile.ring, tile.radii)
        texts = ("",) * len(ROWS) if figures is None else figure_texts(figures)
        for name, text in zip(ROWS, texts, strict=True):
            self._values[name].setText(tr(text))


def figure_texts(figures: TileFigures) -> tuple[str, ...]:
    """Write the figures in the order of `ROWS`."""
    brief = units.brief
    cells = figures.rows * figures.cols
    return (
        _along(figures.tile),
        _along(figures.cell),
        brief(figures.cell_across_mm),
        brief(figures.smallest_mm),
        str(figures.tiles),
        _closing(figures),
        f"{cells} in a tile, {cells * figures.tiles} in the ring",
    )


def _closing(figures: TileFigures) -> str:
    off_mm = abs(figures.closing_mm)
    if off_mm < NOTHING_MM:
        return "nothing, they close"
    word = "longer" if figures.closing_mm > 0 else "shorter"
    return f"{units.brief(off_mm)} {word}, {units.brief(off_mm * figures.tiles)} in all"


def _along(along: Along) -> str:
    return f"{' · '.join(units.bare(length_mm, 3) for length_mm in along)} {units.symbol()}"
