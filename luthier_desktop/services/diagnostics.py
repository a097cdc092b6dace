"""What helps to find a fault: versions, folders, the state of the log, the last log lines.

No design is in it, and no name of one: of the program's own log only what our code alone puts
there is told, so neither the words after a colon or a quote nor the message of an exception.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from luthier_desktop import paths
from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.parsing import Limits

LOG_LINES = 40
PARTS = ("PySide6-Essentials", "pydantic", "cryptography", "reportlab", "ezdxf", "resvg-py")
_MOST_LOG_BYTES = 2_000_000
_HEAD = re.compile(
    r"(?P<head>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ [A-Z]+ [\w.]+: )(?P<message>.*)"
)
_OF_OTHERS = re.compile("[:\"'`“«\u2068(]")
_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", (?P<place>line \d+, in [\w<>.]+)')
_KIND = re.compile(r"(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Refused|Failed|Found|Allowed)\b")


def diagnostics(health: Mapping[str, Any]) -> dict[str, Any]:
    """Return *health*, with what the machine, the parts and the log file add to it."""
    return {
        **health,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "parts": {name: _version(name) for name in PARTS},
        "config_dir": str(paths.config_dir()),
        "state_dir": str(paths.state_dir()),
        "cache_dir": str(paths.cache_dir()),
        "log": last_lines(paths.state_dir()),
    }


def last_lines(state_dir: Path, most: int = LOG_LINES) -> list[str]:
    """Return the last lines of the logs of window and command line, without what others wrote."""
    lines: list[str] = []
    for name in ("luthier.log", "window.log"):
        lines += [f"{name}: {told}" for told in _told(state_dir / name)][-most:]
    return lines


def told(line: str) -> str:
    """Return what may be told of one line of the log, "" for nothing."""
    record = _HEAD.match(line)
    if record:
        return record["head"] + _OF_OTHERS.split(record["message"])[0].rstrip()
    frame = _FRAME.match(line)
    if frame:
        return f"  {_of_program(frame['file'])}, {frame['place']}"
    kind = _KIND.match(line)
    return f"  {kind[0]}" if kind else ""


def _told(path: Path) -> list[str]:
    try:
        data = read_regular_file(path, path.name, Limits(size_bytes=_MOST_LOG_BYTES, nodes=1))
    except LuthierError:
        return []
    return [one for one in map(told, data.decode("utf-8", "replace").splitlines()) if one]


def _of_program(file: str) -> str:
    """Name a source file by its place in the program: the folders before it are the user's."""
    parts = re.split(r"[\\/]", file)
    if "luthier_desktop" in parts:
        return "/".join(parts[parts.index("luthier_desktop") :])
    return parts[-1]


def _version(name: str) -> str:
    from importlib import metadata  # while the window starts, a stand-in goes by this name

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "as built in"
