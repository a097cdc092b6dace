"""What a run bundle consists of: its lists, as plain members to be encoded by who knows how.

The format is described in ``resources/bundle/FORMAT.md``; the same runs and the same checkpoint
make the same members.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

MANIFEST, FORMAT, CHECKER = "MANIFEST.json", "FORMAT.md", "check.py"
NOTE, KEY, PROOFS = "checkpoint.note", "public_key.txt", "PROOFS.json"
Why = Literal["purged", "damaged"]


class Signed(NamedTuple):
    """The checkpoint that a bundle stands on."""

    store_id: str
    origin: str
    size: int


class Listed(NamedTuple):
    """A file of the bundle, or one that an event names, with what its bytes are."""

    path: str
    sha256: str
    size_bytes: int

    def plain(self) -> dict[str, Any]:
        """Return the entry of a list."""
        return {"path": self.path, "sha256": self.sha256, "bytes": self.size_bytes}


@dataclass
class Contents:
    """What was put into a bundle so far."""

    files: dict[str, Listed] = field(default_factory=dict)
    absent: dict[str, tuple[Listed, Why]] = field(default_factory=dict)
    runs: set[str] = field(default_factory=set)
    proofs: dict[int, Sequence[bytes]] = field(default_factory=dict)

    def manifest(self, signed: Signed, *, whole: bool) -> dict[str, Any]:
        """Return the members of MANIFEST.json."""
        absent = (self.absent[path] for path in sorted(self.absent))
        return {
            "schema": "luthier.bundle/1",
            "store_id": signed.store_id,
            "origin": signed.origin,
            "size": signed.size,
            "whole": whole,
            "runs": sorted(self.runs),
            "files": [self.files[path].plain() for path in sorted(self.files)],
            "absent": [{**file.plain(), "why": why} for file, why in absent],
        }

    def proof_list(self, size: int) -> dict[str, Any]:
        """Return the members of PROOFS.json."""
        proofs = [
            {"seq": seq, "proof": [_base64(node) for node in nodes]}
            for seq, nodes in sorted(self.proofs.items())
        ]
        return {"schema": "luthier.proofs/1", "size": size, "proofs": proofs}


def store_path(logical_path: str) -> str:
    """Return where a file of the store lies in the bundle."""
    return f"store/{logical_path}"


def key_file(public_key: bytes) -> bytes:
    """Return the bytes of public_key.txt."""
    return _base64(public_key).encode() + b"\n"


def rules_named(report: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Return version and hash of the rules that a stored report was made with."""
    if not report:
        return None
    return str(report.get("rules_version")), str(report.get("rules_sha256"))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
