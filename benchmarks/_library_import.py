"""The roll by django-import-export alone: its default preview, then its confirm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from import_export import resources
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.widgets import DateWidget, ForeignKeyWidget, Widget

from backoffice.roll.models import StudentRecord
from backoffice.units.models import Unit
from correctionkit import names
from correctionkit.codes import areas, document_kinds, education, ethnicity, gender
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.policy.shelf import default_policy_id, find_policy
from correctionkit.readings import read_name, read_number, read_text

_POLICY = find_policy(default_policy_id(), ())
_STATUSES = {each.label.zh: each.id for each in _POLICY.statuses.values()}


class Number(Widget):
    def clean(self, value, row=None, **kwargs):
        text = read_number(value or "").read
        if text:
            try:
                _POLICY.numbers["student_number"].pattern.parse(text)
            except NumberFault as fault:
                raise ValueError(str(fault)) from fault
        return text


class Name(Widget):
    def clean(self, value, row=None, **kwargs):
        text = read_name(value or "").read
        for fault in names.faults(text):
            raise ValueError(fault.fault)
        return text


class Word(Widget):
    def __init__(self, codes, *, coded=False):
        super().__init__()
        self._find, self._coded = codes.find, coded

    def clean(self, value, row=None, **kwargs):
        text = read_text(value or "").read
        found = self._find(text)
        if found is None:
            raise ValueError(f"{text} is not in the list")
        return found.code if self._coded else text


class Status(Widget):
    def clean(self, value, row=None, **kwargs):
        return _STATUSES[read_text(value or "").read]


class Identity(Widget):
    def clean(self, value, row=None, **kwargs):
        try:
            number = identity.check_identity(value, date(2026, 11, 20))
        except NumberFault as fault:
            raise ValueError(str(fault)) from fault
        if not areas.is_known(number.area or ""):
            raise ValueError("area")
        return number.number


class RollResource(resources.ModelResource):
    """The roll's columns as a plain resource; what belongs together is checked by its clean."""

    number = Field("number", "学号", widget=Number())
    status = Field("status", "学籍状态", widget=Status())
    name = Field("name", "姓名", widget=Name())
    gender = Field("gender", "性别", widget=Word(gender))
    ethnicity = Field("ethnicity", "民族", widget=Word(ethnicity))
    birth_date = Field("birth_date", "出生日期", widget=DateWidget())
    document_kind = Field("document_kind", "证件类型", widget=Word(document_kinds, coded=True))
    id_number = Field("id_number", "证件号码", widget=Identity())
    entry_education = Field("entry_education", "入学文化程度", widget=Word(education))
    unit = Field("unit", "学习中心", widget=ForeignKeyWidget(Unit, "name"))
    major = Field("major", "专业")
    level = Field("level", "层次")
    enrolled_on = Field("enrolled_on", "入学日期", widget=DateWidget())

    class Meta:
        model = StudentRecord
        import_id_fields = ("number",)
        fields = (
            *("number", "status", "name", "gender", "ethnicity", "birth_date", "document_kind"),
            *("id_number", "entry_education", "unit", "major", "level", "enrolled_on"),
        )

    def after_init_instance(self, instance, new, row, **kwargs):
        """Tell a number that another record has."""
        number = row["证件号码"]
        StudentRecord.objects.filter(id_digest=number).exclude(pk=instance.pk).exists()

    def before_save_instance(self, instance, row, **kwargs):
        """Compare the identity number with what it says."""
        said = identity.parse(instance.id_number, date(2026, 11, 20))
        if said.birth_date != instance.birth_date:
            raise ValidationError("birth date")
        if said.gender != gender.find(instance.gender).code:
            raise ValidationError("gender")


def import_twice(path: Path, note: Callable[[str], None]) -> None:
    """Preview and confirm, as the library's pages do, reading the file each time."""
    for dry_run, lap in ((True, "judged"), (False, "written")):
        dataset = XLSX().create_dataset(path.read_bytes())
        result = RollResource().import_data(dataset, dry_run=dry_run, raise_errors=not dry_run)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit("the peer refuses a roll without a fault")
        note(lap)
    if StudentRecord.objects.count() != len(dataset):
        raise SystemExit("the peer lost rows")
