"""Packages that go out: the list, composing, and the page of each."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.packages_out import acting, work  # noqa: F401 - work declares its jobs
from backoffice.desk.packages_out.addresses import PackageAddressAdmin
from backoffice.desk.packages_out.composing import compose_view
from backoffice.desk.packages_out.files import download_view
from backoffice.desk.packages_out.page import label_of, package_context
from backoffice.desk.packages_out.verifying import verify_view
from backoffice.packages.models import OutgoingPackage, PackageAddress

_LONGEST_NUMBER = 5
_asks = require_http_methods(["GET", "HEAD", "POST"])

admin.site.register(PackageAddress, PackageAddressAdmin)


@admin.register(OutgoingPackage)
class OutgoingPackageAdmin(OfficeAdmin):
    """Packages change by what is done with them, never by hand."""

    list_display = ("label", "unit", "subject", "students", "state", "created_at", "sent_at")
    list_display_links = ("label",)
    list_filter = ("state", UnitFilter)
    list_select_related = ("unit",)
    search_hint = gettext_lazy("By number of the batch, or a part of the subject")
    finds_students = False
    change_list_template = "desk/packages_out/change_list.html"

    @admin.display(description=gettext_lazy("batch"), ordering="batch")
    def label(self, package):
        """Return which batch it is."""
        return label_of(package)

    def search(self, rows, search):
        """Return those whose batch or subject is meant."""
        found = Q(subject__icontains=search.text)
        if search.text.isdecimal() and len(search.text) <= _LONGEST_NUMBER:
            found |= Q(batch=int(search.text))
        return rows.filter(found)

    def has_change_permission(self, request, obj=None):
        """Tell that none is changed by hand."""
        return False

    def get_urls(self):
        """Return the addresses, those of what is done with packages among them."""
        inside = self.admin_site.admin_view
        name = "packages_outgoingpackage_"
        acts = [
            ("send/", "send", acting.send),
            ("send/<int:number>/", "send_again", acting.send_again),
            ("hand-over/", "hand_over", acting.handed_over),
            ("renew/", "renew", acting.renewed),
            ("discard/", "discard", acting.discarded),
        ]
        return [
            path("compose/", inside(_asks(self.compose_page)), name=f"{name}compose"),
            path("verify/", inside(_asks(self.verify_page)), name=f"{name}verify"),
            # Cacheable in Django's words: the answer says itself that it is not stored.
            path(
                "parts/<int:pk>/download/",
                inside(download_view, cacheable=True),
                name=f"{name}download",
            ),
            *(
                path(f"<int:pk>/{place}", inside(self._on_package(act)), name=name + word)
                for place, word, act in acts
            ),
            *super().get_urls(),
        ]

    def compose_page(self, request):
        """Show what would go into a package, and begin it."""
        return compose_view(self._page(request), request)

    def verify_page(self, request):
        """Say whether a package that arrived is whole."""
        return verify_view(self._page(request), request)

    def add_view(self, request, form_url="", extra_context=None):
        """Go to where packages are composed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:packages_outgoingpackage_compose"))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a package; there is nothing to save."""
        if object_id is None or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        package = self.get_object(request, object_id)
        return self.package_page(request, package)

    def package_page(self, request, package, status=200, **more):
        """Show a package, with what went wrong in *more*."""
        if not self.has_view_permission(request, package):
            raise PermissionDenied
        context = {**package_context(request, package), **more}
        return self._page(request)("desk/packages_out/package.html", context, status)

    def confirm(self, request, package, act, **more):
        """Ask whether *act* is to be done."""
        context = {
            "title": package.subject or str(package),
            "package": package,
            "act": act,
            "action": request.path,
            **more,
        }
        return self._page(request)("desk/packages_out/confirm.html", context, 200)

    def told(self, request, package, message):
        """Show a package as it is now, and why nothing was done with it."""
        now = self.get_object(request, str(package.pk))
        return self.package_page(request, now, status=409, refused=message)

    def _page(self, request):
        def page(template, context, status):
            frame = {**self.admin_site.each_context(request), "opts": self.opts}
            return render(request, template, {**frame, **context}, status=status)

        return page

    def _on_package(self, act):
        def view(request, pk, **place):
            package = self.get_object(request, str(pk))
            if not self.has_view_permission(request, package):
                raise PermissionDenied
            return act(self, request, package, **place)

        return require_POST(view)
