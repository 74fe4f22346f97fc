"""Addresses of the lists that the queues lead to."""

from django.urls import reverse
from django.utils.http import urlencode


def cases_list(**filters):
    """Return the address of the cases that *filters* leave."""
    return _list("corrections_case", **filters)


def requests_list(**filters):
    """Return the address of the requests that *filters* leave."""
    return _list("corrections_correctionrequest", **filters)


def to_decide(show):
    """Return the address of the cases to decide: mine or free ones."""
    return f"{reverse('review:queue')}?{urlencode({'show': show})}"


def to_apply(show):
    """Return the address of what is approved: ready, or in conflict."""
    return f"{reverse('review:apply')}?{urlencode({'show': show})}"


def to_reconcile():
    """Return the address of what the outside register does not show yet."""
    return reverse("review:outstanding")


def sheets_list(state):
    """Return the address of the sheets in *state*."""
    return _list("sheets_requestsheet", state__exact=state)


def trail_list(act, day):
    """Return the address of the entries of an act on a day."""
    return _list("audit_auditentry", act=act, day=day.isoformat())


def accounts_list():
    """Return the address of the accounts that may sign in."""
    return _list("units_account", is_active__exact=1)


def _list(name, **filters):
    return f"{reverse(f'admin:{name}_changelist')}?{urlencode(filters)}"
