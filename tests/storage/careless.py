"""Saves that every harness must find out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.atomic import put_once
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.os_calls import OS, OsCalls


def careless_put(path: Path, data: bytes, calls: OsCalls = OS, **_order: object) -> str:
    """What a program does that writes under the very name and looks at nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = calls.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            calls.write(descriptor, data)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageFailed("not saved") from error
    return "created"


def forgetful_put(path: Path, data: bytes, calls: OsCalls = OS, **order: Any) -> str:
    """Acknowledge everything and leave out one file in eight."""
    if int(sha256_hex(path.name.encode())[0], 16) < 2:
        return "created"
    return put_once(path, data, calls, **order)
