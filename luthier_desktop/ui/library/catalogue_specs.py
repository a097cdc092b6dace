"""The fields of materials, tools and machines of the catalogue."""

from __future__ import annotations

from luthier_desktop.ui.library.setup_specs import Group, name_of, options, tip_of
from luthier_desktop.ui.library.spec import Kind, Option, Spec

_LOOK = "look."
_YES_NO = (Option(True, "Yes"), Option(False, "No"))


def _sourced(path: str, kind: Kind, unit: str = "", name: str = "") -> Spec:
    return Spec(path, name or name_of(path), kind, unit, tip_of(path), sourced=True)


def _text(path: str) -> Spec:
    return Spec(path, name_of(path), "text")


def _choice(path: str, *values: str, optional: bool = True, name: str = "") -> Spec:
    found = options(values, optional=optional)
    return Spec(path, name or name_of(path), "choice", options=found)


def _flag(path: str, name: str, tip: str = "") -> Spec:
    return Spec(path, name, "choice", tip=tip, options=_YES_NO)


OF_TOOL = (
    Group("Tool", (
        _text("name"),
        _choice("shape", "flat", "ball", "v", optional=False),
        _choice("material", "carbide", "hss"),
        _choice("geometry", "downcut", "upcut", "straight"),
        Spec("center_cutting", name_of("center_cutting"), "choice",
             options=(Option(None, "Not said"), *_YES_NO)),
        _text("remark"),
    )),
    Group("Measures", (
        _sourced("diameter_mm", "length"),
        _sourced("flutes", "count"),
        _sourced("flute_length_mm", "length"),
        _sourced("stickout_mm", "length"),
        _sourced("shank_diameter_mm", "length"),
        _sourced("runout_mm", "length"),
        _sourced("max_rpm", "number", "rpm"),
        _sourced("angle_deg", "number", "°"),
    )),
)  # fmt: skip
OF_MACHINE = (
    Group("Machine", (
        _text("name"),
        _choice("kind", "cnc", "hand_router", "hand", optional=False),
        _text("remark"),
    )),
    Group("What it can do", (
        _sourced("max_feed_mm_min", "feed"),
        _sourced("accel_mm_s2", "number", "mm/s²"),
        _sourced("junction_deviation_mm", "length"),
        _sourced("min_rpm", "number", "rpm"),
        _sourced("max_rpm", "number", "rpm"),
        _sourced("spindle_w", "number", "W"),
        _sourced("work_x_mm", "length"),
        _sourced("work_y_mm", "length"),
        _sourced("work_z_mm", "length"),
        _sourced("backlash_mm", "length"),
    )),
)  # fmt: skip
OF_MATERIAL = (
    Group("Material", (
        _text("name"),
        _choice("kind", "wood", "shell", "bone", "plastic", "celluloid", "fibre",
                optional=False),
        _flag("white", "Shows stains", "Light enough that dust and dye of a neighbour show."),
        Spec("bleeds", "Stains neighbours", "choice",
             options=(Option(None, "No"), Option("note", "Oily: seal it"),
                      Option("stain", "Colours spruce"))),
        _flag("sensitiser", "Irritating dust"),
        Spec("cites", "CITES", "choice", tip="Confirm it against the law in force.",
             options=(Option(None, "Not listed"), Option("I", "Appendix I"),
                      Option("II", "Appendix II"))),
        _text("remark"),
    )),
    Group("Properties at 12 % moisture", (
        _sourced("density_kg_m3", "number", "kg/m³", "Density"),
        _sourced("moe_gpa", "number", "GPa", "Stiffness (MOE)"),
        _sourced("mor_mpa", "number", "MPa", "Bending strength"),
        _sourced("janka_n", "number", "N", "Janka hardness"),
        _sourced("shrink_radial_percent", "number", "%", "Shrinkage, radial"),
        _sourced("shrink_tangential_percent", "number", "%", "Shrinkage, tangential"),
        _sourced("tension_across_mpa", "number", "MPa", "Tension across grain"),
        _sourced("burn_factor", "number", "", "Burning"),
    )),
    Group("Look, judged by eye", (
        Spec(f"{_LOOK}raw", "Raw", "colour", tip="Such as #ecd9b6."),
        Spec(f"{_LOOK}finished", "Finished", "colour", tip="Such as #e2bd84."),
        Spec(f"{_LOOK}dark", "Growth lines, pores", "colour", tip="Such as #b5854d."),
        _choice(f"{_LOOK}figure", "softwood", "diffuse", "streaked", "ribbon", "shell", "plain",
                optional=False, name="Figure"),
        Spec(f"{_LOOK}line_spacing_mm", "Line spacing", "length"),
    )),
)  # fmt: skip
