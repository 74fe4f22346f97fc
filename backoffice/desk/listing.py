"""Lists: capped counts, posted searches, filters that the address may carry."""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime

from backoffice.desk.searching import SEARCH_VAR, recall

MOST_COUNTED = 10_000


def short_moment(moment):
    """Return a moment as narrow as a column of a list wants it."""
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


class CappedPaginator(Paginator):
    """Counts to 10,000 and no further: beyond that people search."""

    @cached_property
    def is_capped(self):
        """Tell whether there is more than was counted."""
        return self._counted > MOST_COUNTED

    @cached_property
    def count(self):
        """Return the number of rows, or the most that is counted."""
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def _counted(self):
        rows = self.object_list
        if not hasattr(rows, "order_by"):
            return len(rows)
        return rows.order_by()[: MOST_COUNTED + 1].count()


class OfficeChangeList(ChangeList):
    """A list that knows the search its address has the token of."""

    def __init__(self, request, *args, **kwargs):
        self.searched = recall(request)
        # A token of another session, or one too many ago.
        self.search_is_forgotten = SEARCH_VAR in request.GET and self.searched is None
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)

    def get_filters_params(self, params=None):
        """Return what filters rows; the token of a search is none."""
        kept = super().get_filters_params(params)
        kept.pop(SEARCH_VAR, None)
        return kept

    def get_queryset(self, request, **kwargs):
        """Return the rows that filters and search leave."""
        rows = super().get_queryset(request, **kwargs)
        if self.search_is_forgotten:
            return rows.none()
        return self.model_admin.search(rows, self.searched) if self.searched else rows

    @property
    def kept_filters(self):
        """Return the filters and sorting of the address, for the form that searches."""
        return [
            (name, value)
            for name, values in self.filter_params.items()
            if name != SEARCH_VAR
            for value in values
        ]


def allowed_parameters(filters):
    """Return the parameters that *filters*, as in ``list_filter``, take from the address."""
    names = set()
    for each in filters:
        if hasattr(each, "parameter_name"):
            names.add(each.parameter_name)
            continue
        field = each[0] if isinstance(each, (list, tuple)) else each
        names |= {f"{field}__exact", f"{field}__isnull"}
    return names
