"""Who may hide and who may purge."""

from __future__ import annotations

from pathlib import Path

import pytest

from luthier_desktop.domain.errors import NotAllowed
from luthier_desktop.domain.operators import Operator, Role
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.hiding import Hiding
from luthier_desktop.services.studio import Studio
from tests.services.builders import design


def hiding_as(studio: Studio, role: Role) -> Hiding:
    rosa = Operator(operator_id="op", name="Rosa", role=role, auth="none")
    return Hiding(studio.store, Actor(studio.store, rosa))


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("viewer", set()), ("operator", {"hide", "unhide"}), ("lead", {"hide", "unhide", "purge"})],
)
def test_each_role_may_do_what_is_written(studio: Studio, role: Role, allowed: set[str]) -> None:
    run_id = str(studio.feasibility.check(design()).run_id)
    hiding = hiding_as(studio, role)
    for deed in ("hide", "unhide", "purge"):
        events = studio.store().ledger.last_seq()
        if deed in allowed:
            assert getattr(hiding, deed)(run_id, "why").seq == events + 1
            continue
        with pytest.raises(NotAllowed, match="Rosa"):
            getattr(hiding, deed)(run_id, "why")
        assert studio.store().ledger.last_seq() == events + 1  # the refusal is told


def test_the_baseline_keeps_its_verdict(studio: Studio, data_dir: Path) -> None:
    from luthier_desktop.domain.snapshot import SnapshotDetails

    saved = studio.snapshots.save(design(), SnapshotDetails(name="Rose"))
    studio.store().record_event("baseline.set", {"snapshot_id": saved.snapshot_id})
    with pytest.raises(NotAllowed, match="is the baseline"):
        studio.hiding.purge(saved.run_id, "why")
    assert studio.runs.ids(RunQuery()) == [saved.run_id]
