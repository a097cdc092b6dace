"""What a user holds against a log: a checkpoint or a witness in a file, or typed letters."""

from __future__ import annotations

import re
from pathlib import Path

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.storage.checkpoint import PRODUCT, Note
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.parsing import SHARE_LIMITS, parse_strict
from luthier_desktop.storage.witness import Witness
from luthier_desktop.storage.witness_audit import Presented

_MOST_TYPED = 200
_FOLDERS = ("", "checkpoints", "data/checkpoints")
_NOTE = re.compile(r"[0-9]{9}\.note")
_FILE_LIKE = re.compile(r"[/\\]|\.[A-Za-z]\w*$")


def read_evidence(argument: str | bytes, store_id: str) -> Presented:
    """Read what is presented against the log of *store_id*.

    Text is a file's name, a folder's whose newest checkpoint is meant, or letters; bytes are the
    contents of such a file.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no witness, or one of another store's log.
    """
    found = _read(argument)
    note = found.note
    if note is not None and note.checkpoint.origin.store_id != store_id:
        raise InputRefused(
            f"{shown(found.what, 120)} is a witness of another log ({note.checkpoint.origin}); "
            f"this store is {store_id}."
        )
    return found


def read_witness(data: bytes, what: str) -> Witness:
    """Read the witness in a share file, or one that stands alone.

    Raises:
        InputRefused: There is none in it.
    """
    document = parse_strict(data, what, SHARE_LIMITS)
    member = document.get("witness", document) if isinstance(document, dict) else document
    if member is None:
        raise InputRefused(f"{what} carries no witness, so it says nothing about a log.")
    return Witness.read(member, what)


def _read(argument: str | bytes) -> Presented:
    if isinstance(argument, bytes):
        return _from_bytes(argument, "standard input")
    path = Path(argument)
    try:
        if path.is_dir():
            path = _newest_note(path)
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        return _from_bytes(read_regular_file(path, str(path)), str(path))
    if _FILE_LIKE.search(argument):
        raise NotFound(f"There is no file {shown(argument, 200)}; check the name and the folder.")
    return _typed(argument)


def _from_bytes(data: bytes, what: str) -> Presented:
    if not data.strip():
        raise InputRefused(f"{shown(what, 200)} is empty: there is no checkpoint in it.")
    if data.startswith(PRODUCT.encode()):
        return Presented(what, Note.read(data, what))
    if data.lstrip().startswith(b"{"):
        return Presented(what, read_witness(data, what))
    if len(data) > _MOST_TYPED:
        raise InputRefused(f"{what} is no checkpoint, no witness and no letters of a sheet.")
    return _typed(data.decode("utf-8", "replace"))


def _typed(text: str) -> Presented:
    if len(text) > _MOST_TYPED:
        raise InputRefused(f"{shown(text, 40)} is too long for the letters of a sheet.")
    return Presented(str(letters := Letters.read(text)), letters)


def _newest_note(folder: Path) -> Path:
    for inside in _FOLDERS:
        place = folder / inside
        names = [path for path in place.glob("*.note") if _NOTE.fullmatch(path.name)]
        if names:
            return max(names)
    raise InputRefused(f"{folder} holds no checkpoint (a file such as 000001042.note).")
