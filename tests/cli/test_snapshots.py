from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import deep, design_bytes

SNAPSHOT = {
    *("snapshot_id", "name", "description", "notes", "tags", "baseline", "created_at_utc"),
    *("design", "design_sha256", "run_id", "parent_snapshot_id", "origin", "verdict", "state"),
}


def save(luthier: Luthier, *options: str) -> dict[str, Any]:
    answer = luthier("snapshots", "save", "-", *options, "--json", stdin=design_bytes())
    assert (answer.code, answer.err) == (0, "")
    document: dict[str, Any] = answer.json()
    return document


def test_a_snapshot_is_saved_listed_and_shown(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor", "--tag", "a", "--tag", "b", "--notes", "dry wood")
    assert set(saved) >= SNAPSHOT
    assert (saved["name"], saved["tags"], saved["notes"]) == ("Parlor", ["a", "b"], "dry wood")
    assert luthier("snapshots", "show", saved["snapshot_id"], "--json").json() == saved
    page = luthier("snapshots", "list", "--json").json()
    assert set(page) == {"items", "next_cursor", "has_more"}
    assert [item["snapshot_id"] for item in page["items"]] == [saved["snapshot_id"]]


def test_saving_is_a_run_of_its_own(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor")
    entries = luthier("logs", "recent", "--event", "snapshot.saved", "--json").json()["entries"]
    assert [entry["run_id"] for entry in entries] == [saved["run_id"]]
    run = luthier("logs", "show", saved["run_id"], "--json").json()
    assert run["feasibility"]["risk_bucket"] == saved["verdict"]


def test_people_read_names_as_they_are(luthier: Luthier) -> None:
    save(luthier, "--name", "A\x1b[31m red\u202ename <b>")
    for text in (luthier("snapshots", "list").out, luthier("logs", "recent").out):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "A⟨U+001B⟩[31m red⟨U+202E⟩name <b>" in luthier("snapshots", "list").out


def test_the_list_is_filtered_and_paged(luthier: Luthier) -> None:
    for name in ("Parlor", "Concert", "Ukulele"):
        save(luthier, "--name", f"{name} rosette", "--tag", name)
    for option in (("--tag", "CONCERT"), ("--text", "ROSETTE concert")):
        items = luthier("snapshots", "list", *option, "--json").json()["items"]
        assert [item["name"] for item in items] == ["Concert rosette"]
    page = luthier("snapshots", "list", "--limit", "2", "--json").json()
    rest = luthier("snapshots", "list", "--cursor", page["next_cursor"], "--json").json()
    names = [item["name"] for item in page["items"] + rest["items"]]
    assert names == ["Ukulele rosette", "Concert rosette", "Parlor rosette"]


def test_a_deleted_snapshot_is_gone_from_the_list_and_recorded(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor")
    answer = luthier(
        "snapshots", "delete", saved["snapshot_id"], "--reason", "replaced", "--json"
    )
    assert answer.code == 0
    assert luthier("snapshots", "list", "--json").json()["items"] == []
    assert luthier("snapshots", "show", saved["snapshot_id"]).code == 4
    run = luthier("logs", "show", answer.json()["run_id"], "--json").json()
    assert (run["event_type"], run["request"]["reason"]) == ("snapshot.deleted", "replaced")


def test_a_damaged_snapshot_is_shown_with_exit_code_1(luthier: Luthier, data_dir: Path) -> None:
    saved = save(luthier, "--name", "Parlor")
    path = data_dir / "art_studio" / "snapshots" / f"{saved['snapshot_id']}.json"
    path.chmod(0o644)
    path.write_bytes(b"torn")
    answer = luthier("snapshots", "show", saved["snapshot_id"], "--json")
    assert (answer.code, answer.json()["state"]) == (1, "damaged")
    assert "damaged" in luthier("snapshots", "show", saved["snapshot_id"]).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("save", "-"), 2),
        (("save", "-", "--name", " "), 3),
        (("save", "-", "--name", "x", "--parent", "snap_0000000000000000"), 4),
        (("show", "snap_0000000000000000"), 4),
        (("show", "../x"), 3),
        (("delete", "snap_0000000000000000", "--reason", "x"), 4),
        (("delete", "snap_0000000000000000"), 2),
        (("list", "--limit", "0"), 2),
        (("list", "--cursor", "x"), 3),
    ],
)
def test_what_cannot_be_done_is_told_by_the_exit_code(
    luthier: Luthier, arguments: tuple[str, ...], code: int
) -> None:
    luthier("health")
    answer = luthier("snapshots", *arguments, stdin=design_bytes(**deep(1.4)))
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1
