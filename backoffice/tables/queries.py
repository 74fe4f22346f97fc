"""Look-ups of tables on their way in."""

from backoffice.units.queries import ScopedQuerySet


class TableImportQuerySet(ScopedQuerySet):
    """Imports, seen by whoever began them as long as they may bring in such tables."""

    def of(self, account):
        """Return what *account* brought in."""
        return self.filter(account=account)


class TableExportQuerySet(ScopedQuerySet):
    """Tables to take out, seen by whoever asked for them."""

    def of(self, account):
        """Return what *account* asked for."""
        return self.filter(account=account)
