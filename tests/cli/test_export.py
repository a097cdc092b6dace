from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.cli.export import export
from luthier_desktop.exports.payload import find_payload
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.storage.canonical import sha256_hex
from tests.cli.conftest import Luthier
from tests.services.builders import deep, design_bytes

SMALL = ("--style", "flat", "--json")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_design_becomes_a_picture_and_a_run(luthier: Luthier, tmp_path: Path, kind: str) -> None:
    out, more = tmp_path / f"a.{kind}", ("--dpi", "40") if kind == "png" else ("--caption",)
    answer = luthier("export", kind, "-", "--out", out, *SMALL, *more, stdin=design_bytes())
    assert (answer.code, answer.err) == (0, "")
    told = answer.json()
    assert set(told) == {"path", "bytes", "sha256", "run_id", "snapshot_id"}
    data = out.read_bytes()
    assert (told["path"], told["bytes"]) == (str(out), len(data))
    assert told["sha256"] == sha256_hex(data)
    run = luthier("logs", "show", told["run_id"], "--json").json()
    assert (run["event_type"], run["outputs"]["picture"]["sha256"]) == (
        "export.written",
        told["sha256"],
    )
    again = luthier("feasibility", "single", "-", "--no-record", stdin=find_payload(data) or b"")
    assert again.code == 0


def test_a_design_without_an_id_is_the_same_picture_each_time(
    luthier: Luthier, tmp_path: Path
) -> None:
    told = [
        luthier("export", "svg", "-", "--out", tmp_path / name, *SMALL, stdin=design_bytes())
        for name in ("a.svg", "b.svg")
    ]
    assert told[0].json()["sha256"] == told[1].json()["sha256"]


def test_a_snapshot_is_drawn_by_its_id(luthier: Luthier, tmp_path: Path) -> None:
    saved = luthier("snapshots", "save", "-", "--name", "x", "--json", stdin=design_bytes())
    id_ = saved.json()["snapshot_id"]
    answer = luthier("export", "svg", id_, "--out", tmp_path / "a.svg", *SMALL)
    assert answer.code == 0
    assert b"luthier.share/1" in (find_payload((tmp_path / "a.svg").read_bytes()) or b"")


def test_each_refusal_has_its_exit_code(luthier: Luthier, tmp_path: Path) -> None:
    luthier("health")
    out = tmp_path / "a.svg"
    drawn = ("export", "svg", "-", "--out", out)
    assert luthier(*drawn, stdin=design_bytes()).code == 0
    assert luthier(*drawn, stdin=design_bytes()).code == 5
    assert luthier(*drawn, "--replace", stdin=design_bytes()).code == 0
    assert luthier("export", "svg", "-", stdin=design_bytes()).code == 2
    assert luthier(*drawn, stdin=b"{}").code == 3
    missing = ("snap_0000000000000000", tmp_path / "none.json")
    for one in missing:
        assert luthier("export", "svg", one, "--out", tmp_path / "b.svg").code == 4
    large = ("--dpi", "2400", "--out", tmp_path / "b.png")
    assert luthier("export", "png", "-", *large, stdin=design_bytes()).code == 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_of_a_kind_can_be_given(kind: str) -> None:
    command = export.commands[kind]
    context = command.make_context(kind, ["a.json", "--out", "a"])
    pixels = {"dpi", "width_px"} if kind == "svg" else set()
    plain = {
        name: value
        for name, value in KINDS[kind].options().stored().items()
        if name not in pixels
    }
    assert {name: context.params[name] for name in plain} == plain
    helps = {one.name: getattr(one, "help", "") for one in command.params}
    assert all(helps[name] for name in plain)


def test_a_snapshot_can_be_kept_of_what_is_exported(luthier: Luthier, tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    keep = ("--keep", "For Ida", "--json")
    told = luthier("export", "svg", "-", "--out", out, *keep, stdin=design_bytes()).json()
    shown = luthier("snapshots", "show", told["snapshot_id"], "--json").json()
    assert shown["name"] == "For Ida"
    (made,) = shown["exports"]
    assert (made["run_id"], made["sha256"], made["name"]) == (
        told["run_id"], told["sha256"], "a.svg",
    )
    assert made["options"]["style"] == "wood"
    text = luthier("snapshots", "show", told["snapshot_id"]).out
    assert f"svg  a.svg, {told['bytes']:,} bytes, {told['run_id']}" in text


def test_each_kind_is_written_and_recorded(luthier: Luthier, tmp_path: Path) -> None:
    for row in KINDS.values():
        for suffix in row.suffixes:
            out = tmp_path / f"{row.kind}{suffix}"
            answer = luthier("export", row.kind, "-", "--out", out, "--json", stdin=design_bytes())
            assert (answer.code, answer.err) == (0, ""), row.kind
            told = answer.json()
            run = luthier("logs", "show", told["run_id"], "--json").json()
            assert run["status"] == "OK"
            assert run["outputs"] == {
                row.output: {
                    "kind": row.kind,
                    "name": out.name,
                    "sha256": sha256_hex(out.read_bytes()),
                    "bytes": told["bytes"],
                }
            }


def test_a_closed_gate_ends_with_6_and_tells_all_that_is_in_the_way(
    luthier: Luthier, tmp_path: Path
) -> None:
    red = design_bytes(**deep(2.0), soundhole_diameter_mm=None)
    answer = luthier("export", "gcode", "-", "--out", tmp_path / "a.nc", stdin=red)
    assert (answer.code, answer.out) == (6, "")
    told = answer.err.splitlines()
    assert any("C1 is RED and not overridden" in line for line in told)
    assert any("UNKNOWN and can never be overridden" in line for line in told)
    assert "the gate before cutting is closed" in told[-1]
    assert not (tmp_path / "a.nc").exists()


def test_the_decision_of_a_lead_lets_the_command_cut(luthier: Luthier, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_bytes(design_bytes(design_id="dsg_1", **deep(2.0)))
    why = ("--reason", "a scrap top for the fair, not to be sold")
    design = tmp_path / "d.json"
    assert luthier("decisions", "override", design, "--check", "C1", *why).code == 0
    answer = luthier("export", "gcode", design, "--out", tmp_path / "a.nc")
    assert (answer.code, answer.err) == (0, "")


def test_no_qt_is_loaded_to_draw(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_bytes(design_bytes())
    code = (
        "import sys; from luthier_desktop.cli import main; main(sys.argv[1:]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    arguments = ("export", "png", "d.json", "--out", "d.png", "--dpi", "40", "--data-dir", "s")
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)},
    )
    assert b"recorded as run_" in done.stdout
