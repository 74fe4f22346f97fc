"""What policies hold, put into words: days, limits, documents, ranges."""

from __future__ import annotations

from collections.abc import Iterable

from correctionkit.codes import education
from correctionkit.policy.calendar import InForce, MonthDay, YearSpan
from correctionkit.policy.limits import (
    ChangeOutsideStudy,
    DoubleCorrection,
    FieldsAtOnce,
    FirstSemester,
    GraduationTerm,
    IntakeFrom,
    Levels,
    Limit,
    Outcome,
    OutsideWindow,
    Scope,
)
from correctionkit.policy.matrix import Standing
from correctionkit.policy.model import Policy
from correctionkit.policy.vocabulary import Vocabulary
from correctionkit.render.phrases import listed
from correctionkit.terms import Language, Words

STANDINGS = {
    Standing.ORDINARY: Words("ordinary", "正常受理"),
    Standing.DEADLINE: Words("in time", "限期受理"),
    Standing.EXCEPTIONAL: Words("exceptional", "按个例"),
    Standing.NEVER: Words("never", "不受理"),
}
_OUTCOMES = {
    Outcome.LATE: Words("late", "逾期"),
    Outcome.EXCEPTIONAL: Words("only as an exceptional case", "只能按个例办理"),
    Outcome.NOT_ACCEPTED: Words("not accepted", "不予受理"),
}
_SEASONS = {"spring": Words("spring", "春季"), "autumn": Words("autumn", "秋季")}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))
EITHER = Words("either", "不限")
_OR = Words("or", "或")
_AND = Words("and", "和")


def said(words: Words, language: Language) -> str:
    """Return *words* in *language*."""
    return words.in_language(language)


def named(ids: Iterable[str], terms: Vocabulary, language: Language, last: bool = False) -> str:
    """List fields, reasons or kinds by their labels; *last* puts “or” before the last."""
    known = {**terms.fields, **terms.reasons, **terms.kinds}
    labels = [said(known[each].label, language) if each in known else each for each in ids]
    return listed(labels, language, _OR if last else None)


def day_of_year(day: MonthDay, language: Language) -> str:
    """Write a day of every year."""
    month = _MONTHS[day.month - 1]
    if day.day:
        words = Words(f"{day.day} {month}", f"{day.month} 月 {day.day} 日")
    else:
        words = Words(f"the last day of {month}", f"{day.month} 月最后一天")
    return said(words, language)


def in_force(dates: InForce, language: Language) -> str:
    """Write the dates of rules."""
    if dates.since and dates.until:
        words = Words(f"{dates.since} to {dates.until}", f"{dates.since} 至 {dates.until}")
    elif dates.since:
        words = Words(f"from {dates.since}, no end stated", f"{dates.since} 起，未定截止日期")
    elif dates.until:
        words = Words(f"until {dates.until}", f"至 {dates.until} 止")
    else:
        words = Words("no dates stated", "未注明日期")
    return said(words, language)


def education_range(span: tuple[int, int], language: Language) -> str:
    """Write a range of education codes by the levels of its ends."""
    first, last = (education.label(str(code // 10 * 10), language) for code in span)
    levels = (
        first if first == last else said(Words(f"{first} to {last}", f"{first}至{last}"), language)
    )
    return said(
        Words(f"{levels}, codes {span[0]}-{span[1]}", f"{levels}，代码 {span[0]}-{span[1]}"),
        language,
    )


def documents(
    all_of: Iterable[str], one_of: Iterable[str], terms: Vocabulary, language: Language
) -> str:
    """Say which documents are needed: all of some, and one of others."""
    needed, choice = list(all_of), list(one_of)
    parts = []
    if needed:
        parts.append(named(needed, terms, language))
    if choice:
        options = named(choice, terms, language, last=True)
        parts.append(
            said(
                Words(
                    f"and one of: {options}" if needed else f"one of: {options}",
                    f"另须任选其一：{options}" if needed else f"任选其一：{options}",
                ),
                language,
            )
        )
    if not parts:
        return said(Words("none stated", "未作规定"), language)
    return ("；" if language is Language.ZH else "; ").join(parts)


def scope(
    about: Scope, policy: Policy, terms: Vocabulary, language: Language, *, statuses: bool
) -> str:
    """Name what a scope is narrowed to; empty where it is about everything."""
    parts = []
    if statuses and about.statuses:
        own = [each for each in policy.statuses.values() if each.id in about.statuses]
        parts.append(listed([said(each.label, language) for each in own], language))
    if about.fields:
        parts.append(
            named([each for each in terms.fields if each in about.fields], terms, language)
        )
    if about.reasons:
        parts.append(
            named([each for each in terms.reasons if each in about.reasons], terms, language)
        )
    return ("；" if language is Language.ZH else "; ").join(parts)


def limit(row: Limit, policy: Policy, terms: Vocabulary, language: Language) -> str:
    """Say when a limit is met and what follows, without its scope."""
    follows = said(_OUTCOMES[row.outcome], language)
    if row.guess is not row.outcome:
        guess = said(_OUTCOMES[row.guess], language)
        follows += said(
            Words(
                f" (where only the student number tells the intake: {guess})",
                f"（仅凭学号推断入学时间时：{guess}）",
            ),
            language,
        )
    when = _condition(row, policy, terms, language)
    text = said(Words(f"{when}: {follows}", f"{when}：{follows}"), language)
    if row.in_force != InForce():
        text += said(
            Words(
                f" ({in_force(row.in_force, language)})", f"（{in_force(row.in_force, language)}）"
            ),
            language,
        )
    return text


def _condition(row: Limit, policy: Policy, terms: Vocabulary, language: Language) -> str:
    match row.condition:
        case FirstSemester():
            words = _first_semester(policy)
        case ChangeOutsideStudy(before_enrolment=True):
            words = Words(
                "the change came before enrolment or after graduation",
                "变更发生在入学前或毕业后",
            )
        case ChangeOutsideStudy():
            words = Words("the change came after graduation", "变更发生在毕业后")
        case IntakeFrom(year, season):
            words = Words(
                f"intakes from {_SEASONS[season].en} {year}",
                f"{year} 年{_SEASONS[season].zh}及以后入学",
            )
        case OutsideWindow(windows):
            words = _outside(windows)
        case GraduationTerm():
            words = Words("in the semester of graduation", "毕业学期内")
        case Levels(levels):
            names = sorted(levels)
            words = Words(
                f"students of the level {listed(names, Language.EN, _OR)}",
                f"层次为{listed(names, Language.ZH, _OR)}的学生",
            )
        case FieldsAtOnce(count):
            words = Words(f"{count} fields or more at once", f"同时更正 {count} 项及以上")
        case DoubleCorrection(fields, over_time):
            own = [each for each in terms.fields if each in fields]
            en = listed([terms.fields[each].label.en for each in own], Language.EN, _AND)
            zh = listed([terms.fields[each].label.zh for each in own], Language.ZH, _AND)
            words = Words(
                f"{en} of one student corrected"
                + (", earlier corrections counted" if over_time else ""),
                f"同一学生的{zh}都更正" + ("（含以前的更正）" if over_time else ""),
            )
        case _:
            words = row.rule
    return said(words, language)


def _first_semester(policy: Policy) -> Words:
    ends = [
        Words(
            f"{_SEASONS[each.season].en} intake: {day_of_year(each.ends, Language.EN)}",
            f"{_SEASONS[each.season].zh}入学：{day_of_year(each.ends, Language.ZH)}",
        )
        for each in policy.semesters
    ]
    return Words(
        f"after the first semester ({'; '.join(each.en for each in ends)})",
        f"第一学期结束后（{'；'.join(each.zh for each in ends)}）",
    )


def _outside(windows: Iterable[YearSpan]) -> Words:
    spans = [
        tuple(
            day_of_year(day, language) for day in (span.first, span.last) for language in Language
        )
        for span in windows
    ]
    en = ", ".join(f"{first} to {last}" for first, _, last, _ in spans)
    zh = "、".join(f"{first}至 {last}" for _, first, _, last in spans)
    return Words(f"on days outside {en}", f"{zh}以外的日期")


def sized(size: int) -> str:
    """Write a number of bytes in the largest unit that it fills, as in 10 MB."""
    unit, name = next((each for each in _UNITS if size >= each[0]), (1, "B"))
    return f"{size / unit:.2f}".rstrip("0").rstrip(".") + f" {name}"
