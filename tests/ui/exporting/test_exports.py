"""The Export dialog: every format looked at, written, recorded, kept, refused, and gated."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.exports.payload import find_payload
from luthier_desktop.exports.qr import qr_text
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.ui.exporting.export_dialog import ExportDialog
from luthier_desktop.ui.exporting.formats import FORMATS
from luthier_desktop.ui.exporting.print_dialog import PrintDialog
from luthier_desktop.ui.exporting.printing import has_printer
from luthier_desktop.ui.widgets.fields import TextField
from luthier_desktop.ui.workbench.exported_words import exported_of
from tests.ui.desk import Desk, begin_anew, dialog, label, open_alone, press, wait_until
from tests.ui.exporting.export_steps import choose, click, export_dialog, part, place, told
from tests.ui.screens import YELLOW_MM, cut

TOO_DEEP_MM = 9.0
_MNEMONIC = re.compile("&([a-z])", re.IGNORECASE)


@pytest.fixture
def desk(keyboard: Desk) -> Desk:
    begin_anew(keyboard)
    return keyboard


def mnemonics(asked: QWidget) -> Counter[str]:
    kinds = (QLabel, QPushButton, QCheckBox)
    shown = [one for kind in kinds for one in asked.findChildren(kind) if one.isVisible()]
    texts = [one.text().replace("&&", "") for one in shown]
    return Counter(found.lower() for text in texts for found in _MNEMONIC.findall(text))


def test_every_format_shows_what_it_makes_and_no_letter_stands_for_two_things(
    desk: Desk,
) -> None:
    asked = export_dialog(desk)
    shown = {}
    for one in FORMATS:
        if one.look != "picture":
            choose(asked, one.id, desk)
            shown[one.id] = asked.preview.currentWidget().objectName()
        else:
            asked.begin(one.id, keeps=False)
        twice = {letter: count for letter, count in mnemonics(asked).items() if count > 1}
        assert twice == {}, one.id
        options = part(asked, "exportOptions")
        fields = (*options.findChildren(QLineEdit), *options.findChildren(QComboBox))
        assert [one.objectName() for one in fields if not one.accessibleName()] == []
        assert told(asked, "exportSaid") == ""
    assert shown == {
        "share": "exportPreviewWords",
        "template": "sheetView",
        "shop_sheet": "sheetView",
        "bom": "cutTables",
        "parts": "exportPreviewWords",  # its strips are bent: nothing is cut from a sheet
        "channel": "pathView",
        "soundhole": "pathView",
    }
    asked.reject()


def test_a_picture_is_previewed_written_recorded_and_its_choices_kept(
    desk: Desk, tmp_path: Path
) -> None:
    asked = export_dialog(desk, "export_picture")
    choose(asked, "png", desk)
    assert not part(asked, "exportPicture").pixmap().isNull()
    style, dpi = part(asked, "option.style"), part(asked, "option.dpi")
    style.setCurrentIndex(1)
    dpi.setText("9000")
    dpi.setModified(True)
    dpi.editingFinished.emit()
    click(asked, "exportWrite")
    assert "Fineness in dots an inch must be at most 2400" in told(asked, "exportSaid")
    assert isinstance(dpi, TextField)
    assert dpi.refusal
    dpi.setText("72")
    dpi.setModified(True)
    dpi.editingFinished.emit()
    path = tmp_path / "rose.png"
    assert place(asked, desk, path).endswith(".png")
    design = desk.workbench.editor.design()
    assert desk.workbench.studio.designs.read(find_payload(path.read_bytes()) or b"") == design
    run = desk.workbench.studio.runs.get(label(desk, "toast").rpartition(" ")[2]).artifact
    assert run.outputs["picture"]["bytes"] == path.stat().st_size
    assert run.request["options"]["dpi"] == 72
    again = export_dialog(desk)
    assert again.format().id == "png"
    assert again.wish().options["style"] == "flat"
    again.reject()


def close_at_once(desk: Desk, path: Path) -> ExportDialog:
    """Have a share file written, close the dialog meanwhile, and open the next one."""
    asked = export_dialog(desk, "export_share_file")
    click(asked, "exportWrite")
    dialog("exportPlaceDialog").fileSelected.emit(str(path))
    asked.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return export_dialog(desk, "export_share_file")


def test_a_file_goes_on_when_its_dialog_is_closed_and_is_told_in_the_window(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "late.rosette"
    for told_of in ("Wrote", "late.rosette"):
        again = close_at_once(desk, path)
        assert path.exists()
        assert told_of in label(desk, "toast")
        assert again.isVisible()
        again.reject()
    assert "Wrote" not in label(desk, "toast")  # an existing file is never replaced
    open_alone(desk)  # for the design is saved now


def test_a_share_file_of_an_unsaved_design_is_saved_under_a_name_first(
    desk: Desk, tmp_path: Path
) -> None:
    asked = export_dialog(desk, "export_share_file")
    name = part(asked, "exportKeepName")
    assert isinstance(name, QLineEdit)
    name.setText("")
    assert not part(asked, "exportWrite").isEnabled()
    name.setText("Sent off")
    place(asked, desk, desk.data_dir / "runs" / "sent.rosette")
    assert "lies in the log itself" in told(asked, "exportSaid")
    assert asked.isVisible()
    path = tmp_path / "sent.rosette"
    place(asked, desk, path)
    preview = desk.workbench.studio.sharing.inspect(path)
    saved = desk.workbench.designs.current.unchanged_snapshot()
    assert saved is not None
    assert (saved.name, preview.state) == ("Sent off", "verified")
    assert preview.plain()["snapshot_id"] == saved.snapshot_id
    asked = export_dialog(desk, "export_share_file")
    assert "the snapshot \u2068Sent off, version 1\u2069 with its record" in told(
        asked, "exportCarries"
    )
    place(asked, desk, path)
    assert str(path) in told(asked, "exportSaid")
    asked.reject()
    (line,) = exported_of(desk.workbench.studio, saved.snapshot_id)
    size = f"{path.stat().st_size:,}"
    assert f": \u2068sent.rosette\u2069, {size} bytes, recorded as run_" in line


def test_a_snapshot_and_a_run_are_exported_as_they_are_chosen(desk: Desk) -> None:
    studio = desk.workbench.studio
    starter = studio.presets.starters()[3].design
    saved = studio.snapshots.save(starter, SnapshotDetails(name="Other"))
    desk.workbench.library.shareWanted.emit(saved.snapshot_id, "Other")
    desk.settle()
    asked = dialog("exportFileDialog")
    assert isinstance(asked, ExportDialog)
    assert asked.windowTitle() == "Export \u2068Other\u2069"
    assert "It is listed at" in told(asked, "exportKeepTold")
    asked.reject()
    desk.workbench.library.shareWanted.emit("snap_0000000000000000", "")
    desk.settle()
    assert "snap_0000000000000000" in label(desk, "toast")
    desk.log.table.go_last()
    desk.focus("runLogTable")
    press("Shift+E")
    desk.settle()
    asked = dialog("exportFileDialog")
    name = studio.presets.first().name
    assert asked.windowTitle() == f"Export \u2068{name}\u2069"
    asked.close()


def in_one_channel(desk: Desk) -> None:
    """Let the gaps between the rings be empty grooves."""
    design = desk.workbench.editor.design()
    assert design.channel is not None
    channel = design.channel.model_copy(update={"layout": "single"})
    one = design.model_copy(update={"channel": channel})
    desk.workbench.editor.set_design(one, "one channel")
    desk.settle()


def test_g_code_says_all_that_is_in_the_way_and_opens_by_a_decision(desk: Desk) -> None:
    cut(desk, TOO_DEEP_MM)
    in_one_channel(desk)
    asked = export_dialog(desk)
    asked.begin("channel", keeps=False)
    desk.settle()
    assert not part(asked, "exportWrite").isEnabled()
    gate = desk.workbench.studio.decisions.gate(desk.workbench.editor.design())
    assert len(told(asked, "exportGateLines").split("\n")) == len(gate.in_the_way) > 1
    assert not part(asked, "exportDecide").isVisible()  # neither can ever be overridden
    asked.reject()
    begin_anew(desk)
    cut(desk, YELLOW_MM)
    asked = export_dialog(desk)
    choose(asked, "channel", desk)
    for _ in desk.workbench.studio.decisions.gate(desk.workbench.editor.design()).closed:
        click(asked, "exportDecide")
        decision = dialog("decisionDialog")
        decision.findChild(QWidget, "decisionReason").setPlainText("The top is thick there.")
        click(decision, "decisionDecide")
        desk.settle()
    assert "May be cut" in told(asked, "exportGateHead")
    assert part(asked, "exportWrite").isEnabled()
    asked.reject()


def test_the_path_lies_over_the_drawing_follows_edits_and_leaves_by_esc(desk: Desk) -> None:
    desk.press("show_cutting_path")
    canvas, path = desk.workbench.editor.canvas, desk.workbench.outgoing.path
    before = canvas.layer
    assert before is not None
    slider = part(desk.window, "pathTime")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert told(desk.window, "pathNow").startswith("0:00 of ")
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert told(desk.window, "pathNow").startswith("0:01 of ")
    QTest.keyClick(slider, Qt.Key.Key_End)
    whole = told(desk.window, "pathNow").partition(".")[0].split(" of ")
    assert whole[0] == whole[1]
    inked = canvas.grab().toImage()
    desk.workbench.editor.stack.remove()
    assert canvas.layer is None
    QTest.qWait(150)
    desk.settle()
    assert canvas.layer is not None
    assert canvas.layer is not before
    desk.workbench.editor.undo_stack.undo()
    QTest.qWait(150)
    desk.settle()
    desk.focus("designCanvas")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not path.is_shown
    assert canvas.layer is None
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    assert canvas.grab().toImage().pixel(middle) != inked.pixel(middle)


def test_the_print_dialog_shows_its_pages_and_offers_a_pdf_where_no_printer_is(
    desk: Desk, tmp_path: Path
) -> None:
    desk.press("print_sheet")
    asked = dialog("printDialog")
    assert isinstance(asked, PrintDialog)
    wait_until(lambda: asked.preview.sheets.image is not None)
    desk.settle()
    assert mnemonics(asked).most_common(1)[0][1] == 1
    if not has_printer():
        click(asked, "printPrint")
        assert "No printer is set up" in told(asked, "printSaid")
        assert part(asked, "printSave").hasFocus()
    part(asked, "option.document").setCurrentIndex(1)
    path = tmp_path / "bench.pdf"
    assert place(asked, desk, path).endswith(".pdf")
    first = PdfReader(path).pages[0].mediabox
    assert (round(first.width), round(first.height)) == (595, 842)


def test_the_text_of_a_qr_code_is_opened_by_pasting_it(desk: Desk) -> None:
    studio = desk.workbench.studio
    known = studio.presets.starters()[3].design
    document = canonical_bytes(known.normalised())
    QGuiApplication.clipboard().setText(qr_text(document, studio.hash_of(known)))
    desk.press("paste_rings")
    assert studio.hash_of(desk.workbench.editor.design()) == studio.hash_of(known)
