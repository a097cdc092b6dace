"""Numbers and limits as they are read at the bench."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.ui.widgets import check_words as words
from luthier_desktop.ui.widgets.check_rows import CheckRow, rows_from_scored
from tests.ui.feasibility_panel import scores


def row_of(finding: Finding) -> CheckRow:
    return rows_from_scored(scores.scored(RiskBucket.RED, 1.0, [finding]), scores.RULES).rows[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0.4"),
        (1.0, "1"),
        (120.0, "120"),
        (12000.0, "12000"),
        (1.23456, "1.235"),
        (-0.0, "0"),
        (-0.03, "\u22120.03"),
        (0.00412, "0.004"),
    ],
)
def test_a_number_has_no_needless_digits(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("unit", "text"),
    [("mm", "2\u00a0mm"), ("deg", "2°"), ("", "2"), ("%", "2%"), ("MPa", "2\u00a0MPa")],
)
def test_a_unit_stands_behind_its_number(unit: str, text: str) -> None:
    assert words.with_unit("2", unit) == text


def test_a_value_that_just_misses_its_limit_is_never_shown_equal_to_it() -> None:
    row = row_of(scores.finding("C1", scores.R, 0.79996, -0.00004))
    assert words.value_text(row) == "0.79996\u00a0mm"
    assert words.limit_text(row) == "needs at least 0.8\u00a0mm"


@given(st.floats(0.0, 0.8, exclude_max=True).filter(lambda value: 0.8 - value > 1e-9))
def test_no_red_value_reads_like_its_limit(value: float) -> None:
    row = row_of(scores.finding("C1", scores.R, value, value - 0.8))
    assert words.value_text(row) != "0.8\u00a0mm"


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (scores.finding("C1", scores.G, 1.4, 0.2), "limit 1.2\u00a0mm"),
        (scores.finding("C1", scores.Y, 1.1, -0.1), "green: at least 1.2\u00a0mm"),
        (scores.finding("G5", scores.R, 0.3, -0.25), "needs at most 0.05\u00a0mm"),
        (scores.finding("G5", scores.R, -0.3, -0.25), "needs within 0.05\u00a0mm"),
        (scores.finding("C1", scores.G, 0.1, None), ""),
        (scores.finding("G3", scores.NOTE, 41.5, None), ""),
        (scores.finding("C1", scores.NA, None, None), ""),
        (scores.TILES_UNKNOWN, "a value is missing"),
        (scores.finding("C1", scores.U, None, None), "gives no number"),
    ],
)
def test_a_row_says_what_it_asks_for(finding: Finding, text: str) -> None:
    assert words.limit_text(row_of(finding)) == text


def test_a_limit_of_this_case_wins_over_the_rule_s_constant() -> None:
    row = row_of(scores.finding("C1", scores.R, 0.6, -0.3, inputs={"yellow_limit": 0.9}))
    assert words.limit_text(row) == "needs at least 0.9\u00a0mm"


@pytest.mark.parametrize(
    ("status", "margin", "text"),
    [
        (Status.GREEN, 0.2, "0.2\u00a0mm to spare"),
        (Status.GREEN, 0.0, "exactly at the limit"),
        (Status.RED, -0.4, "0.4\u00a0mm beyond the limit"),
        (Status.YELLOW, 0.1, "0.1\u00a0mm away from red"),
        (Status.YELLOW, -0.1, "0.1\u00a0mm away from green"),
    ],
)
def test_the_margin_is_told_in_words(status: Status, margin: float, text: str) -> None:
    assert words.margin_text(row_of(scores.finding("C1", status, 1.0, margin))) == text
