"""Entries and lists of runs that were never recorded, for tests of the model alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui.run_log.columns import COLUMNS
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_order import RunOrder


def entry(seq: int, **members: object) -> RunEntry:
    plain = {
        "run_id": f"run_{seq}",
        "created_at_utc": "2026-01-22T10:11:12.123456Z",
        "event_type": "feasibility.checked",
        "mode": "art_studio",
        "tool_id": None,
        "status": "OK",
        "risk_level": "GREEN",
        "score": 97.25,
        "warnings": 0,
        "source": "window",
        "operator": "owner",
        "seq": seq,
        "damaged": False,
        "design_id": None,
        "design_name": "Rose",
        "design_sha256": None,
        "material_ids": ("holly", "pear"),
        "tags": (),
        **members,
    }
    return RunEntry.model_validate(plain)


def bits(seqs: Iterable[int]) -> int:
    found = 0
    for seq in seqs:
        found |= 1 << seq
    return found


def newest_first(seqs: Iterable[int]) -> RunOrder:
    ordered = sorted(seqs, reverse=True)
    return RunOrder(array("q", ordered), bits(ordered))


def oldest_first(seqs: Iterable[int]) -> RunOrder:
    ordered = sorted(seqs)
    return RunOrder(array("q", ordered), bits(ordered), falls=False)


def as_sorted(seqs: Sequence[int]) -> RunOrder:
    return RunOrder(array("q", seqs), bits(seqs), by_number=False)


def filled(order: RunOrder) -> RunModel:
    """Return a model that is given at once whatever it asks for."""
    model = RunModel()
    model.wanted.connect(lambda wanted: model.put_entries(entry(seq) for seq in wanted))
    model.show_order(order)
    return model


def texts(model: RunModel, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(len(COLUMNS))]
