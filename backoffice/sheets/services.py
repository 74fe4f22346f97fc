"""Writing to sheets: opening, and freezing of lines by hash."""

import hashlib
import json
from datetime import timedelta

from django.db.models import Q

from backoffice.audit.log import chain_of, head_of
from backoffice.sheets.lines import worded_lines
from backoffice.sheets.models import (
    FrozenLine,
    RequestSheet,
    SheetLine,
    SheetRevision,
    SheetState,
)
from statements.sheet_code import SheetCode


def first_open_day(unit, kind, day):
    """Return *day*, or the first after it whose sheet is open or not begun; holds no row."""
    closed = set(
        RequestSheet.objects.filter(unit=unit, kind=kind, day__gte=day)
        .exclude(state=SheetState.OPEN)
        .values_list("day", flat=True)
    )
    while day in closed:
        day += timedelta(days=1)
    return day


def open_sheet(unit, kind, day, policy):
    """Return the sheet of a unit, kind and day, making it if there is none, and whether it did.

    Its row is held until the transaction ends.
    """
    found = RequestSheet.objects.filter(unit=unit, kind=kind, day=day)
    sheet = found.held().first()
    if sheet:
        return sheet, False
    # Whoever makes sheets of a unit waits here for whoever else does.
    type(unit).objects.filter(pk=unit.pk).held()
    sheet = found.held().first()
    if sheet:
        return sheet, False
    number = RequestSheet.objects.filter(unit=unit, day=day).count() + 1
    return RequestSheet.objects.create(
        unit=unit,
        kind=kind,
        day=day,
        policy=policy,
        number=f"{unit.code}-{day:%Y%m%d}-{number}",
    ), True


def active_lines(sheet):
    """Return the lines that are on a sheet now, sorted as the summary tables are."""
    return (
        SheetLine.objects.filter(Q(sheet=sheet), removed_at=None)
        .select_related("request__case__unit", "request__record", "request__unit")
        .order_by("request__record__number", "request__record__certificate_number", "request_id")
    )


def freeze_lines(sheet, *, by, why):
    """Freeze the lines of a sheet as its next revision, and return that.

    The caller holds the sheet's row, and saves the sheet.
    """
    lines = list(active_lines(sheet))
    head = head_of(chain_of(sheet.unit_id))
    sheet.revision += 1
    # The unit's name as of now: a reprint says what was signed, whatever it is called later.
    contents = [
        {**content, "sheet_unit": sheet.unit.name}
        for content in worded_lines([line.request for line in lines])
    ]
    lines_hash = hash_of_lines(sheet, contents)
    revision = SheetRevision.objects.create(
        sheet=sheet,
        number=sheet.revision,
        lines_hash=lines_hash,
        code=SheetCode(sheet.number, sheet.revision, lines_hash, head.hash).short,
        chain_sequence=head.sequence,
        chain_hash=head.hash,
        frozen_by=by,
        why=why,
    )
    FrozenLine.objects.bulk_create(
        FrozenLine(
            revision=revision,
            position=position,
            request=line.request,
            content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        )
        for position, (line, content) in enumerate(zip(lines, contents, strict=True), 1)
    )
    return revision


def hash_of_lines(sheet, contents):
    """Return the SHA-256 of a revision's lines and what they stand under, in hexadecimal."""
    whole = [sheet.number, sheet.revision, sheet.kind, sheet.day.isoformat(), contents]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
