"""An operator in words: name and role, when last used, and how long nobody may try."""

from __future__ import annotations

from datetime import UTC, datetime

from luthier_desktop.domain.operators import Operator, OperatorProfile
from luthier_desktop.ui.messages import shown

_LONGEST_NAME = 28


def who(operator: Operator | OperatorProfile) -> str:
    """Return name and role: "Rosa (lead)"."""
    return f"{shown(operator.name, _LONGEST_NAME)} ({operator.role})"


def last_used(profile: OperatorProfile) -> str:
    """Say when somebody signed in last, by this machine's clock; "never" when they did not."""
    if profile.last_used_utc is None:
        return "never"
    moment = datetime.fromisoformat(profile.last_used_utc).astimezone()
    return f"{moment:%Y-%m-%d %H:%M}"


def state(profile: OperatorProfile) -> str:
    """Say whether somebody may sign in now."""
    if profile.disabled:
        return "disabled"
    return "locked" if seconds_left(profile) else "active"


def seconds_left(profile: OperatorProfile) -> int:
    """Return for how many seconds no PIN of theirs is looked at, rounded up."""
    if profile.locked_until_utc is None:
        return 0
    left = datetime.fromisoformat(profile.locked_until_utc) - datetime.now(UTC)
    return max(0, -int(-left.total_seconds() // 1))


def wait(profile: OperatorProfile) -> str:
    """Say how long it takes until a PIN is looked at again; "" when it is now."""
    left = seconds_left(profile)
    if not left:
        return ""
    tries = f"{profile.failures} wrong PINs in a row"
    return f"{tries}: the next one can be tried in {left // 60}:{left % 60:02d}."
