"""A sheet of paper on the screen: each mark at its mm, at any zoom."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from luthier_desktop.domain.geometry import Arc, Line, Point, circle
from luthier_desktop.domain.paper import Box, Fill, Mark, Modules, Part, Sheet, Stroke, Words
from luthier_desktop.ui.exporting.sheet_painter import page_image, page_of

pytestmark = pytest.mark.usefixtures("qapp")
ZOOM = 8.0
RED, BLUE = "#c00000", "#0000c0"
MIDDLE = Point(20.0, 15.0)


def painted(*marks: Mark, zoom: float = ZOOM) -> QImage:
    return page_image(page_of(Sheet(40.0, 30.0, marks)), zoom)


def at(image: QImage, x_mm: float, y_mm: float, zoom: float = ZOOM) -> str:
    return QColor(image.pixel(int(x_mm * zoom), int(y_mm * zoom))).name()


def inked_columns(image: QImage) -> list[int]:
    high = range(image.height())
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y).red() < 128 for y in high)
    ]


def test_a_page_is_white_and_as_large_as_it_says_at_each_zoom() -> None:
    for zoom in (0.5, 3.0, 8.0):
        image = painted(zoom=zoom)
        assert (image.width(), image.height()) == (40 * zoom, 30 * zoom)
        assert at(image, 20, 15, zoom) == "#ffffff"


def test_what_lies_in_two_outlines_of_a_fill_is_a_hole() -> None:
    ring = Fill((circle(MIDDLE, 10.0), circle(MIDDLE, 5.0)), RED)
    image = painted(ring)
    assert [at(image, 20 + x, 15) for x in (0, 4.8, 5.2, 9.8, 10.2)] == [
        "#ffffff", "#ffffff", RED, RED, "#ffffff"
    ]  # fmt: skip


def test_an_arc_runs_clockwise_from_12_o_clock_at_its_true_radius() -> None:
    quarter = Stroke((Arc(MIDDLE, 8.0, 0.0, 90.0),), 0.5, BLUE)
    image = painted(quarter)
    on = 8.0 * 0.5**0.5
    assert at(image, 20 + on, 15 - on) == BLUE
    assert at(image, 20 - on, 15 - on) == "#ffffff"
    assert at(image, 20 + on, 15 + on) == "#ffffff"
    assert at(image, 20 + on + 0.5, 15 - on - 0.5) == "#ffffff"


def test_dashes_have_the_lengths_that_the_stroke_says() -> None:
    dashed = Stroke((Line(Point(0, 15), Point(40, 15)),), 0.5, BLUE, (3.0, 2.0))
    image = painted(dashed)
    assert [at(image, x, 15) for x in (1.5, 2.8, 3.2, 4.8, 5.2)] == [
        BLUE, BLUE, "#ffffff", "#ffffff", BLUE
    ]  # fmt: skip


def test_a_hairline_is_still_seen_on_a_small_page() -> None:
    line = Stroke((Line(Point(20.5, 0), Point(20.5, 30)),), 0.01)
    assert painted(line, zoom=1.0).pixelColor(20, 10).red() < 100


def test_a_part_is_moved_and_cut_off_at_its_box() -> None:
    square = Fill((circle(Point(0, 0), 6.0),), RED)
    image = painted(Part((square,), MIDDLE, Box(20.0, 0.0, 20.0, 30.0)))
    assert [at(image, 20 + x, 15) for x in (-1, 1, 5.8, 6.2)] == ["#ffffff", RED, RED, "#ffffff"]


def test_the_modules_of_a_code_are_black_where_they_are_one() -> None:
    image = painted(Modules((b"\1\0", b"\0\1"), Point(10, 10), 4.0))
    black = [(x, y) for x in (11, 13) for y in (11, 13) if at(image, x, y) == "#000000"]
    assert black == [(11, 11), (13, 13)]


def test_words_begin_end_and_turn_about_their_place() -> None:
    def words(align: str, angle_deg: float = 0.0) -> list[int]:
        said = Words("HHH", MIDDLE, 5.0, align=align, angle_deg=angle_deg)  # type: ignore[arg-type]  # one of the three
        return inked_columns(painted(said))

    left, right, middle = words("left"), words("right"), words("center")
    at_px = int(20 * ZOOM)
    assert at_px <= left[0] <= at_px + 5
    assert at_px - 5 <= right[-1] <= at_px
    assert abs((middle[0] + middle[-1]) / 2 - at_px) <= 1.5
    upright = words("left", 90.0)  # clockwise: it reads downwards, its letters rise to the right
    assert at_px - 1 <= upright[0] <= at_px + 1
    assert upright[-1] < at_px + 5.0 * ZOOM
