"""The cut list as rows of a page, ring by ring, in mm and inches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luthier_desktop.domain.bill.recipe_text import plank_letter, runs
from luthier_desktop.domain.cut_list import model
from luthier_desktop.domain.cut_list.model import (
    CutList,
    LogLine,
    PlankLine,
    RingLine,
    StockLine,
    TileLine,
)
from luthier_desktop.domain.cut_list.words import FAMILY_WORDS, counted
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Align, Part
from luthier_desktop.exports.print_lengths import both_text, inch_cell, mm_text
from luthier_desktop.exports.sheet_blocks import (
    PALE_INK,
    Block,
    Column,
    Face,
    heading,
    paragraph,
    row,
    rule_at,
    space,
)

_LONGEST_NAME = 60
_TITLE_EM, _BETWEEN_EM, _CLOSE_EM = 1.12, 0.5, 0.1
_ROOM_EM, _WIDEST_EM = 68.5, 92.0
"""A page holds so many ems of a table; where it is narrower its letters are smaller.

In a row that is wider the eye would lose its line.
"""
_WHOLE_RING_LINES = 22
"""A ring of no more lines than this is not parted by the end of a page."""
_MANY_RINGS = 12
"""From here on a ring of one part stands on one line."""
_MM2_IN_CM2, _MM_IN_M = 100.0, 1000.0


class Titled(NamedTuple):
    """A column under its title: how wide in ems; two widths are mm and inches."""

    title: str
    wide_em: tuple[float, ...]
    align: Align = "left"

    def columns(self, em_mm: float) -> list[Column]:
        """Return the columns of its cells."""
        if len(self.wide_em) == 1:
            return [Column("", self.wide_em[0] * em_mm, self.align)]
        millimetres, inches = self.wide_em
        return [Column("mm", millimetres * em_mm, "right"), Column("in", inches * em_mm)]


_FINE, _WIDE, _LONG = (3.8, 4.1), (3.9, 5.7), (3.9, 6.0)
"""What is at most a few mm, what may be a plate, and what goes round the ring."""
_PARTS = (
    Titled("Part", (8.2,)), Titled("Material", (9.8,)), Titled("Cut", (3.2,), "right"),
    Titled("Width", _WIDE), Titled("Thickness", _FINE), Titled("Cut to length", _LONG),
    Titled("Inner edge", _LONG), Titled("Outer edge", _LONG),
)  # fmt: skip
_STOCK = (
    Titled("Material", (15.0,)), Titled("Form", (8.2,)), Titled("Pieces", (4.2,), "right"),
    Titled("Thickness", _FINE), Titled("Longest", _LONG), Titled("In all", (20.8,)),
)  # fmt: skip


class CutTable:
    """The tables of a cut list in letters of one size, over the whole width of a page."""

    def __init__(self, cut_list: CutList, size_mm: float, room_mm: float) -> None:
        self._list = cut_list
        self._room_mm = room_mm
        self.face = Face(min(size_mm, room_mm / _ROOM_EM))
        self._pale = self.face._replace(colour=PALE_INK)
        wide_em = min(room_mm / self.face.size_mm, _WIDEST_EM)
        self._spare_em = wide_em - _ROOM_EM

    @property
    def title(self) -> str:
        """What stands over the table on each of its pages."""
        guitars = self._list.guitars
        return f"Cut list for {'one guitar' if guitars == 1 else f'{guitars} guitars'}"

    def head(self) -> Block:
        """Return the titles over the rows of parts, which stand on every page again."""
        return self._head(_PARTS)

    def rings(self) -> list[Block]:
        """Return every ring with its parts, tiles, planks and logs."""
        usual = _usual_saw(self._list)
        said = f"{usual} Rings that differ say so." if usual else ""
        blocks = paragraph(said, self._pale, self._room_mm)
        for ring in self._list.rings:
            rows = self._ring(ring, usual)
            if len(rows) <= _WHOLE_RING_LINES:
                rows = [block._replace(with_next=True) for block in rows]
            between_em = _BETWEEN_EM if len(rows) > 1 else _CLOSE_EM
            blocks += [*rows, space(between_em * self.face.size_mm)]
        return blocks

    def stock(self) -> list[Block]:
        """Return what is to be at hand, and what was taken for granted."""
        if not self._list.stock:
            return []
        columns = self._columns(_STOCK)
        title = Face(_TITLE_EM * self.face.size_mm, bold=True)
        blocks = heading("Stock to have at hand", title, self._room_mm)
        blocks.append(self._head(_STOCK))
        blocks += [row(_stock(line), columns, self.face) for line in self._list.stock]
        blocks.append(space(_BETWEEN_EM * self.face.size_mm))
        granted = "; ".join(
            f"{one.name} {one.value}, {one.meaning}" for one in self._list.assumptions
        )
        for note in (*self._list.notes, f"Taken for granted: {granted}."):
            blocks += paragraph(note, self._pale, self._room_mm)
        return blocks

    def _ring(self, ring: RingLine, usual: str) -> list[Block]:
        parts = [part for part in self._list.parts if _of(part, ring)]
        said = [*_made(self._list, ring), *([_saw(ring)] if _saw(ring) != usual else [])]
        if len(self._list.rings) > _MANY_RINGS and len(parts) == 1 and not said:
            return [self._one_line(ring, parts[0])]
        rows = self._title(ring)
        rows += [row(_part(part), self._columns(_PARTS), self.face) for part in parts]
        for line in said:
            rows += paragraph(line, self._pale, self._room_mm)
        return rows

    def _one_line(self, ring: RingLine, part: model.Part) -> Block:
        """Return a ring of one strip: its part is as wide as itself."""
        inner_mm, outer_mm = 2 * ring.inner_mm, 2 * ring.outer_mm
        name = shown(part.material_name, _LONGEST_NAME)
        reach = f"Ø {mm_text(inner_mm)} to {mm_text(outer_mm)} mm"
        inches = f"({inch_cell(inner_mm)} to {inch_cell(outer_mm)})"
        _, _, *sizes = _part(part)
        cells = [f"Ring {ring.ring_index} {part.part}", f"{name}, {reach} {inches}", *sizes]
        return row(cells, self._columns(_PARTS), self.face)

    def _title(self, ring: RingLine) -> list[Block]:
        told = [
            f"Ring {ring.ring_index}: {FAMILY_WORDS[ring.family]}",
            f"{both_text(ring.width_mm)} wide",
            f"diameters {both_text(2 * ring.inner_mm)} to {both_text(2 * ring.outer_mm)}",
            "" if ring.thickness_mm is None else f"{both_text(ring.thickness_mm)} thick",
            "" if ring.made == "hand" else ring.made,
        ]
        bold = self.face._replace(bold=True)
        blocks = paragraph(", ".join(filter(None, told)), bold, self._room_mm)
        for lack in ring.lacks:
            blocks += paragraph(f"Not told yet. {lack.sentence}", self.face, self._room_mm)
        return blocks

    def _head(self, table: Sequence[Titled]) -> Block:
        em_mm = self.face.size_mm
        widths_mm = [column.width_mm for column in self._columns(table)]
        spans = []
        for one in table:
            mine_mm = sum(widths_mm[: len(one.wide_em)])
            del widths_mm[: len(one.wide_em)]
            spans.append(Column("", mine_mm, "center" if len(one.wide_em) > 1 else one.align))
        upper = row([one.title for one in table], spans, self.face._replace(bold=True))
        columns = self._columns(table)
        lower = row([column.title for column in columns], columns, self._pale)
        below = Part(lower.marks, Point(0.0, upper.height_mm))
        high_mm = upper.height_mm + lower.height_mm
        rule = rule_at(high_mm + 0.1 * em_mm, self._room_mm)
        return Block(high_mm + 0.5 * em_mm, (*upper.marks, below, rule), with_next=True)

    def _columns(self, table: Sequence[Titled]) -> list[Column]:
        """Return the columns; the room that is left over goes to the materials."""
        em_mm = self.face.size_mm
        columns = [column for one in table for column in one.columns(em_mm)]
        at = [one.title for one in table].index("Material")
        wider_mm = columns[at].width_mm + self._spare_em * em_mm
        columns[at] = columns[at]._replace(width_mm=wider_mm)
        return columns


def _of(line: model.Part | TileLine | PlankLine | LogLine, ring: RingLine) -> bool:
    return line.ring_index == ring.ring_index


def _usual_saw(cut_list: CutList) -> str:
    """Return what most rings say of saw cut and spares, so that it is said once."""
    said = Counter(filter(None, map(_saw, cut_list.rings)))
    return said.most_common(1)[0][0] if said else ""


def _saw(ring: RingLine) -> str:
    if ring.kerf_mm is None or ring.waste_share is None:
        return ""
    return f"The saw takes {both_text(ring.kerf_mm)}; {ring.waste_share:.0%} are spare."


def _part(part: model.Part) -> list[str]:
    sizes = (
        part.width_mm, part.thickness_mm, part.length_mm, part.length_inner_mm,
        part.length_outer_mm,
    )  # fmt: skip
    return [
        part.part,
        shown(part.material_name, _LONGEST_NAME),
        f"{part.to_cut:,}",
        *(cell for size_mm in sizes for cell in _pair(size_mm)),
    ]


def _pair(length_mm: float) -> tuple[str, str]:
    return mm_text(length_mm), inch_cell(length_mm)


def _made(cut_list: CutList, ring: RingLine) -> Iterator[str]:
    """Say how the parts become tiles, planks, logs and slices."""
    for tile in cut_list.tiles:
        if _of(tile, ring):
            yield _tile(tile)
    for plank in cut_list.planks:
        if _of(plank, ring):
            yield _plank(plank)
    for log in cut_list.logs:
        if _of(log, ring):
            yield _log(log)


def _tile(tile: TileLine) -> str:
    taper = "" if tile.taper_deg is None else f", tapered by {tile.taper_deg:.3f}°"
    return (
        f"Tiles: {tile.needed} needed, make {tile.to_make}; {both_text(tile.inner_mm)} long at "
        f"the inner edge, {both_text(tile.outer_mm)} at the outer, {both_text(tile.height_mm)} "
        f"high{taper}."
    )


def _plank(plank: PlankLine) -> str:
    names = runs(shown(name, _LONGEST_NAME) for name in plank.veneer_names)
    return (
        f"Plank {plank.letter} of {both_text(plank.veneer_mm)} veneer, inner edge first: {names}. "
        f"Saw {counted(plank.sticks, 'stick')} {both_text(plank.stick_mm)} wide, taper to "
        f"{both_text(plank.inner_mm)} ({plank.taper_deg:.3f}°)."
    )


def _log(log: LogLine) -> str:
    order = " ".join(
        plank_letter(stick.plank) + ("'" if stick.upside_down else "") for stick in log.sticks
    )
    turned = f", {log.turned_over} of them turned over" if log.turned_over else ""
    glued = "sticks sliced one by one" if log.sliced_alone else f"sticks left to right {order}"
    return (
        f"Log {log.number}: {glued}; {counted(log.logs, 'log')} of {both_text(log.length_mm)}, "
        f"{log.slices} slices of {both_text(log.slice_mm)} for {log.tiles} tiles{turned}."
    )


def _stock(line: StockLine) -> list[str]:
    area = f"{line.area_mm2 / _MM2_IN_CM2:.1f} cm²" if line.form == "sheet" else ""
    sheets = "" if line.sheets is None else counted(line.sheets, "sheet")
    length = f"{line.length_mm / _MM_IN_M:.2f} m"
    return [
        shown(line.material_name, _LONGEST_NAME),
        line.form,
        f"{line.pieces:,}",
        *_pair(line.thickness_mm),
        *_pair(line.longest_mm),
        ", ".join(filter(None, (length, area, sheets, line.cites))),
    ]
