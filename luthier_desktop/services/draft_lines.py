"""How a draft is written into its journal: ``luthier.draft/1``, one JSON object a line.

    {"schema": "luthier.draft/1", "draft_id", "app", "at_utc"}              the first line
    {"base": DESIGN, "first": N, "clean": M|null, "at_utc"}         the history begins anew; N
                                                                    steps before are not kept
    {"step": N, "name", "design": DESIGN, "ring_id", "clean", "at_utc"}     step N was done;
                                                                    what was undone is gone
    {"go": N, "clean": M|null, "snapshot_id": ID|absent, "at_utc"}  undo or redo to N steps, or
                                                                    kept there; the design comes
                                                                    from that snapshot or none

``clean`` is the number of steps at which the design was last recorded or saved. DESIGN is a
rosette as of the interfaces page, not rounded; a ring of a step that the design before the step
had too stands as its position there.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pydantic import Field

from luthier_desktop.domain.base import ExternalId, Index, Text, Value
from luthier_desktop.domain.draft import DraftHistory, DraftStep
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.storage.canonical import canonical_bytes, canonical_value
from luthier_desktop.storage.parsing import MIB, Limits, parse_strict

DRAFT_SCHEMA = "luthier.draft/1"
LONGEST_NAME = 1000
_LIMITS = Limits(size_bytes=3 * MIB, nodes=200_000, members=256)
_RINGS = "ring_params"
_WHAT = "The draft"


class _Head(Value):
    schema_: Annotated[Text, Field(alias="schema")]
    draft_id: ExternalId
    app: Text
    at_utc: Text


class _Base(Value):
    base: dict[str, Any]
    first: Index
    clean: Index | None = None
    at_utc: Text


class _Step(Value):
    step: Annotated[Index, Field(ge=1)]
    name: Text
    design: dict[str, Any]
    ring_id: ExternalId | None = None
    clean: Index | None = None
    at_utc: Text


class _Go(Value):
    go: Index
    clean: Index | None = None
    snapshot_id: ExternalId | None = None
    at_utc: Text


class KeptStep(NamedTuple):
    """A step, and its line in the journal."""

    step: DraftStep
    payload: bytes


class Told(NamedTuple):
    """What a journal tells: the history after its first *first* steps, and when it ends."""

    head: bytes
    base: RosetteParamSpec
    first: int
    steps: list[KeptStep]
    position: int
    clean: int | None
    at_utc: str
    snapshot_id: str | None = None

    def history(self) -> DraftHistory:
        """Return the history with its steps counted from 0."""
        clean = None if self.clean is None else self.clean - self.first
        steps = tuple(kept.step for kept in self.steps)
        position = self.position - self.first
        return DraftHistory(self.base, steps, position, clean, self.snapshot_id)


def head_line(draft_id: str, app: str, at_utc: str) -> bytes:
    """Write the first line."""
    members = {"schema": DRAFT_SCHEMA, "draft_id": draft_id, "app": app, "at_utc": at_utc}
    return canonical_bytes(members)


def base_line(design: RosetteParamSpec, first: int, clean: int | None, at_utc: str) -> bytes:
    """Write that the history begins with *design*."""
    plain = _plain(design, ())
    return canonical_bytes({"base": plain, "first": first, "clean": clean, "at_utc": at_utc})


def step_line(
    position: int, step: DraftStep, before: RosetteParamSpec, clean: int | None, at_utc: str
) -> bytes:
    """Write that *step* was done on *before*, as the one of this number."""
    return canonical_bytes(
        {
            "step": position,
            "name": step.name[:LONGEST_NAME],
            "design": _plain(step.design, before.ring_params),
            "ring_id": step.ring_id,
            "clean": clean,
            "at_utc": at_utc,
        }
    )


def go_line(position: int, clean: int | None, snapshot_id: str | None, at_utc: str) -> bytes:
    """Write that the design stands after so many steps, and which snapshot it comes from."""
    origin = {} if snapshot_id is None else {"snapshot_id": snapshot_id}
    return canonical_bytes({"go": position, "clean": clean, **origin, "at_utc": at_utc})


def read_draft(payloads: list[bytes]) -> tuple[Told, str]:
    """Read the lines of a journal, which are good as bytes, as far as they make sense.

    Returns:
        What they tell, and why no more of them could be read, "" when all could.

    Raises:
        InputRefused: They are of another version, or hold no design at all.
    """
    if len(payloads) < 2:
        raise InputRefused(f"{_WHAT} holds no design yet.")
    head = _parsed(payloads[0], 1)
    schema = head.get("schema")
    if schema != DRAFT_SCHEMA:
        raise InputRefused(
            f"{_WHAT} is of another version ({str(schema)[:40]!r}) than this program reads "
            f"({DRAFT_SCHEMA})."
        )
    _Head.read(head, _WHAT)
    reader = _Reader()
    reader.take(payloads[1], 2)
    for number, payload in enumerate(payloads[2:], 3):
        try:
            reader.take(payload, number)
        except InputRefused as error:
            return reader.told(payloads[0]), error.sentence
    return reader.told(payloads[0]), ""


class _Reader:
    """Follows the lines of a journal."""

    def __init__(self) -> None:
        self._base: RosetteParamSpec | None = None
        self._first = self._position = 0
        self._steps: list[KeptStep] = []
        self._clean: int | None = None
        self._snapshot_id: str | None = None
        self._at_utc = ""

    def take(self, payload: bytes, number: int) -> None:
        """Read the next line."""
        members, what = _parsed(payload, number), f"{_WHAT}, line {number}"
        if "base" in members:
            self._begin(_Base.read(members, what), what)
        elif "step" in members and self._base is not None:
            self._step(_Step.read(members, what), payload, what)
        elif "go" in members and self._base is not None:
            self._go(_Go.read(members, what), what)
        else:
            raise InputRefused(f"{what} is none that this program knows.")

    def told(self, head: bytes) -> Told:
        """Return what was read."""
        assert self._base is not None
        stand = (self._position, self._clean, self._at_utc, self._snapshot_id)
        return Told(head, self._base, self._first, self._steps, *stand)

    def _begin(self, line: _Base, what: str) -> None:
        self._base = RosetteParamSpec.read(line.base, what)
        self._first = self._position = line.first
        self._steps = []
        self._end(line, what)

    def _step(self, line: _Step, payload: bytes, what: str) -> None:
        at = line.step - self._first
        if not 1 <= at <= len(self._steps) + 1:
            raise _lost(what)
        assert self._base is not None
        before = self._steps[at - 2].step.design if at > 1 else self._base
        design = _design(line.design, before.ring_params, what)
        kept = KeptStep(DraftStep(line.name, design, line.ring_id), payload)
        self._steps[at - 1 :] = [kept]
        self._position = line.step
        self._end(line, what)

    def _go(self, line: _Go, what: str) -> None:
        if not 0 <= line.go - self._first <= len(self._steps):
            raise _lost(what)
        self._position = line.go
        self._snapshot_id = line.snapshot_id
        self._end(line, what)

    def _end(self, line: _Base | _Step | _Go, what: str) -> None:
        if line.clean is not None and line.clean > self._first + len(self._steps):
            raise _lost(what)
        is_kept = line.clean is not None and line.clean >= self._first
        self._clean, self._at_utc = line.clean if is_kept else None, line.at_utc


def _lost(what: str) -> InputRefused:
    return InputRefused(f"{what} tells of a step that the lines before it do not have.")


def _parsed(payload: bytes, number: int) -> dict[str, Any]:
    what = f"{_WHAT}, line {number}"
    try:
        found = canonical_value(payload)
    except ValueError:
        found = parse_strict(payload, what, _LIMITS)
    if not isinstance(found, dict):
        raise InputRefused(f"{what} is no object.")
    return found


def _plain(design: RosetteParamSpec, before: tuple[RingParam, ...]) -> dict[str, Any]:
    plain = design.model_dump(mode="json", exclude_none=True, by_alias=True, exclude={_RINGS})
    plain[_RINGS] = [_plain_ring(ring, before) for ring in design.ring_params]
    return plain


def _plain_ring(ring: RingParam, before: tuple[RingParam, ...]) -> dict[str, Any] | int:
    for position, known in enumerate(before):
        if known is ring or known == ring:
            return position
    plain = ring.model_dump(mode="json", exclude_none=True, by_alias=True)
    if ring.first_format_pattern_type is not None:
        plain["first_format_pattern_type"] = ring.first_format_pattern_type
    return plain


def _design(plain: dict[str, Any], before: tuple[RingParam, ...], what: str) -> RosetteParamSpec:
    rings = plain.get(_RINGS)
    if not isinstance(rings, list):
        raise InputRefused(f"{what} has a design without rings.")
    return RosetteParamSpec.read(
        {**plain, _RINGS: [_ring(ring, before, what) for ring in rings]}, what
    )


def _ring(found: Any, before: tuple[RingParam, ...], what: str) -> Any:
    if isinstance(found, bool) or not isinstance(found, int):
        return found
    if not 0 <= found < len(before):
        raise _lost(what)
    return before[found]
