"""Pictures to send: one that passes every check, and those that others made to break readers."""

from pathlib import Path

import pytest
from builders import office as build
from builders.uploads import opened

CORPORA = Path(__file__).resolve().parents[3].parent / "shared/corpora/images"


@pytest.fixture(scope="session")
def corpora():
    if not CORPORA.is_dir():
        pytest.skip("third-party pictures are not here (../shared/corpora/images)")
    return CORPORA


@pytest.fixture(scope="session")
def page():
    """Return the picture of a scan that passes every check."""
    return opened(build.scan()).convert("RGB")
