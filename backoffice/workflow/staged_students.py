"""Verdicts on students as staged rows keep them: what a preview showed is what is written."""

from dataclasses import asdict
from datetime import date

from backoffice.corrections.models import Case
from backoffice.roll.models import StudentRecord
from backoffice.tables.models import Verdict
from backoffice.units.models import Unit
from backoffice.workflow.intake import Wish
from backoffice.workflow.verdicts import Offered, StudentVerdict


def kept_verdict(verdict):
    """Return a verdict as plain values; the row that holds it stands for all of the student's."""
    return {
        "record": verdict.record.pk,
        "unit": verdict.unit.pk,
        "case": verdict.case.pk if verdict.case else None,
        "before": verdict.before,
        "wishes": [_kept_wish(each) for each in verdict.wishes],
    }


def read_verdicts(rows):
    """Return the verdicts that staged rows hold, in their order; None for a row without one."""
    kept = [(row.verdict, row.value_map.get("verdict")) for row in rows]
    told = [each for _verdict, each in kept if each]
    records = _by_key(StudentRecord.objects.select_related("unit"), told, "record")
    units = _by_key(Unit.objects.all(), told, "unit")
    cases = _by_key(Case.objects.select_related("unit", "record"), told, "case")
    for verdict, each in kept:
        if not each:
            continue
        record, unit = records.get(each["record"]), units.get(each["unit"])
        case = cases.get(each["case"])
        if record is None or unit is None or (each["case"] and case is None):
            yield None
            continue
        yield StudentVerdict(
            offered=Offered(record.shown_number, record.name, (), ()),
            verdict=Verdict(verdict),
            findings=(),
            record=record,
            unit=unit,
            case=case,
            wishes=tuple(_wish(one) for one in each["wishes"]),
            before=each["before"],
        )


def _kept_wish(wish):
    kept = asdict(wish)
    if wish.change_date:
        kept["change_date"] = wish.change_date.isoformat()
    return kept


def _wish(kept):
    day = kept["change_date"]
    return Wish(**{**kept, "change_date": date.fromisoformat(day) if day else None})


def _by_key(rows, told, name):
    keys = list({each[name] for each in told if each[name]})
    found = {}
    for start in range(0, len(keys), 400):
        found |= rows.in_bulk(keys[start : start + 400])
    return found
