"""Trying a PIN: wrong ones are events, and after five of them nobody may try for a while."""

from __future__ import annotations

from collections.abc import Callable

from luthier_desktop.domain.errors import NotAllowed
from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.domain.pins import as_typed, wait_s
from luthier_desktop.services.clock import Clock
from luthier_desktop.services.operator_log import (
    PIN_FAILED,
    OperatorLog,
    OperatorRow,
    Told,
    locked_until_utc,
)
from luthier_desktop.services.pin_files import PinFile, is_right, plain_code, read_pin_file
from luthier_desktop.storage.store import Store


class PinTrial:
    """Compares what was typed with what is kept; each failure is durable before it is told."""

    def __init__(self, store: Callable[[], Store], log: OperatorLog, clock: Clock) -> None:
        self._store = store
        self._log = log
        self._clock = clock

    def require(self, told: Told, pin: str | None) -> None:
        """Let somebody pass with the right PIN, or without one where none is set.

        Raises:
            NotAllowed: They are disabled, the PIN is wrong or missing, or nobody may try now.
            RecordDamaged: The file with the PIN is damaged.
            StorageFailed: A wrong PIN could not be recorded, so nothing was tried.
        """
        profile = told.profile
        self._require_open(profile)
        if told.pin_path is None:
            return
        if pin is None:
            raise NotAllowed(f"{profile.name} has a PIN; type it to go on.")
        file = read_pin_file(self._store(), told.pin_path, profile.operator_id)
        if not is_right(file.pin, as_typed(pin)):
            self._fail(profile, "The PIN")

    def require_code(self, told: Told, code: str) -> PinFile:
        """Let somebody pass with the recovery code.

        Raises:
            NotAllowed: There is no code, it is wrong, or nobody may try now.
            RecordDamaged: The file with the code is damaged.
        """
        profile = told.profile
        self._require_open(profile)
        if told.pin_path is None:
            raise NotAllowed(f"{profile.name} has no PIN, so there is no recovery code.")
        file = read_pin_file(self._store(), told.pin_path, profile.operator_id)
        if file.recovery is None:
            raise NotAllowed(f"{profile.name} has no recovery code; a lead can set a new PIN.")
        if not is_right(file.recovery, plain_code(code)):
            self._fail(profile, "The recovery code")
        return file

    def _require_open(self, profile: OperatorProfile) -> None:
        if profile.disabled:
            raise NotAllowed(f"{profile.name} is disabled; a lead can change that.")
        until = locked_until_utc(profile, self._clock.now())
        if until is not None:
            raise NotAllowed(
                f"{profile.failures} wrong PINs for {profile.name}: the next one is looked at "
                f"after {until[11:19]} UTC."
            )

    def _fail(self, profile: OperatorProfile, what: str) -> None:
        row = OperatorRow(operator_id=profile.operator_id)
        self._store().record_event(PIN_FAILED, row.plain())
        told = self._log.staff().people.get(profile.operator_id)
        failures = told.profile.failures if told else profile.failures + 1
        wait = wait_s(failures)
        after = f" The next one is looked at after {wait} s." if wait else ""
        raise NotAllowed(f"{what} of {profile.name} is wrong.{after}")
