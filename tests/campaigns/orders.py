"""Order never matters to a verdict: ``python -m tests.campaigns.orders [EXAMPLES] [SEED]``.

1,000 designs are drawn anew from *SEED* and scored twice, the second time with their keys in
another order and their rings under other identities: what is hashed of both is the same.
The negative control changes a width as well, and must be found out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.domain.feasibility.test_properties import (
    assert_order_never_matters,
    designs,
    shuffled,
)

SEED = 17
CONTROL = 20


def draw(examples: int, seed: int, tried: Callable[[dict[str, Any], int], None]) -> None:
    """Try so many designs that follow from *seed*; the first fault is raised."""
    fixed = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    hypothesis.seed(seed)(fixed(given(designs, st.integers(0, 2**32))(tried)))()


def careful(plain: dict[str, Any], seed: int) -> None:
    """Compare as the property in the suite does."""
    assert_order_never_matters(plain, seed, shuffled)


def careless(plain: dict[str, Any], seed: int) -> None:
    """Compare likewise, but with a shuffle that makes every ring wider."""
    assert_order_never_matters(plain, seed, _widened)


def _widened(plain: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    other: dict[str, Any] = shuffled(plain, chance)
    for ring in other["ring_params"]:
        ring["width_mm"] += 1.0
    return other


def main(examples: int, seed: int) -> int:
    """Try the designs and then the control."""
    draw(examples, seed, careful)
    print(f"{examples} designs from seed {seed}: no difference", flush=True)
    try:
        draw(CONTROL, seed, careless)
    except AssertionError:
        print("control: found out")
        return 0
    print("The control found nothing: this campaign proves nothing.")
    return 1


if __name__ == "__main__":
    given_here = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given_here + [1000, SEED][len(given_here) :])))
