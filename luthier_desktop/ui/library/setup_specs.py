"""The fields of a setup on the three pages that show setups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from luthier_desktop.domain.setup_fields import SETUP_FIELDS, SetupField
from luthier_desktop.ui.library.spec import Kind, Option, Spec

NOT_SAID = "Not said"
_YES_NO = (Option(None, NOT_SAID), Option(True, "Yes"), Option(False, "No"))
_WORDS = {
    "per_ring": "One channel a ring", "single": "One channel", "pva": "PVA", "ca": "CA",
    "hide": "Hide glue", "epoxy": "Epoxy", "hss": "HSS", "carbide": "Carbide", "cnc": "CNC",
    "hand_router": "Router on a jig", "hand": "By hand", "downcut": "Downcut", "upcut": "Upcut",
    "straight": "Straight", "ramp": "Ramp", "plunge": "Plunge",
    "flat": "Flat", "ball": "Ball", "v": "V", "wood": "Wood", "shell": "Shell", "bone": "Bone",
    "plastic": "Plastic", "celluloid": "Celluloid", "fibre": "Fibre",
}  # fmt: skip
_NAMES = {
    "name": "Name", "material_id": "Wood of the top", "thickness_mm": "Thickness when routed",
    "face_removal_mm": "Taken from the face", "back_removal_mm": "Taken from the back",
    "backed": "Backed behind", "rosette_limit_diameter_mm": "Limit circle",
    "depth_mm": "Depth", "layout": "Layout", "glue": "Glue", "clearance_mm": "Clearance",
    "width_mm": "Width", "end_distance_mm": "End to the centre", "tool_id": "Catalogue id",
    "machine_id": "Catalogue id", "diameter_mm": "Diameter", "flutes": "Flutes",
    "flute_length_mm": "Flute length", "stickout_mm": "Stickout",
    "shank_diameter_mm": "Shank diameter", "material": "Material", "geometry": "Geometry",
    "runout_mm": "Runout", "max_rpm": "Fastest speed", "min_rpm": "Slowest speed",
    "center_cutting": "Cuts at its centre", "kind": "Kind", "max_feed_mm_min": "Fastest feed",
    "accel_mm_s2": "Acceleration", "junction_deviation_mm": "Junction deviation",
    "spindle_w": "Spindle power", "work_area_mm": "Work area", "backlash_mm": "Backlash",
    "spindle_rpm": "Spindle speed", "feed_mm_min": "Feed", "plunge_mm_min": "Plunge feed",
    "stepdown_mm": "Stepdown", "stepover_ratio": "Stepover", "entry": "Entry",
    "ramp_deg": "Ramp angle", "extraction": "Dust extraction", "respirator": "Respirator",
    "shape": "Shape", "angle_deg": "Angle of the V", "remark": "Remark",
    "work_x_mm": "Work area, x", "work_y_mm": "Work area, y", "work_z_mm": "Work area, z",
}  # fmt: skip
_TIPS = {
    "runout_mm": "How far the bit turns out of true, measured at the collet.",
    "stickout_mm": "How far the bit stands out of the collet.",
    "junction_deviation_mm": "How far the machine may cut a corner, as its control is set.",
    "stepover_ratio": "How much of the bit's diameter one pass moves to the side.",
    "plunge_mm_min": "The feed straight down.",
    "back_removal_mm": "What thinning takes from the inside after the inlay.",
    "face_removal_mm": "What levelling and sanding take from the face.",
    "end_distance_mm": "From the fingerboard's end to the soundhole's centre.",
    "clearance_mm": "How much wider the channel is; below zero is a press fit.",
    "rosette_limit_diameter_mm": "The circle that the rosette must stay in.",
}
_KINDS: Mapping[str, Kind] = {
    "count": "count", "choice": "choice", "flag": "choice", "text": "text", "area": "area",
}  # fmt: skip


class Group(NamedTuple):
    """Fields under a heading; those of a *part* can be taken whole from the catalogue."""

    heading: str
    specs: tuple[Spec, ...]
    part: str = ""


def word(value: str) -> str:
    """Return the words for a value of a list."""
    return _WORDS.get(value, value)


def name_of(path: str) -> str:
    """Return what a field is called."""
    last = path.rpartition(".")[2]
    return _NAMES.get(last, last.replace("_", " ").capitalize())


def tip_of(path: str) -> str:
    """Return what a field means, where its name does not say it."""
    return _TIPS.get(path.rpartition(".")[2], "")


def options(values: tuple[str, ...], *, optional: bool = True) -> tuple[Option, ...]:
    """Return the words of a list, with nothing said first."""
    nothing = (Option(None, NOT_SAID),) if optional else ()
    return nothing + tuple(Option(value, word(value)) for value in values)


def _spec(field: SetupField) -> Spec:
    kind: Kind = _KINDS.get(field.kind, "number")
    choices: tuple[Option, ...] = _YES_NO if field.kind == "flag" else ()
    if field.kind == "choice":
        choices = options(field.choices)
    if field.kind == "number":
        kind = "length" if field.unit == "mm" else "feed" if field.unit == "mm/min" else "number"
    if field.path == "top.material_id":
        kind = "material"
    told = "" if field.kind in ("text", "choice", "flag") else f"Allowed: {field.allowed}."
    tip = f"{tip_of(field.path)} {told}".strip()
    unit = {"degrees": "°", "mm/s2": "mm/s²"}.get(field.unit, field.unit)
    return Spec(field.path, name_of(field.path), kind, unit, tip, choices)


def _group(heading: str, part: str, *, whole: bool = False) -> Group:
    fields = [field for path, field in SETUP_FIELDS.items() if path.startswith(f"{part}.")]
    return Group(heading, tuple(_spec(field) for field in fields), part if whole else "")


OF_SETUP = (
    Group("Setup", (_spec(SETUP_FIELDS["name"]),)),
    _group("Bit for the channel", "tool", whole=True),
    _group("Bit for inlays", "inlay_tool", whole=True),
    _group("Machine", "machine", whole=True),
    _group("Dust", "shop"),
)
OF_CUTS = (_group("Cutting the channel", "cut"), _group("Cutting inlays", "inlay_cut"))
OF_TOP = (
    _group("Top", "top"),
    _group("Channel", "channel"),
    _group("Fingerboard", "fingerboard"),
)
