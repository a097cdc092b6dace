"""The hashes of the web ToolBox, worked out again by its own rules."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from luthier_desktop.domain.legacy.found import Found, members_of, quoted

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOTHING = "0" * 64
_FINGERPRINT_LENGTH = 16
_LONGEST_HASH = 128
_MOST_HASHES = 40


def check_hashes(found: Found, plain: Mapping[str, Any]) -> None:
    """Compare the hashes that a run names with what stands in it."""
    hashes = members_of(plain, "hashes")
    if hashes.get("feasibility_sha256") is None:
        found.fault("hashes.feasibility_sha256 is missing, so its report is not proven.")
    for name, given in list(hashes.items())[:_MOST_HASHES]:
        if given is not None:
            _check(found, name, given, _expected(name, plain))
    if members_of(plain, "meta").get("workflow") == "snapshot" and not hashes.get(
        "snapshot_sha256"
    ):
        found.fault("It tells of a snapshot, but hashes.snapshot_sha256 is missing.")


def check_fingerprint(found: Found, given: Any, design: Any) -> None:
    """Compare the fingerprint that a snapshot names with its design."""
    if not isinstance(given, str) or not given:
        found.fault("design_fingerprint is missing.")
        return
    found.hashes["design_fingerprint"] = given[:_LONGEST_HASH]
    expected = [hashed[:_FINGERPRINT_LENGTH] for hashed in _hashed(design, sort_keys=False)]
    if given not in expected:
        found.fault(
            f"design_fingerprint {quoted(given)} does not match the design, whose fingerprint "
            f"is {expected[0]}."
        )


def _check(found: Found, name: str, given: Any, expected: list[str]) -> None:
    if not isinstance(given, str):
        found.fault(f"hashes.{name} is {quoted(given)}, which is no hash.")
        return
    found.hashes[name[:_LONGEST_HASH]] = given[:_LONGEST_HASH]
    if given == _NOTHING:
        found.fault(f"hashes.{name} is 64 zeros, which is the hash of nothing.")
    elif not _SHA256.fullmatch(given):
        found.fault(f"hashes.{name} is {quoted(given)}, which is no SHA-256.")
    elif expected and given not in expected:
        found.fault(
            f"hashes.{name} does not match what stands in the record: it is {given}, but "
            f"{expected[0]} was worked out."
        )


def _expected(name: str, plain: Mapping[str, Any]) -> list[str]:
    """Return what a hash can be by the rule that is known of it; nothing when none is."""
    if name == "feasibility_sha256" and isinstance(plain.get("feasibility"), dict):
        return list(_hashed(plain["feasibility"], sort_keys=True))
    gcode = members_of(plain, "outputs").get("gcode_text")
    if name == "gcode_sha256" and isinstance(gcode, str):
        return [hashlib.sha256(gcode.encode()).hexdigest()]
    return []


def _hashed(value: Any, *, sort_keys: bool) -> Iterator[str]:
    """Hash compact JSON; whether letters beyond ASCII were escaped is not known, so both ways."""
    for ensure_ascii in (True, False):
        text = json.dumps(
            value, sort_keys=sort_keys, separators=(",", ":"), ensure_ascii=ensure_ascii
        )
        yield hashlib.sha256(text.encode()).hexdigest()
