"""Comparing rows of a roll with the records that there are."""

from backoffice.roll.columns import FIELDS, NUMBER_COLUMNS, UNIT_COLUMNS
from backoffice.roll.fields import same_value
from backoffice.roll.known_records import KnownRecords
from backoffice.roll.models import StudentRecord, digest_of_identity
from backoffice.roll.unit_words import UnitUnknown
from backoffice.roll.watchers import under_way
from backoffice.tables.models import Verdict
from backoffice.tables.rows import JudgedRow
from correctionkit.catalog import import_codes, value_codes
from correctionkit.masking import mask_number
from correctionkit.numbers import identity
from correctionkit.numbers.identity_number import IdentityKind
from correctionkit.packages.rolls.standing import as_they_stand
from correctionkit.packages.rolls.whole_records import (
    JUDGED_TOGETHER,
    check_complete,
    check_identity_of,
)
from correctionkit.terms import ValueType, Words

UNIT = "unit"
_OUT_OF_SIGHT = Words("of another unit", "其他单位的")
_FOREIGN = frozenset({IdentityKind.FOREIGN_PERMIT, IdentityKind.FOREIGN_PERMIT_15})
_TOLD_TOGETHER = JUDGED_TOGETHER | {*NUMBER_COLUMNS, "status"}


class RollComparison:
    """Compares sound rows of one table; *units* are those that it may reach."""

    def __init__(self, account, unit, rules, day, units, as_it_stands=False):
        self._account = account
        self._unit = unit
        self._rules = rules
        self._day = day
        self._units = units
        self._as_it_stands = as_it_stands
        self._kinds = {each.id: each.value for each in rules.vocabulary.fields.values()}
        self._status_numbers = {each.id: each.number for each in rules.statuses.values()}
        # By ID number: the row where this table has it first.
        self._holders = {}

    def compare(self, rows):
        """Return one judged row for each, in order; what is found is added to the rows."""
        known = KnownRecords(
            [row.keys["student_number"] for row in rows if "student_number" in row.keys],
            [row.keys["certificate_number"] for row in rows if "certificate_number" in row.keys],
        )
        judged = [self._judged(row, known) for row in rows]
        self._tell_shared(judged)
        self._tell_under_way(judged)
        return judged

    def _judged(self, row, known):
        by_number, by_certificate = known.of(row.values) if known else (None, None)
        record = by_number or by_certificate
        if record is None:
            return self._new(row)
        if not all(self._reaches(each) for each in (by_number, by_certificate) if each):
            return self._out_of_reach(row, by_number or by_certificate)
        if by_number and by_certificate and by_number.pk != by_certificate.pk:
            where = row.where("certificate_number")
            row.findings.append(
                import_codes.ROW_TWO_RECORDS.at(
                    where,
                    student=row.values["student_number"],
                    number=row.values["student_number"],
                    certificate=row.values["certificate_number"],
                )
            )
            return JudgedRow(row, Verdict.REFUSED)
        return self._known(row, record)

    def _reaches(self, record):
        return record.path.startswith(self._unit.path)

    def _out_of_reach(self, row, record):
        column = next(each for each in NUMBER_COLUMNS if row.values.get(each))
        where = row.where(column)
        row.findings.append(
            import_codes.ROW_OUT_OF_REACH.at(
                where,
                student=row.values[column],
                column=where.column or column,
                value=row.values[column],
            )
        )
        return JudgedRow(row, Verdict.REFUSED)

    def _new(self, row):
        values = row.values
        unit = self._unit_of(row)
        number = self._status_numbers.get(values.get("status", ""))
        if not (number and values.get(number) and values.get("name")):
            row.findings += check_complete(values, self._rules, row.where)
        if unit is None and not row.is_faulty:
            where = row.where("centre")
            row.findings.append(_missing(where, where.column or "centre"))
        if row.findings and row.is_faulty:
            return JudgedRow(row, Verdict.REFUSED)
        row.values = {column: text for column, text in values.items() if text}
        for column in UNIT_COLUMNS:
            row.values.pop(column, None)
        row.values[UNIT] = unit.code
        if "document_kind" not in row.values and _is_foreign(values.get("id_number", "")):
            row.values["document_kind"] = "9"
        return JudgedRow(row, Verdict.NEW)

    def _known(self, row, record):
        stands = record.values
        changes = [
            [column, stands[column], text]
            for column, text in row.values.items()
            if text
            and column in FIELDS
            and text != stands[column]
            and not self._is_same(column, stands[column], text)
        ]
        named = any(row.values.get(column) for column in UNIT_COLUMNS)
        unit = self._unit_of(row) if named else None
        if unit and unit.pk != record.unit:
            changes.append([UNIT, self._units.by_pk[record.unit].code, unit.code])
        touched = {column for column, _before, _after in changes}
        if touched & _TOLD_TOGETHER:
            self._check_whole(row, {**stands, **{each[0]: each[2] for each in changes}}, touched)
        if row.findings and row.is_faulty:
            return JudgedRow(row, Verdict.REFUSED)
        verdict = Verdict.CHANGED if changes else Verdict.SAME
        return JudgedRow(row, verdict, record.pk, record.version, changes)

    def _check_whole(self, row, values, touched):
        """Check the record as it would stand, where the row alone could not tell."""
        if touched & JUDGED_TOGETHER and not all(map(row.values.get, JUDGED_TOGETHER)):
            told = {each.code for each in row.findings}
            found = check_identity_of(values, self._day, row.where)
            if self._as_it_stands:
                found = as_they_stand(found)
            row.findings += [each for each in found if each.code not in told]
        if touched & {*NUMBER_COLUMNS, "status"}:
            row.findings += check_complete(values, self._rules, row.where)

    def _is_same(self, column, before, after):
        """Tell whether two texts are one value: 汉 and 汉族 are, two levels of education not.

        An old number in 15 digits says no more than the one in 18 that the record has already.
        """
        kind = self._kinds.get(column)
        if kind is ValueType.ID_NUMBER:
            return len(after) < len(before) and identity.same_number(after) == before
        if kind not in (ValueType.GENDER, ValueType.ETHNICITY):
            return False
        return same_value(kind, before, after)

    def _unit_of(self, row):
        branch, centre = (row.values.get(column, "") for column in UNIT_COLUMNS)
        if not branch and not centre:
            return self._units.own()
        try:
            return self._units.find(branch, centre)
        except UnitUnknown as fault:
            where = row.where(fault.column)
            row.findings.append(
                value_codes.VALUE_UNKNOWN.at(
                    where, column=where.column or fault.column, fault=fault.fault, **fault.params
                )
            )
            return None

    def _tell_shared(self, judged):
        """Warn where a number stands in another record: one person may be enrolled twice."""
        given = {}
        for row in judged:
            number = _given_number(row)
            if not number:
                continue
            first = self._holders.setdefault(number, row.read.number)
            if first != row.read.number:
                self._warn_shared(row, number, Words(f"row {first}", f"本表第 {first} 行"))
            given.setdefault(digest_of_identity(number), []).append(row)
        if not given:
            return
        holders = StudentRecord.objects.filter(id_digest__any_of=list(given)).order_by()
        for pk, digest, path, number, certificate in holders.values_list(
            "pk", "id_digest", "unit__path", "number", "certificate_number"
        ):
            seen = path.startswith(self._unit.path)
            other = (number or certificate) if seen else _OUT_OF_SIGHT
            for row in given[digest]:
                if pk != row.target:
                    self._warn_shared(row, _given_number(row), other)

    def _warn_shared(self, row, number, other):
        row.read.findings.append(
            import_codes.ROW_NUMBER_SHARED.at(
                row.read.where("id_number"), value=mask_number(number), other=other
            )
        )

    def _tell_under_way(self, judged):
        changed = {row.target: row for row in judged if row.verdict == Verdict.CHANGED}
        columns = {
            pk: [column for column, _before, _after in row.changes] for pk, row in changed.items()
        }
        for (pk, column), reference in under_way(columns, self._account).items():
            read = changed[pk].read
            where = read.where(column)
            read.findings.append(
                import_codes.ROW_REQUEST_OPEN.at(
                    where,
                    field=column,
                    column=where.column or column,
                    request=reference or _OUT_OF_SIGHT,
                )
            )


def _given_number(row):
    """Return the ID number that a row would write."""
    if row.verdict == Verdict.NEW:
        return row.read.values.get("id_number")
    return next((after for column, _before, after in row.changes if column == "id_number"), None)


def _is_foreign(number):
    return bool(number) and identity.kind_of(number) in _FOREIGN


def _missing(where, column):
    return value_codes.VALUE_UNKNOWN.at(where, column=column, value="", fault="missing")
