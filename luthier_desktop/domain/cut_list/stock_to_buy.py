"""What is to be at hand: sheets of one material and thickness, rods, strips bought ready made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.bill.stock import KNIFED_MM, StockKind
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.model import READY_MADE, Form, Part, StockLine
from luthier_desktop.domain.materials import Material, MaterialCatalogue

_UNKNOWN_SIZE = "how many sheets is not known: their size is not given"
_FORMS: tuple[Form, ...] = ("sheet", "rod", "ready made")


class _Rip(NamedTuple):
    """Blanks of one size: ripped *width_mm* wide along the grain, cut off at *length_mm*."""

    width_mm: float
    length_mm: float
    number: int
    kerf_mm: float


class _Needed(NamedTuple):
    """A part as stock: in what form and thickness it is bought, and what is cut from that."""

    form: Form
    thickness_mm: float
    rip: _Rip
    part: Part


def stock_lines(
    parts: Iterable[Part], options: BomOptions, materials: MaterialCatalogue
) -> tuple[StockLine, ...]:
    """Group parts by form, material and thickness, in the order of a shopping list."""
    groups: dict[tuple[object, ...], list[_Needed]] = {}
    for part in parts:
        needed = _needed(part)
        thickness = round(needed.thickness_mm, 3)
        key = (needed.form, part.material_id, part.material_name, thickness)
        groups.setdefault(key, []).append(needed)
    lines = [_line(group, options, materials) for group in groups.values()]
    return tuple(sorted(lines, key=_place))


def _place(line: StockLine) -> tuple[int, str, str, float]:
    return _FORMS.index(line.form), line.material_name, line.material_id, line.thickness_mm


def _needed(part: Part) -> _Needed:
    """Read the sizes of a part as those of its stock: a strip stands on its edge in the ring."""
    size = part.length_mm, part.to_cut
    if part.part in (StockKind.STRIP, READY_MADE):
        kerf_mm = part.kerf_mm if part.width_mm > KNIFED_MM else 0.0
        form: Form = "sheet" if part.part == StockKind.STRIP else "ready made"
        return _Needed(form, part.width_mm, _Rip(part.thickness_mm, *size, kerf_mm), part)
    rip = _Rip(part.width_mm, *size, part.kerf_mm)
    if part.part == StockKind.DOT_ROD:
        return _Needed("rod", part.width_mm, rip, part)
    return _Needed("sheet", part.thickness_mm, rip, part)


def _line(
    group: Sequence[_Needed], options: BomOptions, materials: MaterialCatalogue
) -> StockLine:
    first = group[0]
    rips = [needed.rip for needed in group]
    volume_mm3 = math.fsum(needed.part.stock_mm3 for needed in group)
    material = materials.get(first.part.material_id)
    sheets, remark = _counted(first.form, material, rips, options)
    kerf = first.form == "rod"
    appendix = None if material is None else material.cites
    return StockLine(
        form=first.form,
        material_id=first.part.material_id,
        material_name=first.part.material_name,
        thickness_mm=first.thickness_mm,
        pieces=sum(rip.number for rip in rips),
        widest_mm=max(rip.width_mm for rip in rips),
        longest_mm=max(rip.length_mm for rip in rips),
        length_mm=math.fsum(rip.number * (rip.length_mm + kerf * rip.kerf_mm) for rip in rips),
        area_mm2=volume_mm3 / first.thickness_mm if first.form == "sheet" else 0.0,
        volume_mm3=volume_mm3,
        sheets=sheets,
        cites=f"CITES Appendix {appendix}" if appendix else "",
        remark=remark,
    )


def _counted(
    form: Form, material: Material | None, rips: Sequence[_Rip], options: BomOptions
) -> tuple[int | None, str]:
    """Count the sheets; of what is not bought in sheets there are none."""
    if form != "sheet":
        return None, ""
    if material is not None and material.kind in ("shell", "bone"):
        return None, f"{material.kind} is bought in blanks, not in sheets"
    return _sheets(rips, options)


def _sheets(rips: Sequence[_Rip], options: BomOptions) -> tuple[int | None, str]:
    """Count the sheets that all rips take, the widest first; or say why they are not known."""
    long_mm, wide_mm = options.sheet_length_mm, options.sheet_width_mm
    if long_mm is None or wide_mm is None:
        return None, _UNKNOWN_SIZE
    whole_mm = wide_mm + min(rip.kerf_mm for rip in rips)
    too_large = [
        rip for rip in rips if rip.length_mm > long_mm or rip.width_mm + rip.kerf_mm > whole_mm
    ]
    if too_large:
        rip = too_large[0]
        return None, (
            f"a piece of {rip.width_mm:.1f} x {rip.length_mm:.1f} mm does not fit a sheet of "
            f"{wide_mm:g} x {long_mm:g} mm"
        )
    sheets: list[tuple[float, int]] = []
    for rip in sorted(rips, key=lambda one: -one.width_mm):
        each = _whole((long_mm + rip.kerf_mm) / (rip.length_mm + rip.kerf_mm))
        strips = math.ceil(rip.number / each)
        sheets = _laid(sheets, strips, rip.width_mm + rip.kerf_mm, whole_mm)
    return sum(count for _, count in sheets), ""


def _laid(
    sheets: list[tuple[float, int]], strips: int, width_mm: float, whole_mm: float
) -> list[tuple[float, int]]:
    """Lay strips side by side into begun sheets, then into new ones.

    *sheets* are what is left of the width, and how many sheets have so much left.
    """
    laid: list[tuple[float, int]] = []
    for left_mm, count in [*sheets, (whole_mm, strips)]:
        fits = _whole(left_mm / width_mm)
        full, rest = divmod(strips, fits) if fits else (0, 0)
        if full >= count:
            full, rest = count, 0
        strips -= full * fits + rest
        laid += [(left_mm - fits * width_mm, full)] if full else []
        laid += [(left_mm - rest * width_mm, 1)] if rest else []
        untouched = count - full - bool(rest)
        if untouched and left_mm < whole_mm:
            laid.append((left_mm, untouched))
    return laid


def _whole(quotient: float) -> int:
    return math.floor(round(quotient, 9))
