"""Woods and inlay materials: each property with its source, confidence and other values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from luthier_desktop.domain.base import Flag, MaterialId, Number, Text, Value
from luthier_desktop.domain.errors import InputRefused

MATERIALS_SCHEMA: Literal["luthier.materials/1"] = "luthier.materials/1"

Confidence = Literal["H", "M", "L"]
MaterialKind = Literal["wood", "shell", "bone", "plastic", "celluloid", "fibre"]
Colour = Annotated[str, Field(strict=True, pattern=r"\A#[0-9a-f]{6}\z")]
Figure = Literal["softwood", "diffuse", "streaked", "ribbon", "shell", "plain"]
Share = Annotated[Number, Field(ge=0, le=1)]


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

    ``dark`` is the finished colour of growth lines, streaks and pores, ``accents`` are further
    colours of the figure. ``line_spacing_mm`` is the distance of growth lines or streaks;
    ``contrast``, ``pores``, ``streaks``, ``curl`` and ``shimmer`` are shares from 0 to 1.
    All of it is judged by eye.
    """

    raw: Colour
    finished: Colour
    dark: Colour
    figure: Figure = "plain"
    accents: Annotated[tuple[Colour, ...], Field(max_length=12)] = ()
    line_spacing_mm: Annotated[Number, Field(gt=0, le=50)] = 1.0
    contrast: Share = 0.3
    pores: Share = 0.0
    streaks: Share = 0.0
    curl: Share = 0.0
    shimmer: Share = 0.0


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


class MaterialsFile(Value):
    """The head of a catalogue file; its materials are read one by one, to name the faulty one."""

    schema_: Annotated[Literal["luthier.materials/1"], Field(alias="schema")]
    remark: Text | None = None
    materials: Annotated[tuple[Any, ...], Field(max_length=10_000)]


def read_materials(plain: Any, what: str = "materials.json") -> MaterialCatalogue:
    """Read a catalogue file from parsed JSON; *what* names the file in a refusal.

    Raises:
        InputRefused: A member is missing, unknown or out of range, or an id stands twice; the
            sentence names the file, the material and the field.
    """
    file = MaterialsFile.read(plain, what)
    materials = [_read_one(entry, position, what) for position, entry in enumerate(file.materials)]
    _refuse_doubles(materials, what)
    return MaterialCatalogue(materials)


def _read_one(entry: Any, position: int, what: str) -> Material:
    named = entry.get("material_id") if isinstance(entry, dict) else None
    name = named if isinstance(named, str) else f"materials[{position}]"
    return Material.read(entry, f"{what}, material {name[:64]}")


def _refuse_doubles(materials: list[Material], what: str) -> None:
    seen: set[str] = set()
    for material in materials:
        if material.material_id in seen:
            raise InputRefused(
                f"{what}, material {material.material_id}: material_id stands twice; "
                "remove one of the two.",
                "material_id",
            )
        seen.add(material.material_id)
