"""Changing setups: each change is a new document under a new id, and a recorded run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import Conflict, NotFound
from luthier_desktop.domain.setup_fields import changed, in_range, setup_field, value_at
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.known_materials import Materials, require_known
from luthier_desktop.services.recorder import Recorded, Recorder
from luthier_desktop.services.runs import required_reason
from luthier_desktop.services.setup_book import (
    SetupBook,
    in_use,
    named_like,
    require_setup_id,
    unknown_setup,
)
from luthier_desktop.services.workshop_log import STARTER_ID
from luthier_desktop.storage.workshop_rows import SetupRow

_CHANGED = Changes(runs=True, setups=True)


class SetupChanged(NamedTuple):
    """A setup after a change; without a run when there was nothing to change.

    *before_id* is the setup that it was, or that it was copied from.
    """

    setup_id: str
    setup: Setup
    before_id: str | None
    run_id: str | None
    seq: int | None
    changes: Changes


class SetupEdits:
    """Makes and changes setups of one's own; the starter is copied, never changed."""

    def __init__(self, book: SetupBook, recorder: Recorder, materials: Materials) -> None:
        self._book = book
        self._recorder = recorder
        self._materials = materials

    def require(self) -> None:
        """Make sure that whoever acts may change setups, before anything is worked out.

        Raises:
            NotAllowed: Only a lead may.
        """
        self._recorder.require("edit_setups")

    def create(self, name: str, values: Mapping[str, Any] | None = None) -> SetupChanged:
        """Keep a blank setup under *name*, with some fields set.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: A value is not allowed.
            Conflict: The same setup is here already, or there are 200.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("edit_setups")
        setup = changed(Setup(), {"name": name, **(values or {})}, "The new setup")
        return self._created(setup, None)

    def duplicate(self, setup_id: str, name: str | None = None) -> SetupChanged:
        """Keep a copy of a setup, also of the starter; without a name it is called a copy.

        Raises:
            NotFound: There is no such setup.
            NotAllowed, InputRefused, Conflict, StorageFailed: As `create`.
        """
        self._recorder.require("edit_setups")
        source = self._live(setup_id)
        copied = changed(source, {"name": name or self._copy_name(source)}, _what(setup_id))
        return self._created(copied, setup_id)

    def edit(self, setup_id: str, values: Mapping[str, Any]) -> SetupChanged:
        """Set some fields of a setup, by paths such as ``tool.diameter_mm``; None empties one.

        A part such as ``tool`` may be given whole. When it is in use, it stays so.

        Raises:
            NotFound: There is no such setup.
            NotAllowed: Only a lead may.
            InputRefused: There is no such field, or a value is not allowed; nothing is changed.
            Conflict: It ships, is locked, or another setup says the same.
            StorageFailed: The change could not be recorded, so it did not happen.
        """
        self._recorder.require("edit_setups")
        before = self._own(setup_id)
        return self._change(setup_id, before, changed(before, values, _what(setup_id)))

    def replace(self, setup_id: str, setup: Setup) -> SetupChanged:
        """Let a setup be as *setup* says: the whole of it at once, such as to undo a change.

        Raises:
            As `edit`.
        """
        self._recorder.require("edit_setups")
        before = self._own(setup_id)
        return self._change(setup_id, before, in_range(setup, _what(setup_id)))

    def rename(self, setup_id: str, name: str) -> SetupChanged:
        """Give a setup another name.

        Raises:
            As `edit`.
        """
        return self.edit(setup_id, {"name": name})

    def reset(self, setup_id: str, path: str) -> SetupChanged:
        """Set one field to what the starter setup says there.

        Raises:
            As `edit`.
        """
        return self.edit(setup_id, self.starter_values((path,)))

    def starter_values(self, paths: Iterable[str]) -> dict[str, Any]:
        """Return what the starter setup says in some fields, to reset several at once.

        Raises:
            InputRefused: There is no such field.
        """
        return {setup_field(path).path: value_at(self._book.starter, path) for path in paths}

    def apply(self, setup_id: str | None, values: Mapping[str, Any]) -> SetupChanged:
        """Set some fields in one step, also of the starter: its changed copy takes its place.

        Without an id, those of the setup in use.

        Raises:
            As `edit`.
        """
        self._recorder.require("edit_setups")
        told = self._book.state()
        setup_id = setup_id or in_use(told) or STARTER_ID
        if setup_id != STARTER_ID:
            return self.edit(setup_id, values)
        starter = self._book.starter
        after = changed(starter, values, _what(setup_id))
        if after == starter:
            return SetupChanged(setup_id, starter, setup_id, None, None, NOTHING)
        after = changed(after, {"name": self._copy_name(starter)}, _what(setup_id))
        self._book.require_room()
        return self._change(setup_id, starter, after)

    def lock(self, setup_id: str) -> SetupChanged:
        """Keep a setup from being changed or removed by mistake.

        Raises:
            NotFound: There is no such setup.
            NotAllowed: Only a lead may.
            Conflict: It ships.
        """
        return self._locked(setup_id, locked=True)

    def unlock(self, setup_id: str) -> SetupChanged:
        """Let a setup be changed again.

        Raises:
            As `lock`.
        """
        return self._locked(setup_id, locked=False)

    def remove(self, setup_id: str, reason: str) -> SetupChanged:
        """Take a setup out of the list; it can be brought back.

        Raises:
            NotFound: There is no such setup.
            NotAllowed: Only a lead may.
            InputRefused: No reason is given.
            Conflict: It ships, is locked or in use.
        """
        self._recorder.require("edit_setups")
        reason = required_reason(reason)
        told = self._book.state()
        kept = self._book.kept(require_setup_id(setup_id), told)
        self._require_changeable(setup_id, "removed")
        if in_use(told) in (setup_id, None):
            raise Conflict(
                f"{_what(setup_id)} is in use; put another in use first: luthier setups use ID."
            )
        name = kept.document["name"]
        row = SetupRow(action="removed", setup_id=setup_id, setup_name=name, reason=reason)
        request = {"before": kept.document["setup"], "after": None, "reason": reason}
        done = self._book.note(kept.setup, row, request)
        return _done(setup_id, kept.setup or Setup(), setup_id, done)

    def restore(self, setup_id: str) -> SetupChanged:
        """Bring a removed setup back; one that is here stays as it is.

        Raises:
            NotFound: No setup of this id was removed.
            NotAllowed: Only a lead may.
            RecordDamaged: Its file is damaged.
            Conflict: There are 200 setups already.
        """
        self._recorder.require("edit_setups")
        told = self._book.state()
        if require_setup_id(setup_id) in told.setups:
            setup = self._book.setup(setup_id)
            return SetupChanged(setup_id, setup, setup_id, None, None, NOTHING)
        held = told.removed.get(setup_id)
        if held is None:
            raise NotFound(f"No setup {setup_id} was removed; see `luthier setups list`.")
        self._book.require_room()
        setup = self._book.setup(setup_id)
        row = SetupRow(action="restored", setup_id=setup_id, setup_name=held.name, path=held.path)
        done = self._book.note(setup, row, {"before": None, "after": setup.plain()})
        return _done(setup_id, setup, None, done)

    def _live(self, setup_id: str) -> Setup:
        self._book.kept(require_setup_id(setup_id), self._book.state())
        return self._book.setup(setup_id)

    def _own(self, setup_id: str) -> Setup:
        setup = self._live(setup_id)
        self._require_changeable(setup_id, "changed")
        return setup

    def _require_changeable(self, setup_id: str, deed: str) -> None:
        if setup_id == STARTER_ID:
            raise Conflict(
                f"{_what(setup_id)} ships with the program and cannot be {deed}; duplicate it: "
                f"luthier setups duplicate {setup_id}."
            )
        held = self._book.state().setups.get(setup_id)
        if held is None:
            raise unknown_setup(setup_id)
        if held.locked:
            raise Conflict(
                f"{_what(setup_id)} is locked and cannot be {deed}; unlock it first: "
                f"luthier setups unlock {setup_id}."
            )

    def _created(self, setup: Setup, source_id: str | None) -> SetupChanged:
        after = self._new(setup)
        self._book.require_room()
        setup_id = str(after.setup_id)
        row = SetupRow(action="created", setup_id=setup_id, setup_name=after.name)
        done = self._book.keep(after, row, {"before": None, "copied_from": source_id})
        return _done(setup_id, after, source_id, done)

    def _change(self, setup_id: str, before: Setup, after: Setup) -> SetupChanged:
        if self._book.local_id(after) == self._book.local_id(before):
            return SetupChanged(setup_id, before, setup_id, None, None, NOTHING)
        after = self._new(after)
        now_id = str(after.setup_id)
        row = SetupRow(action="changed", setup_id=now_id, setup_name=after.name, replaces=setup_id)
        done = self._book.keep(after, row, {"before": before.plain()})
        return _done(now_id, after, setup_id, done)

    def _new(self, setup: Setup) -> Setup:
        """Return *setup* under its own id, when no other says the same."""
        require_known(setup, self._materials(), "The setup")
        setup_id = self._book.local_id(setup)
        if self._book.is_here(setup_id):
            raise Conflict(f"{_what(setup_id)} says the same already; change its name at least.")
        return named_like(setup, setup_id)

    def _locked(self, setup_id: str, *, locked: bool) -> SetupChanged:
        self._recorder.require("edit_setups")
        told = self._book.state()
        kept = self._book.kept(require_setup_id(setup_id), told)
        if setup_id == STARTER_ID:
            raise Conflict(f"{_what(setup_id)} ships with the program: it is always locked.")
        setup = kept.setup or Setup()
        if told.setups[setup_id].locked == locked:
            return SetupChanged(setup_id, setup, setup_id, None, None, NOTHING)
        action = "locked" if locked else "unlocked"
        row = SetupRow(action=action, setup_id=setup_id, setup_name=kept.document["name"])
        request = {"before": {"locked": not locked}, "after": {"locked": locked}}
        return _done(setup_id, setup, setup_id, self._book.note(kept.setup, row, request))

    def _copy_name(self, setup: Setup) -> str:
        """Return a name that tells a copy from its source and from other copies."""
        told = self._book.state()
        taken = {self._book.starter.name, *(held.name for held in told.setups.values())}
        base = (setup.name or "Setup")[:180]
        names = (f"{base} (copy{f' {n}' if n > 1 else ''})" for n in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)


def _what(setup_id: str) -> str:
    return f"The setup {setup_id}"


def _done(setup_id: str, setup: Setup, before_id: str | None, done: Recorded) -> SetupChanged:
    return SetupChanged(setup_id, setup, before_id, done.run_id, done.seq, _CHANGED)
