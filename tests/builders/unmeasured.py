"""What a test is built from is not what it tests: coverage looks away meanwhile.

Measured, building takes twice as long; and lines that only builders run would count as tested.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from threading import current_thread, main_thread
from typing import ParamSpec, TypeVar

from coverage import Coverage

_Given = ParamSpec("_Given")
_Built = TypeVar("_Built")


def unmeasured(build: Callable[_Given, _Built]) -> Callable[_Given, _Built]:
    """Make *build* run without coverage, on the main thread: to stop it is to stop it for all."""

    @wraps(build)
    def built(*args: _Given.args, **changes: _Given.kwargs) -> _Built:
        measuring = Coverage.current()
        if measuring is None or not _traced() or current_thread() is not main_thread():
            return build(*args, **changes)
        measuring.stop()
        try:
            return build(*args, **changes)
        finally:
            measuring.start()

    return built


def _traced() -> bool:
    """Tell whether coverage is on: not inside another builder, nor in tests with ``no_cover``.

    There hypothesis may trace instead, to explain a failure.
    """
    return type(sys.gettrace()).__module__.partition(".")[0] == "coverage"
