from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound, StorageFailed
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.picture import PLAIN_PICTURE, PictureOptions
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.domain.workshop import Fingerboard, Setup, TopPlate
from luthier_desktop.exports.payload import find_payload
from luthier_desktop.exports.qr import qr_text
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from tests.services.builders import FakeClock, design

SMALL = PictureOptions(style="flat", dpi=40)
WRITTEN = RunQuery(event=("export.written",))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def exports(studio: Studio) -> list[tuple[str, str]]:
    return [(one.status, one.run_id) for one in studio.runs.find(WRITTEN).entries]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_is_written_recorded_and_opens_as_the_same_design(
    studio: Studio, out: Path, kind: str
) -> None:
    spec, path = design(design_id="dsg_1"), out / f"picture.{kind}"
    done = studio.exporting.write("svg" if kind == "svg" else "png", spec, path, SMALL)
    data = path.read_bytes()
    assert (done.path, done.size_bytes, done.sha256) == (path, len(data), sha256_hex(data))
    assert [one.name for one in out.iterdir()] == [path.name]
    assert studio.designs.read(find_payload(data) or b"") == spec
    run = studio.runs.get(done.run_id or "").artifact
    assert (run.event_type, run.status) == ("export.written", "OK")
    assert run.outputs["picture"] == {
        "kind": kind,
        "name": path.name,
        "sha256": done.sha256,
        "bytes": done.size_bytes,
    }
    assert run.hashes.design_sha256 == studio.hash_of(spec)
    assert run.request["options"]["style"] == "flat"


def test_the_same_design_is_the_same_bytes_whatever_was_recorded_between(studio: Studio) -> None:
    first = studio.exporting.svg(design())
    studio.feasibility.check(design())
    assert studio.exporting.svg(design()) == first
    assert studio.exporting.png(design(), SMALL) == studio.exporting.png(design(), SMALL)


def test_the_picture_of_a_snapshot_carries_its_share_file_and_names_its_run(
    studio: Studio, out: Path
) -> None:
    saved = studio.snapshots.save(design(), SnapshotDetails(name="A <b> & é"))
    captioned = PictureOptions(caption=True)
    done = studio.exporting.write("svg", saved.snapshot_id, out / "a.svg", captioned)
    data = done.path.read_bytes()
    document = json.loads(find_payload(data) or b"")
    assert document["schema"] == "luthier.share/1"
    assert json.loads(document["snapshot"])["snapshot_id"] == saved.snapshot_id
    assert document["witness"] is not None
    text = data.decode()
    assert saved.run_id in text
    assert (done.run_id or "") not in text
    assert "A &lt;b&gt; &amp; é" in text
    run = studio.runs.get(done.run_id or "").artifact
    assert run.parent_run_ids == (saved.run_id,)


def test_a_file_that_stands_there_is_left_alone_unless_it_is_to_give_way(
    studio: Studio, out: Path
) -> None:
    path = out / "picture.svg"
    path.write_bytes(b"mine")
    with pytest.raises(Conflict, match="exists already"):
        studio.exporting.write("svg", design(), path)
    assert path.read_bytes() == b"mine"
    (status, run_id), *others = exports(studio)
    assert (status, others) == ("BLOCKED", [])
    run = studio.runs.get(run_id).artifact
    assert run.outputs == {}
    assert "exists already" in (run.decision.block_reason or "")
    done = studio.exporting.write("svg", design(), path, replace=True)
    assert sha256_hex(path.read_bytes()) == done.sha256
    folder = out / "folder.svg"
    folder.mkdir()
    with pytest.raises(Conflict):
        studio.exporting.write("svg", design(), folder, replace=True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_refuses_leaves_nothing_and_is_recorded_as_an_error(
    studio: Studio, out: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = out / f"a{KINDS[kind].suffixes[0]}"
    calls = studio.store().calls
    write = calls.write

    def full(descriptor: int, data: bytes | memoryview) -> int:
        if any(out.iterdir()):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    with monkeypatch.context() as patched:
        patched.setattr(calls, "write", full)
        with pytest.raises(StorageFailed, match="full"):
            studio.exporting.write(kind, design(), path)
    assert list(out.iterdir()) == []
    assert [status for status, _ in exports(studio)] == ["ERROR"]


def test_a_file_that_another_program_holds_open_stays_as_it_is(
    studio: Studio, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = out / "a.dxf"
    path.write_bytes(b"mine")

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "The file is used by another process")

    with monkeypatch.context() as patched:
        patched.setattr(studio.store().calls, "replace", held)
        with pytest.raises(StorageFailed, match=r"a\.dxf"):
            studio.exporting.write("dxf", design(), path, replace=True)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == {"a.dxf": b"mine"}
    assert [status for status, _ in exports(studio)] == ["ERROR"]


def test_pages_that_are_too_small_are_blocked_and_never_shrunk(studio: Studio, out: Path) -> None:
    wide = design(outer_diameter_mm=404.0, inner_diameter_mm=390.0, soundhole_diameter_mm=384.0)
    with pytest.raises(InputRefused, match="overlap"):
        studio.exporting.write("pdf", wide, out / "a.pdf", PdfOptions(overlap_mm=190.0))
    (status, run_id), *others = exports(studio)
    assert (status, others, list(out.iterdir())) == ("BLOCKED", [], [])
    assert "overlap" in (studio.runs.get(run_id).artifact.decision.block_reason or "")


def test_what_cannot_be_written_is_recorded_as_blocked_and_leaves_nothing(
    studio: Studio, out: Path
) -> None:
    refused = (
        ("svg", studio.data_dir / "a.svg", PLAIN_PICTURE, "in the log itself"),
        ("svg", out / ".." / studio.data_dir.name / "a.svg", PLAIN_PICTURE, "in the log itself"),
        ("svg", out / "none" / "a.svg", PLAIN_PICTURE, "is no folder"),
        ("svg", out / "a.png", PLAIN_PICTURE, "a name that ends in .svg"),
        ("svg", out / "a\nb.svg", PLAIN_PICTURE, "control character"),
        ("svg", out / "a\0b.svg", PLAIN_PICTURE, "control character"),
        ("svg", out / "caf\udce9.svg", PLAIN_PICTURE, "no Unicode"),
        ("svg", out / f"{'n' * 240}.svg", PLAIN_PICTURE, "name of 244 bytes is too long"),
        ("png", out / "a.png", PictureOptions(dpi=2400), "8192"),
    )
    for kind, path, options, why in refused:
        with pytest.raises(InputRefused, match=why):
            studio.exporting.write(kind, design(), path, options)
    assert [status for status, _ in exports(studio)] == ["BLOCKED"] * len(refused)
    newest = studio.runs.get(exports(studio)[0][1]).artifact
    assert (newest.outputs, "8192" in (newest.decision.block_reason or "")) == ({}, True)
    assert list(out.iterdir()) == []


def test_what_is_no_request_is_refused_without_a_run(studio: Studio, out: Path) -> None:
    studio.health()
    with pytest.raises(NotFound):
        studio.exporting.write("svg", "snap_0000000000000000", out / "a.svg")
    with pytest.raises(InputRefused, match="'stl' is no kind of export"):
        studio.exporting.write("stl", design(), out / "a.stl")
    assert (exports(studio), list(out.iterdir())) == ([], [])


def test_a_bug_in_a_writer_is_recorded_as_an_error(
    studio: Studio, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ZeroDivisionError

    row = KINDS["svg"]._replace(draw=broken)
    monkeypatch.setattr("luthier_desktop.services.export_kinds.KINDS", {"svg": row})
    with pytest.raises(ZeroDivisionError):
        studio.exporting.write("svg", design(), out / "a.svg")
    (status, run_id), *others = exports(studio)
    assert (status, others, list(out.iterdir())) == ("ERROR", [], [])
    reason = studio.runs.get(run_id).artifact.decision.block_reason
    assert reason == "The program failed: ZeroDivisionError."


def test_another_setup_lends_its_board_and_top(studio: Studio) -> None:
    shop = Setup(
        top=TopPlate(material_id="redwood"),
        fingerboard=Fingerboard(width_mm=61.5, end_distance_mm=40.0),
    )
    text = studio.exporting.for_setup(shop).svg(design(top=None)).decode()
    assert 'width="61.5"' in text
    assert "wood-redwood" in text


def test_the_text_of_a_qr_code_opens_the_design(studio: Studio) -> None:
    spec = design(design_id="dsg_1")
    text = qr_text(canonical_bytes(spec.normalised()), studio.hash_of(spec), "dsg_1")
    assert studio.exporting.is_design_text(text)
    assert studio.exporting.design_from_text(text) == spec
    saved = studio.snapshots.save(spec, SnapshotDetails(name="x"))
    named = f"LUTHIER1-ID:{studio.hash_of(spec)}:{saved.snapshot_id}"
    assert studio.hash_of(studio.exporting.design_from_text(named)) == studio.hash_of(spec)
    with pytest.raises(NotFound, match="too large"):
        studio.exporting.design_from_text(f"LUTHIER1-ID:{'0' * 64}:{saved.snapshot_id}")
    assert not studio.exporting.is_design_text('{"schema": 1}')


def test_a_suggested_name_is_words_and_an_id(studio: Studio) -> None:
    assert studio.exporting.suggested_name(design(design_id="dsg_1"), ".png") == (
        "three-rings-dsg_1.png"
    )
    assert studio.exporting.suggested_name("snap_1", ".svg") == "snap_1.svg"


def test_a_design_can_be_kept_as_a_snapshot_and_exported_from_it(
    studio: Studio, out: Path
) -> None:
    done = studio.exporting.keeping("For Ida").write("svg", design(), out / "a.svg")
    kept = studio.snapshots.get(done.snapshot_id or "")
    assert kept.document["name"] == "For Ida"
    assert done.changes == Changes(runs=True, snapshots=True)
    run = studio.runs.get(done.run_id or "").artifact
    assert run.request["snapshot_id"] == done.snapshot_id
    assert run.parent_run_ids == (kept.document["run_id"],)
    assert b"luthier.share/1" in (find_payload(done.path.read_bytes()) or b"")


def test_nothing_is_kept_where_the_file_cannot_stand(studio: Studio, out: Path) -> None:
    (out / "a.svg").write_bytes(b"mine")
    keeping = studio.exporting.keeping("For Ida")
    for path, refused in ((out / "a.svg", Conflict), (out / "a.pdf", InputRefused)):
        with pytest.raises(refused):
            keeping.write("svg", design(), path)
    assert studio.snapshots.find(SnapshotQuery()).items == ()
    saved = studio.snapshots.save(design(), SnapshotDetails(name="x"))
    with pytest.raises(InputRefused, match=f"the snapshot {saved.snapshot_id} already"):
        keeping.write("svg", saved.snapshot_id, out / "b.svg")
    with pytest.raises(InputRefused, match="name"):
        studio.exporting.keeping("").write("svg", design(), out / "c.svg")
    assert len(studio.snapshots.find(SnapshotQuery()).items) == 1
    assert {status for status, _ in exports(studio)} == {"BLOCKED"}


def test_the_letters_of_a_run_stay_the_same_and_witness_the_log(studio: Studio) -> None:
    saved = studio.snapshots.save(design(), SnapshotDetails(name="x"))
    first = studio.trust.letters_of(saved.run_id)
    assert first.ledger_number == saved.seq
    assert first.letters.startswith(f"{saved.seq} ")
    studio.feasibility.check(design())
    with open_studio(studio.data_dir, clock=FakeClock()) as later:
        assert later.trust.letters_of(saved.run_id) == first
        assert later.trust.verify(witnesses=[first.letters]).ok
        wrong = first.letters[:-1] + ("A" if first.letters[-1] != "A" else "B")
        assert not later.trust.verify(witnesses=[wrong]).ok


def test_a_snapshot_tells_what_was_made_of_it(studio: Studio, out: Path) -> None:
    saved, other = (
        studio.snapshots.save(design(design_id="dsg_1"), SnapshotDetails(name=name))
        for name in ("x", "y")
    )
    one = studio.exporting.write("svg", saved.snapshot_id, out / "a.svg", SMALL)
    studio.exporting.write("svg", other.snapshot_id, out / "b.svg")
    studio.exporting.write("svg", design(design_id="dsg_1"), out / "c.svg")
    shared = studio.snapshots.export(saved.snapshot_id, out / "d.rosette")
    with pytest.raises(Conflict):
        studio.exporting.write("svg", saved.snapshot_id, out / "a.svg")
    made = studio.exporting.of_snapshot(saved.snapshot_id)
    assert [(each.run_id, each.kind, each.name) for each in made] == [
        (shared.run_id, "share", "d.rosette"),
        (one.run_id, "svg", "a.svg"),
    ]
    assert (made[1].sha256, made[1].size_bytes) == (one.sha256, one.size_bytes)
    assert made[1].options == SMALL.stored()
    assert not made[1].damaged
    run_file = next((studio.data_dir / "runs").rglob(f"{one.run_id}.json"))
    run_file.unlink()
    run_file.write_bytes(b"{}")
    again = studio.exporting.of_snapshot(saved.snapshot_id)[1]
    assert (again.damaged, again.options, again.name) == (True, None, "a.svg")
    assert studio.exporting.of_snapshot("snap_0000000000000000") == ()
