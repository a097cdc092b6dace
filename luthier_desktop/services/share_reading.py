"""Reading a share file: what it says, and whether every part of it is what another one names.

Nothing derived is trusted: hashes and the verdict are worked out from the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.feasibility.rules import RULES_VERSION
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.domain.share import ShareDocument, ShareFinding, Verdict
from luthier_desktop.domain.snapshot import Snapshot
from luthier_desktop.exports.share_file import ShareParts, document_sha256, signed_bytes
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.judging import Judged, ScoringFailed, advised, judge
from luthier_desktop.services.recorded_request import recorded_request
from luthier_desktop.services.recording import encoded, verdict_of
from luthier_desktop.services.requests import reduced_sha256
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.parsing import DESIGN_LIMITS, RECORD_LIMITS, parse_strict
from luthier_desktop.storage.signature import signature_fault

_FOREIGN = (KeyError, TypeError, ValueError, AttributeError, LuthierError)
"""What a record that another program made may raise, read as if it were ours."""
_ANSWER = ("id", "ring_index", "status", "value")


class ReadShare(NamedTuple):
    """A share file whose snapshot could be read; the run is None where it could not."""

    document: ShareDocument
    parts: ShareParts
    snapshot: Snapshot
    design: RosetteParamSpec
    run: RunArtifact | None


class Recomputed(NamedTuple):
    """What the recorded request gives here, and what is to be said of that."""

    verdict: Verdict | None
    findings: tuple[ShareFinding, ...]


def read_snapshot(data: bytes, what: str) -> tuple[Snapshot, RosetteParamSpec]:
    """Read the very bytes of a snapshot, and its design.

    Raises:
        InputRefused: They are none, or not in the form in which a snapshot is stored.
    """
    plain = parse_strict(data, what, DESIGN_LIMITS)
    snapshot = Snapshot.read(plain, what)
    if canonical_bytes(plain) != data:
        raise InputRefused(f"{what} is not in the one form in which a snapshot is stored.")
    return snapshot, RosetteParamSpec.read(snapshot.design, f"{what}, its design")


def read_share(data: bytes, plain: Any, what: str) -> ReadShare:
    """Read a share file whose JSON was parsed.

    Raises:
        InputRefused: It is not in its one form, or its snapshot cannot be read.
    """
    document = ShareDocument.read(plain, what)
    if canonical_bytes(plain) != data:
        raise InputRefused(
            f"{what} is not in the one form in which a share file is written, so it was changed "
            "after that. Ask for it again."
        )
    parts = ShareParts(document.snapshot.encode(), document.run.encode(), document.rules.encode())
    snapshot, design = read_snapshot(parts.snapshot, f"{what}: its snapshot")
    return ReadShare(document, parts, snapshot, design, _run(parts.run))


def snapshot_findings(snapshot: Snapshot, design: RosetteParamSpec) -> Iterator[ShareFinding]:
    """Compare a snapshot's design with the hash that it tells."""
    if design_sha256(design) != snapshot.design_sha256:
        yield fault("design_differs", "The design is not the one whose hash the snapshot tells.")


def share_findings(share: ReadShare) -> Iterator[ShareFinding]:
    """Compare each part of a share file with what the others tell of it."""
    told = share.document.model_dump(by_alias=True)
    if document_sha256(told, canonical_bytes) != share.document.sha256:
        yield fault("document_differs", "The file is not the one whose hash it tells.")
    yield from snapshot_findings(share.snapshot, share.design)
    if share.run is None:
        yield fault("run_unreadable", "The record of its check cannot be read.")
        return
    yield from _run_findings(share, share.run)
    yield from _rules_findings(share, share.run)


def signature_finding(share: ReadShare) -> ShareFinding | None:
    """Say what the signature shows; None where there is none."""
    member = share.document.signature
    if member is None:
        return None
    why = signature_fault(member, signed_bytes(share.parts, canonical_bytes))
    if why:
        return fault("signature_bad", f"The signature does not match: {why}.")
    return ShareFinding(
        code="signed",
        sentence=f"Signed by the installation {shown(str(member['origin']))}; a signature tells "
        "which installation, not which person.",
    )


def recompute(share: ReadShare) -> Recomputed:
    """Judge the recorded request again, with the rules of this program."""
    run = share.run
    if run is None or run.feasibility is None:
        why = "Nothing was judged when it was recorded." if run else "There is nothing to judge."
        return Recomputed(None, (note("not_judged", why),))
    version = run.feasibility.get("rules_version")
    if version != RULES_VERSION or sha256_hex(share.parts.rules) != rules_file().sha256:
        said = (
            f"It was judged by the rules {shown(str(version))}; this program has {RULES_VERSION}, "
            "so the verdict is shown as it is told."
        )
        return Recomputed(None, (note("other_rules", said),))
    try:
        judged = advised(judge(recorded_request(run.request, "The recorded request")))
    except (InputRefused, ScoringFailed) as error:
        return Recomputed(None, (fault("request_unreadable", error.sentence),))
    decision = verdict_of(judged.scored)
    verdict = Verdict(risk_level=decision.risk_level.value, score=decision.score)
    return Recomputed(verdict, tuple(_report_findings(run, judged)))


def fault(code: str, sentence: str) -> ShareFinding:
    """Say that something is not what it is told to be."""
    return ShareFinding(code=code, sentence=sentence, weight="fault")


def note(code: str, sentence: str) -> ShareFinding:
    """Say what is worth knowing."""
    return ShareFinding(code=code, sentence=sentence)


def _run(data: bytes) -> RunArtifact | None:
    try:
        plain = parse_strict(data, "The run", RECORD_LIMITS)
        run = RunArtifact.read(plain, "The run")
        return run if canonical_bytes(plain) == data else None
    except InputRefused:
        return None


def _run_findings(share: ReadShare, run: RunArtifact) -> Iterator[ShareFinding]:
    if not _belong_together(share, run):
        yield fault("run_of_another", "The record of the check is that of another snapshot.")
    if _or_nothing(_report_sha256, run) != run.hashes.feasibility_sha256:
        yield fault("report_differs", "The report is not the one whose hash the record tells.")
    if _or_nothing(_request_sha256, run) != run.hashes.request_sha256:
        yield fault("request_differs", "The request is not the one whose hash the record tells.")
    report = run.feasibility or {}
    told = (run.decision.risk_level.value, run.decision.score)
    if report and (report.get("risk_bucket"), report.get("overall_score")) != told:
        yield fault("decision_differs", "The decision does not follow from the report.")


def _belong_together(share: ReadShare, run: RunArtifact) -> bool:
    snapshot, named = share.snapshot, run.outputs.get("snapshot")
    is_named = named is None or (
        isinstance(named, Mapping)
        and named.get("snapshot_id") == snapshot.snapshot_id
        and named.get("sha256") == sha256_hex(share.parts.snapshot)
    )
    same_design = run.hashes.design_sha256 in (None, snapshot.design_sha256)
    return is_named and same_design and run.run_id == snapshot.run_id


def _rules_findings(share: ReadShare, run: RunArtifact) -> Iterator[ShareFinding]:
    told = (run.feasibility or {}).get("rules_sha256")
    if told is not None and sha256_hex(share.parts.rules) != told:
        yield fault("rules_differ", "The rules are not those that the record was judged by.")


def _report_findings(run: RunArtifact, judged: Judged) -> Iterator[ShareFinding]:
    report = run.feasibility or {}
    found = judged.stored(run.run_id, report.get("suggestion_id"))
    if encoded(found).sha256 == _or_nothing(_report_sha256, run):
        yield note("recomputed", "Judged again from its own figures, the report is the same.")
    elif _answers(report) != _answers(found):
        said = "Judged again from its own figures, the report is another one."
        yield fault("feasibility_differs", said)
    else:
        said = "Judged again, each check is the same; only the advice is worded otherwise here."
        yield note("advice_differs", said)


def _answers(report: Mapping[str, Any]) -> Any:
    """Return what of a report does not depend on how remedies are found and worded."""
    checks = report.get("checks")
    checks = (
        [each for each in checks if isinstance(each, Mapping)] if isinstance(checks, list) else []
    )
    short = [{name: each.get(name) for name in _ANSWER} for each in checks]
    return [report.get("risk_bucket"), report.get("overall_score"), short]


def _report_sha256(run: RunArtifact) -> str:
    return encoded(run.feasibility).sha256


def _request_sha256(run: RunArtifact) -> str:
    design = run.request.get("design")
    if not isinstance(design, Mapping):
        return reduced_sha256(run.request)
    read = RosetteParamSpec.read(design, "The design")
    return reduced_sha256({**run.request, "design": read.hashed_form()})


def _or_nothing(work: Any, run: RunArtifact) -> str:
    try:
        return str(work(run))
    except _FOREIGN:
        return ""
