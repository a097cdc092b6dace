"""Who acts: an operator, the role, and how that was made sure of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from luthier_desktop.domain.base import ExternalId, Flag, Index, Text, Value

Role = Literal["viewer", "operator", "lead"]
Authentication = Literal["none", "pin", "os"]
ROLES: tuple[Role, ...] = ("viewer", "operator", "lead")
"""From the least to the most that somebody may do."""

OPERATOR_ID_PATTERN = r"[a-z][a-z0-9_-]{0,31}"
OperatorId = Annotated[str, Field(strict=True, pattern=rf"\A{OPERATOR_ID_PATTERN}\z")]
OperatorName = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=80)
]


class Operator(Value):
    """The person who acts; without any operator set up, the owner acts as lead."""

    operator_id: ExternalId
    name: Text
    role: Role
    auth: Authentication


OWNER = Operator(operator_id="owner", name="Owner", role="lead", auth="none")
SIGNED_OUT = Operator(
    operator_id="signed_out", name="Nobody signed in", role="viewer", auth="none"
)
"""Who acts where operators are set up and none has signed in."""

RESERVED_IDS = frozenset({OWNER.operator_id, SIGNED_OUT.operator_id})


class OperatorProfile(Value):
    """One operator as the ledger tells of them; times are UTC.

    ``failures`` counts wrong PINs since the last right one; ``locked_until_utc`` is set while
    no PIN is looked at.
    """

    operator_id: OperatorId
    name: OperatorName
    role: Role
    disabled: Flag = False
    has_pin: Flag = False
    added_at_utc: Text
    last_used_utc: Text | None = None
    failures: Index = 0
    locked_until_utc: Text | None = None

    def acting(self) -> Operator:
        """Return this operator as signed in; the auth says whether a PIN stood in between."""
        return Operator(
            operator_id=self.operator_id,
            name=self.name,
            role=self.role,
            auth="pin" if self.has_pin else "none",
        )
