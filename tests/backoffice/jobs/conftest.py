"""What tests of jobs share."""

import pytest
from builders import jobs as _kinds  # noqa: F401 - the kinds of jobs of tests


@pytest.fixture(autouse=True)
def _own_workers(settings, tmp_path):
    """Give each test a place where its workers show that they live."""
    settings.OFFICE_WORKERS = tmp_path / "workers"
