from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.services.studio import Studio, open_studio
from tests.conftest import CORPORA
from tests.services.builders import FakeClock

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
