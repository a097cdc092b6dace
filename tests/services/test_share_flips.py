"""A share file with any single bit changed is never shown as verified."""

from __future__ import annotations

from pathlib import Path
from random import Random

from luthier_desktop.services.studio import Studio
from tests.services.share_forgery import shared

FLIPS = 150
"""All 2,000 are looked at by ``tests/campaigns/share_flips.py``; this many take a second."""


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def states(studio: Studio, data: bytes, flips: int, seed: int = 6) -> list[tuple[int, str, bool]]:
    """Return the state of the file after each of *flips* random changes of one bit."""
    chance = Random(seed)
    found = []
    for _ in range(flips):
        bit = chance.randrange(8 * len(data))
        preview = studio.sharing.inspect(flipped(data, bit))
        found.append((bit, preview.state, preview.ok))
    return found


def test_a_share_file_changed_at_any_bit_is_reported(studio: Studio, tmp_path: Path) -> None:
    data = shared(studio, tmp_path).read_bytes()
    unreported = [one for one in states(studio, data, FLIPS) if one[1] == "verified" or one[2]]
    assert unreported == []


def test_the_file_itself_is_verified_and_so_is_one_whose_bit_is_put_back(
    studio: Studio, tmp_path: Path
) -> None:
    data = shared(studio, tmp_path).read_bytes()
    assert studio.sharing.inspect(flipped(flipped(data, 999), 999)).state == "verified"
