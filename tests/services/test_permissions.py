"""The matrix: every public method of every service, every role and nobody signed in."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from luthier_desktop.domain.errors import LuthierError, NotAllowed
from luthier_desktop.domain.operators import ROLES, SIGNED_OUT
from luthier_desktop.domain.permissions import RIGHTS, Right, may, refusal
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.feeds import Work
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import FakeClock, cut, design, design_bytes

PIN = "482913"
STARTER = "setup_workshop"
WHY = "the shop has decided so"
UNKNOWN_RUN = "run_20260122_0000000000000000"
UNKNOWN_SNAPSHOT = "snap_0000000000000000"
UNKNOWN_BACKUP = "cam_backup_20260122T101112_000000Z"
DETAILS = SnapshotDetails(name="Rose")

Call = Callable[[Studio, Path], Any]

RIGHTED: dict[str, tuple[Right, Call]] = {
    "backups.create": ("settings_backup", lambda s, _: s.backups.create()),
    "backups.create_if_changed": (
        "settings_backup", lambda s, _: s.backups.create_if_changed(WHY),
    ),
    "backups.before_change": ("settings_backup", lambda s, _: s.backups.before_change()),
    "backups.restore": ("restore_backup", lambda s, _: s.backups.restore(UNKNOWN_BACKUP)),
    "backups.delete": ("delete_backup", lambda s, _: s.backups.delete(UNKNOWN_BACKUP, WHY)),
    "full_backups.create": ("full_backup", lambda s, p: s.full_backups.create(p / "none")),
    "full_backups.restore": (
        "full_backup", lambda s, p: s.full_backups.restore(p / "none", p / "new"),
    ),
    "bundles.export": ("share", lambda s, p: s.bundles.export(p / "bundle")),
    "catalogue_edits.add": ("edit_catalogue", lambda s, _: s.catalogue_edits.add("tools", {})),
    "catalogue_edits.duplicate": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.duplicate("tools", "none", "new"),
    ),
    "catalogue_edits.edit": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.edit("tools", "none", {}),
    ),
    "catalogue_edits.export": (
        "export", lambda s, p: s.catalogue_edits.export("tools", p / "tools.json"),
    ),
    "catalogue_edits.import_file": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.import_file("tools", b"{}"),
    ),
    "catalogue_edits.lock": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.lock("tools", "none"),
    ),
    "catalogue_edits.remove": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.remove("tools", "none", WHY),
    ),
    "catalogue_edits.reset": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.reset("tools", "none", "name"),
    ),
    "catalogue_edits.restore": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.restore("tools", "none"),
    ),
    "catalogue_edits.unlock": (
        "edit_catalogue", lambda s, _: s.catalogue_edits.unlock("tools", "none"),
    ),
    "decisions.accept": ("accept", lambda s, _: s.decisions.accept(cut(1.7), "C1", None, WHY)),
    "decisions.override": (
        "override", lambda s, _: s.decisions.signed(PIN).override(cut(2.0), "C1", None, WHY),
    ),
    "exporting.write": (
        "export", lambda s, p: s.exporting.write("svg", design(), p / "rosette.svg"),
    ),
    "feasibility.check": ("check", lambda s, _: s.feasibility.check(design())),
    "feasibility.check_many": ("check", lambda s, _: list(s.feasibility.check_many([]))),
    "feeds.use": ("edit_setups", lambda s, _: s.feeds.use(Work())),
    "hiding.hide": ("hide", lambda s, _: s.hiding.hide(UNKNOWN_RUN, WHY)),
    "hiding.unhide": ("hide", lambda s, _: s.hiding.unhide(UNKNOWN_RUN, WHY)),
    "hiding.purge": ("purge", lambda s, _: s.hiding.purge(UNKNOWN_RUN, WHY)),
    "legacy.import_folder": ("import_legacy", lambda s, p: s.legacy.import_folder(p / "none")),
    "log_tables.export": (
        "export", lambda s, p: s.log_tables.export(p / "list.csv", "csv", RunQuery()),
    ),
    "operators.add": ("operators", lambda s, _: s.operators.add("nina", "Nina", "viewer")),
    "operators.change_role": (
        "operators", lambda s, _: s.operators.change_role("nobody", "viewer"),
    ),
    "operators.disable": ("operators", lambda s, _: s.operators.disable("nobody", WHY)),
    "operators.enable": ("operators", lambda s, _: s.operators.enable("nobody")),
    "operators.set_pin": ("operators", lambda s, _: s.operators.set_pin("other", None)),
    "runs.acknowledge_rollback": (
        "acknowledge_rollback", lambda s, _: s.runs.acknowledge_rollback(WHY),
    ),
    "runs.rebuild": ("rebuild", lambda s, _: s.runs.rebuild()),
    "setup_edits.apply": ("edit_setups", lambda s, _: s.setup_edits.apply(STARTER, {})),
    "setup_edits.create": ("edit_setups", lambda s, _: s.setup_edits.create("Blank")),
    "setup_edits.duplicate": ("edit_setups", lambda s, _: s.setup_edits.duplicate(STARTER)),
    "setup_edits.edit": ("edit_setups", lambda s, _: s.setup_edits.edit(STARTER, {})),
    "setup_edits.lock": ("edit_setups", lambda s, _: s.setup_edits.lock(STARTER)),
    "setup_edits.remove": ("edit_setups", lambda s, _: s.setup_edits.remove(STARTER, WHY)),
    "setup_edits.rename": ("edit_setups", lambda s, _: s.setup_edits.rename(STARTER, "x")),
    "setup_edits.replace": (
        "edit_setups", lambda s, _: s.setup_edits.replace(STARTER, s.setups.current()),
    ),
    "setup_edits.reset": ("edit_setups", lambda s, _: s.setup_edits.reset(STARTER, "name")),
    "setup_edits.require": ("edit_setups", lambda s, _: s.setup_edits.require()),
    "setup_edits.restore": ("edit_setups", lambda s, _: s.setup_edits.restore(STARTER)),
    "setup_edits.unlock": ("edit_setups", lambda s, _: s.setup_edits.unlock(STARTER)),
    "setups.export": ("export", lambda s, p: s.setups.export(STARTER, p / "setup.json")),
    "setups.import_file": ("edit_setups", lambda s, _: s.setups.import_file(b"{}")),
    "setups.use": ("use_setup", lambda s, _: s.setups.use("setup_workshop")),
    "sharing.export": (
        "share", lambda s, p: s.sharing.export(UNKNOWN_SNAPSHOT, p / "a.rosette"),
    ),
    "sharing.import_file": ("import", lambda s, _: s.sharing.import_file(design_bytes())),
    "snapshot_marks.set_baseline": (
        "baseline", lambda s, _: s.snapshot_marks.set_baseline(UNKNOWN_SNAPSHOT),
    ),
    "snapshot_marks.tag": ("tag", lambda s, _: s.snapshot_marks.tag(UNKNOWN_SNAPSHOT, ["x"])),
    "snapshots.delete": (
        "delete_snapshot", lambda s, _: s.snapshots.delete(UNKNOWN_SNAPSHOT, WHY),
    ),
    "snapshots.export": (
        "share", lambda s, p: s.snapshots.export(UNKNOWN_SNAPSHOT, p / "a.rosette"),
    ),
    "snapshots.import_file": ("import", lambda s, _: s.snapshots.import_file(design_bytes())),
    "snapshots.restore": (
        "delete_snapshot", lambda s, _: s.snapshots.restore(UNKNOWN_SNAPSHOT),
    ),
    "snapshots.save": ("save", lambda s, _: s.snapshots.save(design(), DETAILS)),
    "trust.keep_file": ("keep_witness", lambda s, p: s.trust.keep_file(p / "none")),
    "trust.rotate_key": ("rotate_key", lambda s, _: s.trust.rotate_key(WHY)),
    "upkeep.repair": ("repair", lambda s, p: s.upkeep.repair(p / "none")),
}
"""What takes a right, and a call of it that gets as far as the right at least."""

OF_KINDS: dict[str, tuple[Right, Call]] = {
    f"exporting.write {row.kind}": (
        row.right,
        lambda s, p, row=row: s.exporting.write(row.kind, design(), p / f"a{row.suffixes[0]}"),
    )
    for row in KINDS.values()
}
"""The same for each kind of export."""

FOR_ALL = {
    "backups": "at_exit difference inspect_foreign list load require_name verify",
    "full_backups": "verify",
    "actor": "look require take_over",
    "batches": "read",
    "bundles": "clear_leftovers",
    "catalogue": "document follow kind known_materials look problems woods_now",
    "catalogue_edits": "removed",
    "comparing": "previous_of_same_design runs snapshots table",
    "copies": "command_of part",
    "decisions": "find gate gate_of in_force of_run signed",
    "designs": "as_it_stands identified read read_rings rings_text",
    "drafts": "are_there begin find",
    "export_choices": "last remember",
    "exporting": "cut_list cut_plan design_from_text draft for_setup is_design_text keeping "
    "of_snapshot png preview sheets suggested_name svg",
    "feasibility": "advise judged preview request sweep",
    "feeds": "advise",
    "filters": "delete rename save saved values",
    "log_tables": "clear_leftovers",
    "operators": "acting asks_for_pin confirm doubts find is_set_up recover require sign_in "
    "sign_out",
    "presets": "begin first starters",
    "proofs": "of",
    "recent_files": "clear forget listed note",
    "run_list": "chosen end entries_at is_partial listing next_after number_of",
    "runs": "adopt_orphans alarm behind count entries_at entries_for find get hidden_because ids "
    "is_partial numbers place_of reproduce rules_of verify",
    "setup_edits": "starter_values",
    "setups": "current doubts find get last_known read removed require",
    "sharing": "carries document inspect look",
    "snapshots": "baseline entries_for find get get_any history ids tags",
    "trust": "keep letters letters_of look notes prove verify witness",
    "upkeep": "due_part look_back note_verified",
    "workshop": "state",
}
"""What only looks, prepares or signs in; and what the program does for itself."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One store with an operator of each role, each with the same PIN."""
    folder = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CACHE", "CONFIG", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(folder / kind))
        with open_studio(folder / "data", clock=FakeClock()) as studio:
            studio.operators.add("lead", "Rosa", "lead", PIN)
            studio.operators.add("operator", "Ben", "operator", PIN)
            studio.operators.add("viewer", "Ida", "viewer", PIN)
            studio.operators.add("other", "Max", "viewer")
            yield studio


def methods_of(studio: Studio) -> set[str]:
    """Name every public method of every service."""
    found = set()
    for name in dir(studio):
        if name.startswith("_"):
            continue
        kind = type(getattr(studio, name))
        if kind.__module__.startswith("luthier_desktop.services"):
            own = (each for each in dir(kind) if not each.startswith("_"))
            found |= {
                f"{name}.{each}"
                for each in own
                if inspect.isfunction(inspect.getattr_static(kind, each))
            }
    return found


def test_every_method_of_every_service_stands_in_the_matrix(studio: Studio) -> None:
    named = {f"{name}.{each}" for name, words in FOR_ALL.items() for each in words.split()}
    assert not named & set(RIGHTED)
    assert named | set(RIGHTED) == methods_of(studio)


def test_every_right_has_a_role_and_words() -> None:
    assert set(RIGHTS) == set(get_args(Right))
    for right in RIGHTS:
        assert refusal(SIGNED_OUT, right).startswith("Only ")


@pytest.mark.parametrize("who", [*ROLES, None], ids=str)
@pytest.mark.parametrize("name", [*RIGHTED, *OF_KINDS])
def test_whoever_acts_may_or_is_refused_with_one_event(
    shop: Studio, name: str, who: str | None, tmp_path: Path
) -> None:
    right, call = {**RIGHTED, **OF_KINDS}[name]
    operator = shop.operators.sign_out() if who is None else _signed_in(shop, who)
    last = shop.store().ledger.last_seq()
    if may(operator, right):
        try:
            call(shop, tmp_path)
        except NotAllowed:
            raise
        except LuthierError:
            return  # it came past the right, to what it was called with
        return
    with pytest.raises(NotAllowed) as refused:
        call(shop, tmp_path)
    assert refused.value.sentence == refusal(operator, right)
    event = shop.store().ledger.read(last + 1)
    assert event is not None
    assert event.members is not None
    assert event.members["event"] == "operator.refused"
    assert event.members["row"] == {"operator_id": operator.operator_id, "right": right}
    assert shop.store().ledger.last_seq() == last + 1
    assert not list(tmp_path.iterdir())


def test_a_refusal_makes_no_store_and_needs_none_that_can_be_written(studio: Studio) -> None:
    studio.actor.take_over(SIGNED_OUT)
    with pytest.raises(NotAllowed):
        studio.feasibility.check(design())
    assert not studio.data_dir.exists()


def _signed_in(shop: Studio, who: str) -> Any:
    """Let the operator of this role act; each PIN takes 0.1 s, so as a second process would."""
    found = next(one for one in shop.operators.find() if one.operator_id == who)
    shop.actor.take_over(found.acting())
    return found.acting()
