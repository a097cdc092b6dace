"""The design: RosetteParamSpec and its rings, as read, as normalised and as hashed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    SerializeAsAny,
    ValidationInfo,
    field_validator,
    model_validator,
)

from luthier_desktop.domain.base import (
    ExternalId,
    Flag,
    Index,
    LengthMm,
    MaterialId,
    PositiveMm,
    Text,
    Value,
    at_most,
    shown,
)
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import stacked_radii
from luthier_desktop.domain.patterns.draw import MOST_PIECES, lay_out, piece_count
from luthier_desktop.domain.patterns.family import FIRST_FORMAT_WORDS, PatternFamily
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.workshop import Channel, Fingerboard, TopPlate

DESIGN_SCHEMA = "luthier.rosette/2"
MOST_RINGS = 64
MOST_TILES = 100_000
LARGEST_RADIUS_MM = 2000.0
HASH_IGNORES_DESIGN = ("design_id", "name")
HASH_IGNORES_RING = ("ring_id", "locked")

_Word = Annotated[str, Field(strict=True, max_length=40)]


class RingParam(Value):
    """One ring of the stack; lengths in mm, order by ``ring_index`` from inner to outer.

    ``first_format_pattern_type`` keeps a word of the first format; it is told in the record's
    summary and is no part of the design that is written and hashed.
    """

    ring_index: Index
    width_mm: PositiveMm
    measured_width_mm: PositiveMm | None = None
    locked: Flag | None = None
    pattern_type: PatternFamily = PatternFamily.SOLID
    first_format_pattern_type: Annotated[_Word | None, Field(exclude=True)] = None
    tile_length_mm: Annotated[float, Field(strict=True, ge=0.1, le=2000)] | None = None
    ring_id: ExternalId | None = None
    gap_before_mm: LengthMm = 0.0
    materials: Annotated[
        tuple[MaterialId, ...], Field(fail_fast=True, max_length=64)
    ] | None = None
    made: Literal["hand", "bought", "machine"] = "hand"
    strip_thickness_mm: PositiveMm | None = None
    bending: Literal["cold", "hot", "none"] | None = None
    inlay_thickness_mm: PositiveMm | None = None
    pattern: SerializeAsAny[PatternParameters] | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, plain: Any) -> Any:
        """Fill the members that the normalised design fills, and keep a first format's word."""
        if not isinstance(plain, dict):
            return plain
        ring = {key: value for key, value in plain.items() if value is not None}
        word = ring.get("pattern_type")
        if isinstance(word, str) and word.upper() in FIRST_FORMAT_WORDS:
            ring.setdefault("first_format_pattern_type", word.upper())
        if "ring_id" not in ring and "ring_index" in ring:
            index = ring["ring_index"]
            whole = isinstance(index, float) and index.is_integer()
            ring["ring_id"] = f"r{int(index) if whole else index}"
        return ring

    @field_validator("pattern_type", mode="before")
    @classmethod
    def _family(cls, value: Any) -> Any:
        """Read the family in any letter case; refuse by name what is unknown."""
        if isinstance(value, PatternFamily):
            return value
        word = value.upper() if isinstance(value, str) else ""
        word = FIRST_FORMAT_WORDS.get(word, word)
        if word not in PatternFamily.__members__:
            known = ", ".join(PARAMETERS)
            raise ValueError(f"is {shown(value)}, which is no known pattern; use one of {known}")
        return PatternFamily(word)

    @field_validator("pattern", mode="before")
    @classmethod
    def _own_parameters(cls, value: Any, info: Any) -> Any:
        """Read the parameters with the model of the ring's own family."""
        family = info.data.get("pattern_type")
        if value is None or isinstance(value, PatternParameters) or family is None:
            return value
        return PARAMETERS[family].model_validate(value)

    @model_validator(mode="after")
    def _bounded(self) -> RingParam:
        wanted = None if self.pattern is None else PARAMETERS[self.pattern_type]
        if wanted is not None and type(self.pattern) is not wanted:
            raise ValueError(f"has a pattern of another family than {self.pattern_type}")
        return self

    @property
    def effective_width_mm(self) -> float:
        """The measured width where there is one, else the nominal width."""
        return self.width_mm if self.measured_width_mm is None else self.measured_width_mm

    @property
    def identity(self) -> str:
        """The ring's stable identity through edits."""
        return self.ring_id or f"r{self.ring_index}"


class RosetteParamSpec(Value):
    """A rosette with a round soundhole; rings sorted by their index, inner to outer."""

    schema_: Annotated[Literal["luthier.rosette/2"] | None, Field(alias="schema")] = None
    design_id: ExternalId | None = None
    name: Text | None = None
    outer_diameter_mm: PositiveMm
    inner_diameter_mm: PositiveMm
    ring_params: Annotated[
        tuple[RingParam, ...], BeforeValidator(at_most(MOST_RINGS)), Field(max_length=MOST_RINGS)
    ]
    soundhole_diameter_mm: PositiveMm | None = None
    soundhole_shape: Literal["round"] | None = None
    soundhole_edge: Literal["wood", "bound"] = "wood"
    top: TopPlate | None = None
    channel: Channel | None = None
    fingerboard: Fingerboard | None = None

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, plain: Any) -> Any:
        if not isinstance(plain, dict):
            return plain
        return {key: value for key, value in plain.items() if value is not None}

    @field_validator("inner_diameter_mm", mode="after")
    @classmethod
    def _below_outer(cls, inner_mm: float, info: ValidationInfo) -> float:
        outer_mm = info.data.get("outer_diameter_mm")
        if outer_mm is not None and round(inner_mm, 6) >= round(outer_mm, 6):
            raise ValueError(
                f"must be smaller than outer_diameter_mm ({outer_mm}), but is {inner_mm}"
            )
        return inner_mm

    @field_validator("soundhole_shape", mode="before")
    @classmethod
    def _round_only(cls, value: Any) -> Any:
        if value != "round":
            raise ValueError(f"is {shown(value)}, but only round soundholes can be designed")
        return value

    @field_validator("ring_params", mode="after")
    @classmethod
    def _unique_sorted_and_bounded(
        cls, rings: tuple[RingParam, ...], info: ValidationInfo
    ) -> tuple[RingParam, ...]:
        for name in ("ring_index", "identity"):
            seen: dict[object, int] = {}
            for position, ring in enumerate(rings):
                key = getattr(ring, name)
                if key in seen:
                    field = "ring_index" if name == "ring_index" else "ring_id"
                    raise ValueError(
                        f"[{position}].{field} is {key!r}, which ring_params[{seen[key]}] "
                        f"has already; every {field} must be unique"
                    )
                seen[key] = position
        ordered = tuple(sorted(rings, key=lambda ring: ring.ring_index))
        if "inner_diameter_mm" in info.data:
            _refuse_too_much(rings, ordered, info.data["inner_diameter_mm"] / 2)
        return ordered

    def first_format_words(self) -> dict[str, str]:
        """Return the first format's words for patterns that have another name here, by ring."""
        words = ((ring.identity, ring.first_format_pattern_type) for ring in self.ring_params)
        return {identity: word for identity, word in words if word is not None}

    def with_rings(self, rings: tuple[RingParam, ...]) -> RosetteParamSpec:
        """Return the design with *rings* renumbered 0, 1, 2 … in the order given."""
        renumbered = tuple(
            ring if ring.ring_index == position else ring.model_copy(
                update={"ring_index": position}
            )
            for position, ring in enumerate(rings)
        )
        return self.model_copy(update={"ring_params": renumbered})

    def normalised(self) -> dict[str, Any]:
        """Return the normalised design of the interfaces page: plain data, ready to hash.

        ``soundhole_edge, pattern_type, gap_before_mm, made, ring_id`` are filled in, rings are
        sorted, absent members left out, lengths and angles rounded to 1e-6.
        """
        plain = self.model_dump(mode="json", exclude_none=True, by_alias=True)
        return _rounded(plain)  # type: ignore[no-any-return]

    def hashed_form(self) -> dict[str, Any]:
        """Return the normalised design without the members that ``design_sha256`` ignores."""
        plain = {k: v for k, v in self.normalised().items() if k not in HASH_IGNORES_DESIGN}
        plain["ring_params"] = [
            {k: v for k, v in ring.items() if k not in HASH_IGNORES_RING}
            for ring in plain["ring_params"]
        ]
        return plain


def _refuse_too_much(
    given: tuple[RingParam, ...], ordered: tuple[RingParam, ...], inner_mm: float
) -> None:
    """Refuse more tiles, pieces or reach than can be drawn, before anything is built."""
    bands = [(ring.gap_before_mm, ring.effective_width_mm) for ring in ordered]
    positions = {ring.ring_index: position for position, ring in enumerate(given)}
    tiles = pieces = 0.0
    for ring, radii in zip(ordered, stacked_radii(inner_mm, bands), strict=True):
        here = f"[{positions[ring.ring_index]}]"
        if radii.outer_mm > LARGEST_RADIUS_MM:
            raise ValueError(
                f"{here}.width_mm takes the stack to a radius of {radii.outer_mm:g} mm, "
                f"but {LARGEST_RADIUS_MM:g} mm is the most"
            )
        try:
            layout = lay_out(ring, radii)
        except InputRefused as refused:
            raise ValueError(f"{here}.{refused.sentence}") from None
        tiles += layout.tiles
        pieces += piece_count(layout)
        if tiles > MOST_TILES or pieces > MOST_PIECES:
            raise ValueError(
                f"{here}.pattern brings the design to {tiles:.0f} tiles in {pieces:.0f} pieces, "
                f"but {MOST_TILES} tiles and {MOST_PIECES} pieces are the most; "
                "make the tiles or their cells larger"
            )


def _rounded(value: Any, key: str = "") -> Any:
    """Round every length and angle (by the unit in its name) to 1e-6; -0 becomes 0."""
    if isinstance(value, dict):
        return {name: _rounded(member, name) for name, member in value.items()}
    if isinstance(value, list):
        return [_rounded(member, key) for member in value]
    if isinstance(value, float) and key.endswith(("_mm", "_deg")):
        return round(value, 6) + 0.0
    return value
