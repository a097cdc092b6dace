"""What a decision run decided: which check, how, why, by whom, and whether it still counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.rules import RULES, RULES_VERSION, rules_document
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_rows import CheckRows, rows_from_record

_DONE = {"decision.accepted": "Accepted", "decision.overridden": "Overridden"}
_LONGEST = 1000
_AUTH = {"none": "no PIN was asked for", "pin": "with PIN", "os": "as the system's user"}


class Decided(NamedTuple):
    """One decision as its run tells it; *standing* says whether it is in force."""

    done: str
    check: str
    ring_index: int | None
    status: str
    value: Any
    message: str
    reason: str
    by: str
    standing: str
    rules_version: Any

    @property
    def place(self) -> str:
        """Name the check by its title, and its ring."""
        rule = RULES.get(self.check)
        title = f"{rule.title} ({self.check})" if rule else shown(self.check)
        return title if self.ring_index is None else f"{title}, ring {self.ring_index}"

    @property
    def sentence(self) -> str:
        """Say all of it."""
        said = f"{self.done}: {self.place}, {self.status.lower()}. Reason: {self.reason}"
        parts = (said.rstrip("."), f"By {self.by}", self.standing.rstrip("."))
        return "".join(f"{part}. " for part in parts if part).rstrip()

    def rows(self) -> CheckRows:
        """Return the check as it was when it was decided on, with its rule if that is known."""
        check = {
            "id": self.check,
            "ring_index": self.ring_index,
            "status": self.status,
            "value": self.value,
            "message": self.message,
        }
        rules = rules_document() if self.rules_version == RULES_VERSION else {}
        rows = rows_from_record({"checks": [check]}, rules)
        made = Decision(made=f"{self.done}: {self.reason}", by=self.by)
        return rows._replace(decisions={(self.check, self.ring_index): made})


def decided_in(run: RunArtifact, standing: Callable[[str], str] | None) -> Decided | None:
    """Return what *run* decided; None when it is no decision."""
    done, details = _DONE.get(run.event_type), run.decision.details
    if done is None:
        return None
    ring = details.get("ring_index")
    operator, versions = run.operator, run.request.get("versions")
    return Decided(
        done,
        str(details.get("check")),
        ring if isinstance(ring, int) else None,
        str(details.get("status")),
        details.get("value"),
        str(details.get("message") or ""),
        shown(" ".join(str(details.get("reason")).split()), _LONGEST),
        f"{shown(operator.name)}, {operator.role}, {_AUTH[operator.auth]}",
        _told(standing, run.run_id),
        versions.get("rules_version") if isinstance(versions, Mapping) else None,
    )


def _told(standing: Callable[[str], str] | None, run_id: str) -> str:
    try:
        return standing(run_id) if standing else ""
    except LuthierError as error:
        return f"Whether it is in force is not known: {error.sentence}"
