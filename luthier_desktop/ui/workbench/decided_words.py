"""The decisions that hold for what a run judged, each in a sentence."""

from __future__ import annotations

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.gate import Ruling
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.workbench.gate_words import by

_LONGEST_REASON = 300


def decided_on(studio: Studio, run_id: str) -> tuple[str, ...]:
    """Say what was decided on the very request of a run; on the worker, for it reads the run."""
    try:
        request = studio.runs.get(run_id).artifact.hashes.request_sha256
        found = studio.decisions.in_force(request)
    except LuthierError:
        return ()  # that the run cannot be read is told where it is shown
    newest = {(one.check, one.ring_index): one for one in reversed(found.rulings)}
    return (*map(_told, newest.values()), *found.warnings)


def _told(ruling: Ruling) -> str:
    rule = RULES.get(ruling.check)
    title = rule.title if rule else shown(ruling.check)
    place = title if ruling.ring_index is None else f"{title}, ring {ruling.ring_index}"
    reason = shown(" ".join(ruling.reason.split()), _LONGEST_REASON)
    return f"{by(ruling)}: “{place}”. Reason: {reason}"
