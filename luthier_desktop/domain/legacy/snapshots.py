"""A snapshot of the web ToolBox: a design in the first format, under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.legacy.found import (
    LONGEST_WORD,
    Found,
    Place,
    date_of,
    identify,
    look_for_markup,
    members_of,
    quoted,
    read_design,
)
from luthier_desktop.domain.legacy.hashes import check_fingerprint
from luthier_desktop.domain.snapshot import MOST_TAGS, SnapshotDetails

_LONGEST_NAME = 200
_LONGEST_TEXT = 10_000
_LONGEST_TAG = 64


def read_snapshot(plain: Mapping[str, Any], place: Place) -> Found:
    """Say what a snapshot tells, and what is wrong in it; its verdict is not taken over."""
    found = Found("snapshot", place.stem, mode="art_studio")
    identify(found, plain.get("snapshot_id"), "snapshot_id", place)
    date_of(found, plain.get("created_at_utc"), "created_at_utc")
    metadata = members_of(plain, "metadata")
    if not isinstance(plain.get("metadata"), dict):
        found.fault("metadata is missing.")
    details = _details(found, metadata)
    found.details = details
    found.is_baseline = plain.get("baseline") is True
    design = plain.get("design")
    read_design(found, design, details.name)
    if design is not None:
        check_fingerprint(found, plain.get("design_fingerprint"), design)
    judged = members_of(plain, "feasibility")
    word = judged.get("risk_bucket", judged.get("risk_level"))
    if word is not None:
        found.words["found_risk_level"] = str(word)[:LONGEST_WORD]
    look_for_markup(found, {name: metadata.get(name) for name in ("name", "description", "notes")})
    return found


def is_baseline(plain: Any) -> bool:
    """Say whether a snapshot calls itself the baseline."""
    return isinstance(plain, dict) and plain.get("baseline") is True


def _details(found: Found, metadata: Mapping[str, Any]) -> SnapshotDetails:
    name = metadata.get("name")
    if not isinstance(name, str) or not name.strip():
        found.fault("metadata.name is missing; its old id stands in for it.")
        name = found.legacy_id
    return SnapshotDetails(
        name=_cut(found, "metadata.name", name.strip(), _LONGEST_NAME),
        description=_text(found, metadata, "description"),
        notes=_text(found, metadata, "notes"),
        tags=_tags(found, metadata.get("tags")),
    )


def _text(found: Found, metadata: Mapping[str, Any], name: str) -> str:
    given = metadata.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        found.fault(f"metadata.{name} is {quoted(given)}, which is no text.")
        return ""
    return _cut(found, f"metadata.{name}", given, _LONGEST_TEXT)


def _tags(found: Found, given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        found.fault(f"metadata.tags is {quoted(given)}, which is no list.")
        return ()
    tags = [one.strip()[:_LONGEST_TAG] for one in given if isinstance(one, str) and one.strip()]
    kept = tuple(dict.fromkeys(tags))[:MOST_TAGS]
    if list(kept) != given:
        found.fault("metadata.tags were shortened to tags that can be kept.")
    return kept


def _cut(found: Found, member: str, text: str, longest: int) -> str:
    if len(text) > longest:
        found.fault(f"{member} has {len(text):,} characters; {longest:,} of them are kept.")
        return text[:longest].strip()
    return text
