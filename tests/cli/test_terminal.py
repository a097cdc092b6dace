"""What commands print for people commands no terminal; ``--json`` stays exact."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import Luthier

NAME = "Rose\x1b]0;owned\x07\x1b[31m\u202etxt\u200b\x9b2J\nsecond line"
SHOWN = "Rose⟨U+001B⟩]0;owned⟨U+0007⟩⟨U+001B⟩[31m⟨U+202E⟩txt⟨U+200B⟩⟨U+009B⟩2J⟨U+000A⟩second line"


def hostile_design() -> dict[str, object]:
    ring = {"ring_index": 0, "width_mm": 3.0, "pattern_type": "SOLID"}
    sizes = {"outer_diameter_mm": 120.0, "inner_diameter_mm": 100.0}
    return {**sizes, "name": NAME, "ring_params": [ring]}


def commanding(text: str) -> list[str]:
    hidden = ("Cc", "Cf", "Zl", "Zp")
    return [one for one in text if one != "\n" and unicodedata.category(one) in hidden]


@pytest.mark.parametrize(
    "command",
    [
        ("feasibility", "single", "-"),
        ("snapshots", "save", "-", "--name", NAME, "--notes", NAME, "--tag", NAME),
    ],
)
def test_a_name_is_seen_and_not_obeyed(
    luthier: Luthier, data_dir: Path, command: tuple[str, ...]
) -> None:
    data = json.dumps(hostile_design()).encode()
    answer = luthier(*command, stdin=data)
    assert answer.code == 0, answer.err
    assert commanding(answer.out + answer.err) == []
    assert SHOWN[:60] in answer.out
    for listing in (("logs", "recent"), ("snapshots", "list")):
        told = luthier(*listing)
        assert (told.code, commanding(told.out)) == (0, [])


def test_json_says_the_name_as_it_is(luthier: Luthier, data_dir: Path) -> None:
    data = json.dumps(hostile_design()).encode()
    saved = luthier("snapshots", "save", "-", "--name", NAME, "--json", stdin=data)
    assert json.loads(saved.out)["name"] == NAME
    assert json.loads(saved.out)["design"]["name"] == NAME


def test_a_member_that_a_stranger_named_commands_no_terminal(
    luthier: Luthier, data_dir: Path
) -> None:
    data = json.dumps({**hostile_design(), NAME: 1}).encode()
    refused = luthier("feasibility", "single", "-", stdin=data)
    assert (refused.code, refused.out, commanding(refused.err)) == (3, "", [])
    assert "⟨U+001B⟩]0;owned" in refused.err
