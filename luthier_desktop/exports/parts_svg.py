"""Male parts on their sheets as SVG: one unit a millimetre, one group a wood."""

from __future__ import annotations

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.geometry import Line
from luthier_desktop.domain.parts.outlines import moved
from luthier_desktop.domain.parts.part import PartsPlan
from luthier_desktop.exports.parts_page import (
    LABEL_MM,
    LINE_MM,
    TEXT_MM,
    below_mm,
    check_lines,
    grain_arrow,
    label_at,
    label_of,
    on_sheet,
    sheet_places,
    text_lines,
)
from luthier_desktop.exports.svg_notes import FONT, INK, Notes
from luthier_desktop.exports.svg_path import mm, open_data, outline_data
from luthier_desktop.exports.svg_tree import NAMESPACE, Element, add, add_text, written

_MARGIN_MM = 12.0
_HAIRLINE_MM = "0.1"
_LETTER = 0.65
"""A letter's width as a share of its height, for the size of the page alone."""


def parts_svg(plan: PartsPlan, notes: Notes, payload: str = "") -> bytes:
    """Draw all sheets side by side; the same plan, notes and payload are the same bytes."""
    lines = list(text_lines(plan, notes))
    root = _root(plan, notes, lines)
    page = add(root, "g", transform=f"translate({mm(_MARGIN_MM)} {mm(_MARGIN_MM)})")
    _add_guides(page, plan)
    _add_parts(page, plan)
    words = add(page, "g", id="text", font_family=FONT, font_size=mm(TEXT_MM), fill=INK)
    for place in sheet_places(plan):
        add_text(words, "text", place.title, x=mm(place.left_mm), y=mm(-LINE_MM))
    for number, line in enumerate(lines, 2):
        add_text(words, "text", line, x="0", y=mm(below_mm(plan) + LINE_MM * number))
    _add_labels(page, plan)
    return written(root, payload)


def _root(plan: PartsPlan, notes: Notes, lines: list[str]) -> Element:
    places = sheet_places(plan)
    wide_mm = max(
        places[-1].left_mm + plan.sheet_width_mm, max(map(len, lines)) * TEXT_MM * _LETTER
    )
    high_mm = below_mm(plan) + LINE_MM * (len(lines) + 2)
    width, height = mm(wide_mm + 2 * _MARGIN_MM), mm(high_mm + _MARGIN_MM)
    size = {"width": f"{width}mm", "height": f"{height}mm", "viewBox": f"0 0 {width} {height}"}
    root = Element("svg", {"xmlns": NAMESPACE, **size})
    add_text(root, "title", shown(notes.name))
    add(root, "metadata")
    return root


def _drawn(page: Element, id_: str, stroke: str) -> Element:
    return add(page, "g", id=id_, fill="none", stroke=stroke, stroke_width=_HAIRLINE_MM)


def _add_guides(page: Element, plan: PartsPlan) -> None:
    guides = _drawn(page, "guides", "#888888")
    lines: list[Line] = list(check_lines(plan))
    for place in sheet_places(plan):
        lines += grain_arrow(place)
        add(
            guides,
            "rect",
            x=mm(place.left_mm),
            y="0",
            width=mm(plan.sheet_width_mm),
            height=mm(plan.sheet_height_mm),
        )
    add(guides, "path", d=open_data(lines))


def _add_parts(page: Element, plan: PartsPlan) -> None:
    groups: dict[str, Element] = {}
    for place in sheet_places(plan):
        wood = place.sheet.material_id
        if wood not in groups:
            groups[wood] = _drawn(page, f"parts-{wood}", "#000000")
        for placed in place.sheet.parts:
            shift = on_sheet(placed, place.left_mm)
            outlines = (placed.part.outline, *placed.part.holes)
            data = "".join([outline_data(moved(outline, shift)) for outline in outlines])
            add(groups[wood], "path", d=data).set("class", f"ring-{placed.part.ring_index}")


def _add_labels(page: Element, plan: PartsPlan) -> None:
    labels = add(page, "g", id="labels", font_family=FONT, font_size=mm(LABEL_MM), fill=INK)
    for place in sheet_places(plan):
        for placed in place.sheet.parts:
            at = label_at(placed, place.left_mm)
            add_text(labels, "text", label_of(placed), x=mm(at.x_mm), y=mm(at.y_mm))
