"""Every committed step of every open design goes into its draft, from the first keystroke."""

from __future__ import annotations

from PySide6.QtCore import QObject

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.drafts import Draft, Drafts
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.messages import Messages, shown

_BOUNDED = (
    "The history of {} has become very long. In this window Undo goes all the way back; after a "
    "crash it would go back {:,} steps."
)


class Journalling(QObject):
    """Keeps the drafts of the open designs; a draft ends when its design is closed for good."""

    def __init__(self, background: Background, messages: Messages, drafts: Drafts) -> None:
        super().__init__(background)
        self._background = background
        self._messages = messages
        self._drafts = drafts
        self._followers: dict[OpenDesign, _Follower] = {}

    def follow(self, design: OpenDesign, draft: Draft | None = None) -> None:
        """Write what happens to *design* into *draft*, or into a new one; once is enough."""
        if design in self._followers:
            return
        follower = _Follower(design, draft, self)
        self._followers[design] = follower
        if draft is None and not design.is_kept():
            follower.write()

    def forget(self, design: OpenDesign) -> None:
        """Remove the draft: the design was kept and closed, or discarded."""
        draft = self._followers.pop(design).end()
        if draft is not None:
            try:
                draft.remove()
            except LuthierError as error:
                self._messages.fail(error)

    def close(self) -> None:
        """End with the program: drafts of designs that were not kept stay."""
        for design in list(self._followers):
            if design.is_kept():
                self.forget(design)
            else:
                draft = self._followers.pop(design).end()
                if draft is not None:
                    draft.let_go()

    def begin(self, design: OpenDesign) -> Draft:
        """Begin the draft of a design that was just changed."""
        return self._drafts.begin(design.history())

    def sync(self, follower: _Follower, draft: Draft) -> None:
        """Wait for the disk on the worker."""
        self._background.run(draft.sync, follower.synced, follower.failed)

    def shrink(self, follower: _Follower, draft: Draft) -> None:
        """Write a journal that has become too long anew, on the worker."""
        before, work = draft.first, draft.shrink()
        if work is not None:
            self._background.run(work, follower.shrunk, follower.failed)
        if draft.first > before == 0:
            self._messages.say(_BOUNDED.format(shown(follower.design.title()), draft.kept_steps))

    def fail(self, error: Exception) -> None:
        """Tell that a draft could not be written."""
        self._messages.fail(error)


class _Follower(QObject):
    """Follows the history of one design."""

    def __init__(self, design: OpenDesign, draft: Draft | None, owner: Journalling) -> None:
        super().__init__(owner)
        self.design = design
        self._draft = draft
        self._owner = owner
        self._is_syncing = False
        self._has_failed = False
        design.undo_stack.indexChanged.connect(self.write)
        design.keptChanged.connect(self.write)

    def end(self) -> Draft | None:
        """Follow no more; return the draft, if one was begun."""
        self.design.undo_stack.indexChanged.disconnect(self.write)
        self.design.keptChanged.disconnect(self.write)
        draft, self._draft = self._draft, None
        self.deleteLater()
        return draft

    def write(self, _: object = None) -> None:
        """Write down where the history stands; it outlives the program when this returns."""
        try:
            if self._draft is not None:
                self._draft.follow(self.design.state())
            elif not self.design.is_kept():
                self._draft = self._owner.begin(self.design)
        except LuthierError as error:
            self.failed(error)
            return
        if self._draft is not None and not self._is_syncing:
            self._is_syncing = True
            self._owner.sync(self, self._draft)

    def synced(self, _: None) -> None:
        """The disk has it; look whether the journal is too long."""
        self._is_syncing = self._has_failed = False
        if self._draft is not None:
            self._owner.shrink(self, self._draft)

    def shrunk(self, _: None) -> None:
        """The journal was written anew."""

    def failed(self, error: Exception) -> None:
        """Say once that the work is not safe from a crash, until it is again."""
        self._is_syncing = False
        if not self._has_failed:
            self._has_failed = True
            self._owner.fail(error)
