"""What is written beside a drawing for machines: plain letters, and the unit in words."""

from __future__ import annotations

from luthier_desktop.domain.channel_walls import ChannelWalls
from luthier_desktop.domain.outgoing_text import machine_name
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.svg_notes import Notes

_MOST_WOODS = 3


def text_lines(
    design: RosetteParamSpec, notes: Notes, walls: tuple[ChannelWalls, ...]
) -> list[str]:
    """Return what the drawing is, its verdict, which design and run, and its measures in mm."""
    return [*about_lines(notes), *_measure_lines(design, walls), *_RULES]


def about_lines(notes: Notes) -> list[str]:
    """Return name, verdict, short hash and record, each harmless in a file for machines."""
    record = [machine_name(word) for word in notes.record.split()]
    return [
        machine_name(notes.name),
        f"Verdict {machine_name(notes.verdict)}",
        f"Design {machine_name(notes.short_hash)}",
        *record,
    ]


_RULES = (
    "All lengths in mm - check line 100 mm both ways - measure it first",
    "Seen from the face of the top with the fingerboard up",
    "Circles arcs and lines are true - other curves within 0.005 mm",
    "A line that two operations share stands once on the layer with the lower number",
)


def _measure_lines(design: RosetteParamSpec, walls: tuple[ChannelWalls, ...]) -> list[str]:
    lines = []
    if design.soundhole_diameter_mm is not None:
        lines.append(f"Soundhole diameter {_mm(design.soundhole_diameter_mm)} mm - cut last")
    for number, wall in enumerate(walls, 1):
        depth = "unknown" if wall.depth_mm is None else f"{_mm(wall.depth_mm)} mm"
        lines.append(
            f"Channel {number} radius {_mm(wall.inner_mm)} to {_mm(wall.outer_mm)} mm - "
            f"depth {depth} - clearance {_mm(wall.clearance_mm)} mm in total"
        )
    for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
        lines.append(
            f"Ring {ring.ring_index} {ring.pattern_type.value} "
            f"radius {_mm(radii.inner_mm)} to {_mm(radii.outer_mm)} mm{_woods(ring)}"
        )
    return lines


def _woods(ring: RingParam) -> str:
    woods = list(dict.fromkeys(ring.materials or ()))
    if not woods:
        return ""
    more = len(woods) - _MOST_WOODS
    told = [*woods[:_MOST_WOODS], *([f"{more} more"] if more > 0 else [])]
    return " - " + " - ".join(told)


def _mm(value: float) -> str:
    whole, _, part = f"{value:.3f}".rstrip("0").partition(".")
    return f"{whole}.{part:0<2}"
