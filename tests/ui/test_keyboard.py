"""Every command of the command table, pressed by its keys in a shown, active window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from luthier_desktop import paths
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.ui import style, units
from luthier_desktop.ui.commands import COMMANDS, WINDOW, Command
from luthier_desktop.ui.design_editor.ring_edits import set_length
from tests.ui.desk import Desk, begin_anew, close_dialog, label, mark_of, press, wait_until

BY_ID = {command.id: command for command in COMMANDS}
PRESSES = [(command.id, keys) for command in COMMANDS for keys in command.sequences]
LETTERS = [(c, keys) for c in COMMANDS for keys in c.sequences if "Ctrl" not in keys
           and any(part.removeprefix("Shift+").isalpha() and len(part.removeprefix("Shift+")) == 1
                   for part in keys.split(", "))]


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
        lambda now, was: now[at].gap_before_mm == round(was[at].gap_before_mm + by_mm, 6)
        and now[at].width_mm == round(was[at].width_mm - by_mm, 6)
    )


def is_closed(desk: Desk, _: Any) -> bool:
    return label(desk, "editorStatusText").endswith("closed.")


def measured(desk: Desk) -> None:
    ring_at(1)(desk)
    build = partial(
        set_length, position=1, field="measured_width_mm", value_mm=4.4
    )
    desk.workbench.editor.document.attempt(build)


def clipboard_has_rings(_: Desk) -> bool:
    return '"schema":"luthier.rings/1"' in QGuiApplication.clipboard().text()


APART = {"quit", "check_design"}
TABLE = "runLogTable"
CANVAS = "designCanvas"
RINGS = "ringTable"
CASES: dict[str, Case] = {
    "new_design": Case(CANVAS, nothing, opens("newDesignDialog")),
    "open_design": Case(CANVAS, nothing, opens("openDesignDialog")),
    "save_snapshot": Case(CANVAS, nothing, opens("saveSnapshotDialog")),
    "close_design": Case(CANVAS, two_open, lambda d, first: d.workbench.designs.all() == [first]),
    "reopen_design": Case(CANVAS, one_closed, shows),
    "next_design": Case(CANVAS, two_open, shows),
    "previous_design": Case(CANVAS, two_open, shows),
    "export_log": Case(CANVAS, nothing, opens("exportDialog")),
    "undo": Case(CANVAS, edit, design_is),
    "redo": Case(CANVAS, edit_and_undo, design_is),
    "show_history": Case(CANVAS, nothing, lambda d, _: d.find("historyList").hasFocus()),
    "branch_design": Case(
        CANVAS,
        lambda d: len(d.workbench.designs.all()),
        lambda d, before: len(d.workbench.designs.all()) == before + 1,
    ),
    "insert_ring": Case(CANVAS, rings, rings_added(1)),
    "remove_ring": Case(CANVAS, rings, rings_added(-1)),
    "duplicate_ring": Case(CANVAS, rings, rings_added(1)),
    "move_ring_in": Case(
        CANVAS,
        lambda d: (d.workbench.editor.focus_field("width_mm", 1), d.focus(CANVAS), rings(d))[2],
        lambda d, before: rings(d) == [before[1], before[0], *before[2:]],
    ),
    "move_ring_out": Case(
        CANVAS,
        lambda d: (d.workbench.editor.focus_field("width_mm", 0), d.focus(CANVAS), rings(d))[2],
        lambda d, before: rings(d) == [before[1], before[0], *before[2:]],
    ),
    "move_ring_innermost": Case(
        RINGS, ring_at(2), ring_change(lambda now, was: ids(now) == ids((was[2], *was[:2])))
    ),
    "move_ring_outermost": Case(
        RINGS, ring_at(0), ring_change(lambda now, was: ids(now) == ids((*was[1:], was[0])))
    ),
    "cut_rings": Case(
        RINGS, ring_at(1), lambda d, was: len(rings(d)) == 2 and clipboard_has_rings(d)
    ),
    "copy_rings": Case(
        RINGS, ring_at(1), lambda d, was: len(rings(d)) == 3 and clipboard_has_rings(d)
    ),
    "paste_rings": Case(RINGS, ring_at(1, "cut_rings"), rings_added(0)),
    "split_ring": Case(RINGS, ring_at(1), rings_added(1)),
    "merge_rings": Case(
        RINGS, ring_at(1, "split_ring"), ring_change(lambda now, was: ids(now) == ids(was))
    ),
    "mirror_stack": Case(
        RINGS,
        lambda d: (ring_at(2, "remove_ring")(d), ring_at(1)(d))[0],
        ring_change(lambda now, was: [one.width_mm for one in now] == [2.5, 4.5, 2.5]),
    ),
    "reverse_stack": Case(
        RINGS, ring_at(1), ring_change(lambda now, was: ids(now) == ids(was[::-1]))
    ),
    "lock_width": Case(RINGS, ring_at(1), ring_change(lambda now, was: now[1].locked is True)),
    "fill_ring": Case(RINGS, ring_at(1, "widen_ring"), is_closed),
    "fill_all": Case(RINGS, ring_at(1, "widen_ring"), is_closed),
    "fit_outer": Case(RINGS, ring_at(1, "widen_ring"), is_closed),
    "measure_ring": Case(
        RINGS, ring_at(1),
        lambda d, _: isinstance(QApplication.focusWidget(), QLineEdit)
        and focus_in(RINGS)(d, None),
    ),
    "use_measured": Case(
        RINGS, measured,
        lambda d, _: d.workbench.editor.design().ring_params[1].width_mm == 4.4,
    ),
    "widen_ring": Case(RINGS, ring_at(1), width_step(1, 0.1)),
    "narrow_ring": Case(RINGS, ring_at(1), width_step(1, -0.1)),
    "widen_finely": Case(RINGS, ring_at(1), width_step(1, 0.01)),
    "narrow_finely": Case(RINGS, ring_at(1), width_step(1, -0.01)),
    "inner_edge_out": Case(RINGS, ring_at(1), gap_step(1, 0.1)),
    "inner_edge_in": Case(RINGS, ring_at(1), gap_step(1, -0.1)),
    "accept_check": Case(CANVAS, lambda d: yellow(d), opens("decisionDialog")),
    "sweep_field": Case(CANVAS, nothing, opens("sweepDialog")),
    "paint_tile": Case(CANVAS, nothing, opens("tileEditor")),
    "zoom_in": Case(CANVAS, scale, lambda d, before: scale(d) > before),
    "zoom_out": Case(CANVAS, scale, lambda d, before: scale(d) < before),
    "show_dimensions": Case(
        CANVAS, has_dimensions, lambda d, before: has_dimensions(d) is not before
    ),
    "add_photo": Case(CANVAS, nothing, opens("photoDialog")),
    "zoom_fit": Case(
        CANVAS,
        lambda d: (zoomed_away(d), d.workbench.editor.fit_selection())[0][1],
        lambda d, fitted: bool(d.find(CANVAS).view == fitted),  # type: ignore[attr-defined]
    ),
    "zoom_selection": Case(
        CANVAS,
        lambda d: zoomed_away(d)[0],
        lambda d, near: bool(d.find(CANVAS).view == near),  # type: ignore[attr-defined]
    ),
    "focus_editor": Case(TABLE, nothing, focus_in("designEditor")),
    "focus_feasibility": Case(TABLE, nothing, focus_in("feasibilityPanel")),
    "focus_run_log": Case(CANVAS, nothing, focus_in("runLog")),
    "focus_snapshots": Case(
        CANVAS, nothing, lambda d, _: d.log.filter.query().event == ("snapshot.saved",)
    ),
    "next_pane": Case(CANVAS, nothing, focus_in("feasibilityPanel")),
    "previous_pane": Case(CANVAS, nothing, focus_in("runLog")),
    "switch_theme": Case(
        CANVAS, lambda _: style.theme(), lambda _, before: style.theme() != before
    ),
    "switch_unit": Case(
        CANVAS, lambda _: units.unit(), lambda _, before: units.unit() is before.other
    ),
    "switch_finish": Case(CANVAS, is_finished, lambda d, before: is_finished(d) != before),
    "reset_layout": Case(
        CANVAS,
        lambda d: d.window.dock("feasibility").hide(),
        lambda d, _: d.window.dock("feasibility").isVisible(),
    ),
    "next_run": Case(TABLE, at_row(1), row_is(2)),
    "previous_run": Case(TABLE, at_row(1), row_is(0)),
    "first_run": Case(TABLE, at_row(3), row_is(0)),
    "last_run": Case(
        TABLE, at_row(0), lambda d, _: d.log.table.run_id() == d.log.table.model().id_at(
            d.log.table.model().rowCount() - 1)  # type: ignore[attr-defined]
    ),
    "half_page_down": Case(
        TABLE, at_row(0),
        lambda d, _: d.log.table.currentIndex().row()
        == min(d.log.table.half_page(), d.log.table.model().rowCount() - 1),
    ),
    "half_page_up": Case(
        TABLE,
        at_row(4),
        lambda d, _: d.log.table.currentIndex().row() == max(0, 4 - d.log.table.half_page()),
    ),
    "step_next_run": Case(CANVAS, at_row(1), row_is(2)),
    "step_previous_run": Case(CANVAS, at_row(1), row_is(0)),
    "next_problem": Case(TABLE, at_row(2), row_is(4)),
    "previous_problem": Case(TABLE, at_row(3), row_is(1)),
    "filter_runs": Case(TABLE, nothing, focus_in("runLogFilterText")),
    "next_hit": Case(TABLE, searched("too deep"), row_is(4)),
    "previous_hit": Case(TABLE, searched("too deep"), row_is(1)),
    "mark_run": Case(TABLE, at_row(2), lambda d, row: mark_of(d, row)),
    "next_mark": Case(TABLE, marked, row_is(3)),
    "show_details": Case(TABLE, at_row(1), lambda d, _: d.find("runDetails").isVisible()),
    "copy_run_id": Case(
        TABLE, at_row(2),
        lambda d, _: QGuiApplication.clipboard().text() == d.log.table.run_id(),
    ),
    "open_run_design": Case(
        TABLE,
        details_open,
        lambda d, before: d.workbench.editor.design().name == "Too deep"
        and before in [design.shown for design in d.workbench.designs.all()],
    ),
    "export_run": Case(TABLE, at_row(1), opens("exportDialog")),
    "hide_run": Case(TABLE, at_row(1), opens("hideDialog")),
    "show_run_again": Case(TABLE, hidden, lambda d, _: d.log.table.model().rowCount() == 0),
    "show_hidden": Case(CANVAS, nothing, lambda d, _: d.log.filter.query().hidden),
    "close_innermost": Case(
        TABLE, details_open, lambda d, _: not d.find("runDetails").isVisible()
    ),
    "verify_log": Case(CANVAS, nothing, lambda d, _: (
        "0 problems" in d.window.statusBar().currentMessage())),
    "key_sheet": Case(CANVAS, nothing, opens("keySheet")),
    "copy_diagnostics": Case(
        CANVAS, nothing, lambda d, _: str(d.data_dir) in QGuiApplication.clipboard().text()
    ),
}


def yellow(desk: Desk) -> None:
    editor = desk.workbench.editor
    design = editor.design()
    channel = (design.channel or Channel()).model_copy(update={"depth_mm": 1.7})
    top = (design.top or TopPlate()).model_copy(update={"thickness_mm": 2.8})
    editor.set_design(design.model_copy(update={"channel": channel, "top": top}))


def test_every_command_with_a_key_has_a_case() -> None:
    assert set(CASES) | APART == {command.id for command in COMMANDS if command.sequences}
    assert len(BY_ID) == len(COMMANDS)


@pytest.mark.parametrize(("command_id", "keys"), [p for p in PRESSES if p[0] not in APART])
def test_a_command_does_its_work_when_its_keys_are_pressed(
    keyboard: Desk, command_id: str, keys: str
) -> None:
    case = CASES[command_id]
    begin_anew(keyboard)
    keyboard.focus(case.focus)
    before = case.before(keyboard)
    keyboard.focus(case.focus)
    press(keys)
    keyboard.settle()
    assert case.after(keyboard, before)


def test_f5_records_a_run_and_the_log_inserts_its_row(desk: Desk) -> None:
    desk.focus(CANVAS)
    press("F5")
    desk.settle()
    assert desk.log.table.model().rowCount() == 1
    assert desk.log.table.model().index(0, 1).data() == "Checked"


def test_quit_closes_the_window(desk: Desk) -> None:
    desk.focus(CANVAS)
    press("Ctrl+Q")
    wait_until(lambda: not desk.window.isVisible())


def test_no_key_stands_twice_where_it_could_be_meant_twice() -> None:
    for scope in {command.scope for command in COMMANDS}:
        heard = [command for command in COMMANDS if command.scope in (scope, WINDOW)]
        counted = Counter(keys for command in heard for keys in command.sequences)
        assert [keys for keys, count in counted.items() if count > 1] == []


def test_no_key_is_the_beginning_of_another_in_the_same_place() -> None:
    for command in COMMANDS:
        for other in COMMANDS:
            if command.scope in (other.scope, WINDOW):
                begun = [f"{keys}, " for keys in command.sequences]
                assert not any(keys.startswith(tuple(begun)) for keys in other.sequences)


def test_bare_letters_never_work_window_wide() -> None:
    assert LETTERS
    assert [command.id for command, _ in LETTERS if command.scope == WINDOW] == []


@pytest.mark.parametrize(("command", "keys"), LETTERS, ids=lambda value: str(value)[:40])
def test_every_letter_has_a_menu_entry_and_a_twin_without_letters(
    keyboard: Desk, command: Command, keys: str
) -> None:
    action = keyboard.window.commands[command.id]
    menus = keyboard.window.findChildren(QMenu)
    assert any(action in menu.actions() for menu in menus)
    letters = [letter for owner, letter in LETTERS if owner is command]
    assert set(command.sequences) - set(letters), f"{keys} has no twin"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_menus_and_actions_come_from_the_table(keyboard: Desk, command: Command) -> None:
    action = keyboard.window.commands[command.id]
    assert action.objectName() == command.id
    assert [keys.toString() for keys in action.shortcuts()] == [
        QKeySequence(keys).toString() for keys in command.sequences
    ]
    menu = keyboard.window.menus[command.menu]
    assert action in menu.actions()
    assert action.toolTip()
