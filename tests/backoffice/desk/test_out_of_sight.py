"""Every address of the office against rows of another unit: not there, and not told apart.

The table below names every address.  A new one fails the tests until it says there what it is.
"""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from builders.office import (
    Wish,
    account,
    again,
    filed,
    give_evidence,
    join,
    request_of,
    sheet_of,
    student,
    submitted,
)
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import DecisionReason, RegisterList
from backoffice.jobs.models import Job
from backoffice.packages.models import (
    IncomingPackage,
    OutgoingLine,
    OutgoingPackage,
    OutgoingPart,
    PackageAddress,
)
from backoffice.policies.models import PolicyInForce
from backoffice.roll.models import StudentRecord
from backoffice.sheets.models import SignedScan
from backoffice.tables.models import TableExport, TableImport
from backoffice.units.models import Person

pytestmark = pytest.mark.django_db

# A page that holds no row: signing in, the language, a form to begin with.
NO_ROW = "no row"
# A list, or the answer to a search: rows of other units are absent.
LIST = "list"
# What is meant for the whole office and private to nobody.
SHARED = "shared"

# What each address shows: the keys name rows in `theirs`.
ADDRESSES = {
    "home": NO_ROW,
    "set_language": NO_ROW,
    "admin:index": LIST,
    "admin:login": NO_ROW,
    "admin:logout": NO_ROW,
    "admin:password_change": NO_ROW,
    "admin:password_change_done": NO_ROW,
    "admin:autocomplete": NO_ROW,
    "admin:jsi18n": NO_ROW,
    "admin:view_on_site": {"content_type_id": "kind of record", "object_id": "record"},
    "admin:app_list": LIST,
    "evidence:add": {"pk": "case"},
    "evidence:replace": {"pk": "file"},
    "evidence:remove": {"pk": "file"},
    "evidence:view": {"pk": "file"},
    "evidence:page": {"pk": "file", "number": 1},
    "evidence:thumbnail": {"pk": "file"},
    "evidence:original": {"pk": "file"},
    "admin:roll_studentrecord_reveal": {"pk": "record"},
    "admin:units_account_password": {"pk": "account"},
    "admin:audit_auditentry_export": LIST,
    "admin:corrections_case_begin": LIST,
    "admin:corrections_case_hand_over_all": LIST,
    "admin:corrections_case_check": {"pk": "case"},
    "admin:corrections_case_submit": {"pk": "case"},
    "admin:corrections_case_report": {"pk": "case"},
    "admin:corrections_case_reveal": {"pk": "case"},
    "admin:corrections_case_withdraw": {"pk": "case"},
    "admin:corrections_case_hand_over": {"pk": "case"},
    "admin:sheets_requestsheet_find": LIST,
    "admin:sheets_requestsheet_close": {"pk": "sheet"},
    "admin:sheets_requestsheet_sign": {"pk": "sheet"},
    "admin:sheets_requestsheet_file": {"pk": "sheet"},
    "admin:sheets_requestsheet_reveal": {"pk": "sheet"},
    "admin:sheets_requestsheet_send_back": {"pk": "sheet", "request_pk": "request"},
    "admin:sheets_requestsheet_scan": {"pk": "scan", "number": 1},
    "admin:sheets_requestsheet_original": {"pk": "scan"},
    "review:queue": LIST,
    "review:next": LIST,
    "review:take": {"pk": "case"},
    "review:release": {"pk": "case"},
    "review:approve_all": {"pk": "case"},
    "review:decide": {"pk": "request"},
    "review:apply": LIST,
    "review:apply_many": LIST,
    "review:apply_one": {"pk": "request"},
    "review:reopen": {"pk": "request"},
    "review:reverse": {"pk": "request"},
    "review:register": LIST,
    "review:outstanding": LIST,
    "review:register_list": {"pk": "register"},
    "printing:sheet": {"pk": "sheet"},
    "printing:cover": {"pk": "case"},
    "printing:bundle": {"pk": "case"},
    "printing:notice": {"pk": "case"},
    "printing:case_file": {"pk": "case"},
    "printing:register": LIST,
    "printing:table": LIST,
    "printing:report": LIST,
    "packages_in:list": LIST,
    "packages_in:package": {"pk": "incoming"},
    "packages_in:check": {"pk": "incoming"},
    "packages_in:mend": {"pk": "incoming"},
    "packages_in:take": {"pk": "incoming"},
    "packages_in:drop": {"pk": "incoming"},
    "packages_in:report": {"pk": "incoming"},
    "packages_in:submit": {"pk": "incoming"},
    "admin:packages_outgoingpackage_compose": LIST,
    "admin:packages_outgoingpackage_verify": LIST,
    "admin:packages_outgoingpackage_download": {"pk": "part"},
    "admin:packages_outgoingpackage_send": {"pk": "package"},
    "admin:packages_outgoingpackage_send_again": {"pk": "package", "number": 1},
    "admin:packages_outgoingpackage_hand_over": {"pk": "package"},
    "admin:packages_outgoingpackage_renew": {"pk": "package"},
    "admin:packages_outgoingpackage_discard": {"pk": "package"},
    "review:queue_out": LIST,
    "review:outstanding_out": LIST,
    "admin:roll_studentrecord_take_out": LIST,
    "admin:units_unit_take_out": LIST,
    "admin:corrections_correctionrequest_take_out": LIST,
    "tables:list": LIST,
    "tables:new": NO_ROW,
    "tables:blank": NO_ROW,
    "tables:table": {"pk": "table"},
    "tables:columns": {"pk": "table"},
    "tables:check": {"pk": "table"},
    "tables:write": {"pk": "table"},
    "tables:drop": {"pk": "table"},
    "tables:refused": {"pk": "table"},
    "tables:exported": {"pk": "export"},
    "tables:exported_file": {"pk": "export"},
    "jobs:list": LIST,
    "jobs:job": {"pk": "job"},
    "jobs:progress": {"pk": "job"},
    "jobs:stop": {"pk": "job"},
}
MODELS = {
    "roll_studentrecord": "record",
    "units_unit": "unit",
    "units_person": "person",
    "units_account": "account",
    "units_membership": "membership",
    "policies_policyinforce": "policy",
    "corrections_case": "case",
    "corrections_correctionrequest": "request",
    "corrections_decisionreason": SHARED,
    "audit_auditentry": "entry",
    "sheets_requestsheet": "sheet",
    "packages_outgoingpackage": "package",
    "packages_packageaddress": "address",
}
for _model, _row in MODELS.items():
    ADDRESSES[f"admin:{_model}_search"] = LIST
    ADDRESSES[f"admin:{_model}_changelist"] = LIST
    ADDRESSES[f"admin:{_model}_add"] = NO_ROW
    for _page in ("history", "delete", "change"):
        ADDRESSES[f"admin:{_model}_{_page}"] = SHARED if _row == SHARED else {"object_id": _row}

# What the addresses of lists are made of, where they need anything.
LIST_ARGUMENTS = {"admin:app_list": {"app_label": "corrections"}}
# Never the same twice.
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')

MARKS = ("罕见姓氏甲", "2536001200007", "另一分部", "另一学习中心")


@dataclass
class Theirs:
    """Rows of another branch, by name; what is no row of theirs always exists."""

    rows: dict
    shared = ("kind of record",)

    def fill(self, arguments, missing=False):
        """Return the arguments of an address, with rows that do not exist where *missing*."""
        return {
            name: value if isinstance(value, int) else self._key(value, missing)
            for name, value in arguments.items()
        }

    def _key(self, row, missing):
        return 987654 if missing and row not in self.shared else self.rows[row].pk


def addresses():
    def walk(patterns, namespace=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)
            elif pattern.name:
                yield f"{namespace}{pattern.name}"

    return sorted(set(walk(get_resolver().url_patterns)))


@pytest.fixture
def theirs(office):
    by = office.other_clerk
    record = student(
        office.other_centre, name="罕见姓氏甲", number="2536001200007", ethnicity="汉族"
    )
    case = submitted(office, Wish("ethnicity", "满族", "change"), record=record, by=by)
    give_evidence(case, "household_register")
    away = filed_elsewhere(office)
    membership = join(Person.objects.create(name="罕见姓氏甲"), "clerk", office.other_centre)
    return Theirs(
        {
            "record": record,
            "kind of record": ContentType.objects.get_for_model(StudentRecord),
            "case": case,
            "request": request_of(case),
            "sheet": sheet_of(case),
            "file": case.evidence.first(),
            "scan": SignedScan.objects.get(revision__sheet=sheet_of(away)),
            "unit": office.other_centre,
            "person": office.other_clerk.person,
            "account": office.other_clerk,
            "membership": membership,
            "policy": PolicyInForce.objects.create(
                unit=office.other_branch, policy="ouc-2021", first_day=date(2022, 1, 1)
            ),
            "entry": AuditEntry.objects.filter(chain=f"unit-{office.other_centre.pk}").first(),
            "job": Job.objects.create(
                kind="elsewhere", unit=office.other_centre, account=office.other_clerk
            ),
            **package_of(office, case),
            "reason": DecisionReason.objects.first(),
            "incoming": IncomingPackage.objects.create(
                unit=office.other_branch, account=office.other_clerk, received_as="材料.zip"
            ),
            "table": TableImport.objects.create(
                subject="requests",
                unit=office.other_centre,
                account=office.other_clerk,
                received_as="附表2.xlsx",
                size=1,
                sha256="3" * 64,
            ),
            "export": TableExport.objects.create(
                subject="roll", unit=office.other_centre, account=office.other_clerk
            ),
            "register": RegisterList.objects.create(
                unit=office.other_branch,
                received_as="名单.xlsx",
                sha256="1" * 64,
                policy="ouc-2016",
                rows=1,
                uploaded_by=office.other_clerk.person,
            ),
        }
    )


def package_of(office, case):
    """Make a package of the other branch that was sent, and the address that it went to."""
    package = OutgoingPackage.objects.create(
        unit=office.other_branch,
        year=2026,
        batch=1,
        policy="ouc-2016",
        day=date(2026, 11, 20),
        limit_mb=20,
        state="ready",
        subject="另一分部学生基本信息修改材料 第1批 1人 20261120",
        account=office.other_clerk,
        composed_at=timezone.now(),
    )
    part = OutgoingPart.objects.create(
        package=package,
        number=1,
        subject=package.subject,
        stored="elsewhere.zip",
        size=1,
        sha256="2" * 64,
        students=1,
        scans=1,
    )
    OutgoingLine.objects.create(package=package, part=part, request=request_of(case))
    address = PackageAddress.objects.create(unit=office.other_branch, email="away@example.org")
    return {"package": package, "part": part, "address": address}


def filed_elsewhere(office):
    """Make a filed case of the other branch, by people of its own."""
    there = office.__class__(
        **{
            **office.__dict__,
            "centre": office.other_centre,
            "branch": office.other_branch,
            "clerk": office.other_clerk,
            "branch_clerk": account("clerk", office.other_branch),
            "head": office.other_head,
        }
    )
    return filed(there)


def people(office):
    """Everybody who works in our branch, or is assigned to it; the administrator sees no requests.

    The head is a clerk of our centre too: what one role allows is allowed there alone.
    """
    join(office.head.person, "clerk", office.centre)
    assigned = account("reviewer", office.headquarters)
    assigned.person.memberships.get().assigned.add(office.branch)
    return {
        "clerk": office.clerk,
        "head and clerk": office.head,
        "reviewer assigned to our branch": assigned,
        "registrar of our branch": account("registrar", office.branch),
        "auditor of our branch": account("auditor", office.branch),
        "administrator of our branch": account("administrator", office.branch),
        "nobody": account("consenting", office.centre, first_day=date(2099, 1, 1)),
    }


def test_the_table_names_every_address_and_no_other():
    assert addresses() == sorted(ADDRESSES)


@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_of_another_unit_are_answered_as_rows_that_do_not_exist(
    office, theirs, client, method
):
    wrong, closed = [], set()
    for who, made in people(office).items():
        client.force_login(again(made))
        for name, arguments in ADDRESSES.items():
            if not isinstance(arguments, dict) or name in closed:
                continue
            there, nowhere = (
                answer_of(client, method, name, theirs.fill(arguments, missing))
                for missing in (False, True)
            )
            if there != nowhere or there[0] not in (403, 404, 405):
                wrong.append((who, name, there, nowhere))
            if there[0] == 405:
                # Takes no such request from anybody.
                closed.add(name)

    assert wrong == []


def answer_of(client, method, name, arguments):
    """Return the status and the page, but for what is never the same twice."""
    answer = getattr(client, method)(reverse(name, kwargs=arguments))
    return answer.status_code, _TOKEN.sub(b"", answer.content)


@pytest.mark.parametrize("method", ["head", "put", "delete", "patch", "options"])
def test_no_other_method_tells_them_apart(office, theirs, client, method):
    client.force_login(again(office.clerk))
    for name, arguments in ADDRESSES.items():
        if isinstance(arguments, dict):
            there, nowhere = (
                answer_of(client, method, name, theirs.fill(arguments, missing))
                for missing in (False, True)
            )
            assert (name, there) == (name, nowhere)
            assert there[0] in (403, 404, 405)


def test_lists_and_searches_leave_rows_of_another_unit_out(office, theirs, client):
    typed = ("罕见姓氏甲", "2536001200007", theirs.rows["record"].id_number)
    wrong = []
    for who, made in people(office).items():
        client.force_login(again(made))
        for name in (name for name, what in ADDRESSES.items() if what == LIST):
            for text, address, page in pages(client, name, typed):
                # What was typed may be shown again.
                shown = b"".join(page).decode().replace(text or "\0", "")
                marks = [mark for mark in MARKS if mark in shown]
                if page.status_code >= 500 or marks:
                    wrong.append((who, address, page.status_code, marks))

    assert wrong == []


def pages(client, name, typed):
    """Yield the page at an address, and what it answers to each text that was typed."""
    address = reverse(name, kwargs=LIST_ARGUMENTS.get(name))
    yield "", address, client.get(address)
    if not name.endswith(("_search", "_begin", "_find")):
        return
    for text in typed:
        posted = {"text": text, "q": text, "code": text, "find": text}
        yield text, f"{address} ({text})", client.post(address, posted, follow=True)
    yield text, f"{address}?q={text}", client.get(address, {"q": text}, follow=True)


@pytest.mark.parametrize(
    "lookup",
    [
        "number__startswith=2536",
        "record__number__startswith=2536",
        "record__id_digest__startswith=a",
        "requests__new__isnull=0",
        "unit__name=另一学习中心",
        "person__accounts__password__startswith=md5",
        "unit__path__startswith=000",
        "_to_field=id_digest",
    ],
)
def test_the_address_of_a_list_is_no_oracle(office, theirs, client, lookup):
    for made in (office.clerk, office.registrar, office.administrator):
        client.force_login(again(made))
        for model in MODELS:
            address = reverse(f"admin:{model}_changelist")
            page = client.get(f"{address}?{lookup}")

            assert page.status_code in (200, 302, 400, 403, 404)
            if page.status_code == 302:
                assert "e=1" in page["Location"] or "q=" not in page["Location"]
