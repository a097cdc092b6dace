"""The checks as a run keeps them: short, and read back in full.

A run is kept for ever, and one of eight rings is to stay under 32 kB. So a stored check leaves out
what can be told without it: a value or margin that is null, the penalty that its status fixes, the
sentence that only lists what is missing. ``like`` names the ring whose inputs stand for those that
are left out, ``same`` the ring whose whole answer does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.answers import MISSING, fill_in
from luthier_desktop.domain.feasibility.limits import UNSCALED_PENALTY
from luthier_desktop.domain.feasibility.risk import Status

Plain = dict[str, Any]

LIKE, SAME = "like", "same"
LIMITS = ("green_limit", "yellow_limit")
"""Inputs that are always kept: without them a reader would take the rule's constant ones."""
FIXED_PENALTY = {
    Status.GREEN: 0,
    Status.NOTE: 0,
    Status.RED: 1,
    Status.UNKNOWN: UNSCALED_PENALTY,
}
_FIXED_BY_NAME = {status.value: penalty for status, penalty in FIXED_PENALTY.items()}
_KEPT = ("id", "ring_index", "status")


class Models(NamedTuple):
    """Checks that stand before: what a later one may refer to, by id and names of inputs."""

    same: dict[str, Plain]
    first: dict[tuple[str, ...], Plain]
    last: dict[tuple[str, ...], Plain]


def shortened(checks: Iterable[Plain]) -> list[Plain]:
    """Leave out of checks with all their members what can be told without it."""
    models = Models({}, {}, {})
    return [_shortened(check, models) for check in checks]


def _shortened(check: Plain, models: Models) -> Plain:
    plain = {name: check[name] for name in _KEPT}
    if check["value"] is not None:
        plain["value"] = check["value"]
    answer = repr([value for name, value in check.items() if name != "ring_index"])
    model = models.same.setdefault(answer, check)
    if model is not check and (check["inputs"] or check["margin"] is not None):
        return plain | {SAME: model["ring_index"]}
    return plain | _members(check) | _inputs(check, models)


def _members(check: Plain) -> Plain:
    plain = {}
    if check["margin"] is not None:
        plain["margin"] = check["margin"]
    if check["penalty"] != FIXED_PENALTY.get(check["status"]):
        plain["penalty"] = check["penalty"]
    if check["status"] != Status.GREEN and check["message"] != _listed(check["inputs"]):
        plain["message"] = check["message"]
    if check["remedies"]:
        plain["remedies"] = check["remedies"]
    return plain


def _inputs(check: Plain, models: Models) -> Plain:
    """Keep the inputs that differ from those of the most alike of two checks before."""
    inputs, key = check["inputs"], (check["id"], *check["inputs"])
    if not inputs:
        return {}
    candidates = [kind[key] for kind in (models.first, models.last) if key in kind]
    models.first.setdefault(key, check)
    models.last[key] = check
    shorter = [(_own(inputs, model["inputs"]), model["ring_index"]) for model in candidates]
    own, ring_index = min(shorter, key=_length, default=(inputs, None))
    if len(own) == len(inputs):
        return {"inputs": inputs}
    return {"inputs": own, LIKE: ring_index} if own else {LIKE: ring_index}


def _own(inputs: Plain, of_model: Plain) -> Plain:
    return {
        name: value
        for name, value in inputs.items()
        if name in LIMITS or not _alike(value, of_model[name])
    }


def _length(one: tuple[Plain, int | None]) -> int:
    return len(one[0])


def _alike(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _listed(inputs: Plain) -> str | None:
    """Return the sentence that only lists what is missing."""
    missing = inputs.get(MISSING)
    return fill_in(missing.split(", ")) if missing and isinstance(missing, str) else None


def restored(checks: Iterable[Plain]) -> list[Plain]:
    """Put back into stored checks what was left out of them; a GREEN one has no message.

    A check whose model is not there keeps what it says itself.
    """
    known: dict[tuple[str, str], Plain] = {}
    full = []
    for check in checks:
        whole = _restored(check, known)
        known[_key(check, "ring_index")] = whole
        full.append(whole)
    return full


def _key(check: Plain, place: str) -> tuple[str, str]:
    return str(check.get("id")), str(check.get(place))


def _restored(check: Plain, known: dict[tuple[str, str], Plain]) -> Plain:
    if SAME in check:
        model = known.get(_key(check, SAME), {})
        return {**model, **{name: value for name, value in check.items() if name != SAME}}
    model = known.get(_key(check, LIKE), {}) if LIKE in check else {}
    inputs = {**_inputs_of(model), **_inputs_of(check)}
    status = check.get("status")
    whole = {
        **{name: check.get(name) for name in (*_KEPT, "value", "margin")},
        "penalty": check.get("penalty", _FIXED_BY_NAME.get(str(status), 0)),
        "inputs": inputs,
    }
    if status != Status.GREEN:
        whole["message"] = check.get("message") or _listed(inputs) or ""
        whole["remedies"] = check.get("remedies", [])
    return whole


def _inputs_of(check: Plain) -> Plain:
    inputs = check.get("inputs")
    return inputs if isinstance(inputs, dict) else {}
