"""A checked package as one page that needs nothing else, to be mailed and printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from correctionkit.packages.checked import CheckedPackage
from correctionkit.render.groups import Groups, grouped
from correctionkit.render.html_cards import Cards, shots_by_student
from correctionkit.render.html_parts import text
from correctionkit.render.html_style import STYLE
from correctionkit.render.labels import (
    LOOSE_FILES,
    PACKAGE,
    SEVERITIES,
    WORST_FIRST,
    counted,
    verdict,
)
from correctionkit.render.titles import code_counts, title
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Severity, Words

_ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_KICKER = Words("Check of student record corrections", "学生信息修改材料检查结果")
_PICTURES = Words(
    "This page holds pictures of personal documents. Keep it as you would keep the documents "
    "themselves; send it only to people who may see them.",
    "本页含有个人证件图片，请按个人信息妥善保管，只发给有权查看的人。",
)
_MASKED = Words("Identity numbers are masked.", "证件号码已作遮盖处理。")
_NO_PICTURES = Words(
    "Identity numbers are masked; there are no pictures on this page.",
    "证件号码已作遮盖处理；本页不含图片。",
)
_KINDS = Words("What was found", "问题汇总")
_WHOLE = Words("Package and tables", "材料包与统计表")
_STUDENTS = Words("Students, worst first", "学生（问题多的在前）")
_SOUND = Words("Students with nothing found", "未发现问题的学生")
_CONTENTS = Words("Students with errors", "有错误的学生")
_FINE = Words("Nothing was found. There is nothing to do.", "未发现任何问题，无需处理。")
_KIND_COLUMNS = (Words("Finding", "问题"), Words("Severity", "程度"), Words("Places", "处数"))
_FEWEST_IN_CONTENTS = 6
_MOST_OPEN = 100


def to_html(checked: CheckedPackage, language: Language) -> str:
    """Write the page; pictures are on it only where *checked* has thumbnails."""
    wording = Wording.of(checked, language)
    cards = Cards(wording, shots_by_student(checked))
    return "".join(_Page(checked, wording, grouped(checked), cards).parts())


@dataclass(frozen=True, slots=True)
class _Page:
    checked: CheckedPackage
    wording: Wording
    groups: Groups
    cards: Cards

    def parts(self) -> Iterator[str]:
        name, kicker = text(self.wording.typed(self.checked.name)), self._say(_KICKER)
        lang = "zh-Hans" if self.wording.language is Language.ZH else "en"
        yield (
            f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            '<meta name="robots" content="noindex">\n'
            f"<title>{name} - {kicker}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<header>\n<p class="kicker">{kicker}</p>\n<h1><bdi>{name}</bdi></h1>\n'
            f'<p class="rules">{self._rules()}</p>\n</header>\n<main>\n'
        )
        yield from self._summary()
        yield from self._kinds()
        yield from self._contents()
        yield from self._whole()
        yield from self._students()
        yield from self._sound()
        foot = _MASKED if self.checked.thumbnails else _NO_PICTURES
        yield f"</main>\n<footer><p>{self._say(foot)}</p></footer>\n</body>\n</html>\n"

    def _rules(self) -> str:
        policy = self.checked.policy
        titles = " + ".join(
            self.wording.say(rule.title)
            + self.wording.say(Words(f" [{rule.id}]", f"〔{rule.id}〕"))
            for rule in (policy.heading, *policy.overlays)
        )
        on = self.checked.on.isoformat()
        return self._say(Words(f"Checked by {titles}, for {on}", f"按{titles}检查，日期 {on}"))

    def _summary(self) -> Iterator[str]:
        report = self.checked.report
        if self.checked.thumbnails:
            yield f'<p class="pictures" role="note">{self._say(_PICTURES)}</p>\n'
        look = "error" if not report.ok else "good"
        if report.ok and report.count(Severity.WARNING):
            look = "warning"
        yield f'<p class="verdict {look}">{text(verdict(report, self.wording.language))}</p>\n'
        numbers = (
            (Words("Students", "学生"), report.counts.students),
            (Words("Requests", "申请"), report.counts.requests),
            (Words("Scans", "图片"), report.counts.scans),
            (Words("Errors", "错误"), report.count(Severity.ERROR)),
            (Words("Warnings", "警告"), report.count(Severity.WARNING)),
            (Words("Notes", "提示"), report.count(Severity.NOTE)),
        )
        yield '<dl class="counts">'
        for words, number in numbers:
            yield f"<div><dt>{self._say(words)}</dt><dd>{number}</dd></div>"
        yield "</dl>\n"
        if not report.findings:
            yield f'<p class="fine">{self._say(_FINE)}</p>\n'

    def _kinds(self) -> Iterator[str]:
        findings = self.checked.report.findings
        if not findings:
            return
        severities = {finding.code: finding.severity for finding in findings}
        rows = sorted(code_counts(findings), key=lambda row: WORST_FIRST.index(severities[row[0]]))
        what, severity, places = (self._say(words) for words in _KIND_COLUMNS)
        yield (
            f'<section><h2>{self._say(_KINDS)}</h2>\n<table class="kinds"><thead><tr>'
            f'<th scope="col">{what}</th><th scope="col">{severity}</th>'
            f'<th scope="col" class="number">{places}</th></tr></thead>\n<tbody>\n'
        )
        for code, count in rows:
            label = self._say(SEVERITIES[severities[code]])
            yield (
                f'<tr><th scope="row">{text(title(code, self.wording.language))}</th>'
                f'<td><span class="tag {severities[code].value}">{label}</span></td>'
                f'<td class="number">{count}</td></tr>\n'
            )
        yield "</tbody></table></section>\n"

    def _contents(self) -> Iterator[str]:
        wrong = [group for group in self.groups.students if group.count(Severity.ERROR)]
        if len(wrong) < _FEWEST_IN_CONTENTS:
            return
        head, language = self._say(_CONTENTS), self.wording.language
        opened = " open" if len(wrong) <= _MOST_OPEN else ""
        told = self._say(Words(f"{len(wrong)} students", f"{len(wrong)} 名"))
        yield (
            f'<nav class="contents" aria-label="{head}"><h2>{head}</h2>\n'
            f"<details{opened}><summary>{told}</summary><ol>\n"
        )
        for at, group in enumerate(wrong, 1):
            errors = text(counted(group.count(Severity.ERROR), Severity.ERROR, language))
            yield (
                f'<li><a href="#s{at}">{self.cards.who(group.student)}</a> '
                f'<span class="tally">{errors}</span></li>\n'
            )
        yield "</ol></details></nav>\n"

    def _whole(self) -> Iterator[str]:
        groups, loose_pictures = self.groups, self.cards.loose_pictures()
        cards = []
        if groups.package.findings:
            cards.append(self.cards.whole(self.wording.say(PACKAGE), groups.package))
        cards += [
            self.cards.whole(self.wording.typed(table.table), table) for table in groups.tables
        ]
        if groups.loose.findings:
            cards.append(self.cards.whole(self.wording.say(LOOSE_FILES), groups.loose))
        if cards or loose_pictures:
            yield f"<section><h2>{self._say(_WHOLE)}</h2>\n"
            yield f"{''.join(cards)}{loose_pictures}</section>\n"

    def _students(self) -> Iterator[str]:
        if not self.groups.students:
            return
        yield f"<section><h2>{self._say(_STUDENTS)}</h2>\n"
        for at, group in enumerate(self.groups.students, 1):
            yield self.cards.student(group, f"s{at}")
        yield "</section>\n"

    def _sound(self) -> Iterator[str]:
        sound = self.groups.sound
        if not sound:
            return
        yield f'<section class="sound"><h2>{self._say(_SOUND)}</h2>\n'
        if self.checked.thumbnails:
            yield from (self.cards.sound_student(student) for student in sound)
        else:
            items = "".join(f"<li>{self.cards.who(student)}</li>\n" for student in sound)
            yield f"<ul>\n{items}</ul>\n"
        yield "</section>\n"

    def _say(self, words: Words) -> str:
        return text(self.wording.say(words))
