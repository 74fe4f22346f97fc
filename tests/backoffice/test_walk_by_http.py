"""A request from draft to record as people take it: signing in, real forms, real files."""

import re

import pytest
from builders.browsing import form_of, forms_of
from builders.office import PASSWORD, request_of, scan, student
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.corrections.models import Case
from backoffice.corrections.states import State
from backoffice.sheets.models import RequestSheet

pytestmark = pytest.mark.django_db


class Desk:
    """Somebody at a browser: follows addresses, fills forms of the page before them."""

    def __init__(self, username):
        self.client = Client(enforce_csrf_checks=True)
        self.page = self.client.get(reverse("admin:login"))
        self.send("login-form", username=username, password=PASSWORD)

    def open(self, name, *args):
        self.page = self.client.get(reverse(name, args=args), follow=True)
        assert self.page.status_code == 200, name
        return self

    def send(self, key, press=None, **typed):
        """Fill and send the form of this id or address, by a button of that name if given."""
        at = self.page.request["PATH_INFO"]
        form = form_of(self.page, key)
        pressed = next(
            (b for b in form.buttons if b.get("name") and press in (None, b["name"])), None
        )
        sent = form.filled(**typed)
        if pressed:
            sent[pressed["name"]] = pressed.get("value", "")
        self.page = self.client.post(form.action or at, sent, follow=True)
        assert self.page.status_code == 200, (key, self.page.status_code)
        return self

    @property
    def text(self):
        return self.page.content.decode()


def upload(content, name):
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_a_request_goes_from_draft_to_record_through_the_pages(office):
    record = student(office.centre, name="张三", number="2535001200017")

    clerk = Desk("clerk").open("admin:corrections_case_begin")
    begun = len(forms_of(clerk.page))
    clerk.page = clerk.client.post(
        reverse("admin:corrections_case_begin"),
        find(clerk.page, "text").filled(text=record.number),
        follow=True,
    )
    assert len(forms_of(clerk.page)) > begun
    clerk.page = clerk.client.post(
        reverse("admin:corrections_case_begin"), find(clerk.page, "record").filled(), follow=True
    )
    case = Case.objects.get()
    clerk.open("admin:corrections_case_change", case.pk).send(
        "case-form",
        press="_save",
        **{
            "field-ethnicity__asked": "on",
            "field-ethnicity__new": "回族",
            "field-ethnicity__reason": "change",
        },
    )
    clerk.open("admin:corrections_case_change", case.pk).send(
        "evidence", kind="id_card", file=upload(scan("id_card"), "张三身份证.jpg")
    )
    clerk.open("admin:corrections_case_change", case.pk).send("case-form", press="_submit")
    assert request_of(case).state == State.SUBMITTED

    sheet = RequestSheet.objects.get()
    branch = Desk("branch-clerk").open("admin:sheets_requestsheet_change", sheet.pk)
    branch.send("/close/").send("/close/", press="confirm")
    Desk("head").open("admin:sheets_requestsheet_change", sheet.pk).send("/sign/").send(
        "/sign/", press="confirm"
    )
    assert request_of(case).state == State.SIGNED_OFF
    branch.open("admin:sheets_requestsheet_change", sheet.pk)
    code = re.search(r'class="sheet-code">([^<]+)<', branch.text)[1]
    branch.send("/file/", code=f" {code.lower()} ", scans=upload(scan("diploma"), "申请表.jpg"))
    assert request_of(case).state == State.FILED

    reviewer = Desk("reviewer").open("review:queue")
    assert case.reference in reviewer.text
    reviewer.open("admin:corrections_case_change", case.pk).send("/decide/", verdict="approve")
    assert request_of(case).state == State.APPROVED
    record.refresh_from_db()
    assert record.ethnicity == "汉族"

    registrar = Desk("registrar").open("review:apply")
    registrar.open("admin:corrections_case_change", case.pk).send("/apply/").send(
        "/apply/", press="confirm"
    )
    record.refresh_from_db()
    assert (request_of(case).state, record.ethnicity) == (State.APPLIED, "回族")

    assert list(verify()) == []
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert acts >= {
        "sign-in",
        "case-create",
        "request-create",
        "evidence-add",
        "request-submit",
        "sheet-close",
        "request-sign-off",
        "sheet-file",
        "request-file",
        "request-approve",
        "request-apply",
        "record-change",
    }


def find(page, control):
    """Return the form of a page that has a control of this name."""
    return next(form for form in forms_of(page) if control in form.values)
