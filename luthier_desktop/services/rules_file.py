"""The constant text of the checks as a document of the store, named by its hash."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from luthier_desktop.domain.feasibility.rules import RULES_VERSION, rules_document
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex


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
