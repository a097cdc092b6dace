"""A recorded check in plain lines: few of them, the gravest first, and what they concern."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.services.feasibility import Checked
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.workbench.recorded import MOST_REASONS, told


def checked(folder: Path, *findings: Finding, warnings: tuple[str, ...] = ()) -> Checked:
    """Return a recorded check with exactly these findings."""
    with open_studio(folder / "data") as studio:
        real = studio.feasibility.check(studio.presets.starters()[0].design)
    scored = real.scored._replace(
        findings=findings, warnings=warnings, risk_bucket=RiskBucket.YELLOW, score=50.0
    )
    return real._replace(scored=scored)


def finding(check_id: str, ring: int | None, status: Status, message: str) -> Finding:
    return Finding(check_id, ring, status, None, None, 0.0, {}, message)


def reasons(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.startswith("  ")]


def test_advice_is_one_line_a_check_with_the_rings_it_concerns(tmp_path: Path) -> None:
    notes = [finding("G3", ring, Status.NOTE, f"{ring} mm hidden.") for ring in range(7)]
    notes += [finding("S2", ring, Status.NOTE, "Seal it.") for ring in (1, 4, 5, 2)]
    lines = told(checked(tmp_path, *notes), "Workshop")
    assert lines[1] == "Setup: Workshop"
    assert reasons(lines) == [
        "• G3 (rings 0-6): 0 mm hidden. (ring 0)",
        "• S2 (rings 1-2, 4-5): Seal it.",
    ]


def test_problems_come_first_and_each_of_their_sentences_is_told(tmp_path: Path) -> None:
    lines = told(checked(
        tmp_path,
        finding("G3", 0, Status.NOTE, "Hidden."),
        finding("T3", 1, Status.YELLOW, "Thin."),
        finding("T3", 2, Status.YELLOW, "Thin."),
        finding("T3", 3, Status.YELLOW, "Thinner."),
        finding("B1", 3, Status.UNKNOWN, "Fill in t."),
        finding("C1", None, Status.RED, "Through the top."),
        warnings=("No time known.",),
    ))
    assert reasons(lines) == [
        "✗ C1: Through the top.",
        "? B1 (ring 3): Fill in t.",
        "▲ T3 (rings 1-2): Thin.",
        "▲ T3 (ring 3): Thinner.",
        "• G3 (ring 0): Hidden.",
        "No time known.",
    ]


def test_more_reasons_than_a_screen_takes_are_counted(tmp_path: Path) -> None:
    many = [finding("T3", ring, Status.RED, f"Thin {ring}.") for ring in range(30)]
    lines = reasons(told(checked(tmp_path, *many)))
    assert len(lines) == MOST_REASONS
    assert lines[-1] == "and 21 more, in the record"


def test_where_nothing_speaks_against_it_that_is_told(tmp_path: Path) -> None:
    found = checked(tmp_path, finding("C1", None, Status.GREEN, ""))
    lines = told(found)
    assert reasons(lines) == ["no check speaks against it"]
    assert lines[-2:] == [
        f"Recorded as {found.run_id}, number {found.seq}", f"Record: {found.path}",
    ]
