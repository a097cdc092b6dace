"""Designs from outside: read, refused with a sentence, and given their identity."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.domain.copied_rings import RINGS_SCHEMA, CopiedRings
from luthier_desktop.domain.errors import InputRefused
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

    def as_it_stands(self, source: bytes | Path, what: str = "The design") -> RosetteParamSpec:
        """Read a design as `read` does, without making an id: what follows from it is the same.

        Raises:
            NotFound: There is no such file.
            InputRefused: As `read`.
        """
        return read_design(source, what)

    def read_rings(self, source: bytes, what: str = "The clipboard") -> CopiedRings:
        """Read rings that were copied; those of a whole design are taken too.

        Raises:
            InputRefused: It holds none; the sentence names the place.
        """
        if not source.lstrip().startswith(b"{"):
            raise InputRefused(f"{what} holds no rings; copy rings in the ring table first.")
        incoming = take_in(source, what)
        if isinstance(incoming.plain, dict) and incoming.plain.get("schema") == RINGS_SCHEMA:
            return incoming.read_as(CopiedRings)
        design = incoming.read_as(RosetteParamSpec)
        if not design.ring_params:
            raise InputRefused(f"{what} holds a design without rings; there is nothing to paste.")
        return CopiedRings.of(design, range(len(design.ring_params)))

    def rings_text(self, copied: CopiedRings) -> str:
        """Write rings as the text that `read_rings` reads."""
        return canonical_bytes(copied.plain()).decode()

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
