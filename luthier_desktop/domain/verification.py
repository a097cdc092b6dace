"""What a verification of the log found: the form of ``luthier logs verify``."""

from __future__ import annotations

from typing import Any, Literal

from luthier_desktop.domain.base import Flag, Value

Severity = Literal["damage", "warning", "info"]


class LogFinding(Value):
    """One thing found in the store: what it means and what to do."""

    code: str
    severity: Severity
    path: str | None
    seq: int | None
    message: str
    advice: str


class VerifyReport(Value):
    """The result of a verification; ``failed`` says why it could not run to its end."""

    ok: Flag
    level: str
    events: int
    runs: int
    findings: tuple[LogFinding, ...]
    checkpoint: dict[str, Any] | None = None
    failed: str | None = None

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data with every member, also those that are null."""
        return self.model_dump(mode="json")
