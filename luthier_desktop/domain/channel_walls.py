"""Where the walls of each channel are drawn and cut: nominal radii and the clearance between."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.fit import room_of
from luthier_desktop.domain.feasibility.inputs import Case


class ChannelWalls(NamedTuple):
    """One channel as it is cut: half of the clearance lies at either wall.

    ``depth_mm`` is None where nobody says it. ``clearance_mm`` is the extra width in total; 0
    where neither a clearance nor a glue is known.
    """

    inner_mm: float
    outer_mm: float
    depth_mm: float | None
    clearance_mm: float
    ring_indices: tuple[int, ...]

    @property
    def width_mm(self) -> float:
        """The width that is cut."""
        return self.outer_mm - self.inner_mm


def channel_walls(case: Case) -> tuple[ChannelWalls, ...]:
    """Return the walls of every channel, inner to outer.

    Raises:
        InputRefused: The clearance leaves no channel, or reaches over the soundhole's centre.
    """
    walls = []
    for span in case.spans:
        room = room_of(case, span)
        given_mm = case.channel.clearance_mm or 0.0
        clearance_mm = given_mm if room is None else room.clearance_mm
        inner_mm = span.inner_mm - clearance_mm / 2
        outer_mm = span.outer_mm + clearance_mm / 2
        if not 0 < inner_mm < outer_mm:
            raise InputRefused(
                f"A clearance of {clearance_mm:g} mm leaves no channel of {span.width_mm:g} mm "
                f"from radius {span.inner_mm:g} mm; set channel.clearance_mm.",
                "channel.clearance_mm",
            )
        depth_mm = case.channel.depth_mm
        walls.append(ChannelWalls(inner_mm, outer_mm, depth_mm, clearance_mm, span.ring_indices))
    return tuple(walls)
