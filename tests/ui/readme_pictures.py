"""Takes the pictures of the README anew: ``python -m tests.ui.readme_pictures``.

A real window over a real log is brought into each state by its own commands, and drawn as it is.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTreeView

from luthier_desktop import app, paths
from luthier_desktop.domain.pdf_options import PdfDocument, PdfOptions
from luthier_desktop.domain.run_query_text import parse
from luthier_desktop.domain.workshop import Channel
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.sheet_painter import page_image, page_of
from luthier_desktop.ui.window_state import WindowState
from tests.ui.desk import Desk, close_dialog, dialog, make_active
from tests.ui.exporting.export_steps import choose, export_dialog

FOLDER = Path(__file__).parents[2] / "packaging" / "pictures"
STARTERS = ("knot_mosaic", "herringbone_ring", "vine_inlay", "segmented_shell")
SHOWN = str(paths.resource("presets/herringbone_ring.json"))
LARGEST_BYTES = 250_000
COLOURS = 200
PAGE_PX_PER_MM = 3.6


def save(image: QImage, name: str) -> None:
    """Write the picture with few colours: woods have thousands that nobody tells apart."""
    target = FOLDER / f"{name}.png"
    image.save(str(target))
    picture = Image.open(target).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    size_bytes = target.stat().st_size
    print(f"{target.name}: {size_bytes:,} bytes")
    if size_bytes > LARGEST_BYTES:
        raise SystemExit(f"{target} is larger than {LARGEST_BYTES:,} bytes.")


def record(data_dir: Path) -> None:
    """Fill the log with checks of several designs, some of them cut too deep."""
    with open_studio(data_dir) as studio:
        for name in STARTERS * 3:
            file = paths.resource(f"presets/{name}.json")
            design = studio.designs.read(file.read_bytes(), name)
            studio.feasibility.check(design)
            deep = design.model_copy(update={"channel": Channel(depth_mm=2.2)})
            studio.feasibility.check(deep)


def windows(desk: Desk) -> None:
    """The whole window, in the light and in the dark."""
    desk.press("check_design")
    save(desk.window.grab().toImage(), "window_light")
    desk.window.use_theme(style.DARK)
    desk.settle()
    save(desk.window.grab().toImage(), "window_dark")
    desk.window.use_theme(style.LIGHT)
    desk.settle()


def feasibility(desk: Desk) -> None:
    """A red check, opened, with what would clear it."""
    editor = desk.workbench.editor
    design = editor.design()
    channel = (design.channel or Channel()).model_copy(update={"depth_mm": 2.6})
    editor.set_design(design.model_copy(update={"channel": channel}), "deeper")
    desk.settle()
    view = desk.find("checksView")
    assert isinstance(view, QTreeView)
    view.expand(view.model().index(0, 0))
    desk.press("focus_feasibility")
    save(desk.window.grab().toImage(), "feasibility_red")
    desk.press("undo")


def run_log(desk: Desk) -> None:
    """The log, filtered by verdict, with the details of a run."""
    desk.log.filter.apply(parse("verdict:red"))
    desk.settle()
    desk.log.table.go_to(1)
    desk.press("show_details")
    save(desk.window.grab().toImage(), "run_log")
    desk.log.details.hide()
    desk.log.filter.clear()
    desk.settle()


def compare(desk: Desk) -> None:
    """A run beside the one before of its design."""
    desk.log.table.go_to(1)
    desk.press("compare_runs")
    save(dialog("compareWindow").grab().toImage(), "compare")
    close_dialog("compareWindow")


def export(desk: Desk) -> None:
    """The dialog for all that leaves the program."""
    asked = export_dialog(desk)
    choose(asked, "channel", desk)
    save(asked.grab().toImage(), "export")
    asked.close()


def sheets(desk: Desk) -> None:
    """The first pages of the sheet for the bench and of the template."""
    design = desk.workbench.editor.design()
    asked: tuple[PdfDocument, ...] = ("shop_sheet", "template")
    for document in asked:
        pages = desk.workbench.studio.exporting.sheets(design, PdfOptions(document=document))
        save(page_image(page_of(pages[0]), PAGE_PX_PER_MM), document)


STEPS: tuple[Callable[[Desk], None], ...] = (
    windows,
    export,
    sheets,
    feasibility,
    run_log,
    compare,
)


def main() -> None:
    """Take them all."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application: QApplication = app.make_application(WindowState())
    style.apply(application, style.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder) / "data")
        desk = Desk(Path(folder), SHOWN)
        make_active(desk.window)
        try:
            for step in STEPS:
                step(desk)
        finally:
            desk.close()


if __name__ == "__main__":
    main()
