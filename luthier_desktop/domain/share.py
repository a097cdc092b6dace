"""What is told of a shared file before anything of it is stored."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotState

SHARE_SCHEMA: Literal["luthier.share/1"] = "luthier.share/1"

ShareKind = Literal["share", "snapshot", "design", "unknown"]
"""A share file, a snapshot by itself, a bare design, or what cannot be told."""

Weight = Literal["fault", "warning", "note"]
"""A fault shows that something was changed; a warning that the sender's log does not hold."""

RelationKind = Literal["new", "same", "differs", "version"]
Clash = Literal["keep-both", "replace", "cancel"]


class ShareFinding(Value):
    """One thing found when a file was looked at."""

    code: str
    sentence: str
    weight: Weight = "note"


class Relation(Value):
    """How a file stands to the snapshots that are here.

    ``same``: this very snapshot is here. ``differs``: one of its id is here with other bytes.
    ``version``: another snapshot of the same design is here. *snapshot_id* is the one here.
    """

    kind: RelationKind
    sentence: str
    snapshot_id: str | None = None

    @property
    def is_clash(self) -> bool:
        """Whether somebody has to choose between keeping both and replacing."""
        return self.kind in ("differs", "version")


NEW = Relation(kind="new", sentence="You do not have this snapshot yet.")


class Verdict(Value):
    """A verdict: the risk as a word and the score, either as stated or as worked out here."""

    risk_level: str
    score: float | None = None


class SharedSnapshot(NamedTuple):
    """What of a file can be kept: its snapshot with its run, as far as they could be read."""

    members: dict[str, Any]
    sha256: str
    run_id: str | None
    store: str


class SharePreview(NamedTuple):
    """A file as it is shown before anything of it is stored.

    ``stated`` is the verdict that the file tells, ``recomputed`` the one that its own recorded
    request gives here, None where it cannot be worked out. ``design`` is None where there is none
    to be opened, ``shared`` where there is no snapshot to be kept.
    """

    kind: ShareKind
    state: SnapshotState
    findings: tuple[ShareFinding, ...]
    relation: Relation = NEW
    design: RosetteParamSpec | None = None
    shared: SharedSnapshot | None = None
    name: str = ""
    operator: str = ""
    created_at_utc: str = ""
    stated: Verdict | None = None
    recomputed: Verdict | None = None
    origin: str = ""
    sha256: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing was found that should not be."""
        return not any(finding.weight != "note" for finding in self.findings)

    @property
    def can_be_kept(self) -> bool:
        """Whether it can be stored as a snapshot."""
        return self.shared is not None and self.state != "damaged"

    def plain(self) -> dict[str, Any]:
        """Return what ``snapshots verify`` answers."""
        return {
            "ok": self.ok,
            "state": self.state,
            "findings": [_plain(finding) for finding in self.findings],
            "kind": self.kind,
            "name": self.name,
            "operator": self.operator,
            "created_at_utc": self.created_at_utc,
            "stated": _plain(self.stated),
            "recomputed": _plain(self.recomputed),
            "relation": _plain(self.relation),
            "snapshot_id": self.shared.members["snapshot_id"] if self.shared else None,
            "origin": self.origin,
            "sha256": self.sha256,
        }


class ShareDocument(Value):
    """A share file as it is parsed: texts of the very bytes, and what shows that they are so."""

    schema_: Annotated[Literal["luthier.share/1"], Field(alias="schema")]
    snapshot: Annotated[str, Field(strict=True)]
    run: Annotated[str, Field(strict=True)]
    rules: Annotated[str, Field(strict=True)]
    witness: dict[str, Any] | None
    signature: dict[str, Any] | None
    sha256: Annotated[str, Field(strict=True, pattern=r"\A[0-9a-f]{64}\z")]


def _plain(value: Value | None) -> dict[str, Any] | None:
    return None if value is None else value.model_dump(mode="json")
