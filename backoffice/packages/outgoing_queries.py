"""Look-ups of packages that go out."""

from django.db.models import Max

from backoffice.units.queries import ScopedQuerySet


class OutgoingPackageQuerySet(ScopedQuerySet):
    """Packages, seen by those who may see those of the unit that composed them."""

    def of_year(self, unit, year):
        """Return the packages of a unit and year."""
        return self.filter(unit=unit, year=year)

    def until_revision(self, package):
        """Return the revisions of a package's batch up to the package itself."""
        batch = self.of_year(package.unit, package.year).filter(batch=package.batch)
        return batch.filter(revision__lte=package.revision)

    def is_renewed(self, package):
        """Tell whether there is a later revision of a package."""
        batch = self.of_year(package.unit, package.year).filter(batch=package.batch)
        return batch.filter(revision__gt=package.revision).exists()

    def next_batch(self, unit, year):
        """Return the lowest batch number of a unit and year above all that were used."""
        return (self.of_year(unit, year).aggregate(last=Max("batch"))["last"] or 0) + 1


class OutgoingPartQuerySet(ScopedQuerySet):
    """Parts of packages."""

    unit_path = "package__unit__path"


class PackageAddressQuerySet(ScopedQuerySet):
    """Addresses that packages are sent to."""

    def above(self, unit):
        """Return the address of the nearest unit above *unit* that has one, or None."""
        units = type(unit).objects.above(unit, including=False)
        return self.filter(unit__in=units).order_by("-unit__path").first()
