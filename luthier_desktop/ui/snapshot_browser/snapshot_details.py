"""The current snapshot in full: its facts, texts, tags and versions, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain import display
from luthier_desktop.domain.snapshot import SnapshotEntry, SnapshotVersion
from luthier_desktop.services.snapshots import Kept
from luthier_desktop.ui import style
from luthier_desktop.ui.commands import Actions
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, sentence, set_tool_tip, shown
from luthier_desktop.ui.snapshot_browser import words
from luthier_desktop.ui.snapshot_browser.tag_editor import TagEditor
from luthier_desktop.ui.snapshot_browser.version_list import VersionList
from luthier_desktop.ui.style import GRID

_NOTHING = "No snapshot is chosen."
_BUTTONS = {
    "open_snapshot": "Open",
    "compare_baseline": "Compare",
    "set_baseline": "Baseline",
    "delete_snapshot": "Delete…",
    "restore_snapshot": "Restore",
}
_WHEN_DELETED = {"open_snapshot", "restore_snapshot"}
_COLUMN_PX = 200
_LEAST_HEIGHT = GRID * 11


class Read(NamedTuple):
    """All that is shown of one snapshot."""

    entry: SnapshotEntry
    kept: Kept
    versions: Sequence[SnapshotVersion]
    tags: Sequence[str]
    hidden: str
    decided: Sequence[str]
    exported: Sequence[str] = ()


class SnapshotDetails(QWidget):
    """``tagsChanged(add, remove)``, ``chosen(snapshot_id)`` and ``runWanted(run_id)``."""

    tagsChanged = Signal(object, object)
    chosen = Signal(str)
    runWanted = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("snapshotDetails")
        self.setAccessibleName(tr("Details of the snapshot"))
        self._run_id = self._parent_id = ""
        self._head = _label(self, "snapshotHead")
        self._head.setFont(style.sized(1.1, bold=True))
        self._facts = _label(self, "snapshotFacts")
        self._decided = _label(self, "snapshotDecided")
        self._exported = _label(self, "snapshotExports")
        self._exported.setAccessibleName(tr("Files that were made of it"))
        self._fault = _label(self, "snapshotFault")
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("snapshotText")
        self._text.setAccessibleName(tr("Description and notes"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(_LEAST_HEIGHT)
        self._run = _link(self, "snapshotRun", "Go to the run that judged it (run log).")
        self._parent_link = _link(self, "snapshotParent", "Go to the version it was made from.")
        self.tags = TagEditor(self)
        self.versions = VersionList(self)
        self.versions.setMinimumHeight(_LEAST_HEIGHT)
        self._buttons = {
            name: _button(self, actions, name, text) for name, text in _BUTTONS.items()
        }
        self._lay_out()
        self.tags.changed.connect(self.tagsChanged)
        self.versions.chosen.connect(self.chosen)
        self._run.clicked.connect(self._want_run)
        self._parent_link.clicked.connect(self._want_parent)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that no snapshot is chosen."""
        self._set_shown(False)
        self._head.setText(tr(_NOTHING))

    def show_read(self, found: Read) -> None:
        """Show a snapshot."""
        entry, document = found.entry, found.kept.document
        self._set_shown(True)
        damaged = found.kept.design is None
        self._run_id, self._parent_id = entry.run_id, entry.parent_snapshot_id or ""
        mark = f"{words.BASELINE_SIGN} " if entry.baseline else ""
        self._head.setText(tr(f"{mark}{shown(entry.name)}"))
        self._facts.setText(tr(_facts(entry, document, damaged)))
        self._show_fault(found, document)
        self._decided.setText(tr("\n".join(sentence(each) for each in found.decided)))
        self._decided.setVisible(bool(found.decided))
        self._exported.setText(tr("\n".join(sentence(each) for each in found.exported)))
        self._exported.setVisible(bool(found.exported))
        self._text.setPlainText(_texts(entry))
        self._text.setVisible(bool(entry.description or entry.notes))
        self._parent_link.setVisible(bool(self._parent_id))
        self.tags.complete_with(found.tags)
        self.tags.show_tags(entry.tags)
        self.tags.setEnabled(not entry.deleted)
        self.versions.show_versions(found.versions, entry.snapshot_id)
        for name, button in self._buttons.items():
            button.setVisible(
                name in _WHEN_DELETED if entry.deleted else name != "restore_snapshot"
            )

    def _show_fault(self, found: Read, document: dict[str, Any]) -> None:
        told = []
        if found.kept.design is None:
            reason = str(document.get("reason", "it cannot be read")).rstrip(".")
            told.append(
                f"{style.risk_sign('RED').glyph} This snapshot is damaged: {reason}. It "
                "was left in place; restore its file from a backup."
            )
        if found.entry.deleted:
            told.append("This snapshot is deleted; Restore lists it again.")
        if found.hidden:
            told.append(f"{found.hidden.rstrip('.')}.")
        self._fault.setText(tr("\n".join(sentence(each) for each in told)))
        self._fault.setVisible(bool(told))

    def _set_shown(self, is_shown: bool) -> None:
        texts = (self._facts, self._decided, self._exported, self._fault, self._text)
        for widget in (*texts, self._run, self._parent_link):
            widget.setVisible(is_shown)
        for part in (self.tags, self.versions, *self._buttons.values()):
            part.setVisible(is_shown)

    def _lay_out(self) -> None:
        head, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, second, third):
            row.setSpacing(GRID)
        head.addWidget(self._head, 1)
        for button in self._buttons.values():
            head.addWidget(button)
        second.addWidget(self._facts, 1)
        second.addWidget(self._run)
        second.addWidget(self._parent_link)
        third.addWidget(self._text, 1)
        third.addWidget(self.versions, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(GRID, 0, GRID, 0)
        page.setSpacing(GRID)
        page.addLayout(head)
        page.addLayout(second)
        page.addWidget(self._decided)
        page.addWidget(self._exported)
        page.addWidget(self._fault)
        page.addWidget(self.tags)
        page.addLayout(third, 1)

    def _want_run(self) -> None:
        self.runWanted.emit(self._run_id)

    def _want_parent(self) -> None:
        self.chosen.emit(self._parent_id)


def _facts(entry: SnapshotEntry, document: dict[str, Any], damaged: bool) -> str:
    lines = [
        f"{words.verdict(entry, damaged)} · version {entry.version} · {words.saved_at(entry)}"
        + (" · the baseline" if entry.baseline else "")
    ]
    origin = document.get("origin")
    if isinstance(origin, dict):
        lines.append(f"brought in; there it was {shown(str(origin.get('snapshot_id')))}")
    return "\n".join(lines)


def _texts(entry: SnapshotEntry) -> str:
    parts = [text for text in (entry.description, entry.notes) if text]
    lines = "\n\n".join(parts).split("\n")
    return "\n".join(display.in_full(line) for line in lines)


def _label(parent: QWidget, name: str) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setMinimumWidth(_COLUMN_PX // 2)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _link(parent: QWidget, name: str, tip: str) -> QPushButton:
    button = QPushButton(tr("Run" if name == "snapshotRun" else "Parent"), parent)
    button.setObjectName(name)
    button.setAccessibleName(tr("Its run" if name == "snapshotRun" else "Its parent"))
    set_tool_tip(button, tip)
    return button


def _button(parent: QWidget, actions: Actions, name: str, text: str) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(f"{name}_button")
    button.setText(menu_text(tr(text)))
    action = actions[name]
    set_tool_tip(button, action.statusTip())
    button.clicked.connect(action.trigger)
    return button
