"""Try every remedy of many spoilt designs: ``python -m tests.campaigns.remedies [COUNT] [SEED]``.

Each remedy is applied and the whole design scored again: exactly one field has changed, the check
is cleared, and no other check is worse unless the remedy says so.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.remedies.fields import apply
from luthier_desktop.domain.feasibility.remedies.remedy import CheckKey, Remedy
from luthier_desktop.domain.feasibility.remedies.solver import solve
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.feasibility.known_designs import SETUPS, SOUND

RANK = {Status.YELLOW: 1, Status.UNKNOWN: 2, Status.RED: 3}
CLEARED = (Status.GREEN, Status.NOTE, Status.NA)
WOODS = ["koa", "holly", "indian_rosewood", "abalone", "abs", "gaboon_ebony", "african_padauk"]
RING_EXTRAS: dict[str, list[Any]] = {
    "made": ["machine"],
    "strip_thickness_mm": [0.3, 1.2, 2.5, 4.0],
    "bending": ["cold", "hot"],
    "inlay_thickness_mm": [0.8, 1.3, 1.6, 2.4],
    "gap_before_mm": [0.4, 1.5, 3.0],
    "locked": [True],
    "tile_length_mm": [0.7, 2.9, 7.3],
}
PATTERN_EXTRAS: dict[str, list[Any]] = {
    "count": [11, 40, 63, 150],
    "tapered": [False],
    "rows": [3, 9, 30],
    "symmetry": ["book", "slip"],
    "logs": [1, 2],
    "log_length_mm": [40.0, 90.0],
    "kerf_mm": [0.7],
    "slice_mm": [0.6, 1.0],
    "shape": ["straight", "pre_curved"],
    "stock_radius_mm": [30.0, 70.0],
    "gap_mm": [0.2],
    "angle_deg": [12.0, 60.0],
    "lean_mm": [9.0],
    "outline_mm": [0.6],
    "dot_diameter_mm": [0.2],
    "prelaminated": [True],
}


class Spoilt(NamedTuple):
    """A design and a shop with something wrong."""

    design: RosetteParamSpec
    setup: Setup
    scored: Scored


def catalogue() -> MaterialCatalogue:
    """Read the materials that ship."""
    path = Path(__file__).parents[2] / "resources" / "catalogue" / "materials.json"
    plain = json.loads(path.read_text("utf-8"))
    return MaterialCatalogue(Material.read(one, "material") for one in plain["materials"])


def spoilt_designs(count: int, seed: int, materials: MaterialCatalogue) -> Iterator[Spoilt]:
    """Yield sound designs in competent shops with a few fields changed for the worse."""
    chance = random.Random(seed)
    while count:
        plain, shop = _drawn(chance)
        try:
            design = RosetteParamSpec.read(plain, "design")
            setup = Setup.read(shop, "setup")
        except InputRefused:
            continue
        scored = score(design, setup, materials)
        if any(one.status in (Status.RED, Status.YELLOW) for one in scored.findings):
            count -= 1
            yield Spoilt(design, setup, scored)


def _drawn(chance: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    plain = copy.deepcopy(SOUND[chance.choice(list(SOUND))])
    shop = copy.deepcopy(SETUPS[chance.choice(list(SETUPS)[:3])])
    for _ in range(chance.randint(1, 4)):
        _scale(chance, chance.choice([plain, plain, shop]))
    for ring in plain["ring_params"]:
        if chance.random() < 0.4:
            _spoil(chance, ring)
    if chance.random() < 0.2:
        plain["channel"]["clearance_mm"] = chance.choice([-0.1, 0.0, 0.4, 0.6])
    if chance.random() < 0.2:
        plain["channel"]["layout"] = chance.choice(["single", "per_ring"])
    if chance.random() < 0.2:
        shop["shop"] = chance.choice([{}, {"extraction": True}])
    if chance.random() < 0.2:
        shop["inlay_cut"] = {"feed_mm_min": chance.choice([200.0, 900.0])}
    return plain, shop


def _spoil(chance: random.Random, ring: dict[str, Any]) -> None:
    name, member = chance.choice(list(RING_EXTRAS)), chance.choice(list(PATTERN_EXTRAS))
    if chance.random() < 0.7:
        ring[name] = chance.choice(RING_EXTRAS[name])
    if chance.random() < 0.7:
        ring.setdefault("pattern", {})[member] = chance.choice(PATTERN_EXTRAS[member])
    if chance.random() < 0.2:
        ring["materials"] = [chance.choice(WOODS)]


def _scale(chance: random.Random, plain: Any) -> None:
    """Multiply one number, found by going down at random."""
    here = [
        key
        for key, value in (plain.items() if isinstance(plain, dict) else enumerate(plain))
        if isinstance(value, (dict, list)) or (isinstance(value, float) and value)
    ]
    if not here:
        return
    key = chance.choice(here)
    if isinstance(plain[key], float):
        plain[key] = round(plain[key] * chance.choice([0.2, 0.5, 0.8, 0.95, 1.1, 1.5, 3.0]), 3)
    else:
        _scale(chance, plain[key])


def faults(spoilt: Spoilt, materials: MaterialCatalogue) -> Iterator[str]:
    """Yield what is wrong with the remedies of a design; nothing when all is well."""
    design, setup, before = spoilt
    statuses = _statuses(before)
    for key, remedies in solve(design, setup, materials, before).items():
        if statuses[key] not in (Status.RED, Status.YELLOW):
            yield f"{key} is {statuses[key]} and has a remedy"
        if len(remedies) > 3 or len({one.path for one in remedies}) < len(remedies):
            yield f"{key} has too many remedies: {remedies}"
        for remedy in remedies:
            for fault in _wrong(spoilt, remedy, key, materials):
                yield f"{key} {remedy}: {fault}"


def _wrong(
    spoilt: Spoilt, remedy: Remedy, key: CheckKey, materials: MaterialCatalogue
) -> Iterator[str]:
    design, setup = apply(remedy, spoilt.design, spoilt.setup)
    changed = _changed(spoilt.design.plain(), design.plain(), "")
    changed += _changed(spoilt.setup.plain(), setup.plain(), "setup.")
    if changed != [remedy.path]:
        yield f"changes {changed}"
    before, after = _statuses(spoilt.scored), _statuses(score(design, setup, materials))
    if after.get(key) is not remedy.reaches:
        yield f"reaches {after.get(key)}"
    if remedy.reaches not in CLEARED and "still YELLOW" not in remedy.side_effect:
        yield "does not say that it stays yellow"
    for other, status in after.items():
        known = before.get(other) or _worst(before, other[0])
        if RANK.get(status, 0) > RANK.get(known, 0) and not _said(other, remedy):
            yield f"makes {other} {status} and does not say so"


def _said(key: CheckKey, remedy: Remedy) -> bool:
    place = key[0] if key[1] is None else f"{key[0]} at ring {key[1]}"
    return f"{place} " in remedy.side_effect or "more checks worse" in remedy.side_effect


def _statuses(scored: Scored) -> dict[CheckKey, Status]:
    return {(one.check_id, one.ring_index): one.status for one in scored.findings}


def _worst(statuses: dict[CheckKey, Status], check_id: str) -> Status:
    own = [status for key, status in statuses.items() if key[0] == check_id]
    return max(own, key=lambda status: RANK.get(status, 0), default=Status.NA)


def _changed(before: Any, after: Any, path: str) -> list[str]:
    """List the paths of the leaves that differ."""
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = before or {}, after or {}
        joint = "" if not path or path.endswith(".") else "."
        return [
            one
            for name in sorted({*old, *new})
            for one in _changed(old.get(name), new.get(name), f"{path}{joint}{name}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [one for at, (old, new) in pairs for one in _changed(old, new, f"{path}[{at}]")]
    return [] if before == after else [path]


def main(count: int, seed: int) -> int:
    """Try *count* designs; print each fault and how many there were."""
    materials = catalogue()
    found = tried = problems = helped = 0
    for spoilt in spoilt_designs(count, seed, materials):
        remedies = solve(*spoilt[:2], materials, spoilt.scored)
        tried += sum(len(one) for one in remedies.values())
        bad = [one for one in spoilt.scored.findings if one.status in (Status.RED, Status.YELLOW)]
        problems += len(bad)
        helped += len(remedies)
        for fault in faults(spoilt, materials):
            found += 1
            print(fault)
    print(
        f"{count} designs, {problems} problems, {helped} with remedies; "
        f"{tried} remedies, {found} faults"
    )
    return 1 if found else 0


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(arguments + [1000, 1][len(arguments) :])))
