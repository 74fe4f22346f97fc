"""Scans that come back too late: the page says which print is good now, form or no form."""

import pytest
from builders.documents import picture
from builders.office import again, close, request_of, sheet_of, signed, submitted
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backoffice.sheets.models import RequestSheet
from backoffice.workflow.refusals import Refusal
from backoffice.workflow.signing import send_back, sign_sheet

pytestmark = pytest.mark.django_db


def file_it(client, revision):
    scan = SimpleUploadedFile("申请表.jpg", picture(), content_type="image/jpeg")
    address = reverse("admin:sheets_requestsheet_file", args=[revision.sheet_id])
    return client.post(address, {"code": revision.code, "scans": [scan]})


def test_a_print_that_lapsed_is_refused_naming_the_revision_to_print(office, client):
    leaving = submitted(office)
    submitted(office)
    revision = close(office, sheet_of(leaving))
    sign_sheet(revision.sheet_id, by=again(office.head), revision=1)
    request = request_of(leaving)
    send_back(request.pk, by=again(office.head), code="fault-in-values")
    client.force_login(office.branch_clerk)

    page = file_it(client, revision)

    sheet = RequestSheet.objects.get(pk=revision.sheet_id)
    expected = Refusal.REVISION_LAPSED.value % {"revision": 2, "sheet": sheet.number}
    assert (page.context["refused"], sheet.state) == (expected, "closed")
    assert expected in page.content.decode()


def test_filing_twice_says_that_it_is_filed(office, client):
    revision = signed(office)
    client.force_login(office.branch_clerk)
    file_it(client, revision)

    page = file_it(client, revision)

    filed = RequestSheet(state="filed").get_state_display()
    assert page.status_code == 409
    assert page.context["refused"] == Refusal.SHEET_STATE.value % {"state": filed}
