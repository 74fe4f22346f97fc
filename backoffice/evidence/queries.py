"""Look-ups of evidence."""

from backoffice.units.queries import ScopedQuerySet


class EvidenceQuerySet(ScopedQuerySet):
    """Evidence files, seen by those who see the case."""

    unit_path = "case__unit__path"

    def current(self):
        """Return the files that speak for their case now."""
        return self.filter(removed_at=None, replaced_by=None)
