"""Every command is for all, or has the right that its service asks for."""

from __future__ import annotations

from luthier_desktop.domain.operators import OWNER, SIGNED_OUT, Operator
from luthier_desktop.domain.permissions import RIGHTS
from luthier_desktop.ui.commands import COMMANDS
from luthier_desktop.ui.sign_in.command_rights import COMMAND_RIGHTS, FOR_ALL, refusals

BEN = Operator(operator_id="ben", name="Ben", role="operator", auth="pin")


def test_every_command_stands_in_the_table_of_rights_or_is_for_all() -> None:
    """A fault here: name the new command in ``ui/sign_in/command_rights.py``."""
    assert not FOR_ALL & COMMAND_RIGHTS.keys()
    assert {command.id for command in COMMANDS} == FOR_ALL | COMMAND_RIGHTS.keys()
    assert set(COMMAND_RIGHTS.values()) <= RIGHTS.keys()


def test_an_operator_may_run_all_but_what_is_the_leads() -> None:
    least = {id_: RIGHTS[right] for id_, right in COMMAND_RIGHTS.items()}
    assert refusals(BEN).keys() == {id_ for id_, role in least.items() if role == "lead"}
    assert "purge_run" in refusals(BEN)
    assert refusals(OWNER) == {}


def test_who_is_signed_out_may_run_none_of_them() -> None:
    assert refusals(SIGNED_OUT).keys() == COMMAND_RIGHTS.keys()
