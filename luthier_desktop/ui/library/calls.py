"""What the library asks of the services: one way for setups and for the catalogue.

Reading and changing is done on the worker; `check` and `differences` are pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from luthier_desktop.domain.entry_change import changed_entry
from luthier_desktop.domain.permissions import Right
from luthier_desktop.domain.setup_fields import SETUP_FIELDS, changed
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.known_materials import require_known
from luthier_desktop.ui.library.blank import blank
from luthier_desktop.ui.library.entry import Entry, Shelf, Values
from luthier_desktop.ui.library.spec import value_at

if TYPE_CHECKING:
    from luthier_desktop.services.studio import Studio

Catalogue = Literal["materials", "tools", "machines"]
_WHAT = "It"


class Done(NamedTuple):
    """An entry after something was done with it; *run_id* is None where nothing was to do."""

    entry_id: str
    before_id: str | None
    run_id: str | None


class Calls(Protocol):
    """The deeds that every kind of entries has."""

    shelf: Shelf
    right: Right

    def entries(self) -> list[Entry]:
        """Return every entry."""

    def check(self, plain: Values, values: Values) -> Values:
        """Return *plain* with some values set, or refuse them as `edit` would."""

    def differences(self, before: Values, after: Values) -> dict[str, Any]:
        """Return the fields that are others, with their value after."""

    def new(self, source: Entry | None, name: str) -> Done:
        """Keep a copy of an entry, or a blank one."""

    def edit(self, entry_id: str, values: Values) -> Done:
        """Save changes of an entry."""

    def lock(self, entry_id: str, locked: bool) -> Done:
        """Lock or unlock an entry."""

    def remove(self, entry_id: str, reason: str) -> Done:
        """Take an entry away."""

    def restore(self, entry_id: str) -> Done:
        """Bring a removed entry back."""

    def import_file(self, path: Path) -> str:
        """Bring in a file; say in one sentence what came."""

    def export(self, entry_id: str, path: Path) -> str:
        """Write a file; say in one sentence what was written."""


class SetupCalls:
    """Setups; a changed one has another id."""

    shelf: Shelf = "setups"
    right: Right = "edit_setups"

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def entries(self) -> list[Entry]:
        """Return the starter and one's own."""
        found = [kept.document for kept in self._studio.setups.find()]
        starter = found[0]["setup"]
        return [_setup_entry(document, starter) for document in found]

    def check(self, plain: Values, values: Values) -> Values:
        """Set fields of a setup."""
        after = changed(Setup.read(dict(plain), _WHAT), values, _WHAT)
        require_known(after, self._studio.materials, _WHAT)
        return after.plain()

    def differences(self, before: Values, after: Values) -> dict[str, Any]:
        """Compare field by field."""
        pairs = ((path, value_at(before, path), value_at(after, path)) for path in SETUP_FIELDS)
        return {path: new for path, old, new in pairs if old != new}

    def new(self, source: Entry | None, name: str) -> Done:
        """Copy a setup, or make a blank one."""
        edits = self._studio.setup_edits
        return _done(edits.duplicate(source.entry_id) if source else edits.create(name))

    def edit(self, entry_id: str, values: Values) -> Done:
        """Save changes of a setup."""
        return _done(self._studio.setup_edits.edit(entry_id, values))

    def lock(self, entry_id: str, locked: bool) -> Done:
        """Lock or unlock a setup."""
        edits = self._studio.setup_edits
        return _done((edits.lock if locked else edits.unlock)(entry_id))

    def remove(self, entry_id: str, reason: str) -> Done:
        """Take a setup away."""
        return _done(self._studio.setup_edits.remove(entry_id, reason))

    def restore(self, entry_id: str) -> Done:
        """Bring a setup back."""
        return _done(self._studio.setup_edits.restore(entry_id))

    def use(self, entry_id: str) -> Done:
        """Put a setup in use."""
        used = self._studio.setups.use(entry_id)
        return Done(entry_id, used.before_id, used.run_id)

    def apply(self, entry_id: str, values: Values) -> Done:
        """Set fields in one step; the starter's changed copy takes its place."""
        return _done(self._studio.setup_edits.apply(entry_id, values))

    def import_file(self, path: Path) -> str:
        """Bring in a setup."""
        done = self._studio.setups.import_file(path)
        name = done.setup.name or done.setup_id
        if done.run_id is None:
            return f"The setup {name} was here already; nothing was changed."
        return f"Imported the setup {name}; it is not yet in use."

    def export(self, entry_id: str, path: Path) -> str:
        """Write a setup."""
        self._studio.setups.export(entry_id, path)
        return f"Exported the setup to {path}"


class CatalogueCalls:
    """Materials, tools or machines."""

    right: Right = "edit_catalogue"

    def __init__(self, studio: Studio, kind: Catalogue) -> None:
        self._studio = studio
        self.shelf: Shelf = kind
        self._kind: Catalogue = kind

    def entries(self) -> list[Entry]:
        """Return what ships and one's own."""
        self._studio.catalogue.look()
        shelf = getattr(self._studio.catalogue, self._kind)
        rows = self._studio.workshop.state().entries
        by_id = {shelf.kind.id_of(one.entry): one for one in shelf.entries}
        found = []
        for entry_id, listed in by_id.items():
            row = rows.get((self._kind, entry_id))
            source = by_id.get(row.copied_from) if row and row.copied_from else None
            reset = source.entry.plain() if source else None
            found.append(_listed_entry(entry_id, listed, reset))
        return found

    def check(self, plain: Values, values: Values) -> Values:
        """Set members of an entry."""
        shelf = getattr(self._studio.catalogue, self._kind)
        before = shelf.kind.model.read(dict(plain), _WHAT)
        source = f"set by {self._studio.operator.name}"
        return changed_entry(shelf.kind, before, values, source, _WHAT).plain()

    def differences(self, before: Values, after: Values) -> dict[str, Any]:
        """Compare member by member."""
        names = dict.fromkeys((*before, *after))
        return {name: after.get(name) for name in names if before.get(name) != after.get(name)}

    def new(self, source: Entry | None, name: str) -> Done:
        """Copy an entry under a free id."""
        shelf = getattr(self._studio.catalogue, self._kind)
        taken = {shelf.kind.id_of(one.entry).casefold() for one in shelf.entries}
        taken |= set(self._studio.catalogue_edits.removed(self._kind))
        edits = self._studio.catalogue_edits
        new_id = _free_id(source.entry_id if source else self._kind, taken)
        if source is not None:
            done = edits.duplicate(self._kind, source.entry_id, new_id)
        else:
            plain = blank(self._kind, f"set by {self._studio.operator.name}")
            named = {shelf.kind.id_member: new_id, "name": name}
            done = edits.add(self._kind, plain | named)
        return Done(done.entry_id, None, done.run_id)

    def edit(self, entry_id: str, values: Values) -> Done:
        """Save changes of an entry."""
        return self._done(self._studio.catalogue_edits.edit(self._kind, entry_id, values))

    def lock(self, entry_id: str, locked: bool) -> Done:
        """Lock or unlock an entry."""
        edits = self._studio.catalogue_edits
        return self._done((edits.lock if locked else edits.unlock)(self._kind, entry_id))

    def remove(self, entry_id: str, reason: str) -> Done:
        """Take an entry away."""
        return self._done(self._studio.catalogue_edits.remove(self._kind, entry_id, reason))

    def restore(self, entry_id: str) -> Done:
        """Bring an entry back."""
        return self._done(self._studio.catalogue_edits.restore(self._kind, entry_id))

    def import_file(self, path: Path) -> str:
        """Bring in a list."""
        done = self._studio.catalogue_edits.import_file(self._kind, path)
        return (
            f"Imported: {len(done.added):,} new, {len(done.changed):,} changed, "
            f"{len(done.same):,} as before."
        )

    def export(self, entry_id: str, path: Path) -> str:
        """Write the list of one's own entries."""
        form = "csv" if path.suffix.casefold() == ".csv" else "json"
        edits = self._studio.catalogue_edits
        done = edits.export(self._kind, path, "csv" if form == "csv" else "json")
        return f"Exported {done.entries:,} own {self._kind} to {done.path}"

    def _done(self, done: Any) -> Done:
        return Done(done.entry_id, done.entry_id, done.run_id)


def _setup_entry(document: Mapping[str, Any], starter: Values) -> Entry:
    is_shipped = document["state"] == "shipped"
    return Entry(
        entry_id=document["setup_id"],
        name=document["name"] or document["setup_id"],
        origin="shipped" if is_shipped else "own",
        locked=document["locked"],
        plain=document["setup"] or {},
        in_use=document["in_use"],
        reset=starter,
        damage=f"Damaged: {document['reason']}" if document["setup"] is None else "",
    )


def _listed_entry(entry_id: str, listed: Any, reset: Values | None) -> Entry:
    is_locked = listed.locked or listed.origin == "shipped"
    plain = listed.entry.plain()
    return Entry(entry_id, listed.entry.name, listed.origin, is_locked, plain, reset=reset)


def _done(done: Any) -> Done:
    return Done(done.setup_id, done.before_id, done.run_id)


def _free_id(source_id: str, taken: set[str]) -> str:
    base = f"{source_id.removesuffix('_own')[:56]}_own"
    ids = (f"{base}_{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(one for one in ids if one.casefold() not in taken)
