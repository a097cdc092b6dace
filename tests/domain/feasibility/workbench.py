"""A sound design, a competent shop and a small catalogue, and one way to change a field."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

GREEN, YELLOW, RED = Status.GREEN, Status.YELLOW, Status.RED
UNKNOWN, NOTE, NA = Status.UNKNOWN, Status.NOTE, Status.NA

DESIGN: dict[str, Any] = {
    "outer_diameter_mm": 102.0,
    "inner_diameter_mm": 90.0,
    "soundhole_diameter_mm": 85.0,
    "top": {
        "material_id": "sitka_spruce",
        "thickness_mm": 3.0,
        "face_removal_mm": 0.2,
        "back_removal_mm": 0.2,
    },
    "channel": {"depth_mm": 1.2, "layout": "single", "glue": "pva"},
    "fingerboard": {"width_mm": 60.0, "end_distance_mm": 40.0},
    "ring_params": [
        {
            "ring_index": 0,
            "width_mm": 6.0,
            "materials": ["koa"],
            "strip_thickness_mm": 1.5,
            "bending": "hot",
        }
    ],
}
"""One bent ring of koa, r 45 to 51 mm, in one channel: every check that is judged is GREEN."""

SETUP: dict[str, Any] = {
    "tool": {
        "diameter_mm": 2.0,
        "flutes": 2,
        "flute_length_mm": 8.0,
        "stickout_mm": 12.0,
        "shank_diameter_mm": 3.175,
        "material": "carbide",
        "geometry": "downcut",
        "runout_mm": 0.01,
        "max_rpm": 40000.0,
        "center_cutting": True,
    },
    "machine": {
        "kind": "cnc",
        "max_feed_mm_min": 4000.0,
        "accel_mm_s2": 400.0,
        "min_rpm": 5000.0,
        "max_rpm": 30000.0,
        "work_area_mm": [400.0, 300.0, 80.0],
        "backlash_mm": 0.02,
    },
    "cut": {
        "spindle_rpm": 10000.0,
        "feed_mm_min": 1000.0,
        "plunge_mm_min": 200.0,
        "stepdown_mm": 0.6,
        "stepover_ratio": 0.4,
        "entry": "ramp",
        "ramp_deg": 3.0,
    },
    "shop": {"extraction": True, "respirator": True},
}
"""A 2 mm carbide downcut bit: fz = 1000/(10 000 x 2) = 0.05 mm = 2.5 % of D."""


class Row(NamedTuple):
    """One material of the test catalogue: the figures of the domain reference, 3.10."""

    material_id: str
    kind: str
    density: float
    janka: float | None = None
    shrink_radial: float | None = None
    tension: float | None = None
    burn: float | None = None
    flags: Mapping[str, Any] = MappingProxyType({})


ROWS = (
    Row("sitka_spruce", "wood", 425, 2270, 4.3, 2.6, 1.0, {"white": True}),
    Row("engelmann_spruce", "wood", 385, 1740, 3.8, 2.4, None, {"white": True}),
    Row("western_red_cedar", "wood", 370, 1560, 2.4, 1.5),
    Row("indian_rosewood", "wood", 830, 10870, 2.7, None, None, {"bleeds": "note", "cites": "II"}),
    Row("brazilian_rosewood", "wood", 835, 12100, 2.9, flags={"bleeds": "note", "cites": "I"}),
    Row("hard_maple", "wood", 705, 6450, 4.8, None, 1.3, {"white": True}),
    Row("gaboon_ebony", "wood", 1035, 14320, 6.5, None, 1.2, {"sensitiser": True}),
    Row("koa", "wood", 610, 5180, 5.5),
    Row("african_padauk", "wood", 745, 8760, 3.3, flags={"bleeds": "stain", "cites": "II"}),
    Row("cocobolo", "wood", 1095, 13170, 2.7,
        flags={"bleeds": "stain", "sensitiser": True, "cites": "II"}),
    Row("holly", "wood", 640, 4540, 4.8, flags={"white": True}),
    Row("light_wood", "wood", 519.9, 3000, 4.0),
    Row("middling_wood", "wood", 520, 3000, 4.0),
    Row("firm_wood", "wood", 850, 3000, 4.0),
    Row("dense_wood", "wood", 850.1, 3000, 4.0),
    Row("mother_of_pearl", "shell", 2600),
    Row("bone", "bone", 1900),
    Row("abs", "plastic", 1050),
    Row("celluloid", "celluloid", 1350),
    Row("vulcanised_fibre", "fibre", 1200),
)


def material(row: Row) -> Material:
    """Build one material of the test catalogue."""
    figures = {
        "density_kg_m3": row.density,
        "janka_n": row.janka,
        "shrink_radial_percent": row.shrink_radial,
        "tension_across_mpa": row.tension,
        "burn_factor": row.burn,
    }
    plain: dict[str, Any] = {
        name: {"value": value, "source": "3.10", "confidence": "M"}
        for name, value in figures.items()
        if value is not None
    }
    look = {"raw": "#d0b080", "finished": "#c09060", "dark": "#806040"}
    plain |= {"material_id": row.material_id, "name": row.material_id, "kind": row.kind}
    return Material.read(plain | {"look": look, **row.flags}, "material")


def catalogue(*more: Row) -> MaterialCatalogue:
    """Return the test catalogue, with *more* rows laid over it."""
    return MaterialCatalogue(material(row) for row in (*ROWS, *more))


CATALOGUE = catalogue()


def changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of *base* with dotted paths set; None removes the member."""
    plain = copy.deepcopy(base)
    for path, value in changes.items():
        _set(plain, path.split("."), value)
    return plain


def _set(plain: Any, path: list[str], value: Any) -> None:
    key: Any = int(path[0]) if isinstance(plain, list) else path[0]
    if len(path) > 1:
        if isinstance(plain, dict) and key not in plain:
            plain[key] = {}
        _set(plain[key], path[1:], value)
    elif value is None:
        plain.pop(key, None)
    else:
        plain[key] = value


SHOP_MEMBERS = ("tool", "inlay_tool", "machine", "cut", "inlay_cut", "shop")


def scored(
    changes: dict[str, Any] | None = None, materials: MaterialCatalogue = CATALOGUE
) -> Scored:
    """Score the sound design in the competent shop with *changes*.

    Paths under tool, machine, cut and so on belong to the setup; ``setup.top.backed`` too.
    """
    of_design, of_setup = {}, {}
    for path, value in (changes or {}).items():
        if path.startswith("setup."):
            of_setup[path.removeprefix("setup.")] = value
        elif path.split(".")[0] in SHOP_MEMBERS:
            of_setup[path] = value
        else:
            of_design[path] = value
    design = RosetteParamSpec.read(changed(DESIGN, of_design), "design")
    setup = Setup.read(changed(SETUP, of_setup), "setup")
    return score(design, setup, materials)


def judged(
    check_id: str,
    changes: dict[str, Any] | None = None,
    ring_index: int | None = None,
    materials: MaterialCatalogue = CATALOGUE,
) -> Finding:
    """Return the one finding of a check at a place after *changes*."""
    answer = scored(changes, materials)
    (finding,) = [
        finding
        for finding in answer.findings
        if finding.check_id == check_id and finding.ring_index == ring_index
    ]
    return finding


def ring(pattern_type: str = "SOLID", **members: Any) -> dict[str, Any]:
    """Return a ring of 6 mm with the given members."""
    return {
        "ring_index": 0,
        "width_mm": 6.0,
        "materials": ["koa"],
        "pattern_type": pattern_type,
        **members,
    }
