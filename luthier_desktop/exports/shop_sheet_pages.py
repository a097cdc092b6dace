"""Where everything stands on the pages of a shop sheet, for one size of letters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Box, Mark, Sheet
from luthier_desktop.domain.pdf_options import PRINTABLE_MARGIN_MM, PageSize
from luthier_desktop.exports.sheet_blocks import Block, Face, heading, height_mm, item
from luthier_desktop.exports.sheet_flow import (
    Filled,
    Group,
    column_width_mm,
    groups_of,
    in_columns,
)
from luthier_desktop.exports.shop_sheet_cuts import CutTable
from luthier_desktop.exports.shop_sheet_head import first_page, footer, later_head
from luthier_desktop.exports.shop_sheet_notes import Note, Section
from luthier_desktop.exports.shop_sheet_view import ShopView

GAP_MM = 6.0
_LEAST_COLUMN_MM = 84.0
_LEAST_ROOM_MM = 24.0
_LONGEST_NOTE = 1200
_WHOLE_SHARE = 0.6


class Letters(NamedTuple):
    """The sizes of the letters of one try."""

    size_mm: float

    @property
    def text(self) -> Face:
        """What everything is written in."""
        return Face(self.size_mm)

    @property
    def title(self) -> Face:
        """The letters of headings."""
        return Face(1.12 * self.size_mm, bold=True)


class Entry(NamedTuple):
    """One note of a section; the first one brings its heading."""

    title: str
    note: Note
    is_first: bool


class Run(NamedTuple):
    """Blocks that stay together, and of how many entries they are."""

    group: Group
    entries: int


def inner_box(size: PageSize) -> Box:
    """Return what of a page may be printed on."""
    return Box(PRINTABLE_MARGIN_MM, PRINTABLE_MARGIN_MM, size.room_width_mm, size.room_height_mm)


class Laid(NamedTuple):
    """The pages without their picture, and where its middle comes on the first one.

    ``is_parted``: words go on to the second page, beside the cut list.
    """

    sheets: tuple[Sheet, ...]
    middle: Point
    is_parted: bool


class Pages:
    """Lays a view out page by page."""

    def __init__(self, view: ShopView, size: PageSize, letters: Letters) -> None:
        self._view = view
        self._size = size
        self._letters = letters
        self._inner = inner_box(size)
        self._foot_mm = 2 * letters.text.line_mm
        self._sheets: list[list[Mark]] = []
        self._top_mm = 0.0
        self._is_fresh = False

    def laid_out(self, beside: Sequence[Section], below: Sequence[Section], scale: int) -> Laid:
        """Return the pages: *beside* the picture, *below* it, and then the cut list.

        Sections from below stand beside the picture too where they fit as a whole.
        """
        first = first_page(self._view, self._inner, self._letters.size_mm, scale)
        self._sheets.append(list(first.marks))
        self._top_mm = first.below_mm
        entries = self._beside(first.beside, beside, below)
        while entries:
            entries = self._noted(entries)
        is_parted = len(self._sheets) > 1
        self._cut_list()
        count = len(self._sheets)
        sheets = [self._sheet(number, count, on) for number, on in enumerate(self._sheets, 1)]
        return Laid(tuple(sheets), first.middle, is_parted)

    def _beside(
        self, room: Box, beside: Sequence[Section], below: Sequence[Section]
    ) -> list[Entry]:
        """Fill the room beside the picture; return what goes below it."""
        taken, left = _entries(beside), list(below)
        filled, placed = self._poured(taken, room)
        if placed == len(taken):
            for section in [one for one in reversed(below) if self._suits(one, room)]:
                more = [*taken, *_entries([section])]
                tried, placed = self._poured(more, room)
                if placed == len(more):
                    taken, filled = more, tried
                    left.remove(section)
            placed = len(taken)
        self._sheets[-1] += filled.marks
        return [*taken[placed:], *_entries(left)]

    def _suits(self, section: Section, room: Box) -> bool:
        """Tell whether no word of a section, such as an id, would be broken."""
        width_mm = column_width_mm(room.width_mm, _columns_in(room), GAP_MM)
        face = self._letters.text
        words = {word for note in section.notes for word in note.text.split()}
        return all(face.width_mm(word) < width_mm - face.line_mm for word in words)

    def _noted(self, entries: list[Entry]) -> list[Entry]:
        """Put as many notes as fit on the rest of this page; the others begin a new one."""
        room = self._rest()
        if room.height_mm < _LEAST_ROOM_MM:
            room = self._new_page()
        count = _columns_in(room)
        runs = self._runs(entries, room, count, _WHOLE_SHARE * room.height_mm)
        placed = self._filled([run.group for run in runs], room, count)
        self._top_mm += self._letters.size_mm
        return entries[sum(run.entries for run in runs[:placed]) :]

    def _poured(self, entries: Sequence[Entry], room: Box) -> tuple[Filled, int]:
        """Fill a room; return that, and how many entries have a place in it."""
        count = _columns_in(room)
        runs = self._runs(entries, room, count, 0.0)
        filled = in_columns([run.group for run in runs], room, count, GAP_MM)
        return filled, sum(run.entries for run in runs[: filled.placed])

    def _filled(self, groups: Sequence[Group], room: Box, count: int = 1) -> int:
        """Fill a room; return how many groups have a place. What is left begins a new page."""
        filled = in_columns(groups, room, count, GAP_MM)
        if not filled.placed and self._is_fresh:
            high = room._replace(height_mm=height_mm(groups[0]))
            filled = in_columns(groups[:1], high, count, GAP_MM)
        self._sheets[-1] += filled.marks
        self._top_mm += filled.height_mm
        self._is_fresh = False
        if filled.placed < len(groups):
            self._new_page()
        return filled.placed

    def _runs(self, entries: Sequence[Entry], room: Box, count: int, whole_mm: float) -> list[Run]:
        """Set the entries; a section of at most this height stays together as a whole."""
        width_mm = column_width_mm(room.width_mm, count, GAP_MM)
        runs: list[Run] = []
        for _, section in groupby(entries, key=lambda entry: entry.title):
            groups = [self._set(entry, at, width_mm) for at, entry in enumerate(section)]
            whole = tuple([block for group in groups for block in group])
            if height_mm(whole) <= whole_mm:
                runs.append(Run(whole, len(groups)))
            else:
                runs += [Run(group, 1) for group in groups]
        return runs

    def _set(self, entry: Entry, at: int, width_mm: float) -> Group:
        """Set one note; the first one of a section here brings the heading."""
        blocks: list[Block] = []
        if not at:
            title = entry.title if entry.is_first else f"{entry.title}, continued"
            blocks = heading(title, self._letters.title, width_mm)
        text = shown(entry.note.text, _LONGEST_NOTE)
        return (*blocks, *item(entry.note.mark, text, self._letters.text, width_mm))

    def _cut_list(self) -> None:
        """Put the cut list over the whole width, its titles on each of its pages."""
        table = CutTable(self._view.cut_list, self._letters.size_mm, self._inner.width_mm)
        title = heading(table.title, self._letters.title, self._inner.width_mm)
        groups = groups_of(table.rings())
        while groups:
            groups = self._tabled(groups, (*title, table.head()))
        rest = groups_of(table.stock())
        while rest:
            rest = self._tabled(rest, ())

    def _tabled(self, groups: list[Group], head: Group) -> list[Group]:
        room = self._rest()
        if room.height_mm < _LEAST_ROOM_MM:
            room = self._new_page()
        placed = self._filled([(*head, *groups[0]), *groups[1:]], room)
        return groups[placed:]

    def _rest(self) -> Box:
        left_mm, _, width_mm, _ = self._inner
        bottom_mm = self._size.height_mm - PRINTABLE_MARGIN_MM - self._foot_mm
        return Box(left_mm, self._top_mm, width_mm, max(0.0, bottom_mm - self._top_mm))

    def _new_page(self) -> Box:
        head = later_head(self._view, self._inner, self._letters.size_mm)
        self._sheets.append(list(head.marks))
        self._top_mm = PRINTABLE_MARGIN_MM + head.height_mm
        self._is_fresh = True
        return self._rest()

    def _sheet(self, number: int, count: int, marks: list[Mark]) -> Sheet:
        marks += footer(self._view, self._inner, self._letters.size_mm, f"{number} of {count}")
        return Sheet(self._size.width_mm, self._size.height_mm, tuple(marks))


def _entries(sections: Sequence[Section]) -> list[Entry]:
    return [
        Entry(section.title, note, not number)
        for section in sections
        for number, note in enumerate(section.notes)
    ]


def _columns_in(room: Box) -> int:
    """Return how many columns are wide enough to be read easily."""
    return max(1, int((room.width_mm + GAP_MM) // (_LEAST_COLUMN_MM + GAP_MM)))
