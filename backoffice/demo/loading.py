"""Loading of the demo: once, whole or not at all, into an office that is empty."""

from enum import Enum

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, note
from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case
from backoffice.demo.clock import Calendar, clock
from backoffice.demo.founding import found_accounts, found_units, new_password
from backoffice.demo.living import plan_week
from backoffice.demo.papers import Papers
from backoffice.demo.plan import read_plan
from backoffice.demo.sign_ins import SignIn, keep, kept
from backoffice.demo.students import Students
from backoffice.policies.choosing import choose_policy
from backoffice.policies.shelf import policy_of
from backoffice.units.models import Account, Unit

STUDENTS = 2000
FEWEST_STUDENTS, MOST_STUDENTS = 400, 20_000


class DemoRefusal(Enum):
    """The reasons for which the demo is not loaded."""

    NOT_HERE = _("This office takes no demo: it is set up for real work.")
    NOT_EMPTY = _("This database holds an office already. The demo goes into an empty one only.")


class DemoRefused(Exception):
    """The demo was not loaded; nothing was changed."""

    def __init__(self, refusal):
        super().__init__(refusal.name)
        self.refusal = refusal

    @property
    def message(self):
        """Return the reason in the language in use."""
        return str(self.refusal.value)


def is_loaded():
    """Tell whether this database holds the demo."""
    return AuditEntry.objects.filter(act=Act.DEMO_LOAD).exists()


def is_possible():
    """Tell whether this database is empty, so that the demo may go into it."""
    return not (Unit.objects.exists() or Account.objects.exists())


def load_demo(students=STUDENTS, progress=None):
    """Load the demo unless it is there, and return its sign-ins.

    *progress* is told how much of the week is over, of how much.  Raises DemoRefused.
    """
    if not settings.OFFICE_ALLOWS_DEMO:
        raise DemoRefused(DemoRefusal.NOT_HERE)
    if is_loaded():
        return kept() or _renewed()
    if not is_possible():
        raise DemoRefused(DemoRefusal.NOT_EMPTY)
    call_command("load_office", verbosity=0)
    # One plain transaction around all: what is interrupted leaves an empty office, while each
    # service within writes its own entries, as it does every day.
    with transaction.atomic():
        return _load(read_plan(), students, progress)


def _load(plan, count, progress):
    calendar = Calendar(timezone.now())
    password = new_password()
    longest = max(sheet.days_ago for sheet in plan.sheets)
    with clock(calendar.moment(longest + 1, 8)):
        units = found_units(plan.units)
        accounts = found_accounts(plan.accounts, units, password)
    top, *_ = units.values()
    choice = choose_policy(top, calendar.day(0))
    policy = policy_of(choice.policy)
    centres = [unit for unit in units.values() if not unit.children.exists()]
    students = Students(count, centres, policy, seed=plan.seed, on=calendar.day(0))
    with Papers(policy.vocabulary, plan.seed) as papers:
        week = plan_week(plan, calendar, units, accounts, students, papers, share=count / STUDENTS)
        week.live(progress)
    note(
        Act.DEMO_LOAD,
        by=None,
        chain=OFFICE,
        ref=f"unit:{top.pk}",
        students=count,
        cases=Case.objects.count(),
        policy=choice.policy,
    )
    sign_ins = _sign_ins(plan, accounts, password)
    keep(sign_ins)
    return sign_ins


def _renewed():
    """Give the demo's accounts a new password, where the one that was kept is gone."""
    plan, password = read_plan(), new_password()
    names = [row.username for row in plan.accounts]
    with transaction.atomic():
        accounts = Account.objects.filter(username__in=names, is_active=True).in_bulk(
            field_name="username"
        )
        sealed = make_password(password)
        for account in accounts.values():
            account.password = sealed
            account.save(update_fields=["password"])
            note(Act.PASSWORD_CHANGE, by=None, chain=OFFICE, ref=f"account:{account.pk}")
        sign_ins = _sign_ins(plan, accounts, password)
        keep(sign_ins)
    return sign_ins


def _sign_ins(plan, accounts, password):
    names = {unit.code: unit.name for unit in plan.units}
    return [
        SignIn(row.username, password, row.role, row.unit, names[row.unit], row.name)
        for row in plan.accounts
        if row.username in accounts
    ]
