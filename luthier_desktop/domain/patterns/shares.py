"""How pieces of a ring are shared out among its materials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Share = tuple[str, int, float]
"""Material, pieces, area of them all."""


def turns(materials: Sequence[str], places: range) -> Iterator[tuple[str, int]]:
    """Return how often each of *materials* comes when they take turns at *places*."""
    kinds = len(materials)
    full, rest = divmod(len(places), kinds)
    first = places.start % kinds
    for kind, material_id in enumerate(materials):
        count = full + ((kind - first) % kinds < rest)
        if count:
            yield material_id, count
