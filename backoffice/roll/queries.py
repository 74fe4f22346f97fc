"""Finding of student records."""

from django.db.models import Q

from backoffice.units.queries import ScopedQuerySet


class StudentRecordQuerySet(ScopedQuerySet):
    """Student records, by what people type to find them."""

    def with_identity(self, digest):
        """Return the records whose ID number has this digest; none for no number."""
        return self.filter(id_digest=digest) if digest else self.none()

    def named(self, name):
        """Return the records of that name, past or present, whole or from its beginning."""
        return self.filter(
            Q(name__startswith=name) | Q(former_names__name__startswith=name)
        ).distinct()


class ValueChangeQuerySet(ScopedQuerySet):
    """Changes of values, seen by those who see the record."""

    unit_path = "record__unit__path"
