"""The starter designs and the instruments that ship with the program."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from luthier_desktop import paths
from luthier_desktop.domain.base import ExternalId, Text, Value
from luthier_desktop.domain.instruments import Instrument, Instruments, Sizes, begin_design
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.designs import Designs
from luthier_desktop.storage.incoming import take_in

_FOLDER = "presets"
_LIST = "starters.json"
_INSTRUMENTS = "catalogue/instruments.json"


class Starter(NamedTuple):
    """A starter design, its name, what it is and the instrument that it fits."""

    name: str
    design: RosetteParamSpec
    description: str
    instrument_id: str


class _Entry(Value):
    file: Text
    instrument: ExternalId
    description: Text


class _StarterList(Value):
    schema_: Annotated[Literal["luthier.starters/1"], Field(alias="schema")]
    setup: Text
    starters: tuple[_Entry, ...]


class Presets:
    """Real designs to begin with, and the usual sizes of instruments."""

    def __init__(self, designs: Designs) -> None:
        self._designs = designs

    def starters(self) -> list[Starter]:
        """Return the starter designs in the order of their list, each under a new id."""
        return [self._starter(entry) for entry in _entries()]

    def first(self) -> RosetteParamSpec:
        """Return the starter design that the program begins with, reading no other."""
        return self._starter(_entries()[0]).design

    @cached_property
    def instruments(self) -> Instruments:
        """The instruments that a design can be begun for, and those that it cannot."""
        return take_in(paths.resource(_INSTRUMENTS), "The list of instruments").read_as(
            Instruments
        )

    def begin(
        self, instrument: Instrument, sizes: Sizes, *, with_ring: bool = True
    ) -> RosetteParamSpec:
        """Return a new design for an instrument of these sizes, under a new id.

        Raises:
            InputRefused: The sizes leave no room for a rosette.
        """
        begun = begin_design(instrument, sizes, with_ring=with_ring)
        return self._designs.identified(begun)

    def _starter(self, entry: _Entry) -> Starter:
        design = self._designs.read(paths.resource(_FOLDER) / entry.file)
        return Starter(design.name or entry.file, design, entry.description, entry.instrument)


def _entries() -> tuple[_Entry, ...]:
    listed = take_in(paths.resource(_FOLDER) / _LIST, "The list of starters")
    return listed.read_as(_StarterList).starters
