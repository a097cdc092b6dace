"""What every command shares: its options, where it reads, how it answers."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.errors import InputRefused, NotFound, StorageFailed

if TYPE_CHECKING:
    from luthier_desktop.services.studio import Studio

STANDARD_INPUT = "-"


@dataclass
class Session:
    """The options that every command has."""

    data_dir: Path | None
    as_json: bool
    operator: str | None = None
    pin_fd: int | None = None

    def studio(self) -> Studio:
        """Open the services; used as ``with session.studio() as studio``.

        Raises:
            NotFound: There is no such operator.
            NotAllowed: The PIN is wrong or missing, or nobody may try now.
        """
        from luthier_desktop.cli.signing_in import sign_in
        from luthier_desktop.services.studio import open_studio

        studio = open_studio(self.data_dir, source="cli")
        if self.operator is not None:
            sign_in(studio, self.operator, lambda: self.pin)
        return studio

    @cached_property
    def pin(self) -> str | None:
        """The operator's PIN from the descriptor or the prompt; None where neither is.

        Raises:
            InputRefused: The descriptor cannot be read, or holds no PIN.
        """
        from luthier_desktop.cli.signing_in import typed_pin

        return typed_pin(f"PIN of {self.operator}", self.pin_fd)

    def answer(self, document: Any, lines: Iterable[str]) -> None:
        """Print the one JSON document, or the lines for people."""
        if self.as_json:
            write_json(document)
        else:
            write_lines(lines)


def remark(sentence: str) -> None:
    """Say something besides the answer, on stderr."""
    click.echo(f"luthier: {in_full(sentence)}", err=True)


def remark_problems(studio: Studio, *, records: bool = True) -> None:
    """Say what was left out of the catalogue, and before recording what endangers the log."""
    studio.catalogue.look()
    dangers = (studio.space_warning(), studio.alarm()) if records else ()
    for problem in (*studio.catalogue.problems(), *dangers):
        if problem:
            remark(problem)


def require_log(studio: Studio) -> None:
    """Refuse to read where there is no log, so that a mistyped folder gets none.

    Raises:
        StorageFailed: There is none.
    """
    if not studio.has_log():
        raise StorageFailed(f"There is no log in {studio.data_dir}; check the folder's name.")


def look_for_log(studio: Studio) -> bool:
    """Tell whether there is a log to list; say so where there is none, and make none.

    Raises:
        StorageFailed: There can be none, for a file stands in the way.
    """
    if studio.has_log():
        return True
    place = studio.data_dir
    if any(folder.exists() and not folder.is_dir() for folder in (place, *place.parents)):
        require_log(studio)
    remark(f"There is no log in {place} yet; check the folder's name if there should be one.")
    return False


def look_for_named_log(session: Session, studio: Studio) -> None:
    """Do as `look_for_log` where ``--data-dir`` names a folder; a fresh program has its starters.

    Raises:
        StorageFailed: There can be none, for a file stands in the way.
    """
    if session.data_dir is not None:
        look_for_log(studio)


def require_log_of(studio: Studio, what: str) -> None:
    """Refuse to show *what* where there is no log.

    Raises:
        NotFound: There is no log.
        StorageFailed: There can be none, for a file stands in the way.
    """
    if not look_for_log(studio):
        raise NotFound(f"There is no {in_full(what)}, for there is no log.")


_pin_fd = click.option(
    "--pin-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the operator's PIN from this file descriptor; else it is asked for.",
)


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of every command, as a `Session` in the first place."""

    @click.option("--operator", metavar="ID", help="Who acts, where operators are set up.")
    @_pin_fd
    @_with_place
    @functools.wraps(function)
    def run(
        data_dir: Path | None,
        as_json: bool,
        operator: str | None,
        pin_fd: int | None,
        **options: Any,
    ) -> Any:
        return function(Session(data_dir, as_json, operator, pin_fd), **options)

    return run


def with_reading_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Do as `with_session` for a command whose ``--operator`` is a filter."""

    @click.option("--as", "acting", metavar="ID", help="Who acts; --operator is a filter here.")
    @_pin_fd
    @_with_place
    @functools.wraps(function)
    def run(
        data_dir: Path | None,
        as_json: bool,
        acting: str | None,
        pin_fd: int | None,
        **options: Any,
    ) -> Any:
        return function(Session(data_dir, as_json, acting, pin_fd), **options)

    return run


def _with_place(function: Callable[..., Any]) -> Callable[..., Any]:
    json_flag = click.option(
        "--json", "as_json", is_flag=True, help="Answer with one JSON document."
    )
    place = click.option(
        "--data-dir",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The data directory; else LUTHIER_DATA_DIR, else your own.",
    )
    return place(json_flag(function))


def source_of(argument: str, most_bytes: int) -> bytes | Path:
    """Return the bytes of standard input for ``-``, else the path."""
    if argument != STANDARD_INPUT:
        return Path(argument)
    return _standard_input().read(most_bytes + 1)


@contextmanager
def spooled_source(argument: str, most_bytes: int) -> Iterator[BinaryIO | Path]:
    """Give the path, or for ``-`` a file that holds standard input, to be read bit by bit."""
    if argument != STANDARD_INPUT:
        yield Path(argument)
        return
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        left = most_bytes + 1
        while left and (part := _standard_input().read(min(left, _PART_BYTES))):
            left -= file.write(part)
        yield file


_PART_BYTES = 2**20


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise InputRefused("Standard input is closed; pipe the document in or name a file.")
    return sys.stdin.buffer


def write_json(document: Any) -> None:
    """Write one JSON document in UTF-8, whatever the terminal's encoding is."""
    write_bytes(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False).encode())


def write_bytes(data: bytes) -> None:
    """Write bytes and a line end."""
    click.echo(data + b"\n", nl=False)


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for people: none can command the terminal, or hold what it cannot show."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    for line in map(in_full, lines):
        click.echo(line.encode(encoding, "backslashreplace").decode(encoding))


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Set rows in columns, two blanks apart, under their heads."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return [_columns(line, widths) for line in lines]


def members(pairs: Mapping[str, str]) -> list[str]:
    """Set names and values in two columns."""
    width = max(len(name) for name in pairs)
    return [f"{name:<{width}}  {value}".rstrip() for name, value in pairs.items()]


def _columns(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
