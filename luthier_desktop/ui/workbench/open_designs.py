"""Several designs open over one editor: which there are, and which one is shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.workbench.design_tabs import DesignTabs

MOST_CLOSED = 10
"""So many closed designs can be opened again, each with its history."""


class OpenDesigns(QObject):
    """Opens, shows and closes designs.

    ``opened`` and ``closed`` carry an open design, ``titled`` comes when the shown one's title
    or mark may be another.
    """

    opened = Signal(object)
    closed = Signal(object)
    titled = Signal()

    def __init__(
        self, editor: DesignEditor, tabs: DesignTabs, fresh: Callable[[], RosetteParamSpec]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._tabs = tabs
        self._fresh = fresh
        self._closed: deque[tuple[int, OpenDesign]] = deque()
        tabs.chosen.connect(self.show)
        self._watch(editor.open_design)
        tabs.add(editor.open_design)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about open designs call."""
        return {
            "next_design": self.show_next,
            "previous_design": self.show_previous,
            "reopen_design": self.reopen,
        }

    def all(self) -> list[OpenDesign]:
        """List the open designs in the order of their tabs."""
        return self._tabs.designs()

    @property
    def current(self) -> OpenDesign:
        """The one that is shown."""
        return self._editor.open_design

    def unsaved(self) -> list[OpenDesign]:
        """List those with changes that are neither recorded nor saved."""
        return [design for design in self.all() if not design.is_kept()]

    def bring(self, design: RosetteParamSpec, origin: str) -> OpenDesign:
        """Show *design*: where it is open already, in place of an untouched starter, or anew."""
        known = self._find(design, origin)
        if known is not None:
            self.show(known)
        elif self.current.is_untouched():
            self._editor.set_design(design)
            self.current.origin = origin
            self._retitle()
        else:
            self.add(OpenDesign(design, origin, self))
        return self.current

    def add(self, design: OpenDesign, at: int | None = None) -> None:
        """Take an open design in, with the history that it has, and show it."""
        self._watch(design)
        self._tabs.add(design, at)
        self.opened.emit(design)
        self.show(design)

    def show(self, design: OpenDesign) -> None:
        """Show this one; the focus stays in the pane where it is."""
        focus = QApplication.focusWidget()
        self._tabs.choose(design)
        self._editor.lay(design)
        self._retitle()
        if focus is not None and self._editor.isAncestorOf(focus):
            self._refocus(focus)

    def show_next(self) -> None:
        """Show the design of the next tab, and after the last one the first."""
        self._step(1)

    def show_previous(self) -> None:
        """Show the design of the tab before."""
        self._step(-1)

    def close(self, design: OpenDesign) -> None:
        """Close a design without asking; after the last one a fresh starter is shown."""
        at = self.all().index(design)
        if len(self.all()) == 1:
            self.add(OpenDesign(self._fresh(), parent=self))
        elif design is self.current:
            others = self.all()
            self.show(others[at + 1 if at + 1 < len(others) else at - 1])
        self._unwatch(design)
        self._tabs.take(design)
        self.closed.emit(design)
        self._closed.append((at, design))
        if len(self._closed) > MOST_CLOSED:
            self._closed.popleft()[1].deleteLater()

    def reopen(self) -> None:
        """Open the design again that was closed last, with its history."""
        if self._closed:
            at, design = self._closed.pop()
            lone = self.current if len(self.all()) == 1 and self.current.is_untouched() else None
            self.add(design, min(at, len(self.all())))
            if lone is not None:
                self.close(lone)
                self._closed.pop()[1].deleteLater()

    def end(self) -> None:
        """Watch no design any more: histories tell of their own end, too late."""
        for design in self.all():
            self._unwatch(design)

    def _find(self, design: RosetteParamSpec, origin: str) -> OpenDesign | None:
        for one in self.all() if origin else ():
            same = one.origin == origin and _without_id(one.base) == _without_id(design)
            if same or one.committed == design:
                return one
        return None

    def _step(self, by: int) -> None:
        designs = self.all()
        self.show(designs[(designs.index(self.current) + by) % len(designs)])

    def _watch(self, design: OpenDesign) -> None:
        design.undo_stack.indexChanged.connect(self._retitle)
        design.keptChanged.connect(self._retitle)

    def _unwatch(self, design: OpenDesign) -> None:
        design.undo_stack.indexChanged.disconnect(self._retitle)
        design.keptChanged.disconnect(self._retitle)

    def _retitle(self, _: object = None) -> None:
        self._tabs.refresh()
        self.titled.emit()

    def _refocus(self, focus: QWidget) -> None:
        table = self._editor.findChild(QWidget, "ringTable")
        stays = focus.isVisible() and not (table is not None and table.isAncestorOf(focus))
        target = focus if stays or table is None else table
        target.setFocus()


def _without_id(design: RosetteParamSpec) -> RosetteParamSpec:
    return design.model_copy(update={"design_id": None})
