from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotQuery
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import canonical_bytes
from tests.services.builders import FakeClock
from tests.services.share_forgery import OtherClock, codes, forged, shared, unsigned, within


def test_programs_that_import_one_file_at_once_bring_it_in_once(
    studio: Studio, tmp_path: Path
) -> None:
    data = shared(studio, tmp_path).read_bytes()
    there, together = tmp_path / "there", Barrier(3)
    with open_studio(there) as first:
        first.store()

    def bring_in(_: int) -> str:
        with open_studio(there) as one:
            together.wait()
            return one.sharing.import_file(data).snapshot_id

    with ThreadPoolExecutor(3) as pool:
        ids = set(pool.map(bring_in, range(3)))
    with open_studio(there) as last:
        assert last.snapshots.ids(SnapshotQuery()) == list(ids)


def test_a_share_file_has_the_members_and_the_bytes_of_the_contract(
    studio: Studio, tmp_path: Path, data_dir: Path
) -> None:
    path = shared(studio, tmp_path)
    data = path.read_bytes()
    document = json.loads(data)
    assert list(document) == sorted(
        ("schema", "snapshot", "run", "rules", "witness", "signature", "sha256")
    )
    assert canonical_bytes(document) == data
    snapshot_file = data_dir / "art_studio" / "snapshots" / f"{path.stem}.json"
    assert document["snapshot"].encode() == snapshot_file.read_bytes()
    run = json.loads(document["run"])
    assert document["run"].encode() == studio.runs.get(run["run_id"]).data
    rules = hashlib.sha256(document["rules"].encode()).hexdigest()
    assert rules == run["feasibility"]["rules_sha256"]
    covered = {name: value for name, value in document.items() if name != "sha256"}
    assert document["sha256"] == hashlib.sha256(canonical_bytes(covered)).hexdigest()
    assert document["signature"] is None


def test_an_export_is_recorded_with_the_hash_and_the_size_of_the_file(
    studio: Studio, tmp_path: Path
) -> None:
    data = shared(studio, tmp_path).read_bytes()
    entry = studio.runs.find(RunQuery()).entries[0]
    assert entry.event_type == "snapshot.exported"
    told = studio.runs.get(entry.run_id).artifact.outputs["share"]
    assert (told["bytes"], told["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert studio.runs.verify("deep").ok


def test_looking_at_a_file_stores_nothing(studio: Studio, other: Studio, tmp_path: Path) -> None:
    path = shared(studio, tmp_path)
    preview = other.sharing.inspect(path)
    assert (preview.state, preview.ok, preview.relation.kind) == ("verified", True, "new")
    assert (preview.name, preview.operator) == ("Parlor", "Owner")
    assert preview.stated == preview.recomputed
    assert not other.data_dir.exists()


def test_what_is_shared_comes_through_a_second_log_with_its_design_and_its_first_id(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    sent = json.loads(json.loads(path.read_bytes())["snapshot"])
    done = other.snapshots.import_file(path)
    again = tmp_path / "again.rosette"
    other.snapshots.export(done.snapshot_id, again)
    kept = json.loads(json.loads(again.read_bytes())["snapshot"])
    assert canonical_bytes(kept["design"]) == canonical_bytes(sent["design"])
    assert kept["design_sha256"] == sent["design_sha256"]
    assert kept["snapshot_id"] == done.snapshot_id != sent["snapshot_id"]
    assert kept["origin"]["snapshot_id"] == sent["snapshot_id"]
    data = json.loads(path.read_bytes())["snapshot"].encode()
    assert kept["origin"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert (kept["name"], kept["tags"]) == ("Parlor", ["steel"])
    assert other.sharing.inspect(again).state == "verified"
    assert other.runs.verify("deep").ok


def test_an_import_is_judged_anew_and_tells_where_it_came_from(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    done = other.sharing.import_file(path)
    entry = other.runs.find(RunQuery(text=path.stem)).entries[0]
    assert (entry.event_type, entry.source) == ("snapshot.imported", "import")
    run = other.runs.get(entry.run_id).artifact
    assert run.feasibility is not None
    origin = run.outputs["origin"]
    assert (origin["snapshot_id"], origin["state"]) == (path.stem, "verified")
    assert origin["operator"]["name"] == "Owner"
    assert done.changes.snapshots
    assert list((other.data_dir / "witness").rglob("*.note"))


def test_the_same_file_again_adds_nothing_and_says_so(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    first = other.sharing.import_file(path)
    second = other.sharing.import_file(path)
    assert (second.snapshot_id, second.added) == (first.snapshot_id, False)
    assert "already" in second.preview.relation.sentence
    assert len(other.snapshots.find(SnapshotQuery()).items) == 1
    own = studio.sharing.import_file(path)
    assert (own.snapshot_id, own.added) == (path.stem, False)


def test_the_same_id_with_other_bytes_is_told_and_kept_beside(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    first = other.sharing.import_file(path)
    another = forged(
        forged(path.read_bytes(), unsigned), within("snapshot", lambda s: s.update(notes="mine"))
    )
    assert other.sharing.inspect(another).relation.kind == "differs"
    with pytest.raises(Conflict, match="differs"):
        other.sharing.import_file(another, "cancel", despite_changes=True)
    both = other.sharing.import_file(another, "keep-both", despite_changes=True)
    assert both.added
    assert both.document["parent_snapshot_id"] is None
    assert other.snapshots.get(first.snapshot_id).document["notes"] == ""
    assert len(other.snapshots.find(SnapshotQuery()).items) == 2


def test_another_version_of_a_design_can_follow_the_one_here(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    first = other.sharing.import_file(shared(studio, tmp_path, design_id="dsg_1"))
    later = shared(studio, tmp_path, "Parlor, mended", design_id="dsg_1", outer_diameter_mm=106.0)
    assert other.sharing.inspect(later).relation.kind == "version"
    second = other.sharing.import_file(later, "replace")
    assert second.document["parent_snapshot_id"] == first.snapshot_id
    assert second.document["design"]["design_id"] == "dsg_1"


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("snapshot", lambda s: s["design"].update(outer_diameter_mm=105), "design_differs"),
        ("run", lambda r: r["feasibility"].update(overall_score=1), "report_differs"),
        ("run", lambda r: r["decision"].update(score=1), "decision_differs"),
        ("run", lambda r: r["request"]["setup"].update(name="mine"), "request_differs"),
        ("run", lambda r: r["outputs"]["snapshot"].update(sha256="0" * 64), "run_of_another"),
        ("run", lambda r: r.update(status=1), "run_unreadable"),
        ("rules", lambda r: r["checks"].clear(), "rules_differ"),
    ],
)
def test_a_part_that_was_changed_is_named_though_the_file_has_a_hash_that_fits(
    studio: Studio, tmp_path: Path, part: str, change: Any, code: str
) -> None:
    data = forged(shared(studio, tmp_path).read_bytes(), within(part, change))
    state, found = codes(studio, data)
    assert (state, code in found) == ("changed", True), found


def test_a_verdict_that_does_not_follow_is_found_behind_hashes_that_do(
    studio: Studio, tmp_path: Path
) -> None:
    """Whoever makes a file of his own can make every hash fit; the verdict is worked out anew."""

    def lie(run: dict[str, Any]) -> None:
        run["feasibility"]["checks"][0]["value"] = 1.5
        report = {k: v for k, v in run["feasibility"].items() if k not in IGNORED}
        rings = report["rings"]
        report["rings"] = [{k: v for k, v in ring.items() if k != "ring_id"} for ring in rings]
        told = hashlib.sha256(canonical_bytes(report)).hexdigest()
        run["hashes"]["feasibility_sha256"] = told

    honest = forged(shared(studio, tmp_path).read_bytes(), unsigned)
    assert codes(studio, honest) == ("unsigned", set())
    assert codes(studio, forged(honest, within("run", lie))) == (
        "changed",
        {"feasibility_differs"},
    )


IGNORED = ("run_id", "suggestion_id")


def test_a_witness_of_something_else_is_a_fault(studio: Studio, tmp_path: Path) -> None:
    one = json.loads(shared(studio, tmp_path).read_bytes())
    two = shared(studio, tmp_path, "Terz").read_bytes()
    swapped = forged(two, lambda document: document.update(witness=one["witness"]))
    assert codes(studio, swapped) == ("changed", {"witness_bad"})
    broken = forged(two, lambda document: document["witness"]["proof"].append("x"))
    assert codes(studio, broken) == ("changed", {"witness_bad"})


def test_a_signature_tells_the_installation_and_holds_for_these_bytes_alone(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    plain = shared(studio, tmp_path)
    data = studio.sharing.document(plain.stem, with_witness=False, signed=True)
    preview = other.sharing.inspect(data)
    assert (preview.state, preview.ok) == ("verified", True)
    assert preview.origin.startswith("luthier-desktop/")
    assert "signed" in {each.code for each in preview.findings}
    moved = forged(
        forged(shared(studio, tmp_path, "Terz").read_bytes(), unsigned),
        lambda document: document.update(signature=json.loads(data)["signature"]),
    )
    assert codes(other, moved) == ("changed", {"signature_bad"})
    nonsense = forged(data, lambda document: document.update(signature={"public_key": "x"}))
    assert codes(other, nonsense) == ("changed", {"signature_bad"})


def test_a_log_that_is_signed_by_another_key_than_before_is_red(
    studio: Studio, other: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.sharing.import_file(shared(studio, tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "another account"))
    pretender = tmp_path / "pretender"
    pretender.mkdir()
    (pretender / "STORE.json").write_bytes((studio.data_dir / "STORE.json").read_bytes())
    with open_studio(pretender, clock=OtherClock()) as pretending:
        path = shared(pretending, tmp_path, "Not from there")
    assert codes(other, path) == ("changed", {"witness_key_changed"})


def test_a_snapshot_that_comes_home_to_a_log_without_its_event_is_told(
    studio: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    (home / "STORE.json").write_bytes((studio.data_dir / "STORE.json").read_bytes())
    with open_studio(home, clock=FakeClock()) as older:
        shared(older, tmp_path, "Something else")
        assert codes(older, path)[1] == {"own_log_differs"}


def test_what_was_changed_is_kept_only_as_such(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    data = forged(
        shared(studio, tmp_path).read_bytes(), within("run", lambda r: r.update(status=1))
    )
    with pytest.raises(InputRefused, match="changed after it was made"):
        other.sharing.import_file(data)
    assert other.runs.ids(RunQuery()) == []
    done = other.sharing.import_file(data, despite_changes=True)
    origin = other.runs.get(done.run_id or "").artifact.outputs["origin"]
    assert origin["state"] == "changed"
    assert "run_unreadable" in {each["code"] for each in origin["findings"]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: data.replace(b"luthier.share/1", b"luthier.share/9"),
        lambda data: forged(data, lambda document: document.update(more=1)),
        lambda data: forged(data, lambda document: document.pop("rules")),
        lambda data: forged(data, lambda document: document.update(snapshot="{}")),
        lambda data: b"",
        lambda data: b"\xef\xbb\xbf" + data,
    ],
)
def test_what_is_not_exactly_a_share_file_is_damaged_and_never_kept(
    studio: Studio, tmp_path: Path, spoil: Any
) -> None:
    data = spoil(shared(studio, tmp_path).read_bytes())
    preview = studio.sharing.inspect(data)
    assert (preview.state, preview.ok, preview.can_be_kept) == ("damaged", False, False)
    count = studio.runs.count(RunQuery())
    with pytest.raises(InputRefused):
        studio.sharing.import_file(data, despite_changes=True)
    assert studio.runs.count(RunQuery()) == count
