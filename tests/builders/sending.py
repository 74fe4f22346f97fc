"""Requests that can be sent: signed off, with real scans and real signed sheets behind them."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from backoffice.corrections.models import Case
from backoffice.evidence.services import add_evidence
from backoffice.packages.models import OutgoingLine, OutgoingPackage, OutgoingPart
from backoffice.packages.outgoing_composing import compose
from backoffice.packages.outgoing_keeping import package_storage
from backoffice.packages.outgoing_selection import Order, select
from backoffice.packages.outgoing_services import begin
from backoffice.sheets.models import RequestSheet
from backoffice.workflow.signing import sign_sheet
from backoffice.workflow.submission import submit_case
from builders.office import (
    ETHNICITY,
    Office,
    Wish,
    again,
    close,
    drafted,
    scan,
    sheet_of,
)
from correctionkit.packages.reader.tree import open_package
from correctionkit.policy.shelf import find_policy

_NAMES = {"id_card": "身份证.jpg", "household_register": "户口本.jpg"}


def submitted_with_scans(
    office: Office,
    *wishes: Wish,
    kinds: tuple[str, ...] = ("id_card",),
    who: int = 0,
    cause: str = "",
    **changes: Any,
) -> Case:
    """Make a submitted case whose scans are files that the check reads."""
    case = drafted(office, *(wishes or (ETHNICITY,)), cause=cause, **changes)
    for kind in kinds:
        upload = ContentFile(scan(kind, who), name=_NAMES[kind])
        add_evidence(case.pk, kind, upload, by=again(office.clerk))
    submit_case(case.pk, by=again(office.clerk))
    return Case.objects.get(pk=case.pk)


def sign(office: Office, case: Case) -> RequestSheet:
    """Close and sign the sheet that a case is on."""
    sheet = sheet_of(case)
    revision = close(office, sheet)
    for who in (office.head, office.president):
        if RequestSheet.objects.get(pk=sheet.pk).state != "signed":
            sign_sheet(sheet.pk, by=again(who), revision=revision.number)
    return RequestSheet.objects.get(pk=sheet.pk)


def order(office: Office, **changes: Any) -> Order:
    """Return the order of what the branch submitted today, with *changes*."""
    today = timezone.localdate()
    fields = {"unit": office.branch, "policy": "ouc-2016", "first": today, "last": today}
    return Order(**fields | changes)


def begun(office: Office, wanted: Order | None = None, **changes: Any) -> OutgoingPackage:
    """Begin a package of *wanted*, the day's of the branch if none is given."""
    wanted = wanted or order(office)
    fields = {
        "batch": 1,
        "day": date(2026, 11, 20),
        "platform": "",
        "limit_mb": 20,
        "expected": select(wanted).digest,
        "by": again(office.branch_clerk),
    }
    return begin(wanted, **fields | changes)


def no_report(_package: OutgoingPackage, _requests: list) -> bytes:
    """Stand for the report where a test looks at other things."""
    return b"%PDF-1.7 report"


def composed(office: Office, wanted: Order | None = None, **changes: Any) -> OutgoingPackage:
    """Begin and compose a package."""
    return compose(begun(office, wanted, **changes).pk, report=no_report)


def kept_files() -> list[str]:
    """Return the names of the packages that are stored."""
    try:
        return sorted(package_storage().listdir("")[1])
    except FileNotFoundError:
        return []


def members_of(part: OutgoingPart) -> dict[str, bytes]:
    """Return the files of a part by their path in it."""
    rules = find_policy("ouc-2016")
    place = Path(package_storage().path(part.stored))
    with open_package(place, rules.package_bounds) as package:
        return {each.path: package.read(each) for each in package.entries if not each.is_folder}


def ready_package(office: Office, *cases: Case, **changes: Any) -> OutgoingPackage:
    """Make a package of *cases*, a part each, as composing would have kept it."""
    fields = {
        "unit": office.branch,
        "year": 2026,
        "batch": 1,
        "policy": "ouc-2016",
        "day": date(2026, 11, 20),
        "first": date(2026, 11, 20),
        "last": date(2026, 11, 20),
        "limit_mb": 20,
        "state": "ready",
        "subject": "示例分部学生基本信息修改材料 第1批 1人 20261120",
        "account": office.branch_clerk,
        "composed_at": timezone.now(),
    }
    package = OutgoingPackage.objects.create(**fields | changes)
    for number, case in enumerate(cases, 1):
        content = f"{package.pk} {number}".encode()
        part = OutgoingPart.objects.create(
            package=package,
            number=number,
            subject=f"{package.subject}（第{number}部分，共{len(cases)}部分）",
            stored=package_storage().save(f"{package.pk}-{number}.zip", ContentFile(content)),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            students=1,
            scans=1,
        )
        for request in case.requests.all():
            OutgoingLine.objects.create(package=package, part=part, request=request)
    return package
