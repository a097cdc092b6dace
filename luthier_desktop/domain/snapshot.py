"""A snapshot: a design kept under a name, its row in a list, and what can be asked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from luthier_desktop.domain.base import ExternalId, Flag, Index, Text, Value
from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.run import Sha256, UtcTime

SNAPSHOT_SCHEMA: Literal["luthier.snapshot/1"] = "luthier.snapshot/1"
SNAPSHOT_ID_PATTERN = r"snap_[0-9a-hjkmnp-tv-z]{16}"
MOST_TAGS = 64

SnapshotName = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200)
]
Tag = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=64)
]
SnapshotOrder = Literal["newest", "oldest", "name", "verdict"]
SnapshotState = Literal["verified", "unsigned", "changed", "damaged"]


class Origin(Value):
    """Where an imported snapshot came from: its id there, that store, its bytes' hash."""

    snapshot_id: ExternalId
    store: Text
    sha256: Sha256


class SnapshotDetails(Value):
    """What a person says about a snapshot when it is saved."""

    name: SnapshotName
    description: Text = ""
    notes: Text = ""
    tags: Annotated[tuple[Tag, ...], Field(max_length=MOST_TAGS)] = ()
    parent_snapshot_id: ExternalId | None = None


class Snapshot(Value):
    """One snapshot as it is stored: the file is the RFC 8785 form of exactly these members.

    ``tags`` are those of the moment of saving; later tags, baseline and removal are events.
    """

    schema_: Annotated[Literal["luthier.snapshot/1"], Field(alias="schema")] = SNAPSHOT_SCHEMA
    snapshot_id: Annotated[str, Field(strict=True, pattern=rf"\A{SNAPSHOT_ID_PATTERN}\z")]
    created_at_utc: UtcTime
    name: SnapshotName
    description: Text
    notes: Text
    tags: tuple[Tag, ...]
    design: dict[str, Any]
    design_sha256: Sha256
    run_id: str
    parent_snapshot_id: str | None
    origin: Origin | None
    operator: Operator


class SnapshotEntry(Value):
    """One row of the snapshot list, with the verdict of the run that saving recorded.

    ``version`` counts the snapshots that it was made from, one after the other, and itself.
    """

    seq: int
    snapshot_id: str
    run_id: str
    created_at_utc: str
    name: str
    description: str
    notes: str
    tags: tuple[str, ...]
    parent_snapshot_id: str | None
    design_id: str | None
    design_sha256: str | None
    risk_level: str
    score: float | None
    deleted: Flag
    baseline: Flag
    version: int


class SnapshotQuery(Value):
    """What can be asked of the snapshots; tags are alternatives (or), in any letter case.

    ``deleted`` asks for the deleted ones in place of the others. By "verdict" the gravest come
    first; what is alike comes newest first.
    """

    tag: tuple[str, ...] = ()
    text: str | None = None
    deleted: Flag = False
    sort: SnapshotOrder = "newest"
    limit: Annotated[Index, Field(ge=1, le=1000)] = 50
    cursor: str | None = None


class SnapshotPage(Value):
    """One page of snapshots in the order that was asked for."""

    items: tuple[SnapshotEntry, ...]
    next_cursor: str | None
    has_more: Flag


class SnapshotVersion(Value):
    """One snapshot of a history, and what makes it one of it.

    ``by`` is "parent" when a chain of parents joins the two, else "design": the same design_id.
    """

    entry: SnapshotEntry
    by: Literal["parent", "design"]


NO_SNAPSHOTS = SnapshotPage(items=(), next_cursor=None, has_more=False)
"""The page of a log that does not exist."""
