"""Judging a recorded run again: from its own inputs, by the program as it is now."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from luthier_desktop import __version__
from luthier_desktop.domain.compare import Changes, is_same, json_changes
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.rules import RULES_VERSION
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.services.judging import (
    ScoringFailed,
    advised,
    failed_deed,
    judge,
    judged_deed,
)
from luthier_desktop.services.recorded_request import recorded_request
from luthier_desktop.services.recording import Deed, encoded
from luthier_desktop.services.requests import Request, figures
from luthier_desktop.services.rules_file import rules_file

_JUDGED = frozenset({"feasibility.checked", "snapshot.saved"})
"""The events of which the decision follows from the report alone."""
_PARTS = ("design", "setup", "materials")

CauseKind = Literal["rules", "inputs", "program", "record", "computing", "catalogue"]


class Cause(NamedTuple):
    """Something that is not as it was; ``kind`` says of what sort it is."""

    kind: CauseKind
    sentence: str


class Reproduced(NamedTuple):
    """What came of judging a run again; ``changes`` name places of the run's own record.

    ``causes`` explain a difference, or say of a same answer what is another one today.
    """

    run_id: str
    same: bool
    recorded_sha256: str
    recomputed_sha256: str
    changes: Changes
    causes: tuple[Cause, ...]

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.same:
            return "Reproduced: judged again from its recorded inputs, the report is the same."
        count = len(self.changes)
        places = "1 place differs" if count == 1 else f"{count:,} places differ"
        return f"Not the same: judged again from its recorded inputs, {places}."

    def plain(self) -> dict[str, Any]:
        """Return the answer of ``luthier logs reproduce``."""
        return {
            **{name: getattr(self, name) for name in self._fields[:4]},
            "changes": [change.plain() for change in self.changes],
            "causes": [cause._asdict() for cause in self.causes],
        }


def reproduce(run: RunArtifact, today: MaterialCatalogue) -> Reproduced:
    """Judge *run* again from what it recorded; *today* is the catalogue as it is now.

    Raises:
        InputRefused: Nothing was judged in this run, or this program cannot read its request.
    """
    what = f"Run {run.run_id}, its request"
    _require_judged(run)
    request = recorded_request(run.request, what)
    deed, failure = _judged_again(run, request)
    recomputed = encoded(deed.feasibility).sha256
    changes = _changes(run, deed)
    recorded = run.hashes.feasibility_sha256
    same = recorded == recomputed and not changes
    found = (*_differing(run, deed, request), *_failing(failure))
    causes = tuple(found) or (() if same else (_COMPUTING,))
    return Reproduced(
        run.run_id, same, recorded, recomputed, changes, (*causes, *_of_today(request, today))
    )


def _require_judged(run: RunArtifact) -> None:
    failed = run.status == "ERROR" and isinstance(run.request.get("design"), Mapping)
    if run.feasibility is None and not (failed and run.event_type in _JUDGED):
        raise InputRefused(
            f"Run {run.run_id} ({run.event_type}) holds no report: no design was judged in it, so "
            "there is nothing to reproduce."
        )


def _judged_again(run: RunArtifact, request: Request) -> tuple[Deed, str]:
    """Return what would be recorded now, and why scoring failed where it did."""
    suggestion_id = (run.feasibility or {}).get("suggestion_id")
    named = suggestion_id if isinstance(suggestion_id, str) else None
    try:
        judged = advised(judge(request))
    except ScoringFailed as failure:
        return failed_deed(request, run.event_type, failure.sentence), failure.sentence
    return judged_deed(judged, run.event_type, judged.stored(run.run_id, named)), ""


def _changes(run: RunArtifact, deed: Deed) -> Changes:
    """Compare the report, and what follows from it and from the request."""
    was: dict[str, Any] = {"feasibility": run.feasibility}
    now: dict[str, Any] = {"feasibility": deed.feasibility}
    if run.event_type in _JUDGED:
        was["decision"], now["decision"] = run.decision.stored(), deed.decision.stored()
        was["status"], now["status"] = run.status, deed.status
        was["request"] = {name: run.request.get(name) for name in _PARTS}
        now["request"] = {name: deed.request.get(name) for name in _PARTS}
        was["hashes"], now["hashes"] = run.hashes.stored(), _hashes(deed)
    return json_changes(was, now)


def _hashes(deed: Deed) -> dict[str, Any]:
    return {
        "feasibility_sha256": encoded(deed.feasibility).sha256,
        "request_sha256": deed.request_sha256,
        "design_sha256": deed.design_sha256,
    }


def _differing(run: RunArtifact, deed: Deed, request: Request) -> Iterator[Cause]:
    """Name what is not as it was of all that the answer depends on."""
    versions = run.request.get("versions")
    versions = versions if isinstance(versions, Mapping) else {}
    report = run.feasibility or {}
    yield from _rules(versions.get("rules_version"), report.get("rules_sha256"))
    if any(not is_same(run.request[name], deed.request[name]) for name in _PARTS):
        yield Cause("inputs", "This program writes the recorded inputs otherwise; see “request”.")
    if run.feasibility is not None and _own_hash(run) != run.hashes.feasibility_sha256:
        yield Cause("record", "The report in the record is not the one that its hash names.")
    yield from _program("version", versions.get("app"), __version__)
    yield from _program("Python", run.app.get("python"), platform.python_version())


def _own_hash(run: RunArtifact) -> str:
    try:
        return encoded(run.feasibility).sha256
    except (KeyError, TypeError, AttributeError):  # a report without the members of one
        return ""


def _rules(version: Any, sha256: Any) -> Iterator[Cause]:
    if version != RULES_VERSION:
        yield Cause(
            "rules",
            f"It was judged by the rules {shown(str(version))}, which this program does not have: "
            f"it has the rules {RULES_VERSION} only, and this is what they say.",
        )
    elif sha256 not in (None, rules_file().sha256):
        yield Cause(
            "rules",
            f"The rules {RULES_VERSION} have another text in this program than those that it was "
            f"judged by: sha256 {rules_file().sha256[:16]}… and not {shown(str(sha256), 16)}.",
        )


def _program(what: str, was: Any, now: str) -> Iterator[Cause]:
    if was != now:
        sentence = (
            f"The program that recorded it had {what} {shown(str(was))}; this one has {now}."
        )
        yield Cause("program", sentence)


def _failing(failure: str) -> tuple[Cause, ...]:
    return (Cause("computing", failure),) if failure else ()


_COMPUTING = Cause(
    "computing",
    "Rules, inputs and program are the recorded ones, so the computing itself differs: please "
    "report it together with this run.",
)


def _of_today(request: Request, today: MaterialCatalogue) -> Iterator[Cause]:
    """Say which figures the catalogue tells otherwise today; the recorded ones were used."""
    for recorded in request.materials:
        present = today.get(recorded.material_id)
        if present is None or not is_same(figures(present), figures(recorded)):
            missing = "does not have" if present is None else "has other figures of"
            yield Cause(
                "catalogue",
                f"The catalogue {missing} {shown(recorded.material_id)} today; the recorded "
                "figures were used.",
            )
