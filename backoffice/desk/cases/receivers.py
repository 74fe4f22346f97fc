"""Who can take cases over, and from whom."""

from django.db.models import Q
from django.utils import timezone

from backoffice.corrections.models import Case
from backoffice.units.models import Account, Membership, Person, Unit
from backoffice.words import kit_language
from backoffice.workflow.handover import keeping_right, may_give, may_keep
from correctionkit.render.phrases import listed

_KEEPING = "corrections.change_case"
_GIVING = "corrections.hand_over_case"


def receivers_of(case):
    """Return (key, words) of the people who may keep *case*, its clerk left out."""
    units = Unit.objects.above(case.unit)
    return _people(Q(unit__in=units), but=case.handler_id, right=keeping_right(case))


def receivers_near(account):
    """Return (key, words) of the people who may keep some of the cases that *account* sees."""
    near = Q()
    for path in account.standing_for("corrections.view_case"):
        codes = path.split("/")[:-1]
        above = ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]
        near |= Q(unit__path__startswith=path) | Q(unit__path__in=above)
    return _people(near) if near else []


def givers(account):
    """Return (key, words) of the people whose cases *account* may hand over."""
    cases = Case.objects.visible_to(account, _GIVING)
    people = Person.objects.filter(Q(pk__in=cases.values("handler")) | Q(pk=account.person_id))
    counted = [(person, len(cases_to_give(person, account))) for person in people]
    return [(person.pk, f"{person.name} ({count})") for person, count in counted if count]


def cases_to_give(person, account):
    """Return the drafts and returned cases of *person* that *account* may give away."""
    rows = Case.objects.in_hands_of(person).select_related("unit").order_by("pk")
    return [case for case in rows if may_give(case, account)]


def account_of(person_pk, cases):
    """Return an account of a person that may keep one of *cases* at least, or any, or None."""
    accounts = list(
        Account.objects.filter(person=person_pk, is_active=True).select_related("person")
    )
    fit = [each for each in accounts if any(may_keep(case, each) for case in cases)]
    return next(iter(fit or accounts), None)


def _people(where, but=None, right=_KEEPING):
    today = timezone.localdate()
    app, codename = right.split(".")
    rows = (
        Membership.objects.in_force(today)
        .filter(
            where,
            role__permissions__codename=codename,
            role__permissions__content_type__app_label=app,
            person__accounts__is_active=True,
        )
        .exclude(person=but)
        .select_related("person", "unit")
        .order_by("person__name", "person", "unit__path")
        .distinct()
    )
    units = {}
    for row in rows:
        units.setdefault(row.person, []).append(row.unit.name)
    return [
        (person.pk, f"{person.name} · {listed(names, kit_language())}")
        for person, names in units.items()
    ]
