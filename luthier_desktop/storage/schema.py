"""STORE.json: what makes a directory a store, and whether this program may write to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused, StorageFailed
from luthier_desktop.storage.atomic import put_once, read_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.migration import chain, migrate
from luthier_desktop.storage.migrations import STEPS, Step
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import parse_strict
from luthier_desktop.storage.place import network_state
from luthier_desktop.storage.probe import probe
from luthier_desktop.storage.store_state import (
    StoreState,
    damaged,
    of_newer_format,
    of_older_format,
    refused,
    unreadable,
)

FORMAT = 1
STORE_SCHEMA = f"luthier.store/{FORMAT}"
UNKNOWN_STORE = "unknown"
_SCHEMA = re.compile(r"luthier\.store/(0|[1-9][0-9]{0,5})")
_MEMBERS = frozenset({"schema", "store_id", "created_at_utc"})
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_STORE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class StoreIdentity:
    """The id of a store and its state as found at start."""

    store_id: str
    state: StoreState


class Means(NamedTuple):
    """With what a store is opened; *steps* bring an older format up to date."""

    now: Callable[[], str]
    token: Callable[[int], str]
    calls: OsCalls = OS
    steps: Sequence[Step] = STEPS


def open_identity(layout: StoreLayout, means: Means) -> StoreIdentity:
    """Read STORE.json, or make it in a new store; whoever loses that race takes the winner's."""
    try:
        return _open(layout, means)
    except StorageFailed as error:
        return StoreIdentity(UNKNOWN_STORE, _why_not(error, layout, means))
    except OSError as error:
        return StoreIdentity(UNKNOWN_STORE, unreadable(error, layout, means.calls))


def _open(layout: StoreLayout, means: Means) -> StoreIdentity:
    network = network_state(layout, means.calls)
    found = _read(layout, means)
    if network is not None:
        known = found or StoreIdentity(UNKNOWN_STORE, network)
        return StoreIdentity(known.store_id, network if known.state.writable else known.state)
    if found is not None and found.state.kind == "older_format":
        found = _brought_up_to_date(layout, means, found)
    if found is None:
        found = _lost(layout, means) or _create(layout, means)
    if found.state.writable:
        return StoreIdentity(found.store_id, probe(layout, means.token, means.calls))
    return found


def _brought_up_to_date(
    layout: StoreLayout, means: Means, found: StoreIdentity
) -> StoreIdentity | None:
    schema = _schema(layout, means)
    try:
        migrate(layout, means.steps, FORMAT, means.calls)
    except (StorageFailed, OSError) as error:
        state = of_older_format(layout, schema, str(error))
        return StoreIdentity(found.store_id, state)
    return _read(layout, means)


def _schema(layout: StoreLayout, means: Means) -> str:
    document = parse_strict(read_file(layout.data / STORE_FILE, means.calls), STORE_FILE)
    return str(document["schema"]) if isinstance(document, dict) else ""


def _read(layout: StoreLayout, means: Means) -> StoreIdentity | None:
    try:
        data = read_file(layout.data / STORE_FILE, means.calls)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return _identity(parse_strict(data, STORE_FILE), layout, means.steps)
    except InputRefused as error:
        return StoreIdentity(UNKNOWN_STORE, damaged(layout, error.sentence))


def _identity(document: object, layout: StoreLayout, steps: Sequence[Step]) -> StoreIdentity:
    members = document if isinstance(document, dict) else {}
    schema = _SCHEMA.fullmatch(str(members.get("schema")))
    store_id = str(members.get("store_id"))
    number = int(schema.group(1)) if schema else FORMAT
    if schema and number < FORMAT and chain(steps, number, FORMAT):
        known = store_id if _STORE_ID.fullmatch(store_id) else UNKNOWN_STORE
        state = of_older_format(layout, schema.group(), "it was not tried yet")
        return StoreIdentity(known, state)
    if schema is None or number < FORMAT or not _STORE_ID.fullmatch(store_id):
        return StoreIdentity(UNKNOWN_STORE, damaged(layout, "it names no store"))
    if number > FORMAT:
        return StoreIdentity(store_id, of_newer_format(layout, schema.group()))
    if set(members) != _MEMBERS or not _TIME.fullmatch(str(members["created_at_utc"])):
        return StoreIdentity(store_id, damaged(layout, f"its members are not of {STORE_SCHEMA}"))
    return StoreIdentity(store_id, StoreState("ok"))


def _lost(layout: StoreLayout, means: Means) -> StoreIdentity | None:
    """Return the state of a log without its STORE.json, which a new name would cut off.

    The file comes before the first event, so it is read again: another program may just begin.
    """
    try:
        if not means.calls.scandir(layout.ledger):
            return None
    except (FileNotFoundError, NotADirectoryError):
        return None
    lost = StoreIdentity(UNKNOWN_STORE, damaged(layout, "it is missing, and there is a ledger"))
    return _read(layout, means) or lost


def _create(layout: StoreLayout, means: Means) -> StoreIdentity:
    store_id = means.token(16)
    document = {"schema": STORE_SCHEMA, "store_id": store_id, "created_at_utc": means.now()}
    try:
        put_once(layout.data / STORE_FILE, canonical_bytes(document), means.calls)
    except Conflict:
        winner = _read(layout, means)
        if winner is not None:
            return winner
    return StoreIdentity(store_id, StoreState("ok"))


def _why_not(error: StorageFailed, layout: StoreLayout, means: Means) -> StoreState:
    """Return why there is no store; a place that cannot publish files has its own sentence."""
    if layout.data.is_dir():
        tried = probe(layout, means.token, means.calls)
        if tried.kind == "no_links":
            return tried
    return refused(error, layout, means.calls)
