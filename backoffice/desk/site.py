"""The office's admin site."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskAdminConfig(AdminConfig):
    """Django's admin, with the office's site in place of its own."""

    default_site = "backoffice.desk.site.DeskSite"


class DeskSite(AdminSite):
    """The site where everything is done."""

    site_header = _("Student record corrections")
    site_title = _("Back office")
    index_title = _("Home")
    enable_nav_sidebar = True

    def password_change(self, request, extra_context=None):
        """Let somebody change their own password."""
        # The site is made before there are models.
        from backoffice.desk.people.passwords import own_password_page  # noqa: PLC0415 - as said

        return own_password_page(self, request, extra_context)
