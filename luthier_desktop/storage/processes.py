"""Whether the program that left something behind may still be at work."""

from __future__ import annotations

import ctypes
import os
import sys

_QUERY = 0x1000
_STILL_ACTIVE = 259
_ACCESS_DENIED = 5


def is_alive(process_id: int | None) -> bool:
    """Tell whether a process may be running; where that is not known, it may."""
    if process_id is None:
        return True
    if sys.platform == "win32":  # there, os.kill would end the process
        return _is_alive_on_windows(process_id)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_alive_on_windows(process_id: int) -> bool:
    if sys.platform != "win32":
        return True
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = kernel.OpenProcess(_QUERY, 0, process_id)
    if not handle:
        return ctypes.get_last_error() == _ACCESS_DENIED
    code = ctypes.c_ulong(_STILL_ACTIVE)
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE
