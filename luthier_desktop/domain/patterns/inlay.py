"""An inlay of placed shapes: leaves, moons, lozenges and dots on spokes, in a field."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated

from pydantic import Field, field_validator

from luthier_desktop.domain.base import Count, MaterialId, PositiveMm, SignedMm, Value
from luthier_desktop.domain.geometry import (
    ORIGIN,
    Piece,
    Point,
    RingRadii,
    annulus,
    grain_angle_deg,
    polar,
)
from luthier_desktop.domain.patterns.inlay_shapes import (
    Shape,
    ShapeKind,
    are_apart,
    enclosed_mm2,
    reach_mm,
)
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import CountedParameters, PatternParameters
from luthier_desktop.domain.patterns.shares import Share

DEFAULT_MATERIALS = ("gaboon_ebony", "mother_of_pearl")
MOST_SHAPES, MOST_SPOKES = 32, 500
SPOKE_SHARE = 1.5
"""Length of a spoke's share of the ring as a part of the ring's width, where none is given."""
MOST_OF_ROOM = 0.98
NEAR = 0.55
"""Shapes farther apart than this part of their lengths together cannot touch."""
HALVINGS = 24
SAME_MM, SAME_SHARE = 1e-6, 1e-9

TurnDeg = Annotated[float, Field(strict=True, ge=-360, le=360)]
ShareOfSpoke = Annotated[float, Field(strict=True, ge=0, lt=1)]


class PlacedShape(Value):
    """One shape of a spoke, as it comes again on all spokes.

    ``size_mm`` is its length; ``along`` how far it lies from its spoke towards the next one, as
    a part of the way; ``offset_mm`` how far outside the mean circle; ``turn_deg`` its long
    axis, clockwise from the radius. ``material_id`` absent: the ring's materials take turns.
    """

    kind: ShapeKind
    size_mm: PositiveMm
    along: ShareOfSpoke | None = None
    offset_mm: SignedMm | None = None
    turn_deg: TurnDeg | None = None
    material_id: MaterialId | None = None

    @property
    def place(self) -> tuple[float, float]:
        """Where the shape's middle lies: part of the way, mm outside the mean circle."""
        return self.along or 0.0, self.offset_mm or 0.0


class InlayParameters(CountedParameters):
    """``shapes`` that come again on ``count`` spokes; absent: a vine of leaves and berries.

    ``min_cell_mm`` is how small the smallest part of the shapes is, as their maker measures it.
    """

    count: Annotated[Count, Field(le=MOST_SPOKES)] | None = None
    shapes: (
        Annotated[tuple[PlacedShape, ...], Field(min_length=1, max_length=MOST_SHAPES)] | None
    ) = None
    min_cell_mm: PositiveMm | None = None

    @field_validator("shapes", mode="after")
    @classmethod
    def _at_places_of_their_own(
        cls, shapes: tuple[PlacedShape, ...] | None
    ) -> tuple[PlacedShape, ...] | None:
        """Refuse two shapes in one place: neither would be seen, however small."""
        for position, shape in enumerate(shapes or ()):
            for before, other in enumerate((shapes or ())[:position]):
                (along, offset_mm), (there, out_mm) = shape.place, other.place
                if abs(along - there) < SAME_SHARE and abs(offset_mm - out_mm) < SAME_MM:
                    raise ValueError(f"[{position}] lies where [{before}] does; move one of them")
        return shapes


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the way from spoke to spoke that looks well on a ring of this width."""
    return SPOKE_SHARE * width_mm


def vine(width_mm: float) -> tuple[PlacedShape, ...]:
    """Return the shapes that are drawn where none are placed: two leaves and a berry."""
    size_mm, out_mm = 0.62 * width_mm, 0.14 * width_mm
    read = PlacedShape.model_construct
    return (
        read(kind="leaf", size_mm=size_mm, along=0.22, offset_mm=out_mm, turn_deg=52.0),
        read(kind="leaf", size_mm=size_mm, along=0.62, offset_mm=-out_mm, turn_deg=128.0),
        read(kind="dot", size_mm=0.13 * width_mm, along=0.92, offset_mm=1.6 * out_mm),
        read(kind="dot", size_mm=0.13 * width_mm, along=0.42, offset_mm=-1.6 * out_mm),
    )


def placed_shapes(layout: RingLayout) -> tuple[PlacedShape, ...]:
    """Return the shapes of one spoke as the design has them, or the vine."""
    own = layout.ring.pattern
    given = own.shapes if isinstance(own, InlayParameters) else None
    return given or vine(layout.radii.width_mm)


def spoke_shapes(layout: RingLayout) -> tuple[Shape, ...]:
    """Return the shapes of the first spoke as they are drawn."""
    return _fitted(placed_shapes(layout), layout.radii, layout.tiles)


def shape_material(layout: RingLayout, position: int) -> str:
    """Return the material of a spoke's shape: its own, or one but the ring's first in turn."""
    own = placed_shapes(layout)[position].material_id
    others = layout.materials[1:] or (DEFAULT_MATERIALS[1],)
    return own or others[position % len(others)]


def shape_area_mm2(shape: Shape) -> float:
    """Return the area of one shape, measured at the centre: far from it digits are lost."""
    return enclosed_mm2(shape._replace(center=ORIGIN, turn_deg=0.0).outline())


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn."""
    return layout.tiles * len(placed_shapes(layout)) + 1.0


def build(layout: RingLayout) -> Filling:
    """Return the field, its grain along the ring, and the shapes that lie in its pockets.

    Shapes that would leave the ring or touch each other are drawn smaller. The first material is
    the field's; grain runs along each shape's axis.
    """
    shapes = spoke_shapes(layout)
    areas_mm2 = [shape_area_mm2(shape) for shape in shapes]
    pieces = [
        Piece(
            _turned(shape, spoke, layout.tiles).outline(),
            (),
            shape_material(layout, position),
            grain_angle_deg(shape.turn_deg + spoke * layout.step_deg),
            areas_mm2[position],
        )
        for spoke in range(layout.tiles)
        for position, shape in enumerate(shapes)
    ]
    whole = annulus(layout.radii, layout.material(0), bent=True)
    field = whole._replace(
        holes=(*whole.holes, *(piece.outline for piece in pieces)),
        area_mm2=whole.area_mm2 - layout.tiles * math.fsum(areas_mm2),
    )
    return Filling([field, *pieces], [], min(shape.size_mm for shape in shapes))


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area."""
    areas_mm2 = [shape_area_mm2(shape) for shape in spoke_shapes(layout)]
    spokes = layout.tiles
    yield layout.material(0), 1, layout.radii.area_mm2 - spokes * math.fsum(areas_mm2)
    for position, area_mm2 in enumerate(areas_mm2):
        yield shape_material(layout, position), spokes, spokes * area_mm2


@lru_cache(maxsize=64)
def _fitted(placed: tuple[PlacedShape, ...], radii: RingRadii, spokes: int) -> tuple[Shape, ...]:
    """Draw offsets and sizes closer until the ring holds them, then sizes until none touch."""

    def shapes(offsets: float, sizes: float) -> tuple[Shape, ...]:
        return tuple(_lying(one, radii, 360.0 / spokes, offsets, sizes) for one in placed)

    within = _largest(lambda share: _is_within(shapes(share, share), radii))
    pairs = _near_pairs(shapes(within, within), spokes)
    apart = _largest(lambda share: _all_apart(shapes(within, within * share), pairs, spokes))
    return shapes(within, within * apart)


def _lying(
    one: PlacedShape, radii: RingRadii, spoke_deg: float, offsets: float, sizes: float
) -> Shape:
    along, offset_mm = one.place
    angle_deg = along * spoke_deg
    center = polar(radii.mean_mm + offsets * offset_mm, angle_deg)
    return Shape(one.kind, center, sizes * one.size_mm, angle_deg + (one.turn_deg or 0.0))


def _largest(holds: Callable[[float], bool]) -> float:
    """Return the largest share of 1 at which something holds that holds when all is small."""
    if holds(1.0):
        return 1.0
    low, high = 0.0, 1.0
    least = 2.0**-HALVINGS
    while high - low > least * high:
        share = (low + high) / 2
        low, high = (share, high) if holds(share) else (low, share)
        if high < 1e-12:
            break
    return low or high / 2


def _is_within(shapes: tuple[Shape, ...], radii: RingRadii) -> bool:
    margin_mm = (1 - MOST_OF_ROOM) / 2 * radii.width_mm
    reaches = [reach_mm(shape.hull()) for shape in shapes]
    return all(
        near >= radii.inner_mm + margin_mm and far <= radii.outer_mm - margin_mm
        for near, far in reaches
    )


def _near_pairs(shapes: tuple[Shape, ...], spokes: int) -> list[tuple[int, int, int]]:
    """Return which shapes may touch which of the same and of following spokes."""
    nearest_mm = min(math.hypot(*shape.center) for shape in shapes)
    longest_mm = NEAR * 2 * max(shape.size_mm for shape in shapes)
    angle = 2 * math.asin(min(1.0, longest_mm / (2 * nearest_mm)))
    reach = math.ceil(angle * spokes / (2 * math.pi)) + 1
    return [
        (one, other, spoke)
        for spoke in range(min(reach, spokes // 2) + 1)
        for one, shape in enumerate(shapes)
        for other, there in enumerate(shapes)
        if (spoke or one < other) and _may_touch(shape, _turned(there, spoke, spokes))
    ]


def _may_touch(one: Shape, other: Shape) -> bool:
    return math.dist(one.center, other.center) < NEAR * (one.size_mm + other.size_mm)


def _turned(shape: Shape, spoke: int, spokes: int) -> Shape:
    """Return the same shape on another spoke."""
    if spoke == 0:
        return shape
    angle = 2 * math.pi * spoke / spokes
    sin, cos = math.sin(angle), math.cos(angle)
    x_mm, y_mm = shape.center
    center = Point(x_mm * cos - y_mm * sin, x_mm * sin + y_mm * cos)
    return shape._replace(center=center, turn_deg=shape.turn_deg + math.degrees(angle))


def _all_apart(shapes: tuple[Shape, ...], pairs: list[tuple[int, int, int]], spokes: int) -> bool:
    hulls = [shape.hull() for shape in shapes]
    for one, other, spoke in pairs:
        there = _turned(shapes[other], spoke, spokes)
        if _may_touch(shapes[one], there) and not are_apart(hulls[one], there.hull()):
            return False
    return True
