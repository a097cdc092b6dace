"""Instruments to begin a design with: usual sizes, each with its source, and a first stack."""

from __future__ import annotations

import math
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from luthier_desktop.domain.base import (
    ExternalId,
    Flag,
    LengthMm,
    MaterialId,
    PositiveMm,
    Text,
    Value,
)
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import Confidence
from luthier_desktop.domain.rosette import DESIGN_SCHEMA, RosetteParamSpec
from luthier_desktop.domain.workshop import Glue

LINE_WOOD, RING_WOOD = "pear", "black_walnut"
RING_PIECES = 4
LEAST_SOLID_MM = 1.0
"""A band with less than this between its border lines becomes lines alone."""


class Usual(Value):
    """A usual size, from ``low`` to ``high`` in use, and where it is known from."""

    value: PositiveMm
    low: PositiveMm
    high: PositiveMm
    source: Text
    confidence: Confidence
    estimated: Flag = False


class Workshop(Value):
    """What a first design needs besides its sizes; estimates, to be edited in the design."""

    top_material_id: MaterialId
    face_removal_mm: LengthMm
    back_removal_mm: LengthMm
    channel_depth_mm: PositiveMm
    glue: Glue
    board_end_mm: LengthMm
    line_mm: PositiveMm


class Instrument(Value):
    """One kind of instrument. Source of the sizes: domain reference 1.1."""

    instrument_id: ExternalId
    name: Text
    soundhole_diameter_mm: Usual
    margin_mm: Usual
    outer_diameter_mm: Usual
    top_thickness_mm: Usual
    fingerboard_width_mm: Usual
    workshop: Workshop

    @property
    def usual_sizes(self) -> Sizes:
        """Return the sizes that a design begins with when nothing else is typed."""
        return Sizes(*(getattr(self, name).value for name in Sizes._fields))


class NotOffered(Value):
    """What no design can be begun for, and why."""

    name: Text
    why: Text


class Instruments(Value):
    """The list of instruments."""

    schema_: Annotated[Literal["luthier.instruments/1"], Field(alias="schema")]
    remark: Text
    instruments: tuple[Instrument, ...]
    not_offered: tuple[NotOffered, ...] = ()


class Sizes(NamedTuple):
    """The sizes of an instrument that a design begins with, in mm."""

    soundhole_diameter_mm: float
    margin_mm: float
    outer_diameter_mm: float
    top_thickness_mm: float
    fingerboard_width_mm: float


def begin_design(
    instrument: Instrument, sizes: Sizes, *, with_ring: bool = True
) -> RosetteParamSpec:
    """Return a new design: a wooden ring of four pieces between two lines, or no ring at all.

    Raises:
        InputRefused: The sizes leave no room for a rosette; the sentence says which.
    """
    inner_mm = round(sizes.soundhole_diameter_mm + 2 * sizes.margin_mm, 6)
    if sizes.outer_diameter_mm <= inner_mm:
        raise InputRefused(
            f"The outer diameter of {sizes.outer_diameter_mm:g} mm leaves no room for a rosette: "
            f"soundhole and margins take {inner_mm:g} mm. Make it larger."
        )
    workshop = instrument.workshop
    band_mm = round((sizes.outer_diameter_mm - inner_mm) / 2, 6)
    plain = {
        "schema": DESIGN_SCHEMA,
        "name": instrument.name,
        "outer_diameter_mm": sizes.outer_diameter_mm,
        "inner_diameter_mm": inner_mm,
        "soundhole_diameter_mm": sizes.soundhole_diameter_mm,
        "top": {
            "material_id": workshop.top_material_id,
            "thickness_mm": sizes.top_thickness_mm,
            "face_removal_mm": workshop.face_removal_mm,
            "back_removal_mm": workshop.back_removal_mm,
            "backed": False,
        },
        "channel": {
            "depth_mm": workshop.channel_depth_mm,
            "layout": "single",
            "glue": workshop.glue,
        },
        "fingerboard": {
            "width_mm": sizes.fingerboard_width_mm,
            "end_distance_mm": workshop.board_end_mm,
        },
        "ring_params": _first_rings(band_mm, workshop.line_mm) if with_ring else [],
    }
    return RosetteParamSpec.read(plain, "The new design")


def _first_rings(band_mm: float, line_mm: float) -> list[dict[str, object]]:
    """Line, solid ring, line: the smallest rosette in use. Source: domain reference 1.3."""
    solid_mm = round(band_mm - 2 * line_mm, 6)
    if solid_mm < LEAST_SOLID_MM:
        count = max(1, math.floor(band_mm / line_mm))
        return [_line(index, round(band_mm / count, 6)) for index in range(count)]
    return [
        _line(0, line_mm),
        {
            "ring_index": 1,
            "width_mm": solid_mm,
            "pattern_type": "SOLID",
            "materials": [RING_WOOD],
            "pattern": {"pieces": RING_PIECES},
        },
        _line(2, line_mm),
    ]


def _line(index: int, width_mm: float) -> dict[str, object]:
    return {
        "ring_index": index,
        "width_mm": width_mm,
        "pattern_type": "LINES",
        "materials": [LINE_WOOD],
        "bending": "cold",
    }
