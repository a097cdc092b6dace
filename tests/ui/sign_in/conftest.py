"""Windows over a shop of four; the PINs are hashed once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.desk import SIMPLE_DESIGN, Desk, make_active
from tests.ui.sign_in.shop import make_shop


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shop that the others are copied from."""
    return tmp_path_factory.mktemp("shop")


@pytest.fixture
def code(template: Path, tmp_path: Path) -> str:
    """Put a shop into the folder of the test; the recovery code of Rosa."""
    return make_shop(template, tmp_path)


@pytest.fixture
def shop(code: str, tmp_path: Path) -> Iterator[Desk]:
    """A window over a shop of its own, where nobody is signed in."""
    desk = Desk(tmp_path, SIMPLE_DESIGN)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def shared(
    qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """One window for all tests of a module that change nothing about the operators."""
    folder = tmp_path_factory.mktemp("shared")
    make_shop(template, folder)
    desk = Desk(folder, SIMPLE_DESIGN)
    desk.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield desk
    desk.close()


@pytest.fixture
def counter(shared: Desk) -> Desk:
    """The shared window, where nobody is signed in and nothing is open."""
    signing = shared.workbench.signing
    signing.sign_out()
    signing._last_id = ""
    shared.settle()
    make_active(shared.window)
    return shared


@pytest.fixture
def as_eva(counter: Desk) -> Desk:
    """The shared window, with Eva signed in: a lead without a PIN."""
    return signed_in(counter, "eva")


def signed_in(desk: Desk, operator_id: str, pin: str = "") -> Desk:
    """Sign somebody in without the dialog."""
    desk.workbench.signing._try(operator_id, pin)
    desk.settle()
    return desk
