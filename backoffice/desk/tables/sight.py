"""Imports in sight: one's own, as long as one may bring in such tables."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.jobs.models import Job
from backoffice.tables.models import TableImport
from backoffice.tables.subjects import resource_for, resources


def subjects_of(account):
    """Return the resources that the account may bring in tables of."""
    return [
        each for each in resources().values()
        if each.import_right and account.has_perm(each.import_right)
    ]  # fmt: skip


def resource_in_reach(request, subject):
    """Return a resource by its subject; Http404 where the account may not bring such in."""
    for each in subjects_of(request.user):
        if each.subject == subject:
            return each
    raise Http404(_("There is nothing here."))


def table_in_sight(request, pk):
    """Return an import of the account; one of somebody else answers as if there were none."""
    rows = TableImport.objects.of(request.user).select_related("unit")
    table = rows.filter(pk=pk).first()
    if table is None or table.subject not in resources():
        raise Http404(_("There is nothing here."))
    right = resources()[table.subject].import_right
    if not request.user.has_perm(right, table.unit):
        raise Http404(_("There is nothing here."))
    return table


def resource_of(table, account):
    """Return the resource of an import, by the rules that hold for its unit today."""
    return resource_for(table.subject, account, table.unit, timezone.localdate())


def job_under_way(table):
    """Return the job that is at work on an import, or None."""
    return Job.objects.under_way().filter(ref=table.ref).first()
