"""Who works now: the owner alone, somebody who signed in, or nobody; and what they may do."""

from __future__ import annotations

from collections.abc import Callable

from luthier_desktop.domain.errors import LuthierError, NotAllowed
from luthier_desktop.domain.operators import OWNER, SIGNED_OUT, Operator
from luthier_desktop.domain.permissions import Right, refusal
from luthier_desktop.services.operator_log import REFUSED, OperatorLog
from luthier_desktop.storage.store import Store


class Actor:
    """The one holder of who acts; every service asks it before it does what is not for all.

    Without operators set up the owner acts; with them, nobody does until one signs in. An
    *operator* who is given acts from the start: a second process of the same window.
    """

    def __init__(
        self, records: Callable[[], Store | None], operator: Operator | None = None
    ) -> None:
        self._records = records
        self._log = OperatorLog(records)
        self._operator = operator or OWNER

    @property
    def operator(self) -> Operator:
        """Who acts as last known; the store is not opened for that."""
        return self._operator

    def look(self) -> Operator:
        """Return who acts now, with what was changed about them meanwhile.

        Where operators were set up the owner is nobody, and so is who was disabled.
        """
        staff = self._log.staff()
        told = staff.people.get(self._operator.operator_id)
        if told is not None:
            now = told.profile
            change = {"name": now.name, "role": now.role}
            self._operator = (
                SIGNED_OUT if now.disabled else self._operator.model_copy(update=change)
            )
        elif self._operator == OWNER and staff.is_set_up:
            self._operator = SIGNED_OUT
        return self._operator

    def take_over(self, operator: Operator) -> None:
        """Let *operator* act from now on."""
        self._operator = operator

    def require(self, right: Right) -> Operator:
        """Return who acts when they have the right.

        Raises:
            NotAllowed: They have it not; where the log can be written, an event says so.
        """
        operator = self.look()
        refused = refusal(operator, right)
        if refused:
            self._note(operator, right)
            raise NotAllowed(refused)
        return operator

    def _note(self, operator: Operator, right: Right) -> None:
        """Record the refusal; that it cannot be recorded changes nothing about it."""
        store = self._records()
        if store is None or not store.state.writable:
            return
        try:
            store.record_event(REFUSED, {"operator_id": operator.operator_id, "right": right})
        except LuthierError:
            return
