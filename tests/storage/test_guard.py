import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.storage.guard import WindowGuard

HOLDER = """
import sys, time
from pathlib import Path
from luthier_desktop.storage.guard import WindowGuard
guard = WindowGuard(Path(sys.argv[1]), Path(sys.argv[2]))
assert guard.take()
guard.tell_address("/somewhere")
print("held", flush=True)
time.sleep(600)
"""


def guard(tmp_path, data="data"):
    return WindowGuard(tmp_path / data, tmp_path / "state")


def test_one_window_takes_the_guard_and_the_next_only_after_it(tmp_path):
    first, second = guard(tmp_path), guard(tmp_path)
    assert first.take()
    assert not second.take()
    assert not second.is_held()
    first.release()
    assert second.take()
    second.release()


def test_each_data_directory_has_its_own_guard_whatever_it_is_called(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "data")
    first = guard(tmp_path)
    assert first.take()
    other = guard(tmp_path, "other")
    assert other.take()
    assert not guard(tmp_path, "alias").take()
    first.release()
    other.release()


def test_nothing_is_written_into_the_data_directory(tmp_path):
    held = guard(tmp_path)
    held.take()
    held.tell_address("/a")
    assert not (tmp_path / "data").exists()
    held.release()


def test_a_holder_that_is_killed_leaves_the_guard_free_at_once(tmp_path):
    arguments = [sys.executable, "-c", HOLDER, str(tmp_path / "data"), str(tmp_path / "state")]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    waiting = guard(tmp_path)
    assert not waiting.take()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert waiting.take()
    assert waiting.address() == "/somewhere"  # what the dead one told, to be cleared away
    waiting.release()
    assert waiting.address() == ""


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"x" * 513])
def test_an_address_that_is_none_is_none(tmp_path, data):
    held = guard(tmp_path)
    assert held.address() == ""
    held.take()
    held.tell_address("/a/b")
    assert held.address() == "/a/b"
    (path,) = (tmp_path / "state" / "windows").glob("*.open")
    path.write_bytes(data)
    assert held.address() == ""
    held.release()


def test_a_state_directory_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(OSError, match="state"):
        guard(tmp_path).take()


def test_a_command_records_while_a_window_is_open(tmp_path, monkeypatch):
    from luthier_desktop import paths
    from luthier_desktop.cli import main

    data = tmp_path / "data"
    held = WindowGuard(data, paths.state_dir())
    assert held.take()
    design = paths.resource("presets/dreadnought_three_ring.json")
    assert main(["feasibility", "single", str(design), "--data-dir", str(data)]) == 0
    assert len(list(Path(data, "runs").rglob("run_*.json"))) == 1
    held.release()
