"""What a command is, where its keys work, and the menus it may stand in.

Scopes: "window" keys work anywhere in the window; every other scope is the objectName of the
widget (with its children) that must have the focus. Bare letters never have the scope "window":
they would fire inside lists, combos and check boxes.
"""

from __future__ import annotations

from typing import NamedTuple

WINDOW = "window"
TABLE = "runLogTable"
RUN_LOG = "runLog"
CANVAS = "designCanvas"
EDITOR = "designEditor"
RING_TABLE = "ringTable"
SNAPSHOT_BROWSER = "snapshotBrowser"
SNAPSHOT_LIST = "snapshotList"
FILE, EDIT, DESIGN, VIEW, LOG, SNAPSHOTS, WORKSHOP, HELP = MENUS = (
    "&File", "&Edit", "&Design", "&View", "&Run log", "&Snapshots", "&Workshop", "&Help"
)
COPY_AS, FILTERS = "Cop&y as", "Fil&ters"
"""Menus inside the menu of the run log."""


class Command(NamedTuple):
    """One command: *id* is its QAction's objectName; *keys* come first, *twins* stand in.

    A twin is the key for hands or alphabets that lack the first one. *icon* names a file in
    ``resources/icons``; a command with one stands in the tool bar, by its
    *short* text if it has one. *group* separates menus.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    twins: tuple[str, ...]
    scope: str
    menu: str
    tip: str
    icon: str = ""
    group: int = 0
    short: str = ""

    @property
    def sequences(self) -> tuple[str, ...]:
        """Return every key of the command, as written in this table."""
        return self.keys + self.twins
