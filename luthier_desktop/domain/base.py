"""The frozen base of every value of ours, its number types, and errors told as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from luthier_desktop.domain import display
from luthier_desktop.domain.errors import InputRefused

LARGEST_NUMBER = 2**53 - 1
LARGEST_LENGTH_MM = 2000.0
SMALLEST_LENGTH_MM = 1e-6
LONGEST_PLACE = 120
"""So much of a place inside a document is told: a stranger chooses its names."""


def _whole(value: Any) -> Any:
    """Let 5.0 pass for 5: a number that was written by JavaScript or rounded by JSON."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_NUMBER:
        return int(value)
    return value


def _measurable(value: float) -> float:
    """Refuse a length that the normalised design, rounded to 1e-6, would turn into nothing."""
    if value < SMALLEST_LENGTH_MM:
        raise ValueError(f"must be at least 0.000001 mm, but is {value:g}")
    return value


Number = Annotated[float, Field(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
PositiveMm = Annotated[
    float, Field(strict=True, gt=0, le=LARGEST_LENGTH_MM), AfterValidator(_measurable)
]
LengthMm = Annotated[float, Field(strict=True, ge=0, le=LARGEST_LENGTH_MM)]
SignedMm = Annotated[float, Field(strict=True, ge=-LARGEST_LENGTH_MM, le=LARGEST_LENGTH_MM)]
Ratio = Annotated[float, Field(strict=True, ge=0, le=1)]
Count = Annotated[int, BeforeValidator(_whole), Field(strict=True, ge=1, le=10_000)]
Index = Annotated[int, BeforeValidator(_whole), Field(strict=True, ge=0, le=LARGEST_NUMBER)]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(strict=True, max_length=10_000)]
ExternalId = Annotated[str, Field(strict=True, pattern=r"\A[A-Za-z0-9_-]{1,64}\z")]
MaterialId = Annotated[str, Field(strict=True, pattern=r"\A[a-z][a-z0-9_]{0,63}\z")]


def at_most(entries: int) -> Callable[[Any], Any]:
    """Return a check that refuses a longer list before anything is built of its entries."""

    def check(value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) > entries:
            raise ValueError(f"must have at most {entries} entries, but has {len(value)}")
        return value

    return check


class Value(BaseModel):
    """A frozen value: unknown members are refused by name, no NaN and no infinity."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, validate_default=False,
        defer_build=True,
    )

    @classmethod
    def read(cls, plain: Any, what: str) -> Self:
        """Build the value from parsed JSON; *what* names the document in the sentence.

        Raises:
            InputRefused: A member is missing, unknown or out of its range; names the first.
        """
        try:
            return cls.model_validate(plain)
        except ValidationError as error:
            raise refusal(error, what) from None

    @classmethod
    def empty(cls) -> Self:
        """Return the value with every member absent; for values whose members are all optional.

        There is nothing to check, so the checks need not be built: that takes time at the start.
        """
        return cls.model_construct()  # type: ignore[return-value]  # mypy sees the base

    def plain(self) -> dict[str, Any]:
        """Return the value as plain JSON data; members that are absent (None) are left out."""
        return self.model_dump(mode="json", exclude_none=True, by_alias=True)

    def stored(self) -> dict[str, Any]:
        """Return the value as plain JSON data with every member, also those that are null."""
        return self.model_dump(mode="json", by_alias=True)


def place(location: tuple[int | str, ...]) -> str:
    """Write a pydantic location as a path: ``ring_params[2].width_mm``."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path


def refusal(error: ValidationError, what: str) -> InputRefused:
    """Turn the first of pydantic's findings into one sentence that names the field."""
    first = error.errors(include_url=False)[0]
    path = place(first["loc"])
    told = display.shown(path, LONGEST_PLACE)
    rule = _RULES.get(first["type"], _by_message)(first)
    more = error.error_count() - 1
    tail = f" ({more} more {'fault' if more == 1 else 'faults'} in this document.)" if more else ""
    if rule.startswith(("[", ".")):
        deeper, _, rule = rule.partition(" ")
        path += deeper
        told += deeper
    joint = " " if told else ""
    return InputRefused(f"{what}: {told}{joint}{rule}.{tail}", path)


def shown(value: Any) -> str:
    """Write a refused value into a sentence, cut short when it is long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _given(first: Any) -> str:
    return shown(first["input"])


def _by_message(first: Any) -> str:
    message = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"is not valid: {message}"


_RULES: dict[str, Any] = {
    "missing": lambda _: "is missing; it is required",
    "extra_forbidden": lambda _: "is not a known member; remove it or correct its spelling",
    "greater_than": lambda f: f"must be greater than {f['ctx']['gt']:g}, but is {_given(f)}",
    "greater_than_equal": lambda f: f"must be at least {f['ctx']['ge']:g}, but is {_given(f)}",
    "less_than": lambda f: f"must be less than {f['ctx']['lt']:g}, but is {_given(f)}",
    "less_than_equal": lambda f: f"must be at most {f['ctx']['le']:g}, but is {_given(f)}",
    "finite_number": lambda f: f"must be a finite number, but is {_given(f)}",
    "float_type": lambda f: f"must be a number, but is {_given(f)}",
    "int_type": lambda f: f"must be a whole number, but is {_given(f)}",
    "bool_type": lambda f: f"must be true or false, but is {_given(f)}",
    "string_type": lambda f: f"must be text, but is {_given(f)}",
    "string_too_long": lambda f: f"must have at most {f['ctx']['max_length']} characters",
    "string_pattern_mismatch": lambda f: (
        f"must match {f['ctx']['pattern']}, but is {_given(f)}"
    ),
    "tuple_type": lambda f: f"must be a list, but is {_given(f)}",
    "too_long": lambda f: (
        f"must have at most {f['ctx']['max_length']} entries, but has {f['ctx']['actual_length']}"
    ),
    "too_short": lambda f: f"must have at least {f['ctx']['min_length']} entries",
    "model_type": lambda f: f"must be an object with named members, but is {_given(f)}",
    "model_attributes_type": lambda f: (
        f"must be an object with named members, but is {_given(f)}"
    ),
    "literal_error": lambda f: f"must be one of {f['ctx']['expected']}, but is {_given(f)}",
    "value_error": lambda f: str(f["ctx"]["error"]).rstrip("."),
}
