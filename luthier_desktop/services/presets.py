"""The starter designs that ship with the program."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from luthier_desktop import paths
from luthier_desktop.domain.base import Text, Value
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.designs import Designs
from luthier_desktop.storage.incoming import take_in

_FOLDER = "presets"
_LIST = "starters.json"


class Starter(NamedTuple):
    """A starter design, its name and what it is."""

    name: str
    design: RosetteParamSpec
    description: str


class _Entry(Value):
    file: Text
    description: Text


class _StarterList(Value):
    schema_: Annotated[Literal["luthier.starters/1"], Field(alias="schema")]
    setup: Text
    starters: tuple[_Entry, ...]


class Presets:
    """Real designs to begin with."""

    def __init__(self, designs: Designs) -> None:
        self._designs = designs

    def starters(self) -> list[Starter]:
        """Return the starter designs in the order of their list, each under a new id."""
        return [self._starter(entry) for entry in _entries()]

    def first(self) -> RosetteParamSpec:
        """Return the starter design that the program begins with, reading no other."""
        return self._starter(_entries()[0]).design

    def _starter(self, entry: _Entry) -> Starter:
        design = self._designs.read(paths.resource(_FOLDER) / entry.file)
        return Starter(design.name or entry.file, design, entry.description)


def _entries() -> tuple[_Entry, ...]:
    listed = take_in(paths.resource(_FOLDER) / _LIST, "The list of starters")
    return listed.read_as(_StarterList).starters
