"""Who records, where and with what: told once a session, in its first event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from luthier_desktop.domain.operators import OWNER, Operator
from luthier_desktop.domain.run import Source
from luthier_desktop.storage.ledger import Ledger, NewEvent, Stamp

_CLOCK_TOLERANCE = timedelta(seconds=120)


@dataclass(frozen=True)
class Session:
    """One start of the program or of a command; *acting* says who acts at the moment."""

    source: Source
    host: str
    os_user: str
    app_version: str
    acting: Callable[[], Operator] = lambda: OWNER

    def told(self) -> dict[str, Any]:
        """Return what ``session.started`` says: the only place of host and OS user."""
        return {
            "source": self.source,
            "host": self.host,
            "os_user": self.os_user,
            "app_version": self.app_version,
        }


class Journal:
    """Appends the events of one session; the first is preceded by ``session.started``."""

    def __init__(
        self,
        ledger: Ledger,
        session: Session,
        now: Callable[[], str],
        token: Callable[[int], str],
    ) -> None:
        self._ledger = ledger
        self._session = session
        self._now = now
        self._token = token
        self._session_id: str | None = None
        self._latest_utc = ""

    @property
    def has_recorded(self) -> bool:
        """Tell whether this session has written anything."""
        return self._session_id is not None

    def append(
        self, new: NewEvent, operator: Operator | None = None, after: Sequence[Path] = ()
    ) -> int:
        """Write *new* in the name of *operator*, else of the session's, and return its number.

        The names in the directories *after* are made durable before the event is visible.

        Raises:
            StorageFailed: The event is not known to be saved.
        """
        if self._session_id is None:
            self._session_id = self._begin()
        stamp = self._stamp(operator, self._session_id)
        self._tell_regressed(stamp)
        return self._ledger.append(new, stamp, after)

    def _begin(self) -> str:
        """Tell who records where; a session that records nothing leaves no event."""
        session_id = self._token(16)
        last = self._ledger.read(self._ledger.last_seq())
        self._latest_utc = str(last.members["at_utc"]) if last and last.members else ""
        stamp = self._stamp(None, session_id)
        self._ledger.append(NewEvent("session.started", row=self._session.told()), stamp)
        self._tell_regressed(stamp)
        return session_id

    def _tell_regressed(self, stamp: Stamp) -> None:
        """Tell when the clock stands before the event that came last, and go on from there."""
        before, self._latest_utc = self._latest_utc, stamp.at_utc
        if _is_behind(stamp.at_utc, before):
            row = {"last_event_utc": before, "now_utc": stamp.at_utc}
            self._ledger.append(NewEvent("clock.regressed", row=row), stamp)

    def _stamp(self, operator: Operator | None, session_id: str) -> Stamp:
        who = operator or self._session.acting()
        return Stamp(self._now(), who.operator_id, who.auth, session_id)


def _is_behind(now_utc: str, before_utc: str) -> bool:
    try:
        behind = datetime.fromisoformat(before_utc) - datetime.fromisoformat(now_utc)
    except (ValueError, TypeError):
        return False
    return behind > _CLOCK_TOLERANCE
