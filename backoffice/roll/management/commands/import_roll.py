"""Bring in the roll from a workbook or CSV."""

from django.utils.translation import gettext as _

from backoffice.tables.commands import TableCommand


class Command(TableCommand):
    """See :class:`backoffice.tables.commands.TableCommand`."""

    subject = "roll"

    @property
    def help(self):
        """Say what the command is for."""
        return _("Bring in the student roll from a table: new records, and changes of known ones.")
