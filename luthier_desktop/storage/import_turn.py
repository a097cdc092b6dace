"""One program at a time brings records from outside into a log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import Conflict, StorageFailed
from luthier_desktop.storage.layout import ADOPT_LOCK
from luthier_desktop.storage.store import Store

_LOCK_WAIT_S = 10.0


@contextmanager
def import_turn(store: Store) -> Iterator[None]:
    """Keep others from importing and adopting meanwhile; the index has caught up.

    What is here already can only be known in one's own turn.

    Raises:
        Conflict: Another program imports, or takes orphans in.
        StorageFailed: The log cannot be read or written.
    """
    store.state.require_writable()
    try:
        with FileLock(store.layout.data / ADOPT_LOCK, timeout=_LOCK_WAIT_S):
            store.catch_up()
            yield
    except Timeout:
        raise Conflict(
            "Another program is bringing records into this log; wait until it has ended and "
            "try again."
        ) from None
    except OSError as error:
        raise StorageFailed(f"The records could not be brought in: {error}.") from error
