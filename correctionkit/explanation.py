"""What a number or a name says, and what is wrong with it: the facts of ``explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from correctionkit import names
from correctionkit.catalog.words.names import WORDS as NAME_WORDS
from correctionkit.catalog.words.numbers import WORDS as NUMBER_WORDS
from correctionkit.characters import Character, explain
from correctionkit.codes import areas, education, gender
from correctionkit.masking import mask_number, mask_text
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind
from correctionkit.numbers.pattern import intake
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import StudentKey
from correctionkit.readings import Reading, read_number
from correctionkit.terms import Words

_IDENTITY_LENGTHS = (15, 18)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a value says.  *private* values are shown only when asked for."""

    label: Words
    value: Words
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a value, as a code and plain values."""

    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A value, what it is, what it says and what is wrong with it.

    *doubts* are what should be looked at and may be right.
    """

    kind: Words
    reading: Reading
    shown: str
    facts: tuple[Fact, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...] = ()


def explain_value(typed: str, policy: Policy, on: date) -> Explanation:
    """Explain a value as what it most looks like: a student's number, an ID number, a name."""
    reading = read_number(typed)
    for key in policy.numbers.values():
        if key.pattern.is_valid(reading.read):
            return _student_number(reading, key)
    if sum(sign.isdigit() for sign in reading.read) >= 4:
        near = _near_student_number(reading.read, policy)
        if near:
            return _faulty_student_number(reading, near)
        return _identity(reading, on)
    return _name(names.normalise(typed), policy)


def _near_student_number(number: str, policy: Policy) -> StudentKey | None:
    """Return the student's number that *number* is nearest to, unless an ID number is nearer."""
    distances = {
        key.id: min(abs(length - len(number)) for length in key.pattern.lengths)
        for key in policy.numbers.values()
    }
    nearest = min(distances, key=distances.__getitem__)
    to_identity = min(abs(length - len(number)) for length in _IDENTITY_LENGTHS)
    shaped = number.isascii() and number[:-1].isdigit()
    return policy.numbers[nearest] if shaped and distances[nearest] < to_identity else None


def _student_number(reading: Reading, key: StudentKey) -> Explanation:
    number = key.pattern.parse(reading.read)
    facts = [Fact(_PARTS.get(name, Words(name, name)), _plain(part)) for name, part in number.parts]
    if key.autumn_serial_from is not None:
        began = intake(number, autumn_serial_from=key.autumn_serial_from)
        if began:
            season = {"spring": Words("spring", "春季"), "autumn": Words("autumn", "秋季")}[
                began.season
            ]
            facts.append(
                Fact(
                    Words("intake (a guess)", "入学时间（推断）"),
                    Words(f"{season.en} {began.year}", f"{began.year} 年{season.zh}"),
                )
            )
    category = number.part("category")
    doubts = []
    if category and key.categories and category not in key.categories:
        doubts.append(Fault("category-unknown", {"category": category}))
    return Explanation(key.label, reading, reading.read, tuple(facts), (), tuple(doubts))


def _faulty_student_number(reading: Reading, key: StudentKey) -> Explanation:
    try:
        key.pattern.parse(reading.read)
    except NumberFault as fault:
        return Explanation(
            key.label, reading, mask_text(reading.read), (), (Fault(fault.fault, fault.params),)
        )
    raise AssertionError(key)


def _identity(reading: Reading, on: date) -> Explanation:
    kind = identity.kind_of(reading.read)
    shown = mask_number(reading.read)
    try:
        number = identity.parse(reading.read, on)
    except NumberFault as fault:
        return Explanation(
            NUMBER_WORDS[kind], reading, shown, (), (Fault(fault.fault, fault.params),)
        )
    facts: list[Fact] = []
    doubts: list[Fault] = []
    if number.area:
        area = areas.find(number.area)
        if area:
            facts.append(Fact(Words("area of first issue", "首次编号地"), _plain(area.full_name)))
            if area.until:
                facts.append(
                    Fact(
                        Words("this code was used until", "该代码使用至"),
                        Words(str(area.until), f"{area.until} 年"),
                    )
                )
        else:
            doubts.append(Fault("area-unknown", {"area": number.area, "edition": areas.EDITION}))
    if number.birth_date:
        facts.append(
            Fact(
                Words("birth date", "出生日期"), _plain(number.birth_date.isoformat()), private=True
            )
        )
    if number.gender:
        row = gender.find(number.gender)
        if row:
            facts.append(Fact(Words("gender", "性别"), Words(row.en, row.zh)))
    if kind is IdentityKind.RESIDENT_15:
        upgraded = identity.same_number(reading.read)
        facts.append(Fact(Words("as 18 characters", "升为 18 位"), _plain(upgraded), private=True))
    return Explanation(NUMBER_WORDS[kind], reading, shown, tuple(facts), (), tuple(doubts))


def _name(reading: Reading, policy: Policy) -> Explanation:
    faults = tuple(
        Fault(fault.fault, fault.params)
        for fault in names.faults(reading.read, max_length=policy.name_characters)
    )
    row = education.find(reading.read)
    facts = [
        Fact(
            Words("characters", "字数"),
            _plain(str(len(reading.read))),
        ),
        *(_character(sign) for sign in _rare(reading.read)),
    ]
    if row:
        facts.append(
            Fact(
                Words("as an education", "作为文化程度"),
                Words(f"{row.code} {row.en}", f"{row.code} {row.zh}"),
            )
        )
    return Explanation(Words("name", "姓名"), reading, reading.read, tuple(facts), faults)


def _rare(name: str) -> Iterator[Character]:
    """Yield the characters that some systems cannot show or hold."""
    for sign in dict.fromkeys(name):
        character = explain(sign)
        if not character.in_gbk or character.unified:
            yield character


def _character(character: Character) -> Fact:
    gbk = Words("in GBK", "GBK 有此字") if character.in_gbk else Words("not in GBK", "GBK 无此字")
    block = _block(character.block)
    en = f"{character.code_point}, {block.en}, {gbk.en}"
    zh = f"{character.code_point}，{block.zh}，{gbk.zh}"
    if character.unified:
        en += f", looks like {character.unified} and is another character"
        zh += f"，与“{character.unified}”形同而编码不同"
    return Fact(Words(character.character, character.character), Words(en, zh))


def _block(block: str) -> Words:
    return NAME_WORDS[block]


def _plain(text: str) -> Words:
    return Words(text, text)


_PARTS = {
    "year": Words("year", "年份"),
    "branch": Words("branch", "分部代码"),
    "category": Words("category", "类别代码"),
    "serial": Words("serial", "顺序号"),
    "school": Words("school", "学校代码"),
    "type": Words("type of schooling", "办学类型"),
    "level": Words("level", "层次代码"),
}
