"""Operators from the command line: named by --operator, the PIN by a descriptor, never argued."""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, deep, design_bytes

SMOKE_BYTES = json.dumps(SMOKE).encode()
RED = design_bytes(design_id="dsg_1", **deep(2.0))
PIN, NEW_PIN = "482913", "719354"
Given = Callable[[str], str]


@contextmanager
def descriptor(text: str) -> Iterator[str]:
    """Give the number of a descriptor that holds *text*."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    try:
        yield str(reading)
    finally:
        os.close(reading)


@pytest.fixture
def given() -> Iterator[Given]:
    """Put a text behind a descriptor that lasts as long as the test."""
    with ExitStack() as open_ones:
        yield lambda text: open_ones.enter_context(descriptor(text))


@pytest.fixture
def shop(luthier: Luthier, given: Given) -> str:
    """Set up Rosa as lead with a PIN, and Ben as operator without one; return the code."""
    add = ("operators", "add", "rosa", "--name", "Rosa", "--role", "lead", "--json")
    code = str(luthier(*add, "--new-pin-fd", given(PIN + "\n")).json()["recovery_code"])
    ben = ("operators", "add", "ben", "--name", "Ben", "--role", "operator", "--no-pin")
    assert luthier(*ben, "--operator", "rosa", "--pin-fd", given(PIN)).code == 0
    return code


def test_a_shop_of_one_sees_no_sign_in(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("operators", "list", "--json", "--operator", "owner")
    assert (answer.code, answer.json()) == (0, {"items": [], "problems": []})
    assert not data_dir.exists()


@pytest.mark.usefixtures("shop")
def test_without_a_name_nobody_acts_and_reading_goes_on(luthier: Luthier) -> None:
    check = ("feasibility", "single", "-", "--json")
    refused = luthier(*check, stdin=SMOKE_BYTES)
    assert (refused.code, refused.out) == (6, "")
    assert "nobody is signed in" in refused.err
    assert luthier("logs", "recent", "--json").code == 0
    assert luthier(*check, "--operator", "owner", stdin=SMOKE_BYTES).code == 4
    done = luthier(*check, "--operator", "ben", stdin=SMOKE_BYTES)
    run = luthier("logs", "show", done.json()["run_id"], "--json").json()
    assert run["operator"] == {
        "operator_id": "ben",
        "name": "Ben",
        "role": "operator",
        "auth": "none",
    }


@pytest.mark.usefixtures("shop")
def test_a_wrong_or_missing_pin_is_refused_and_counted(luthier: Luthier, given: Given) -> None:
    lists = ("operators", "list", "--json")
    missing = luthier(*lists, "--operator", "rosa")
    assert (missing.code, missing.out) == (6, "")
    assert "has a PIN" in missing.err
    wrong = luthier(*lists, "--operator", "rosa", "--pin-fd", given("000999"))
    assert wrong.code == 6
    assert "000999" not in wrong.err
    rosa = luthier(*lists).json()["items"][0]
    assert (rosa["operator_id"], rosa["failures"], rosa["has_pin"]) == ("rosa", 1, True)
    assert luthier(*lists, "--operator", "rosa", "--pin-fd", given(PIN)).code == 0
    assert luthier(*lists).json()["items"][0]["failures"] == 0


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("change", "member", "expected"),
    [
        (("role", "ben", "--role", "viewer"), "role", "viewer"),
        (("disable", "ben", "--reason", "left the shop"), "disabled", True),
    ],
)
def test_a_lead_changes_operators_and_others_do_not(
    luthier: Luthier, given: Given, change: tuple[str, ...], member: str, expected: Any
) -> None:
    assert luthier("operators", *change, "--operator", "ben").code == 6
    done = luthier("operators", *change, "--operator", "rosa", "--pin-fd", given(PIN), "--json")
    assert done.json()[member] == expected


@pytest.mark.usefixtures("shop")
def test_somebody_disabled_comes_back(luthier: Luthier, given: Given) -> None:
    as_rosa = ("--operator", "rosa", "--pin-fd")
    luthier("operators", "disable", "ben", "--reason", "on leave", *as_rosa, given(PIN))
    assert luthier("operators", "list", "--operator", "ben").code == 6
    assert luthier("operators", "enable", "ben", *as_rosa, given(PIN)).code == 0
    assert luthier("operators", "list", "--operator", "ben").code == 0


def test_pins_are_changed_and_a_lost_one_is_recovered(
    luthier: Luthier, given: Given, shop: str
) -> None:
    own = ("operators", "pin", "rosa", "--new-pin-fd", given(NEW_PIN), "--operator", "rosa")
    changed = luthier(*own, "--pin-fd", given(PIN), "--json")
    code = changed.json()["recovery_code"]
    assert code not in (None, shop)
    recover = ("operators", "recover", "rosa", "--json", "--code-fd")
    old = luthier(*recover, given(shop), "--new-pin-fd", given(PIN))
    assert (old.code, old.out) == (6, "")
    again = luthier(*recover, given(code), "--new-pin-fd", given(PIN))
    assert again.code == 0
    assert luthier("operators", "list", "--operator", "rosa", "--pin-fd", given(PIN)).code == 0


def test_no_pin_without_a_terminal_is_said_and_nothing_is_added(luthier: Luthier) -> None:
    answer = luthier("operators", "add", "rosa", "--name", "Rosa", "--role", "lead")
    assert (answer.code, answer.out) == (3, "")
    assert "--new-pin-fd" in answer.err
    assert luthier("operators", "list", "--json").json()["items"] == []


@pytest.mark.usefixtures("shop")
def test_an_override_is_signed_with_the_pin(luthier: Luthier, given: Given) -> None:
    override = ("decisions", "override", "-", "--check", "C1", "--reason", "a shim below it now")
    refused = luthier(*override, "--operator", "ben", "--json", stdin=RED)
    assert refused.code == 6
    as_rosa = ("--operator", "rosa", "--pin-fd", given(PIN))
    done = luthier(*override, *as_rosa, "--json", stdin=RED)
    assert done.json()["operator"]["auth"] == "pin"


@pytest.mark.usefixtures("shop")
def test_a_pin_that_comes_in_pieces_is_read_to_the_end_of_its_line(luthier: Luthier) -> None:
    reading, writing = os.pipe()
    os.write(writing, PIN[:3].encode())
    pieces = Thread(target=_write_the_rest, args=(reading, writing))
    pieces.start()
    done = luthier("operators", "list", "--operator", "rosa", "--pin-fd", str(reading))
    pieces.join()
    os.close(reading)
    assert done.code == 0


def _write_the_rest(reading: int, writing: int) -> None:
    while select.select([reading], [], [], 0)[0]:
        time.sleep(0.001)  # until the first piece was taken
    os.write(writing, f"{PIN[3:]}\n".encode())
    os.close(writing)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("number", ["98765", "99999999999999999999999"])
def test_a_number_that_is_no_descriptor_is_refused(luthier: Luthier, number: str) -> None:
    done = luthier("operators", "list", "--operator", "rosa", "--pin-fd", number)
    assert (done.code, f"The descriptor {number}" in done.err) == (3, True)
