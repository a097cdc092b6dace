"""Rosettes and shops as luthiers have them: sixteen sound designs and four competent setups.

Sizes follow the instruments of the trade: soundhole, margin, band, top when routed, and what
levelling takes.
"""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]

CLASSICAL_TOP: Plain = {"material_id": "european_spruce", "thickness_mm": 3.0,
                        "face_removal_mm": 0.2, "back_removal_mm": 0.3}  # fmt: skip
STEEL_TOP: Plain = {"material_id": "sitka_spruce", "thickness_mm": 3.2,
                    "face_removal_mm": 0.15, "back_removal_mm": 0.2}  # fmt: skip
UKULELE_TOP: Plain = {"material_id": "koa", "thickness_mm": 2.2,
                      "face_removal_mm": 0.1, "back_removal_mm": 0.1}  # fmt: skip


def lines(*veneers: tuple[str, float], gap_mm: float = 0.0) -> Plain:
    """Return a ring of veneer lines bent cold, inner to outer."""
    return {
        "width_mm": round(sum(thickness for _, thickness in veneers), 6),
        "pattern_type": "LINES",
        "materials": list(dict.fromkeys(name for name, _ in veneers)),
        "gap_before_mm": gap_mm,
        "bending": "cold",
        "pattern": {
            "lines": [{"material_id": name, "thickness_mm": t} for name, t in veneers]
        },
    }


def black_white(count: int, thickness_mm: float = 0.5, gap_mm: float = 0.0) -> Plain:
    """Return *count* lines of dyed pear and holly in turn."""
    return lines(*((("pear", "holly")[n % 2], thickness_mm) for n in range(count)), gap_mm=gap_mm)


def ring(pattern_type: str, width_mm: float, *materials: str, **members: Any) -> Plain:
    """Return a ring of any other family."""
    return {"pattern_type": pattern_type, "width_mm": width_mm,
            "materials": list(materials), **members}  # fmt: skip


def mosaic(width_mm: float, rows: int, cols: int, logs: int) -> Plain:
    """Return a mosaic of veneer cells, sliced 1.7 mm thick from logs of 100 mm."""
    log = {"rows": rows, "cols": cols, "px_mm": 0.6, "symmetry": "slip", "slice_mm": 1.7,
           "log_length_mm": 100.0, "kerf_mm": 0.7, "logs": logs}  # fmt: skip
    return ring("MOSAIC", width_mm, "pear", "holly", "cherry", pattern=log)


def strip(pattern_type: str, width_mm: float, tile_mm: float, *materials: str) -> Plain:
    """Return a ring of slanted bars, bent hot as layers of 0.8 mm."""
    return ring(pattern_type, width_mm, *materials, tile_length_mm=tile_mm,
                strip_thickness_mm=0.8, bending="hot")  # fmt: skip


def segments(width_mm: float, length_mm: float, material_id: str, gap_mm: float = 0.0) -> Plain:
    """Return pieces cut to the curve."""
    return ring("SEGMENTS", width_mm, material_id, tile_length_mm=length_mm,
                gap_before_mm=gap_mm)  # fmt: skip


def bent(width_mm: float, material_id: str, thickness_mm: float, gap_mm: float = 0.0) -> Plain:
    """Return a solid ring built up of strips bent hot."""
    return ring("SOLID", width_mm, material_id, strip_thickness_mm=thickness_mm, bending="hot",
                gap_before_mm=gap_mm)  # fmt: skip


def design(
    soundhole_mm: float, margin_mm: float, top: Plain, depth_mm: float, *rings: Plain
) -> Plain:
    """Stack *rings* outwards from the soundhole; the outer diameter follows from them."""
    inner_mm = soundhole_mm + 2 * margin_mm
    band_mm = sum(one["width_mm"] + one.get("gap_before_mm", 0.0) for one in rings)
    board_mm = 50.0 if soundhole_mm < 80 else 60.0
    return {
        "soundhole_diameter_mm": soundhole_mm,
        "inner_diameter_mm": inner_mm,
        "outer_diameter_mm": round(inner_mm + 2 * band_mm, 6),
        "top": top,
        "channel": {"depth_mm": depth_mm, "glue": "hide"},
        "fingerboard": {"width_mm": board_mm, "end_distance_mm": soundhole_mm / 2 + 1},
        "ring_params": [{"ring_index": n, **one} for n, one in enumerate(rings)],
    }


SOUND: dict[str, Plain] = {
    "classical mosaic": design(
        85, 3, CLASSICAL_TOP, 1.3, black_white(3), strip("HERRINGBONE", 2.0, 1.6, "pear", "holly"),
        black_white(3), mosaic(7.8, 13, 9, 2), black_white(3),
        strip("HERRINGBONE", 2.0, 1.6, "pear", "holly"), black_white(3)),
    "classical wheat and lines": design(
        86, 2.5, CLASSICAL_TOP, 1.3, black_white(5),
        strip("HERRINGBONE", 3.2, 2.0, "koa", "holly"), black_white(9),
        strip("HERRINGBONE", 3.2, 2.0, "koa", "holly"), black_white(5)),
    "classical chessboard": design(
        84, 3, CLASSICAL_TOP, 1.2, black_white(3),
        ring("CHECKER", 3.0, "pear", "holly", pattern={"rows": 5, "px_mm": 0.6}),
        bent(6.0, "indian_rosewood", 2.0),
        ring("CHECKER", 3.0, "pear", "holly", pattern={"rows": 5, "px_mm": 0.6}),
        black_white(3)),
    "cedar with a rosewood plate in wedges": design(
        85, 3, CLASSICAL_TOP | {"material_id": "western_red_cedar"}, 1.3, black_white(3),
        ring("SOLID", 12.0, "indian_rosewood", pattern={"pieces": 8}), black_white(3)),
    "flamenco, plain": design(
        85, 3, CLASSICAL_TOP, 1.2, black_white(5), bent(6.0, "koa", 1.5), black_white(5)),
    "dreadnought three rings": design(
        101.6, 3.5, STEEL_TOP, 1.4, black_white(5), black_white(9, gap_mm=4.0),
        black_white(5, gap_mm=4.0)),
    "dreadnought herringbone": design(
        101.6, 4, STEEL_TOP, 1.4, black_white(5),
        {**strip("HERRINGBONE", 4.8, 2.4, "pear", "holly"), "gap_before_mm": 4.0},
        black_white(5, gap_mm=4.0)),
    "orchestra model with abalone": design(
        101.6, 3.5, STEEL_TOP, 1.4, black_white(5), black_white(3, gap_mm=3.5),
        segments(2.4, 12.0, "abalone"), black_white(3), black_white(5, gap_mm=3.5)),
    "single ring of rope": design(
        98.4, 3.5, STEEL_TOP, 1.4, black_white(3), strip("ROPE", 4.0, 3.0, "koa", "hard_maple"),
        black_white(3)),
    "parlor, barber pole": design(
        92, 3, STEEL_TOP, 1.3, black_white(3),
        strip("BARBER_POLE", 3.0, 2.5, "indian_rosewood", "hard_maple"), black_white(3)),
    "parlor, ladder": design(
        90, 3, STEEL_TOP, 1.3, black_white(3),
        ring("LADDER", 3.0, "pear", "holly", tile_length_mm=2.0), black_white(3)),
    "mother of pearl between lines": design(
        101.6, 4, STEEL_TOP, 1.4, black_white(3), segments(3.0, 10.0, "mother_of_pearl"),
        black_white(3)),
    "minimal walnut": design(
        101.6, 3.5, STEEL_TOP, 1.4, black_white(1), bent(6.0, "black_walnut", 2.0),
        black_white(1)),
    "soprano ukulele": design(44, 2.5, UKULELE_TOP, 0.9, black_white(5, 0.45)),
    "concert ukulele, rope": design(
        52, 2.5, UKULELE_TOP, 0.9, black_white(1), strip("ROPE", 2.5, 2.0, "cherry", "holly"),
        black_white(1)),
    "tenor ukulele, dots": design(
        67, 2.5, UKULELE_TOP, 0.9, black_white(1),
        ring("DOTS", 4.0, "indian_rosewood", "holly",
             pattern={"dot_diameter_mm": 2.0, "count": 24}),
        black_white(1)),
}  # fmt: skip


def bit(diameter_mm: float, flute_mm: float, **members: Any) -> Plain:
    """Return a carbide bit of two flutes on a shank of 3.175 mm."""
    return {"diameter_mm": diameter_mm, "flutes": 2, "flute_length_mm": flute_mm,
            "stickout_mm": flute_mm + 6, "shank_diameter_mm": 3.175, "material": "carbide",
            "geometry": "downcut", "runout_mm": 0.015, "max_rpm": 40000.0,
            "center_cutting": True, **members}  # fmt: skip


def cnc(travel_mm: float, **members: Any) -> Plain:
    """Return a small CNC router."""
    return {"kind": "cnc", "max_feed_mm_min": 4000.0, "accel_mm_s2": 400.0, "min_rpm": 8000.0,
            "max_rpm": 30000.0, "work_area_mm": [travel_mm, travel_mm, 80.0],
            "backlash_mm": 0.02, **members}  # fmt: skip


RAMP: Plain = {"entry": "ramp", "ramp_deg": 3.0, "plunge_mm_min": 250.0, "stepover_ratio": 0.4}
SAFE: Plain = {"extraction": True, "respirator": True}

SETUPS: dict[str, Plain] = {
    "small CNC, 1/16 in": {
        "tool": bit(1.5875, 6.35), "machine": cnc(400.0), "shop": SAFE,
        "cut": {**RAMP, "spindle_rpm": 18000.0, "feed_mm_min": 1100.0, "stepdown_mm": 0.5}},
    "tight CNC, 1.27 mm upcut": {
        "tool": bit(1.27, 5.0, geometry="upcut", runout_mm=0.008), "shop": SAFE,
        "machine": cnc(300.0, backlash_mm=0.01),
        "cut": {**RAMP, "spindle_rpm": 20000.0, "feed_mm_min": 1000.0, "stepdown_mm": 0.4}},
    "router on a circle jig": {
        "tool": bit(1.5875, 6.35), "shop": SAFE,
        "machine": {"kind": "hand_router", "min_rpm": 10000.0, "max_rpm": 30000.0,
                    "backlash_mm": 0.03},
        "cut": {"spindle_rpm": 20000.0, "stepdown_mm": 0.7}},
    "knife and chisel": {"machine": {"kind": "hand"}, "shop": SAFE},
}  # fmt: skip
