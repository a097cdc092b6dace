from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.services.clock import SystemClock, new_id, new_run_id, utc_text


def test_a_time_is_written_in_utc_with_six_decimals() -> None:
    east = timezone(timedelta(hours=14))
    assert utc_text(datetime(2026, 1, 23, 0, 11, 12, 5, tzinfo=east)) == (
        "2026-01-22T10:11:12.000005Z"
    )
    assert utc_text(datetime(2026, 1, 22, tzinfo=UTC)) == "2026-01-22T00:00:00.000000Z"


def test_the_system_clock_gives_times_and_ids_of_their_form() -> None:
    clock = SystemClock()
    now = clock.now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", now)
    run_id = new_run_id(clock, now)
    assert re.fullmatch(RUN_ID_PATTERN, run_id)
    assert run_id[4:12] == now[:10].replace("-", "")
    assert re.fullmatch(r"dsg_[0-9a-hjkmnp-tv-z]{16}", new_id(clock, "dsg"))


def test_ids_do_not_repeat() -> None:
    clock = SystemClock()
    assert len({clock.token(16) for _ in range(1000)}) == 1000
