"""Packages that came in: the list of one's own, and the way in for another."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.desk.cases.sight import office_page
from backoffice.desk.evidence.bounded_uploads import large_uploads
from backoffice.desk.jobs.following import follow
from backoffice.desk.packages_in.forms import PackageForm
from backoffice.packages.incoming_queries import IMPORTING
from backoffice.packages.incoming_receiving import receive_package, sweep_packages
from backoffice.packages.incoming_refusals import IncomingRefused
from backoffice.packages.incoming_tasks import start_judging
from backoffice.packages.models import IncomingPackage
from backoffice.workflow.refusals import Refused
from correctionkit.masking import mask_text
from correctionkit.render.visible import shown

_PER_PAGE = 50


@large_uploads
@require_http_methods(["GET", "HEAD", "POST"])
def list_view(request):
    """Show what the account brought in, and take another package."""
    account = request.user
    if not account.has_perm(IMPORTING):
        raise PermissionDenied
    form, status = PackageForm(account), 200
    if request.method == "POST":
        form = PackageForm(account, request.POST, request.FILES)
        if form.is_valid() and (package := _receive(form, account)):
            return follow(request, start_judging(package))
        status = 400
    packages = IncomingPackage.objects.visible_to(account).select_related("unit")
    page = Paginator(packages, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Packages in"),
        "at_list": True,
        "form": form,
        "page": page,
        "packages": [(each, shown(mask_text(each.received_as))) for each in page.object_list],
    }
    return office_page(request, "desk/packages_in/list.html", context, status)


def _receive(form, account):
    """Keep the file; what is wrong with it goes into the form."""
    file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
    sweep_packages()
    try:
        return receive_package(file, file.name, by=account, unit=unit)
    except (IncomingRefused, Refused) as fault:
        form.add_error("file", fault.message)
        return None
