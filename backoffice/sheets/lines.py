"""Lines of a sheet, worded as they are printed."""

from django.db.models import F

from backoffice.evidence.models import EvidenceFile


def worded_lines(requests):
    """Return for each request the texts of its line, in Chinese, as paper has them."""
    kinds = _kinds_by_case({request.case_id for request in requests})
    return [_worded(request, kinds.get(request.case_id, ())) for request in requests]


def _worded(request, kinds):
    rules = request.case.rules
    terms = rules.vocabulary
    return {
        "case": request.case.reference,
        "unit": request.unit.name,
        "unit_code": request.unit.code,
        "number": request.record.shown_number,
        "name": request.record.name,
        "status": rules.statuses[request.status].label.zh,
        "field": terms.fields[request.field].label.zh,
        "old": request.old,
        "new": request.new,
        "reason": terms.reasons[request.reason].label.zh,
        "evidence": [terms.kinds[kind].label.zh for kind in kinds if kind in terms.kinds],
        "exceptional": request.exceptional,
        "remark": request.case.remark,
        "policy": request.case.policy,
        "request": request.pk,
        "version": request.version,
    }


def _kinds_by_case(cases):
    found = {}
    rows = (
        EvidenceFile.objects.current()
        .filter(case__in=cases)
        .order_by("case", "kind")
        .values_list(F("case_id"), F("kind"))
        .distinct()
    )
    for case, kind in rows:
        found.setdefault(case, []).append(kind)
    return found
