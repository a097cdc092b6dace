"""The checkpoints of a store as files, each written once under the size it covers."""

from __future__ import annotations

import re

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.atomic import put_once, read_file, storage_failure
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls

_NAME = re.compile(r"([0-9]{9})\.note")


class CheckpointFiles:
    """Lists, reads and writes the notes of one store."""

    def __init__(self, layout: StoreLayout, calls: OsCalls = OS) -> None:
        self._layout = layout
        self._calls = calls

    def sizes(self) -> list[int]:
        """List the sizes of which there is a checkpoint, the smallest first.

        Raises:
            StorageFailed: The directory cannot be read.
        """
        folder = self._layout.checkpoints
        try:
            entries = self._calls.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise storage_failure(error, folder) from error
        found = (_NAME.fullmatch(entry.name) for entry in entries)
        return sorted(int(match.group(1)) for match in found if match)

    def read(self, size: int) -> tuple[Note | None, str]:
        """Read the checkpoint over *size* events; without a note, the text says what is wrong."""
        path = self._layout.checkpoint_path(size)
        try:
            note = Note.read(read_file(path, self._calls), path.name)
        except FileNotFoundError:
            return None, f"{path.name} is missing"
        except OSError as error:
            return None, f"{path.name} cannot be read ({error.strerror or error})"
        except InputRefused as error:
            return None, error.sentence.rstrip(".")
        if note.checkpoint.size != size:
            return None, f"{path.name} is named for another size than it covers"
        return note, ""

    def add(self, note: Note) -> None:
        """Write a checkpoint.

        Raises:
            Conflict: Another one covers as many events.
            StorageFailed: It is not known to be saved.
        """
        put_once(self._layout.checkpoint_path(note.checkpoint.size), note.data(), self._calls)
