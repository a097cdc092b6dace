"""What can be chosen of a G-code file; every default is explained, and estimates are named."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import Index, PositiveMm, Value

Post = Literal["grbl", "mach3", "linuxcnc"]
CutPart = Literal["channel", "soundhole"]
Direction = Literal["climb", "conventional"]
Hold = Literal["tabs", "skin"]


class GcodeOptions(Value):
    """How a cut is planned and written.

    ``post``: grbl (1.1), mach3 (also Mach4) or linuxcnc. ``part``: the channel or channels, or the
    soundhole, which is cut last and stands in a file of its own.
    ``direction``: climb leaves the cleaner wall; conventional suits a machine with much play.
    ``finish_allowance_mm``: what roughing leaves on each wall for one light pass; 0 for none.
    More than a tenth of the bit is taken level by level, as roughing is.
    ``safe_z_mm``: height of the rapid moves above the face. ``spin_up_s``: waits for the spindle.
    ``hold``: what keeps the disc of the soundhole: tabs that are cut with a knife, or a skin under
    the whole groove. ``breakthrough_mm`` is cut into the scrap board, with tabs only.
    ``top_thickness_mm``: measured where the hole is cut; absent: the routed thickness less what
    levelling took from the face.
    """

    post: Post = "grbl"
    part: CutPart = "channel"
    direction: Direction = "climb"
    finish_allowance_mm: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.1
    safe_z_mm: Annotated[float, Field(strict=True, ge=2, le=50)] = 5.0
    spin_up_s: Annotated[float, Field(strict=True, ge=1, le=60)] = 5.0
    hold: Hold = "tabs"
    tabs: Annotated[Index, Field(ge=3, le=8)] = 4
    tab_width_mm: Annotated[float, Field(strict=True, ge=1, le=20)] = 4.0
    tab_height_mm: Annotated[float, Field(strict=True, ge=0.5, le=5)] = 1.0
    skin_mm: Annotated[float, Field(strict=True, ge=0.2, le=2)] = 0.3
    breakthrough_mm: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.2
    top_thickness_mm: PositiveMm | None = None


SOURCES: dict[str, str] = {
    "direction": "estimate: trade practice for clean walls",
    "finish_allowance_mm": "estimate: twice the deflection at which M4 turns red",
    "safe_z_mm": "domain reference 5.5, M11: lifts of 5 mm",
    "spin_up_s": "estimate: routers need 2 to 3 s, inverter spindles more",
    "hold": "estimate: a tab stays when the top is thinner than said, a skin may not",
    "tabs": "estimate",
    "tab_width_mm": "estimate",
    "tab_height_mm": "estimate",
    "skin_mm": "estimate",
    "breakthrough_mm": "estimate: the flatness of a scrap board",
}
"""Where the default of an option comes from."""
