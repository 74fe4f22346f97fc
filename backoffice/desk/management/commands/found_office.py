"""Found a real office: its first unit, the policy in force for it, an administrator."""

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, chain_of, office_transaction
from backoffice.desk.people.forms import institution_choices, level_choices
from backoffice.desk.people.passwords import give_password
from backoffice.policies.models import PolicyInForce
from backoffice.policies.shelf import policy_of
from backoffice.units.models import Account, Person, Unit
from correctionkit.policy.shelf import default_policy_id, policy_ids

_LEVEL = "headquarters"
_USERNAME = "administrator"


class Command(BaseCommand):
    """Exit 0 where it was founded, 1 where nothing was changed, 2 after a wrong call."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Found an office in an empty database: its first unit, policy and administrator.")

    def add_arguments(self, parser):
        """Take what the first unit is, and who keeps the accounts."""
        levels = [level for level, _label in level_choices()]
        institutions = [each for each, _label in institution_choices() if each]
        parser.add_argument("--name", required=True, help=_("name of the first unit"))
        parser.add_argument("--code", required=True, help=_("its code, as in student numbers"))
        parser.add_argument("--level", default=_LEVEL, choices=levels, help=_("its level"))
        parser.add_argument(
            "--institution", choices=institutions, help=_("whose rules hold; the policy's own")
        )
        parser.add_argument(
            "--policy",
            default=default_policy_id(),
            choices=policy_ids(),
            help=_("the policy in force"),
        )
        parser.add_argument(
            "--administrator",
            default=_USERNAME,
            metavar="USERNAME",
            help=_("user name of the first administrator"),
        )

    def handle(self, *args, administrator, **options):
        """Found it, whole or not at all, and print the administrator's one-time password."""
        try:
            with office_transaction() as log:
                if Unit.objects.exists() or Account.objects.exists():
                    raise CommandError(
                        _("This database holds an office already. Nothing was changed."),
                        returncode=1,
                    )
                call_command("load_office", verbosity=0)
                unit = _first_unit(log, options)
                password = _first_account(log, administrator)
        except ValidationError as fault:
            raise CommandError(_worded(fault), returncode=1) from fault
        self.stdout.write(_("The office was founded: %(unit)s.") % {"unit": unit.name})
        self.stdout.write(_("User name: %(username)s") % {"username": administrator})
        self.stdout.write(_("One-time password: %(password)s") % {"password": password})
        self.stdout.write(_("It is shown this once, and changed at the first sign-in."))


def _first_unit(log, options):
    policy = options["policy"]
    heading = policy_of(policy).heading
    unit = Unit(
        code=options["code"],
        name=options["name"],
        level=options["level"],
        institution=options["institution"] or heading.institution_id,
    )
    unit.full_clean(exclude=["path"])
    unit.save()
    log.add(Act.UNIT_CHANGE, chain=chain_of(unit), ref=f"unit:{unit.pk}", added=True)
    choice = PolicyInForce(
        unit=unit, policy=policy, first_day=heading.in_force.since or timezone.localdate()
    )
    choice.full_clean()
    choice.save()
    log.add(
        Act.POLICY_CHANGE,
        chain=chain_of(unit),
        ref=f"policyinforce:{choice.pk}",
        added=True,
        policy=policy,
        overlays=choice.overlays,
    )
    return unit


def _first_account(log, username):
    account = Account(username=username, is_administrator=True)
    account.set_unusable_password()
    account.full_clean(exclude=["person"])
    account.person = Person.objects.create(name=username)
    account.save()
    log.add(Act.ACCOUNT_CHANGE, chain=OFFICE, ref=f"account:{account.pk}", added=True)
    return give_password(account, by=None)


def _worded(fault):
    return "\n".join(
        f"{field}: {message}"
        for field, messages in fault.message_dict.items()
        for message in messages
    )
