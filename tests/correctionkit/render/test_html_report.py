from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from correctionkit.catalog import evidence_codes, package_codes, scan_codes
from correctionkit.findings import NOWHERE, Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.render.html_report import to_html
from correctionkit.terms import Language

VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """Reads a page strictly: tags must nest; texts and attributes are collected."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts)).strip()

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [value for at, name, value in self.attributes if (at, name) == (tag, attribute)]


@pytest.mark.parametrize(("language", "lang"), [(Language.ZH, "zh-Hans"), (Language.EN, "en")])
def test_the_page_is_whole_and_needs_nothing_else(
    rich: CheckedPackage, language: Language, lang: str
) -> None:
    html = to_html(rich, language)
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>\n")
    assert page.values("html", "lang") == [lang]
    assert page.values("meta", "content")[0] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    assert not {"script", "link", "iframe", "object", "form", "img"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert [page.tags.count(tag) for tag in ("header", "main", "footer", "h1")][1:] == [1, 1, 1]


def test_a_sound_package_says_so_and_has_no_empty_section(
    checked: Callable[..., CheckedPackage],
) -> None:
    assert Page(to_html(checked(), Language.ZH)).text == (
        "演示分部第3批 - 学生信息修改材料检查结果 学生信息修改材料检查结果 演示分部第3批 "
        "按国家开放大学学生基本信息修改（2016 年秋季起）〔ouc-2016〕检查，日期 2026-11-20 "
        "可以上报。 学生1申请1图片2错误0警告0提示0 未发现任何问题，无需处理。 "
        "未发现问题的学生 1335001209114 张三 证件号码已作遮盖处理；本页不含图片。"
    )


def test_a_finding_has_severity_place_message_step_and_clause(
    checked: Callable[..., CheckedPackage],
) -> None:
    package = checked(
        scan_codes.SCAN_BLURRED.at(
            Location(path="1335001209114张三/户口本1.jpg"), student="1335001209114"
        ),
        scan_codes.SCAN_BLURRED.at(
            Location(path="1335001209114张三/户口本2.jpg"), student="1335001209114"
        ),
    )
    text = Page(to_html(package, Language.EN)).text
    assert "Ready to file; read the 2 warnings first." in text
    assert text[text.index("Students, worst first") :] == (
        "Students, worst first 1335001209114 张三"
        "enrolled student · name · 2 scans · folder under the new name2 warnings"
        "warning户口本1.jpg; 户口本2.jpg: Too soft to read."
        "What to do: Clean the glass, lay the page flat, and scan again."
        "Rests on: Requirements, part 2, 4 (3) "
        "Identity numbers are masked; there are no pictures on this page."
    )


def test_students_without_an_error_are_folded_and_those_with_one_are_open(
    rich: CheckedPackage,
) -> None:
    html = to_html(rich, Language.ZH)
    ids = re.findall(r'<(article|details) class="card" id="(s\d)"', html)
    assert ids == [
        ("article", "s1"),
        ("article", "s2"),
        ("article", "s3"),
        ("article", "s4"),
        ("details", "s5"),
        ("details", "s6"),
    ]


def test_many_students_with_errors_get_contents_whose_links_lead_somewhere(
    checked: Callable[..., CheckedPackage],
) -> None:
    students = [
        CheckedStudent(f"13350012091{n:02}", "张三", "new", ("name",), 1, f"13350012091{n:02}张三")
        for n in range(8)
    ]
    blanks = [
        scan_codes.SCAN_BLANK.at(Location(path=f"{each.folder}/a.jpg"), student=each.number)
        for each in students
    ]
    page = Page(to_html(checked(*blanks, students=students), Language.ZH))
    links = page.values("a", "href")
    assert links == [f"#s{n}" for n in range(1, 9)]
    assert {f"#{value}" for value in page.values("article", "id")} == set(links)
    few = Page(to_html(checked(*blanks[:5], students=students), Language.ZH))
    assert few.values("a", "href") == []


def test_a_thousand_students_give_a_page_of_reasonable_size(
    checked: Callable[..., CheckedPackage],
) -> None:
    students = [
        CheckedStudent(f"1335001{n:06}", "张三", "new", ("name",), 3, f"1335001{n:06}张三")
        for n in range(1000)
    ]
    missing = [
        evidence_codes.EVIDENCE_MISSING.at(
            Location(path=each.folder), student=each.number, fields=["name"], kinds=["id_card"]
        )
        for each in students[::3]
    ]
    html = to_html(checked(*missing, students=students), Language.ZH)
    assert len(html.encode()) < 500_000
    assert "<details><summary>334 名</summary>" in html


def test_long_lists_of_one_table_are_folded(checked: Callable[..., CheckedPackage]) -> None:
    junk = [
        package_codes.JUNK_FILE.at(Location(path=f"~${n}.xlsx"), name=f"~${n}.xlsx")
        for n in range(12)
    ]
    html = to_html(checked(*junk), Language.ZH)
    assert '<details class="more"><summary>同类问题另有 4 处</summary>' in html


def test_pictures_are_beside_their_student_and_the_page_says_that_it_holds_them(
    rich: CheckedPackage,
) -> None:
    thumbnails = {
        "1335001209114张三/身份证.jpg": b"one",
        # A second folder of the same student, and a file of nobody.
        "1335001209114 张三（补）/户口本.jpg": b"two",
        "说明.jpg": b"three",
        "2635001250002周舟/身份证.jpg": b"four",
    }
    html = to_html(dataclasses.replace(rich, thumbnails=thumbnails), Language.ZH)
    page = Page(html)
    assert page.values("img", "src") == [
        "data:image/jpeg;base64,dGhyZWU=",
        "data:image/jpeg;base64,dHdv",
        "data:image/jpeg;base64,b25l",
        "data:image/jpeg;base64,Zm91cg==",
    ]
    assert page.values("img", "alt") == ["说明.jpg", "户口本.jpg", "身份证.jpg", "身份证.jpg"]
    head = html[: html.index('class="verdict')]
    assert "本页含有个人证件图片" in head
    assert "本页不含图片" not in html
    assert "本页含有个人证件图片" not in to_html(rich, Language.ZH)


def test_identity_numbers_are_masked_and_students_own_numbers_are_not(
    checked: Callable[..., CheckedPackage],
) -> None:
    wrong = "11010519491231002X"
    own = "511618201705011300"
    package = checked(
        package_codes.JUNK_FILE.at(Location(path=f"{wrong}/{wrong}.tmp"), name=f"{wrong}.tmp"),
        scan_codes.SCAN_BLANK.at(Location(path=f"{own}李四/{wrong}.jpg"), student=own),
        students=(CheckedStudent(own, "李四", "graduated", ("name",), 1, f"{own}李四"),),
        name=f"{wrong}的材料",
        thumbnails={f"{own}李四/{wrong}.jpg": b"x"},
    )
    html = to_html(package, Language.ZH)
    assert "19491231" not in html
    assert own in html
    assert html.count("110***********002X") == 8


def test_a_finding_about_the_whole_package_stands_before_the_students(
    rich: CheckedPackage,
) -> None:
    text = Page(to_html(rich, Language.EN)).text
    order = ["10 errors", "What was found", "The package as a whole", "附表2.xlsx1 warning"]
    order += ["Files and folders of no listed student", "Students, worst first"]
    order += ["1335001209114 张三", "511618201705981300 李四", "Students with nothing found"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_the_same_package_gives_the_same_page(rich: CheckedPackage) -> None:
    assert to_html(rich, Language.ZH) == to_html(rich, Language.ZH)


def test_an_unreadable_package_gives_a_page_with_its_finding(
    checked: Callable[..., CheckedPackage],
) -> None:
    package = checked(
        package_codes.PACKAGE_UNREADABLE.at(NOWHERE, fault="zip-encrypted"), students=()
    )
    assert "ZIP 设有密码" in Page(to_html(package, Language.ZH)).text
