"""The numbers of a check: what a luthier calls them, their unit, the field they live in."""

from __future__ import annotations

import re
from typing import NamedTuple

LIMITS = frozenset({"green_limit", "yellow_limit"})
MISSING = "missing"


class Field(NamedTuple):
    """A number's name in the trade, its unit, and its path in the design or setup, or "".

    With ``of_ring`` the path is one inside the ring that the check looks at.
    """

    label: str
    unit: str
    path: str
    of_ring: bool = False


_RING = re.compile(r"^ring_params\[\d+\]\.")
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
    "cut.feed_mm_min": "feed",
    "cut.spindle_rpm": "spindle speed",
    "cut.stepdown_mm": "step down",
    "fingerboard.end_distance_mm": "fingerboard's end to the centre",
    "fingerboard.width_mm": "fingerboard width",
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


def split_unit(name: str) -> tuple[str, str]:
    """Split ``depth_mm`` into its name and its unit."""
    for suffix, unit in _UNITS:
        if name.endswith(suffix):
            return name.removesuffix(suffix), unit
    return name, ""


def field_of_path(path: str) -> Field:
    """Name the field at *path* of a design or setup; inside a ring the ring's part goes."""
    inside = _RING.sub("", path)
    name, unit = split_unit(inside.rpartition(".")[2])
    label = PATHS.get(inside, name.replace("_", " "))
    return Field(label, unit, inside, of_ring=inside != path)


def _of_ring(label: str, unit: str, path: str) -> Field:
    return Field(label, unit, path, of_ring=True)


INPUTS = {
    "b_mm": _of_ring("land b", "mm", "gap_before_mm"),
    "back_mm": Field("taken from the back", "mm", "top.back_removal_mm"),
    "bound": Field("edge is bound", "", "soundhole_edge"),
    "C_mm": Field("circumference C", "mm", ""),
    "cell_mm": Field("smallest piece", "mm", ""),
    "class": Field("class of the material", "", ""),
    "d_fb_mm": Field("fingerboard's end to centre", "mm", "fingerboard.end_distance_mm"),
    "D_mm": Field("bit diameter D", "mm", "tool.diameter_mm"),
    "d_mm": Field("channel depth d", "mm", "channel.depth_mm"),
    "F_n_n": Field("force on the wall F_n", "N", ""),
    "f_t90_mpa": Field("strength across the grain", "MPa", "top.material_id"),
    "face_mm": Field("taken from the face", "mm", "top.face_removal_mm"),
    "fz_mm": Field("feed per tooth fz", "mm", "cut.feed_mm_min"),
    "gap_mm": _of_ring("gap before the ring", "mm", "gap_before_mm"),
    "hi": Field("band to", "% of D", ""),
    "hidden_mm": Field("hidden by the fingerboard", "mm", "fingerboard.width_mm"),
    "k": Field("order of the colours k", "", ""),
    "k_mm": _of_ring("kerf k", "mm", "pattern.kerf_mm"),
    "L1_mm": Field("flute length in use L1", "mm", "tool.flute_length_mm"),
    "L_mm": _of_ring("log length L", "mm", "pattern.log_length_mm"),
    "limit_dia_mm": Field("limit circle", "mm", "top.rosette_limit_diameter_mm"),
    "lo": Field("band from", "% of D", ""),
    "logs": _of_ring("logs", "", "pattern.logs"),
    "N": _of_ring("pieces N", "", "pattern.count"),
    "n": Field("slices a log n", "", ""),
    "p_mm": _of_ring("tile length p", "mm", "tile_length_mm"),
    "packs": Field("dust stays in the slot", "", "tool.geometry"),
    "percent": Field("part of a tile", "%", ""),
    "r_i_mm": Field("inner radius", "mm", ""),
    "r_in_mm": Field("inner radius", "mm", "inner_diameter_mm"),
    "r_mm": Field("mean radius r", "mm", ""),
    "r_o_mm": Field("outer radius", "mm", ""),
    "r_out_mm": Field("rings end at radius", "mm", ""),
    "R_outer_mm": Field("outer radius", "mm", "outer_diameter_mm"),
    "R_sh_mm": Field("soundhole radius", "mm", "soundhole_diameter_mm"),
    "ratio": Field("share of the finished top", "", ""),
    "sigma_mpa": Field("stress in the land", "MPa", ""),
    "t_final_mm": Field("finished top", "mm", ""),
    "t_inlay_mm": _of_ring("inlay thickness", "mm", "inlay_thickness_mm"),
    "t_mm": _of_ring("slice thickness t", "mm", "pattern.slice_mm"),
    "t_rout_mm": Field("top thickness when routed", "mm", "top.thickness_mm"),
    "tapered": _of_ring("tapered", "", "pattern.tapered"),
    "util": Field("share of the strength used", "", ""),
    "w_fb_mm": Field("fingerboard width", "mm", "fingerboard.width_mm"),
    "w_mm": Field("channel width w", "mm", ""),
    "waste": _of_ring("waste", "", "pattern.waste"),
}
_OF_CHECK = {
    ("T2", "w_mm"): _of_ring("ring width w", "mm", "width_mm"),
}


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
