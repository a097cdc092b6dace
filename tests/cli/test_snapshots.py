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
    assert luthier("snapshots", "show", saved["snapshot_id"], "--json").json() == {
        **saved, "exports": [],
    }
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
    answer = luthier("snapshots", "delete", saved["snapshot_id"], "--reason", "replaced", "--json")
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
        (("list", "--sort", "name", "--cursor", "3"), 3),
        (("list", "--sort", "size"), 2),
        (("tag", "snap_0000000000000000", "--add", "x"), 4),
        (("tag", "snap_0000000000000000"), 2),
        (("baseline", "snap_0000000000000000"), 4),
        (("baseline", "snap_0000000000000000", "--clear"), 2),
        (("restore", "snap_0000000000000000"), 4),
        (("restore", "../x"), 3),
        (("history", "snap_0000000000000000"), 4),
    ],
)
def test_what_cannot_be_done_is_told_by_the_exit_code(
    luthier: Luthier, arguments: tuple[str, ...], code: int
) -> None:
    luthier("health")
    answer = luthier("snapshots", *arguments, stdin=design_bytes(**deep(1.4)))
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1


def test_tags_are_given_and_taken_away(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor", "--tag", "Draft", "--tag", "steel")
    options = ("--add", "Sold", "--add", "STEEL", "--remove", "draft", "--json")
    tagged = luthier("snapshots", "tag", saved["snapshot_id"], *options)
    assert tagged.code == 0
    assert tagged.json() == {**saved, "tags": ["steel", "Sold"]}
    shown = luthier("snapshots", "show", saved["snapshot_id"], "--json").json()
    assert shown == {**tagged.json(), "exports": []}
    listed = luthier("snapshots", "list", "--tag", "sold", "--json").json()["items"]
    assert [item["tags"] for item in listed] == [["steel", "Sold"]]
    assert luthier("snapshots", "list", "--tag", "draft", "--json").json()["items"] == []


def test_one_snapshot_at_most_is_the_baseline(luthier: Luthier) -> None:
    first, second = (save(luthier, "--name", name) for name in ("Parlor", "Concert"))
    assert luthier("snapshots", "baseline", "--json").code == 4
    for saved in (first, second):
        answer = luthier("snapshots", "baseline", saved["snapshot_id"], "--json")
        assert (answer.code, answer.json()) == (0, {**saved, "baseline": True})
    items = luthier("snapshots", "list", "--json").json()["items"]
    assert [(item["name"], item["baseline"]) for item in items] == [
        ("Concert", True),
        ("Parlor", False),
    ]
    assert luthier("snapshots", "baseline", "--json").json()["name"] == "Concert"
    cleared = luthier("snapshots", "baseline", "--clear", "--json")
    assert (cleared.code, cleared.json()) == (0, {"snapshot_id": None, "baseline": False})
    assert not any(
        item["baseline"] for item in luthier("snapshots", "list", "--json").json()["items"]
    )


def test_a_deleted_snapshot_is_listed_apart_and_comes_back(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor")
    luthier("snapshots", "delete", saved["snapshot_id"], "--reason", "replaced")
    (gone,) = luthier("snapshots", "list", "--deleted", "--json").json()["items"]
    assert (gone["snapshot_id"], gone["deleted"]) == (saved["snapshot_id"], True)
    answer = luthier("snapshots", "restore", saved["snapshot_id"], "--json")
    assert (answer.code, answer.json()["deleted"]) == (0, False)
    run = luthier("logs", "show", answer.json()["run_id"], "--json").json()
    assert run["event_type"] == "snapshot.restored"
    assert luthier("snapshots", "show", saved["snapshot_id"], "--json").json() == {
        **saved, "exports": [],
    }
    assert luthier("snapshots", "restore", saved["snapshot_id"]).code == 5


def test_the_list_has_four_orders(luthier: Luthier) -> None:
    for name in ("parlor", "Concert", "Ukulele"):
        save(luthier, "--name", name)
    for sort, names in {
        "newest": ["Ukulele", "Concert", "parlor"],
        "oldest": ["parlor", "Concert", "Ukulele"],
        "name": ["Concert", "parlor", "Ukulele"],
        "verdict": ["Ukulele", "Concert", "parlor"],
    }.items():
        page = luthier("snapshots", "list", "--sort", sort, "--limit", "2", "--json").json()
        more = ("--sort", sort, "--cursor", page["next_cursor"], "--json")
        rest = luthier("snapshots", "list", *more).json()
        assert [item["name"] for item in page["items"] + rest["items"]] == names
        assert rest["next_cursor"] is None


def test_the_history_of_a_snapshot_says_what_joins_it(luthier: Luthier) -> None:
    first = save(luthier, "--name", "Parlor")
    second = save(luthier, "--name", "Parlor", "--parent", first["snapshot_id"])
    assert (first["version"], second["version"]) == (1, 2)
    save(luthier, "--name", "Another")
    versions = luthier("snapshots", "history", first["snapshot_id"], "--json").json()["versions"]
    assert [(one["snapshot_id"], one["version"], one["by"]) for one in versions] == [
        (second["snapshot_id"], 2, "parent"),
        (first["snapshot_id"], 1, "parent"),
    ]
    assert "same line" in luthier("snapshots", "history", first["snapshot_id"]).out


def test_people_read_the_marks(luthier: Luthier) -> None:
    saved = save(luthier, "--name", "Parlor")
    assert "the baseline" in luthier("snapshots", "baseline", saved["snapshot_id"]).out
    assert "1 baseline" in luthier("snapshots", "list").out
    assert "sold" in luthier("snapshots", "tag", saved["snapshot_id"], "--add", "sold").out
    luthier("snapshots", "delete", saved["snapshot_id"], "--reason", "replaced")
    assert (
        "restored, recorded as run_" in luthier("snapshots", "restore", saved["snapshot_id"]).out
    )
    assert luthier("snapshots", "baseline", "--clear").out == "no baseline\n"
