"""Setups: the shop's way of working that designs are judged for, and which one is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.setup_fields import in_range
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.known_materials import Materials, require_known
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.setup_book import (
    Kept,
    SetupBook,
    about_held,
    in_use,
    named_like,
    require_setup_id,
    surely_in_use,
)
from luthier_desktop.services.workshop_log import STARTER_ID
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.export_file import write_new_file
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.parsing import DESIGN_LIMITS
from luthier_desktop.storage.workshop_rows import SetupRow

__all__ = ["STARTER_ID", "Imported", "Kept", "Setups", "Used"]


class Used(NamedTuple):
    """Which setup is in use now; without a run when it was in use before."""

    setup: Setup
    before_id: str | None
    run_id: str | None
    seq: int | None
    changes: Changes


class Imported(NamedTuple):
    """The setup that a file brought in; without a run when it was here before.

    *differs_from* names the setups that came under the same id with other content.
    """

    setup_id: str
    setup: Setup
    origin: dict[str, str | None]
    differs_from: tuple[str, ...]
    run_id: str | None
    seq: int | None
    changes: Changes


class Setups:
    """The starter setup and one's own; the last recorded change says which is in use."""

    most_bytes = DESIGN_LIMITS.size_bytes

    def __init__(self, book: SetupBook, recorder: Recorder, materials: Materials) -> None:
        self._book = book
        self._recorder = recorder
        self._materials = materials
        self._known: Setup | None = None

    def current(self) -> Setup:
        """Return the setup in use as the ledger tells it: the starter until another is used.

        Raises:
            RecordDamaged: The record of the change, or the setup's file, is damaged.
        """
        setup_id = surely_in_use(self._book.state())
        if self._known is None or self._known.setup_id != setup_id:
            self._known = self._book.setup(setup_id)
        return self._known

    def last_known(self) -> Setup:
        """Return the setup in use as last looked up, without the store and on any thread."""
        return self._known or self._book.starter

    def read(self, source: bytes | Path, what: str = "The setup") -> Setup:
        """Read a setup from bytes or from a file.

        Raises:
            NotFound: There is no such file.
            InputRefused: It is not a regular file of at most 2 MiB, not strict JSON, or not a
                setup; the sentence names the place.
        """
        return take_in(source, what).read_as(Setup)

    def find(self) -> list[Kept]:
        """Return every setup: the starter, then one's own as they came."""
        told = self._book.state()
        return [self._book.kept(setup_id, told) for setup_id in (STARTER_ID, *told.setups)]

    def removed(self) -> list[Kept]:
        """Return the setups that were removed and can be brought back."""
        held = self._book.state().removed.values()
        return [self._book.shown({**about_held(one), "in_use": False}) for one in held]

    def get(self, setup_id: str | None = None) -> Kept:
        """Return one setup, the one in use without an id; a damaged file is told by ``state``.

        Raises:
            NotFound: There is no such setup.
            RecordDamaged: Which one is in use cannot be known.
        """
        told = self._book.state()
        if setup_id is None:
            setup_id = surely_in_use(told)
        return self._book.kept(require_setup_id(setup_id), told)

    def require(self, setup_id: str) -> Setup:
        """Return the setup with this id.

        Raises:
            NotFound: There is no such setup.
            RecordDamaged: Its file is damaged.
        """
        self._book.kept(require_setup_id(setup_id), self._book.state())
        return self._book.setup(setup_id)

    def doubts(self) -> tuple[str, ...]:
        """Say which changes of the workshop cannot be read, so that they are not in force."""
        return self._book.state().doubts

    def use(self, setup_id: str) -> Used:
        """Put a setup in use and record the change; one in use already is no change.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such setup.
            RecordDamaged: Its file is damaged, so it cannot be used.
            StorageFailed: The change could not be recorded, so it did not happen.
        """
        self._recorder.require("use_setup")
        told = self._book.state()
        after = self.require(setup_id)
        before_id = in_use(told)
        if before_id == setup_id:
            return Used(after, before_id, None, None, NOTHING)
        before = self._book.known(before_id, told)
        row = SetupRow(action="used", setup_id=setup_id, setup_name=after.name)
        request = {"before": before, "after": after.plain()}
        done = self._book.note(after, row, request, before_id=before_id)
        self._known = after
        return Used(after, before_id, done.run_id, done.seq, Changes(runs=True, setups=True))

    def import_file(self, source: bytes | Path, what: str = "The setup") -> Imported:
        """Keep the setup in a file under an id of ours; the same content again adds nothing.

        It is not put in use.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such file.
            InputRefused: As `read`; or a value is out of its range, or its wood is not known.
            Conflict: There are 200 setups already.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("edit_setups")
        incoming = take_in(source, what)
        given = in_range(incoming.read_as(Setup), incoming.what)
        require_known(given, self._materials(), incoming.what)
        origin = {"setup_id": given.setup_id, "sha256": incoming.sha256}
        setup_id = self._book.local_id(given)
        if self._book.is_here(setup_id):
            setup = self._book.setup(setup_id)
            return Imported(setup_id, setup, origin, (), None, None, NOTHING)
        self._book.require_room()
        setup = named_like(given, setup_id)
        differs_from = tuple(self._book.namesakes(given.setup_id))
        row = SetupRow(
            action="imported",
            setup_id=setup_id,
            setup_name=setup.name,
            origin_id=given.setup_id,
            origin_sha256=incoming.sha256,
        )
        request: dict[str, Any] = {"before": None, "origin": origin}
        done = self._book.keep(setup, row, request)
        changes = Changes(runs=True, setups=True)
        return Imported(setup_id, setup, origin, differs_from, done.run_id, done.seq, changes)

    def export(self, setup_id: str, target: Path) -> bytes:
        """Write a setup into the new file *target*, as `import_file` reads it; return its bytes.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such setup.
            Conflict: Something stands at *target*.
            StorageFailed: The disk refused.
        """
        self._recorder.require("export")
        data = canonical_bytes(self.require(setup_id).plain())
        write_new_file(target.expanduser().absolute(), data)
        return data
