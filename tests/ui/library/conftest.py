"""The library over one store, for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui import units
from luthier_desktop.ui.library.library_window import LibraryWindow
from tests.ui.desk import Desk
from tests.ui.library.library_steps import asked, opened


@pytest.fixture(scope="module")
def shop(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("library"))
    yield desk
    desk.window.may_close = None
    desk.close()


@pytest.fixture
def library(shop: Desk) -> Iterator[LibraryWindow]:
    """The window at its first page, every change given up and the starter in use at the end."""
    yield opened(shop)
    window = shop.workbench.workshop.library
    assert window is not None
    window.discard_all()
    units.use(Unit.MM)
    if asked(shop, partial(put_back, shop.workbench.studio)):
        window.reload()
        shop.settle()
    window.close()


def put_back(studio: Studio) -> int:
    """Leave nothing but the starter, in use; return how many others there were."""
    studio.setups.use("setup_workshop")
    others = studio.setups.find()[1:]
    for kept in others:
        if kept.document["locked"]:
            studio.setup_edits.unlock(kept.document["setup_id"])
        studio.setup_edits.remove(kept.document["setup_id"], "the test is over")
    return len(others)
