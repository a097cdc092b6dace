"""The veneer lines that a ring is built of: cut between two of them, or joined to another's."""

from __future__ import annotations

from typing import Any, NamedTuple

from luthier_desktop.domain.patterns import lines, solid
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.solid import SolidParameters
from luthier_desktop.domain.rosette import RingParam

SAME_MM = 1e-6


class RingLine(NamedTuple):
    """One line as it is drawn; the lines of a ring together are as wide as the ring."""

    material_id: str
    thickness_mm: float


class LineCut(NamedTuple):
    """A ring of lines cut in two: how wide the inner part is, and what each part is made of."""

    inner_width_mm: float
    inner: dict[str, Any]
    outer: dict[str, Any]


def listed_lines(ring: RingParam) -> tuple[RingLine, ...]:
    """Return the lines that the ring lists itself, as thick as it says."""
    own = ring.pattern.lines if isinstance(ring.pattern, LinesParameters) else None
    return tuple(RingLine(line.material_id, line.thickness_mm) for line in own or ())


def drawn_lines(ring: RingParam) -> tuple[RingLine, ...]:
    """Return the lines of a ring of lines or of one strip; none for every other pattern."""
    width_mm = ring.effective_width_mm
    if ring.pattern_type is PatternFamily.LINES:
        return _filling(listed_lines(ring) or _shared(ring), width_mm)
    if ring.pattern_type is PatternFamily.SOLID and is_one_piece(ring):
        return (RingLine((ring.materials or solid.DEFAULT_MATERIALS)[0], width_mm),)
    return ()


def is_one_piece(ring: RingParam) -> bool:
    """Say whether a solid ring is one strip or plate, not wedges."""
    pieces = ring.pattern.pieces if isinstance(ring.pattern, SolidParameters) else None
    return pieces in (None, 1)


def cut_lines(ring: RingParam) -> LineCut | None:
    """Cut between the two lines next to the middle; None where there are not two lines."""
    drawn = drawn_lines(ring)
    if len(drawn) < 2:
        return None
    sums_mm = [sum(line.thickness_mm for line in drawn[:at]) for at in range(len(drawn))]
    middle_mm = ring.effective_width_mm / 2
    at = min(range(1, len(drawn)), key=lambda one: round(abs(sums_mm[one] - middle_mm), 6))
    return LineCut(round(sums_mm[at], 6), _part(ring, 0, at), _part(ring, at, len(drawn)))


def of_lines(found: tuple[RingLine, ...]) -> list[dict[str, Any]]:
    """Return lines as the plain data of a design."""
    return [{"material_id": one.material_id, "thickness_mm": one.thickness_mm} for one in found]


def woods(found: tuple[RingLine, ...]) -> list[str]:
    """Return the materials of lines, each once, inner to outer."""
    return list(dict.fromkeys(line.material_id for line in found))


def _part(ring: RingParam, first: int, end: int) -> dict[str, Any]:
    """Return the members of a ring that has the lines from *first* up to *end* alone.

    Its materials follow its lines where those of the whole ring did.
    """
    own = listed_lines(ring)
    if not own:
        return {"materials": woods_in_turn(ring)[first:end]}
    changes: dict[str, Any] = {
        "pattern": {
            **(ring.pattern.plain() if ring.pattern else {}),
            "lines": of_lines(own[first:end]),
        }
    }
    if ring.materials and set(ring.materials) == set(woods(own)):
        changes["materials"] = woods(own[first:end])
    return changes


def woods_in_turn(ring: RingParam) -> list[str]:
    """Return the materials that share the width of a ring without lines of its own."""
    return list(ring.materials or lines.DEFAULT_MATERIALS)


def _shared(ring: RingParam) -> tuple[RingLine, ...]:
    shares = woods_in_turn(ring)
    share_mm = ring.effective_width_mm / len(shares)
    return tuple(RingLine(material_id, share_mm) for material_id in shares)


def _filling(own: tuple[RingLine, ...], width_mm: float) -> tuple[RingLine, ...]:
    """Return the lines in proportion, so that their thicknesses add up to the width."""
    total_mm = sum(line.thickness_mm for line in own)
    if abs(total_mm - width_mm) <= SAME_MM:
        return own
    scaled = [round(line.thickness_mm * width_mm / total_mm, 6) for line in own]
    scaled[-1] = round(width_mm - sum(scaled[:-1]), 6)
    return tuple(
        RingLine(line.material_id, thickness_mm)
        for line, thickness_mm in zip(own, scaled, strict=True)
    )
