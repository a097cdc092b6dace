"""What is done before a key is pressed, and what must be so after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from luthier_desktop import paths
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.ui.design_editor.ring_edits import set_length
from tests.ui.desk import Desk, close_dialog, label

TABLE = "runLogTable"
CANVAS = "designCanvas"
RINGS = "ringTable"


class Case(NamedTuple):
    """Where the focus is, what is done first, and what must be so after the key."""

    focus: str
    before: Callable[[Desk], Any]
    after: Callable[[Desk, Any], bool]


def at_row(row: int) -> Callable[[Desk], int]:
    def go(desk: Desk) -> int:
        desk.log.table.go_to(row)
        return row

    return go


def row_is(row: int) -> Callable[[Desk, Any], bool]:
    return lambda desk, _: desk.log.table.currentIndex().row() == row


def nothing(_: Desk) -> None:
    return None


def focus_in(name: str) -> Callable[[Desk, Any], bool]:
    def has_focus(desk: Desk, _: Any) -> bool:
        focus = QApplication.focusWidget()
        pane = desk.find(name)
        return focus is not None and (focus is pane or pane.isAncestorOf(focus))

    return has_focus


def opens(name: str) -> Callable[[Desk, Any], bool]:
    def is_open(desk: Desk, _: Any) -> bool:
        close_dialog(name)
        return True

    return is_open


def is_finished(desk: Desk) -> bool:
    return desk.workbench.editor.canvas.picture.paints.is_finished


def edit(desk: Desk) -> Any:
    before = desk.workbench.editor.design()
    desk.workbench.editor.stack.insert()
    return before


def edit_and_undo(desk: Desk) -> Any:
    edit(desk)
    after = desk.workbench.editor.design()
    desk.workbench.editor.undo_stack.undo()
    return after


def design_is(desk: Desk, wanted: Any) -> bool:
    return bool(desk.workbench.editor.design() == wanted)


def rings(desk: Desk) -> list[str]:
    return [ring.identity for ring in desk.workbench.editor.design().ring_params]


def ids(found: Iterable[RingParam]) -> list[str]:
    return [ring.identity for ring in found]


def rings_added(by: int) -> Callable[[Desk, Any], bool]:
    return lambda desk, before: len(rings(desk)) == len(before) + by


def scale(desk: Desk) -> float:
    return float(desk.workbench.editor.canvas.view.px_per_mm)


def has_dimensions(desk: Desk) -> bool:
    return desk.workbench.editor.canvas.has_dimensions


def zoomed_away(desk: Desk) -> Any:
    canvas: Any = desk.find("designCanvas")
    desk.workbench.editor.fit_selection()
    before = canvas.view
    desk.workbench.editor.fit_all()
    return before, canvas.view


def searched(text: str) -> Callable[[Desk], None]:
    def search(desk: Desk) -> None:
        field = desk.focus("runLogFilterText")
        assert isinstance(field, QLineEdit)
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        desk.settle()
        desk.log.filter.clear()
        desk.settle()
        desk.log.table.go_to(2)

    return search


def marked(desk: Desk) -> None:
    desk.log.table.go_to(3)
    desk.press("mark_run")
    desk.log.table.go_to(0)


def details_open(desk: Desk) -> Any:
    desk.log.table.go_to(1)
    desk.press("show_details")
    return desk.workbench.editor.design()


def hidden(desk: Desk) -> None:
    desk.log.table.go_to(0)
    desk.workbench.studio.hiding.hide(str(desk.log.table.run_id()), "a trial")
    desk.press("show_hidden")
    desk.log.table.go_to(0)
    desk.settle()


def two_open(desk: Desk) -> Any:
    first = desk.workbench.designs.current
    desk.workbench.files.open_file(str(paths.resource("presets/minimal_ring.json")))
    desk.settle()
    return first


def one_closed(desk: Desk) -> Any:
    two_open(desk)
    closed = desk.workbench.designs.current
    desk.press("close_design")
    assert closed not in desk.workbench.designs.all()
    return closed


def shows(desk: Desk, wanted: Any) -> bool:
    return desk.workbench.designs.current is wanted


def ring_at(at: int, then: str = "") -> Callable[[Desk], Any]:
    """Select a ring in the table and do what *then* says; return the rings as they were."""

    def choose(desk: Desk) -> Any:
        before = desk.workbench.editor.design().ring_params
        desk.workbench.editor.document.select(before[at].identity)
        for command_id in then.split():
            desk.press(command_id)
        return before

    return choose


def ring_change(is_so: Callable[[Any, Any], bool]) -> Callable[[Desk, Any], bool]:
    return lambda desk, before: is_so(desk.workbench.editor.design().ring_params, before)


def width_step(at: int, by_mm: float) -> Callable[[Desk, Any], bool]:
    return ring_change(lambda now, was: now[at].width_mm == round(was[at].width_mm + by_mm, 6))


def gap_step(at: int, by_mm: float) -> Callable[[Desk, Any], bool]:
    return ring_change(
        lambda now, was: (
            now[at].gap_before_mm == round(was[at].gap_before_mm + by_mm, 6)
            and now[at].width_mm == round(was[at].width_mm - by_mm, 6)
        )
    )


def is_closed(desk: Desk, _: Any) -> bool:
    return label(desk, "editorStatusText").endswith("closed.")


def measured(desk: Desk) -> None:
    ring_at(1)(desk)
    build = partial(set_length, position=1, field="measured_width_mm", value_mm=4.4)
    desk.workbench.editor.document.attempt(build)


def clipboard_has_rings(_: Desk) -> bool:
    return '"schema":"luthier.rings/1"' in QGuiApplication.clipboard().text()


def yellow(desk: Desk) -> None:
    editor = desk.workbench.editor
    design = editor.design()
    channel = (design.channel or Channel()).model_copy(update={"depth_mm": 1.7})
    top = (design.top or TopPlate()).model_copy(update={"thickness_mm": 2.8})
    editor.set_design(design.model_copy(update={"channel": channel, "top": top}))


def details_page(desk: Desk) -> int:
    """Open the details; return which of their pages is shown."""
    details_open(desk)
    return desk.log.details.tabs.currentIndex()


def page_is(by: int) -> Callable[[Desk, Any], bool]:
    """Say whether the page of the details is so many behind the one before, round the end."""

    def is_so(desk: Desk, before: int) -> bool:
        tabs = desk.log.details.tabs
        return tabs.currentIndex() == (before + by) % tabs.count()

    return is_so
