"""What is changed in the library and not yet saved, entry by entry; refused text stays with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui.library.entry import NO_VALUES, Entry, Values
from luthier_desktop.ui.library.spec import Spec, value_at
from luthier_desktop.ui.library.steps import Step, Steps

Check = Callable[[Values, Values], Values]
"""``check(plain, values)`` sets some values; it refuses what the entry's service would refuse."""
Differences = Callable[[Values, Values], dict[str, Any]]
"""``differences(before, after)`` returns the fields that are others, with their value after."""


class Refused(NamedTuple):
    """Text that was typed into a field and is no value of it, and why."""

    text: str
    reason: str


class Draft:
    """What is changed of one entry; the texts that were refused belong to its fields."""

    def __init__(self) -> None:
        self.changes: dict[str, Any] = {}
        self.refused: dict[str, Refused] = {}


class Drafts(QObject):
    """The drafts of one kind of entries; ``changed(entry_id)`` comes when one is another.

    An entry that is saved may have another id; its steps go on with the new one.
    """

    changed = Signal(str)

    def __init__(
        self, check: Check, differences: Differences, steps: Steps, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._differences = differences
        self._steps = steps
        self._entries: Mapping[str, Entry] = {}
        self._drafts: dict[str, Draft] = {}
        self._now: dict[str, list[str]] = {}

    def show(self, entries: Mapping[str, Entry]) -> None:
        """Take over what the services have now; what has gone takes its draft along."""
        self._entries = entries
        for entry_id, draft in list(self._drafts.items()):
            entry = entries.get(entry_id)
            if entry is None or entry.read_only:
                del self._drafts[entry_id]
            else:
                self._change(entry, draft, draft.changes)

    def moved(self, before_id: str, entry_id: str) -> None:
        """Let what was known as *before_id* go on as *entry_id*: its changes were saved."""
        draft = self._drafts.pop(before_id, None)
        if draft is not None and draft.refused:
            draft.changes = {}
            self._drafts[entry_id] = draft
        line = self._now.pop(before_id, [before_id])
        line[0] = entry_id
        self._now[entry_id] = line

    def forget(self, entry_id: str) -> None:
        """Give up what is changed of an entry, and what was refused."""
        self._drafts.pop(entry_id, None)
        self.changed.emit(entry_id)

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry as it was last saved."""
        return self._entries.get(entry_id)

    def of(self, entry_id: str) -> Draft:
        """Return what is changed of an entry."""
        return self._drafts.get(entry_id) or Draft()

    def plain(self, entry_id: str) -> Values:
        """Return an entry's values with what is changed."""
        entry = self._entries.get(entry_id)
        if entry is None:
            return NO_VALUES
        changes = self.of(entry_id).changes
        return self._check(entry.plain, changes) if changes else entry.plain

    def waiting(self) -> dict[str, int]:
        """Return how many changes of each entry are not yet saved."""
        counts = {entry_id: len(draft.changes) for entry_id, draft in self._drafts.items()}
        return {entry_id: count for entry_id, count in counts.items() if count}

    def enter(self, entry_id: str, spec: Spec, text: str) -> str:
        """Take typed text as a field's new value; return why it is refused, or ""."""
        try:
            value = spec.read(text)
        except InputRefused as error:
            return self._refuse(entry_id, spec.path, Refused(text, error.sentence))
        held = value_at(self.plain(entry_id), spec.path)
        before = held.get("value") if isinstance(held, Mapping) else held
        if spec.write(before) == spec.write(value):
            value = before  # typed as it was shown, which is rounded
        return self.set(entry_id, spec, {spec.path: value}, text)

    def set(self, entry_id: str, spec: Spec, values: Values, text: str = "") -> str:
        """Set values as one step called after *spec*; return why they are refused, or ""."""
        entry = self._entries.get(entry_id)
        if entry is None or entry.read_only:
            return ""
        before = self.plain(entry_id)
        try:
            after = before if _is_there(before, values) else self._check(before, values)
        except InputRefused as error:
            return self._refuse(entry_id, spec.path, Refused(text, _said(error, spec)))
        self.of(entry_id).refused.pop(spec.path, None)
        redone = self._differences(before, after)
        if redone:
            line = self._now.setdefault(entry_id, [entry_id])
            undone = self._differences(after, before)
            self._put(line, redone)
            undo, redo = partial(self._put, line, undone), partial(self._put, line, redone)
            self._steps.push(Step(f"{spec.name} of {entry.name}", undo, redo))
        else:
            self.changed.emit(entry_id)
        return ""

    def _put(self, line: list[str], values: Values) -> None:
        """Set values that were there before, or are good: a step goes to and fro over them."""
        entry = self._entries.get(line[0])
        if entry is None or entry.read_only:
            return
        draft = self._drafts.setdefault(line[0], Draft())
        for path in values:
            draft.refused.pop(path, None)
        self._change(entry, draft, {**draft.changes, **values})
        self.changed.emit(line[0])

    def _change(self, entry: Entry, draft: Draft, changes: Values) -> None:
        """Keep of *changes* what is another than was saved, when all of it still fits."""
        try:
            after = self._check(entry.plain, changes)
        except InputRefused:
            after = entry.plain  # somebody else changed the entry meanwhile
        draft.changes = self._differences(entry.plain, after)
        if not draft.changes and not draft.refused:
            self._drafts.pop(entry.entry_id, None)

    def _refuse(self, entry_id: str, path: str, refused: Refused) -> str:
        self._drafts.setdefault(entry_id, Draft()).refused[path] = refused
        self.changed.emit(entry_id)
        return refused.reason


def _is_there(plain: Values, values: Values) -> bool:
    """Say whether the values are there already; a bare one may have a source there."""
    for path, value in values.items():
        held = value_at(plain, path)
        if isinstance(held, Mapping) and not isinstance(value, Mapping):
            held = held.get("value")
        if held != value:
            return False
    return True


def _said(error: InputRefused, spec: Spec) -> str:
    """Return the service's sentence with the field's name where it has the field's path."""
    sentence = error.sentence
    at = sentence.find(spec.path)
    return sentence[at:].replace(spec.path, spec.name, 1) if at >= 0 else sentence
