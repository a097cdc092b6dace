"""What differs between two designs: rings are matched by their identity, never by their place.

Works on normalised designs as they are stored. A ring stands as ``ring_params[ring_id=r3]``. A
ring whose index changed only because another came, went or moved inside it has not changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from luthier_desktop.domain.compare import ABSENT, Change, Changes, json_changes, member

RINGS = "ring_params"
PLACE = "ring_index"
_ID = "ring_id"
_Plain = Mapping[str, Any]


def design_changes(a: _Plain, b: _Plain, path: str = "") -> Changes:
    """Return what differs; a ring that moved past others tells so by its ``ring_index``.

    Rings without sound identities are compared by their place.
    """
    one, other = rings_by_id(a), rings_by_id(b)
    if one is None or other is None:
        return json_changes(a, b, path)
    rest = json_changes(_without(a, RINGS), _without(b, RINGS), path)
    return (*rest, *_ring_changes(one, other, member(path, RINGS)))


def rings_by_id(design: _Plain) -> dict[str, _Plain] | None:
    """Return the rings by identity from inner to outer; None when that cannot be told."""
    rings = design.get(RINGS)
    if not isinstance(rings, list | tuple):
        return None
    found: dict[str, _Plain] = {}
    for ring in rings:
        identity = ring.get(_ID) if isinstance(ring, Mapping) else None
        if not isinstance(identity, str) or type(ring.get(PLACE)) is not int:
            return None
        found[identity] = ring
    if len(found) != len(rings):
        return None
    return dict(sorted(found.items(), key=lambda item: item[1][PLACE]))


def ring_path(path: str, identity: str) -> str:
    """Return the path of a ring in the list of rings at *path*."""
    return f"{path}[{_ID}={identity}]"


def kept_in_order(a: Sequence[str], b: Sequence[str]) -> frozenset[str]:
    """Return the most of what is in both that stands in the same order in both.

    Of several ways to choose the one is taken whose names come first: the same from either side.
    """
    place = {name: at for at, name in enumerate(b)}
    common = [name for name in a if name in place]
    chains: dict[str, tuple[int, tuple[str, ...]]] = {}
    for at in range(len(common) - 1, -1, -1):
        name = common[at]
        after = [chains[each] for each in common[at + 1 :] if place[each] > place[name]]
        length, chain = min(after, default=(0, ()))
        chains[name] = (length - 1, (name, *chain))
    return frozenset(min(chains.values(), default=(0, ()))[1])


def _ring_changes(a: dict[str, _Plain], b: dict[str, _Plain], path: str) -> Iterator[Change]:
    kept = kept_in_order(list(a), list(b))
    shifted = _is_numbered(a) and _is_numbered(b)
    for identity in [*a, *(each for each in b if each not in a)]:
        here = ring_path(path, identity)
        if identity not in a or identity not in b:
            yield Change(here, a.get(identity, ABSENT), b.get(identity, ABSENT))
            continue
        one, other = a[identity], b[identity]
        if identity in kept and shifted:
            one, other = _without(one, PLACE), _without(other, PLACE)
        yield from json_changes(one, other, here)


def _is_numbered(rings: dict[str, _Plain]) -> bool:
    """Say whether the rings are numbered 0, 1, 2 …, so that an index says nothing of its own."""
    return [ring[PLACE] for ring in rings.values()] == list(range(len(rings)))


def _without(plain: _Plain, name: str) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key != name}
