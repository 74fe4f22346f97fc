"""Reconciling: lists of the outside register, uploaded and kept; what is still missing there."""

import json
from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.corrections.models import RegisterLine, RegisterList
from backoffice.desk.cases.sight import office_page
from backoffice.desk.findings import worded
from backoffice.desk.review.values import hidden, value_row, value_rows
from backoffice.policies.shelf import policy_of
from backoffice.storage.names import plain_name
from backoffice.words import say
from backoffice.workflow.reconciling import RECONCILING, outstanding, reconcile
from backoffice.workflow.refusals import Refused
from backoffice.workflow.register_tables import RegisterUnreadable, RowFault
from correctionkit.masking import mask_text

_VIEWING = "corrections.view_correctionrequest"
_LARGEST = 20 * 1024**2
_PER_PAGE = 100
_ORDERS = {"oldest": "state_since", "newest": "-state_since"}


class RegisterForm(forms.Form):
    """The file of a list."""

    file = forms.FileField(
        label=gettext_lazy("List of the outside register"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls) or CSV, with the number and the fields to compare."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def clean_file(self):
        """Refuse what is too large to be read whole."""
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            words = _("The file has more than %(most)d MB. Split the list.")
            raise forms.ValidationError(words % {"most": _LARGEST // 1024**2})
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def lists_view(request):
    """Show the lists that are kept, and take another."""
    account = request.user
    if not account.has_perm(RECONCILING) and not account.has_perm(_VIEWING):
        raise PermissionDenied
    may_upload = account.has_perm(RECONCILING)
    form, status = RegisterForm(), 200
    if request.method == "POST":
        if not may_upload:
            raise PermissionDenied
        form = RegisterForm(request.POST, request.FILES)
        if form.is_valid() and (answer := _reconcile(request, form)):
            return answer
        status = 400
    lists = RegisterList.objects.visible_to(account).select_related("unit", "uploaded_by")
    page = Paginator(lists, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Reconcile with the outside register"),
        "form": form if may_upload else None,
        "page": page,
        "lists": [(each, mask_text(each.received_as)) for each in page.object_list],
    }
    return office_page(request, "desk/review/register.html", context, status)


@require_safe
def list_view(request, pk):
    """Show what one list said of each request."""
    lists = RegisterList.objects.visible_to(request.user).select_related("unit", "uploaded_by")
    kept = lists.filter(pk=pk).first()
    if kept is None:
        raise Http404(_("There is nothing here."))
    lines = kept.lines.order_by("pk")
    counts = Counter(lines.values_list("outcome", flat=True))
    show = request.GET.get("show", "")
    if show in RegisterLine.Outcome:
        lines = lines.filter(outcome=show)
    lines = lines.select_related("request__case__unit", "request__record", "request__unit")
    page = Paginator(lines, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Compared with the outside register"),
        "kept": kept,
        "file": mask_text(kept.received_as),
        "fields": _field_words(kept),
        "show": show,
        "tabs": [(each.value, each.label, counts[each.value]) for each in RegisterLine.Outcome],
        "page": page,
        "rows": [(line, value_row(line.request), _shown(line)) for line in page.object_list],
        "faults": _faults(kept),
    }
    return office_page(request, "desk/review/register_list.html", context)


@require_safe
def outstanding_view(request):
    """Show what was approved or applied and has not changed in the register."""
    if not request.user.has_perm(RECONCILING):
        raise PermissionDenied
    order = request.GET.get("order")
    order = order if order in _ORDERS else "oldest"
    rows = outstanding(request.user).select_related("case__unit", "record", "unit")
    page = Paginator(rows.order_by(_ORDERS[order], "pk"), _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Not changed in the outside register yet"),
        "order": order,
        "page": page,
        "rows": [(row, _outcome(row.request.seen)) for row in value_rows(page.object_list)],
    }
    return office_page(request, "desk/review/outstanding.html", context)


def _reconcile(request, form):
    """Compare the file, and go to the result; what is wrong with it goes into the form."""
    file = form.cleaned_data["file"]
    try:
        kept = reconcile(file.read(), plain_name(file.name), by=request.user)
    except Refused as refused:
        form.add_error("file", refused.message)
        return None
    except RegisterUnreadable as fault:
        for each in worded([fault.finding], fault.rules):
            form.add_error("file", f"{each.message} {each.hint}")
        return None
    messages.success(request, _("Compared. Applied values that the list shows are reconciled."))
    return HttpResponseRedirect(reverse("review:register_list", args=[kept.pk]))


def _shown(line):
    kind = line.request.case.rules.vocabulary.fields[line.request.field].value
    return hidden(kind, line.shown)


def _outcome(seen):
    return RegisterLine.Outcome(seen).label if seen else _("In no list so far")


def _field_words(kept):
    fields = policy_of(kept.policy).vocabulary.fields
    return "、".join(say(fields[each].label) for each in kept.fields if each in fields)


def _faults(kept):
    return [{**each, "words": RowFault(each["fault"]).label} for each in json.loads(kept.faults)]
