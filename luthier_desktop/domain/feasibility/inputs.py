"""What the checks read: design over setup over defaults, merged once for all of them."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from luthier_desktop.domain.feasibility.findings import Assumed, Input
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.patterns.counts import tile_count, tile_pitch_mm
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ChannelSpan, channel_layout, channels, ring_radii
from luthier_desktop.domain.workshop import (
    Channel,
    Cut,
    Fingerboard,
    Glue,
    Layout,
    Machine,
    MachineKind,
    Setup,
    Shop,
    Tool,
    TopPlate,
)

ValueT = TypeVar("ValueT", Tool, Cut)

_PLAIN_PARAMETERS = {family: model.empty() for family, model in PARAMETERS.items()}


class TopInputs(NamedTuple):
    """The merged top; ``material`` is None when the id is absent or not in the catalogue."""

    material_id: str | None
    material: Material | None
    thickness_mm: float | None
    face_removal_mm: float
    back_removal_mm: float
    backed: bool
    rosette_limit_diameter_mm: float | None


class ChannelInputs(NamedTuple):
    """The merged channel."""

    depth_mm: float | None
    layout: Layout
    glue: Glue | None
    clearance_mm: float | None


class BoardInputs(NamedTuple):
    """The merged fingerboard."""

    width_mm: float | None
    end_distance_mm: float | None


class RingCase(NamedTuple):
    """One ring with its radii, its known materials and its family's parameters.

    ``unknown_id`` is the first of its materials that the catalogue does not have. ``tile_count``
    and ``pitch_mm`` are N and p of its tiles; None where there are none or they are not given.
    """

    position: int
    ring_index: int
    ring: RingParam
    family: PatternFamily
    pattern: PatternParameters
    radii: RingRadii
    mean_mm: float
    width_mm: float
    materials: tuple[Material, ...]
    unknown_id: str | None
    tile_count: int | None
    pitch_mm: float | None

    @property
    def has_shell(self) -> bool:
        """Whether one of the ring's known materials is shell."""
        return "shell" in [material.kind for material in self.materials]

    def path(self, field: str) -> str:
        """Return the path of a field of this ring, as messages name it."""
        return f"ring_params[{self.position}].{field}"


class Case(NamedTuple):
    """Everything that the checks of one design in one shop read."""

    design: RosetteParamSpec
    top: TopInputs
    channel: ChannelInputs
    board: BoardInputs
    rings: tuple[RingCase, ...]
    spans: tuple[ChannelSpan, ...]
    kind: MachineKind
    tool: Tool
    inlay_tool: Tool
    machine: Machine
    cut: Cut
    inlay_cut: Cut
    shop: Shop
    assumed: tuple[Assumed, ...]

    def span_place(self, span: ChannelSpan) -> int | None:
        """Return the ring_index at which a channel's checks stand: None for a single channel."""
        return None if self.channel.layout == "single" else span.ring_indices[0]


def read_case(design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue) -> Case:
    """Merge *design* over *setup* over the defaults; nothing else is ever filled in."""
    assumed: list[Assumed] = []
    layout = channel_layout(design, None if setup.channel is None else setup.channel.layout)
    top = _top(design.top or _NO_TOP, setup.top or _NO_TOP, materials, assumed)
    channel = _channel(design.channel or _NO_CHANNEL, setup, layout, assumed)
    board = _board(design.fingerboard or _NO_BOARD, setup.fingerboard or _NO_BOARD, assumed)
    machine = setup.machine or _NO_MACHINE
    tool, cut = setup.tool or _NO_TOOL, setup.cut or _NO_CUT
    return Case(
        design=design,
        top=top,
        channel=channel,
        board=board,
        rings=_rings(design, materials),
        spans=channels(design, layout),
        kind=machine.kind or "cnc",
        tool=tool,
        inlay_tool=_laid_over(tool, setup.inlay_tool),
        machine=machine,
        cut=cut,
        inlay_cut=_laid_over(cut, setup.inlay_cut),
        shop=setup.shop or _NO_SHOP,
        assumed=tuple(assumed),
    )


_NO_TOP, _NO_CHANNEL, _NO_BOARD = TopPlate.empty(), Channel.empty(), Fingerboard.empty()
_NO_TOOL, _NO_CUT = Tool.empty(), Cut.empty()
_NO_MACHINE, _NO_SHOP = Machine.empty(), Shop.empty()


def _note(assumed: list[Assumed], path: str, value: Input, own: Input, of_setup: Input) -> None:
    """Keep in *assumed* where a value came from when the design does not say it."""
    if own is None and value is not None:
        assumed.append(Assumed(path, value, "default" if of_setup is None else "setup"))


def _top(
    own: TopPlate, shop: TopPlate, materials: MaterialCatalogue, assumed: list[Assumed]
) -> TopInputs:
    values: dict[str, Input] = {}
    for field, default in _TOP_DEFAULTS.items():
        value = _first(getattr(own, field), getattr(shop, field), default)
        _note(assumed, f"top.{field}", value, getattr(own, field), getattr(shop, field))
        values[field] = value
    material_id = own.material_id or shop.material_id
    return TopInputs(material=materials.get(material_id), **values)  # type: ignore[arg-type]


_TOP_DEFAULTS: dict[str, Input] = {
    "material_id": None,
    "thickness_mm": None,
    "face_removal_mm": 0.0,
    "back_removal_mm": 0.0,
    "backed": False,
    "rosette_limit_diameter_mm": None,
}


def _first(own: Input, shop: Input, default: Input) -> Input:
    if own is not None:
        return own
    return default if shop is None else shop


def _channel(own: Channel, setup: Setup, layout: Layout, assumed: list[Assumed]) -> ChannelInputs:
    shop = setup.channel or _NO_CHANNEL
    depth_mm = shop.depth_mm if own.depth_mm is None else own.depth_mm
    glue = shop.glue if own.glue is None else own.glue
    clearance_mm = shop.clearance_mm if own.clearance_mm is None else own.clearance_mm
    of_setup = shop.layout if shop.layout == layout else None
    _note(assumed, "channel.depth_mm", depth_mm, own.depth_mm, shop.depth_mm)
    _note(assumed, "channel.layout", layout, own.layout, of_setup)
    _note(assumed, "channel.glue", glue, own.glue, shop.glue)
    _note(assumed, "channel.clearance_mm", clearance_mm, own.clearance_mm, shop.clearance_mm)
    return ChannelInputs(depth_mm, layout, glue, clearance_mm)


def _board(own: Fingerboard, shop: Fingerboard, assumed: list[Assumed]) -> BoardInputs:
    width_mm = shop.width_mm if own.width_mm is None else own.width_mm
    end_mm = shop.end_distance_mm if own.end_distance_mm is None else own.end_distance_mm
    _note(assumed, "fingerboard.width_mm", width_mm, own.width_mm, shop.width_mm)
    _note(
        assumed, "fingerboard.end_distance_mm", end_mm, own.end_distance_mm, shop.end_distance_mm
    )
    return BoardInputs(width_mm, end_mm)


def _rings(design: RosetteParamSpec, materials: MaterialCatalogue) -> tuple[RingCase, ...]:
    cases = []
    for position, (ring, radii) in enumerate(
        zip(design.ring_params, ring_radii(design), strict=True)
    ):
        known, unknown_id = _known(ring.materials or (), materials)
        family = ring.pattern_type
        cases.append(
            RingCase(
                position,
                ring.ring_index,
                ring,
                family,
                ring.pattern or _PLAIN_PARAMETERS[family],
                radii,
                (radii.inner_mm + radii.outer_mm) / 2,
                ring.effective_width_mm,
                known,
                unknown_id,
                tile_count(ring, radii),
                tile_pitch_mm(ring),
            )
        )
    return tuple(cases)


def _known(
    ids: tuple[str, ...], materials: MaterialCatalogue
) -> tuple[tuple[Material, ...], str | None]:
    known, unknown_id = [], None
    for material_id in ids:
        material = materials.get(material_id)
        if material is not None:
            known.append(material)
        elif unknown_id is None:
            unknown_id = material_id
    return tuple(known), unknown_id


def _laid_over(base: ValueT, over: ValueT | None) -> ValueT:
    """Lay the members that *over* gives over those of *base*, field by field."""
    if over is None:
        return base
    given = {name: value for name, value in over.__dict__.items() if value is not None}
    return base.model_copy(update=given)
