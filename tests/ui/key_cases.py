"""What each command with a key must do when its keys are pressed."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from luthier_desktop.ui import style, units
from tests.ui.desk import label, mark_of
from tests.ui.key_steps import (
    CANVAS,
    RINGS,
    TABLE,
    Case,
    at_row,
    clipboard_has_rings,
    design_is,
    details_open,
    details_page,
    edit,
    edit_and_undo,
    focus_in,
    gap_step,
    has_dimensions,
    hidden,
    ids,
    is_closed,
    is_finished,
    marked,
    measured,
    nothing,
    one_closed,
    opens,
    page_is,
    ring_at,
    ring_change,
    rings,
    rings_added,
    row_is,
    scale,
    searched,
    shows,
    two_open,
    width_step,
    yellow,
    zoomed_away,
)
from tests.ui.snapshot_cases import SHELF, SNAPSHOT_CASES

CASES: dict[str, Case] = {
    "new_design": Case(CANVAS, nothing, opens("newDesignDialog")),
    "open_design": Case(CANVAS, nothing, opens("openDesignDialog")),
    "save_snapshot": Case(CANVAS, nothing, opens("saveSnapshotDialog")),
    "save_snapshot_as": Case(CANVAS, nothing, opens("saveSnapshotDialog")),
    "close_design": Case(CANVAS, two_open, lambda d, first: d.workbench.designs.all() == [first]),
    "reopen_design": Case(CANVAS, one_closed, shows),
    "next_design": Case(CANVAS, two_open, shows),
    "previous_design": Case(CANVAS, two_open, shows),
    "export_design": Case(CANVAS, nothing, opens("exportFileDialog")),
    "export_picture": Case(CANVAS, nothing, opens("exportFileDialog")),
    "print_sheet": Case(CANVAS, nothing, opens("printDialog")),
    "show_cutting_path": Case(
        CANVAS,
        nothing,
        lambda d, _: (d.find("pathBar").isVisible(), d.workbench.outgoing.path.leave())[0],
    ),
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
        RINGS,
        ring_at(1),
        lambda d, _: (
            isinstance(QApplication.focusWidget(), QLineEdit) and focus_in(RINGS)(d, None)
        ),
    ),
    "use_measured": Case(
        RINGS,
        measured,
        lambda d, _: d.workbench.editor.design().ring_params[1].width_mm == 4.4,
    ),
    "widen_ring": Case(RINGS, ring_at(1), width_step(1, 0.1)),
    "narrow_ring": Case(RINGS, ring_at(1), width_step(1, -0.1)),
    "widen_finely": Case(RINGS, ring_at(1), width_step(1, 0.01)),
    "narrow_finely": Case(RINGS, ring_at(1), width_step(1, -0.01)),
    "inner_edge_out": Case(RINGS, ring_at(1), gap_step(1, 0.1)),
    "inner_edge_in": Case(RINGS, ring_at(1), gap_step(1, -0.1)),
    "accept_check": Case(CANVAS, lambda d: yellow(d), opens("decisionDialog")),
    "workshop_library": Case(CANVAS, nothing, opens("workshopLibrary")),
    "show_backups": Case(CANVAS, nothing, opens("backupsWindow")),
    "switch_setup": Case(CANVAS, nothing, lambda desk, _: desk.find("setupMenu").close()),
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
    "focus_snapshots": Case(CANVAS, nothing, lambda d, _: d.find(SHELF).hasFocus()),
    **SNAPSHOT_CASES,
    "next_pane": Case(CANVAS, nothing, focus_in("feasibilityPanel")),
    "previous_pane": Case(CANVAS, nothing, focus_in("snapshotBrowser")),
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
        TABLE,
        at_row(0),
        lambda d, _: (
            d.log.table.run_id() == d.log.table.model().id_at(d.log.table.model().rowCount() - 1)
        ),  # type: ignore[attr-defined]
    ),
    "half_page_down": Case(
        TABLE,
        at_row(0),
        lambda d, _: (
            d.log.table.currentIndex().row()
            == min(d.log.table.half_page(), d.log.table.model().rowCount() - 1)
        ),
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
    "mark_all": Case(
        TABLE, nothing, lambda d, _: len(d.log.marked()) == d.log.table.model().rowCount()
    ),
    "clear_marks": Case(TABLE, marked, lambda d, _: len(d.log.marked()) == 0),
    "sort_runs": Case(TABLE, nothing, opens("sortMenu")),
    "choose_columns": Case(TABLE, nothing, opens("columnDialog")),
    "compare_runs": Case(TABLE, at_row(1), opens("compareWindow")),
    "compare_marked": Case(
        TABLE,
        lambda d: (marked(d), at_row(1)(d), d.press("mark_run")),
        opens("compareTableWindow"),
    ),
    "show_details": Case(TABLE, at_row(1), lambda d, _: d.find("runDetails").isVisible()),
    "copy_run_id": Case(
        TABLE,
        at_row(2),
        lambda d, _: QGuiApplication.clipboard().text() == d.log.table.run_id(),
    ),
    "open_run_design": Case(
        TABLE,
        details_open,
        lambda d, before: (
            d.workbench.editor.design().name == "Too deep"
            and before in [design.shown for design in d.workbench.designs.all()]
        ),
    ),
    "export_run": Case(TABLE, at_row(1), opens("exportDialog")),
    "export_run_design": Case(TABLE, at_row(1), opens("exportFileDialog")),
    "hide_run": Case(TABLE, at_row(1), opens("hideDialog")),
    "show_run_again": Case(TABLE, hidden, lambda d, _: d.log.table.model().rowCount() == 0),
    "show_hidden": Case(CANVAS, nothing, lambda d, _: d.log.filter.query().hidden),
    "verify_run": Case(
        TABLE,
        details_open,
        lambda d, _: label(d, "runProof").startswith("✓ As it was recorded"),
    ),
    "reproduce_run": Case(
        TABLE,
        details_open,
        lambda d, _: label(d, "reproductionResult").startswith("✓ Reproduced"),
    ),
    "next_details_page": Case(TABLE, details_page, page_is(1)),
    "previous_details_page": Case(TABLE, details_page, page_is(-1)),
    "export_list": Case(CANVAS, nothing, opens("exportListDialog")),
    "add_filter": Case(TABLE, nothing, opens("addFilterMenu")),
    "edit_filter_text": Case(TABLE, nothing, focus_in("runLogFilterText")),
    "saved_filters": Case(TABLE, nothing, opens("savedFiltersMenu")),
    "copy_as": Case(TABLE, at_row(1), opens("copyMenu")),
    "close_innermost": Case(
        TABLE, details_open, lambda d, _: not d.find("runDetails").isVisible()
    ),
    "verify_log": Case(
        CANVAS, nothing, lambda d, _: "0 problems" in d.window.statusBar().currentMessage()
    ),
    "sign_in": Case(
        CANVAS, nothing, lambda d, _: "nobody has to sign in" in label(d, "toast")
    ),
    "key_sheet": Case(CANVAS, nothing, opens("keySheet")),
    "handbook": Case(CANVAS, nothing, opens("handbook")),
    "command_palette": Case(CANVAS, nothing, opens("commandPalette")),
    "copy_diagnostics": Case(
        CANVAS, nothing, lambda d, _: str(d.data_dir) in QGuiApplication.clipboard().text()
    ),
}
