"""What is done with entries of the library: on the worker, one after the other, undoable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.library.calls import Calls, Done, SetupCalls
from luthier_desktop.ui.library.drafts import Drafts
from luthier_desktop.ui.library.entry import Entry, Shelf, Values
from luthier_desktop.ui.library.steps import Step, Steps
from luthier_desktop.ui.messages import shown

_UNDONE = "Undone in the library"
Then = Callable[[Done], None]


class Deeds(QObject):
    """Does things and reads the entries again.

    ``loaded(shelf, entries, then)`` brings the entries, *then* is the id of the one to choose;
    ``begun()`` comes before something is done, ``said(sentence)`` tells what was done,
    ``failed(error)`` why it was not. ``recorded(shelf)`` comes after each change.
    """

    begun = Signal()
    loaded = Signal(str, object, str)
    said = Signal(str)
    failed = Signal(object)
    recorded = Signal(str)

    def __init__(
        self,
        calls: Mapping[Shelf, Calls],
        background: Background,
        steps: Steps,
        drafts: Mapping[Shelf, Drafts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._background = background
        self._steps = steps
        self._drafts = drafts

    def load(self, shelf: Shelf, then: str = "") -> None:
        """Read the entries."""
        done = partial(self._loaded, shelf, then)
        self._background.run(self._calls[shelf].entries, done, self.failed.emit)

    def new(self, shelf: Shelf, source: Entry | None, name: str) -> None:
        """Make a copy, or a blank entry; undo takes it away again."""
        word = shelf.removesuffix("s")
        text = f"Duplicate {source.name}" if source else f"New {word}"
        work = partial(self._calls[shelf].new, source, name)
        told = f"Recorded: a new {word} of your own"
        self._do(shelf, work, told, partial(self._made, shelf, text))

    def save(self, shelf: Shelf, entry_id: str) -> None:
        """Save what is changed of an entry, in one step."""
        changes = dict(self._drafts[shelf].of(entry_id).changes)
        if changes:
            entry = self._drafts[shelf].entry(entry_id)
            name = shown(entry.name) if entry else entry_id
            count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}"
            work = partial(self._calls[shelf].edit, entry_id, changes)
            done = partial(self._saved, shelf, entry_id)
            self._do(shelf, work, f"Recorded: {count} of {name}", done)

    def lock(self, shelf: Shelf, entry: Entry) -> None:
        """Lock or unlock an entry."""
        words = "Unlock" if entry.locked else "Lock"
        undo = partial(self._lock, shelf, entry.entry_id, entry.locked)
        redo = partial(self._lock, shelf, entry.entry_id, not entry.locked)
        redo()
        self._steps.push(Step(f"{words} {entry.name}", undo, redo))

    def remove(self, shelf: Shelf, entry: Entry, reason: str, then: Then) -> None:
        """Take an entry away; undo brings it back."""
        work = partial(self._calls[shelf].remove, entry.entry_id, reason)
        self._do(shelf, work, "", partial(self._removed, shelf, entry, reason, then))

    def use(self, entry: Entry) -> None:
        """Put a setup in use."""
        setups = self._setups()
        work = partial(setups.use, entry.entry_id)
        self._do("setups", work, f"In use: {shown(entry.name)}", partial(self._used, entry))

    def apply(self, entry: Entry, values: Values) -> None:
        """Set fields of the starter: its changed copy takes its place."""
        work = partial(self._setups().apply, entry.entry_id, values)
        told = "Recorded: a copy of the starter with the advised feed and speed takes its place"
        self._do("setups", work, told, self._nothing)

    def tell(self, work: Callable[[], str], shelf: Shelf | None) -> None:
        """Do what answers with a sentence, such as an import; *shelf* is what it changed."""
        self.begun.emit()
        self._background.run(work, partial(self._told, shelf), self.failed.emit)

    def _setups(self) -> SetupCalls:
        calls = self._calls["setups"]
        assert isinstance(calls, SetupCalls)
        return calls

    def _do(self, shelf: Shelf, work: Callable[[], Done], told: str, then: Then) -> None:
        self.begun.emit()
        done = partial(self._done, shelf, told, then)
        self._background.run(work, done, self.failed.emit)

    def _done(self, shelf: Shelf, told: str, then: Then, done: Done) -> None:
        then(done)
        if done.run_id is not None and told:
            self.said.emit(told)
        self.load(shelf, done.entry_id)
        self.recorded.emit(shelf)

    def _told(self, shelf: Shelf | None, sentence: str) -> None:
        self.said.emit(sentence)
        if shelf is not None:
            self.load(shelf)
            self.recorded.emit(shelf)

    def _loaded(self, shelf: Shelf, then: str, entries: list[Entry]) -> None:
        self._drafts[shelf].show({entry.entry_id: entry for entry in entries})
        self.loaded.emit(shelf, entries, then)

    def _made(self, shelf: Shelf, text: str, done: Done) -> None:
        undo = partial(self._remove_quietly, shelf, done.entry_id)
        redo = partial(self._restore, shelf, done.entry_id)
        self._steps.push(Step(text, undo, redo))

    def _saved(self, shelf: Shelf, entry_id: str, done: Done) -> None:
        self._drafts[shelf].moved(entry_id, done.entry_id)

    def _removed(self, shelf: Shelf, entry: Entry, reason: str, then: Then, done: Done) -> None:
        undo = partial(self._restore, shelf, entry.entry_id)
        redo = partial(self._remove_quietly, shelf, entry.entry_id, reason)
        self._steps.push(Step(f"Remove {entry.name}", undo, redo))
        then(done)

    def _used(self, entry: Entry, done: Done) -> None:
        if done.run_id is not None and done.before_id is not None:
            undo = partial(self._use_quietly, done.before_id)
            redo = partial(self._use_quietly, entry.entry_id)
            self._steps.push(Step(f"Use {entry.name}", undo, redo))

    def _lock(self, shelf: Shelf, entry_id: str, locked: bool) -> None:
        told = "Locked" if locked else "Unlocked"
        work = partial(self._calls[shelf].lock, entry_id, locked)
        self._do(shelf, work, f"Recorded: {told.casefold()}", self._nothing)

    def _remove_quietly(self, shelf: Shelf, entry_id: str, reason: str = _UNDONE) -> None:
        work = partial(self._calls[shelf].remove, entry_id, reason)
        self._do(shelf, work, "Recorded: removed", self._nothing)

    def _restore(self, shelf: Shelf, entry_id: str) -> None:
        work = partial(self._calls[shelf].restore, entry_id)
        self._do(shelf, work, "Recorded: brought back", self._nothing)

    def _use_quietly(self, entry_id: str) -> None:
        self._do("setups", partial(self._setups().use, entry_id), "Switched back", self._nothing)

    def _nothing(self, _: Done) -> None:
        """Have nothing more to do."""
