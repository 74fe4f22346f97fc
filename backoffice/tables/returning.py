"""The rows that were refused, given back as a workbook: in their order, with the reasons."""

from io import BytesIO

from django.utils.translation import gettext as _

from backoffice.kept_findings import from_json
from backoffice.tables.models import Verdict
from backoffice.tables.receiving import table_file
from backoffice.tables.rows import kept_sheet
from backoffice.tables.shape import named_shape
from backoffice.words import kit_language
from correctionkit.packages.tables.lay_out import Mark, SheetSpec, column_widths
from correctionkit.packages.tables.streamed import open_table
from correctionkit.packages.tables.writing import write_workbook
from correctionkit.render.wording import Wording

_REASON_WIDTH = 70


def returned_workbook(table, resource):
    """Return the refused rows of an import as an .xlsx, each with what to mend.

    Cells stand as they were typed, under the headings of the file, so that the mended
    workbook comes in again as it is.  Raises FileNotFoundError once the file was swept.
    """
    refused = {
        (row.sheet, row.row): from_json(row.findings)
        for row in table.staged.filter(verdict=Verdict.REFUSED).iterator()
    }
    wording = Wording(resource.rules, kit_language())
    sheets = []
    with table_file(table) as path, open_table(path, table.received_as, resource.bounds) as file:
        for sheet in file:
            if spec := _sheet(sheet, table, resource, refused, wording):
                sheets.append(spec)
    target = BytesIO()
    write_workbook(target, sheets)
    return target.getvalue()


def _sheet(sheet, table, resource, refused, wording):
    columns = resource.table_columns()
    shape, rows, marks, name = None, [], {}, kept_sheet(sheet.name)
    for number, batch in enumerate(sheet):
        if number == 0:
            shape, _faults = named_shape(table.received_as, name, batch, columns, table.columns)
        if shape is None:
            continue
        places = {heading: shape.at[column] for column, heading in shape.typed.items()}
        for row in batch:
            findings = refused.get((name, row.number))
            if findings is None:
                continue
            for finding in findings:
                place = places.get(finding.location.column)
                marks[len(rows), place] = Mark(finding.severity, wording.message(finding))
            rows.append((row, [_reason(finding, wording) for finding in findings]))
    if not rows:
        return None
    width = max(len(shape.texts), *(len(row.cells) for row, _reasons in rows))
    header = (*_padded(shape.texts, width), _("Row of the file"), _("Why it was refused"))
    lines = [
        (*_padded(row.texts, width), str(row.number), "\n".join(reasons)) for row, reasons in rows
    ]
    widths = [*column_widths(header, lines)[:-1], _REASON_WIDTH]
    return SheetSpec(name=sheet.name, header=header, rows=lines, marks=marks, widths=widths)


def _reason(finding, wording):
    return f"{wording.message(finding)}{wording.hint(finding)}"


def _padded(texts, width):
    return (*texts, *[""] * (width - len(texts)))
