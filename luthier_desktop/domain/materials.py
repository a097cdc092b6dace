"""Woods and inlay materials: each property with its source, confidence and other values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from luthier_desktop.domain.base import Flag, MaterialId, Number, Text, Value
from luthier_desktop.domain.entries import EntryKind, read_each

MATERIALS_SCHEMA: Literal["luthier.materials/1"] = "luthier.materials/1"

Confidence = Literal["H", "M", "L"]
MaterialKind = Literal["wood", "shell", "bone", "plastic", "celluloid", "fibre"]
Colour = Annotated[str, Field(strict=True, pattern=r"\A#[0-9a-f]{6}\z")]
Figure = Literal["softwood", "diffuse", "streaked", "ribbon", "shell", "plain"]
Share = Annotated[Number, Field(ge=0, le=1)]
Source = Annotated[Text, Field(min_length=1)]


class OtherValue(Value):
    """A conflicting value of the same property, kept with its source."""

    value: Number
    source: Source


class Property(Value):
    """One measured or estimated property."""

    value: Number
    source: Source
    confidence: Confidence
    estimated: Flag = False
    others: tuple[OtherValue, ...] = ()


def within(low: float, high: float, unit: str) -> AfterValidator:
    """Refuse a property whose value, or another one kept beside it, can be no real one."""

    def check(found: Property) -> Property:
        for value in (found.value, *(other.value for other in found.others)):
            if not low <= value <= high:
                allowed = f"{low:.10g} to {high:.10g} {unit}".rstrip()
                raise ValueError(f".value must be from {allowed}, but is {value:.10g}")
        return found

    return AfterValidator(check)


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
    density_kg_m3: Annotated[Property, within(50, 5000, "kg/m3")]
    moe_gpa: Annotated[Property, within(0.1, 500, "GPa")] | None = None
    mor_mpa: Annotated[Property, within(1, 2000, "MPa")] | None = None
    janka_n: Annotated[Property, within(50, 50_000, "N")] | None = None
    shrink_radial_percent: Annotated[Property, within(0, 30, "%")] | None = None
    shrink_tangential_percent: Annotated[Property, within(0, 30, "%")] | None = None
    tension_across_mpa: Annotated[Property, within(0.1, 100, "MPa")] | None = None
    burn_factor: Annotated[Property, within(0.5, 3, "")] | None = None
    white: Flag = False
    bleeds: Literal["note", "stain"] | None = None
    sensitiser: Flag = False
    cites: Literal["I", "II"] | None = None
    remark: Text | None = None
    look: Look


MATERIAL = EntryKind(Material, "material_id", "luthier.material/1")


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
    return MaterialCatalogue(read_each(MATERIAL, file.materials, what))
