"""Scoring as a service: what goes wrong in the scorer is told, never taken for a verdict."""

from __future__ import annotations

import logging

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

_LOG = logging.getLogger(__name__)


class ScoringFailed(LuthierError):
    """The scorer itself failed: a bug of the program, never a verdict."""

    exit_code = 70


def scored(design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue) -> Scored:
    """Score a design for a shop.

    Raises:
        ScoringFailed: The scorer itself failed.
    """
    try:
        return score(design, setup, materials)
    except Exception as error:
        _LOG.exception("Scoring failed")
        raise ScoringFailed(
            f"Scoring this design failed ({type(error).__name__}: {error}); it was not judged. "
            "Please report it together with the design."
        ) from error
