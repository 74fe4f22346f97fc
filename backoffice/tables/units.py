"""The tree of units as a table: codes, names, what lies above; rows may name earlier rows."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.tables.confirming import Outdated
from backoffice.tables.models import Verdict
from backoffice.tables.resources import OfficeResource
from backoffice.tables.rows import JudgedRow, ReadRow
from backoffice.tables.subjects import brings_in
from backoffice.tables.unit_tree import UnitTree
from backoffice.tables.unit_words import (
    COLUMNS,
    choices_of,
    institution_id,
    institution_word,
    read_level,
)
from backoffice.units.models import Unit
from backoffice.words import say
from correctionkit.catalog import import_codes, value_codes
from correctionkit.policy.rows import Column
from correctionkit.policy.shelf import shared_vocabulary
from correctionkit.readings import read_text
from correctionkit.requests.values import read_date

_NEEDED = ("parent", "name", "level")


@brings_in
class UnitResource(OfficeResource):
    """Units at and below that of the import.  Whatever a row leaves empty stays as it is."""

    subject = "units"
    label = _("Units")
    import_right = "units.import_unit"
    export_right = "units.export_unit"

    code = Field("code")
    name = Field("name")
    parent = Field("parent__code")
    level = Field()
    institution = Field()
    closed_on = Field("closed_on")

    class Meta:
        model = Unit
        fields = tuple(COLUMNS)
        import_id_fields = ("code",)

    def __init__(self, account, unit=None, rules=None):
        super().__init__(account, unit, rules)
        self.fields = {column: self.fields[column] for column in COLUMNS}
        for column, words in COLUMNS.items():
            self.fields[column].column_name = say(words)
        self._tree = None

    def get_queryset(self):
        """Return the units that the account may take out."""
        rows = Unit.objects.visible_to(self.account, self.export_right)
        rows = rows.below([self.unit.path]) if self.unit else rows
        return rows.select_related("parent")

    def table_columns(self):
        """Return the columns, called in either language."""
        return tuple(
            Column(id=each, headings=(say(words), words.zh, words.en), needed=each == "code")
            for each, words in COLUMNS.items()
        )

    def choices(self, column):
        """Return the words for levels and institutions."""
        return choices_of(column)

    def dehydrate_level(self, unit):
        """Return the level in words."""
        level = shared_vocabulary().levels.get(unit.level)
        return say(level.label) if level else unit.level

    def dehydrate_institution(self, unit):
        """Return the institution in words."""
        return institution_word(unit.institution)

    def target_label(self, unit):
        """Return code and name."""
        return f"{unit.code} {unit.name}"

    def shown(self, column, text):
        """Return a value in words."""
        if column == "level" and text in shared_vocabulary().levels:
            return say(shared_vocabulary().levels[text].label)
        return institution_word(text) if column == "institution" else text

    def read_row(self, row):
        """Read one row; codes are put into capitals."""
        values = {column: read_text(row.text(column)).read for column in row.cells}
        if not any(values.values()):
            return None
        code = values["code"] = values["code"].upper()
        read = ReadRow(row.sheet, row.number, {"code": code} if code else {}, values, source=row)
        if not code:
            _refuse(read, "code", "missing")
        for column, reading in _READINGS.items():
            if text := values.get(column):
                values[column], fault = reading(text)
                if fault:
                    _refuse(read, column, fault)
        return read

    def compare(self, rows):
        """Compare sound rows with the units there are, and with the rows above them."""
        if self._tree is None:
            self._tree = UnitTree(self.unit)
        return [self._judged(row) for row in rows]

    def write(self, rows, log, table):
        """Write units in the order of the file, each looked at once more."""
        list(Unit.objects.filter(code__in={code for row in rows for code in _codes_of(row)}).held())
        for row in rows:
            # Read one by one: a row may have moved what a later one is about.
            unit = _made(row) if row.verdict == Verdict.NEW else _changed(row)
            if not unit.path.startswith(self.unit.path):
                raise Outdated
            fields = [each[0] for each in row.change_list] or [*row.value_map]
            log.add(
                Act.UNIT_CHANGE,
                chain=chain_of(unit),
                ref=f"unit:{unit.pk}",
                fields=fields,
                added=row.verdict == Verdict.NEW,
            )

    def _judged(self, row):
        code, tree = row.values["code"], self._tree
        if tree.is_elsewhere(code):
            _refuse(row, "code", import_codes.ROW_OUT_OF_REACH)
            return JudgedRow(row, Verdict.REFUSED)
        unit = tree.unit(code)
        wanted = {column: text for column, text in row.values.items() if text}
        if unit is None:
            for column in _NEEDED:
                if column not in wanted:
                    _refuse(row, column, "missing")
        above = wanted.get("parent")
        moves = above and (unit is None or above != tree.above(code))
        if moves and (fault := tree.fault_of(code, above)):
            _refuse(row, "parent", fault)
        if row.is_faulty:
            return JudgedRow(row, Verdict.REFUSED)
        if above:
            tree.put(code, above)
        if unit is None:
            row.values = wanted
            return JudgedRow(row, Verdict.NEW)
        stands = _texts(unit)
        changes = [
            [column, stands[column], text]
            for column, text in wanted.items()
            if column != "code" and text != stands[column]
        ]
        verdict = Verdict.CHANGED if changes else Verdict.SAME
        return JudgedRow(row, verdict, unit.pk, None, changes)


def _made(row):
    return _saved(Unit(**_stored(row.value_map)))


def _changed(row):
    unit = Unit.objects.select_related("parent").filter(pk=row.target).first()
    stands = _texts(unit) if unit else {}
    if any(stands.get(column) != before for column, before, _after in row.change_list):
        raise Outdated
    for field, value in _stored({each[0]: each[2] for each in row.change_list}).items():
        setattr(unit, field, value)
    return _saved(unit)


def _saved(unit):
    try:
        unit.full_clean()
    except ValidationError as fault:
        raise Outdated from fault
    unit.save()
    return unit


def _stored(values):
    stored = dict(values)
    if "parent" in stored:
        stored["parent"] = Unit.objects.filter(code=stored["parent"]).first()
        if stored["parent"] is None:
            raise Outdated
    if "closed_on" in stored:
        stored["closed_on"] = date.fromisoformat(stored["closed_on"])
    return stored


def _texts(unit):
    return {
        "code": unit.code,
        "name": unit.name,
        "parent": unit.parent.code if unit.parent_id else "",
        "level": unit.level,
        "institution": unit.institution,
        "closed_on": unit.closed_on.isoformat() if unit.closed_on else "",
    }


def _codes_of(row):
    values = row.value_map
    parents = [after for column, _before, after in row.change_list if column == "parent"]
    return {*parents, *(values[each] for each in ("code", "parent") if values.get(each))}


def _refuse(read, column, fault):
    where = read.where(column)
    told = {"column": where.column, "value": read.values.get(column, "")}
    if isinstance(fault, str):
        read.findings.append(value_codes.VALUE_UNKNOWN.at(where, **told, fault=fault))
    else:
        read.findings.append(fault.at(where, **told))


def _code(text):
    fits = (
        text.isascii() and text.isalnum() and len(text) <= Unit._meta.get_field("code").max_length
    )
    return text, "" if fits else "unit-code-form"


def _name(text):
    return text, "" if len(text) <= Unit._meta.get_field("name").max_length else "text-too-long"


def _level(text):
    level = read_level(text)
    return level or text, "" if level else "not-in-list"


def _institution(text):
    found = institution_id(text)
    return found or text, "" if found else "not-in-list"


def _day(text):
    day = read_date(text)
    return day.isoformat() if day else text, "" if day else "no-date"


_READINGS = {
    "code": _code,
    "name": _name,
    "parent": lambda text: _code(text.upper()),
    "level": _level,
    "institution": _institution,
    "closed_on": _day,
}
