"""Load the demo."""

import argparse
import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from backoffice.demo.loading import (
    FEWEST_STUDENTS,
    MOST_STUDENTS,
    STUDENTS,
    DemoRefused,
    is_loaded,
    load_demo,
)
from backoffice.demo.showing import sign_in_lines
from correctionkit.commands.progress import progress_bar


def _student_count(text):
    try:
        count = int(text)
    except ValueError:
        count = 0
    if not FEWEST_STUDENTS <= count <= MOST_STUDENTS:
        raise argparse.ArgumentTypeError(
            _("%(fewest)d to %(most)d students can be made")
            % {"fewest": FEWEST_STUDENTS, "most": MOST_STUDENTS}
        )
    return count


class Command(BaseCommand):
    """Exit 0 where the demo is there, 1 where it may not be loaded, 2 after a wrong call."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Load made-up units, students and a week of cases into an empty office.")

    def add_arguments(self, parser):
        """Take a size and a format."""
        parser.add_argument(
            "--students",
            type=_student_count,
            default=STUDENTS,
            metavar="N",
            help=_("so many students, and cases in proportion"),
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, students, format, **options):  # noqa: A002 - the option's name
        """Load it unless it is there, and print the sign-ins."""
        try:
            was_there = settings.OFFICE_ALLOWS_DEMO and is_loaded()
            with progress_bar(_("Demo")) as progress:
                sign_ins = load_demo(students, progress)
        except DemoRefused as refused:
            raise CommandError(refused.message, returncode=1) from refused
        except (OperationalError, ProgrammingError) as fault:
            words = _("The database cannot be used, or is not made yet: run migrate first.")
            raise CommandError(words, returncode=1) from fault
        if format == "json":
            rows = [each.public() for each in sign_ins]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        said = _("The demo is there already.") if was_there else _("The demo was loaded.")
        self.stdout.write(said)
        for line in sign_in_lines(sign_ins):
            self.stdout.write(line)
