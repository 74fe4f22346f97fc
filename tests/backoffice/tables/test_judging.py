"""Tables on their way in: phases, what is told where, choices, and what becomes of the rest."""

import io
from datetime import timedelta

import pytest
from builders.office import account, again
from builders.rolls import HEADINGS, counts, judged, received, roll_csv, roll_row, told
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from backoffice.kept_findings import from_json
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord
from backoffice.tables import receiving, staging
from backoffice.tables.confirming import confirm, drop
from backoffice.tables.judging import judge
from backoffice.tables.models import KnownColumns, StagedRow, TableImport
from backoffice.tables.receiving import (
    TableRefusal,
    TableRefused,
    imports_storage,
    name_columns,
    receive_table,
)
from backoffice.tables.returning import returned_workbook
from backoffice.tables.subjects import resource_for
from backoffice.tables.sweeping import DONE, UNDONE, sweep


def workbook(rows, *, change=None):
    """Return an .xlsx of rows of texts, with what *change* does to its sheet."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table_of(*rows, above=()):
    """Return heading row and rows as lists of texts, under further lines."""
    columns = list(rows[0])
    return [
        *above,
        [HEADINGS[column] for column in columns],
        *([row[column] for column in columns] for row in rows),
    ]


def refusal_of(work):
    with pytest.raises(TableRefused) as refused:
        work()
    return refused.value.refusal


class TestShape:
    """Where the table stands in the file."""

    def test_lines_above_the_headings_and_headings_again_are_none_of_the_rows(self, office):
        rows = table_of(roll_row(1), above=[["学籍库"], ["", "2026年"]])
        rows += [rows[2], *table_of(roll_row(2))[1:]]
        table = judged(office, content=workbook(rows), name="学籍库.xlsx")
        assert counts(table) == (2, 0, 0, 0)
        assert sorted(StagedRow.objects.values_list("row", flat=True)) == [4, 6]

    def test_headings_that_the_unit_calls_otherwise_are_found_once_somebody_said_so(self, office):
        content = roll_csv(roll_row()).decode("utf-8-sig").replace("学号", "考生号").encode()
        table = received(office, content=content)
        assert judge(table.pk).refused == 1
        name_columns(table, {"student_number": "考生号"})
        assert counts(judge(table.pk)) == (1, 0, 0, 0)
        assert KnownColumns.objects.get().columns == {"student_number": "考生号"}
        assert counts(judged(office, content=content)) == (1, 0, 0, 0)

    def test_a_file_without_such_a_table_is_refused_as_a_whole(self, office):
        table = judged(office, content=workbook([["甲", "乙"], ["1", "2"]]), name="别的.xlsx")
        assert (table.state, table.rows) == ("refused", 0)
        assert [each.code for each in from_json(table.findings)] == ["table-columns"]

    def test_a_file_that_cannot_be_read_says_why(self, office):
        table = judged(office, content=b"PK\x03\x04 and no more", name="坏.xlsx")
        (found,) = from_json(table.findings)
        assert (table.state, found.code, found.params["fault"]) == (
            "refused",
            "table-unreadable",
            "broken",
        )
        assert refusal_of(lambda: confirm_all(office, table)) is TableRefusal.STATE

    def test_two_sheets_are_one_table(self, office):
        def add(sheet):
            other = sheet.parent.create_sheet("续")
            for row in table_of(roll_row(2)):
                other.append(row)

        table = judged(office, content=workbook(table_of(roll_row(1)), change=add))
        assert counts(table) == (2, 0, 0, 0)
        assert set(StagedRow.objects.values_list("sheet", flat=True)) == {"Sheet", "续"}

    def test_hidden_rows_are_read_and_told(self, office):
        def hide(sheet):
            sheet.row_dimensions[3].hidden = True

        rows = table_of(roll_row(1), roll_row(2))
        table = judged(office, content=workbook(rows, change=hide))
        assert counts(table) == (2, 0, 0, 0)
        (found,) = from_json(table.findings)
        assert (found.code, found.params["rows"]) == ("table-hidden", 1)

    def test_merged_cells_among_the_rows_refuse_the_file(self, office):
        rows = table_of(roll_row(1), roll_row(2))
        content = workbook(rows, change=lambda sheet: sheet.merge_cells("D2:D3"))
        table = judged(office, content=content)
        (found,) = from_json(table.findings)
        assert (table.state, found.params["ranges"]) == ("refused", ["D2:D3"])


class TestRows:
    """What is told of rows, all at once."""

    def test_every_fault_of_every_row_is_told_in_one_go(self, office):
        table = judged(
            office,
            roll_row(1, name="李四?", gender="男女"),
            roll_row(2),
            roll_row(3, centre="没有"),
        )
        assert told(table) == [
            (2, "name-invalid", "姓名"),
            (2, "value-unknown", "性别"),
            (4, "value-unknown", "学习中心"),
        ]
        assert counts(table) == (1, 0, 0, 2)

    @pytest.mark.parametrize("chunk", [2, 3, 2000])
    def test_rows_of_one_number_are_all_refused_wherever_they_stand(
        self, office, monkeypatch, chunk
    ):
        monkeypatch.setattr(staging, "CHUNK", chunk)
        rows = [roll_row(serial) for serial in (1, 2, 3, 4, 1, 1)]
        table = judged(office, *rows)
        assert counts(table) == (3, 0, 0, 3)
        assert [(row, code) for row, code, _ in told(table)] == [
            (2, "row-repeated"),
            (6, "row-repeated"),
            (7, "row-repeated"),
        ]

    def test_blank_rows_are_none(self, office):
        content = roll_csv(roll_row(1), dict.fromkeys(HEADINGS, " "), roll_row(2))
        assert counts(judged(office, content=content)) == (2, 0, 0, 0)

    def test_cells_that_spreadsheets_compute_or_round_are_refused(self, office):
        rows = table_of(*map(roll_row, range(1, 5)))
        columns = list(HEADINGS)
        rows[1][columns.index("id_number")] = 110101199408230019
        rows[2][columns.index("student_number")] = 2535001200002
        rows[3][columns.index("major")] = '=HYPERLINK("http://example.org","法学")'
        rows[4][columns.index("name")] = "=cmd|' /C calc'!A0"
        table = judged(office, content=workbook(rows), name="学籍库.xlsx")
        assert told(table) == [
            (2, "cell-not-text", "证件号码"),
            (3, "cell-not-text", "学号"),
            (4, "cell-formula", "专业"),
            (5, "cell-formula", "姓名"),
        ]

    def test_progress_counts_the_rows(self, office):
        done = []
        judge(received(office, *map(roll_row, range(1, 6))).pk, progress=done.append)
        assert done == [5]


def confirm_all(office, table, **changes):
    wanted = {"digest": table.digest, "choice": "all", "by": again(office.registrar)}
    return confirm(table.pk, **wanted | changes)


class TestConfirming:
    """What was previewed is what is written."""

    def test_all_or_none_writes_none_where_one_is_refused(self, office):
        table = judged(office, roll_row(1), roll_row(2, name="?"))
        assert refusal_of(lambda: confirm_all(office, table)) is TableRefusal.FAULTY
        assert not StudentRecord.objects.exists()

    def test_good_rows_are_written_where_that_is_chosen(self, office):
        table = judged(office, roll_row(1), roll_row(2, name="?"))
        table = confirm_all(office, table, choice="good")
        assert (table.state, table.choice) == ("written", "good")
        assert StudentRecord.objects.count() == 1

    def test_another_digest_than_that_of_the_preview_is_refused(self, office):
        table = judged(office, roll_row(1))
        old = table.digest
        StudentRecord.objects.create(unit=office.centre, number=roll_row(1)["student_number"])
        judge(table.pk)
        wrong = lambda: confirm(  # noqa: E731 - to be called by the test
            table.pk, digest=old, choice="all", by=again(office.registrar)
        )
        assert refusal_of(wrong) is TableRefusal.OUTDATED

    def test_staged_rows_that_somebody_tampered_with_are_not_written(self, office):
        table = judged(office, roll_row(1))
        row = table.staged.get()
        row.values = row.values.replace("李四", "王五")
        row.save()
        assert refusal_of(lambda: confirm_all(office, table)) is TableRefusal.OUTDATED
        assert not StudentRecord.objects.exists()

    def test_the_digest_covers_the_version_of_what_is_touched(self, office):
        confirm_all(office, judged(office, roll_row(1)))
        table = judged(office, roll_row(1, major="会计学"))
        StudentRecord.objects.update(version=2)
        assert refusal_of(lambda: confirm_all(office, table)) is TableRefusal.OUTDATED
        again_judged = judge(table.pk)
        assert again_judged.digest != table.digest
        confirm_all(office, again_judged)
        assert StudentRecord.objects.get().version == 3

    def test_nothing_to_write_is_said(self, office):
        confirm_all(office, judged(office, roll_row(1)))
        same = judged(office, roll_row(1))
        assert refusal_of(lambda: confirm_all(office, same)) is TableRefusal.NOTHING

    def test_confirming_again_changes_nothing(self, office):
        table = judged(office, roll_row(1))
        confirm_all(office, table)
        assert confirm_all(office, table).state == "written"
        assert StudentRecord.objects.count() == 1

    def test_who_lost_the_right_in_between_writes_nothing(self, office):
        registrar = account("registrar", office.headquarters)
        table = judged(office, roll_row(1), by=registrar)
        registrar.person.memberships.all().delete()
        late = lambda: confirm_all(office, table, by=again(registrar))  # noqa: E731 - as above
        assert refusal_of(late) is TableRefusal.NOT_PERMITTED


class TestReturning:
    """The refused rows as a workbook that comes in again once it is mended."""

    def test_only_refused_rows_stand_in_it_and_come_in_once_mended(self, office):
        table = judged(
            office,
            roll_row(1),
            roll_row(2, name="李四?"),
            roll_row(3, gender="女"),
        )
        confirm_all(office, table, choice="good")
        book = load_workbook(io.BytesIO(returned(office, table)))
        (sheet,) = book.worksheets
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows] == ["学号", "2535001200002", "2535001200003"]
        assert rows[1][-2] == "3"
        assert "姓名" in rows[1][-1]
        places = {heading: place for place, heading in enumerate(rows[0], 1)}
        sheet.cell(2, places["姓名"]).value = "李四"
        sheet.cell(3, places["性别"]).value = "男"
        target = io.BytesIO()
        book.save(target)
        mended = judged(office, content=target.getvalue(), name="退回.xlsx")
        assert (counts(mended), told(mended)) == ((2, 0, 0, 0), [])

    def test_formulas_in_it_are_text(self, office):
        content = roll_csv(roll_row(1, name="=1+1", major="@SUM(A1)"))
        table = judged(office, content=content)
        book = load_workbook(io.BytesIO(returned(office, table)))
        kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
        assert kinds <= {"s", "n", "inlineStr"}
        assert "f" not in kinds


def returned(office, table):
    resource = resource_for("roll", again(office.registrar), table.unit, timezone.localdate())
    return returned_workbook(table, resource)


class TestEnding:
    """What is not written is dropped, and what nobody needs is swept."""

    def test_a_dropped_import_is_done_with(self, office):
        table = judged(office, roll_row(1))
        drop(table.pk, by=again(office.registrar))
        assert not StagedRow.objects.exists()
        assert refusal_of(lambda: confirm_all(office, table)) is TableRefusal.STATE
        assert refusal_of(lambda: judge(table.pk)) is TableRefusal.STATE

    def test_what_is_written_cannot_be_dropped(self, office):
        table = judged(office, roll_row(1))
        confirm_all(office, table)
        late = lambda: drop(table.pk, by=again(office.registrar))  # noqa: E731 - as above
        assert refusal_of(late) is TableRefusal.STATE

    @pytest.mark.parametrize("written", [False, True])
    def test_files_and_rows_go_after_their_days(self, office, written):
        table = judged(office, roll_row(1))
        if written:
            table = confirm_all(office, table)
        kept = timezone.now() + (DONE if written else UNDONE)
        assert sweep(kept - timedelta(minutes=1)) == 0
        assert imports_storage().exists(table.stored)
        assert sweep(kept + timedelta(minutes=1)) == 1
        assert not imports_storage().exists(table.stored)
        assert not StagedRow.objects.exists()
        state = TableImport.objects.get().state
        assert state == ("written" if written else "dropped")
        assert sweep(kept + timedelta(minutes=1)) == 0


class TestReceiving:
    """Which files are kept at all."""

    def test_a_file_is_kept_under_a_name_that_tells_nothing(self, office):
        table = received(office, roll_row(1), name="../张三 110101199408230019.csv")
        assert table.received_as == "张三 110101199408230019.csv"
        assert "张三" not in table.stored
        assert "1101" not in table.stored

    def test_an_empty_file_and_one_too_large_are_refused(self, office, monkeypatch):
        monkeypatch.setattr(receiving, "LARGEST", 10)
        for content, refusal in ((b"", "empty"), (b"12345678901", "too-large")):
            take = lambda content=content: receive_table(  # noqa: E731 - to be called by the test
                io.BytesIO(content),
                "a.csv",
                "roll",
                by=again(office.registrar),
                unit=office.headquarters,
            )
            assert refusal_of(take).value == refusal
        assert not TableImport.objects.exists()


def test_the_policy_in_force_judges(office):
    table = judged(office, roll_row(1))
    assert table.policy == "ouc-2016"
    assert policy_of(table.policy)
