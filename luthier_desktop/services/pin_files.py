"""PINs as they are kept: argon2id hashes, each in a file that its event names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import Text, Value
from luthier_desktop.domain.operators import OperatorId
from luthier_desktop.domain.pins import as_typed
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.layout import operator_path
from luthier_desktop.storage.store import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PIN_SCHEMA: Literal["luthier.operator-pin/1"] = "luthier.operator-pin/1"
_CODE_GROUP = 4
CODE_LENGTH = 16


class PinFile(Value):
    """The hash of a PIN and, for whom there is one, of the recovery code."""

    schema_: Annotated[Literal["luthier.operator-pin/1"], Field(alias="schema")] = PIN_SCHEMA
    operator_id: OperatorId
    pin: Text
    recovery: Text | None = None


def pin_document(operator_id: str, token: str, pin: str, code: str | None) -> Document:
    """Hash a PIN, and a recovery code where there is one: two times 0.1 s and 64 MiB."""
    hasher = _hasher()
    file = PinFile(
        operator_id=operator_id,
        pin=hasher.hash(as_typed(pin)),
        recovery=None if code is None else hasher.hash(plain_code(code)),
    )
    return Document(operator_path(operator_id, token), canonical_bytes(file.plain()))


def read_pin_file(store: Store, path: str, operator_id: str) -> PinFile:
    """Return the file with somebody's PIN, proven against the ledger.

    Raises:
        RecordDamaged: It is missing or not what the ledger says.
        InputRefused: It is no such file.
    """
    what = f"The PIN of {operator_id}"
    return take_in(store.documents.get(path, what), what).read_as(PinFile)


def is_right(encoded: str, given: str) -> bool:
    """Tell whether *given* is what was hashed; takes 0.1 s and 64 MiB."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(encoded, given)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(encoded: str) -> bool:
    """Tell whether a hash was made with other parameters than those of today."""
    return _hasher().check_needs_rehash(encoded)


def shown_code(token: str) -> str:
    """Set a recovery code in groups, to be written down."""
    return "-".join(
        token[start : start + _CODE_GROUP] for start in range(0, len(token), _CODE_GROUP)
    )


def plain_code(given: str) -> str:
    """Return a recovery code as it was made, however it was typed."""
    return "".join(given.split()).replace("-", "").casefold()


def _hasher() -> PasswordHasher:
    """Return argon2id with 64 MiB, three passes, four lanes (RFC 9106, low memory)."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
