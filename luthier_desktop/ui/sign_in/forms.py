"""What is asked for when somebody is added, or gets another role or PIN."""

from __future__ import annotations

import re
import unicodedata

from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.ui.sign_in.form_dialog import NO_PIN, PIN, PIN_AGAIN, Field, Form
from luthier_desktop.ui.sign_in.operator_words import who

_NEW = (
    Field(PIN, "New &PIN", "secret"),
    Field(PIN_AGAIN, "New PIN &again", "secret"),
)
_WITHOUT = Field(NO_PIN, "&Without a PIN", "flag")
_LENGTH = "A PIN has at least 4 characters, that of a lead 6; a whole phrase is better."
_ADD = "The id stands in every record and never changes; the name is what others read. " + _LENGTH
_FIRST = (
    "Whoever you add first is the lead: the one who adds others and may override a red check. "
    "From then on nothing is recorded until somebody has signed in. " + _LENGTH
)
_LONGEST_ID = 32


def add_form(*, is_first: bool) -> Form:
    """Return the form for somebody new; the first one is a lead."""
    fields = (
        Field("name", "&Name"),
        Field("operator_id", "&Id"),
        Field("role", "&Role", "role", "lead" if is_first else "operator", is_first),
        *_NEW,
        _WITHOUT,
    )
    if is_first:
        return Form("addOperatorDialog", "Add the lead", _FIRST, "&Add the lead", fields)
    return Form("addOperatorDialog", "Add an operator", _ADD, "&Add", fields)


def role_form(profile: OperatorProfile) -> Form:
    """Return the form for another role."""
    said = f"{who(profile)}. What was recorded so far keeps the role it was recorded with."
    fields = (Field("role", "&Role", "role", profile.role),)
    return Form("roleDialog", "Change the role", said, "Change the &role", fields)


def pin_form(profile: OperatorProfile, *, is_own: bool) -> Form:
    """Return the form for another PIN; one's own needs the old one where there is one."""
    old = (Field("own_pin", "&Old PIN", "secret"),) if is_own and profile.has_pin else ()
    said = f"A new PIN for {who(profile)}. {_LENGTH}"
    return Form("pinDialog", "Change the PIN", said, "Set the &PIN", (*old, *_NEW, _WITHOUT))


def recovery_form(profile: OperatorProfile) -> Form:
    """Return the form for whoever lost the PIN and has the recovery code."""
    said = (
        f"{who(profile)}: type the recovery code that was written down, and a new PIN. A new code "
        "is made with it; the old one does not work any longer."
    )
    fields = (Field("code", "Recovery &code"), *_NEW)
    return Form("recoverDialog", "PIN lost", said, "Set the &PIN", fields)


def suggested_id(name: str) -> str:
    """Return an id made from a name: "Rosa Maria" -> "rosa-maria"; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return re.sub(r"^[^a-z]+", "", found)[:_LONGEST_ID].rstrip("-")
