"""A backup of the workshop's settings: whole, with a hash of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from luthier_desktop.domain.base import ExternalId, Flag, Text, Value
from luthier_desktop.domain.compare import Changes, json_changes
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.run import Sha256, UtcTime
from luthier_desktop.domain.workshop import Setup

BACKUP_SCHEMA: Literal["luthier.backup/1"] = "luthier.backup/1"
_FAMILY = "luthier.backup/"
_MOST_SETUPS, _MOST_ENTRIES = 1000, 10_000
_Entries = Annotated[tuple["KeptEntry", ...], Field(max_length=_MOST_ENTRIES)]


class KeptSetup(Value):
    """One setup of the user's own, with what is known of how it came in."""

    setup_id: ExternalId
    name: Text | None = None
    locked: Flag = False
    origin_id: Text | None = None
    origin_sha256: Text | None = None
    replaces: Text | None = None
    at_utc: Text | None = None
    setup: Setup


class KeptEntry(Value):
    """One own entry of the catalogue: its document as a file of its own would hold it."""

    entry_id: ExternalId
    locked: Flag = False
    entry: dict[str, Any]


class Settings(Value):
    """All that is the user's own; without ``in_use`` the starter setup is in use.

    ``posts`` are the settings of post-processors; this version has none.
    """

    in_use: ExternalId | None = None
    setups: Annotated[tuple[KeptSetup, ...], Field(max_length=_MOST_SETUPS)] = ()
    materials: _Entries = ()
    tools: _Entries = ()
    machines: _Entries = ()
    posts: Annotated[tuple[dict[str, Any], ...], Field(max_length=_MOST_ENTRIES)] = ()

    def told(self) -> dict[str, Any]:
        """Return the settings as a backup holds them: every list, also an empty one."""
        return {
            "in_use": self.in_use,
            "setups": [kept.plain() for kept in self.setups],
            "materials": [kept.plain() for kept in self.materials],
            "tools": [kept.plain() for kept in self.tools],
            "machines": [kept.plain() for kept in self.machines],
            "posts": list(self.posts),
        }

    def by_name(self) -> dict[str, Any]:
        """Return the settings for a comparison: every setup and entry under its id."""
        return {
            "in_use": self.in_use,
            "setups": {kept.setup_id: kept.plain() for kept in self.setups},
            "materials": {kept.entry_id: kept.plain() for kept in self.materials},
            "tools": {kept.entry_id: kept.plain() for kept in self.tools},
            "machines": {kept.entry_id: kept.plain() for kept in self.machines},
            "posts": list(self.posts),
        }

    def counts(self) -> dict[str, int]:
        """Say how many of each kind there are."""
        return {
            "setups": len(self.setups),
            "materials": len(self.materials),
            "tools": len(self.tools),
            "machines": len(self.machines),
            "posts": len(self.posts),
        }


class SettingsBackup(Value):
    """A backup as it is stored; *left_out* says what could not be put in, and why."""

    schema_: Annotated[Literal["luthier.backup/1"], Field(alias="schema")] = BACKUP_SCHEMA
    name: Text
    created_at_utc: UtcTime
    store_id: Text
    run_id: Text
    app_version: Text
    operator: Operator
    reason: Text
    automatic: Flag
    left_out: tuple[Text, ...] = ()
    settings: Settings
    settings_sha256: Sha256

    @classmethod
    def of_document(cls, plain: Any, what: str) -> Self:
        """Build the backup from parsed JSON.

        Raises:
            InputRefused: It is none, or one of a newer version.
        """
        schema = plain.get("schema") if isinstance(plain, Mapping) else None
        is_ours = isinstance(schema, str) and schema.startswith(_FAMILY)
        if is_ours and schema != BACKUP_SCHEMA:
            raise InputRefused(
                f"{what} was made by a newer version of the program ({str(schema)[:40]}); "
                "update it to read this backup."
            )
        return cls.read(plain, what)

    def document(self) -> dict[str, Any]:
        """Return the backup as it is stored."""
        return {**self.plain(), "settings": self.settings.told(), "left_out": list(self.left_out)}


def difference(now: Settings, backup: Settings) -> Changes:
    """Return what restoring would change: ``a`` is as it is now, ``b`` as in the backup."""
    return json_changes(now.by_name(), backup.by_name())
