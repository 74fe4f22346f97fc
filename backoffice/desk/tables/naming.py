"""Tables of others: which of their headings stands for which column."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.desk.cases.sight import office_page
from backoffice.desk.jobs.following import follow
from backoffice.desk.tables.forms import ColumnsForm
from backoffice.desk.tables.sight import resource_of, table_in_sight
from backoffice.jobs.services import start
from backoffice.tables.models import ImportState
from backoffice.tables.receiving import name_columns, table_file
from correctionkit.masking import mask_text
from correctionkit.packages.summaries.headings import find_headings
from correctionkit.packages.tables.cells import Sheet
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.streamed import open_table

_SHOWN_ROWS, _SHOWN_CELLS = 12, 40
_DONE = (ImportState.WRITTEN, ImportState.DROPPED)


@dataclass(frozen=True, slots=True)
class Beginning:
    """How the first sheet of a file begins, and the place in it of the likeliest headings."""

    rows: tuple
    chosen: int

    @property
    def headings(self):
        """Return the headings of the chosen row, each once."""
        texts = (text.strip() for text in self.rows[self.chosen].texts)
        return list(dict.fromkeys(text for text in texts if text))

    @property
    def shown(self):
        """Return the rows with what may be shown of their cells."""
        return [
            (
                place,
                row.number,
                place == self.chosen,
                list(map(mask_text, row.texts[:_SHOWN_CELLS])),
            )
            for place, row in enumerate(self.rows)
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def columns_view(request, pk):
    """Ask which heading stands for which column; what is said holds for the unit's next tables."""
    table = table_in_sight(request, pk)
    if table.state in _DONE or not table.stored:
        raise Http404(_("There is nothing here."))
    resource = resource_of(table, request.user)
    try:
        beginning = _beginning(table, resource, request.GET.get("row", ""))
    except (TableUnreadable, FileNotFoundError):
        messages.error(request, _("The file cannot be read: its columns cannot be named."))
        return HttpResponseRedirect(reverse("tables:table", args=[table.pk]))
    columns = resource.table_columns()
    guessed = _guessed(table, beginning, columns)
    form, status = ColumnsForm(columns, beginning.headings, guessed=guessed), 200
    if request.method == "POST":
        form = ColumnsForm(columns, beginning.headings, request.POST)
        if form.is_valid():
            name_columns(table, form.columns)
            job = start(
                "table-judge", by=request.user, unit=table.unit, ref=table.ref, table=table.pk
            )
            return follow(request, job)
        status = 400
    context = {
        "title": _("Name the columns"),
        "table": table,
        "resource": resource,
        "beginning": beginning,
        "form": form,
    }
    return office_page(request, "desk/tables/columns.html", context, status)


def _beginning(table, resource, asked):
    with table_file(table) as path, open_table(path, table.received_as, resource.bounds) as file:
        for sheet in file:
            for batch in sheet:
                rows = tuple(batch[:_SHOWN_ROWS])
                return Beginning(rows, _place(rows, asked))
    raise FileNotFoundError(table.stored)


def _place(rows, asked):
    if asked.isascii() and asked.isdecimal() and len(asked) < 4 and int(asked) < len(rows):
        return int(asked)
    # A heading row has words in most of its cells, and stands before what has as many.
    filled = [sum(bool(text.strip()) for text in row.texts) for row in rows]
    return filled.index(max(filled))


def _guessed(table, beginning, columns):
    row = beginning.rows[beginning.chosen]
    known = find_headings(Sheet("", (row,)), columns)
    found = (
        {column: row.texts[place].strip() for column, place in known.at.items()} if known else {}
    )
    return found | {key: text for key, text in table.columns.items() if text in row.texts}
