"""What was found in a record of the web ToolBox; nothing of it is trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunStatus
from luthier_desktop.domain.snapshot import SnapshotDetails

Kind = Literal["run", "snapshot", "backup"]
LONGEST_WORD = 100
MOST_WARNINGS = 100
_LONGEST_FAULT = 400
_MOST_FAULTS = 100
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKUP = re.compile(r"<[A-Za-z/!]")


@dataclass(frozen=True)
class Place:
    """Where a record was found: its path inside the data directory, in its parts."""

    folder: str
    stem: str


@dataclass
class Found:
    """One record as it was found, and a sentence for each thing that is wrong in it."""

    kind: Kind
    legacy_id: str
    created_at_utc: str | None = None
    mode: str = "unknown"
    tool_id: str | None = None
    status: RunStatus = "OK"
    risk_level: RiskBucket = RiskBucket.UNKNOWN
    score: float | None = None
    block_reason: str | None = None
    warnings: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    design: RosetteParamSpec | None = None
    details: SnapshotDetails | None = None
    is_baseline: bool = False
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        """Note what is wrong."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(shown(sentence, _LONGEST_FAULT))


def identify(found: Found, given: Any, member: str, place: Place) -> None:
    """Take the id that the record names, and compare it with the name of its file."""
    if not isinstance(given, str) or not given:
        found.fault(f"{member} is missing; the file's name stands in for it.")
        return
    found.legacy_id = shown(given, LONGEST_WORD)
    if not _ID.fullmatch(given):
        found.fault(f"{member} {quoted(given)} is no id: only letters, digits, - and _ are.")
    if given != place.stem:
        found.fault(f"{member} is {quoted(given)}, but the file is named {quoted(place.stem)}.")


def date_of(found: Found, given: Any, member: str) -> datetime | None:
    """Keep the time that the record names, as it stands there; return it when it is one."""
    if not isinstance(given, str) or not given:
        found.fault(f"{member} is missing.")
        return None
    found.created_at_utc = shown(given, LONGEST_WORD)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        found.fault(f"{member} is {quoted(given)}, which is no time.")
        return None
    if moment.tzinfo is None:
        found.fault(f"{member} {quoted(given)} names no time zone.")
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def read_design(found: Found, given: Any, name: str | None = None) -> None:
    """Read a design of the first format; what is none is told, and the record goes without."""
    if given is None:
        found.fault("It holds no design, so it can be neither opened nor judged again.")
        return
    try:
        design = RosetteParamSpec.read(given, "Its design")
    except InputRefused as refused:
        found.fault(f"{refused.sentence.rstrip('.')}; so it cannot be opened.")
        return
    if name is not None and design.name is None:
        design = design.model_copy(update={"name": name})
    found.design = design


def look_for_markup(found: Found, texts: Mapping[str, Any]) -> None:
    """Tell of texts that a browser would have obeyed."""
    for name, text in texts.items():
        if isinstance(text, str) and _MARKUP.search(text):
            found.fault(f"{name} holds markup, which is shown here as plain text: {quoted(text)}.")


def word_of(found: Found, plain: Mapping[str, Any], name: str) -> str | None:
    """Return a short text of the record; what is none is told."""
    given = plain.get(name)
    if given is None:
        found.fault(f"{name} is missing.")
        return None
    if not isinstance(given, str) or len(given) > LONGEST_WORD:
        found.fault(f"{name} is {quoted(given)}, which is no word.")
        return None
    return given


def members_of(plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object in the record; an empty one where there is none."""
    given = plain.get(name)
    return given if isinstance(given, dict) else {}


def quoted(given: Any) -> str:
    """Write a found value into a sentence."""
    return f"'{shown(given)}'" if isinstance(given, str) else shown(str(given))
