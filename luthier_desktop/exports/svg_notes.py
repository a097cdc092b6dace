"""What is written beside a rosette: verdict and hash, dimension lines, and the caption strip."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.exports.lettering import fitted, width_mm, wrapped
from luthier_desktop.exports.svg_path import mm
from luthier_desktop.exports.svg_tree import Element, add, add_text

FONT = "Inter, Helvetica, Arial, sans-serif"
INK, PALE_INK, PAPER = "#26211c", "#6b6259", "#ffffff"
ROW_MM = 6.0
_MARGIN_MM = 4.0
_BAR_MM = 50.0
_NAME_MM, _SMALL_MM = 4.4, 2.3
_MODULE_MM = 0.36
_QUIET = 4
_BRACKETS = {ord("\u27e8"): "[", ord("\u27e9"): "]"}
"""The bundled font has no angle brackets, which stand round the number of a control character."""
_SIGNS = {
    "GREEN": ("M0 -1.1L0.9 0L2.5 -2.4", "#2e7d32"),
    "YELLOW": ("M0.2 0L1.35 -2.3L2.5 0ZM1.35 -1.5V-0.9M1.35 -0.5V-0.4", "#a35f00"),
    "RED": ("M0.2 -2.2L2.4 0M2.4 -2.2L0.2 0", "#c62828"),
    "UNKNOWN": ("M0.2 -1.1H2.4", "#5b5b5b"),
}
"""Glyph, as strokes, and colour of each verdict: the word stands beside them."""


class Notes(NamedTuple):
    """What is said of the design: its name, its verdict, which one it is, and where it is kept."""

    name: str
    risk: str
    score: float | None
    design_sha256: str
    record: str = ""
    qr: Sequence[bytes] = ()

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return self.risk if self.score is None else f"{self.risk} {self.score:.1f}"

    @property
    def short_hash(self) -> str:
        """The first twelve letters of the hash, in groups of four."""
        return " ".join(self.design_sha256[at : at + 4] for at in (0, 4, 8))


class Measure(NamedTuple):
    """One diameter to be written."""

    what: str
    diameter_mm: float


def add_corners(parent: Element, notes: Notes, half_mm: float) -> None:
    """Write verdict and short hash into the lower corners, where no ring is."""
    size_mm = max(1.8, half_mm * 0.035)
    corners = add(parent, "g", id="notes", font_family=FONT, font_size=mm(size_mm), fill=INK)
    y, x_mm = mm(half_mm - size_mm), half_mm - size_mm
    add_text(corners, "text", notes.verdict, x=mm(-x_mm), y=y)
    add_text(corners, "text", notes.short_hash, x=mm(x_mm), y=y, text_anchor="end")


def add_dimensions(
    parent: Element, measures: Sequence[Measure], half_mm: float, top_mm: float
) -> None:
    """Draw diameters below the rosette, one under the other, with thin lines up to their edges."""
    lines = add(parent, "g", id="dimensions", stroke=INK, stroke_width="0.13", fill="none")
    words = add(
        parent,
        "g",
        id="dimension-texts",
        font_family=FONT,
        font_size="3",
        fill=INK,
        text_anchor="middle",
    )
    for number, measure in enumerate(measures):
        y_mm, radius_mm = top_mm + (number + 1) * ROW_MM - 1.5, measure.diameter_mm / 2
        left, right, y = mm(-radius_mm), mm(radius_mm), mm(y_mm)
        text = f"{measure.what} Ø {measure.diameter_mm:.2f} mm"
        gap_mm = width_mm(text, 3.0) / 2 + 1.5
        add(
            lines,
            "path",
            stroke_opacity="0.45",
            d=f"M{left} 0V{mm(y_mm + 1)}M{right} 0V{mm(y_mm + 1)}",
        )
        ticks = f"M{mm(-radius_mm + 1.6)} {mm(y_mm - 0.5)}L{left} {y}l1.6 0.5"
        ticks += f"M{mm(radius_mm - 1.6)} {mm(y_mm - 0.5)}L{right} {y}l-1.6 0.5"
        if gap_mm < radius_mm:
            ticks += f"M{left} {y}H{mm(-gap_mm)}M{mm(gap_mm)} {y}H{right}"
        add(lines, "path", d=ticks)
        add_text(words, "text", text, x="0", y=mm(y_mm + 1.05))


def caption_height_mm(notes: Notes) -> float:
    """Return how high the strip is: as high as its QR code, and as its lines at least."""
    return float(math.ceil(max(36.0, _qr_side_mm(notes) + 2 * _MARGIN_MM)))


def least_width_mm(notes: Notes) -> float:
    """Return how wide a page with a caption is at least."""
    return _BAR_MM + 3 * _MARGIN_MM + _qr_side_mm(notes)


def add_caption(
    parent: Element, defs: Element, notes: Notes, half_mm: float, top_mm: float
) -> None:
    """Draw the strip: name, verdict, hash and record on the left, the QR code on the right."""
    height_mm, qr_mm = caption_height_mm(notes), _qr_side_mm(notes)
    strip = add(parent, "g", id="caption", font_family=FONT, fill=INK)
    add(
        strip,
        "rect",
        x=mm(-half_mm),
        y=mm(top_mm),
        width=mm(2 * half_mm),
        height=mm(height_mm),
        fill=PAPER,
    )
    left_mm = -half_mm + _MARGIN_MM
    room_mm = 2 * half_mm - 3 * _MARGIN_MM - qr_mm
    clip = add(defs, "clipPath", id="caption-text")
    add(clip, "rect", x=mm(left_mm), y=mm(top_mm), width=mm(room_mm), height=mm(height_mm))
    words = add(strip, "g", clip_path="url(#caption-text)")
    lines = wrapped(shown(notes.name).translate(_BRACKETS), _NAME_MM, room_mm, 3)
    y_mm = top_mm + 2.4
    for line in lines:
        y_mm += _NAME_MM + 0.9
        add_text(
            words,
            "text",
            line,
            x=mm(left_mm),
            y=mm(y_mm),
            font_size=mm(_NAME_MM),
            font_weight="600",
        )
    _add_verdict(words, notes, left_mm, y_mm + 5.4)
    known = "  ".join(filter(None, (f"design {notes.short_hash}", notes.record)))
    add_text(
        words,
        "text",
        fitted(known, _SMALL_MM, room_mm),
        x=mm(left_mm),
        y=mm(y_mm + 9.4),
        font_size=mm(_SMALL_MM),
        fill=PALE_INK,
    )
    _add_bar(strip, left_mm, top_mm + height_mm - 6.5)
    if notes.qr:
        right_mm = half_mm - _MARGIN_MM - qr_mm
        _add_qr(strip, notes.qr, right_mm, top_mm + (height_mm - qr_mm) / 2)


def _add_verdict(words: Element, notes: Notes, x_mm: float, y_mm: float) -> None:
    sign, colour = _SIGNS.get(notes.risk, _SIGNS["UNKNOWN"])
    add(
        words,
        "path",
        transform=f"translate({mm(x_mm)} {mm(y_mm)})",
        d=sign,
        fill="none",
        stroke=colour,
        stroke_width="0.5",
    )
    add_text(
        words,
        "text",
        notes.verdict,
        x=mm(x_mm + 3.6),
        y=mm(y_mm),
        fill=colour,
        font_size="3.4",
        font_weight="600",
    )


def _add_bar(strip: Element, left_mm: float, y_mm: float) -> None:
    bar = add(strip, "g", id="scale-bar", stroke=INK, stroke_width="0.2", fill="none")
    ticks = "".join(
        f"M{mm(left_mm + step)} {mm(y_mm)}v{'-2' if step % 50 == 0 else '-1.2'}"
        for step in range(0, round(_BAR_MM) + 1, 10)
    )
    add(bar, "path", d=f"M{mm(left_mm)} {mm(y_mm)}h{mm(_BAR_MM)}{ticks}")
    add_text(
        strip,
        "text",
        "50 mm at true scale",
        x=mm(left_mm),
        y=mm(y_mm + 3.2),
        font_size=mm(_SMALL_MM),
        fill=PALE_INK,
    )


def _add_qr(strip: Element, rows: Sequence[bytes], x_mm: float, y_mm: float) -> None:
    """Draw the code as one path, each run of dark modules a box; the strip is its quiet zone."""
    place = f"translate({mm(x_mm + _QUIET * _MODULE_MM)} {mm(y_mm + _QUIET * _MODULE_MM)})"
    boxes = [
        f"M{start} {y}h{end - start}v1h-{end - start}z"
        for y, row in enumerate(rows)
        for start, end in _runs(row)
    ]
    add(
        strip,
        "path",
        id="qr",
        transform=f"{place} scale({_MODULE_MM})",
        d="".join(boxes),
        fill="#000000",
        shape_rendering="crispEdges",
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    runs, start = [], None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _qr_side_mm(notes: Notes) -> float:
    return (len(notes.qr) + 2 * _QUIET) * _MODULE_MM if notes.qr else 0.0
