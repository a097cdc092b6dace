"""The setups as documents: found by their id, named by their content, recorded when changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.errors import Conflict, NotFound, RecordDamaged
from luthier_desktop.domain.workshop import SETUP_SCHEMA, Setup
from luthier_desktop.services.bench import STARTER_SETUP
from luthier_desktop.services.clock import ALPHABET
from luthier_desktop.services.ids import require_id
from luthier_desktop.services.recorder import Attachments, Recorded, Recorder
from luthier_desktop.services.recording import Deed, tool_of, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.workshop_log import (
    SETUP_CHANGED,
    STARTER_ID,
    WorkshopLog,
)
from luthier_desktop.services.workshop_state import WorkshopState
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.layout import setup_path
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.workshop_rows import HeldSetup, SetupRow

MOST_SETUPS = 200
"""So many setups of one's own are kept."""

_ID_PATTERN = rf"{STARTER_ID}|setup_[0-9a-hjkmnp-tv-z]{{16}}"
_MOST_VERSIONS = 1000


class Kept(NamedTuple):
    """A setup as it is shown: its document, and the setup unless its file is damaged."""

    document: dict[str, Any]
    setup: Setup | None


class SetupBook:
    """Finds, names and records setups; *records* is None while nothing was ever recorded.

    *before_change* keeps the settings as they are before one of them is changed.
    """

    def __init__(
        self,
        records: Callable[[], Store | None],
        recorder: Recorder,
        log: WorkshopLog,
        before_change: Callable[[], object],
    ) -> None:
        self._records = records
        self._recorder = recorder
        self._log = log
        self._before_change = before_change

    @cached_property
    def starter(self) -> Setup:
        """The setup that ships."""
        return take_in(paths.resource(STARTER_SETUP), "The setup").read_as(Setup)

    def state(self) -> WorkshopState:
        """Return the workshop as the ledger tells it now."""
        return self._log.state()

    def setup(self, setup_id: str) -> Setup:
        """Return a setup, also one that was removed.

        Raises:
            NotFound: There is no such setup.
            RecordDamaged: Its file is damaged.
        """
        if setup_id == STARTER_ID:
            return self.starter
        store, told = self._records(), self.state()
        held = told.setups.get(setup_id) or told.removed.get(setup_id)
        if store is None or held is None:
            raise unknown_setup(setup_id)
        what = f"The setup {setup_id}"
        return take_in(store.documents.get(held.path, what), what).read_as(Setup)

    def kept(self, setup_id: str, told: WorkshopState) -> Kept:
        """Return a setup as it is shown.

        Raises:
            NotFound: There is none, or it was removed.
        """
        about = {**self._about(setup_id, told), "in_use": setup_id == in_use(told)}
        return self.shown(about)

    def known(self, setup_id: str | None, told: WorkshopState) -> dict[str, Any] | None:
        """Return what a setup says; None where that cannot be known."""
        if setup_id is None or (setup_id != STARTER_ID and setup_id not in told.setups):
            return None
        plain: dict[str, Any] | None = self.kept(setup_id, told).document["setup"]
        return plain

    def shown(self, about: dict[str, Any]) -> Kept:
        """Add the setup itself, or what is wrong with its file, to what is known of it."""
        try:
            setup = self.setup(about["setup_id"])
        except RecordDamaged as damage:
            fault = {"state": "damaged", "reason": damage.reason, "text": damage.text}
            return Kept({**about, **fault, "setup": None}, None)
        state = "shipped" if about["setup_id"] == STARTER_ID else "verified"
        return Kept({**about, "state": state, "setup": setup.plain()}, setup)

    def local_id(self, setup: Setup) -> str:
        """Return the id of ours that a setup of this content has."""
        content = _content(setup)
        if content == _content(self.starter):
            return STARTER_ID
        number = int.from_bytes(hashlib.sha256(canonical_bytes(content)).digest()[:10])
        digits = (ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))
        return f"setup_{''.join(digits)}"

    def is_here(self, setup_id: str) -> bool:
        """Tell whether this setup is in the workshop and can be read."""
        if setup_id != STARTER_ID and setup_id not in self.state().setups:
            return False
        try:
            self.setup(setup_id)
        except (NotFound, RecordDamaged):
            return False
        return True

    def namesakes(self, given_id: str | None) -> Iterator[str]:
        """Name the setups that are known under the id that a file gives."""
        if given_id is None:
            return
        if given_id == STARTER_ID:
            yield STARTER_ID
        for setup_id, held in self.state().setups.items():
            if given_id in (setup_id, held.origin_id):
                yield setup_id

    def require_room(self) -> None:
        """Refuse one setup more than are kept.

        Raises:
            Conflict: There are as many already.
        """
        if len(self.state().setups) >= MOST_SETUPS:
            raise Conflict(
                f"There are {MOST_SETUPS} setups, the most that are kept; remove one first."
            )

    def keep(self, setup: Setup, row: SetupRow, request: dict[str, Any]) -> Recorded:
        """Record a change that brings *setup* as a document."""
        self._before_change()
        stamp = self._recorder.stamp()
        data = canonical_bytes(setup.plain())
        document = Document(self._free_path(row.setup_id, data), data)
        row = row.model_copy(update={"path": document.logical_path})
        output = {"path": document.logical_path, "sha256": sha256_hex(data)}
        deed = setup_deed(setup, {**request, "after": setup.plain()}, row.plain())
        deed = deed._replace(outputs={"setup": {"setup_id": row.setup_id, **output}})
        return self._recorder.write(deed, stamp, Attachments((document,)))

    def note(
        self, setup: Setup | None, row: SetupRow, request: dict[str, Any], **told: Any
    ) -> Recorded:
        """Record a change that leaves every document as it is."""
        if row.action != "used":  # nothing is lost by it
            self._before_change()
        stamp = self._recorder.stamp()
        return self._recorder.write(setup_deed(setup, request, {**row.plain(), **told}), stamp)

    def _free_path(self, setup_id: str, data: bytes) -> str:
        """Return where these bytes stand already, or nothing does: a damaged file is evidence."""
        store = self._records()
        for version in range(1, _MOST_VERSIONS):
            path = setup_path(setup_id, version)
            if store is None or _is_free(store, path, data):
                return path
        raise Conflict(f"There are too many damaged files of the setup {setup_id}.")

    def _about(self, setup_id: str, told: WorkshopState) -> dict[str, Any]:
        if setup_id == STARTER_ID:
            shipped = {"imported_at_utc": None, "origin": None, "locked": True}
            return {"setup_id": setup_id, "name": self.starter.name, **shipped}
        held = told.setups.get(setup_id)
        if held is None:
            raise unknown_setup(setup_id)
        return about_held(held)


def about_held(held: HeldSetup) -> dict[str, Any]:
    """Return what the ledger tells of one setup."""
    origin = {"setup_id": held.origin_id, "sha256": held.origin_sha256}
    return {
        "setup_id": held.setup_id,
        "name": held.name,
        "imported_at_utc": held.at_utc,
        "origin": origin if held.origin_sha256 is not None else None,
        "locked": held.locked,
    }


def in_use(told: WorkshopState) -> str | None:
    """Return the id of the setup in use; None when it cannot be known."""
    return None if told.doubt else told.in_use or STARTER_ID


def surely_in_use(told: WorkshopState) -> str:
    """Return the id of the setup in use.

    Raises:
        RecordDamaged: It cannot be known.
    """
    if told.doubt is not None:
        raise told.doubt
    return told.in_use or STARTER_ID


def named_like(setup: Setup, setup_id: str) -> Setup:
    """Return *setup* as the document with this id."""
    return setup.model_copy(update={"schema_": SETUP_SCHEMA, "setup_id": setup_id})


def setup_deed(setup: Setup | None, request: dict[str, Any], summary: dict[str, Any]) -> Deed:
    """Return the run of a change of setups."""
    request = {"action": summary["action"], **request, "versions": versions()}
    return Deed(
        event_type=SETUP_CHANGED,
        status="OK",
        decision=without_report({"action": summary["action"], "setup_id": summary["setup_id"]}),
        request=request,
        request_sha256=reduced_sha256(request),
        summary=summary,
        tool_id=None if setup is None else tool_of(setup),
    )


def require_setup_id(setup_id: str) -> str:
    """Return *setup_id* when it can be the id of a setup.

    Raises:
        InputRefused: It holds characters that no id has.
        NotFound: It is no id of a setup.
    """
    return require_id(setup_id, _ID_PATTERN, "setup")


def unknown_setup(setup_id: str) -> NotFound:
    """Say that there is no such setup."""
    return NotFound(f"There is no setup {setup_id}; see `luthier setups list`.")


def _content(setup: Setup) -> dict[str, Any]:
    """Return what a setup says, whatever its id is."""
    return setup.model_copy(update={"schema_": None, "setup_id": None}).plain()


def _is_free(store: Store, logical_path: str, data: bytes) -> bool:
    try:
        return read_file(store.layout.real(logical_path), store.calls, len(data)) == data
    except FileNotFoundError:
        return True
    except OSError:
        return False
