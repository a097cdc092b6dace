"""How a finding stands to its limits: what every check is asked at, inside and outside them."""

from __future__ import annotations

from typing import Any

import pytest

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import Status


def assert_stands(
    finding: Finding, status: Status, value: Any, penalty: float, *, within: float = 1e-9
) -> None:
    """Compare the status, the value (exact or an approximation) and the penalty *within* that."""
    assert finding.status is status, f"{finding} is not {status}"
    assert finding.value == value, f"{finding} has not the value {value}"
    wanted = pytest.approx(penalty, abs=within)
    assert finding.penalty == wanted, f"{finding} has not the penalty {wanted}"
