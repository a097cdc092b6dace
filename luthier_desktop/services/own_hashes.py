"""The hashes that a run tells of its own parts, each worked out once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.domain.run_proof import ProofLine
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.recording import encoded
from luthier_desktop.services.requests import reduced_sha256
from luthier_desktop.services.rules_file import rules_of
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import DocumentStore

_ADVICE = (
    "The record stands as it was saved; a program that wrote another hash into it did so before "
    "it was recorded."
)
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, LuthierError)
"""What a record that another program made may be, read as if it were ours."""


def own_hash_lines(run: RunArtifact, documents: DocumentStore) -> Iterator[ProofLine]:
    """Compare request, design and report with the hashes in the record, and the rules."""
    hashes, design = run.hashes, run.request.get("design")
    yield _line("Request", hashes.request_sha256, _request_sha256(run))
    if isinstance(design, Mapping) and hashes.design_sha256 is not None:
        yield _line("Design", hashes.design_sha256, _design_sha256(design))
    yield _line("Report", hashes.feasibility_sha256, _report_sha256(run))
    if run.feasibility is not None:
        yield _rules(run.feasibility, documents)


def _line(name: str, told: str, found: str) -> ProofLine:
    if told == found:
        return ProofLine(name, "same", told, found, f"The {name.lower()} has the hash it names.")
    said = f"The {name.lower()} has another hash than the record names."
    if not found:
        said = f"The {name.lower()} cannot be read by this program, so its hash is not known."
        return ProofLine(name, "absent", told, "", said)
    return ProofLine(name, "differs", told, found, said, _ADVICE)


def _request_sha256(run: RunArtifact) -> str:
    design = run.request.get("design")
    try:
        if not isinstance(design, Mapping):
            return reduced_sha256(run.request)
        read = RosetteParamSpec.read(design, "The design")
        return reduced_sha256({**run.request, "design": read.hashed_form()})
    except _UNREADABLE:
        return ""


def _design_sha256(design: Mapping[str, Any]) -> str:
    try:
        return design_sha256(RosetteParamSpec.read(design, "The design"))
    except InputRefused:
        return ""


def _report_sha256(run: RunArtifact) -> str:
    try:
        return encoded(run.feasibility).sha256
    except _UNREADABLE:
        return ""


def _rules(report: Mapping[str, Any], documents: DocumentStore) -> ProofLine:
    told = str(report.get("rules_sha256"))
    try:
        rules = rules_of(report, documents)
    except LuthierError as error:
        return ProofLine(
            "Rules", "differs", told, "", error.sentence, "See `luthier logs verify`."
        )
    found, version = sha256_hex(canonical_bytes(rules)), shown(str(report.get("rules_version")))
    said = f"The rules file {version} is the one that it was judged by."
    return ProofLine("Rules", "same" if told == found else "differs", told, found, said)
