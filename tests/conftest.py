"""What holds for every test: no screen, no user directories, no stray log line."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("the same examples each time", derandomize=True)
settings.load_profile("the same examples each time")  # campaigns draw new ones
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the user's own

gc.set_threshold(50_000, 10, 4)
"""Python itself would look through all the tests again and again: an eighth of their time."""

OUR_VARIABLES = (
    "LUTHIER_DATA_DIR",
    "RMOS_RUNS_DIR",
    "ART_STUDIO_SNAPSHOTS_DIR",
    "CAM_BACKUP_DIR",
)
CORPORA = Path(
    os.environ.get("LUTHIER_CORPORA", Path(__file__).parents[2] / "shared" / "corpora")
)
SAMPLES = Path(
    os.environ.get("LUTHIER_SAMPLES", Path(__file__).parents[2] / "shared" / "samples")
)


def pytest_report_header() -> list[str]:
    """Say in a line each whether the public corpora and the samples are here."""
    corpora, samples = "corpora: found", "samples: found"
    if not CORPORA.is_dir():
        corpora = "corpora: not found, their tests are left out (set LUTHIER_CORPORA)"
    if not SAMPLES.is_dir():
        samples = "samples: not found, their tests are left out (set LUTHIER_SAMPLES)"
    return [corpora, samples]


def _live_in(home: Path, environment: pytest.MonkeyPatch) -> None:
    home.mkdir()
    for name in OUR_VARIABLES:
        environment.delenv(name, raising=False)
    environment.setenv("HOME", str(home))
    for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
        environment.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(scope="session", autouse=True)
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Paths of homes; counting them here spares a look through all earlier ones a test.

    The first is for what is made for a whole module or session.
    """
    folder = tmp_path_factory.mktemp("homes")
    homes = (folder / str(number) for number in count())
    with pytest.MonkeyPatch.context() as environment:
        _live_in(next(homes), environment)
        yield homes


@pytest.fixture(autouse=True)
def _own_directories(monkeypatch: pytest.MonkeyPatch, _homes: Iterator[Path]) -> None:
    """Keep every test away from the user's own data, cache, configuration and state."""
    _live_in(next(_homes), monkeypatch)


@pytest.fixture(autouse=True)
def _no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse without having asked for it.

    A test that expects such a line reads it from ``caplog`` and then calls ``caplog.clear()``.
    """
    yield
    stray = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING
    ]
    assert not stray, f"stray log lines: {stray}"
