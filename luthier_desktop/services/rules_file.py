"""The constant text of the checks as a document of the store, proven by its hash."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import RecordDamaged
from luthier_desktop.domain.feasibility.rules import RULES_VERSION, rules_document
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import DocumentStore, readable
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict


class RulesFile(NamedTuple):
    """The rules of this version of the program: where they lie, their bytes, their hash."""

    logical_path: str
    data: bytes
    sha256: str


@lru_cache(maxsize=1)
def rules_file() -> RulesFile:
    """Return the rules file of this version; it is written once a store."""
    data = canonical_bytes(rules_document())
    return RulesFile(f"rules/{RULES_VERSION}.json", data, sha256_hex(data))


def rules_of(report: Mapping[str, Any], documents: DocumentStore) -> dict[str, Any]:
    """Return the rules document that a stored report names by version and hash.

    Raises:
        NotFound: No such rules file was stored.
        RecordDamaged: It is damaged, or it is not the one that the report was made with.
    """
    sha256 = report.get("rules_sha256")
    if sha256 == rules_file().sha256:
        return rules_document()
    version = str(report.get("rules_version"))
    what = f"The rules file {shown(version)}"
    data = documents.get(f"rules/{version}.json", what)
    rules = parse_strict(data, what, RECORD_LIMITS)
    if sha256_hex(data) != sha256 or not isinstance(rules, dict):
        reason = "it is not the one that this run was judged by"
        raise RecordDamaged(
            f"{what} cannot explain this run: {reason}. The checks are shown without their text.",
            reason,
            readable(data),
        )
    return rules
