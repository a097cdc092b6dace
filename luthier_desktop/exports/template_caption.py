"""The head of a template: which design it is, its verdict, where it is recorded, its QR code."""

from __future__ import annotations

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Mark, Modules, Words
from luthier_desktop.exports.print_letters import wrapped_text
from luthier_desktop.exports.template_marks import (
    SMALL_MM,
    TEXT_MM,
    TITLE_MM,
    Block,
    bold,
    within,
    words,
)
from luthier_desktop.exports.template_view import TemplateView

SCALE = "Template at true size, scale 1:1"
_SIGNS = {
    "GREEN": ("✓", "#2e7d32"),
    "YELLOW": ("▲", "#a35f00"),
    "RED": ("✗", "#c62828"),
    "UNKNOWN": ("?", "#5b5b5b"),
}
"""Sign and colour of each verdict: its word stands beside them."""
_MODULE_MM, _QUIET = 0.36, 4
_VERDICT_MM = 3.4
_GAP_MM = 4.0
_MOST_NAME_LINES, _LONGEST_NAME = 2, 160
_UNSAVED = "Not saved when this was printed: no snapshot, no run, no ledger number."


def caption(view: TemplateView, width_mm: float) -> Block:
    """Return the head over the whole width: words on the left, the code on the right."""
    qr = _qr(view, width_mm)
    room_mm = width_mm - qr.width_mm - _GAP_MM
    marks: list[Mark] = []
    y_mm = 0.0
    name = shown(view.notes.name, _LONGEST_NAME)
    for text in wrapped_text(name, TITLE_MM, room_mm, _MOST_NAME_LINES, bold=True):
        y_mm += 1.2 * TITLE_MM
        marks.append(bold(text, 0.0, y_mm, TITLE_MM))
    y_mm += 1.6 * _VERDICT_MM
    marks.append(_verdict(view, y_mm))
    for text in (SCALE, f"design {view.notes.short_hash}"):
        y_mm += 1.6 * TEXT_MM
        marks.append(words(text, 0.0, y_mm, TEXT_MM))
    for text in _record(view):
        y_mm += 1.45 * SMALL_MM
        marks.append(words(within(text, room_mm, SMALL_MM), 0.0, y_mm, SMALL_MM))
    return Block((*marks, *qr.marks), width_mm, max(y_mm + SMALL_MM, qr.height_mm))


def _verdict(view: TemplateView, y_mm: float) -> Words:
    sign, colour = _SIGNS.get(view.notes.risk, _SIGNS["UNKNOWN"])
    text = f"{sign} {view.notes.verdict}"
    return bold(text, 0.0, y_mm, _VERDICT_MM)._replace(colour=colour)


def _record(view: TemplateView) -> tuple[str, ...]:
    record = view.record
    if record is None:
        return (view.notes.record or _UNSAVED,)
    first = f"snapshot {record.snapshot_id} · run {record.run_id}"
    witness = record.letters or record.no_letters
    second = f"ledger number {record.ledger_number:,}" + (f" · {witness}" if witness else "")
    return first, second


def _qr(view: TemplateView, width_mm: float) -> Block:
    """Return the code in the right corner, its quiet zone round it."""
    rows = tuple(view.notes.qr)
    if not rows:
        return Block((), 0.0, 0.0)
    quiet_mm, inner_mm = _QUIET * _MODULE_MM, len(rows) * _MODULE_MM
    side_mm = inner_mm + 2 * quiet_mm
    corner = Point(width_mm - side_mm + quiet_mm, quiet_mm)
    return Block((Modules(rows, corner, inner_mm),), side_mm, side_mm)
