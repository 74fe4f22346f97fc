"""The command that closes what midnight should have closed."""

import pytest
from builders.office import set_aside, sheet_of, submitted
from django.core.management import call_command

from backoffice.sheets.models import RequestSheet

pytestmark = pytest.mark.django_db


def test_sheets_of_earlier_days_are_closed_and_counted(office, capsys):
    sheet = sheet_of(submitted(office))
    set_aside(sheet)
    today = sheet_of(submitted(office))

    call_command("close_sheets")
    call_command("close_sheets")

    assert capsys.readouterr().out == "1 sheets closed.\n0 sheets closed.\n"
    assert [RequestSheet.objects.get(pk=each.pk).state for each in (sheet, today)] == [
        "closed",
        "open",
    ]
