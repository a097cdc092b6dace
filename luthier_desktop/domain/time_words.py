"""Times of a filter as people write them: a day, a minute, or a word such as ``week``.

What has no ``Z`` is meant in local time, as the run log shows its times; records are in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused

WORDS = ("today", "yesterday", "week", "month", "year")
"""The week begins on Monday; with ``until`` a word means the end of its span."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?", re.ASCII)
_UTC = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?Z", re.ASCII)
_AGO = re.compile(r"(\d{1,4})([hdw])", re.ASCII)
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_YEARS = range(1971, 3000)
_SECOND = timedelta(seconds=1)
_UTC_FORM = "%Y-%m-%dT%H:%M:%SZ"


class LocalClock(NamedTuple):
    """What time it is, and whose local time is meant; without a *zone* it is this machine's."""

    now: datetime
    zone: tzinfo | None = None

    def today(self) -> date:
        """Return the local day."""
        return self.now.astimezone(self.zone).date()

    def begin_utc(self, local: datetime) -> datetime:
        """Return the moment of a local time without a zone."""
        aware = local.replace(tzinfo=self.zone) if self.zone else local.astimezone()
        return aware.astimezone(UTC)


def require_time(text: str) -> None:
    """Refuse what is no time.

    Raises:
        InputRefused: It is none; the sentence says what one looks like.
    """
    if text in WORDS or _AGO.fullmatch(text):
        return
    plain = text.removesuffix("Z").replace(" ", "T")
    is_form = _DAY.fullmatch(text) or _MINUTE.fullmatch(text) or _UTC.fullmatch(text)
    if not is_form or not _is_on_the_calendar(plain):
        raise InputRefused(
            f"{text[:40]!r} is no time; write 2026-11-16, 2026-11-16T10:30, "
            f"{', '.join(WORDS)}, or 3d for three days ago."
        )


def _is_on_the_calendar(plain: str) -> bool:
    try:
        return datetime.fromisoformat(plain).year in _YEARS
    except ValueError:
        return False


def since_utc(text: str, clock: LocalClock) -> str:
    """Return the first moment that *text* means, in UTC.

    Raises:
        InputRefused: It is no time.
    """
    return _settled(text, clock, is_end=False)


def until_utc(text: str, clock: LocalClock) -> str:
    """Return the last second that *text* means, in UTC.

    Raises:
        InputRefused: It is no time.
    """
    return _settled(text, clock, is_end=True)


def written_since(utc: str, clock: LocalClock) -> str:
    """Write a UTC time as a local day where it is the beginning of one, else with its ``Z``."""
    return _written(utc, clock, is_end=False)


def written_until(utc: str, clock: LocalClock) -> str:
    """Write a UTC time as a local day where it is the end of one, else with its ``Z``."""
    return _written(utc, clock, is_end=True)


def _settled(text: str, clock: LocalClock, *, is_end: bool) -> str:
    require_time(text)
    if text.endswith("Z"):
        return text
    ago = _AGO.fullmatch(text)
    if ago:
        return _utc_text(clock.now - timedelta(**{_UNITS[ago[2]]: int(ago[1])}))
    first, following = _span(text, clock.today())
    return _utc_text(clock.begin_utc(following) - _SECOND if is_end else clock.begin_utc(first))


def _span(text: str, today: date) -> tuple[datetime, datetime]:
    """Return the local beginning of what *text* means, and of what follows it."""
    minute = _MINUTE.fullmatch(text)
    if minute:
        begin = datetime.fromisoformat(text.replace(" ", "T"))
        return begin, begin + (_SECOND if minute[3] else timedelta(minutes=1))
    first, following = _days(text, today)
    return datetime.combine(first, time()), datetime.combine(following, time())


def _days(text: str, today: date) -> tuple[date, date]:
    day = timedelta(days=1)
    if text == "week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(weeks=1)
    if text == "month":
        first = today.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1)
    if text == "year":
        return date(today.year, 1, 1), date(today.year + 1, 1, 1)
    if text in ("today", "yesterday"):
        meant = today if text == "today" else today - day
    else:
        meant = date.fromisoformat(text)
    return meant, meant + day


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_UTC_FORM)


def _written(utc: str, clock: LocalClock, *, is_end: bool) -> str:
    utc = utc if utc.endswith("Z") else f"{utc}Z"
    try:
        moment = datetime.strptime(utc, _UTC_FORM).replace(tzinfo=UTC)
    except ValueError:
        return utc
    day = moment.astimezone(clock.zone).date().isoformat()
    try:
        return day if _settled(day, clock, is_end=is_end) == utc else utc
    except InputRefused:
        return utc
