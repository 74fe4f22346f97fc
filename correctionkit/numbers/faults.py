"""What is wrong with a number, as a code and plain values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


class NumberFault(ValueError):
    """A number does not fit; the only exception that the parsers of numbers raise.

    *fault* is a kebab-case code.  *params* never hold the number itself.
    """

    def __init__(self, fault: str, **params: Any) -> None:
        super().__init__(fault, params)
        self.fault = fault
        self.params: Mapping[str, Any] = MappingProxyType(params)

    def __str__(self) -> str:
        return f"{self.fault} {dict(self.params)}" if self.params else self.fault
