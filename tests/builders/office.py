"""An office with units, people and students, and cases brought to any state by its services."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.evidence.models import EvidenceFile
from backoffice.policies.models import PolicyInForce
from backoffice.roll.models import StudentRecord
from backoffice.sheets.models import RequestSheet, SheetRevision
from backoffice.units.models import Account, Membership, Person, Unit
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.filing import file_sheet
from backoffice.workflow.intake import Wish, begin_case, write_requests
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import sign_sheet
from backoffice.workflow.submission import submit_case
from correctionkit.samples.drawing import draw_scan, encode_jpeg
from correctionkit.samples.people import make_people

POLICY = "ouc-2016"
PASSWORD = "correct-horse-7"  # noqa: S105 - of made-up accounts
LONG_AGO = date(2020, 1, 1)

ETHNICITY = Wish("ethnicity", "回族", "change")
NAME = Wish("name", "张叁", "change")
NAME_KINDS = ("id_card", "household_register")

_serial = count(1)


@dataclass
class Office:
    """Headquarters, two branches with a centre each, and one account a role."""

    headquarters: Unit
    branch: Unit
    centre: Unit
    other_branch: Unit
    other_centre: Unit
    clerk: Account
    colleague: Account
    branch_clerk: Account
    head: Account
    president: Account
    reviewer: Account
    other_reviewer: Account
    registrar: Account
    auditor: Account
    administrator: Account
    other_clerk: Account
    other_head: Account


def build_office() -> Office:
    """Make the office of most tests; the policy is in force for all of it."""
    load_roles()
    headquarters = unit("000", "headquarters", name="示例总部", institution="ouc")
    branch = unit("350", "branch", headquarters, name="示例分部")
    centre = unit("35001", "centre", branch, name="示例学习中心")
    other_branch = unit("360", "branch", headquarters, name="另一分部")
    other_centre = unit("36001", "centre", other_branch, name="另一学习中心")
    PolicyInForce.objects.create(unit=headquarters, policy=POLICY, first_day=date(2016, 9, 1))
    staff = {
        "clerk": ("clerk", centre),
        "colleague": ("clerk", centre),
        "branch_clerk": ("clerk", branch),
        "head": ("head", branch),
        "president": ("president", branch),
        "reviewer": ("reviewer", headquarters),
        "other_reviewer": ("reviewer", headquarters),
        "registrar": ("registrar", headquarters),
        "auditor": ("auditor", headquarters),
        "administrator": ("administrator", headquarters),
        "other_clerk": ("clerk", other_centre),
        "other_head": ("head", other_branch),
    }
    return Office(
        headquarters=headquarters,
        branch=branch,
        centre=centre,
        other_branch=other_branch,
        other_centre=other_centre,
        **_accounts(staff),
    )


def _accounts(staff: dict[str, tuple[str, Unit]]) -> dict[str, Account]:
    """Make what :func:`account` makes, for all of them in three statements."""
    names = [name.replace("_", "-") for name in staff]
    people = Person.objects.bulk_create(Person(name=f"{name}某") for name in names)
    accounts = [Account(username=name, person=who) for name, who in zip(names, people, strict=True)]
    for each in accounts:
        each.set_password(PASSWORD)
    Account.objects.bulk_create(accounts)
    roles = {role.name: role for role in Group.objects.all()}
    Membership.objects.bulk_create(
        Membership(person=who, unit=where, role=roles[role], first_day=LONG_AGO)
        for who, (role, where) in zip(people, staff.values(), strict=True)
    )
    return dict(zip(staff, accounts, strict=True))


def load_roles() -> None:
    """Load what every office has: roles with their permissions, reasons of decisions."""
    if not Group.objects.exists():
        call_command("loaddata", "roles", "decision_reasons", verbosity=0)


def unit(code: str, level: str, parent: Unit | None = None, **changes: Any) -> Unit:
    """Make a unit below *parent*."""
    return Unit.objects.create(
        **{"code": code, "level": level, "parent": parent, "name": f"单位{code}"} | changes
    )


def account(
    role: str,
    where: Unit,
    *,
    username: str | None = None,
    person: Person | None = None,
    **changes: Any,
) -> Account:
    """Make an account whose person has *role* in a unit, from long ago."""
    username = username or f"{role}-{next(_serial)}"
    person = person or Person.objects.create(name=f"{username}某")
    made = Account.objects.create_user(username, PASSWORD, person=person)
    join(person, role, where, **changes)
    return made


def join(person: Person, role: str, where: Unit, **changes: Any) -> Membership:
    """Give a person a role in a unit."""
    fields = {"first_day": LONG_AGO} | changes
    return Membership.objects.create(
        person=person, unit=where, role=Group.objects.get(name=role), **fields
    )


def again(made: Account) -> Account:
    """Return the account as the next request will see it."""
    return Account.objects.get(pk=made.pk)


def student(where: Unit, **changes: Any) -> StudentRecord:
    """Make an enrolled student of a unit, whose values agree with one another."""
    serial = next(_serial)
    fields = {
        "number": f"25350012{serial:05}",
        "status": "enrolled",
        "name": "张三",
        "gender": "男",
        "ethnicity": "汉族",
        "birth_date": date(1994, 8, 23),
        "id_number": identity_number(serial),
        "entry_education": "高中毕业",
        "major": "法学",
        "level": "本科",
        "enrolled_on": date(2025, 9, 1),
    }
    return StudentRecord.objects.create(unit=where, **fields | changes)


def identity_number(serial: int, born: str = "19940823") -> str:
    """Return a valid number of a man born on that day; serial numbers tell them apart."""
    body = f"{110101 + serial // 500 % 5}{born}{(serial % 500) * 2 + 1:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def drafted(
    office: Office,
    *wishes: Wish,
    record: StudentRecord | None = None,
    by: Account | None = None,
    cause: str = "",
) -> Case:
    """Make a draft that asks for *wishes*, a change of ethnicity if none is given."""
    by = by or office.clerk
    case = begin_case(record or student(office.centre), by=by)
    return write_requests(case.pk, wishes or (ETHNICITY,), by=by, cause=cause)


def ready(
    office: Office, *wishes: Wish, kinds: tuple[str, ...] = ("id_card",), **changes: Any
) -> Case:
    """Make a draft with evidence of *kinds*, that can be submitted."""
    case = drafted(office, *wishes, **changes)
    give_evidence(case, *kinds)
    return case


def submitted(office: Office, *wishes: Wish, **changes: Any) -> Case:
    """Make a case whose requests are on today's open sheet."""
    by = changes.get("by") or office.clerk
    case = ready(office, *wishes, **changes)
    submit_case(case.pk, by=by)
    return Case.objects.get(pk=case.pk)


def closed(office: Office, *wishes: Wish, **changes: Any) -> SheetRevision:
    """Make a case on a sheet that is closed, and return the revision to sign."""
    case = submitted(office, *wishes, **changes)
    return close(office, sheet_of(case))


def close(office: Office, sheet: RequestSheet) -> SheetRevision:
    """Close a sheet, as that of a day before."""
    set_aside(sheet)
    close_sheet(sheet.pk, by=again(office.branch_clerk))
    return RequestSheet.objects.get(pk=sheet.pk).revision_in_force


def set_aside(sheet: RequestSheet) -> None:
    """Make a sheet that of an earlier day, so that the next case begins today's anew."""
    earliest = RequestSheet.objects.filter(unit=sheet.unit).order_by("day").first()
    day = earliest.day - timedelta(days=1)
    number = f"{sheet.unit.code}-{day:%Y%m%d}-1"
    RequestSheet.objects.filter(pk=sheet.pk).update(day=day, number=number)


def signed(office: Office, *wishes: Wish, **changes: Any) -> SheetRevision:
    """Make a case on a sheet that all have signed who must."""
    revision = closed(office, *wishes, **changes)
    sign_sheet(revision.sheet_id, by=again(office.head), revision=revision.number)
    if RequestSheet.objects.get(pk=revision.sheet_id).state != "signed":
        sign_sheet(revision.sheet_id, by=again(office.president), revision=revision.number)
    return revision


def filed(office: Office, *wishes: Wish, **changes: Any) -> Case:
    """Make a case that waits at headquarters."""
    revision = signed(office, *wishes, **changes)
    file_sheet(revision.code, [signed_page()], by=again(office.branch_clerk))
    line = revision.frozen_lines.first()
    return Case.objects.get(pk=line.request.case_id)


def approved(office: Office, *wishes: Wish, **changes: Any) -> Case:
    """Make a case all of whose requests are approved."""
    case = filed(office, *wishes, **changes)
    for request in case.requests.all():
        decide(request.pk, Event.APPROVE, by=again(office.reviewer))
    return Case.objects.get(pk=case.pk)


def applied(office: Office, *wishes: Wish, **changes: Any) -> Case:
    """Make a case all of whose values stand in the record."""
    case = approved(office, *wishes, **changes)
    for request in case.requests.all():
        apply_request(request.pk, by=again(office.registrar))
    return Case.objects.get(pk=case.pk)


def request_of(case: Case, field: str | None = None) -> CorrectionRequest:
    """Return the request of a case for a field, its only one if none is named."""
    rows = case.requests.filter(field=field) if field else case.requests.all()
    return rows.get()


def sheet_of(case: Case) -> RequestSheet:
    """Return the sheet that a case's requests are on."""
    return (
        RequestSheet.objects.filter(lines__request__case=case, lines__removed_at=None)
        .distinct()
        .get()
    )


def give_evidence(case: Case, *kinds: str) -> None:
    """Give a case sound evidence as rows alone, for tests that look at no file."""
    for kind in kinds:
        serial = next(_serial)
        EvidenceFile.objects.create(
            case=case,
            kind=kind,
            received_as=f"{kind}.jpg",
            original=f"test-{serial}.jpg",
            format="JPEG",
            size=1000,
            width=1654,
            height=2339,
            sha256=hashlib.sha256(str(serial).encode()).hexdigest(),
            uploaded_by=case.handler,
        )


@dataclass(frozen=True)
class SignedPage:
    """A page of a signed sheet as receiving would have stored it."""

    original: str
    clean: str = ""
    received_as: str = "申请表.jpg"
    format: str = "JPEG"
    size: int = 1000
    pages: int = 1
    sha256: str = hashlib.sha256(b"a page").hexdigest()


def signed_page() -> SignedPage:
    """Return a page of a signed sheet, as rows alone."""
    return SignedPage(f"signed-{next(_serial)}.jpg")


@lru_cache(maxsize=32)
def scan(kind: str = "id_card", who: int = 0) -> bytes:
    """Return a real scan of a made-up person's document that passes every check, as JPEG."""
    person = make_people(who + 1, 7)[who]
    return encode_jpeg(draw_scan(kind, person, seed=7 + who))
