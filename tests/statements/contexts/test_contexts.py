"""Contexts refuse what contradicts itself."""

from __future__ import annotations

from datetime import datetime

import pytest
from builders.documents import (
    BUILDERS,
    case_file,
    code,
    correction_report,
    decision_notice,
    evidence_cover,
    request_sheet,
    summary_table,
)

from statements.contexts.case_file import Attachment
from statements.contexts.correction_report import ReportCount
from statements.contexts.statement import UnfitStatement
from statements.contexts.summary_table import SummaryRow


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(
    "changes",
    [{"title": " "}, {"made_at": datetime(2024, 3, 11)}],  # noqa: DTZ001 - that is the fault
    ids=["no title", "no time zone"],
)
def test_every_document_needs_a_title_and_a_time_with_zone(kind, changes):
    with pytest.raises(UnfitStatement):
        BUILDERS[kind](**changes)


TWICE = Attachment("1.jpg", "image/jpeg", "", b"")


@pytest.mark.parametrize(
    ("build", "changes"),
    [
        pytest.param(request_sheet, {"lines": 0}, id="a sheet without lines"),
        pytest.param(request_sheet, {"number": "other"}, id="the code of another sheet"),
        pytest.param(request_sheet, {"revision": 2}, id="the code of another revision"),
        pytest.param(request_sheet, {"code": code(revision=2)}, id="a newer code"),
        pytest.param(summary_table, {"columns": ()}, id="a table without columns"),
        pytest.param(summary_table, {"columns": ("一",)}, id="rows wider than the table"),
        pytest.param(correction_report, {"boxes": ()}, id="a report that nobody signs"),
        pytest.param(
            correction_report, {"counts": (ReportCount("新生", (1,)),)}, id="a count lost"
        ),
        pytest.param(evidence_cover, {"name": ""}, id="a cover of nobody"),
        pytest.param(decision_notice, {"lines": 0}, id="a notice of nothing"),
        pytest.param(case_file, {"attachments": (TWICE, TWICE)}, id="two attachments of one name"),
    ],
)
def test_what_contradicts_itself_is_refused(build, changes):
    with pytest.raises(UnfitStatement):
        build(**changes)


def test_a_report_adds_up_by_status_and_by_reason():
    report = correction_report(counts=(ReportCount("新生", (12, 6)), ReportCount("在籍生", (8, 5))))

    assert [row.total for row in report.counts] == [18, 13]
    assert (report.totals, report.total) == ((20, 11), 31)


def test_a_row_names_its_student():
    assert SummaryRow(("1",), "张三").whose == "张三"
