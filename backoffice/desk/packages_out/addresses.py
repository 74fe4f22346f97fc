"""Addresses that packages are sent to."""

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.packages_out.forms import AddressForm
from backoffice.desk.people.reach import units_of


class PackageAddressAdmin(OfficeAdmin):
    """Kept by administrators and registrars."""

    form = AddressForm
    list_display = ("unit", "email")
    list_display_links = ("unit",)
    list_select_related = ("unit",)

    def get_field_queryset(self, db, db_field, request):
        """Offer the units that the account keeps addresses of."""
        return units_of(request.user, "packages.add_packageaddress")

    def get_readonly_fields(self, request, obj=None):
        """Keep the unit of an address that is there."""
        return ("unit",) if obj else ()

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the unit."""
        log.add(
            Act.SETTING_CHANGE,
            chain=chain_of(obj.unit_id),
            ref=f"packageaddress:{obj.pk}",
            fields=fields,
            added=added,
        )
