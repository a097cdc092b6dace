"""Batches of designs: looked through once as a whole, then read one design at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.batch_forms import MOST_DESIGNS, BatchItem, form_of
from luthier_desktop.storage.incoming import named, open_regular_file, state_of
from luthier_desktop.storage.parsing import BATCH_LIMITS

__all__ = ["MOST_DESIGNS", "Batch", "BatchAnswer", "BatchItem", "Batches"]


@dataclass(frozen=True)
class BatchAnswer:
    """The answer to one design: a summary, or an error when it was refused."""

    index: int
    design_name: str | None
    summary: dict[str, Any] | None
    error: dict[str, Any] | None


class Batch:
    """The designs of one batch; each is read when its turn comes."""

    def __init__(self, source: Path | BinaryIO, what: str) -> None:
        self._source = source
        self._what = what
        with self._opened() as file:
            self._seen = _state(file)
            self._form = form_of(file, what)

    def __len__(self) -> int:
        """Return how many designs the batch holds."""
        return len(self._form)

    def __iter__(self) -> Iterator[BatchItem]:
        """Read the designs in order.

        Raises:
            InputRefused: The file was changed since it was looked through.
        """
        with self._opened() as file:
            if _state(file) != self._seen:
                raise InputRefused(
                    f"{self._what}: the file was changed while it was read; try again."
                )
            yield from self._form.items(file)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if isinstance(self._source, Path):
            with open_regular_file(self._source, self._what, BATCH_LIMITS) as file:
                yield file
        else:
            yield self._source


def _state(file: BinaryIO) -> tuple[int, ...]:
    """Tell one state of a file from another; a file in memory has only its length."""
    if isinstance(file, BytesIO):
        return (file.getbuffer().nbytes,)
    return state_of(file)


class Batches:
    """Reads batch files: one JSON document, or JSON Lines with one design a line."""

    most_bytes = BATCH_LIMITS.size_bytes

    def read(self, source: bytes | Path | BinaryIO, what: str = "The batch") -> Batch:
        """Look through a batch; its designs are read from the source later, one by one.

        Raises:
            NotFound: There is no such file.
            InputRefused: The file as a whole is no batch; nothing of it is judged.
        """
        if isinstance(source, Path):
            return Batch(source, named("The batch", source))
        file = BytesIO(source) if isinstance(source, bytes) else source
        if file.seek(0, os.SEEK_END) > self.most_bytes:
            raise InputRefused(
                f"{what}: the document has more than {self.most_bytes:,} bytes; split it."
            )
        return Batch(file, what)
