from __future__ import annotations

from pathlib import Path
from typing import Any

from luthier_desktop.services.recorder import Attachments
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.services.workshop_state import WorkshopState
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.workshop_rows import EntryRow, HeldSetup, SetupRow, WorkshopRow

STARTER = "setup_workshop"
A, B, C = (f"setup_{digit * 16}" for digit in "abc")
BIT = "workshop/catalogue/tools/my_bit.json"


def told(studio: Studio, *rows: SetupRow) -> WorkshopState:
    for row in rows:
        write(studio, "setup.changed", row.plain())
    return studio.workshop.state()


def write(studio: Studio, event: Any, summary: dict[str, Any], **attached: Any) -> int:
    request = {"action": "test", "versions": versions()}
    deed = Deed(event, "OK", without_report({}), request, reduced_sha256(request), summary)
    recorder = studio._recorder
    return recorder.write(deed, recorder.stamp(), Attachments(**attached)).seq


def row(action: str, setup_id: str, **members: Any) -> SetupRow:
    return SetupRow(action=action, setup_id=setup_id, setup_name=setup_id[-1], **members)


def bit(**members: Any) -> EntryRow:
    return EntryRow(kind="tools", entry_id="my_bit", **members)


def test_without_a_store_the_workshop_is_empty(studio: Studio, data_dir: Path) -> None:
    assert studio.workshop.state() == WorkshopState()
    assert not data_dir.exists()


def test_a_changed_setup_takes_the_place_of_the_one_before_also_in_use(studio: Studio) -> None:
    came = row("imported", A, origin_id="annas", origin_sha256="0" * 64)
    state = told(studio, came, row("created", B), row("used", A))
    assert (list(state.setups), state.in_use) == ([A, B], A)
    state = told(studio, row("changed", C, replaces=A))
    assert (list(state.setups), state.in_use) == ([C, B], C)
    held = state.setups[C]
    assert (held.origin_id, held.replaces, held.name) == ("annas", A, "c")
    assert held.path == f"workshop/setups/{C}.json"
    state = told(studio, row("changed", A, replaces=B))
    assert (list(state.setups), state.in_use) == ([C, A], C)


def test_two_changes_of_the_same_setup_are_both_kept(studio: Studio) -> None:
    state = told(
        studio,
        row("created", A),
        row("used", A),
        row("changed", B, replaces=A),
        row("changed", C, replaces=A),
    )
    assert (list(state.setups), state.in_use) == ([B, C], B)


def test_a_changed_starter_stays_and_its_successor_is_used(studio: Studio) -> None:
    state = told(studio, row("changed", A, replaces=STARTER))
    assert (list(state.setups), state.in_use) == ([A], A)


def test_locks_and_removals_are_told(studio: Studio) -> None:
    state = told(studio, row("created", A), row("locked", A))
    assert state.setups[A].locked
    state = told(studio, row("removed", A, reason="sold"))
    assert not state.setups
    assert state.removed[A].locked
    state = told(studio, row("restored", A))
    assert state.setups[A].locked
    assert not told(studio, row("unlocked", A)).setups[A].locked


def test_an_entry_is_what_its_last_event_says(studio: Studio) -> None:
    file = Document(BIT, b"{}")
    write(studio, "setup.changed", {}, documents=(file,), entries=(bit(path=BIT),))
    state = studio.workshop.state()
    assert state.entries["tools", "my_bit"].path == BIT
    assert state.files[BIT].size_bytes == 2
    write(studio, "setup.changed", {}, entries=(bit(action="entry_removed"),))
    state = studio.workshop.state()
    assert state.entries["tools", "my_bit"].path is None
    assert BIT in state.files


def test_a_restored_backup_switches_everything_in_one_event(studio: Studio) -> None:
    told(studio, row("created", A), row("created", B), row("used", A))
    hand = "1" * 64
    write(studio, "setup.changed", {}, entries=(bit(path=BIT, hand_sha256=hand),))
    before = studio.workshop.state()
    kept = HeldSetup(setup_id=C, path=f"workshop/setups/{C}.2.json", name="c")
    now = WorkshopRow(in_use=C, setups=(kept, before.setups[B]))
    write(studio, "backup.restored", {}, workshop=now)
    state = studio.workshop.state()
    assert (list(state.setups), list(state.removed), state.in_use) == ([C, B], [A], C)
    assert state.setups[C].path.endswith(".2.json")
    assert state.entries["tools", "my_bit"].path is None
    write(studio, "backup.restored", {}, workshop=before.row())
    state = studio.workshop.state()
    assert (state.setups, state.in_use, state.entries) == (
        before.setups,
        before.in_use,
        before.entries,
    )
    assert list(state.removed) == [C]


def test_the_state_is_the_same_after_a_rebuild_in_another_program_and_without_an_index(
    studio: Studio, data_dir: Path
) -> None:
    state = told(studio, row("created", A), row("changed", B, replaces=A), row("used", B))
    with open_studio(data_dir) as other:
        other.runs.rebuild()
        assert other.workshop.state() == state
        told(studio, row("locked", B))
        assert other.workshop.state().setups[B].locked
        other.store().index._open().close()
        assert other.workshop.state() == studio.workshop.state()


def test_a_damaged_event_is_told_and_a_restored_state_ends_the_doubt(studio: Studio) -> None:
    told(studio, row("created", A))
    seq = write(studio, "setup.changed", row("locked", A).plain())
    told(studio, row("used", A), row("created", B))
    path = studio.store().layout.event_path(seq)
    path.chmod(0o644)
    path.write_bytes(b"torn")
    state = studio.workshop.state()
    assert (state.in_use, state.doubt) == (A, None)
    assert state.doubts[0].startswith(f"Event {seq} of the log")
    assert not state.setups[A].locked
    write(studio, "backup.restored", {}, workshop=state.row())
    assert not studio.workshop.state().doubts


def test_an_event_that_tells_nothing_readable_is_a_doubt(studio: Studio) -> None:
    told(studio, row("created", A), row("used", A))
    seq = write(studio, "backup.restored", {})
    state = studio.workshop.state()
    assert state.in_use is None
    assert state.doubt is not None
    assert f"Event {seq} of the log" in state.doubt.sentence
    assert told(studio, row("used", A)).in_use == A
