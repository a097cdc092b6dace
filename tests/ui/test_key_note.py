"""The window says where the signing key is kept; that is a note, and no problem."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from luthier_desktop.services.studio import open_studio
from tests.services.builders import SMOKE, design
from tests.ui.desk import OpenDesk


def test_the_state_of_the_log_tells_where_the_key_is(tmp_path: Path, open_desk: OpenDesk) -> None:
    with open_studio(tmp_path / "data", source="window") as studio:
        studio.feasibility.check(design(**SMOKE))
    desk = open_desk()
    assert "The signing key is stored in a file: " in desk.window.state_label.toolTip()
    assert desk.window.state_label.text() == "Recording"
    assert desk.window.findChild(QWidget, "bannerText") is None
