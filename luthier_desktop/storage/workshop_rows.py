"""What events say of the workshop: changes of setups and of own catalogue entries."""

from __future__ import annotations

from pydantic import ConfigDict

from luthier_desktop.domain.base import Flag, Text, Value
from luthier_desktop.domain.entries import ShelfName as ShelfName


class SetupRow(Value):
    """What was done with a setup.

    ``action`` is "used", "imported", "created", "changed", "removed", "restored", "locked" or
    "unlocked". A changed setup has a new id and *replaces* the one before; without a ``path`` its
    document stands under its id.
    """

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    action: Text
    setup_id: Text
    setup_name: Text | None = None
    origin_id: Text | None = None
    origin_sha256: Text | None = None
    replaces: Text | None = None
    path: Text | None = None
    reason: Text | None = None


class HeldSetup(Value):
    """A setup of the workshop: where its document stands and how it came in.

    *replaces* is the setup that it was made of by a change; ``at_utc`` is when it first came,
    under whatever id.
    """

    model_config = ConfigDict(extra="ignore")

    setup_id: Text
    path: Text
    name: Text | None = None
    locked: Flag = False
    origin_id: Text | None = None
    origin_sha256: Text | None = None
    replaces: Text | None = None
    at_utc: Text | None = None


class EntryRow(Value):
    """One own entry of the catalogue as it is now: *path* names its document.

    ``action`` is "entry_changed", "entry_removed", "locked" or "unlocked"; a removed entry has no
    path. ``hand_sha256`` is the hash of the file of that name which somebody had put into the
    folder: while it stands there unchanged it says nothing new. ``copied_from`` is the entry that
    it was made of, ``last_path`` the document of one that was removed.
    """

    model_config = ConfigDict(extra="ignore")

    action: Text = "entry_changed"
    kind: ShelfName
    entry_id: Text
    path: Text | None = None
    locked: Flag = False
    hand_sha256: Text | None = None
    copied_from: Text | None = None
    last_path: Text | None = None


class WorkshopRow(Value):
    """The whole state that a restored backup puts in force, in one event."""

    model_config = ConfigDict(extra="ignore")

    in_use: Text | None = None
    setups: tuple[HeldSetup, ...] = ()
    entries: tuple[EntryRow, ...] = ()
