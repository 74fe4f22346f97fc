"""Lists: what is to decide, to apply, in conflict."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.desk.cases.sight import office_page
from backoffice.desk.review.queues import (
    APPLYING,
    DECIDING,
    queue_rows,
    split,
    to_apply,
    waiting_cases,
)
from backoffice.desk.review.values import value_rows

_PER_PAGE = 50


@require_safe
def queue_view(request):
    """Show the cases with something to decide: mine, free, those that others have."""
    if not request.user.has_perm(DECIDING):
        raise PermissionDenied
    parts = split(waiting_cases(request.user), request.user)
    show = request.GET.get("show")
    if show not in parts:
        show = "mine" if parts["mine"] else "free"
    page = Paginator(parts[show], _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("To decide"),
        "show": show,
        "tabs": [
            ("mine", _("On my desk"), len(parts["mine"])),
            ("free", _("Free"), len(parts["free"])),
            ("others", _("Taken by others"), len(parts["others"])),
        ],
        "page": page,
        "rows": queue_rows(page.object_list),
    }
    return office_page(request, "desk/review/queue.html", context)


@require_safe
def apply_list_view(request):
    """Show what is approved: to apply, or in conflict with the record."""
    if not request.user.has_perm(APPLYING):
        raise PermissionDenied
    requests = to_apply(request.user)
    show = "conflict" if request.GET.get("show") == "conflict" else "ready"
    page = Paginator(requests.filter(in_conflict=show == "conflict"), _PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        "title": _("Approved, to apply") if show == "ready" else _("In conflict with the record"),
        "show": show,
        "tabs": [
            ("ready", _("To apply"), requests.filter(in_conflict=False).count()),
            ("conflict", _("In conflict"), requests.filter(in_conflict=True).count()),
        ],
        "page": page,
        "rows": value_rows(page.object_list),
    }
    return office_page(request, "desk/review/apply.html", context)
