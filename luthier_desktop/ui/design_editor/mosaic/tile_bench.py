"""The tile of the selected ring on the bench: palette, brush and cursor, and how it is edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.grid_edits import Block, Cell, Echo, block_between, woods_of
from luthier_desktop.domain.patterns.grids import PAINTED, drawn_grid, symmetry_of
from luthier_desktop.domain.patterns.parameters import Grid, Symmetry
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.mosaic import tile_edits

FIRST_WOODS = ("holly", "gaboon_ebony")


class Tile(NamedTuple):
    """The selected ring with its tile as it is drawn; rows from the outermost."""

    ring: RingParam
    radii: RingRadii
    grid: Grid
    symmetry: Symmetry


class Hand(NamedTuple):
    """What an edit works with: the cursor's cell, the marked block, the wood, the echo."""

    cell: Cell
    block: Block
    wood: str
    echo: Echo


_Key = tuple[int, str]
EditGrid = Callable[[Grid, Hand], Grid]


class TileBench(QObject):
    """Follows the document's selected ring.

    ``changed``: another tile, ring or palette; ``moved``: the cursor, the block, the wood or the
    echo; ``told``: why something was refused, or "".
    """

    changed = Signal()
    moved = Signal()
    told = Signal(str)

    def __init__(self, document: DesignDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._tile: Tile | None = None
        self._palettes: dict[_Key, list[str]] = {}
        self._woods: dict[_Key, str] = {}
        self._cursor = self._anchor = Cell(0, 0)
        self._is_followed = True
        self.echo = Echo.NONE
        self.widen = False
        document.changed.connect(self._follow)
        document.selectionChanged.connect(self._follow)
        self._follow()

    def follow(self, is_on: bool) -> None:
        """Follow the document, or leave it alone while nobody looks at the tile."""
        self._is_followed = is_on
        self._follow()

    @property
    def tile(self) -> Tile | None:
        """The tile of the selected ring; None where that has none."""
        return self._tile

    @property
    def cursor(self) -> Cell:
        """The cell that the keys work on."""
        return self._cursor

    @property
    def block(self) -> Block:
        """The marked cells; only the cursor's where none are marked."""
        return block_between(self._anchor, self._cursor)

    @property
    def palette(self) -> tuple[str, ...]:
        """The woods to paint with; once there a wood stays."""
        return tuple(self._palettes.get(self._key, ()))

    @property
    def wood(self) -> str:
        """The wood that is painted with."""
        return self._woods.get(self._key) or self.palette[min(1, len(self.palette) - 1)]

    def choose(self, wood: str) -> None:
        """Paint with this wood from now on; a new one joins the palette."""
        palette = self._palettes.setdefault(self._key, [])
        is_new = wood not in palette
        if is_new:
            palette.append(wood)
        self._woods[self._key] = wood
        (self.changed if is_new else self.moved).emit()

    def use_echo(self, echo: Echo) -> None:
        """Let each stroke come again within the tile."""
        self.echo = echo
        self.moved.emit()

    def move_to(self, cell: Cell, *, marking: bool = False) -> None:
        """Move the cursor; *marking*: the block reaches from where it began to there."""
        if self._tile is None:
            return
        rows, cols = len(self._tile.grid), len(self._tile.grid[0])
        self._cursor = Cell(min(max(cell.row, 0), rows - 1), min(max(cell.col, 0), cols - 1))
        if not marking:
            self._anchor = self._cursor
        self.moved.emit()

    def mark(self, block: Block) -> None:
        """Mark a rectangle of cells."""
        self._anchor = Cell(block.bottom, block.right)
        self._cursor = Cell(block.top, block.left)
        self.moved.emit()

    def apply(self, name: str, edit: EditGrid) -> bool:
        """Change the tile as one step of the history; False when it was refused."""
        hand = Hand(self._cursor, self.block, self.wood, self.echo) if self._tile else None

        def build(design: RosetteParamSpec, position: int) -> Edit | None:
            ring = design.ring_params[position]
            grid = drawn_grid(lay_out(ring, ring_radii(design)[position]))
            assert hand is not None
            wanted = edit(grid, hand)
            return tile_edits.set_grid(design, position, wanted, name, widen=self.widen)

        return hand is not None and self.attempt(build)

    def use_symmetry(self, symmetry: Symmetry) -> None:
        """Choose how the tiles follow each other."""
        self.attempt(
            lambda design, position: tile_edits.set_symmetry(design, position, symmetry)
        )

    def attempt(self, make: Callable[[RosetteParamSpec, int], Edit | None]) -> bool:
        """Do another edit of the selected ring; False when it was refused."""
        position = self._document.selected_position
        if position is None:
            return False
        refusal = self._document.attempt(lambda design: make(design, position))
        self.told.emit(refusal)
        return not refusal

    @property
    def _key(self) -> _Key:
        """Rings of several open designs may have one identity."""
        ring_id = self._tile.ring.identity if self._tile is not None else ""
        return id(self._document.open_design), ring_id

    def _follow(self) -> None:
        if not self._is_followed:
            return
        before, self._tile = self._tile, self._read()
        if self._tile == before:
            return
        if self._tile is not None:
            self._gather(self._tile)
            self._stay_inside(self._tile.grid)
        self.changed.emit()

    def _read(self) -> Tile | None:
        position = self._document.selected_position
        if position is None:
            return None
        design = self._document.design
        ring, radii = design.ring_params[position], ring_radii(design)[position]
        if ring.pattern_type not in PAINTED:
            return None
        try:
            grid = drawn_grid(lay_out(ring, radii))
        except LuthierError:  # more tiles than can be drawn, in the middle of a drag
            return self._tile
        return Tile(ring, radii, grid, symmetry_of(ring))

    def _gather(self, tile: Tile) -> None:
        palette = self._palettes.setdefault(self._key, [])
        wanted = dict.fromkeys((*(tile.ring.materials or ()), *woods_of(tile.grid)))
        palette += [wood for wood in wanted if wood not in palette]
        if len(palette) == 1:
            palette.append(next(wood for wood in FIRST_WOODS if wood != palette[0]))

    def _stay_inside(self, grid: Grid) -> None:
        last_row, last_col = len(grid) - 1, len(grid[0]) - 1
        self._cursor, self._anchor = (
            Cell(min(cell.row, last_row), min(cell.col, last_col))
            for cell in (self._cursor, self._anchor)
        )
