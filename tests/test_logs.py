from __future__ import annotations

import logging
from pathlib import Path

import pytest

from luthier_desktop import logs


def test_lines_go_to_the_file_and_nowhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with logs.logging_to(tmp_path, "luthier"):
        logging.getLogger("luthier_desktop.somewhere").warning("a line for the file")
    text = (tmp_path / "luthier.log").read_text(encoding="utf-8")
    assert "WARNING luthier_desktop.somewhere: a line for the file" in text
    assert capfd.readouterr() == ("", "")


def test_without_a_line_there_is_no_file(tmp_path: Path) -> None:
    with logs.logging_to(tmp_path, "luthier"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_turned_over_before_it_grows_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2000)
    with logs.logging_to(tmp_path, "luthier"):
        for number in range(200):
            logging.getLogger("luthier_desktop").info("line %s of two hundred", number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["luthier.log", "luthier.log.1", "luthier.log.2", "luthier.log.3"]


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "taken" / "luthier.log").mkdir(parents=True)
    for place in (tmp_path / "file" / "state", tmp_path / "taken"):
        with logs.logging_to(place, "luthier"):
            logging.getLogger("luthier_desktop").warning("lost")
    assert capfd.readouterr() == ("", "")
