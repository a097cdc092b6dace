"""The filters of the run log as options, for each command that chooses runs by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

_RISKS = ["GREEN", "YELLOW", "RED", "UNKNOWN"]
_SOURCES = ["window", "cli", "import", "legacy"]


def _many(name: str, text: str, choices: list[str] | None = None) -> Callable[..., Any]:
    kind = None if choices is None else click.Choice(choices, case_sensitive=False)
    metavar = name.upper() if choices is None else None
    return click.option(f"--{name}", type=kind, multiple=True, metavar=metavar, help=text)


_OPTIONS = (
    _many("mode", "The mode, such as art_studio."),
    _many("tool", "The tool's id."),
    _many("risk", "The verdict.", _RISKS),
    _many("status", "OK, BLOCKED or ERROR."),
    _many("source", "Where it was done.", _SOURCES),
    _many("event", "What was done, such as feasibility.checked."),
    _many("operator", "Who did it."),
    _many("material", "A material's id."),
    _many("design", "A design's id, name or hash."),
    _many("tag", "A tag."),
    click.option("--text", metavar="WORDS", help="Words that stand in the record."),
    click.option(
        "--hidden", is_flag=True, default=None, help="The hidden and purged runs instead."
    ),
    click.option("--since", metavar="TIME", help="From this UTC day or time: 2026-01-22."),
    click.option("--until", metavar="TIME", help="To this UTC day or time."),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters of the run log, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given_filters(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters that were given."""
    return {name: value for name, value in filters.items() if value not in (None, ())}
