"""Windows over a shop of three; the PINs are hashed once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.desk import SIMPLE_DESIGN, Desk
from tests.ui.sign_in.shop import ROSA_PIN, make_shop


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
    """A window where nobody is signed in."""
    desk = Desk(tmp_path, SIMPLE_DESIGN)
    yield desk
    desk.close()


@pytest.fixture
def as_rosa(shop: Desk) -> Desk:
    """A window where Rosa, a lead, is signed in."""
    return signed_in(shop, "rosa", ROSA_PIN)


@pytest.fixture
def as_ida(shop: Desk) -> Desk:
    """A window where Ida, a viewer, is signed in."""
    return signed_in(shop, "ida")


def signed_in(desk: Desk, operator_id: str, pin: str = "") -> Desk:
    desk.workbench.signing._try(operator_id, pin)
    desk.settle()
    return desk
