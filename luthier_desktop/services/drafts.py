"""Work that is not saved yet: journalled from the first keystroke, offered after a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop import __version__
from luthier_desktop.domain.draft import DraftHistory, DraftState
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.clock import Clock, new_id
from luthier_desktop.services.draft_lines import (
    LONGEST_NAME,
    KeptStep,
    Told,
    base_line,
    go_line,
    head_line,
    read_draft,
    step_line,
)
from luthier_desktop.storage.drafts import DraftFolder, HeldJournal
from luthier_desktop.storage.parsing import MIB

LARGEST_JOURNAL_BYTES = 8 * MIB
"""Beyond this a journal is written anew, with the newest steps."""
KEPT_BYTES = 4 * MIB
"""So many bytes of steps stay when a journal is written anew."""


class Draft:
    """The journal of one open design; `follow` is called on the window's thread alone.

    What `follow` wrote outlives the program when it returns, and the machine after `sync`.
    """

    def __init__(self, held: HeldJournal, clock: Clock, told: Told) -> None:
        self._held = held
        self._clock = clock
        self._told = told
        self._is_shrinking = False

    def follow(self, state: DraftState) -> None:
        """Write down where the design's history stands now; nothing when that is known.

        Raises:
            StorageFailed: It could not be written; the next call writes everything again.
            InputRefused: The design cannot be written.
        """
        lines = self._lines(state)
        if lines and self._held.journal.is_sound:
            self._held.journal.append(lines)
        elif lines:
            self._held.journal.replace(self._whole())

    def sync(self) -> None:
        """Wait for the disk; any thread may.

        Raises:
            StorageFailed: The disk refused.
        """
        self._held.journal.sync()

    def shrink(self) -> Callable[[], None] | None:
        """Return work for another thread when the journal is too long; None while it is not."""
        journal = self._held.journal
        if self._is_shrinking or journal.size_bytes <= LARGEST_JOURNAL_BYTES:
            return None
        self._is_shrinking = True
        self._forget_oldest()
        journal.will_be_replaced()
        payloads = self._whole()

        def work() -> None:
            try:
                journal.replace(payloads)
            finally:
                self._is_shrinking = False

        return work

    @property
    def first(self) -> int:
        """How many of the oldest steps are not kept in the journal any more."""
        return self._told.first

    @property
    def kept_steps(self) -> int:
        """How many steps the journal has."""
        return len(self._told.steps)

    def let_go(self) -> None:
        """Leave the draft to a later start."""
        self._held.let_go()

    def remove(self) -> None:
        """Remove the draft: its design was kept and closed, or discarded.

        Raises:
            StorageFailed: The disk or the rights refused.
        """
        self._held.remove()

    def _lines(self, state: DraftState) -> list[bytes]:
        told, now, was_from = self._told, self._clock.now(), self._told.snapshot_id
        at = state.position - told.first
        lines: list[bytes] = []
        if _is_known(told, at, state):
            clean = _within(state.clean, told)
            has_moved = (state.position, clean) != (told.position, told.clean)
        elif state.step is not None and 1 <= at <= len(told.steps) + 1:
            before = told.steps[at - 2].step.design if at > 1 else told.base
            del told.steps[at - 1 :]
            clean, has_moved = _within(state.clean, told, more=1), False
            lines = [step_line(state.position, state.step, before, clean, now)]
            told.steps.append(KeptStep(state.step, lines[0]))
        else:
            told = told._replace(base=state.design, first=state.position, steps=[])
            clean, has_moved = _within(state.clean, told), False
            lines = [base_line(state.design, state.position, clean, now)]
        if has_moved or state.snapshot_id != was_from:
            lines.append(go_line(state.position, clean, state.snapshot_id, now))
        if lines:
            told = told._replace(position=state.position, clean=clean, at_utc=now)
            self._told = told._replace(snapshot_id=state.snapshot_id)
        return lines

    def _whole(self) -> list[bytes]:
        told = self._told
        steps = [kept.payload for kept in told.steps]
        base = base_line(told.base, told.first, None, told.at_utc)
        go = go_line(told.position, told.clean, told.snapshot_id, told.at_utc)
        return [told.head, base, *steps, go]

    def _forget_oldest(self) -> None:
        """Drop the oldest steps, as many as are too many bytes, but none that redo needs."""
        told, room, start = self._told, KEPT_BYTES, len(self._told.steps)
        while start and (room := room - len(told.steps[start - 1].payload)) >= 0:
            start -= 1
        at = told.position - told.first
        if start <= at:
            base = told.steps[start - 1].step.design if start else told.base
            steps = told.steps[start:]
        else:
            start, steps = at, []
            base = told.steps[at - 1].step.design if at else told.base
        told = told._replace(base=base, first=told.first + start, steps=steps)
        self._told = told._replace(clean=_within(told.clean, told))


class Found(NamedTuple):
    """A draft that a program left behind when it ended without a word.

    *note* says what of it could not be read, "" when all could.
    """

    draft: Draft
    draft_id: str
    history: DraftHistory
    at_utc: str
    note: str


class Search(NamedTuple):
    """What was found among the drafts: those to offer, and what was set aside and why."""

    found: list[Found]
    set_aside: list[str]


class Drafts:
    """Begins drafts and finds those of programs that have died, for one data directory."""

    def __init__(self, folder: DraftFolder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def begin(self, history: DraftHistory) -> Draft:
        """Begin the draft of a design that was changed.

        Raises:
            StorageFailed: It could not be written.
            InputRefused: The design cannot be written.
        """
        draft_id, now = new_id(self._clock, "draft"), self._clock.now()
        held = self._folder.begin(draft_id)
        head = head_line(draft_id, __version__, now)
        told = _told(head, history, now)
        draft = Draft(held, self._clock, told)
        try:
            held.journal.append(draft._whole())
        except LuthierError:
            held.let_go()
            raise
        return draft

    def are_there(self) -> bool:
        """Say whether there is anything to find; it costs next to nothing."""
        try:
            return bool(self._folder.names())
        except LuthierError:
            return True

    def find(self) -> Search:
        """Take every draft whose program has died, and set aside what cannot be read.

        A draft whose design was recorded or saved as it stands is done with, and removed.

        Raises:
            StorageFailed: The folder cannot be read.
        """
        search = Search([], [])
        for name in self._folder.names():
            try:
                self._look_at(name, search)
            except InputRefused as error:
                search.set_aside.append(self._set_aside(name, error.sentence))
            except LuthierError as error:
                search.set_aside.append(error.sentence)
        search.found.sort(key=lambda one: one.at_utc, reverse=True)
        return search

    def _look_at(self, name: str, search: Search) -> None:
        held = self._folder.take(name)
        if held is None:
            return
        try:
            told, fault = read_draft(held.lines.payloads)
        except LuthierError:
            held.let_go()
            raise
        if fault or held.lines.is_damaged:
            held, note = self._saved_from(held, told), _NOTE
            search.set_aside.append(self._set_aside(name, fault or _DAMAGED.format(name)))
        else:
            note = ""
        history = told.history()
        if history.changes:
            draft = Draft(held, self._clock, told)
            search.found.append(Found(draft, held.draft_id, history, told.at_utc, note))
        else:
            held.remove()

    def _saved_from(self, held: HeldJournal, told: Told) -> HeldJournal:
        """Write what is good into a journal of its own, before the broken one is renamed."""
        held.let_go()
        fresh = self._folder.begin(new_id(self._clock, "draft"))
        fresh.journal.append(Draft(fresh, self._clock, told)._whole())
        fresh.journal.sync()
        return fresh

    def _set_aside(self, name: str, why: str) -> str:
        try:
            aside = self._folder.set_aside(name)
        except LuthierError as error:
            return f"{why} {error.sentence}"
        return f"{why} It was set aside as {aside}."


_NOTE = "Its journal is damaged: this is the last state before the damage."
_DAMAGED = "The draft {} is damaged."


def _told(head: bytes, history: DraftHistory, now: str) -> Told:
    kept: list[KeptStep] = []
    before: RosetteParamSpec = history.base
    for number, step in enumerate(history.steps, 1):
        kept.append(KeptStep(step, step_line(number, step, before, None, now)))
        before = step.design
    stand = (history.position, history.clean, now, history.snapshot_id)
    return Told(head, history.base, 0, kept, *stand)


def _is_known(told: Told, at: int, state: DraftState) -> bool:
    """Tell whether the journal has the state already, after *at* of its steps."""
    if at == 0:
        return told.base == state.design
    if state.step is None or not 0 < at <= len(told.steps):
        return False
    known = told.steps[at - 1].step
    return known.design is state.design or (
        known.design == state.design and known.name == state.step.name[:LONGEST_NAME]
    )


def _within(clean: int | None, told: Told, more: int = 0) -> int | None:
    """Return *clean* when it is among the steps of the journal."""
    if clean is None or not 0 <= clean - told.first <= len(told.steps) + more:
        return None
    return clean
