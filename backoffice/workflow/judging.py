"""What the rules say of a case: its requests put to correctionkit, with the roll beside them."""

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import State
from backoffice.roll.fields import CORRECTABLE, same_value, text_of
from correctionkit.catalog import request_codes
from correctionkit.findings import NOWHERE
from correctionkit.masking import mask_number
from correctionkit.requests.check import check_student
from correctionkit.requests.model import CorrectionRequest as Asked
from correctionkit.requests.model import StudentRecord as OnRecord
from correctionkit.requests.wanted import check_wanted, wanted
from correctionkit.terms import Severity


def as_on_record(record, corrected=None):
    """Return a student record as the rules know it.

    *corrected* are its fields that were corrected before, looked up where they are not given.
    """
    if corrected is None:
        corrected = corrected_fields([record]).get(record.pk, frozenset())
    return OnRecord(
        values={field: text_of(record, field) for field in CORRECTABLE},
        status=record.status,
        enrolled_on=record.enrolled_on,
        graduated_on=record.graduated_on,
        level=record.level,
        corrected=corrected,
    )


def corrected_fields(records):
    """Return the fields of *records* that were corrected before, by the record's key."""
    done = [State.APPLIED, State.RECONCILED]
    rows = CorrectionRequest.objects.filter(record__in=records, state__in=done, reverses=None)
    # What was taken back was no correction in the end.
    found = {}
    for pk, field in rows.exclude(reversals__state__in=done).values_list("record_id", "field"):
        found[pk] = found.get(pk, frozenset()) | {field}
    return found


def as_asked(request):
    """Return a request as the rules know it."""
    return Asked(
        number=request.record.shown_number,
        name=request.record.name,
        status=request.status,
        field=request.field,
        old=request.old,
        new=request.new,
        reason=request.reason,
        change_date=request.change_date,
    )


def judge_requests(requests, case):
    """Return the findings about the values of a case's requests, and what is accepted."""
    if case.kind_rules.reverses:
        return []
    record = as_on_record(case.record)
    asked = [as_asked(request) for request in requests]
    findings = list(check_student(asked, case.rules, case.judged_on(), record))
    findings += _moved_on(requests, case)
    return findings


def wanted_evidence(requests, case):
    """Return the evidence that a case's requests need."""
    if case.kind_rules.reverses:
        return ()
    asked = [as_asked(request) for request in requests]
    return wanted(asked, case.rules, case.judged_on(), as_on_record(case.record))


def judge_evidence(requests, case, present):
    """Return the findings about kinds of evidence that are not there."""
    if case.kind_rules.reverses:
        return []
    asked = [as_asked(request) for request in requests]
    on, record = case.judged_on(), as_on_record(case.record)
    return list(check_wanted(asked, present, case.rules, on, record))


def is_error(finding):
    """Tell whether a finding stops a case."""
    return finding.severity is Severity.ERROR


def exceptional_fields(findings):
    """Return the fields that are taken only as an exceptional case."""
    code = request_codes.REQUEST_EXCEPTIONAL.code
    return frozenset(finding.field for finding in findings if finding.code == code)


def _moved_on(requests, case):
    """Yield where the record says something else by now than the request took for old."""
    fields = case.rules.vocabulary.fields
    for request in requests:
        stands = text_of(case.record, request.field)
        if not same_value(fields[request.field].value, request.old, stands):
            hide = mask_number if request.field == "id_number" else str
            yield request_codes.RECORD_DISAGREES.at(
                NOWHERE,
                student=case.record.shown_number,
                field=request.field,
                column=case.rules.heading_of(request.status, "old"),
                typed=hide(request.old),
                record=hide(stands),
            )
