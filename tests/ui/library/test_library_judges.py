"""What the library does to the design on the bench: by keys, in one window over one store."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QToolButton

from luthier_desktop.domain.workshop import TopPlate
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.design_editor.materials_field import MaterialChoice, MaterialsField
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_table import RingTable
from luthier_desktop.ui.library.library_window import LibraryWindow
from tests.ui.desk import Desk, make_active, press, wait_until
from tests.ui.library.library_steps import (
    chosen,
    field,
    keys,
    names,
    own_setup,
    said,
    text,
    typed,
)


def test_another_setup_judges_the_design_at_once_and_undo_switches_back(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    typed(library, "name", "Thin bit")
    typed(library, "tool.diameter_mm", "8")
    keys(shop, "Ctrl+S")
    before = shop.workbench.panel._scored
    library.page().table.setFocus()
    keys(shop, "Ctrl+U")
    after = shop.workbench.panel._scored
    assert before is not None
    assert after is not None
    assert (before.risk_bucket, after.risk_bucket) == ("GREEN", "RED")
    button = shop.find("setupButton")
    assert isinstance(button, QToolButton)
    assert "Thin bit" in button.text()
    keys(shop, "Ctrl+Z")
    assert "Starter" in button.text()
    again = shop.workbench.panel._scored
    assert again is not None
    assert again.risk_bucket == "GREEN"


def test_the_setup_is_switched_from_the_tool_bar_by_keys(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    library.close()
    make_active(shop.window)
    shop.press("switch_setup")
    menu = shop.find("setupMenu")
    assert isinstance(menu, QMenu)
    assert [action.isChecked() for action in menu.actions()[:2]] == [True, False]
    shop.workbench.workshop.follow()  # the log has grown: the list is read again beneath the hand
    shop.settle()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    shop.settle()
    button = shop.find("setupButton")
    assert button.accessibleName().strip("\u2068\u2069").endswith("(copy)")
    wait_until(lambda: [one.isChecked() for one in menu.actions()[:2]] == [False, True])


def test_what_another_program_puts_in_use_judges_here(shop: Desk, library: LibraryWindow) -> None:
    with open_studio(shop.data_dir) as other:
        made = other.setup_edits.duplicate("setup_workshop", "From elsewhere")
        other.setup_edits.apply(made.setup_id, {"tool.diameter_mm": 8.0})
        other.setups.use(other.setups.find()[1].document["setup_id"])
    wait_until(lambda: "From elsewhere" in shop.find("setupButton").accessibleName())
    shop.settle()
    scored = shop.workbench.panel._scored
    assert scored is not None
    assert scored.risk_bucket == "RED"
    assert "From elsewhere" in names(library)


def test_advice_is_used_as_one_step(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    library.open_page("cuts")
    assert "1080 mm/min is inside" in said(library, "adviceWords1")
    assert "±50 %" in said(library, "adviceWords3")
    use = library.findChild(QPushButton, "useAdvice")
    assert use is not None
    use.setFocus()
    press("Space")
    assert (text(library, "cut.feed_mm_min"), text(library, "cut.stepdown_mm")) == (
        "1400 mm/min", "1.40 mm",
    )  # fmt: skip
    assert not use.isEnabled()
    library.page().table.setFocus()
    keys(shop, "Ctrl+Z")
    assert text(library, "cut.feed_mm_min") == "1080 mm/min"


def test_advice_on_the_starter_makes_a_copy_in_its_place(
    shop: Desk, library: LibraryWindow
) -> None:
    library.open_page("cuts")
    use = library.findChild(QPushButton, "useAdvice")
    assert use is not None
    use.click()
    shop.settle()
    assert (chosen(library).origin, chosen(library).in_use) == ("own", True)
    assert text(library, "cut.feed_mm_min") == "1400 mm/min"


def test_a_new_wood_can_be_chosen_for_a_top_at_once(shop: Desk, library: LibraryWindow) -> None:
    library.open_page("tops")
    library.open_page("materials")
    shop.settle()
    library.page().go_to("sitka_spruce")
    library.page().table.setFocus()
    keys(shop, "Ctrl+D")
    library.open_page("tops")
    wood = field(library, "top.material_id")
    assert isinstance(wood, QComboBox)
    assert wood.findData("sitka_spruce_own") > 0


def seen_in_editor(desk: Desk) -> tuple[QImage, str, str]:
    """Return the drawing, and the wood of the first ring in the table and in the inspector."""
    editor = desk.workbench.editor
    wait_until(lambda: editor.canvas.picture.is_exact)
    model = editor.findChild(RingTable).model()
    choice = editor.findChild(MaterialsField).findChild(MaterialChoice)
    assert choice is not None
    named = str(model.index(0, Column.MATERIALS).data())
    return editor.canvas.grab().toImage(), named, choice.currentText()


def test_a_new_and_a_changed_wood_are_drawn_and_named_on_the_bench_at_once(
    shop: Desk, library: LibraryWindow
) -> None:
    editor = shop.workbench.editor
    first, *others = editor.design().ring_params
    ring = first.model_copy(update={"materials": ("koa_own",)})
    design = editor.design().with_rings((ring, *others))
    top = (design.top or TopPlate()).model_copy(update={"material_id": "koa_own"})
    editor.set_design(design.model_copy(update={"top": top}), "own wood")
    editor.document.select(ring.identity)
    shop.settle()
    unknown = seen_in_editor(shop)
    library.open_page("materials")
    shop.settle()
    library.page().go_to("koa")
    library.page().table.setFocus()
    keys(shop, "Ctrl+D")
    new = seen_in_editor(shop)
    assert (unknown[1:], new[1:]) == (("Koa own", "Koa own"), ("Koa (own)", "Koa (own)"))
    assert new[0] != unknown[0]
    typed(library, "name", "Koa of the yard")
    typed(library, "look.finished", "#203a8c")
    keys(shop, "Ctrl+S")
    changed = seen_in_editor(shop)
    assert changed[1:] == ("Koa of the yard", "Koa of the yard")
    assert changed[0] != new[0]
    editor.undo_stack.undo()
