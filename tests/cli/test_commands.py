"""What holds for every command, and the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from luthier_desktop.cli.commands import luthier as root
from luthier_desktop.services.export_kinds import KINDS
from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE

SMOKE_BYTES = json.dumps(SMOKE).encode()


def leaves(command: click.Command, *names: str) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [names]
    context = click.Context(command)
    found = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [leaf for name, child in found if child for leaf in leaves(child, *names, name)]


LEAVES = leaves(root)


def test_the_commands_of_this_version_are_there() -> None:
    assert {" ".join(names) for names in LEAVES} == {
        *("health", "feasibility single", "feasibility batch"),
        *("logs recent", "logs show", "logs verify", "logs rebuild"),
        *("logs acknowledge", "logs rotate-key", "logs keep-witness"),
        *("logs hide", "logs unhide", "logs purge", "logs repair", "logs export"),
        *("logs reproduce", "logs diff"),
        *("snapshots save", "snapshots list", "snapshots show", "snapshots delete"),
        *("snapshots compare", "snapshots baseline", "snapshots restore", "snapshots tag"),
        "snapshots history",
        *("snapshots export", "snapshots import", "snapshots verify"),
        *("setups list", "setups show", "setups use", "setups import", "setups export"),
        *("setups create", "setups edit", "setups duplicate", "setups remove", "setups restore"),
        *("setups lock", "setups unlock", "setups advice"),
        *("catalogue add", "catalogue edit", "catalogue duplicate", "catalogue remove"),
        *("catalogue restore", "catalogue lock", "catalogue unlock", "catalogue import"),
        "catalogue export",
        *("catalogue materials", "catalogue tools", "catalogue machines"),
        *(f"export {kind}" for kind in KINDS),
        *("backups create", "backups list", "backups show", "backups verify"),
        *("backups restore", "backups delete"),
        *("backups full create", "backups full verify", "backups full restore"),
        *("decisions accept", "decisions override", "decisions list"),
        *("operators list", "operators add", "operators role", "operators disable"),
        *("operators enable", "operators pin", "operators recover"),
        "import-legacy",
    }


@pytest.mark.parametrize("names", LEAVES, ids=" ".join)
def test_every_command_has_the_common_options_and_an_example(
    luthier: Luthier, names: tuple[str, ...]
) -> None:
    answer = luthier(*names, "--help")
    assert answer.code == 0
    for option in ("--data-dir", "--json", "--operator", "--help"):
        assert option in answer.out
    assert f"Example: luthier {' '.join(names)}" in answer.out


@pytest.mark.parametrize("arguments", [("logs",), ("nothing",), ("health", "--nothing"), ()])
def test_what_is_no_command_is_a_usage_error(
    luthier: Luthier, arguments: tuple[str, ...], data_dir: Path
) -> None:
    answer = luthier(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
    assert not data_dir.exists()


def test_nobody_but_the_owner_acts_yet(luthier: Luthier) -> None:
    answer = luthier("health", "--operator", "anna")
    assert (answer.code, answer.out) == (4, "")
    assert "'anna'" in answer.err
    assert luthier("health", "--operator", "owner").code == 0


def test_the_data_directory_named_last_wins(luthier: Luthier, tmp_path: Path) -> None:
    other = tmp_path / "other"
    health = luthier("health", "--data-dir", other, "--json").json()
    assert health["data_dir"] == str(other)
    assert (other / "STORE.json").is_file()


def test_health_tells_what_is_well(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("health", "--json")
    assert answer.code == 0
    assert set(answer.json()) == {
        *("ok", "version", "python", "data_dir", "writable", "events", "index", "problems"),
        *("notes", "system", "parts", "config_dir", "state_dir", "cache_dir", "log"),
    }
    assert "all is well" in luthier("health").out


def test_a_data_directory_that_cannot_be_made_is_told(luthier: Luthier, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    place = tmp_path / "file" / "data"
    health = luthier("health", "--data-dir", place, "--json")
    assert (health.code, health.json()["writable"]) == (1, False)
    single = ("feasibility", "single", "-", "--data-dir", place)
    answer = luthier(*single, "--json", stdin=SMOKE_BYTES)
    assert (answer.code, answer.out) == (7, "")
    assert str(place) in answer.err
    assert luthier(*single, "--no-record", "--json", stdin=SMOKE_BYTES).code == 0
    assert luthier("logs", "recent", "--data-dir", place, "--json").code == 7


def test_a_bug_is_told_with_its_trace_and_exit_code_70(
    luthier: Luthier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from luthier_desktop.services.studio import Studio

    def torn(self: Studio) -> None:
        raise ZeroDivisionError("torn")

    monkeypatch.setattr(Studio, "health", torn)
    answer = luthier("health", "--json")
    caplog.clear()
    assert (answer.code, answer.out) == (70, "")
    assert "Traceback" in answer.err
    assert answer.err.splitlines()[-1].endswith("ZeroDivisionError: torn")


def run_for_real(
    *arguments: str, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    program = "import sys; from luthier_desktop.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", program, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environ},
    )


def test_the_real_command_does_the_whole_path(tmp_path: Path) -> None:
    place = ("--data-dir", str(tmp_path / "data"))
    checked = run_for_real("feasibility", "single", "-", "--json", *place, stdin=SMOKE_BYTES)
    assert (checked.returncode, checked.stderr) == (0, b"")
    run_id = json.loads(checked.stdout)["run_id"]
    recent = run_for_real("logs", "recent", "--mode", "art_studio", "--json", *place)
    assert [entry["run_id"] for entry in json.loads(recent.stdout)["entries"]] == [run_id]
    verified = run_for_real("logs", "verify", *place)
    assert (verified.returncode, verified.stderr) == (0, b"")


def test_text_is_written_for_a_terminal_that_knows_ascii_only(tmp_path: Path) -> None:
    design = json.dumps({**SMOKE, "name": "Señor"}).encode()
    for form in ((), ("--json",)):
        done = run_for_real(
            *("feasibility", "single", "-", "--no-record", *form),
            stdin=design,
            PYTHONIOENCODING="ascii",
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from luthier_desktop.cli import main; main(['--help']); "
        "print([name for name in ('pydantic', 'sqlite3', 'PySide6', 'rfc8785') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_no_command_loads_qt(tmp_path: Path) -> None:
    program = (
        "import sys; from luthier_desktop.cli import main; "
        f"main(['health', '--data-dir', {str(tmp_path)!r}]); "
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_a_reader_that_goes_away_is_left_in_silence() -> None:
    line = json.dumps({**SMOKE, "name": "x" * 5000}).encode()
    program = "import sys; from luthier_desktop.cli import main; sys.exit(main())"
    batch = ("feasibility", "batch", "-", "--no-record", "--json")
    command = [sys.executable, "-c", program, *batch]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"\n".join([line] * 400))
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
