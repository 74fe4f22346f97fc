"""What several papers say of one case: the student, the changes, the unit that hands it on."""

from backoffice.desk.printing.paper import written_value
from backoffice.roll.models import StudentRecord
from backoffice.sheets.models import RequestSheet
from backoffice.units.models import Unit
from correctionkit.masking import mask_number
from statements.contexts.parts import Change, Fact


def institution(case):
    """Return what the case's policy calls the institution."""
    return case.rules.heading.institution.zh


def changes_of(case, requests, *, whole):
    """Return what is asked for, one line a field."""
    return tuple(
        Change(
            field=field_label(case, each),
            old=shown(case, each, each.old, whole=whole),
            new=shown(case, each, each.new, whole=whole),
            reason=_label(case.rules.vocabulary.reasons, each.reason),
        )
        for each in requests
    )


def field_label(case, request):
    """Return what a request's field is called on paper."""
    return _label(case.rules.vocabulary.fields, request.field)


def shown(case, request, text, *, whole):
    """Return one value of a request as papers have it."""
    keep = case.rules.numbers_of_students({case.record.shown_number})
    kind = case.rules.vocabulary.fields[request.field].value
    return written_value(kind, text, whole=whole, keep=keep)


def facts_of(case, *, whole):
    """Return what is said of the student and of the case itself."""
    record = case.record
    number = record.id_number if whole else mask_number(record.id_number)
    sheets = RequestSheet.objects.filter(
        lines__request__case=case, lines__removed_at=None
    ).distinct()
    facts = [
        Fact("学籍状态", status_label(case)),
        Fact("学习中心", record.unit.name),
        Fact("证件号码", number),
        Fact("案件编号", case.reference),
        Fact("申请表编号", "、".join(sheets.order_by("number").values_list("number", flat=True))),
    ]
    return tuple(fact for fact in facts if fact.text)


def status_label(case):
    """Return what the policy calls the student's status, else what the roll does."""
    term = case.rules.statuses.get(case.record.status)
    if term:
        return term.label.zh
    return str(dict(StudentRecord._meta.get_field("status").flatchoices)[case.record.status])


def handing_on(case):
    """Return the unit that papers of headquarters go to: the one that signs the sheets."""
    level = case.kind_rules.sheet
    return (level and Unit.objects.nearest(case.unit, level)) or case.unit


def _label(terms, code):
    return terms[code].label.zh if code in terms else code
