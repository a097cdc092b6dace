"""A checkpoint in a line for a printed sheet: the size, and 80 bits of the root as 16 letters."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused

PREFIX_BYTES = 10
_LETTERS = 16
_GROUP = 4
_LARGEST_SIZE_DIGITS = 16
_LONGEST_LINE = 200
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015_.,:;/|'\u2019\u00b7]+")
_LIKELY = {"0": "O", "1": "I or L", "8": "B"}


@dataclass(frozen=True)
class Letters:
    """What a sheet tells of a checkpoint: its size, and the beginning of its root."""

    size: int
    prefix: bytes

    @classmethod
    def of(cls, size: int, root: bytes) -> Letters:
        """Return what a sheet prints of the checkpoint with *size* events and *root*."""
        return cls(size, root[:PREFIX_BYTES])

    def __str__(self) -> str:
        """Return the line as it is printed, such as ``1042 ABCD EFGH IJKL MNOP``."""
        text = base64.b32encode(self.prefix).decode("ascii")
        groups = (text[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))
        return " ".join([str(self.size), *groups])

    @classmethod
    def read(cls, text: str) -> Letters:
        """Read what somebody typed from a sheet: any letter case, blanks or hyphens anywhere.

        Raises:
            InputRefused: The size or a letter is missing, or a sign stands there that no sheet
                prints.
        """
        if len(text) > _LONGEST_LINE:
            raise InputRefused(f"This has {len(text):,} characters, far more than a line; {_FORM}")
        parts = [part for part in _SEPARATORS.split(text.strip().upper()) if part]
        size, letters = _divided(parts, text)
        _require_known(letters)
        if size.strip("0") == "" or len(size) > _LARGEST_SIZE_DIGITS:
            raise InputRefused(f"{shown(size, 40)} is no number of events; {_FORM}")
        return cls(int(size), base64.b32decode(letters))

    def matches(self, root: bytes) -> bool:
        """Tell whether *root* is the one that the sheet was printed of."""
        return root[:PREFIX_BYTES] == self.prefix


_FORM = "type the number and the 16 letters as the sheet shows them: 1042 ABCD EFGH IJKL MNOP."


def _divided(parts: list[str], text: str) -> tuple[str, str]:
    """Part the number from the letters; a number may have been typed in groups as well."""
    joined = "".join(parts)
    if len(parts) == 1 and _is_number(joined[:-_LETTERS]):
        return joined[:-_LETTERS], joined[-_LETTERS:]
    for count in range(1, len(parts)):
        size, letters = "".join(parts[:count]), "".join(parts[count:])
        if _is_number(size) and len(letters) == _LETTERS:
            return size, letters
    if not parts or not _is_number(parts[0]):
        raise InputRefused(f"The number of events before the letters is missing; {_FORM}")
    count = len("".join(parts[1:]))
    raise InputRefused(f"{shown(text, 80)} has {count} letters behind its number; {_FORM}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _require_known(letters: str) -> None:
    for sign in letters:
        if sign in _LIKELY:
            raise InputRefused(
                f"The letters never hold the digit {sign}: it is probably {_LIKELY[sign]}."
            )
        if not (sign.isascii() and sign.isalpha()) and sign not in "234567":
            raise InputRefused(f"The letters never hold {shown(sign)}: they are A to Z, 2 to 7.")
