"""A case with a real scan, and browsers of those who look at it."""

from pathlib import Path

import pytest
from builders import office as build
from builders.uploads import opened, upload
from django.test import Client

from backoffice.evidence.services import add_evidence

CORPORA = Path(__file__).resolve().parents[4].parent / "shared/corpora/images"


@pytest.fixture(scope="session")
def corpora():
    if not CORPORA.is_dir():
        pytest.skip("third-party pictures are not here (../shared/corpora/images)")
    return CORPORA


@pytest.fixture(scope="session")
def page():
    """Return the picture of a scan that passes every check."""
    return opened(build.scan()).convert("RGB")


@pytest.fixture
def case(office):
    return build.drafted(office)


@pytest.fixture
def file(case, office):
    return add_evidence(case.pk, "id_card", upload(build.scan()), by=office.clerk)


@pytest.fixture
def browser(office):
    """Return the browser of one of the office's people."""

    def of(who):
        client = Client()
        client.force_login(getattr(office, who))
        return client

    return of
