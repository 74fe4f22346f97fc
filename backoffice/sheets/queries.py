"""Look-ups of request sheets."""

from backoffice.units.queries import ScopedQuerySet


class SheetQuerySet(ScopedQuerySet):
    """Sheets, seen by those who see the unit that signs them."""

    def overdue(self, day):
        """Return the sheets of days before *day* that are still open."""
        return self.filter(state="open", day__lt=day)
