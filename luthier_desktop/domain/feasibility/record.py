"""The checks as a run keeps them: in full, or short where there are very many.

A run is kept for ever, and one of eight rings is to stay under 32 kB. Checks that need more room
than their share are stored short: each leaves out what can be told without it, a value or margin
that is null, the penalty that its status fixes, the sentence that only lists what is missing, the
check that its remedies clear. ``like`` names the ring whose inputs and message stand for those
that are left out, ``same`` the ring whose whole answer does. `restored` reads both forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.answers import MISSING, fill_in
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.limits import UNSCALED_PENALTY
from luthier_desktop.domain.feasibility.remedies.remedy import CheckKey, Remedy
from luthier_desktop.domain.feasibility.risk import Status

Plain = dict[str, Any]
Remedies = Mapping[CheckKey, tuple[Remedy, ...]]

LIKE, SAME = "like", "same"
FIXED_PENALTY = {
    Status.GREEN: 0,
    Status.NOTE: 0,
    Status.RED: 1,
    Status.UNKNOWN: UNSCALED_PENALTY,
}
_FIXED_BY_NAME = {status.value: penalty for status, penalty in FIXED_PENALTY.items()}
CLEARS = "clears"
MOST_MODELS = 8
MOST_REMEDY_BYTES = 2000
MOST_FULL_BYTES = 22_000
"""What the checks of a run may take in full; the rest of a run of eight rings is under 10 kB."""
_KEPT = ("id", "ring_index", "status")


class Models(NamedTuple):
    """Checks that stand before: what a later one may refer to, by id and names of inputs."""

    same: dict[str, Plain]
    alike: dict[tuple[str, ...], list[Plain]]


def kept_checks(checks: Iterable[Plain]) -> list[Plain]:
    """Return the checks as a run keeps them; a GREEN one needs no message and no remedies."""
    whole = list(checks)
    full = [_full(check) for check in whole]
    compact = json.dumps(full, ensure_ascii=False, separators=(",", ":"))
    return full if len(compact.encode()) <= MOST_FULL_BYTES else shortened(whole)


def _full(check: Plain) -> Plain:
    if check["status"] != Status.GREEN:
        return check
    return {name: value for name, value in check.items() if name not in ("message", "remedies")}


def shortened(checks: Iterable[Plain]) -> list[Plain]:
    """Leave out of checks with all their members what can be told without it."""
    models = Models({}, {})
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
    if check["remedies"]:
        plain["remedies"] = [
            {name: value for name, value in one.items() if name != CLEARS}
            for one in check["remedies"]
        ]
    return plain


def _inputs(check: Plain, models: Models) -> Plain:
    """Keep the inputs that differ from those of the most alike of the checks before."""
    inputs, key = check["inputs"], (check["id"], *check["inputs"])
    if not inputs:
        return _message(check, check)
    before = models.alike.setdefault(key, [])
    shorter = [(_own(inputs, model["inputs"]), model) for model in before]
    own, model = min(shorter, key=_length, default=(inputs, check))
    if len(before) < MOST_MODELS and own:
        before.append(check)
    if len(own) == len(inputs):
        return {"inputs": inputs} | _message(check, check)
    kept = {"inputs": own} if own else {}
    return kept | {LIKE: model["ring_index"]} | _message(check, model)


def _message(check: Plain, model: Plain) -> Plain:
    """Keep a message unless it only lists what is missing, or is that of the model."""
    listed = _listed(check["inputs"])
    green = Status.GREEN in (check["status"], model["status"])
    alike = model is not check and not green and model["message"] == check["message"]
    told = check["status"] == Status.GREEN or check["message"] == listed
    told = told or (alike and listed is None)
    return {} if told else {"message": check["message"]}


def _own(inputs: Plain, of_model: Plain) -> Plain:
    return {
        name: value
        for name, value in inputs.items()
        if not _alike(value, of_model[name])
    }


def _length(one: tuple[Plain, Plain]) -> int:
    return len(one[0])


def kept_remedies(remedies: Remedies, scored: Scored) -> Remedies:
    """Return the remedies that a record keeps: all of them where they are few.

    Else those of the check that decides and the best one of each other, the worst checks first,
    as far as they stay short. What is left out can be worked out again from the request.
    """
    if _bytes_of(remedies.values()) <= MOST_REMEDY_BYTES:
        return remedies
    kept: dict[CheckKey, tuple[Remedy, ...]] = {}
    room = MOST_REMEDY_BYTES
    for finding in sorted(scored.findings, key=_badness):
        key = (finding.check_id, finding.ring_index)
        found = remedies.get(key, ())
        found = found if finding is scored.binding else found[:1]
        room -= _bytes_of([found])
        if room < 0:
            break
        kept[key] = found
    return kept


def _bytes_of(remedies: Iterable[tuple[Remedy, ...]]) -> int:
    """Return about how long these remedies are in a record."""
    return sum(
        50 + len(one.path) + len(str(one.before)) + len(str(one.after)) + len(one.side_effect)
        for found in remedies
        for one in found
    )


def _badness(finding: Finding) -> tuple[bool, float]:
    return finding.status is not Status.RED, -finding.penalty


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
        alike = model.get("message", "")
        whole["message"] = check.get("message") or _listed(inputs) or alike
        own = check.get("remedies")
        told = [one for one in own if isinstance(one, dict)] if isinstance(own, list) else []
        whole["remedies"] = [{**one, CLEARS: check.get("id")} for one in told]
    return whole


def _inputs_of(check: Plain) -> Plain:
    inputs = check.get("inputs")
    return inputs if isinstance(inputs, dict) else {}
