"""The field of private values: written and read whole, never searched by its text."""

from django.core.exceptions import FieldError
from django.db import models


class SealedText(models.TextField):
    """A private text.

    It passes through as it is as long as no keys of encryption exist.  Looking into it is
    refused already, so that nothing comes to rely on that: find it by its keyed digest.
    """

    def get_lookup(self, lookup_name):
        """Refuse every look-up but the test for none."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: {lookup_name} cannot look into it")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        """Refuse every transform."""
        raise FieldError(f"{self.name} is sealed: {lookup_name} cannot look into it")
