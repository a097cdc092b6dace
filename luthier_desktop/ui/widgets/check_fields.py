"""The numbers of a check: what a luthier calls them, their unit, the field they live in."""

from __future__ import annotations

import re
from typing import NamedTuple

LIMITS = frozenset({"green_limit", "yellow_limit"})
MISSING = "missing"
OF_SETUP = frozenset({"tool", "inlay_tool", "machine", "cut", "inlay_cut", "shop"})
"""The parts that only a setup has: no field of a design holds them."""


class Field(NamedTuple):
    """A number's name in the trade, its unit, and its path in the design or setup, or "".

    With ``of_ring`` the path is one inside the ring that the check looks at.
    """

    label: str
    unit: str
    path: str
    of_ring: bool = False

    @property
    def is_of_setup(self) -> bool:
        """Whether only a setup holds the number."""
        return self.path.partition(".")[0] in OF_SETUP


_RING = re.compile(r"^ring_params\[\d+\]\.")
_POSITION = re.compile(r"\[\d+\]")
_OF_INLAY = ("inlay_tool.", "inlay_cut.")
_UNITS = (
    ("_mm_min", "mm/min"),
    ("_n_mm2", "N/mm²"),
    ("_mm", "mm"),
    ("_deg", "°"),
    ("_rpm", "rpm"),
    ("_mpa", "MPa"),
    ("_min", "min"),
    ("_n", "N"),
    ("_w", "W"),
    ("_s", "s"),
)

PATHS = {
    "channel.clearance_mm": "clearance",
    "channel.depth_mm": "channel depth",
    "channel.glue": "glue",
    "channel.layout": "channel layout",
    "cut.entry": "entry",
    "cut.feed_mm_min": "feed",
    "cut.plunge_mm_min": "plunge feed",
    "cut.ramp_deg": "ramp",
    "cut.spindle_rpm": "spindle speed",
    "cut.stepdown_mm": "step down",
    "fingerboard.end_distance_mm": "fingerboard's end to the centre",
    "fingerboard.width_mm": "fingerboard width",
    "inner_diameter_mm": "inner diameter",
    "machine.max_rpm": "highest spindle speed",
    "outer_diameter_mm": "outer diameter",
    "soundhole_diameter_mm": "soundhole diameter",
    "tool.diameter_mm": "bit diameter",
    "tool.flute_length_mm": "flute length",
    "tool.flutes": "flutes",
    "tool.stickout_mm": "stick-out",
    "top.back_removal_mm": "taken from the back",
    "top.backed": "backed",
    "top.face_removal_mm": "taken from the face",
    "top.material_id": "top's wood",
    "top.rosette_limit_diameter_mm": "rosette's limit circle",
    "top.thickness_mm": "top thickness",
}
RING_PATHS = {
    "bending": "bending",
    "gap_before_mm": "gap before",
    "inlay_thickness_mm": "inlay thickness",
    "made": "way of making",
    "materials": "materials",
    "measured_width_mm": "measured width",
    "pattern.angle_deg": "angle",
    "pattern.band_mm": "band",
    "pattern.cols": "columns",
    "pattern.count": "pieces round",
    "pattern.dot_diameter_mm": "dot diameter",
    "pattern.gap_mm": "joint gap",
    "pattern.kerf_mm": "saw kerf",
    "pattern.lean_mm": "lean",
    "pattern.log_length_mm": "log length",
    "pattern.lines.thickness_mm": "line thickness",
    "pattern.logs": "logs",
    "pattern.min_cell_mm": "smallest part",
    "pattern.outline_mm": "outline",
    "pattern.pieces": "pieces",
    "pattern.px_mm": "cell size",
    "pattern.rows": "rows",
    "pattern.shape": "block shape",
    "pattern.slice_mm": "slice thickness",
    "pattern.stock_radius_mm": "stock radius",
    "pattern.strand_mm": "strand width",
    "pattern.symmetry": "symmetry",
    "pattern.tapered": "tapered pieces",
    "strip_thickness_mm": "strip thickness",
    "tile_length_mm": "tile length",
    "width_mm": "width",
}
"""The names of fields inside a ring."""


def split_unit(name: str) -> tuple[str, str]:
    """Split ``depth_mm`` into its name and its unit."""
    for suffix, unit in _UNITS:
        if name.endswith(suffix):
            return name.removesuffix(suffix), unit
    return name, ""


def field_of_path(path: str) -> Field:
    """Name the field at *path* of a design or setup; inside a ring the ring's part goes."""
    inside = _RING.sub("", path)
    bare = _POSITION.sub("", inside)
    name, unit = split_unit(bare.rpartition(".")[2])
    own = bare.removeprefix("inlay_") if bare.startswith(_OF_INLAY) else bare
    names = PATHS if inside == path else RING_PATHS
    label = names.get(own, name.replace("_", " "))
    label = label if own == bare else f"{label} for the inlay"
    return Field(label, unit, inside, of_ring=inside != path)


def _of_ring(label: str, unit: str, path: str) -> Field:
    return Field(label, unit, path, of_ring=True)


INPUTS = {
    "a_mm_s2": Field("acceleration a", "mm/s²", "machine.accel_mm_s2"),
    "a_p_mm": Field("depth of a pass a_p", "mm", "cut.stepdown_mm"),
    "appendix": Field("trade appendix", "", ""),
    "b_mm": _of_ring("land b", "mm", "gap_before_mm"),
    "back_mm": Field("taken from the back", "mm", "top.back_removal_mm"),
    "backlash_mm": Field("backlash", "mm", "machine.backlash_mm"),
    "bound": Field("edge is bound", "", "soundhole_edge"),
    "burn": Field("burn factor of the wood", "", ""),
    "C_mm": Field("circumference C", "mm", ""),
    "c_mm": Field("clearance c", "mm", "channel.clearance_mm"),
    "cell_mm": Field("smallest piece", "mm", ""),
    "center_cutting": Field("cuts at its centre", "", "tool.center_cutting"),
    "channels": Field("channels", "", ""),
    "chip_percent": Field("feed per tooth", "% of D", "cut.feed_mm_min"),
    "class": Field("class of the material", "", ""),
    "D2_mm": Field("shank diameter", "mm", "tool.shank_diameter_mm"),
    "d_fb_mm": Field("fingerboard's end to centre", "mm", "fingerboard.end_distance_mm"),
    "D_mm": Field("bit diameter D", "mm", "tool.diameter_mm"),
    "d_mm": Field("channel depth d", "mm", "channel.depth_mm"),
    "delta_mm": Field("the bit gives way", "mm", ""),
    "E_mpa": Field("stiffness of the bit E", "MPa", "tool.material"),
    "extraction": Field("dust extraction", "", "shop.extraction"),
    "F_mm_min": Field("feed F", "mm/min", "cut.feed_mm_min"),
    "F_n": Field("cutting force F", "N", ""),
    "F_n_n": Field("force on the wall F_n", "N", ""),
    "f_t90_mpa": Field("strength across the grain", "MPa", "top.material_id"),
    "face_mm": Field("taken from the face", "mm", "top.face_removal_mm"),
    "fz_mm": Field("feed per tooth fz", "mm", "cut.feed_mm_min"),
    "gap_mm": _of_ring("gap before the ring", "mm", "gap_before_mm"),
    "glue": Field("glue", "", "channel.glue"),
    "hi": Field("band to", "% of D", ""),
    "hidden_mm": Field("hidden by the fingerboard", "mm", "fingerboard.width_mm"),
    "k": Field("order of the colours k", "", ""),
    "k_mm": _of_ring("kerf k", "mm", "pattern.kerf_mm"),
    "L1_mm": Field("flute length in use L1", "mm", "tool.flute_length_mm"),
    "L2_mm": Field("shank in use L2", "mm", "tool.stickout_mm"),
    "L_mm": _of_ring("log length L", "mm", "pattern.log_length_mm"),
    "L_piece_mm": _of_ring("piece length L", "mm", "tile_length_mm"),
    "limit": Field("what limits it", "", ""),
    "limit_dia_mm": Field("limit circle", "mm", "top.rosette_limit_diameter_mm"),
    "lo": Field("band from", "% of D", ""),
    "logs": _of_ring("logs", "", "pattern.logs"),
    "material": _of_ring("material", "", "materials"),
    "most_mm": Field("at most", "mm", ""),
    "most_rpm": Field("at most", "rpm", ""),
    "N": _of_ring("pieces N", "", "pattern.count"),
    "n": Field("slices a log n", "", ""),
    "n_rpm": Field("spindle speed n", "rpm", "cut.spindle_rpm"),
    "n_z": Field("passes in depth", "", ""),
    "p_mm": _of_ring("tile length p", "mm", "tile_length_mm"),
    "packs": Field("dust stays in the slot", "", "tool.geometry"),
    "percent": Field("part of a tile", "%", ""),
    "plunge_mm_min": Field("plunge", "mm/min", "cut.plunge_mm_min"),
    "power_w": Field("cutting power", "W", ""),
    "r_i_mm": Field("inner radius", "mm", ""),
    "r_in_mm": Field("inner radius", "mm", "inner_diameter_mm"),
    "r_mm": Field("mean radius r", "mm", ""),
    "R_mm": Field("bending radius R", "mm", ""),
    "r_o_mm": Field("outer radius", "mm", ""),
    "r_out_mm": Field("rings end at radius", "mm", ""),
    "R_outer_mm": Field("outer radius", "mm", "outer_diameter_mm"),
    "R_sh_mm": Field("soundhole radius", "mm", "soundhole_diameter_mm"),
    "ramp_deg": Field("ramp", "°", "cut.ramp_deg"),
    "ratio": Field("share of the finished top", "", ""),
    "rec_mm": Field("recommended clearance", "mm", ""),
    "respirator": Field("respirator", "", "shop.respirator"),
    "ring_janka_n": Field("hardness of the ring", "N", ""),
    "Rs_mm": _of_ring("stock radius Rs", "mm", "pattern.stock_radius_mm"),
    "S_ring_percent": Field("shrinkage of the ring", "%", ""),
    "S_top_percent": Field("shrinkage of the top", "%", "top.material_id"),
    "shell": Field("has shell", "", ""),
    "sigma_mpa": Field("stress in the land", "MPa", ""),
    "strips": Field("strips put in one by one", "", ""),
    "t_final_mm": Field("finished top", "mm", ""),
    "t_inlay_mm": _of_ring("inlay thickness", "mm", "inlay_thickness_mm"),
    "t_mm": _of_ring("slice thickness t", "mm", "pattern.slice_mm"),
    "t_rout_mm": Field("top thickness when routed", "mm", "top.thickness_mm"),
    "t_strip_mm": _of_ring("strip thickness t", "mm", "strip_thickness_mm"),
    "tapered": _of_ring("tapered", "", "pattern.tapered"),
    "TIR_mm": Field("runout TIR", "mm", "tool.runout_mm"),
    "top_janka_n": Field("hardness of the top", "N", "top.material_id"),
    "travel_mm": Field("machine's shorter travel", "mm", "machine.work_area_mm"),
    "util": Field("share of the strength used", "", ""),
    "w_fb_mm": Field("fingerboard width", "mm", "fingerboard.width_mm"),
    "w_mm": Field("channel width w", "mm", ""),
    "waste": _of_ring("waste", "", "pattern.waste"),
}
_OF_CHECK = {
    ("T2", "w_mm"): _of_ring("ring width w", "mm", "width_mm"),
}


def is_named(check_id: str, name: str) -> bool:
    """Say whether the input *name* of a check has a name in the trade."""
    return (check_id, name) in _OF_CHECK or name in INPUTS


def field_of_input(check_id: str, name: str, *, of_machined_ring: bool = False) -> Field:
    """Name a number that was put into a formula; an unknown name is shown as it is.

    The inlay of a machined ring is cut with a tool and a cut of its own.
    """
    known = _OF_CHECK.get((check_id, name)) or INPUTS.get(name)
    if known is not None and of_machined_ring and known.path.startswith(("tool.", "cut.")):
        return known._replace(path=f"inlay_{known.path}")
    if known is not None:
        return known
    symbol, unit = split_unit(name)
    return Field(symbol.replace("_", " "), unit, "")
