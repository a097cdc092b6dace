"""Reading one run for the details: everything that they show, prepared on the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from luthier_desktop.domain.errors import InputRefused, LuthierError, RunDamaged, RunPurged
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.ui import units
from luthier_desktop.ui.run_log.columns import DAMAGED, PURGED, STATUS_WORDS, event_word
from luthier_desktop.ui.run_log.decided import Decided, decided_in
from luthier_desktop.ui.run_log.record_nodes import NO_RECORD, Record, record_of
from luthier_desktop.ui.run_log.run_facts import Fact, facts_of, only
from luthier_desktop.ui.run_log.stored_fixes import stored_fixes
from luthier_desktop.ui.style import risk_sign
from luthier_desktop.ui.widgets.check_rows import NO_ROWS, CheckRows, rows_from_record

DAMAGE_ADVICE = (
    "Left in place as evidence; restore the file from a backup: Run log > Restore files from a "
    "copy."
)
LEGACY = "legacy.imported"
_IS_LEGACY = "Taken over from another program's data as it was found; nothing in it was proven."
_NO_DESIGN = "There is no design in this run."

Standing = Callable[[str], str]
"""Says in words whether the decision that a run recorded is in force."""


class Stored(Protocol):
    """A run as it was read back: its bytes and what they say."""

    @property
    def data(self) -> bytes:
        """The file's bytes."""

    @property
    def artifact(self) -> RunArtifact:
        """The run."""


class ReadCalls(Protocol):
    """The part of the studio's runs that reading one needs."""

    def get(self, run_id: str) -> Stored:
        """Return the run as it is stored."""

    def rules_of(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules document that a stored report was made with."""

    def hidden_because(self, run_id: str) -> str:
        """Say who hid or purged a run and why."""

    def place_of(self, run_id: str) -> Path:
        """Return where the file of a run lies."""


class Why(NamedTuple):
    """The checks of a run; *note* says what cannot be shown of them, or why there are none."""

    rows: CheckRows
    note: str = ""


class Damage(NamedTuple):
    """What is wrong with a run's file, where it lies, and what can still be read of it."""

    reason: str
    place: str
    text: str


class Hash(NamedTuple):
    """A hash that the record tells of itself, before anybody has compared it."""

    name: str
    told: str


class Reading(NamedTuple):
    """One run as it was read: what each part of the details shows of it.

    *state* says across all of them that the record is damaged, purged, hidden or another
    program's; *design_note* why no design is drawn.
    """

    run_id: str
    head: str
    state: str = ""
    run: RunArtifact | None = None
    why: Why = Why(NO_ROWS)
    facts: tuple[Fact, ...] = ()
    record: Record = NO_RECORD
    design: RosetteParamSpec | None = None
    design_note: str = _NO_DESIGN
    hashes: Sequence[Hash] = ()
    damage: Damage | None = None


NOTHING = Reading("", "No run chosen")


def read(calls: ReadCalls, run_id: str, standing: Standing | None = None) -> Reading:
    """Read one run and the rules that it was judged by; damage is an answer, not a failure."""
    try:
        stored = calls.get(run_id)
    except RunDamaged as found:
        return _damaged(run_id, Damage(found.reason, str(calls.place_of(run_id)), found.text))
    except RunPurged as purged:
        return _purged(run_id, purged.sentence)
    run, hidden = stored.artifact, calls.hidden_because(run_id)
    decided = decided_in(run, standing)
    design, note = _design(run)
    return Reading(
        run_id,
        _head(run, decided),
        _state(run, hidden),
        run,
        _why(calls, run, decided),
        facts_of(run, hidden, decided.sentence if decided else ""),
        record_of(run.stored()),
        design,
        note,
        _hashes(run),
    )


def _damaged(run_id: str, damage: Damage) -> Reading:
    reason = f"{damage.reason[:1].upper()}{damage.reason[1:]}."
    state = f"{DAMAGED}: {damage.reason}. {DAMAGE_ADVICE}"
    return Reading(
        run_id,
        f"{risk_sign('RED').glyph} {DAMAGED}",
        state,
        why=Why(NO_ROWS, "Its checks cannot be shown: the record is not as it was saved."),
        facts=only(
            "Damaged",
            ("Reason", reason),
            ("File", damage.place),
            ("Run", run_id),
            ("What to do", DAMAGE_ADVICE),
        ),
        design_note="Its design cannot be drawn: the record is not as it was saved.",
        damage=damage,
    )


def _purged(run_id: str, sentence: str) -> Reading:
    return Reading(
        run_id,
        f"{risk_sign('NA').glyph} {PURGED}",
        sentence,
        why=Why(NO_ROWS, sentence),
        facts=only("Purged", ("Purged", sentence), ("Run", run_id)),
        design_note="Its design is gone with its record.",
    )


def _head(run: RunArtifact, decided: Decided | None) -> str:
    if decided is not None:
        return f"{risk_sign(decided.status).glyph} {event_word(run.event_type)} · {decided.place}"
    if run.feasibility is None and run.decision.risk_level is RiskBucket.UNKNOWN:
        sign = risk_sign("NOTE" if run.status == "OK" else "RED")
        word = "" if run.status == "OK" else f" · {STATUS_WORDS.get(run.status, run.status)}"
        return f"{sign.glyph} {event_word(run.event_type)}{word}"
    sign = risk_sign(run.decision.risk_level)
    score = "" if run.decision.score is None else f" · {units.score_text(run.decision.score)}"
    return f"{sign.glyph} {sign.word}{score} · {event_word(run.event_type)}"


def _state(run: RunArtifact, hidden: str) -> str:
    return " ".join(part for part in (hidden, _IS_LEGACY if run.event_type == LEGACY else "")
                    if part)  # fmt: skip


def _why(calls: ReadCalls, run: RunArtifact, decided: Decided | None) -> Why:
    if decided is not None:
        return Why(decided.rows(), decided.sentence)
    report = run.feasibility
    if report is None:
        return Why(NO_ROWS, run.decision.block_reason or "No design was judged in this run.")
    setup_name = str(run.request_summary.get("setup_name") or "")
    try:
        rules, note = calls.rules_of(report), ""
    except LuthierError as error:
        rules, note = {}, error.sentence
    rows = rows_from_record(report, rules, setup_name)
    design = run.request.get("design")
    fixes = stored_fixes(report, design if isinstance(design, Mapping) else None)
    return Why(rows._replace(fixes=fixes or None), note)


def _design(run: RunArtifact) -> tuple[RosetteParamSpec | None, str]:
    plain = run.request.get("design")
    if not isinstance(plain, Mapping):
        return None, _NO_DESIGN
    try:
        return RosetteParamSpec.read(plain, "The design"), ""
    except InputRefused as error:
        return None, error.sentence


def _hashes(run: RunArtifact) -> tuple[Hash, ...]:
    told = run.hashes
    rules = (run.feasibility or {}).get("rules_sha256")
    listed = (
        ("Request", told.request_sha256),
        ("Design", told.design_sha256),
        ("Report", told.feasibility_sha256),
        ("Rules", rules if isinstance(rules, str) else None),
    )
    return tuple(Hash(name, value) for name, value in listed if value)
