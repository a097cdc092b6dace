"""Every number that is a link leads to a field that exists."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.ui.widgets.check_fields import (
    INPUTS,
    PATHS,
    RING_PATHS,
    Field,
    field_of_path,
)


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def exists(path: str, model: type[BaseModel]) -> bool:
    name, _, rest = path.partition(".")
    field = model.model_fields.get(name)
    if field is None or not rest:
        return field is not None
    return any(exists(rest, inner) for inner in models_in(field.annotation))


def in_a_ring(path: str) -> bool:
    if path.startswith("pattern."):
        return any(exists(path.removeprefix("pattern."), model) for model in PARAMETERS.values())
    return exists(path, RingParam)


@pytest.mark.parametrize("field", [found for found in INPUTS.values() if found.path], ids=str)
def test_a_number_that_links_has_its_field(field: Field) -> None:
    if field.of_ring:
        assert in_a_ring(field.path)
    else:
        assert exists(field.path, RosetteParamSpec) or exists(field.path, Setup)


@pytest.mark.parametrize("path", PATHS)
def test_a_named_path_exists(path: str) -> None:
    assert exists(path, RosetteParamSpec) or exists(path, Setup)


@pytest.mark.parametrize("path", RING_PATHS)
def test_a_named_path_inside_a_ring_exists(path: str) -> None:
    assert in_a_ring(path)


def test_a_path_inside_a_ring_loses_the_ring_and_keeps_the_field() -> None:
    field = field_of_path("ring_params[12].pattern.kerf_mm")
    assert field == Field("saw kerf", "mm", "pattern.kerf_mm", of_ring=True)


def test_an_unknown_path_is_named_after_its_last_part() -> None:
    assert field_of_path("machine.max_feed_mm_min") == Field(
        "max feed", "mm/min", "machine.max_feed_mm_min"
    )
