"""Close the sheets of days that are over, as midnight does."""

from django.core.management.base import BaseCommand

from backoffice.workflow.sheeting import close_overdue


class Command(BaseCommand):
    """The command; to be run by the system's scheduler shortly after midnight."""

    help = "Closes the request sheets of days that are over."

    def handle(self, *args, **options):
        """Close them and say how many there were."""
        closed = close_overdue()
        self.stdout.write(f"{closed} sheets closed.")
