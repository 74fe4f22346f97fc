"""Files put into a case, replaced and removed: for the page's script, and for plain forms."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.corrections.models import Case
from backoffice.desk.evidence.wanted import shown_name, wanted_rows
from backoffice.desk.findings import worded
from backoffice.evidence.editing import ask_editor
from backoffice.evidence.judging import checked_files
from backoffice.evidence.kinds import example_name, kind_of_name
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused, NotReceived
from backoffice.evidence.services import (
    add_evidence,
    remove_evidence,
    replace_evidence,
)
from backoffice.storage.names import plain_name
from correctionkit.catalog import evidence_codes
from correctionkit.findings import Location

_FORBIDDEN = {EvidenceRefusal.NOT_PERMITTED, EvidenceRefusal.NOT_YOURS}
_TOO_LATE = {
    EvidenceRefusal.STALE,
    EvidenceRefusal.NOT_WITH_CLERK,
    EvidenceRefusal.FROZEN,
    EvidenceRefusal.GONE,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: kept or not, and what is said of it."""

    name: str
    message: str
    status: int = 200
    file: int | None = None
    findings: list = field(default_factory=list)

    @property
    def is_kept(self):
        """Tell whether what was asked for was done."""
        return self.status == 200

    def as_json(self):
        """Return the outcome for the page's script."""
        return {
            "name": self.name,
            "kept": self.is_kept,
            "id": self.file,
            "message": self.message,
            "findings": [
                {
                    "code": each.code,
                    "severity": each.severity,
                    "message": each.message,
                    "hint": each.hint,
                }
                for each in self.findings
            ],
        }


@require_POST
def add(request, pk):
    """Take files for a case, all of one kind or each of the kind that its name tells."""
    case = _case_in_sight(request, pk)
    version = request.POST.get("version", "")
    version = int(version) if version.isdecimal() and version.isascii() else None
    try:
        ask_editor(case, request.user, version=version)
    except EvidenceRefused as refused:
        return _answer(request, case, [_refused("", refused)])
    uploads = request.FILES.getlist("file")
    if not uploads:
        return _answer(request, case, [Outcome("", _("Choose a file first."), 400)])
    kind = request.POST.get("kind", "")
    outcomes = [_added(case, kind, upload, request.user) for upload in uploads]
    return _answer(request, case, outcomes)


@require_POST
def replace(request, pk):
    """Take a file in the place of another."""
    case = _file_in_sight(request, pk).case
    upload = request.FILES.get("file")
    if upload is None:
        return _answer(request, case, [Outcome("", _("Choose a file first."), 400)])
    outcome = _tried(case, upload, lambda: replace_evidence(pk, upload, by=request.user))
    return _answer(request, case, [outcome])


@require_POST
def take_out(request, pk):
    """Remove a file that was not submitted yet."""
    file = _file_in_sight(request, pk)
    name = shown_name(file.received_as)
    try:
        remove_evidence(pk, by=request.user)
    except EvidenceRefused as refused:
        return _answer(request, file.case, [_refused(name, refused)])
    return _answer(request, file.case, [Outcome(name, _("Removed."))])


def _added(case, kind, upload, account):
    name = plain_name(upload.name)
    kind = kind or kind_of_name(name, case.rules)
    if kind is None:
        unnamed = evidence_codes.EVIDENCE_UNNAMED.at(
            Location(path=name), name=name, example=example_name(case.rules)
        )
        return _not_kept(shown_name(name), [unnamed], case)
    return _tried(case, upload, lambda: add_evidence(case.pk, kind, upload, by=account))


def _tried(case, upload, act):
    name = shown_name(plain_name(upload.name))
    try:
        file = act()
    except EvidenceRefused as refused:
        return _refused(name, refused)
    except NotReceived as refused:
        return _not_kept(name, refused.findings, case)
    found = next((row.findings for row in checked_files(case) if row.file.pk == file.pk), ())
    findings = worded(found, case.rules)
    stops = any(each.is_error for each in findings)
    said = _("Kept, but it stops the submission.") if stops else _("Kept.")
    return Outcome(name, said, file=file.pk, findings=findings)


def _refused(name, refused):
    status = 403 if refused.refusal in _FORBIDDEN else 409 if refused.refusal in _TOO_LATE else 400
    if refused.refusal is EvidenceRefusal.STORAGE:
        status = 503
    return Outcome(name, refused.message, status)


def _not_kept(name, findings, case):
    return Outcome(name, _("Not taken."), 400, findings=worded(findings, case.rules))


def _answer(request, case, outcomes):
    if "application/json" in request.headers.get("Accept", ""):
        return _as_json(request, case, outcomes)
    for each in outcomes:
        level = messages.SUCCESS if each.is_kept else messages.ERROR
        if each.is_kept and any(finding.is_error for finding in each.findings):
            level = messages.WARNING
        said = [each.message]
        said += (f"{one.message} {one.hint}" for one in each.findings)
        start = f"{each.name}: " if each.name else ""
        messages.add_message(request, level, start + " ".join(said))
    page = reverse("admin:corrections_case_change", args=[case.pk])
    return HttpResponseRedirect(f"{page}#evidence")


def _as_json(request, case, outcomes):
    """Answer with each outcome and the table anew; the status of failure only if all failed."""
    kept = [each for each in outcomes if each.is_kept]
    context = {"case": case, "wanted": wanted_rows(case, request.user)}
    shape = {
        "files": [each.as_json() for each in outcomes],
        "table": render_to_string("desk/evidence/_wanted.html", context, request),
    }
    return JsonResponse(shape, status=200 if kept else max(each.status for each in outcomes))


def _case_in_sight(request, pk):
    rows = Case.objects.visible_to(request.user).select_related("unit", "record", "handler")
    case = rows.filter(pk=pk).first()
    if case is None:
        raise Http404(_("There is nothing here."))
    return case


def _file_in_sight(request, pk):
    rows = EvidenceFile.objects.visible_to(request.user).filter(removed_at=None)
    file = rows.select_related("case__unit", "case__record", "case__handler").filter(pk=pk).first()
    if file is None:
        raise Http404(_("There is nothing here."))
    return file
