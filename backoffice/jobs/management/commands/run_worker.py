"""Work on the jobs in the queue."""

from django.core.management.base import BaseCommand

from backoffice.jobs.worker import work


class Command(BaseCommand):
    """Runs until it is told to stop; several may run at once."""

    help = "Work on imports, packages and other long jobs until told to stop."

    def add_arguments(self, parser):
        """Take the options."""
        parser.add_argument(
            "--batch", action="store_true", help="stop as soon as nothing waits in the queue"
        )
        parser.add_argument(
            "--until-eof", action="store_true", help="stop too when the standard input ends"
        )

    def handle(self, *, batch, until_eof, **options):
        """Work."""
        work(batch=batch, until_eof=until_eof)
