"""Beginning a case: find the student, and open a case for them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import State
from backoffice.desk.cases.sight import office_page
from backoffice.desk.searching import SEARCH_VAR, recall, records_found, remember, search_of
from backoffice.roll.models import StudentRecord
from backoffice.workflow.intake import begin_case
from backoffice.workflow.refusals import Refused

ADDING, WRITING = "corrections.add_case", "corrections.change_case"
MOST_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def begin_view(request):
    """Find a student by what is posted, or begin a case for the one that is chosen."""
    if not (request.user.has_perm(ADDING) and request.user.has_perm(WRITING)):
        raise PermissionDenied
    if request.method == "POST":
        return _begin(request) if "record" in request.POST else _search(request)
    searched = recall(request)
    found = list(_records(request.user, searched)[: MOST_SHOWN + 1]) if searched else []
    context = {
        "title": _("Begin a case"),
        "searched": searched,
        "is_forgotten": SEARCH_VAR in request.GET and searched is None,
        "found": _with_open_requests(found[:MOST_SHOWN], request.user),
        "too_many": len(found) > MOST_SHOWN,
        "most": MOST_SHOWN,
    }
    return office_page(request, "desk/cases/begin.html", context)


def may_begin(account, record):
    """Tell whether *account* may begin a case for a student, and go on with it."""
    return account.has_perm(ADDING, record) and account.has_perm(WRITING, record)


def _search(request):
    address = reverse("admin:corrections_case_begin")
    search = search_of(request.POST.get("text", ""))
    if search:
        address += "?" + urlencode({SEARCH_VAR: remember(request, search)})
    return HttpResponseRedirect(address)


def _begin(request):
    text = request.POST["record"]
    # Within SQLite's integers: more digits are nobody's key.
    key = int(text) if text.isdecimal() and len(text) < 19 else 0
    records = StudentRecord.objects.visible_to(request.user, ADDING).select_related("unit")
    record = records.filter(pk=key).first()
    if record is None or not may_begin(request.user, record):
        raise Http404(_("There is nothing here."))
    case = _own_draft(record, request.user)
    if case:
        messages.info(request, _("You have a draft for this student already: this one."))
        return _to(case)
    try:
        case = begin_case(record, by=request.user)
    except Refused as fault:
        messages.error(request, fault.message)
        return HttpResponseRedirect(reverse("admin:corrections_case_begin"))
    return _to(case)


def _own_draft(record, account):
    """Return the account's case for a student that was never submitted; a second click finds it."""
    mine = Case.objects.visible_to(account).filter(
        record=record, handler=account.person_id, policy_day=None
    )
    others = CorrectionRequest.objects.filter(record=record).exclude(state=State.DRAFT)
    return mine.exclude(pk__in=others.values("case")).order_by("-pk").first()


def _records(account, search):
    rows = records_found(search).filter(
        pk__in=StudentRecord.objects.visible_to(account, ADDING).values("pk")
    )
    return rows.select_related("unit").order_by("number", "certificate_number", "pk")


def _with_open_requests(records, account):
    """Return (record, its open cases in sight) of each of *records*."""
    rows = CorrectionRequest.objects.visible_to(account).open().filter(record__in=records)
    cases = {}
    for row in rows.select_related("case").order_by("case_id"):
        cases.setdefault(row.record_id, {})[row.case_id] = row.case
    return [(record, list(cases.get(record.pk, {}).values())) for record in records]


def _to(case):
    return HttpResponseRedirect(reverse("admin:corrections_case_change", args=[case.pk]))
