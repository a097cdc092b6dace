"""The margin bar: the mark stands in the zone of the status, further the better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status
from luthier_desktop.ui.widgets.check_margin import place, zones
from luthier_desktop.ui.widgets.check_rows import CheckRow, rows_from_scored
from tests.ui.feasibility_panel import scores


def row_of(finding: Finding) -> CheckRow:
    return rows_from_scored(scores.scored(RiskBucket.RED, 1.0, [finding]), scores.RULES).rows[0]


def residual(value: float) -> CheckRow:
    """Judge a residual top by hand: green from 1.2, yellow from 0.8 mm."""
    if value >= 1.2:
        return row_of(scores.finding("C1", scores.G, value, value - 1.2))
    if value < 0.8:
        return row_of(scores.finding("C1", scores.R, value, value - 0.8))
    penalty = (1.2 - value) / 0.4
    return row_of(scores.finding("C1", scores.Y, value, 0.1, penalty=penalty))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.8, 1 / 3),  # just yellow: where red ends
        (1.0, 1 / 2),  # in the middle of yellow
        (1.2, 2 / 3),  # just green
        (1.6, 2 / 3 + 1 / 6),  # one width of yellow into green: half of it
        (0.4, 1 / 6),  # one width of yellow into red: half of it
    ],
)
def test_the_mark_stands_where_the_limits_say(value: float, expected: float) -> None:
    assert place(residual(value)) == pytest.approx(expected)


@given(st.floats(0, 3), st.floats(0, 3))
def test_a_better_value_never_stands_further_to_the_red(one: float, other: float) -> None:
    worse, better = place(residual(min(one, other))), place(residual(max(one, other)))
    assert worse is not None
    assert better is not None
    assert 0 <= worse <= better + 1e-9 <= 1 + 1e-9


def test_a_rule_without_yellow_has_two_zones() -> None:
    rule = scores.rule("G1", Lane.LAYOUT, "Gaps", yellow="-")
    assert zones(rule) == (Status.RED, Status.GREEN)


def test_a_check_without_a_margin_has_no_mark() -> None:
    assert place(row_of(scores.finding("C1", scores.G, 1.4, None))) is None


def test_an_unknown_check_has_no_mark() -> None:
    assert place(row_of(scores.TILES_UNKNOWN._replace(margin=0.1))) is None
