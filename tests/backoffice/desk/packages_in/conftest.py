"""Packages brought in through pages, with their work done at once."""

import pytest
from builders.incoming import load_roll, sample
from builders.office import again
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backoffice.packages.models import IncomingPackage


class Desk:
    """Somebody at the pages for packages; what runs in the background is done before they look."""

    def __init__(self, client, account, execute):
        self.client, self.account, self.execute = client, account, execute
        client.force_login(again(account))

    def post(self, name, *args, **fields):
        """Post a form, and have all work done that it starts."""
        with self.execute(execute=True):
            return self.client.post(reverse(f"packages_in:{name}", args=args), fields)

    def upload(self, content, unit, name="材料.zip"):
        """Upload a package, and return the answer."""
        return self.post("list", unit=unit.pk, file=SimpleUploadedFile(name, content))

    def page(self, package, **query):
        """Return a package's page."""
        return self.client.get(reverse("packages_in:package", args=[package.pk]), query)

    def take(self, package, choice):
        """Confirm what the page shows."""
        package.refresh_from_db()
        return self.post("take", package.pk, choice=choice, digest=package.digest)


@pytest.fixture
def desk(office, client, django_capture_on_commit_callbacks):
    return Desk(client, office.branch_clerk, django_capture_on_commit_callbacks)


@pytest.fixture
def judged(desk, office):
    """Return what uploads a made-up package whose students are on the roll, and checks it."""

    def upload(students=3, *, faults=False, change=None):
        package, roll = sample(students, faults=faults)
        load_roll(roll, office.centre)
        content = package.read_bytes()
        desk.upload(change(content) if change else content, office.branch)
        return IncomingPackage.objects.get()

    return upload
