"""Setups: the shop's way of working that designs are judged for, and which one is in use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.errors import NotFound, RecordDamaged
from luthier_desktop.domain.workshop import SETUP_SCHEMA, Setup
from luthier_desktop.services.bench import STARTER_SETUP
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.clock import ALPHABET
from luthier_desktop.services.ids import require_id
from luthier_desktop.services.recorder import Attachments, Recorder
from luthier_desktop.services.recording import Deed, tool_of, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.workshop_log import (
    SETUP_CHANGED,
    STARTER_ID,
    WorkshopLog,
    WorkshopState,
)
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.layout import setup_path
from luthier_desktop.storage.parsing import DESIGN_LIMITS
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.workshop_rows import HeldSetup, SetupRow

_ID_PATTERN = rf"{STARTER_ID}|setup_[0-9a-hjkmnp-tv-z]{{16}}"


class Kept(NamedTuple):
    """A setup as it is shown: its document, and the setup unless its file is damaged."""

    document: dict[str, Any]
    setup: Setup | None


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
    """The starter setup and the imported ones; the last recorded change says which is in use.

    *records* returns the store, or None while nothing was ever recorded.
    """

    most_bytes = DESIGN_LIMITS.size_bytes

    def __init__(
        self, records: Callable[[], Store | None], recorder: Recorder, log: WorkshopLog
    ) -> None:
        self._records = records
        self._log = log
        self._recorder = recorder
        self._known: Setup | None = None

    @cached_property
    def _starter(self) -> Setup:
        return self.read(paths.resource(STARTER_SETUP))

    def current(self) -> Setup:
        """Return the setup in use as the ledger tells it: the starter until another is used.

        Raises:
            RecordDamaged: The record of the change, or the setup's file, is damaged.
        """
        setup_id = _surely_in_use(self._log.state())
        if self._known is None or self._known.setup_id != setup_id:
            self._known = self._setup(setup_id)
        return self._known

    def last_known(self) -> Setup:
        """Return the setup in use as last looked up, without the store and on any thread."""
        return self._known or self._starter

    def read(self, source: bytes | Path, what: str = "The setup") -> Setup:
        """Read a setup from bytes or from a file.

        Raises:
            NotFound: There is no such file.
            InputRefused: It is not a regular file of at most 2 MiB, not strict JSON, or not a
                setup; the sentence names the place.
        """
        return take_in(source, what).read_as(Setup)

    def find(self) -> list[Kept]:
        """Return every setup: the starter, then the imported ones as they came."""
        told = self._log.state()
        return [self._kept(setup_id, told) for setup_id in (STARTER_ID, *told.setups)]

    def get(self, setup_id: str | None = None) -> Kept:
        """Return one setup, the one in use without an id; a damaged file is told by ``state``.

        Raises:
            NotFound: There is no such setup.
            RecordDamaged: Which one is in use cannot be known.
        """
        if setup_id is None:
            setup_id = _surely_in_use(self._log.state())
        return self._kept(_require_id(setup_id), self._log.state())

    def use(self, setup_id: str) -> Used:
        """Put a setup in use and record the change; one in use already is no change.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such setup.
            RecordDamaged: Its file is damaged, so it cannot be used.
            StorageFailed: The change could not be recorded, so it did not happen.
        """
        self._recorder.require("use_setup")
        after = self._setup(_require_id(setup_id))
        told = self._log.state()
        before_id = _in_use(told)
        if before_id == setup_id:
            return Used(after, before_id, None, None, NOTHING)
        stamp = self._recorder.stamp()
        before = self._kept(before_id, told).document["setup"] if before_id else None
        request = {"before": before, "after": after.plain()}
        row = SetupRow(action="used", setup_id=setup_id, setup_name=after.name)
        summary = {**row.plain(), "before_id": before_id}
        done = self._recorder.write(_deed(after, request, summary), stamp)
        self._known = after
        return Used(after, before_id, done.run_id, done.seq, Changes(runs=True, setups=True))

    def import_file(self, source: bytes | Path, what: str = "The setup") -> Imported:
        """Keep the setup in a file under an id of ours; the same content again adds nothing.

        It is not put in use.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such file.
            InputRefused: As `read`.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("edit_setups")
        incoming = take_in(source, what)
        given = incoming.read_as(Setup)
        origin = {"setup_id": given.setup_id, "sha256": incoming.sha256}
        setup_id = self._local_id(given)
        if setup_id == STARTER_ID or self._is_here(setup_id):
            return Imported(setup_id, self._setup(setup_id), origin, (), None, None, NOTHING)
        setup = given.model_copy(update={"schema_": SETUP_SCHEMA, "setup_id": setup_id})
        differs_from = tuple(self._namesakes(given.setup_id))
        done = self._keep(setup, setup_id, origin)
        changes = Changes(runs=True, setups=True)
        return Imported(setup_id, setup, origin, differs_from, *done, changes)

    def _keep(self, setup: Setup, setup_id: str, origin: dict[str, Any]) -> tuple[str, int]:
        stamp = self._recorder.stamp()
        document = Document(setup_path(setup_id), canonical_bytes(setup.plain()))
        row = SetupRow(
            action="imported",
            setup_id=setup_id,
            setup_name=setup.name,
            origin_id=origin["setup_id"],
            origin_sha256=origin["sha256"],
        )
        request = {"before": None, "after": setup.plain(), "origin": origin}
        deed = _deed(setup, request, row.plain())
        output = {"path": document.logical_path, "sha256": sha256_hex(document.data)}
        deed = deed._replace(outputs={"setup": {"setup_id": setup_id, **output}})
        done = self._recorder.write(deed, stamp, Attachments((document,)))
        return done.run_id, done.seq

    def _kept(self, setup_id: str, told: WorkshopState) -> Kept:
        about = {**self._about(setup_id, told), "in_use": setup_id == _in_use(told)}
        try:
            setup = self._setup(setup_id)
        except RecordDamaged as damage:
            fault = {"state": "damaged", "reason": damage.reason, "text": damage.text}
            return Kept({**about, **fault, "setup": None}, None)
        state = "shipped" if setup_id == STARTER_ID else "verified"
        return Kept({**about, "state": state, "setup": setup.plain()}, setup)

    def _setup(self, setup_id: str) -> Setup:
        if setup_id == STARTER_ID:
            return self._starter
        store = self._records()
        if store is None:
            raise _not_found(setup_id)
        what = f"The setup {setup_id}"
        return take_in(store.documents.get(setup_path(setup_id), what), what).read_as(Setup)

    def _about(self, setup_id: str, told: WorkshopState) -> dict[str, Any]:
        if setup_id == STARTER_ID:
            name, at_utc, origin = self._starter.name, None, None
        elif setup_id in told.setups:
            held = told.setups[setup_id]
            name, at_utc = held.name, held.at_utc
            origin = _origin(held)
        else:
            raise _not_found(setup_id)
        return {
            "setup_id": setup_id, "name": name, "imported_at_utc": at_utc, "origin": origin,
        }

    def _local_id(self, setup: Setup) -> str:
        content = _content(setup)
        if content == _content(self._starter):
            return STARTER_ID
        number = int.from_bytes(hashlib.sha256(canonical_bytes(content)).digest()[:10])
        digits = (ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))
        return f"setup_{''.join(digits)}"

    def _is_here(self, setup_id: str) -> bool:
        try:
            self._setup(setup_id)
        except (NotFound, RecordDamaged):
            return False
        return True

    def _namesakes(self, given_id: str | None) -> Iterator[str]:
        """Name the setups that are known under the id that a file gives."""
        if given_id is None:
            return
        if given_id == STARTER_ID:
            yield STARTER_ID
        for setup_id, held in self._log.state().setups.items():
            if given_id in (setup_id, held.origin_id):
                yield setup_id


def _in_use(told: WorkshopState) -> str | None:
    return None if told.doubt else told.in_use or STARTER_ID


def _surely_in_use(told: WorkshopState) -> str:
    if told.doubt is not None:
        raise told.doubt
    return told.in_use or STARTER_ID


def _origin(held: HeldSetup) -> dict[str, Any] | None:
    if held.origin_sha256 is None:
        return None
    return {"setup_id": held.origin_id, "sha256": held.origin_sha256}


def _content(setup: Setup) -> dict[str, Any]:
    """Return what a setup says, whatever its id is."""
    return setup.model_copy(update={"schema_": None, "setup_id": None}).plain()


def _deed(setup: Setup, request: dict[str, Any], summary: dict[str, Any]) -> Deed:
    request = {"action": summary["action"], **request, "versions": versions()}
    return Deed(
        event_type=SETUP_CHANGED,
        status="OK",
        decision=without_report({"action": summary["action"], "setup_id": summary["setup_id"]}),
        request=request,
        request_sha256=reduced_sha256(request),
        summary=summary,
        tool_id=tool_of(setup),
    )


def _require_id(setup_id: str) -> str:
    return require_id(setup_id, _ID_PATTERN, "setup")


def _not_found(setup_id: str) -> NotFound:
    return NotFound(f"There is no setup {setup_id}; see `luthier setups list`.")
