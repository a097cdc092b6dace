"""The answers of a batch, written one by one while the work goes on."""

from __future__ import annotations

import json
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from luthier_desktop.cli.session import write_lines
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.batches import BatchAnswer


class BatchOutput:
    """Writes summaries as they come; errors stand at the end of the same document."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._written = 0
        self._errors: list[str] = []
        self._cancelled = False

    def __enter__(self) -> Self:
        self._write('{"summaries": [')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Close the document in any case; Ctrl+C ends the work and keeps what was done."""
        if kind is not None and issubclass(kind, BrokenPipeError):
            return False
        self._cancelled = kind is not None
        errors = ", ".join(self._errors)
        cancelled = json.dumps(self._cancelled)
        self._write(f'\n], "errors": [{errors}], "cancelled": {cancelled}}}\n')
        if not self._as_json:
            write_lines(self._closing())
        return kind is KeyboardInterrupt

    def add(self, answer: BatchAnswer) -> None:
        """Write one answer."""
        if answer.error is not None:
            self._errors.append(json.dumps(answer.error, ensure_ascii=False))
            if not self._as_json:
                write_lines([f"{answer.index + 1:>5}  refused  {answer.error['message']}"])
            return
        if self._as_json:
            comma = "," if self._written else ""
            self._write(f"{comma}\n{json.dumps(answer.summary, ensure_ascii=False)}")
        else:
            write_lines([_line(answer)])
        self._written += 1

    @property
    def exit_code(self) -> int:
        """1 when a design was refused or the work was stopped, else 0."""
        return 1 if self._errors or self._cancelled else 0

    def _write(self, text: str) -> None:
        if self._as_json:
            click.echo(text.encode(), nl=False)

    def _closing(self) -> list[str]:
        stopped = "; stopped before the end" if self._cancelled else ""
        return [f"{self._written} judged, {len(self._errors)} refused{stopped}"]


def _line(answer: BatchAnswer) -> str:
    summary = answer.summary or {}
    score = summary["overall_score"]
    number = "     " if score is None else f"{score:5.1f}"
    name = shown(summary["suggestion_id"] or answer.design_name or "")
    run = summary["run_id"] or "not recorded"
    return f"{answer.index + 1:>5}  {summary['risk_bucket']:<7}  {number}  {run}  {name}".rstrip()
