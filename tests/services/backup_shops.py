"""A shop with settings of its own, and what is seen of it from outside."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.clock import Clock
from luthier_desktop.services.setups import Setups
from luthier_desktop.services.studio import Acting, Studio
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls
from tests.services.builders import FakeClock, design


class Killed(BaseException):
    """The process is gone."""


class Mortal(OsCalls):
    """Dies at the call numbered *at* of those that change the disk, and does nothing more.

    A death at a call that only reads is the one at the next that writes. The disk is not waited
    for: whether it is asked to be durable, others look at.
    """

    def __init__(self, at: int = -1) -> None:
        self.at = at
        self.count = 0

    def fsync(self, descriptor: int) -> None:
        pass

    def flush_all(self) -> None:
        pass

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        if flags & os.O_CREAT:
            self._count()
        return super().open(path, flags, mode)

    def _count(self) -> None:
        if 0 <= self.at <= self.count:
            raise Killed
        self.count += 1


def _mortal(name: str) -> Callable[..., Any]:
    real = getattr(OsCalls, name)

    def call(self: Mortal, *arguments: Any) -> Any:
        self._count()
        return real(self, *arguments)

    return call


for _name in ("write", "link", "unlink", "mkdir", "replace"):
    setattr(Mortal, _name, _mortal(_name))


_SESSIONS = itertools.count(1)


class ShopClock(FakeClock):
    """A clock whose ids no other session of the same test process has."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens = 10_000 * next(_SESSIONS)


def studio_over(
    folder: Path,
    calls: OsCalls = OS,
    clock: Clock | None = None,
    config: str = "config",
    **env: str,
) -> Studio:
    """Open the studio over ``folder/data``, on the account whose files lie in *config*."""
    layout = StoreLayout.of(folder / "data", folder / f"{config}-cache", folder / config, env)
    return Studio(layout, clock or ShopClock(), Acting(OWNER, "cli"), calls)


def setup_document(setups: Setups, name: str, feed_mm_min: float) -> bytes:
    """Return the starter setup under another name and with another feed."""
    plain = setups.current().plain()
    plain = {**plain, "setup_id": "mine", "name": name}
    plain["cut"] = {**plain["cut"], "feed_mm_min": feed_mm_min}
    return canonical_bytes(plain)


def own_bit(studio: Studio, tool_id: str = "my_bit", name: str = "My bit") -> Path:
    """Put an own bit into the catalogue's folder by hand."""
    entry = studio.catalogue.tools.entries[0].entry.plain()
    plain = {"schema": "luthier.tool/1", **entry, "tool_id": tool_id, "name": name}
    path = studio.data_dir / "workshop" / "catalogue" / "tools" / f"{tool_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain))
    return path


def use_new_setup(studio: Studio, name: str, feed_mm_min: float = 900.0) -> str:
    """Bring a setup in and put it in use."""
    done = studio.setups.import_file(setup_document(studio.setups, name, feed_mm_min))
    studio.setups.use(done.setup_id)
    return done.setup_id


def seen(studio: Studio) -> dict[str, Any]:
    """Return the settings as a user sees them."""
    studio.catalogue.look()
    return {
        "in_use": studio.setups.current().name,
        "setups": sorted(str(kept.document["name"]) for kept in studio.setups.find()),
        "bits": sorted(
            listed.entry.name
            for listed in studio.catalogue.tools.entries
            if listed.origin == "own"
        ),
    }


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def path_of(studio: Studio, name: str) -> Path:
    return studio.data_dir / "cam" / "backups" / f"{name}.json"


def events_named(studio: Studio, event: str) -> list[dict[str, Any]]:
    store = studio.store()
    found = [read.members for read in store.ledger.events() if read and read.members]
    return [members for members in found if members["event"] == event]


class Made(NamedTuple):
    """A store, what it held, and a full backup of it."""

    folder: Path
    backup: Path
    held: dict[str, bytes]


def fill(studio: Studio) -> None:
    """Record something of every kind."""
    studio.feasibility.check(design(name="Rose"))
    studio.snapshots.save(design(name="Rose"), SnapshotDetails(name="Rose"))
    use_new_setup(studio, "My machine")
    own_bit(studio)
    kept = studio.backups.create().told.name
    studio.backups.create()
    studio.backups.delete(kept, "there is a newer one")
    doomed = studio.feasibility.check(design(name="Not meant")).run_id
    studio.hiding.purge(str(doomed), "the customer asked for it")
    studio.operators.add("rosa", "Rosa", "lead")
    (studio.data_dir / "ledger" / "notes.txt").write_text("a note put there by hand")


def as_lead(studio: Studio) -> None:
    (rosa,) = studio.operators.find()
    studio.actor.take_over(rosa.acting())


def backed_up(studio: Studio, stick: Path) -> Path:
    """Make a full backup as a lead; return its folder."""
    as_lead(studio)
    return studio.full_backups.create(stick).path
