"""One run verified by itself: file, hashes, event, chain and checkpoint, each in words."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import NotFound
from luthier_desktop.domain.run_proof import RunProof
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services import run_proofs
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.checkpoint import Note
from tests.services.builders import deep, design
from tests.services.test_reproduction import OTHER_ID, checked, stored_otherwise
from tests.services.test_runs import change_one_byte

WHOLE = [
    "Run file", "Request", "Design", "Report", "Rules", "Event", "Event before", "Checkpoint",
]


def states(proof: RunProof) -> dict[str, str]:
    return {line.name: line.state for line in proof.lines}


def wrong(proof: RunProof) -> list[str]:
    return [line.name for line in proof.lines if line.state == "differs"]


def event_file(data_dir: Path, seq: int) -> Path:
    return next((data_dir / "ledger").rglob(f"{seq:09d}.json"))


@pytest.fixture
def signed(studio: Studio) -> str:
    """The first of two runs, covered by a checkpoint."""
    run_id = checked(studio)
    checked(studio)
    studio.trust.witness(run_id)
    return run_id


def test_each_line_of_a_sound_run_says_what_agrees(studio: Studio, signed: str) -> None:
    proof = studio.proofs.of(signed)
    assert [line.name for line in proof.lines] == WHOLE
    assert set(states(proof).values()) == {"same"}
    assert proof.ok
    assert proof.is_whole
    assert all(line.told == line.found != "" for line in proof.lines)
    stored = studio.runs.get(signed).artifact.hashes
    told = {line.name: line.told for line in proof.lines}
    assert told["Report"] == stored.feasibility_sha256
    assert told["Request"] == stored.request_sha256


def test_a_run_that_no_checkpoint_covers_yet_says_so(studio: Studio) -> None:
    proof = studio.proofs.of(checked(studio))
    assert proof.lines[-1].state == "absent"
    assert "No checkpoint covers it yet" in proof.lines[-1].sentence
    assert proof.ok


def test_a_changed_file_is_told_with_advice_and_its_chain_still_agrees(
    studio: Studio, signed: str
) -> None:
    change_one_byte(studio.runs.place_of(signed))
    proof = studio.proofs.of(signed)
    assert wrong(proof)[:1] == ["Run file"]
    assert "Restore this file from a backup" in proof.lines[0].advice
    assert {states(proof)[name] for name in ("Event", "Event before", "Checkpoint")} == {"same"}
    studio.runs.place_of(signed).unlink()
    assert "Its file is missing" in studio.proofs.of(signed).lines[0].sentence


def test_a_changed_event_breaks_chain_and_checkpoint(
    studio: Studio, signed: str, data_dir: Path
) -> None:
    seq = studio.proofs.of(signed).seq
    file = event_file(data_dir, seq)
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b'"auth":"none"', b'"auth":"nome"'))
    proof = studio.proofs.of(signed)
    assert wrong(proof) == ["Event", "Checkpoint"]
    assert not proof.ok
    assert proof.sentence == "Not as it was recorded: event, checkpoint."
    file.unlink()
    assert "Event" in wrong(studio.proofs.of(signed))


def test_a_checkpoint_with_another_signature_is_no_good(
    studio: Studio, signed: str, data_dir: Path
) -> None:
    file = max((data_dir / "checkpoints").iterdir())
    note = Note.read(file.read_bytes(), "The note")
    forged = dataclasses.replace(note, signature=bytes(64))
    file.chmod(0o644)
    file.write_bytes(forged.data())
    line = studio.proofs.of(signed).lines[-1]
    assert line.state == "differs"
    assert "not signed by the key of this log" in line.sentence


def test_a_report_that_is_not_the_one_of_its_hash_is_told(studio: Studio) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["feasibility"]["overall_score"] = 1

    stored_otherwise(studio, checked(studio), alter)
    proof = studio.proofs.of(OTHER_ID)
    assert wrong(proof) == ["Report"]


def test_a_purged_run_keeps_its_event_and_its_place_in_the_chain(
    studio: Studio, signed: str
) -> None:
    studio.hiding.purge(signed, "Another one's design")
    proof = studio.proofs.of(signed)
    assert [line.name for line in proof.lines] == [
        "Run file", "Event", "Event before", "Checkpoint",
    ]
    assert proof.lines[0].state == "absent"
    assert "Another one's design" in proof.lines[0].sentence
    assert proof.ok


def test_a_snapshot_that_was_saved_with_the_run_is_looked_at_too(studio: Studio) -> None:
    saved = studio.snapshots.save(design(**deep(1.4)), SnapshotDetails(name="Kept"))
    proof = studio.proofs.of(saved.run_id)
    assert states(proof)["Saved file"] == "same"


def test_a_long_log_is_left_unread_unless_one_is_patient(
    studio: Studio, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_proofs, "NEAR_EVENTS", 1)
    hasty = studio.proofs.of(signed, is_patient=False)
    assert hasty.lines[-1].state == "unread"
    assert not hasty.is_whole
    assert studio.proofs.of(signed).is_whole


def test_an_unknown_run_is_refused(studio: Studio) -> None:
    checked(studio)
    with pytest.raises(NotFound):
        studio.proofs.of("run_20260122_0000000000000000")


def test_the_answer_is_plain_json(studio: Studio, signed: str) -> None:
    plain = json.loads(json.dumps(studio.proofs.of(signed).plain()))
    assert set(plain) == {"run_id", "ok", "seq", "results"}
    assert plain["results"][0]["name"] == "Run file"
