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
    """The result of a verification; ``failed`` says why it could not run to its end.

    ``last_witness`` is the outside witness that covers most of the log and agrees with it,
    ``notes`` say what is worth knowing and no problem.
    """

    ok: Flag
    level: str
    events: int
    runs: int
    findings: tuple[LogFinding, ...]
    checkpoint: dict[str, Any] | None = None
    last_witness: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    failed: str | None = None

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data with every member, also those that are null."""
        return self.model_dump(mode="json")


class NotRestored(Value):
    """A file that a repair had to leave as it is, and why."""

    path: str
    reason: str


class RepairReport(Value):
    """What a repair brought back: the form of ``luthier logs repair``."""

    restored: tuple[str, ...]
    quarantined: tuple[str, ...]
    not_restored: tuple[NotRestored, ...]
    cancelled: Flag = False

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return self.model_dump(mode="json")


class Verified(Value):
    """A verification that ran to its end, as the event ``verify.finished`` tells it."""

    level: str
    at_utc: str
    events: int
    runs: int
    damage: int
    warnings: int
    infos: int
    witness: str | None = None

    @property
    def problems(self) -> int:
        """How much is not as it was recorded."""
        return self.damage + self.warnings


class Care(Value):
    """When the log was last verified: as a whole, and one thirtieth of its files."""

    whole: Verified | None = None
    part: Verified | None = None
