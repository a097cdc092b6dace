"""What lies round the rings: the top, the soundhole, the fingerboard's end."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.exports.svg_path import annulus_data, circle_data, mm
from luthier_desktop.exports.svg_rings import OUTLINE_MM
from luthier_desktop.exports.svg_tree import Element, add
from luthier_desktop.exports.svg_woods import PLATE_MM2, Woods, shaded

USUAL_TOP, BOARD_WOOD = "sitka_spruce", "gaboon_ebony"
_HIDING = "0.5"


class Around(NamedTuple):
    """The parts of the guitar that the rosette is seen with; lengths in mm, None: not drawn."""

    top_material_id: str = USUAL_TOP
    soundhole_radius_mm: float | None = None
    board_width_mm: float | None = None
    board_end_mm: float | None = None


class Page(NamedTuple):
    """Where the surroundings are drawn: the drawing, its definitions, half its width in mm."""

    drawing: Element
    defs: Element
    half_mm: float


def add_top(page: Page, around: Around, woods: Woods) -> None:
    """Draw a book-matched top: grain up and down, mirrored at the middle."""
    wood, half_mm, size = around.top_material_id, page.half_mm, mm(2 * page.half_mm)
    figure = woods.figure(wood, 0.0, PLATE_MM2)
    group = add(page.drawing, "g", id="top")
    edge, half = mm(-half_mm), mm(half_mm)
    if figure is None:
        add(group, "rect", x=edge, y=edge, width=size, height=size, fill=woods.colour(wood))
        return
    mirrored = woods.mirrored(wood) or figure
    for x, fill in (("0", figure), (edge, mirrored)):
        add(group, "rect", x=x, y=edge, width=half, height=size, fill=fill)
    add(
        group,
        "path",
        d=f"M0 {edge}V{half}",
        stroke=shaded(woods.colour(wood), -0.25),
        stroke_width="0.12",
        stroke_opacity="0.6",
    )


def add_soundhole(page: Page, around: Around, woods: Woods, *, outlines: bool) -> None:
    """Draw the hole: the dark of the body, and the edge of the top."""
    if around.soundhole_radius_mm is None:
        return
    hole = add(page.drawing, "circle", id="soundhole", r=mm(around.soundhole_radius_mm))
    if outlines:
        _outline(hole)
        return
    dark = shaded(woods.colour(BOARD_WOOD), -0.35)
    depth = add(page.defs, "radialGradient", id="depth", cx="0.5", cy="0.62", r="0.62")
    for offset, shade in (("0", shaded(dark, 0.14)), ("0.7", dark), ("1", shaded(dark, -0.3))):
        add(depth, "stop", offset=offset, stop_color=shade)
    hole.set("fill", "url(#depth)")
    hole.set("stroke", shaded(woods.colour(around.top_material_id), -0.5))
    hole.set("stroke-width", "0.2")


def add_board(
    page: Page, around: Around, rosette: RingRadii, woods: Woods, *, outlines: bool
) -> None:
    """Draw the fingerboard's end; where it hides the rosette, the rosette shines through."""
    if around.board_width_mm is None or around.board_end_mm is None:
        return
    half_mm, defs = page.half_mm, page.defs
    height_mm = half_mm - around.board_end_mm
    if height_mm <= 0:
        return
    place = {
        "x": mm(-around.board_width_mm / 2),
        "y": mm(-half_mm),
        "width": mm(around.board_width_mm),
        "height": mm(height_mm),
    }
    board = add(page.drawing, "g", id="fingerboard")
    if outlines:
        _outline(add(board, "rect", **place))
        return
    wood = woods.figure(BOARD_WOOD, 0.0, PLATE_MM2) or woods.colour(BOARD_WOOD)
    edge, size = mm(-half_mm), mm(2 * half_mm)
    beside = add(defs, "clipPath", id="beside-rosette")
    everything = f"M{edge} {edge}h{size}v{size}h-{size}Z"
    add(beside, "path", d=everything + annulus_data(rosette), clip_rule="evenodd")
    over = add(defs, "clipPath", id="over-rosette")
    add(
        over,
        "path",
        d=circle_data(rosette.outer_mm) + circle_data(rosette.inner_mm),
        clip_rule="evenodd",
    )
    add(board, "rect", **place, fill=wood, clip_path="url(#beside-rosette)")
    add(board, "rect", **place, fill=wood, fill_opacity=_HIDING, clip_path="url(#over-rosette)")
    add(
        board,
        "rect",
        **place,
        fill="none",
        stroke=shaded(woods.colour(BOARD_WOOD), -0.4),
        stroke_width="0.2",
    )


def _outline(element: Element) -> None:
    element.set("fill", "none")
    element.set("stroke", "#000000")
    element.set("stroke-width", OUTLINE_MM)
