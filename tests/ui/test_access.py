"""What the canvas does is done in the table by keys; Tab goes through the panes one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QTabBar, QWidget

from luthier_desktop import paths
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.commands import BY_ID, CANVAS
from luthier_desktop.ui.design_editor.snapping import RingEdge
from tests.ui.desk import Desk, begin_anew, press, type_width
from tests.ui.screen_faults import seen, takes_focus

TABLE = "ringTable"
SECOND = str(paths.resource("presets/minimal_ring.json"))
SOME_PX = 14
SHOW_ONLY = {
    "zoom_fit",
    "zoom_selection",
    "zoom_in",
    "zoom_out",
    "show_dimensions",
}
"""Commands of the canvas that change nothing of the design; their keys work on it."""


class Deed(NamedTuple):
    """Something the canvas does, and the same by keys in the table."""

    on_canvas: Callable[[Desk], None]
    in_table: Callable[[Desk], None]


def hold(desk: Desk, edge: RingEdge, by_px: int) -> None:
    """Drag an edge of the selected ring with the mouse."""
    canvas = desk.workbench.editor.canvas
    place = next(one.place for one in canvas.edges.handles() if one.edge is edge).toPoint()
    left, end = Qt.MouseButton.LeftButton, place + QPoint(by_px, 0)
    QTest.mousePress(canvas, left, pos=place)
    for part in (2, 1):
        QTest.mouseMove(canvas, place + QPoint(by_px // part, 0))
    QTest.mouseRelease(canvas, left, pos=end)


def drag_width(desk: Desk) -> None:
    hold(desk, RingEdge.OUTER, SOME_PX)


def type_the_dragged_width(desk: Desk) -> None:
    """Type what the mouse would have made, to the last digit."""
    before = desk.workbench.editor.design()
    drag_width(desk)
    wanted = desk.workbench.editor.design().ring_params[1].width_mm
    desk.press("undo")
    assert desk.workbench.editor.design() == before
    type_width(desk, 1, str(wanted))


def keys_on_canvas(keys: str) -> Callable[[Desk], None]:
    def do(desk: Desk) -> None:
        desk.focus(CANVAS)
        press(keys)

    return do


def keys_in_table(keys: str) -> Callable[[Desk], None]:
    def do(desk: Desk) -> None:
        desk.focus(TABLE)
        press(keys)

    return do


DEEDS = {
    "select the ring outside": Deed(keys_on_canvas("PgUp"), keys_in_table("Down")),
    "select the ring inside": Deed(keys_on_canvas("PgDown"), keys_in_table("Up")),
    "drag an edge": Deed(drag_width, type_the_dragged_width),
    "widen": Deed(keys_on_canvas("Up"), keys_in_table("Alt+Up")),
    "narrow": Deed(keys_on_canvas("Down"), keys_in_table("Alt+Down")),
    "widen finely": Deed(keys_on_canvas("Alt+Right"), keys_in_table("Alt+Right")),
    "narrow finely": Deed(keys_on_canvas("Alt+Left"), keys_in_table("Alt+Left")),
    "inner edge outward": Deed(keys_on_canvas("Ctrl+Right"), keys_in_table("Alt+Shift+Right")),
    "inner edge inward": Deed(keys_on_canvas("Ctrl+Left"), keys_in_table("Alt+Shift+Left")),
    "insert": Deed(keys_on_canvas("Ctrl+I"), keys_in_table("Ins")),
    "remove": Deed(keys_on_canvas("Del"), keys_in_table("Del")),
    "duplicate": Deed(keys_on_canvas("Ctrl+D"), keys_in_table("Ctrl+D")),
    "split": Deed(keys_on_canvas("Ctrl+T"), keys_in_table("Ctrl+T")),
}


def plain(design: RosetteParamSpec) -> dict[str, object]:
    """Return the design without the names of its rings, which are new each time."""
    told = design.normalised()
    for ring in told["ring_params"]:
        ring.pop("ring_id", None)
    told.pop("design_id", None)
    return told


def outcome(desk: Desk, deed: Callable[[Desk], None]) -> tuple[dict[str, object], int | None]:
    begin_anew(desk)
    editor = desk.workbench.editor
    editor.document.select(editor.design().ring_params[1].identity)
    editor.fit_selection()
    desk.settle()
    deed(desk)
    desk.settle()
    return plain(editor.design()), editor.document.selected_position


@pytest.fixture(scope="module")
def untouched(keyboard: Desk) -> tuple[dict[str, object], int | None]:
    return outcome(keyboard, lambda _: None)


@pytest.mark.parametrize("name", DEEDS)
def test_what_the_canvas_does_is_done_in_the_table_by_keys(
    keyboard: Desk, untouched: tuple[dict[str, object], int | None], name: str
) -> None:
    deed = DEEDS[name]
    on_canvas = outcome(keyboard, deed.on_canvas)
    assert on_canvas == outcome(keyboard, deed.in_table)
    assert on_canvas != untouched


def test_the_other_commands_of_the_canvas_only_show(keyboard: Desk) -> None:
    begin_anew(keyboard)
    before = keyboard.workbench.editor.design()
    assert {id_ for id_, command in BY_ID.items() if command.scope == CANVAS} == SHOW_ONLY
    for id_ in SHOW_ONLY:
        keyboard.press(id_)
    assert keyboard.workbench.editor.design() == before
    keyboard.press("show_dimensions")


def test_tab_goes_through_one_pane_after_the_other(keyboard: Desk) -> None:
    begin_anew(keyboard)
    stops = [widget for widget in chain(keyboard.window) if takes_focus(widget)]
    stops = [widget for widget in stops if widget in set(seen(keyboard.window))]
    panes = [pane_of(keyboard, widget) for widget in stops]
    runs = [pane for at, pane in enumerate(panes) if pane != panes[at - 1]]  # a circle
    assert len(stops) > 20
    assert len(runs) == len(set(runs)), runs


def chain(window: QWidget) -> list[QWidget]:
    """List all widgets in the order of Tab, from the first of the editor."""
    found, widget = [], window.findChild(QWidget, CANVAS)
    while isinstance(widget, QWidget) and widget not in found:
        found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def pane_of(desk: Desk, widget: QWidget) -> str:
    for name in ("designEditor", "feasibilityPanel", "runLog", "snapshotsDock"):
        if desk.find(name).isAncestorOf(widget):
            return name
    return "frame"


def test_what_is_not_kept_locked_or_chosen_is_told_without_colour(keyboard: Desk) -> None:
    begin_anew(keyboard)
    desk = keyboard
    desk.workbench.files.open_file(SECOND)
    desk.settle()
    type_width(desk, 0, "4.5")
    tabs = desk.find("designTabs")
    assert isinstance(tabs, QTabBar)
    at = tabs.currentIndex()
    assert tabs.tabText(at).startswith("● ")
    assert tabs.accessibleTabName(at).endswith("1 change neither recorded nor saved")
    desk.focus(TABLE)
    press("Ctrl+L")
    table = desk.find(TABLE)
    assert isinstance(table, QAbstractItemView)
    spoken = [
        str(table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole))
        for column in range(table.model().columnCount())
    ]
    assert any("locked" in words for words in spoken)
