"""What a viewer may not do in the library is greyed, and its tip says who may."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton

from luthier_desktop.services.studio import open_studio
from tests.ui.desk import OpenDesk
from tests.ui.library.library_steps import field, opened, said
from tests.ui.sign_in.shop import sign_in


def test_a_viewer_reads_everything_and_is_told_who_may_change_it(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    with open_studio(tmp_path / "data") as studio:
        studio.setup_edits.duplicate("setup_workshop", "Own")
        studio.operators.add("eva", "Eva", "lead")
        studio.operators.sign_in("eva", None)
        studio.operators.add("ida", "Ida", "viewer")
    desk = open_desk()
    library = opened(desk)
    buttons = {
        name: library.findChild(QPushButton, f"{name}Button")
        for name in ("new_entry", "duplicate_entry", "use_entry", "import_entry", "export_entry")
    }
    own = next(one for one in library._lists["setups"] if one.origin == "own")
    library.page().go_to(own.entry_id)
    for who, next_one in (("nobody is signed in", "Ida"), ("Ida is signed in as viewer", "Eva")):
        for button in buttons.values():
            assert button is not None
            assert (button.isEnabled(), who in button.toolTip()) == (False, True)
        widget = field(library, "tool.diameter_mm")
        assert isinstance(widget, QLineEdit)
        assert (widget.isReadOnly(), who in said(library, "libraryState")) == (True, True)
        library.close()
        desk.press("sign_in")
        sign_in(desk, next_one)
        desk.settle()
        opened(desk)
        library.page().go_to(own.entry_id)
    assert not widget.isReadOnly()
