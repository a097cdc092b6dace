"""Who acts: an operator, the role, and how that was made sure of."""

from __future__ import annotations

from typing import Literal

from luthier_desktop.domain.base import ExternalId, Text, Value

Role = Literal["viewer", "operator", "lead"]
Authentication = Literal["none", "pin", "os"]


class Operator(Value):
    """The person who acts; without any operator set up, the owner acts as lead."""

    operator_id: ExternalId
    name: Text
    role: Role
    auth: Authentication


OWNER = Operator(operator_id="owner", name="Owner", role="lead", auth="none")
