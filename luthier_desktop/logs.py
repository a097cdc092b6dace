"""The program's own log file, for finding bugs; the record of runs is something else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER_NAME = "luthier_desktop"
MOST_BYTES = 1_000_000
KEPT_FILES = 3


def set_up(state_dir: Path, name: str) -> logging.Handler:
    """Send everything that is logged to ``{state_dir}/{name}.log``; nothing goes to stderr.

    Where the file cannot be written the log is dropped: a log must never stop the work.
    """
    handler = _file_handler(state_dir, name)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    )
    logger = logging.getLogger(LOGGER_NAME)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    return handler


def take_down(handler: logging.Handler) -> None:
    """Close what `set_up` opened."""
    logger = logging.getLogger(LOGGER_NAME)
    logger.removeHandler(handler)
    logger.propagate = True
    handler.close()


@contextmanager
def logging_to(state_dir: Path, name: str) -> Iterator[None]:
    """Log to ``{state_dir}/{name}.log`` while the block runs."""
    handler = set_up(state_dir, name)
    try:
        yield
    finally:
        take_down(handler)


class _QuietFile(RotatingFileHandler):
    """A rotating file that drops a line it cannot write, such as on a full disk."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Stay silent: stderr belongs to the one sentence of an error."""


def _file_handler(state_dir: Path, name: str) -> logging.Handler:
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
        return _QuietFile(
            state_dir / f"{name}.log",
            maxBytes=MOST_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        return logging.NullHandler()
