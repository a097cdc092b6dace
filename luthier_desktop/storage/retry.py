"""Trying again for a short while what another program hinders: a file it holds, a busy index."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")
WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""How long to wait before each further attempt; after the last one the error stands."""


def retry_while(
    busy: Callable[[BaseException], bool],
    attempt: Callable[[], Result],
    waits_s: tuple[float, ...] = WAITS_S,
    sleep: Callable[[float], None] | None = None,
) -> Result:
    """Return what *attempt* returns; while it fails and *busy* says so, wait and try again.

    An error that *busy* does not know, and the last one, go to the caller as they are.
    """
    try:
        return attempt()
    except Exception as error:
        if not busy(error):
            raise
    return _patiently(busy, attempt, waits_s, sleep or time.sleep)


def _patiently(
    busy: Callable[[BaseException], bool],
    attempt: Callable[[], Result],
    waits_s: tuple[float, ...],
    sleep: Callable[[float], None],
) -> Result:
    import tenacity  # only here: what is hardly ever needed must not slow each start down

    sleep(waits_s[0])
    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(len(waits_s)),
        wait=tenacity.wait_chain(*map(tenacity.wait_fixed, waits_s[1:] or waits_s)),
        retry=tenacity.retry_if_exception(busy),
        sleep=sleep,
        reraise=True,
    )
    return retrying(attempt)
