"""What the commands that bring something in share: for which unit, as whom, and the report."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from backoffice.units.importers import NoImporter, chosen_words, importer_for
from backoffice.units.models import Account, Unit
from backoffice.words import kit_language
from correctionkit.packages.tables.targets import TargetBusy, replacing
from correctionkit.render.html_report import to_html
from correctionkit.render.workbook_report import to_workbook

REPORTS = (".xlsx", ".html")
# What whoever brings something in must be allowed to do with it.
WRITING = ("corrections.add_case", "corrections.change_case")


def add_bringing_arguments(parser):
    """Take as whom, whether good rows go in alone, and how to report."""
    parser.add_argument("--by", metavar="USERNAME", help=_("account whose drafts they become"))
    parser.add_argument(
        "--good-rows",
        action="store_true",
        help=_("take the students in who have no errors, not only all or none"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("check only; write nothing"))
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--lang", choices=["en", "zh-hans"], help=_("language of the report"))
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help=_("write the report to this file too, .xlsx (rows beside reasons) or .html"),
    )


def unit_called(code):
    """Return the unit of a code; raises CommandError."""
    unit = Unit.objects.filter(code=code.upper()).first()
    if unit is None:
        raise wrong(_("There is no unit with the code %(code)s.") % {"code": code})
    return unit


def account_called(username):
    """Return the account of a user name that may sign in; raises CommandError."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise wrong(_("There is no account %(name)s that may sign in.") % {"name": username})
    return account


def acting_account(command, username, unit, rights=WRITING):
    """Return the account named, or the first that has *rights* for *unit*, which is told.

    Raises CommandError.
    """
    if username:
        return account_called(username)
    try:
        account = importer_for(rights, unit)
    except NoImporter as fault:
        raise wrong(fault.message) from fault
    command.stderr.write(chosen_words([account]))
    return account


def check_report(path):
    """Raise CommandError where no report can be written to *path*."""
    if path is not None and path.suffix.lower() not in REPORTS:
        raise wrong(_("--report wants a file that ends in .xlsx or .html."))


def write_report(checked, path):
    """Write a report to *path*, whole or not at all; raises CommandError."""
    try:
        with replacing(path) as file:
            if path.suffix.lower() == ".html":
                file.write(to_html(checked, kit_language()).encode("utf-8", "replace"))
            else:
                to_workbook(checked, kit_language(), file)
    except TargetBusy as fault:
        words = _("%(path)s is open in another program. Close it and try again.")
        raise wrong(words % {"path": path}) from fault
    except OSError as fault:
        words = _("%(path)s cannot be written: %(why)s")
        raise wrong(words % {"path": path, "why": fault.strerror or fault}) from fault


def wrong(message):
    """Return the error that ends a wrong call."""
    return CommandError(message, returncode=2)
