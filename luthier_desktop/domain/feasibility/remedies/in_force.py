"""The value that is in force at a field: the design's, else the setup's, else the default."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.feasibility.findings import Input
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.remedies.fields import SETUP_PREFIX, keys_of

_MERGED = {"top": "top", "channel": "channel", "fingerboard": "board"}


def in_force(path: str, case: Case) -> Input:
    """Return the value that the checks read at *path*; None when there is none."""
    keys = keys_of(path.removeprefix(SETUP_PREFIX))
    member = str(keys[0])
    owner: Any = case.design
    if path.startswith(SETUP_PREFIX) or member in _MERGED:
        owner = getattr(case, _MERGED.get(member, member))
        keys = keys[1:]
    for key in keys:
        if owner is None:
            return None
        owner = owner[key] if isinstance(key, int) else getattr(owner, key)
    return owner  # type: ignore[no-any-return]  # fields of models are inputs
