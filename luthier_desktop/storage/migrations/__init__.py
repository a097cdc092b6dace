"""The steps from each older format of the store to the next: frozen, on raw JSON.

A step is never changed again once a version of the program has shipped it. It therefore uses
nothing else of this program, whose parts go on changing: plain Python, documents in, documents
out. How steps are run, and how what they change is kept before, is `storage.migration`.

There is one format so far, ``luthier.store/1``, and no step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Step(NamedTuple):
    """Brings a store of the format *before* to the format ``before + 1``.

    *change* is given STORE.json, and each JSON file in *folders* (such as
    ``workshop/catalogue``), by its path in the store, and returns what shall stand there.
    Records are never given to a step: what was recorded stays as it is, byte by byte.
    """

    before: int
    change: Callable[[str, Any], Any]
    folders: tuple[str, ...] = ()


STEPS: tuple[Step, ...] = ()
