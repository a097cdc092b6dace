"""What the canvas shows, in words: for a screen reader, and for whoever reads along."""

from __future__ import annotations

from collections.abc import Mapping

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.geometry import hidden_arc_deg
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm, ring_radii
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.ring_edits import family_text
from luthier_desktop.ui.design_editor.surroundings import Surroundings

CLOSED_MM = 0.005
KEYS = (
    "Arrows change the ring's width, with Ctrl its inner edge; Page Up and Page Down select "
    "another ring; Escape selects none, and the arrows move the drawing; plus and minus zoom."
)


def described(
    design: RosetteParamSpec,
    selected: int | None,
    verdicts: Mapping[str, RiskBucket],
    around: Surroundings,
) -> str:
    """Describe the drawing: the rosette, the selected ring, the rings with problems, the keys."""
    sentences = [_rosette(design), _selected(design, selected, verdicts, around)]
    return " ".join([*filter(None, [*sentences, _problems(design, verdicts)]), KEYS])


def _rosette(design: RosetteParamSpec) -> str:
    count = len(design.ring_params)
    off_mm = closing_error_mm(design)
    word = "short of full" if off_mm < 0 else "too full"
    closed = abs(off_mm) < CLOSED_MM
    state = "the sum closes" if closed else f"{units.brief(abs(off_mm))} {word}"
    hole_mm = design.soundhole_diameter_mm
    hole = "" if hole_mm is None else f", soundhole {units.brief(hole_mm)}"
    return (
        f"Rosette, {count} {'ring' if count == 1 else 'rings'}, from "
        f"{units.brief(design.inner_diameter_mm)} to {units.brief(design.outer_diameter_mm)} "
        f"diameter{hole}, {state}."
    )


def _selected(
    design: RosetteParamSpec,
    selected: int | None,
    verdicts: Mapping[str, RiskBucket],
    around: Surroundings,
) -> str:
    if selected is None:
        return "No ring is selected."
    ring, radii = design.ring_params[selected], ring_radii(design)[selected]
    verdict = verdicts.get(ring.identity)
    check = "" if verdict is None else f", check {style.risk_sign(verdict).word.lower()}"
    hidden_deg = 0.0
    if around.board_width_mm is not None and around.board_end_mm is not None:
        hidden_deg = hidden_arc_deg(radii.mean_mm, around.board_width_mm, around.board_end_mm)
    hidden = f", {units.number(round(hidden_deg, 1))} degrees under the fingerboard"
    return (
        f"Selected ring {ring.ring_index}: {family_text(ring.pattern_type)}, "
        f"{units.brief(ring.effective_width_mm)} wide, radius {units.brief(radii.inner_mm)} to "
        f"{units.brief(radii.outer_mm)}{check}{hidden if hidden_deg else ''}."
    )


def _problems(design: RosetteParamSpec, verdicts: Mapping[str, RiskBucket]) -> str:
    found = [
        f"ring {ring.ring_index} {style.risk_sign(verdicts[ring.identity]).word.lower()}"
        for ring in design.ring_params
        if verdicts.get(ring.identity, RiskBucket.GREEN) is not RiskBucket.GREEN
    ]
    return f"Checks: {', '.join(found)}." if found else ""
