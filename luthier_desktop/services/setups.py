"""Setups: the shop's way of working that designs are judged for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from luthier_desktop import paths
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.storage.parsing import DESIGN_LIMITS, parse_strict, read_regular_file

STARTER = "presets/setup_workshop.json"


class Setups:
    """The setup in use, and setups read from files."""

    @cached_property
    def _starter(self) -> Setup:
        return self.read(paths.resource(STARTER))

    def current(self) -> Setup:
        """Return the setup in use: the starter setup until another one is put in use."""
        return self._starter

    def read(self, source: bytes | Path, what: str = "The setup") -> Setup:
        """Read a setup from bytes or from a file.

        Raises:
            NotFound: There is no such file.
            InputRefused: It is not a regular file of at most 2 MiB, not strict JSON, or not a
                setup; the sentence names the place.
        """
        if isinstance(source, Path):
            what = f"The setup {shown(source.name)}"
            source = read_regular_file(source, what, DESIGN_LIMITS)
        return Setup.read(parse_strict(source, what, DESIGN_LIMITS), what)
