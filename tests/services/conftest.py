from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.services.studio import Studio, open_studio
from tests.conftest import CORPORA
from tests.services.backup_shops import (
    Made,
    backed_up,
    bytes_below,
    fill,
    own_bit,
    studio_over,
    use_new_setup,
)
from tests.services.builders import FakeClock
from tests.services.share_forgery import OtherClock

collect_ignore_glob = [] if CORPORA.is_dir() else ["test_*_corpus.py"]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def studio(data_dir: Path, clock: FakeClock) -> Iterator[Studio]:
    with open_studio(data_dir, clock=clock) as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Studio]:
    """A shop with a setup and a bit of its own."""
    with studio_over(tmp_path) as studio:
        use_new_setup(studio, "Old machine")
        own_bit(studio)
        yield studio


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    (folder / "stick").mkdir()
    with studio_over(folder) as studio:
        fill(studio)
        backup = backed_up(studio, folder / "stick")
    return Made(folder, backup, bytes_below(folder / "data"))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Studio]:
    with open_studio(tmp_path / "other", clock=OtherClock()) as opened:
        yield opened
