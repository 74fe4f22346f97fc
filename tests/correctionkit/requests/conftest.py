from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from correctionkit.findings import Finding, Location
from correctionkit.requests.model import CorrectionRequest, StudentRecord


@pytest.fixture
def make_request() -> Callable[..., CorrectionRequest]:
    """Make a request that passes by the default policy, with changes."""

    def make(**changes: Any) -> CorrectionRequest:
        passing = {
            "number": "1335001209114",
            "name": "张三",
            "status": "enrolled",
            "field": "name",
            "old": "张三",
            "new": "张叁",
            "reason": "change",
            "location": Location(table="附表2.xlsx", row=3),
        }
        return CorrectionRequest(**{**passing, **changes})

    return make


@pytest.fixture
def make_record() -> Callable[..., StudentRecord]:
    """Make a record with these values; days, level and earlier corrections by name."""

    def make(**parts: Any) -> StudentRecord:
        own = {"status", "enrolled_on", "graduated_on", "level", "corrected"}
        values = {key: value for key, value in parts.items() if key not in own}
        return StudentRecord(
            values=values, **{key: value for key, value in parts.items() if key in own}
        )

    return make


@pytest.fixture
def codes() -> Callable[[Any], list[str]]:
    """Name findings by their codes, in order."""

    def name(findings: Any) -> list[str]:
        found: list[Finding] = list(findings)
        return [finding.code for finding in found]

    return name
