"""The page of one package: what was found in it, what it would become, what it became."""

from collections import Counter

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.desk.cases.sight import office_page
from backoffice.desk.packages_in.mending import kinds_offered, students_offered
from backoffice.desk.packages_in.sight import job_under_way, package_in_sight
from backoffice.desk.packages_in.students import LABELS, placed, shown_students
from backoffice.desk.packages_in.submitting import cases_to_submit
from backoffice.kept_findings import from_json
from backoffice.packages.incoming_mending import mending_of
from backoffice.packages.incoming_taking import hinders_all, may_take
from backoffice.packages.models import IncomingState
from backoffice.tables.models import Verdict
from backoffice.workflow.taking_in import Became
from correctionkit.masking import mask_text
from correctionkit.render.visible import shown

_PER_PAGE = 30


@require_safe
def package_view(request, pk):
    """Show one package, its students by what would become of them."""
    package = package_in_sight(request, pk)
    counts = Counter(package.students.values_list("verdict", flat=True))
    show = request.GET.get("show", "")
    rows = package.students.select_related("record__unit", "unit", "case__unit")
    if show in Verdict.values:
        rows = rows.filter(verdict=show)
    else:
        show = ""
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("p"))
    judged = bool(package.policy)
    said = mending_of(package)
    findings = placed(from_json(package.findings), package.rules) if judged else ()
    context = {
        "title": _("Package received"),
        "package": package,
        "file_name": shown(mask_text(package.received_as)),
        "job": job_under_way(package),
        "findings": list(enumerate(findings)),
        "tabs": [(each.value, label, counts[each]) for each, label in LABELS.items()],
        "show": show,
        "kept": f"show={show}&" if show else "",
        "page": page,
        "students": shown_students(page.object_list, package.rules) if judged else [],
        "counts": {each.value: counts[each] for each in Verdict},
        "to_take": counts[Verdict.NEW] + counts[Verdict.CHANGED],
        "is_mended": any((said.kinds, said.students, said.left_out, said.without)),
        **_deciding(request, package, judged),
    }
    return office_page(request, "desk/packages_in/package.html", context)


def _deciding(request, package, judged):
    """Return what can be done with the package where it stands."""
    is_judged = package.state == IncomingState.JUDGED
    became = Counter(package.students.values_list("became", flat=True))
    return {
        "is_open": package.state in (IncomingState.RECEIVED, IncomingState.REFUSED) or is_judged,
        "may_mend": is_judged,
        "may_take": is_judged and may_take(package, request.user),
        "hinders_all": is_judged and hinders_all(package),
        "kinds": kinds_offered(package.rules) if is_judged else [],
        "numbers": students_offered(package) if is_judged else [],
        "made": became[Became.MADE],
        "added": became[Became.ADDED],
        "not_taken": became[Became.NOT_TAKEN],
        "to_submit": cases_to_submit(package, request.user).count() if judged else 0,
    }
