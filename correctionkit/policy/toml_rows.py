"""Strict reading of policy files: every mistake is named by file, row and key."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from correctionkit.policy.mistakes import Mistake, shown
from correctionkit.terms import Words

T = TypeVar("T")

# What a TOML integer is promised to hold; more than any bound needs.
_MOST = 2**63 - 1


@dataclass(slots=True)
class Row:
    """One table of a policy file, read key by key.

    What is wrong is noted and a neutral value given in its place, so that one reading
    finds every mistake; :meth:`done` notes the keys that nobody asked for.
    """

    table: dict[str, Any]
    file: str
    where: str = ""
    mistakes: list[Mistake] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, en: str, zh: str) -> None:
        """Note a mistake at *key*."""
        self.mistakes.append(Mistake(self.file, self.where, key, Words(en, zh)))

    def has(self, key: str) -> bool:
        """Tell whether *key* is there."""
        return key in self.table

    def _take(
        self,
        key: str,
        kind: type | tuple[type, ...],
        neutral: T,
        words: tuple[str, str],
        optional: bool,
    ) -> Any | T:
        self.asked.add(key)
        if key not in self.table:
            if not optional:
                self.wrong(key, "is missing", "缺少该键")
            return neutral
        value = self.table[key]
        right = isinstance(value, kind) and not (isinstance(value, bool) and kind is int)
        if isinstance(value, datetime) or not right:
            self.wrong(key, f"must be {words[0]}", f"应为{words[1]}")
            return neutral
        return value

    def text(self, key: str, *, optional: bool = False) -> str:
        """Take a text; an empty one where it is optional and missing."""
        value: str = self._take(key, str, "", ("text", "文本"), optional)
        fault = _text_fault(value) if isinstance(self.table.get(key), str) else None
        if fault:
            self.wrong(key, fault.en, fault.zh)
            return ""
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Take a list of texts without repeats; one that is there holds something."""
        value: list[Any] = self._take(key, list, [], ("a list of texts", "文本列表"), optional)
        if self.table.get(key) == []:
            self.wrong(key, "must not be empty", "不能为空")
        if not all(isinstance(each, str) for each in value):
            self.wrong(key, "must hold texts only", "列表中只能是文本")
            return ()
        for fault in filter(None, map(_text_fault, value)):
            self.wrong(key, f"holds a text that {fault.en}", f"列表中有文本{fault.zh}")
            return ()
        if len(set(value)) != len(value):
            self.wrong(key, "holds a value twice", "有重复的值")
        return tuple(value)

    def integer(self, key: str, *, least: int = 0, most: int = _MOST) -> int:
        """Take a whole number from *least* to *most*."""
        value: int = self._take(key, int, least, ("a whole number", "整数"), False)
        if value < least:
            self.wrong(key, f"must be at least {least}", f"不能小于 {least}")
            return least
        if value > most:
            self.wrong(key, f"must be at most {most}", f"不能大于 {most}")
            return most
        return value

    def boolean(self, key: str) -> bool:
        """Take an optional yes or no, no where it is missing."""
        return bool(self._take(key, bool, False, ("true or false", "true 或 false"), True))

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """Take a date."""
        value = self._take(key, date, None, ("a date", "日期"), optional)
        return value if isinstance(value, date) else None

    def words(self, key: str) -> Words:
        """Take a text in both languages, as ``{ en = "…", zh = "…" }``."""
        row = self.row(key)
        words = Words(row.text("en"), row.text("zh"))
        row.done()
        return words

    def choice(self, key: str, allowed: Collection[str], *, optional: bool = False) -> str:
        """Take a text that must be one of *allowed*."""
        value = self.text(key, optional=optional)
        if value and value not in allowed:
            self._not_among(key, value, allowed)
        return value

    def choices(
        self, key: str, allowed: Collection[str], *, optional: bool = False
    ) -> tuple[str, ...]:
        """Take a list of texts that must all be among *allowed*."""
        values = self.texts(key, optional=optional)
        for value in values:
            if value not in allowed:
                self._not_among(key, value, allowed)
        return values

    def parsed(self, key: str, parse: Callable[[str], T], neutral: T, wanted: Words) -> T:
        """Take a text and parse it; where *parse* raises ValueError it is not *wanted*."""
        text = self.text(key)
        if not text:
            return neutral
        try:
            return parse(text)
        except ValueError:
            self.wrong(
                key,
                f"“{shown(text)}” is not {wanted.en}",
                f"“{shown(text)}”不是{wanted.zh}",
            )
            return neutral

    def row(self, key: str, *, optional: bool = False) -> Row:
        """Take a table, an empty one where it is missing."""
        value: dict[str, Any] = self._take(key, dict, {}, ("a table", "表"), optional)
        # What stands in for a missing table would be wrong at every key; once is enough.
        mistakes = self.mistakes if value is self.table.get(key) else []
        return Row(value, self.file, f"{self.where}.{key}".lstrip("."), mistakes)

    def rows(self, key: str, *, optional: bool = True) -> tuple[Row, ...]:
        """Take a list of tables; rows count from 1."""
        value: list[Any] = self._take(key, list, [], ("a list of tables", "表的列表"), optional)
        if self.table.get(key) == []:
            self.wrong(key, "must not be empty", "不能为空")
        if not all(isinstance(each, dict) for each in value):
            self.wrong(key, "must hold tables only", "列表中只能是表")
            return ()
        return tuple(
            Row(each, self.file, f"{self.where}.{key}[{number}]".lstrip("."), self.mistakes)
            for number, each in enumerate(value, 1)
        )

    def done(self) -> None:
        """Note every key that is not known."""
        for key in self.table:
            if key not in self.asked:
                self.wrong(key, "is not a known key", "不是已知的键")

    def _not_among(self, key: str, value: str, allowed: Collection[str]) -> None:
        known = ", ".join(sorted(allowed))
        self.wrong(
            key,
            f"“{shown(value)}” is not one of: {known}",
            f"“{shown(value)}”不在可选值中：{known}",
        )


def _text_fault(text: str) -> Words | None:
    if not text.strip():
        return Words("must not be empty", "不能为空")
    if text != text.strip():
        return Words("must not begin or end with a space", "首尾不能有空格")
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} for sign in text):
        return Words(
            "must not hold tabs, line breaks or invisible characters",
            "不能含有制表符、换行或不可见字符",
        )
    return None
