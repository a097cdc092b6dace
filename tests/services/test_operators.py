"""Operators sign in with a PIN, wrong ones are counted in the ledger, the last lead stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotAllowed, NotFound
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import design

PIN = "482913"
OTHER_PIN = "719354"


def events_of(studio: Studio, name: str) -> list[int]:
    return [event.seq for event in studio.store().events_of(name)]


def test_without_operators_the_owner_acts_alone_and_nothing_is_made(
    studio: Studio, data_dir: Path
) -> None:
    assert studio.operators.acting().operator_id == "owner"
    assert not studio.operators.is_set_up()
    assert studio.operators.find() == []
    assert not data_dir.exists()


def test_the_first_operator_is_a_lead_and_acts_from_then_on(studio: Studio) -> None:
    with pytest.raises(InputRefused, match="must be a lead"):
        studio.operators.add("rosa", "Rosa", "operator", PIN)
    added = studio.operators.add("rosa", "Rosa", "lead", PIN)
    assert added.recovery_code is not None
    assert len(added.recovery_code.replace("-", "")) == 16
    acting = studio.operators.acting()
    assert (acting.operator_id, acting.role, acting.auth) == ("rosa", "lead", "pin")
    run_id = str(studio.feasibility.check(design()).run_id)
    assert studio.runs.get(run_id).artifact.operator == acting


def test_after_signing_out_nobody_acts_until_a_right_pin(studio: Studio) -> None:
    studio.operators.add("rosa", "Rosa", "lead", PIN)
    assert studio.operators.sign_out().operator_id == "signed_out"
    with pytest.raises(NotAllowed, match="nobody is signed in"):
        studio.operators.add("ben", "Ben", "operator")
    with pytest.raises(NotAllowed, match="has a PIN"):
        studio.operators.sign_in("rosa")
    assert studio.operators.sign_in("rosa", PIN).role == "lead"
    assert len(events_of(studio, "operator.refused")) == 1
    assert len(events_of(studio, "operator.signed_in")) == 1


def test_an_open_owner_is_nobody_once_another_program_sets_operators_up(
    studio: Studio, data_dir: Path
) -> None:
    studio.feasibility.check(design())
    assert studio.operators.acting().operator_id == "owner"
    with open_studio(data_dir) as second:
        second.operators.add("rosa", "Rosa", "lead", PIN)
    assert studio.operators.acting().operator_id == "signed_out"


def test_what_another_lead_changes_holds_for_whoever_is_signed_in(
    studio: Studio, data_dir: Path
) -> None:
    studio.operators.add("rosa", "Rosa", "lead")
    studio.operators.add("ben", "Ben", "operator")
    studio.operators.sign_in("ben")
    with open_studio(data_dir) as second:
        second.operators.sign_in("rosa")
        second.operators.change_role("ben", "viewer")
        assert studio.operators.acting().role == "viewer"
        second.operators.disable("ben", "left the shop")
    assert studio.operators.acting().operator_id == "signed_out"


def test_a_pin_counts_from_when_it_is_set_also_for_whoever_set_it(studio: Studio) -> None:
    studio.operators.add("rosa", "Rosa", "lead")
    studio.operators.confirm(None)
    studio.operators.set_pin("rosa", PIN)
    assert studio.operators.acting().auth == "pin"
    assert studio.operators.asks_for_pin()
    with pytest.raises(NotAllowed, match="has a PIN"):
        studio.operators.confirm(None)
    studio.operators.confirm(PIN)


def test_five_wrong_pins_lock_and_a_deleted_index_does_not_help(studio: Studio) -> None:
    studio.operators.add("rosa", "Rosa", "lead", PIN)
    for _ in range(5):
        with pytest.raises(NotAllowed, match="is wrong"):
            studio.operators.sign_in("rosa", OTHER_PIN)
    with pytest.raises(NotAllowed, match="5 wrong PINs for Rosa"):
        studio.operators.sign_in("rosa", PIN)
    studio.runs.rebuild()
    assert studio.operators.find()[0].locked_until_utc is not None
    assert len(events_of(studio, "operator.pin_failed")) == 5


def test_a_recovery_code_gives_a_new_pin_once(studio: Studio) -> None:
    code = str(studio.operators.add("rosa", "Rosa", "lead", PIN).recovery_code)
    studio.operators.sign_out()
    with pytest.raises(NotAllowed, match="recovery code of Rosa is wrong"):
        studio.operators.recover("rosa", "0000-0000-0000-0000", OTHER_PIN)
    again = studio.operators.recover("rosa", code.upper(), OTHER_PIN)
    assert again.recovery_code not in (None, code)
    assert studio.operators.sign_in("rosa", OTHER_PIN).operator_id == "rosa"
    studio.operators.sign_out()
    with pytest.raises(NotAllowed, match="is wrong"):
        studio.operators.recover("rosa", code, PIN)


def test_the_last_lead_is_neither_demoted_nor_disabled(studio: Studio) -> None:
    studio.operators.add("rosa", "Rosa", "lead")
    for attempt in (
        lambda: studio.operators.change_role("rosa", "viewer"),
        lambda: studio.operators.disable("rosa", "left the shop"),
    ):
        with pytest.raises(Conflict, match="last lead"):
            attempt()
    studio.operators.add("ben", "Ben", "lead")
    assert studio.operators.disable("rosa", "left the shop").profile.disabled
    with pytest.raises(NotAllowed, match="Rosa is disabled"):
        studio.operators.sign_in("rosa")
    with pytest.raises(NotFound):
        studio.operators.sign_in("nina")


def test_ids_that_are_taken_reserved_or_no_ids_are_refused(studio: Studio) -> None:
    for given in ("Rosa", "../x", "", "a" * 33, "rosa\n"):
        with pytest.raises(InputRefused, match="no id of an operator"):
            studio.operators.add(given, "Rosa", "lead")
    with pytest.raises(Conflict, match="is taken"):
        studio.operators.add("owner", "Owner", "lead")
    studio.operators.add("rosa", "Rosa", "lead")
    with pytest.raises(Conflict, match="is taken"):
        studio.operators.add("rosa", "Another", "viewer")


def test_no_pin_stands_in_the_ledger_and_its_file_is_verified(
    studio: Studio, data_dir: Path
) -> None:
    studio.operators.add("rosa", "Rosa", "lead", PIN)
    studio.operators.set_pin("rosa", OTHER_PIN, PIN)
    texts = [path.read_bytes() for path in data_dir.rglob("*.json")]
    assert not any(PIN.encode() in text or OTHER_PIN.encode() in text for text in texts)
    (file, *_) = sorted((data_dir / "operators").iterdir())
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in file.read_bytes()
    assert studio.runs.verify("full").ok
    file.unlink()
    assert [found.path for found in studio.runs.verify("full").findings] == [
        f"operators/{file.name}"
    ]
