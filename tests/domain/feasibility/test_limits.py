"""Margins and penalties, which every check shares."""

from __future__ import annotations

import pytest

from luthier_desktop.domain.feasibility.limits import (
    at_least,
    at_most,
    better,
    softly_at_least,
    softly_at_most,
    worse,
)
from tests.domain.feasibility.workbench import GREEN, RED, YELLOW


@pytest.mark.parametrize(
    ("value", "status", "margin", "penalty"),
    [
        (1.5, GREEN, 0.3, 0.0),
        (1.2, GREEN, 0.0, 0.0),
        (3.2 - 1.5 - 0.5, GREEN, 0.0, 0.0),
        (1.1, YELLOW, -0.1, 0.25),
        (0.9, YELLOW, 0.1, 0.75),
        (0.8, YELLOW, 0.0, 1.0),
        (0.5, RED, -0.3, 1.0),
    ],
)
def test_a_value_that_must_not_be_small(value, status, margin, penalty):
    answer = at_least(value, 1.2, 0.8)
    assert answer.status is status
    assert answer.value == value
    assert answer.margin == pytest.approx(margin, abs=1e-9)
    assert answer.penalty == pytest.approx(penalty, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "status", "margin", "penalty"),
    [
        (0.01, GREEN, 0.005, 0.0),
        (0.015, GREEN, 0.0, 0.0),
        (0.0185, YELLOW, -0.0035, 0.1),
        (0.0465, YELLOW, 0.0035, 0.9),
        (0.05, YELLOW, 0.0, 1.0),
        (0.06, RED, -0.01, 1.0),
    ],
)
def test_a_value_that_must_not_be_large(value, status, margin, penalty):
    answer = at_most(value, 0.015, 0.05)
    assert answer.status is status
    assert answer.margin == pytest.approx(margin, abs=1e-9)
    assert answer.penalty == pytest.approx(penalty, abs=1e-9)


def test_a_soft_limit_never_turns_red_and_its_penalty_ends_at_one():
    assert softly_at_most(1.25, 1.25, 1.5).status is GREEN
    assert softly_at_most(1.375, 1.25, 1.5) == (YELLOW, 1.375, -0.125, 0.5)
    assert softly_at_most(9.0, 1.25, 1.5).penalty == 1.0
    assert softly_at_least(0.5, 0.75, 0.25) == (YELLOW, 0.5, -0.25, 0.5)
    assert softly_at_least(-9.0, 0.75, 0.25).penalty == 1.0


def test_of_two_criteria_the_worse_status_and_the_larger_penalty_count():
    soft, hard = at_most(0.02, 0.015, 0.05), at_least(0.2, 1.2, 0.8)
    assert worse(soft, hard)[::3] == (RED, 1.0)
    assert worse(hard, soft)[::3] == (RED, 1.0)
    assert worse(soft, hard).value == 0.02
    assert worse(soft, hard).margin == pytest.approx(-0.6)
    both_yellow = worse(at_least(1.1, 1.2, 0.8), at_least(0.9, 1.2, 0.8))
    assert both_yellow.penalty == pytest.approx(0.75)
    assert both_yellow.margin == pytest.approx(-0.1)


def test_of_two_alternatives_the_better_one_counts_with_its_penalty():
    by_size, by_share = at_most(0.05, 0.03, 0.10), at_most(0.004, 0.005, 0.02)
    assert better(by_size, by_share) == (GREEN, 0.05, by_share.margin, 0.0)
    worst_of_both = better(at_most(0.2, 0.03, 0.10), at_most(0.015, 0.005, 0.02))
    assert worst_of_both.status is YELLOW
    assert worst_of_both.penalty == pytest.approx(2 / 3)
