"""The shop sheet: one or two pages that hang on the workshop's wall while a rosette is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from luthier_desktop.domain.feasibility.inputs import read_case
from luthier_desktop.domain.paper import Part, Sheet
from luthier_desktop.domain.pdf_options import PageSize, PdfOptions, page_sizes
from luthier_desktop.exports.sheet_picture import rosette_marks
from luthier_desktop.exports.shop_sheet_bench import bench_sections
from luthier_desktop.exports.shop_sheet_head import fitting_scales
from luthier_desktop.exports.shop_sheet_notes import Section
from luthier_desktop.exports.shop_sheet_pages import Laid, Letters, Pages, inner_box
from luthier_desktop.exports.shop_sheet_record import record_section
from luthier_desktop.exports.shop_sheet_steps import step_section
from luthier_desktop.exports.shop_sheet_verdict import verdict_sections
from luthier_desktop.exports.shop_sheet_view import ShopView

_Sections = tuple[Section, ...]

MOST_PAGES = 2
POINT_MM = 25.4 / 72
SIZES_PT = (12.0, 11.0, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""From what is read across the bench to the least that print holds."""
EASY_PT, READABLE_PT = 7.5, 7.0
"""Down to here fewer pages are better than larger letters, and a larger picture is."""
_MOST_SCALES = 2


class _Way(NamedTuple):
    """One way to lay the sheet out: how the paper lies, how small picture and letters are."""

    laid: Laid
    scale: int
    size_pt: float

    @property
    def pages(self) -> int:
        return len(self.laid.sheets)

    @property
    def is_good(self) -> bool:
        return self.pages <= MOST_PAGES and self.size_pt >= READABLE_PT


def shop_sheets(view: ShopView, options: PdfOptions) -> tuple[Sheet, ...]:
    """Lay out everything that *view* tells, in the largest letters that fit on two pages.

    The picture has its true size where the letters stay readable beside it. What does not fit in
    the smallest letters goes on further pages: nothing is left out.

    Raises:
        InputRefused: A ring would hold more pieces than can be drawn.
    """
    way = _best(_ways(view, options))
    marks = rosette_marks(view.design, view.around, view.materials, 1 / way.scale)
    first, *others = way.laid.sheets
    pictured = first._replace(marks=(Part(marks, way.laid.middle), *first.marks))
    return (pictured, *others)


def _best(ways: Iterator[list[_Way]]) -> _Way:
    """Return the first good way; else, of the paper that it fits on, the largest letters."""
    tried: list[_Way] = []
    for of_paper in ways:
        tried += of_paper
        if any(way.pages <= MOST_PAGES for way in of_paper):
            break
    good = [way for way in tried if way.is_good]
    return (
        good[0] if good else min(tried, key=lambda way: (max(way.pages, MOST_PAGES), -way.size_pt))
    )


def _ways(view: ShopView, options: PdfOptions) -> Iterator[list[_Way]]:
    """Try the paper upright before lying, a larger picture before a smaller one."""
    case = read_case(view.design, view.setup, view.materials)
    beside = verdict_sections(view)
    below = (step_section(case), *bench_sections(view, case), record_section(view))
    for size in page_sizes(options):
        found: list[_Way] = []
        for scale in fitting_scales(view, inner_box(size))[:_MOST_SCALES]:
            found.append(_Tries(view, beside, below, size, scale).best())
            if found[-1].is_good:
                break
        yield found


def _is_one_page(laid: Laid) -> bool:
    return len(laid.sheets) == 1


def _is_orderly(laid: Laid) -> bool:
    return _fits(laid) and not laid.is_parted


def _fits(laid: Laid) -> bool:
    return len(laid.sheets) <= MOST_PAGES


class _Tries:
    """The sheet in letters of several sizes, each laid out once."""

    def __init__(
        self, view: ShopView, beside: _Sections, below: _Sections, size: PageSize, scale: int
    ) -> None:
        self._view = view
        self._sections = beside, below
        self._size = size
        self._scale = scale
        self._laid: dict[float, Laid] = {}

    def best(self) -> _Way:
        """Return the largest good letters: one page, else words on one and cuts on two, else two.

        Letters below those that are read easily are taken only when nothing else fits.
        """
        wanted = (_is_one_page, _is_orderly)
        for suits in wanted:
            if suits(self._at(EASY_PT)):
                break
        else:
            suits = _fits
        size_pt = self._largest(suits)
        return _Way(self._at(size_pt), self._scale, size_pt)

    def _largest(self, suits: Callable[[Laid], bool]) -> float:
        """Return the largest letters that suit, else the smallest: smaller ones suit better."""
        if not suits(self._at(SIZES_PT[-1])):
            return SIZES_PT[-1]
        smaller, larger = len(SIZES_PT) - 1, -1
        while smaller - larger > 1:
            middle = (smaller + larger) // 2
            if suits(self._at(SIZES_PT[middle])):
                smaller = middle
            else:
                larger = middle
        return SIZES_PT[smaller]

    def _at(self, size_pt: float) -> Laid:
        if size_pt not in self._laid:
            pages = Pages(self._view, self._size, Letters(size_pt * POINT_MM))
            self._laid[size_pt] = pages.laid_out(*self._sections, self._scale)
        return self._laid[size_pt]
