"""What may be decided on a check, and what was: as a luthier reads it."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """The decision on one check. One of the three is told; the others are "".

    ``offer`` names what can be decided, ``refusal`` says why nothing can, ``made`` is the
    decision in force with its reason; ``by`` says then who made it and where it is recorded.
    """

    offer: str = ""
    refusal: str = ""
    made: str = ""
    by: str = ""
