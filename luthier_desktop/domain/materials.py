"""Woods and inlay materials: each property with its source, confidence and other values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import Flag, MaterialId, Number, Text, Value

Confidence = Literal["H", "M", "L"]
MaterialKind = Literal["wood", "shell", "bone", "plastic", "celluloid", "fibre"]
Colour = Annotated[str, Field(strict=True, pattern=r"\A#[0-9a-f]{6}\z")]


class OtherValue(Value):
    """A conflicting value of the same property, kept with its source."""

    value: Number
    source: Text


class Property(Value):
    """One measured or estimated property."""

    value: Annotated[Number, Field(ge=0)]
    source: Text
    confidence: Confidence
    estimated: Flag = False
    others: tuple[OtherValue, ...] = ()


class Look(Value):
    """How a material is drawn: raw and finished colour, and the figure's own data.

    ``line_spacing_mm`` is the distance of growth lines or streaks; ``contrast``, ``pores``,
    ``streaks`` and ``shimmer`` are shares from 0 to 1.
    """

    raw: Colour
    finished: Colour
    dark: Colour
    line_spacing_mm: Annotated[Number, Field(gt=0, le=50)] = 1.0
    contrast: Annotated[Number, Field(ge=0, le=1)] = 0.3
    pores: Annotated[Number, Field(ge=0, le=1)] = 0.0
    streaks: Annotated[Number, Field(ge=0, le=1)] = 0.0
    shimmer: Annotated[Number, Field(ge=0, le=1)] = 0.0


class Material(Value):
    """One wood or inlay material at 12 % moisture content.

    Units: density kg/m3, MOE GPa, MOR and tension MPa, Janka N, shrinkage % green to oven-dry.
    ``white`` shows stains, ``bleeds`` stains its neighbours ("note": oily, seal it; "stain":
    colours spruce), ``sensitiser`` wood dust, ``cites`` the appendix for the checks.
    """

    material_id: MaterialId
    name: Text
    kind: MaterialKind
    density_kg_m3: Property
    moe_gpa: Property | None = None
    mor_mpa: Property | None = None
    janka_n: Property | None = None
    shrink_radial_percent: Property | None = None
    shrink_tangential_percent: Property | None = None
    tension_across_mpa: Property | None = None
    burn_factor: Property | None = None
    white: Flag = False
    bleeds: Literal["note", "stain"] | None = None
    sensitiser: Flag = False
    cites: Literal["I", "II"] | None = None
    remark: Text | None = None
    look: Look


class MaterialCatalogue:
    """The materials known in this shop, by id."""

    def __init__(self, materials: Iterable[Material]) -> None:
        self._by_id = {material.material_id: material for material in materials}

    def get(self, material_id: str | None) -> Material | None:
        """Return the material, or None when the id is absent or unknown."""
        return None if material_id is None else self._by_id.get(material_id)

    def __iter__(self) -> Iterator[Material]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)
