"""Answers to what a package leaves open: whose folder, which document, what is left out."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.desk.jobs.following import follow
from backoffice.desk.packages_in.sight import job_under_way, package_in_sight
from backoffice.desk.packages_in.students import shown_number
from backoffice.kept_findings import from_json
from backoffice.packages.incoming_mending import mend, mend_nothing
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_rows import verdict_of
from backoffice.packages.incoming_tasks import start_judging
from backoffice.tables.models import Verdict
from backoffice.words import say
from correctionkit.masking import mask_text
from correctionkit.render.visible import shown

# A list to choose from has an end.
_MOST_OFFERED = 200


@require_POST
def mend_view(request, pk):
    """Take the answers of a page of students, and have the package checked with them."""
    package = package_in_sight(request, pk)
    address = reverse("packages_in:package", args=[package.pk])
    if job_under_way(package):
        messages.error(request, _("Work on this package is under way. Wait for its end."))
        return HttpResponseRedirect(address)
    try:
        if "undo" in request.POST:
            package = mend_nothing(package.pk)
        else:
            # Places on a page that was shown before are other students' by now.
            if request.POST.get("digest") != package.digest:
                raise IncomingRefused(IncomingRefusal.CHANGED)
            answers = _answers(request.POST, package)
            if not any(answers.values()):
                messages.info(request, _("Nothing was chosen."))
                return HttpResponseRedirect(address)
            package = mend(package.pk, shown=package.digest, **answers)
    except IncomingRefused as fault:
        messages.error(request, fault.message)
        return HttpResponseRedirect(address)
    return follow(request, start_judging(package))


def kinds_offered(policy):
    """Return the kinds of evidence to choose from, as (code, label)."""
    return [(each.id, say(each.label)) for each in policy.vocabulary.kinds.values()]


def students_offered(package):
    """Return the students of the tables who have no folder, as (position, number and name)."""
    offered = []
    rows = package.students.filter(verdict=Verdict.REFUSED)
    for row in rows.select_related("record", "unit", "case"):
        if row.number and not verdict_of(row).offered.folder:
            number = shown_number(row.number, package.rules)
            offered.append((row.position, f"{number} {shown(mask_text(row.name))}"))
            if len(offered) == _MOST_OFFERED:
                break
    return offered


def _answers(posted, package):
    """Return what was answered; places on the page become paths and numbers of the package."""
    kinds, students, left_out, without = {}, {}, set(), set()
    known = dict(kinds_offered(package.rules))
    rows = package.students.select_related("record", "unit", "case")
    chosen = [row for row in rows if f"shown-{row.position}" in posted]
    for row in chosen:
        offered, here = verdict_of(row).offered, row.position
        if f"without-{here}" in posted:
            if offered.folder:
                left_out.add(offered.folder)
            if offered.number:
                without.add(offered.number)
            continue
        target = _whole(posted.get(f"folder-{here}", ""))
        owner = next((each for each in rows if each.position == target), None)
        if owner is not None and offered.folder:
            students[offered.folder] = owner.number
        for place, scan in enumerate(offered.scans):
            kind = posted.get(f"kind-{here}-{place}", "")
            if f"out-{here}-{place}" in posted:
                left_out.add(scan.path)
            elif kind in known:
                kinds[scan.path] = kind
    for place, finding in enumerate(from_json(package.findings)):
        if f"leave-{place}" in posted and finding.location.path:
            left_out.add(finding.location.path)
    return {"kinds": kinds, "students": students, "left_out": left_out, "without": without}


def _whole(text):
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else None
