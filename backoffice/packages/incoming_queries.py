"""Look-ups of packages that come in."""

from django.db import models

from backoffice.units.queries import ScopedQuerySet

IMPORTING = "packages.import_package"


class IncomingPackageQuerySet(ScopedQuerySet):
    """Packages on their way in, seen by whoever brought them in, as long as they may."""

    def visible_to(self, account, permission=IMPORTING):
        """Return the packages of *account* in units for which it still has the right."""
        return super().visible_to(account, permission).filter(account=account)


class IncomingStudentQuerySet(models.QuerySet):
    """Students of one package."""

    def to_take(self):
        """Return those of whom something is to be written, and was not yet."""
        return self.filter(verdict__in=("new", "changed"), became="")
