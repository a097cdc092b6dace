"""How this user exported last: the kind, and the options of each kind, in a file of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.services.export_kinds import KINDS, kind_named
from luthier_desktop.storage.config_file import ConfigFile
from luthier_desktop.storage.os_calls import OS, OsCalls

SCHEMA = "luthier.exports/1"
_FIRST_KIND = "pdf"


class Choices(NamedTuple):
    """The last choices: a kind of the table, and for every kind its options.

    ``told`` says what of the file could not be read; the defaults stand in its place.
    """

    kind: str
    options: Mapping[str, Value]
    told: str = ""


class ExportChoices:
    """Remembers choices in a file of this user; what is broken in it is told and passed over."""

    def __init__(self, config: Path, calls: OsCalls = OS) -> None:
        self._file = ConfigFile(config / "exports.json", SCHEMA, "The last choices", calls)

    def last(self) -> Choices:
        """Return the last choices; the defaults where nothing was chosen yet."""
        try:
            document = self._file.read()
        except LuthierError as error:
            return Choices(_kind(None), _options({})[0], error.sentence)
        given = document.get("options")
        options, told = _options(given if isinstance(given, dict) else {})
        return Choices(_kind(document.get("kind")), options, told)

    def remember(self, kind: str, options: Value) -> None:
        """Keep the options of *kind*, which was chosen last.

        Raises:
            InputRefused: There is no such kind.
            StorageFailed: It is not known to be kept.
        """
        row = kind_named(kind)
        with self._file.held():
            kept = {name: one.stored() for name, one in self.last().options.items()}
            kept[row.kind] = options.stored()
            self._file.write({"kind": row.kind, "options": kept})


def _kind(given: Any) -> str:
    if isinstance(given, str) and given in KINDS:
        return given
    return _FIRST_KIND if _FIRST_KIND in KINDS else next(iter(KINDS))


def _options(given: Mapping[str, Any]) -> tuple[dict[str, Value], str]:
    """Return the options of every kind, and what is wrong with those that were kept."""
    options: dict[str, Value] = {}
    told = ""
    for row in KINDS.values():
        try:
            plain = given.get(row.kind, {})
            options[row.kind] = row.options.read(plain, f"The last choices for {row.words}")
        except InputRefused as error:
            options[row.kind] = row.options()
            told = told or error.sentence
    return options, told
