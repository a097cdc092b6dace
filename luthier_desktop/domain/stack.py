"""The ring stack of a design: radii with lands, channels, and what closes the sum."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.geometry import RingRadii, stacked_radii
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import Layout

JOINED_MM = 1e-9
"""Rings with a gap of at most this much lie in one channel."""


class ChannelSpan(NamedTuple):
    """One channel in the top: its radii and the rings that lie in it, inner to outer."""

    inner_mm: float
    outer_mm: float
    ring_indices: tuple[int, ...]

    @property
    def width_mm(self) -> float:
        """The nominal width, without clearance."""
        return self.outer_mm - self.inner_mm


def ring_radii(design: RosetteParamSpec) -> tuple[RingRadii, ...]:
    """Return the radii of each ring in order, each starting after the gap before it."""
    bands = ((ring.gap_before_mm, ring.effective_width_mm) for ring in design.ring_params)
    return stacked_radii(design.inner_diameter_mm / 2, bands)


def closing_error_mm(design: RosetteParamSpec) -> float:
    """Return how far the stack's outer edge lies beyond the outer radius; negative: not full."""
    radii = ring_radii(design)
    outer_mm = radii[-1].outer_mm if radii else design.inner_diameter_mm / 2
    return outer_mm - design.outer_diameter_mm / 2


def channel_layout(design: RosetteParamSpec, setup_layout: Layout | None) -> Layout:
    """Return the layout in force: the design's, per_ring when a later ring has a gap, the setup's.

    Source: domain reference 5.0.
    """
    if design.channel is not None and design.channel.layout is not None:
        return design.channel.layout
    if any(ring.gap_before_mm > JOINED_MM for ring in design.ring_params[1:]):
        return "per_ring"
    return setup_layout or "single"


def channels(design: RosetteParamSpec, layout: Layout) -> tuple[ChannelSpan, ...]:
    """Return the channels, inner to outer.

    ``single``: one from the inner to the outer diameter. ``per_ring``: one for each run of rings
    without a gap. Without rings there is none.
    """
    rings = design.ring_params
    if not rings:
        return ()
    if layout == "single":
        indices = tuple(ring.ring_index for ring in rings)
        return (ChannelSpan(design.inner_diameter_mm / 2, design.outer_diameter_mm / 2, indices),)
    spans: list[ChannelSpan] = []
    for ring, radii in zip(rings, ring_radii(design), strict=True):
        if spans and ring.gap_before_mm <= JOINED_MM:
            last = spans.pop()
            spans.append(_grown(last, ring, radii))
        else:
            spans.append(ChannelSpan(radii.inner_mm, radii.outer_mm, (ring.ring_index,)))
    return tuple(spans)


def _grown(span: ChannelSpan, ring: RingParam, radii: RingRadii) -> ChannelSpan:
    return ChannelSpan(span.inner_mm, radii.outer_mm, (*span.ring_indices, ring.ring_index))
