"""From a design to sheets with parts on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luthier_desktop.domain.channel_walls import channel_walls
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.parts.nesting import Room, nest
from luthier_desktop.domain.parts.outlines import tightest_inside_mm
from luthier_desktop.domain.parts.part import Part, PartSheet, PartsPlan, PlacedPart
from luthier_desktop.domain.parts.rings import Fit, parts_of, why_no_parts
from luthier_desktop.domain.parts.stacks import stacked
from luthier_desktop.domain.parts_options import PartsOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

MOST_PARTS = 10_000
_MOST_LISTED = 8

_Stock = tuple[str, float | None]


def plan_parts(design: RosetteParamSpec, setup: Setup, options: PartsOptions) -> PartsPlan:
    """Return the parts of a design on sheets, one wood and thickness a sheet.

    A ring without parts, and a bit too thick for an inside corner, is told in a sentence.

    Raises:
        InputRefused: No ring has parts, the bit is not known, there are too many parts, one is
            larger than the sheet, or the allowance leaves nothing of it.
    """
    case = read_case(design, setup, MaterialCatalogue(()))
    bit_mm = case.inlay_tool.diameter_mm
    if bit_mm is None:
        raise InputRefused(
            "The bit that cuts the parts is not known, and it has to pass between them: fill in "
            "inlay_tool.diameter_mm or tool.diameter_mm in the setup.",
            "inlay_tool.diameter_mm",
        )
    gap_mm = exact(bit_mm + options.spare_mm)
    edge_mm = options.edge_mm
    room = Room(
        exact(options.sheet_width_mm - 2 * edge_mm),
        exact(options.sheet_height_mm - 2 * edge_mm),
        gap_mm,
    )
    parts = _parts(case, options, room)
    sentences = (*_no_parts(case), *_tight_corners(parts, bit_mm))
    sheets = tuple(_sheets(parts, options, room))
    size_mm = options.sheet_width_mm, options.sheet_height_mm
    return PartsPlan(sheets, *size_mm, edge_mm, gap_mm, bit_mm, sentences)


def _parts(case: Case, options: PartsOptions, room: Room) -> list[Part]:
    """Return the parts for one guitar."""
    fit = Fit(channel_walls(case), options.allowance_mm)
    parts: list[Part] = []
    for ring in case.rings:
        if why_no_parts(ring) is None:
            parts += parts_of(ring, fit, case.channel.depth_mm)
    if not parts:
        told = " ".join(_no_parts(case)) or "It has no rings."
        raise InputRefused(f"No part of this design is cut from a sheet. {told}", "ring_params")
    if len(parts) * options.guitars > MOST_PARTS:
        raise InputRefused(
            f"{options.guitars} guitars take {len(parts) * options.guitars} parts, and at most "
            f"{MOST_PARTS} are laid on sheets at once; make guitars smaller.",
            "guitars",
        )
    for part in parts:
        _require_room(part, room)
    return parts


def _require_room(part: Part, room: Room) -> None:
    width_mm, height_mm = exact(part.box.width_mm), exact(part.box.height_mm)
    if width_mm > room.width_mm or height_mm > room.height_mm:
        raise InputRefused(
            f"A part of ring {part.ring_index} is {width_mm:.2f} x {height_mm:.2f} mm, and the "
            f"sheet has room for {max(0.0, room.width_mm):.2f} x {max(0.0, room.height_mm):.2f} "
            "mm within its edges; make sheet_width_mm and sheet_height_mm larger, or edge_mm "
            "smaller.",
            "sheet_width_mm",
        )


def _no_parts(case: Case) -> Iterator[str]:
    """Yield one sentence a reason, with the rings that it holds for."""
    rings: dict[str, list[int]] = {}
    for ring in case.rings:
        why = why_no_parts(ring)
        if why is not None:
            rings.setdefault(why, []).append(ring.ring_index)
    for why, indices in rings.items():
        word = "Ring" if len(indices) == 1 else "Rings"
        yield f"{word} {_listed(indices)}: no parts from a sheet; {why}."


def _listed(indices: Sequence[int]) -> str:
    more = len(indices) - _MOST_LISTED
    shown = [str(index) for index in indices[:_MOST_LISTED]]
    shown += [f"{more} more"] if more > 0 else []
    first, last = ", ".join(shown[:-1]), shown[-1]
    return f"{first} and {last}" if first else last


def _tight_corners(parts: Sequence[Part], bit_mm: float) -> Iterator[str]:
    for ring_index in _rings_of(parts):
        part = next(one for one in parts if one.ring_index == ring_index)
        tightest_mm = tightest_inside_mm(part.outline, part.holes)
        if exact(tightest_mm) < exact(bit_mm / 2):
            yield (
                f"Ring {ring_index}: a bit of {bit_mm:g} mm cannot cut the inside of its parts, "
                f"where the radius is {tightest_mm:.2f} mm; take one of "
                f"{2 * tightest_mm:.2f} mm or less, or finish it with a knife."
            )


def _sheets(parts: Sequence[Part], options: PartsOptions, room: Room) -> Iterator[PartSheet]:
    stocks: dict[_Stock, list[Part]] = {}
    for part in parts:
        stocks.setdefault((part.material_id, part.thickness_mm), []).append(part)
    for stock in sorted(stocks, key=lambda one: (one[0], one[1] or 0.0)):
        yield from _sheets_of(stock, stocks[stock] * options.guitars, options.edge_mm, room)


def _sheets_of(
    stock: _Stock, parts: Sequence[Part], edge_mm: float, room: Room
) -> Iterator[PartSheet]:
    stacks = list(stacked(parts, room))
    spots = nest([stack.size for stack in stacks], room)
    lying: dict[int, list[PlacedPart]] = {}
    for stack, spot in zip(stacks, spots, strict=True):
        for part, down_mm in stack.parts:
            left_mm = edge_mm + spot.left_mm - part.box.left_mm
            top_mm = edge_mm + spot.top_mm + down_mm - part.box.top_mm
            placed = PlacedPart(part, Point(left_mm, top_mm))
            lying.setdefault(spot.sheet, []).append(placed)
    for sheet in sorted(lying):
        yield PartSheet(*stock, sheet + 1, tuple(lying[sheet]))


def _rings_of(parts: Sequence[Part]) -> list[int]:
    return list(dict.fromkeys(part.ring_index for part in parts))
