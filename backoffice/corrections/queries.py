"""Look-ups of cases, requests and events."""

from django.db import models

from backoffice.corrections.states import CLOSED, EDITABLE
from backoffice.units.queries import ScopedQuerySet


class CaseQuerySet(ScopedQuerySet):
    """Cases, seen by those who see the unit that filed them."""

    def in_hands_of(self, person):
        """Return the cases that lie with *person*: drafts, begun ones too, and returned ones."""
        lies = models.Q(requests__state__in=sorted(EDITABLE)) | models.Q(requests=None)
        return self.filter(lies, handler=person).distinct()


class RequestQuerySet(ScopedQuerySet):
    """Requests, seen by those who see the unit that filed them."""

    def open(self):
        """Return those that are not finished."""
        return self.exclude(state__in=sorted(CLOSED))

    def editable(self):
        """Return those that lie with their clerk."""
        return self.filter(state__in=sorted(EDITABLE))


class DecisionReasonManager(models.Manager):
    """Reasons, known to fixtures by their code."""

    def get_by_natural_key(self, code):
        """Return the reason of a code."""
        return self.get(code=code)


class RequestEventQuerySet(models.QuerySet):
    """Events of requests."""

    def acts_on(self, request):
        """Return (act, person id) of everything that counts for the four-eyes rule."""
        rows = self.filter(request=request).exclude(act="").values_list("act", "person_id")
        return set(rows)
