"""Filters that several lists share."""

from django.contrib.admin import SimpleListFilter
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.units.models import Unit

_INDENT = "\u3000"


class UnitFilter(SimpleListFilter):
    """Rows of one unit and all below it, down the tree step by step.

    Only units that rows may be seen of are offered, and any other answers as if it did not
    exist.
    """

    title = gettext_lazy("unit")
    parameter_name = "unit"

    def __init__(self, request, params, model, model_admin):
        self.chosen = None
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        """Return the units from the top that is in sight down to below the chosen one."""
        opts = model_admin.opts
        paths = request.user.standing_for(f"{opts.app_label}.view_{opts.model_name}")
        in_sight = Unit.objects.below(paths)
        value = self.used_parameters.get(self.parameter_name)
        if value:
            self.chosen = _unit(in_sight, value)
        return list(_choices(in_sight, self.chosen))

    def has_output(self):
        """Tell whether there is anything to choose."""
        return len(self.lookup_choices) > 1 or self.chosen is not None

    def queryset(self, request, queryset):
        """Return the rows of the chosen unit and below."""
        if self.chosen is None:
            return queryset
        return queryset.filter(**{f"{queryset.unit_path}__startswith": self.chosen.path})


def _unit(in_sight, value):
    found = in_sight.filter(pk=value).first() if value.isascii() and value.isdigit() else None
    if found is None:
        raise Http404(_("There is nothing here."))
    return found


def _choices(in_sight, chosen):
    """Yield (key, name) of the units above *chosen* that are in sight, it, and those below."""
    if chosen is None:
        tops = in_sight.exclude(parent__in=in_sight)
        units = [*tops, *in_sight.filter(parent__in=tops)]
    else:
        units = [*in_sight & Unit.objects.above(chosen), *in_sight.filter(parent=chosen)]
    units.sort(key=lambda unit: unit.path)
    depth = min((unit.path.count("/") for unit in units), default=0)
    for unit in units:
        yield str(unit.pk), _INDENT * (unit.path.count("/") - depth) + unit.name
