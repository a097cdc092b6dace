"""A rosette as SVG, true to scale: one unit is one millimetre, arcs are arcs."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.svg_around import Around, Page, add_board, add_soundhole, add_top
from luthier_desktop.exports.svg_notes import (
    PAPER,
    ROW_MM,
    Measure,
    Notes,
    add_caption,
    add_corners,
    add_dimensions,
    caption_height_mm,
    least_width_mm,
)
from luthier_desktop.exports.svg_path import mm
from luthier_desktop.exports.svg_rings import Inked, add_ring
from luthier_desktop.exports.svg_tree import NAMESPACE, Element, add, add_text, written
from luthier_desktop.exports.svg_woods import Woods

_MARGIN_MM = 8.0


class Scene(NamedTuple):
    """Everything that a picture's bytes follow from, besides its payload."""

    design: RosetteParamSpec
    materials: MaterialCatalogue
    around: Around
    notes: Notes
    options: PictureOptions


class PageSize(NamedTuple):
    """The picture's size in mm; the rosette's part is a square of ``width_mm`` at its top."""

    width_mm: float
    height_mm: float


def page_size(scene: Scene) -> PageSize:
    """Return how large the picture is: whole millimetres, with room round the rosette."""
    design, caption = scene.design, scene.options.caption
    reaches = [design.outer_diameter_mm / 2, (design.soundhole_diameter_mm or 0.0) / 2]
    reaches += [radii.outer_mm for radii in ring_radii(design)]
    width_mm = 2.0 * math.ceil(round(max(reaches) + _MARGIN_MM, 6))
    if caption:
        width_mm = max(width_mm, 2.0 * math.ceil(least_width_mm(scene.notes) / 2))
    below_mm = _dimensions_mm(scene) + (caption_height_mm(scene.notes) if caption else 0.0)
    return PageSize(width_mm, width_mm + below_mm)


def svg_bytes(scene: Scene, payload: str = "") -> bytes:
    """Draw the picture; the same scene and payload are the same bytes everywhere.

    Raises:
        InputRefused: A ring would hold more pieces than can be drawn.
    """
    size, options = page_size(scene), scene.options
    half_mm = size.width_mm / 2
    root = _root(scene, size)
    defs = add(root, "defs")
    page = add(root, "g", transform=f"translate({mm(half_mm)} {mm(half_mm)})")
    place = Page(page, defs, half_mm)
    outlines = options.style == "lines"
    woods = Woods(scene.materials, defs, figured=options.style == "wood")
    inked = Inked(woods, outlines, options.style == "wood")
    if options.top and not outlines:
        add_top(place, scene.around, woods)
    add_soundhole(place, scene.around, woods, outlines=outlines)
    rings = ring_radii(scene.design)
    stack = add(page, "g", id="rosette")
    for ring, radii in zip(scene.design.ring_params, rings, strict=True):
        add_ring(stack, ring, radii, inked)
    rosette = _rosette(scene.design, rings)
    add_board(place, scene.around, rosette, woods, outlines=outlines)
    _add_notes(page, defs, scene, half_mm)
    return written(root, payload)


def _root(scene: Scene, size: PageSize) -> Element:
    width, height = mm(size.width_mm), mm(size.height_mm)
    root = Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "width": f"{width}mm",
            "height": f"{height}mm",
            "viewBox": f"0 0 {width} {height}",
        },
    )
    notes = scene.notes
    add_text(root, "title", shown(notes.name))
    told = (f"Verdict {notes.verdict}", f"design {notes.design_sha256}", notes.record)
    add_text(root, "desc", "; ".join(filter(None, told)))
    add(root, "metadata")
    return root


def _add_notes(page: Element, defs: Element, scene: Scene, half_mm: float) -> None:
    below_mm = _dimensions_mm(scene)
    if below_mm:
        if scene.options.top:
            add(
                page,
                "rect",
                x=mm(-half_mm),
                y=mm(half_mm),
                width=mm(2 * half_mm),
                height=mm(below_mm),
                fill=PAPER,
            )
        add_dimensions(page, _measures(scene.design), half_mm, half_mm)
    if scene.options.caption:
        add_caption(page, defs, scene.notes, half_mm, half_mm + below_mm)
    else:
        add_corners(page, scene.notes, half_mm)


def _measures(design: RosetteParamSpec) -> list[Measure]:
    hole_mm = design.soundhole_diameter_mm
    hole = [] if hole_mm is None else [Measure("soundhole", hole_mm)]
    return [
        *hole,
        Measure("rosette inside", design.inner_diameter_mm),
        Measure("rosette outside", design.outer_diameter_mm),
    ]


def _dimensions_mm(scene: Scene) -> float:
    return ROW_MM * len(_measures(scene.design)) if scene.options.dimensions else 0.0


def _rosette(design: RosetteParamSpec, rings: tuple[RingRadii, ...]) -> RingRadii:
    outer_mm = max([design.outer_diameter_mm / 2, *(radii.outer_mm for radii in rings)])
    return RingRadii(design.inner_diameter_mm / 2, outer_mm)
