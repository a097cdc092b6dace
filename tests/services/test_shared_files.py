"""What else leads to a shared design, and what never does."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound, RecordDamaged
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.exports.payload import payload_text
from luthier_desktop.exports.qr import qr_text
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.run_row import SnapshotRow
from tests.services.builders import design, design_bytes
from tests.services.share_forgery import codes, forged, shared, unsigned, within


def test_a_snapshot_by_itself_is_unsigned_and_can_be_kept(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    data = json.loads(shared(studio, tmp_path).read_bytes())["snapshot"].encode()
    assert codes(other, data) == ("unsigned", set())
    done = other.sharing.import_file(data)
    assert done.document["origin"]["store"] == ""
    changed = data.replace(b'"width_mm":5', b'"width_mm":4')
    assert codes(other, changed) == ("changed", {"design_differs"})


def test_a_design_by_itself_is_opened_and_not_kept(other: Studio) -> None:
    preview = other.sharing.inspect(design_bytes())
    assert (preview.kind, preview.state) == ("design", "unsigned")
    assert preview.design is not None
    with pytest.raises(InputRefused, match="no snapshot"):
        other.sharing.import_file(design_bytes())


def test_pictures_and_qr_texts_lead_to_what_they_carry(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    data = shared(studio, tmp_path).read_bytes()
    for picture in (b"\x89PNG\r\n\x1a\n...%b...", b"<svg><metadata>%b</metadata></svg>"):
        found = other.sharing.inspect(picture % payload_text(data).encode())
        assert (found.kind, found.state) == ("share", "verified")
    bare = canonical_bytes(design(design_id="dsg_1").normalised())
    scanned = other.sharing.inspect(qr_text(bare, "0" * 64).encode())
    assert (scanned.kind, scanned.design and scanned.design.design_id) == ("design", "dsg_1")
    snapshot = json.loads(json.loads(data)["snapshot"])
    name = f"LUTHIER1-ID:{snapshot['design_sha256']}:{snapshot['snapshot_id']}".encode()
    assert studio.sharing.inspect(name).relation.kind == "same"
    assert other.sharing.inspect(name).state == "damaged"
    without = other.sharing.inspect(b"\x89PNG\r\n\x1a\nnothing")
    assert "carries no design" in without.findings[0].sentence


def test_an_export_is_never_written_over_something_or_into_the_log(
    studio: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    before = path.read_bytes()
    with pytest.raises(Conflict):
        studio.sharing.export(path.stem, path)
    assert path.read_bytes() == before
    with pytest.raises(InputRefused, match="in the log itself"):
        studio.sharing.export(path.stem, studio.data_dir / "x.rosette")
    with pytest.raises(InputRefused, match="no folder"):
        studio.sharing.export(path.stem, tmp_path / "none" / "x.rosette")
    with pytest.raises(NotFound):
        studio.sharing.export("snap_0000000000000009", tmp_path / "x.rosette")
    assert sorted(tmp_path.glob("*.rosette")) == [path]
    assert list(tmp_path.glob(".*.part")) == []


def test_a_damaged_snapshot_is_not_shared(studio: Studio, tmp_path: Path, data_dir: Path) -> None:
    path = shared(studio, tmp_path)
    file = data_dir / "art_studio" / "snapshots" / f"{path.stem}.json"
    file.chmod(0o644)
    file.write_bytes(b"torn")
    with pytest.raises(RecordDamaged):
        studio.sharing.export(path.stem, tmp_path / "x.rosette")
    assert studio.sharing.inspect(path).relation.kind == "differs"


def test_a_snapshot_whose_event_was_lost_is_known_by_its_first_id_all_the_same(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    path = shared(studio, tmp_path)
    done = other.sharing.import_file(path)
    file = other.data_dir / "art_studio" / "snapshots" / f"{done.snapshot_id}.json"
    row = SnapshotRow.of_document(json.loads(file.read_bytes()), "The snapshot")
    sha256 = done.document["origin"]["sha256"]
    assert (row.origin_id, row.origin_sha256) == (path.stem, sha256)
    own = studio.data_dir / "art_studio" / "snapshots" / f"{path.stem}.json"
    assert SnapshotRow.of_document(json.loads(own.read_bytes()), "x").origin_id is None


def test_a_design_judged_by_other_rules_is_shown_as_it_was_told(
    studio: Studio, tmp_path: Path
) -> None:
    def older(document: dict[str, Any]) -> None:
        rules = json.loads(document["rules"])
        rules["rules_version"] = "rules-1"
        document["rules"] = canonical_bytes(rules).decode()
        run = json.loads(document["run"])
        run["feasibility"]["rules_version"] = "rules-1"
        told = hashlib.sha256(document["rules"].encode()).hexdigest()
        run["feasibility"]["rules_sha256"] = told
        document["run"] = canonical_bytes(run).decode()

    data = forged(forged(shared(studio, tmp_path).read_bytes(), unsigned), older)
    preview = studio.sharing.inspect(data)
    assert preview.recomputed is None
    assert "other_rules" in {each.code for each in preview.findings}


def test_a_file_is_never_waited_for_and_its_size_is_bounded(other: Studio, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        other.sharing.inspect(tmp_path / "none.rosette")
    assert other.sharing.inspect(tmp_path).state == "damaged"
    big = tmp_path / "big.rosette"
    big.write_bytes(b'{"x":"' + b"a" * 2**21 + b'"}')
    assert "at most 2,097,152 bytes" in other.sharing.inspect(big).findings[0].sentence


def test_names_are_kept_as_they_are_up_to_their_limit(
    studio: Studio, other: Studio, tmp_path: Path
) -> None:
    name = "<table><tr><td>\u202egnp" + "W" * 150
    path = tmp_path / "x.rosette"
    saved = studio.snapshots.save(design(name=name), SnapshotDetails(name=name))
    studio.sharing.export(saved.snapshot_id, path)
    assert other.sharing.import_file(path).document["name"] == name
    endless = forged(
        path.read_bytes(), within("snapshot", lambda s: s.update(name="W" * 1_000_000))
    )
    assert other.sharing.inspect(endless).state == "damaged"
