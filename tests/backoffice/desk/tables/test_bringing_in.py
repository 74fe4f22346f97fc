"""Bringing a table in by the pages: preview, naming of columns, confirming, dropping."""

import pytest
from builders.browsing import form_of
from builders.desk_tables import bring_in, cells, counts, workbook, write
from builders.office import again, student
from builders.rolls import HEADINGS, roll_csv, roll_row
from django.urls import reverse

from backoffice.roll.models import StudentRecord
from backoffice.tables.models import ImportState, KnownColumns, StagedRow, TableImport

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, office):
    """Return the browser of the registrar."""
    client.force_login(office.registrar)
    return client


def page_of(desk, table, **asked):
    return desk.get(reverse("tables:table", args=[table.pk]), asked)


def text_of(answer):
    return answer.content.decode()


class TestPreview:
    def test_what_is_new_changed_and_refused_is_shown_with_old_and_new(self, desk, office):
        known = student(office.centre, number="2535001200001")
        rows = [
            roll_row(1, name="张叁", id_number=known.id_number),
            roll_row(2),
            roll_row(3, ethnicity="火星族"),
        ]

        table = bring_in(desk, "roll", office.centre, roll_csv(*rows), "学籍.csv")
        shown = text_of(page_of(desk, table))

        assert counts(table) == (1, 1, 0, 1)
        assert "<del>张三</del> → <ins>张叁</ins>" in shown
        assert "2535001200001 张三" in shown
        assert "“火星族”不在规定的列表中" in shown
        assert rows[1]["id_number"] not in shown
        assert StudentRecord.objects.count() == 1

    def test_doubtful_values_are_taken_with_a_remark_where_that_was_ticked(self, desk, office):
        content = roll_csv(roll_row(1, gender="女"))
        assert counts(bring_in(desk, "roll", office.centre, content)) == (0, 0, 0, 1)

        table = bring_in(desk, "roll", office.centre, content, as_it_stands="on")

        assert counts(table) == (1, 0, 0, 0)
        assert "按原样导入；如确有错误，可提出更正申请。" in text_of(page_of(desk, table))
        assert write(desk, table).state == ImportState.WRITTEN
        assert StudentRecord.objects.get().gender == "女"

    def test_only_the_roll_knows_doubtful_values(self, desk, office):
        asked = {
            subject: "as_it_stands" in text_of(desk.get(reverse("tables:new", args=[subject])))
            for subject in ("roll", "units")
        }
        assert asked == {"roll": True, "units": False}

    def test_changes_of_key_data_are_counted_and_marked(self, desk, office):
        one, two = (
            student(office.centre, number="2535001200001"),
            student(office.centre, number="2535001200002"),
        )
        rows = [
            {"student_number": one.number, "name": "张叁", "major": "法学"},
            {"student_number": two.number, "name": "张三", "major": "哲学"},
        ]

        table = bring_in(desk, "roll", office.centre, roll_csv(*rows))

        assert counts(table) == (0, 2, 0, 0)
        assert table.key_changes == 1
        # Once in words above, once beside the row.
        assert text_of(page_of(desk, table)).count("row-key") == 2

    def test_a_row_that_is_repeated_further_down_counts_as_no_change_of_key_data(
        self, desk, office
    ):
        known = student(office.centre, number="2535001200001")
        row = {"student_number": known.number, "name": "张叁"}

        table = bring_in(desk, "roll", office.centre, roll_csv(row, row))

        assert (counts(table), table.key_changes) == ((0, 0, 0, 2), 0)
        assert StagedRow.objects.filter(table=table, remarked=True).count() == 2

    def test_pages_hold_fifty_rows_whatever_the_file_has(
        self, desk, office, django_assert_max_num_queries
    ):
        rows = [roll_row(serial) for serial in range(1, 131)]
        table = bring_in(desk, "roll", office.centre, roll_csv(*rows))

        with django_assert_max_num_queries(20):
            first = page_of(desk, table)
        third = text_of(page_of(desk, table, p=3))

        assert text_of(first).count("row-new") == 50
        assert third.count("row-new") == 30
        assert "2535001200130" in third
        assert len(first.content) < 120 * 1024

    def test_a_filter_that_is_none_shows_all(self, desk, office):
        table = bring_in(desk, "roll", office.centre, roll_csv(roll_row(1)))

        assert "2535001200001" in text_of(page_of(desk, table, show="'x"))
        assert "2535001200001" not in text_of(page_of(desk, table, show="refused"))

    def test_a_file_that_is_none_says_so_and_offers_nothing_to_write(self, desk, office):
        table = bring_in(desk, "roll", office.centre, b"PK\x03\x04 none", "坏.xlsx")
        shown = page_of(desk, table)

        assert table.state == ImportState.REFUSED
        assert "finding-error" in text_of(shown)
        assert reverse("tables:write", args=[table.pk]) not in text_of(shown)

    def test_the_same_again_has_nothing_to_write(self, desk, office):
        rows = [roll_row(1), roll_row(2)]
        write(desk, bring_in(desk, "roll", office.centre, roll_csv(*rows)))

        table = bring_in(desk, "roll", office.centre, roll_csv(*rows))

        assert counts(table) == (0, 0, 2, 0)
        assert reverse("tables:write", args=[table.pk]) not in text_of(page_of(desk, table))


class TestWriting:
    def test_what_was_shown_is_written(self, desk, office):
        table = bring_in(desk, "roll", office.centre, roll_csv(roll_row(1), roll_row(2)))
        form = form_of(page_of(desk, table), "write")

        written = write(desk, table, **{name: value[0] for name, value in form.values.items()})

        assert written.state == ImportState.WRITTEN
        assert StudentRecord.objects.count() == 2

    @pytest.mark.parametrize(
        "changes",
        [
            {"digest": "0" * 64},
            {"digest": ""},
            {"digest": "x" * 64},
            {"choice": ""},
            {"choice": "some"},
            {"choice": "all"},
        ],
    )
    def test_another_digest_or_choice_writes_nothing(self, desk, office, changes):
        rows = [roll_row(1), roll_row(2, ethnicity="火星族")]
        table = bring_in(desk, "roll", office.centre, roll_csv(*rows))

        left = write(desk, table, **{"choice": "good"} | changes)

        assert left.state == ImportState.JUDGED
        assert not StudentRecord.objects.exists()

    def test_good_rows_are_written_and_the_others_come_back_to_be_mended(self, desk, office):
        rows = [roll_row(1), roll_row(2, ethnicity="火星族"), roll_row(3)]
        table = bring_in(desk, "roll", office.centre, roll_csv(*rows))

        write(desk, table, choice="good")
        back = desk.get(reverse("tables:refused", args=[table.pk]))
        heading, refused = cells(back.content)

        assert StudentRecord.objects.count() == 2
        assert heading[: len(HEADINGS)] == tuple(HEADINGS.values())
        assert refused[heading.index("学号")] == "2535001200002"
        mended = [heading, tuple("汉族" if each == "火星族" else each for each in refused)]
        again_in = bring_in(desk, "roll", office.centre, workbook(*mended))
        assert counts(again_in) == (1, 0, 0, 0)

    def test_a_record_that_changed_since_is_compared_anew_and_asked_again(self, desk, office):
        known = student(office.centre, number="2535001200001")
        row = {"student_number": known.number, "name": "张叁"}
        table = bring_in(desk, "roll", office.centre, roll_csv(row))
        StudentRecord.objects.filter(pk=known.pk).update(name="张四", version=2)

        left = write(desk, table)

        assert left.state == ImportState.JUDGED
        assert left.digest != table.digest
        assert StudentRecord.objects.get().name == "张四"
        assert "<del>张四</del> → <ins>张叁</ins>" in text_of(page_of(desk, table))

    def test_a_table_is_dropped_once_that_was_confirmed(self, desk, office):
        table = bring_in(desk, "roll", office.centre, roll_csv(roll_row(1)))
        address = reverse("tables:drop", args=[table.pk])

        asked = desk.get(address)
        assert asked.status_code == 200
        assert TableImport.objects.get().state == ImportState.JUDGED
        desk.post(address)

        assert TableImport.objects.get().state == ImportState.DROPPED
        assert not StagedRow.objects.exists()
        assert write(desk, table).state == ImportState.DROPPED

    @pytest.mark.parametrize("name", ["check", "write"])
    def test_only_a_post_changes_something(self, desk, office, name):
        table = bring_in(desk, "roll", office.centre, roll_csv(roll_row(1)))

        assert desk.get(reverse(f"tables:{name}", args=[table.pk])).status_code == 405


class TestNaming:
    FOREIGN = (("某分部花名册", "", "", ""), ("编号", "学生", "情况", "民"))

    def test_a_table_of_others_is_read_once_its_columns_are_named(self, desk, office):
        known = student(office.centre, number="2535001200001")
        content = workbook(*self.FOREIGN, (known.number, "张三", "在籍生", "回族"))
        table = bring_in(desk, "roll", office.centre, content)
        assert table.state == ImportState.REFUSED

        form = form_of(desk.get(reverse("tables:columns", args=[table.pk])), "?row=1")
        named = {"student_number": "0", "name": "1", "status": "2", "ethnicity": "3"}
        address = reverse("tables:columns", args=[table.pk])
        assert "student_number" in form.values
        desk.post(f"{address}?row=1", named)

        kept = KnownColumns.objects.get().columns
        assert kept == {
            "student_number": "编号", "name": "学生", "status": "情况", "ethnicity": "民"
        }  # fmt: skip
        again_in = bring_in(desk, "roll", office.centre, content)
        assert counts(again_in) == (0, 1, 0, 0)
        # The usual headings are still known.
        assert counts(bring_in(desk, "roll", office.centre, roll_csv(roll_row(9)))) == (1, 0, 0, 0)

    def test_one_heading_stands_for_one_column(self, desk, office):
        content = workbook(*self.FOREIGN, ("2535001200001", "张三", "在籍生", "回族"))
        table = bring_in(desk, "roll", office.centre, content)

        answer = desk.post(
            f"{reverse('tables:columns', args=[table.pk])}?row=1",
            {"student_number": "0", "name": "0"},
        )

        assert answer.status_code == 400
        assert not KnownColumns.objects.exists()

    def test_numbers_of_people_are_masked_where_a_row_is_taken_for_headings(self, desk, office):
        row = roll_row(1)
        table = bring_in(desk, "roll", office.centre, roll_csv(row))

        for place in ("0", "1", "99", "x"):
            shown = desk.get(reverse("tables:columns", args=[table.pk]), {"row": place})
            assert shown.status_code == 200
            assert row["id_number"] not in text_of(shown)


class TestWhoMay:
    def test_somebody_elses_import_is_not_there(self, desk, office, client):
        table = bring_in(desk, "roll", office.centre, roll_csv(roll_row(1)))
        other = again(office.clerk)
        client.force_login(other)

        for name in ("table", "columns", "drop", "refused"):
            assert client.get(reverse(f"tables:{name}", args=[table.pk])).status_code == 404
        for name in ("check", "write", "drop"):
            assert client.post(reverse(f"tables:{name}", args=[table.pk])).status_code == 404

    def test_who_may_bring_in_nothing_has_no_page_and_no_entry(self, client, office):
        client.force_login(office.auditor)

        assert client.get(reverse("tables:list")).status_code == 403
        assert client.get(reverse("tables:new", args=["roll"])).status_code == 404
        assert reverse("tables:list") not in text_of(client.get(reverse("admin:index")))

    def test_the_lists_lead_to_what_each_role_may_do(self, client, office):
        client.force_login(office.registrar)
        shown = text_of(client.get(reverse("admin:roll_studentrecord_changelist")))
        assert reverse("tables:new", args=["roll"]) in shown
        assert "take-out/" in shown

        client.force_login(again(office.clerk))
        shown = text_of(client.get(reverse("admin:roll_studentrecord_changelist")))
        assert reverse("tables:new", args=["roll"]) not in shown
        assert "take-out/" in shown

    @pytest.mark.parametrize(
        ("subject", "blanks"), [("roll", 1), ("units", 1), ("requests", 3), ("decisions", 0)]
    )
    def test_blank_tables_are_given_to_fill_in(self, client, office, subject, blanks):
        who = {"requests": office.clerk, "decisions": office.reviewer}
        client.force_login(who.get(subject, office.registrar))

        answers = [
            client.get(reverse("tables:blank", args=[subject, number])).status_code
            for number in range(4)
        ]

        assert answers == [200] * blanks + [404] * (4 - blanks)
