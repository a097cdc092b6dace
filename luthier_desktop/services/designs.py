"""Designs from outside: read, refused with a sentence, and given their identity."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.clock import Clock, new_id
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.parsing import DESIGN_LIMITS


class Designs:
    """Reads designs of our own format and of the web system's first one."""

    most_bytes = DESIGN_LIMITS.size_bytes

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, source: bytes | Path, what: str = "The design") -> RosetteParamSpec:
        """Read a design from bytes or from a file, and give it an id if it has none.

        Raises:
            NotFound: There is no such file.
            InputRefused: It is not a regular file of at most 2 MiB, not strict JSON, or not a
                design; the sentence names the place.
        """
        return self.identified(read_design(source, what))

    def identified(self, design: RosetteParamSpec) -> RosetteParamSpec:
        """Return the design with a ``design_id``: its own, else a new one."""
        if design.design_id is not None:
            return design
        return design.model_copy(update={"design_id": new_id(self._clock, "dsg")})


def read_design(source: bytes | Path, what: str) -> RosetteParamSpec:
    """Read a design as it stands, without making an id."""
    return take_in(source, what).read_as(RosetteParamSpec)


def design_sha256(design: RosetteParamSpec) -> str:
    """Hash what the design is, whatever it is called."""
    return sha256_hex(canonical_bytes(design.hashed_form()))
