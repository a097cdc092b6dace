"""The main states of the window, each put on the screen as its user does and taken off again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView, QWidget

from luthier_desktop import paths
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.ui.design_editor.snapping import RingEdge
from luthier_desktop.ui.exporting.export_dialog import ExportDialog
from luthier_desktop.ui.exporting.print_dialog import PrintDialog
from tests.ui.desk import (
    Desk,
    close_dialog,
    dialog,
    is_as_opened,
    make_active,
    open_alone,
    type_width,
    wait_until,
)

MOSAIC = str(paths.resource("presets/knot_mosaic.json"))
MANY_RINGS = 24
YELLOW_MM, RED_MM = 1.7, 2.8
"""Channel depths in a top of 2.8 mm: the second goes through."""

Shown = Iterator[QWidget]


def cut(desk: Desk, depth_mm: float) -> None:
    """Give the design on the bench this channel in a top of 2.8 mm."""
    editor = desk.workbench.editor
    design = editor.design()
    channel = (design.channel or Channel()).model_copy(update={"depth_mm": depth_mm})
    top = (design.top or TopPlate()).model_copy(update={"thickness_mm": 2.8})
    editor.set_design(design.model_copy(update={"channel": channel, "top": top}), "cut")
    desk.settle()


def start(desk: Desk) -> Shown:
    yield desk.window


def red_verdict(desk: Desk) -> Shown:
    cut(desk, RED_MM)
    desk.press("check_design")
    yield desk.window


def check_opened(desk: Desk) -> Shown:
    cut(desk, RED_MM)
    view = desk.find("checksView")
    assert isinstance(view, QTreeView)
    view.setCurrentIndex(view.model().index(0, 0))
    view.expand(view.model().index(0, 0))
    desk.settle()
    yield desk.window


def drag(desk: Desk) -> Shown:
    """Hold the inner edge of the second ring until what lies ahead of it is painted."""
    editor, canvas = desk.workbench.editor, desk.workbench.editor.canvas
    design = editor.design()
    editor.document.select(design.ring_params[1].identity)
    editor.fit_selection()
    desk.settle()
    grips = {one.edge: one.place for one in canvas.edges.handles()}
    place = grips[RingEdge.INNER].toPoint()
    QTest.mouseMove(canvas, place)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
    for far_px in (4, 9, 14):
        QTest.mouseMove(canvas, place - QPoint(far_px, 0))
    desk.settle()
    assert canvas.edges.is_dragging
    wait_until(lambda: bool(canvas.edges.ahead))
    yield desk.window
    canvas.cancel_drag()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)


def inches(desk: Desk) -> Shown:
    """The cutting path lies over the drawing too."""
    desk.press("switch_unit")
    desk.press("show_cutting_path")
    assert desk.workbench.editor.canvas.layer is not None
    yield desk.window
    desk.press("show_cutting_path")
    desk.press("switch_unit")


def many_rings(desk: Desk) -> Shown:
    editor = desk.workbench.editor
    plain = editor.design().normalised()
    rings = [
        {"ring_index": at, "width_mm": round(0.4 + at % 5 / 2, 2), "materials": ["maple"]}
        for at in range(MANY_RINGS)
    ]
    wide = plain["inner_diameter_mm"] + 2 * sum(float(str(ring["width_mm"])) for ring in rings)
    plain |= {"ring_params": rings, "outer_diameter_mm": round(wide, 2)}
    editor.set_design(RosetteParamSpec.read(plain, "design"), "many rings")
    editor.document.select(editor.design().ring_params[2].identity)
    desk.settle()
    yield desk.window


def mosaic_page(desk: Desk) -> Shown:
    _open_mosaic(desk)
    yield desk.window


def tile_editor(desk: Desk) -> Shown:
    _open_mosaic(desk)
    desk.press("paint_tile")
    yield dialog("tileEditor")
    close_dialog("tileEditor")


def gallery(desk: Desk) -> Shown:
    desk.press("new_design")
    desk.settle()
    yield dialog("newDesignDialog")
    close_dialog("newDesignDialog")


def history(desk: Desk) -> Shown:
    for width in ("3.1", "3.2", "3.3"):
        type_width(desk, 1, width)
    desk.press("undo")
    desk.press("show_history")
    desk.settle()
    yield desk.window
    desk.press("show_history")


def run_details(desk: Desk) -> Shown:
    desk.log.table.go_to(1)
    desk.press("show_details")
    yield desk.window
    desk.log.details.hide()


def findings(desk: Desk) -> Shown:
    (damaged,) = (desk.data_dir / "runs").rglob(f"{desk.log.table.run_id()}.json")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole.replace(b"Too deep", b"Too deeb").replace(b'"', b"'", 1))
    desk.press("verify_log")
    wait_until(lambda: _is_shown("findings"))
    desk.settle()
    yield dialog("findings")
    close_dialog("findings")
    damaged.write_bytes(whole)


def compare(desk: Desk) -> Shown:
    desk.log.table.go_to(1)
    desk.press("compare_runs")
    yield dialog("compareWindow")
    close_dialog("compareWindow")


def compare_table(desk: Desk) -> Shown:
    for row in (0, 1, 2):
        desk.log.table.go_to(row)
        desk.press("mark_run")
    desk.press("compare_marked")
    yield dialog("compareTableWindow")
    close_dialog("compareTableWindow")
    desk.press("clear_marks")


def save_dialog(desk: Desk) -> Shown:
    desk.press("save_snapshot")
    yield dialog("saveSnapshotDialog")
    close_dialog("saveSnapshotDialog")


def decision_dialog(desk: Desk) -> Shown:
    cut(desk, YELLOW_MM)
    desk.press("accept_check")
    yield dialog("decisionDialog")
    close_dialog("decisionDialog")


def tabs(desk: Desk) -> Shown:
    type_width(desk, 1, "3.3")
    desk.workbench.files.open_file(MOSAIC)
    desk.settle()
    yield desk.window


def sweep(desk: Desk) -> Shown:
    desk.press("sweep_field")
    yield dialog("sweepDialog")
    close_dialog("sweepDialog")


def key_sheet(desk: Desk) -> Shown:
    desk.press("key_sheet")
    yield dialog("keySheet")
    close_dialog("keySheet")


def export_paths(desk: Desk) -> Shown:
    """What the bit would cut, and below it all that is in the way."""
    cut(desk, YELLOW_MM)
    desk.press("export_design")
    asked = dialog("exportFileDialog")
    assert isinstance(asked, ExportDialog)
    asked.begin("channel", keeps=False)
    wait_until(lambda: not asked.preview.words())
    yield asked
    close_dialog("exportFileDialog")


def print_sheets(desk: Desk) -> Shown:
    desk.press("print_sheet")
    asked = dialog("printDialog")
    assert isinstance(asked, PrintDialog)
    wait_until(lambda: asked.preview.sheets.image is not None)
    yield asked
    close_dialog("printDialog")


def operators_alone(desk: Desk) -> Shown:
    desk.press("manage_operators")
    yield dialog("operatorsWindow")
    close_dialog("operatorsWindow")


def signed_out(desk: Desk) -> Shown:
    """From here on the shop has operators; no state may follow that records."""
    desk.workbench.studio.operators.add("rosa", "Rosa Guadalupe", "lead", "482913")
    desk.workbench.signing.look()
    desk.settle()
    desk.press("sign_out")
    yield desk.window


def sign_in(desk: Desk) -> Shown:
    desk.press("sign_in")
    yield dialog("signInDialog")
    close_dialog("signInDialog")


def operators(desk: Desk) -> Shown:
    desk.press("manage_operators")
    yield dialog("operatorsWindow")
    close_dialog("operatorsWindow")


STATES: dict[str, Callable[[Desk], Shown]] = {
    state.__name__: state
    for state in (
        start,
        red_verdict,
        check_opened,
        drag,
        inches,
        many_rings,
        mosaic_page,
        tile_editor,
        gallery,
        history,
        run_details,
        findings,
        compare,
        compare_table,
        save_dialog,
        decision_dialog,
        tabs,
        sweep,
        key_sheet,
        export_paths,
        print_sheets,
        operators_alone,
        signed_out,
        sign_in,
        operators,
    )
}


def begin(desk: Desk) -> None:
    """Put one plain design on the bench and the focus into its table."""
    make_active(desk.window)
    if not is_as_opened(desk):
        open_alone(desk)
    desk.settle()
    desk.workbench.editor.fit_all()
    desk.window.dock("log").raise_()
    desk.press("focus_editor")


def _open_mosaic(desk: Desk) -> None:
    desk.workbench.files.open_file(MOSAIC)
    desk.settle()
    editor = desk.workbench.editor
    rings = editor.design().ring_params
    widest = max(rings, key=lambda ring: ring.width_mm)
    editor.document.select(widest.identity)
    desk.settle()


def _is_shown(name: str) -> bool:
    try:
        return dialog(name).isVisible()
    except AssertionError:
        return False


def open_desk(folder: Path) -> Desk:
    """Open a window over six runs in *folder*."""
    from tests.ui.desk import record_runs

    record_runs(folder / "data")
    return Desk(folder)
