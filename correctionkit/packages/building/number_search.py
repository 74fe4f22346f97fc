"""Students' numbers in names of folders and files, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from correctionkit.readings import HAN, MIDDLE_DOT, read_file_name, read_text

_DIGITS = re.compile(r"\d+", re.ASCII)
_WORDS = re.compile(f"[{HAN}{MIDDLE_DOT}]+")
# What people add to a name on a folder or file.  Longer ones first.
_ADDITIONS = re.compile(
    "证明材料|扫描件|复印件|文件夹|毕业生|在籍生|注册证号|材料|证明|扫描|照片|图片|资料|文件|原件|附件|"
    "学号|姓名|学生|学籍|新生|更正|变更|修改|改名|更名|信息|同学|首页|内页|正本|副本|本人|补充|其他|的"
)
_NAME_LENGTH = range(2, 5)


@dataclass(frozen=True, slots=True)
class NumbersFound:
    """The known numbers in a name.

    *whole* stand by themselves, in the order met; *inside* are pairs of a known number and
    the longer run of digits that it is a part of.
    """

    whole: tuple[str, ...]
    inside: tuple[tuple[str, str], ...]


class KnownNumbers:
    """The numbers of the students that a package is about."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._numbers = frozenset(numbers)
        self._lengths = sorted({len(number) for number in self._numbers}, reverse=True)

    def find(self, name: str) -> NumbersFound:
        """Find the numbers in *name*, width and invisible characters set right.

        Spaces part digits, unless only joining them gives a number.
        """
        found = self._in(read_text(name).read)
        if found.whole or found.inside:
            return found
        return self._in(read_file_name(name).read)

    def _in(self, text: str) -> NumbersFound:
        runs = _DIGITS.findall(text)
        whole = dict.fromkeys(run for run in runs if run in self._numbers)
        inside = [(part, run) for run in runs if run not in whole for part in self._parts(run)]
        return NumbersFound(tuple(whole), tuple(inside))

    def _parts(self, run: str) -> Iterator[str]:
        for length in self._lengths:
            for start in range(len(run) - length + 1):
                if run[start : start + length] in self._numbers:
                    yield run[start : start + length]


def foreign_name(text: str, accepted: Iterable[str], terms: Iterable[str]) -> str | None:
    """Return what in *text* looks like the name of somebody else.

    *text* is without the number.  *accepted* are the student's own names, *terms* other
    words that may stand there, such as kinds of documents.
    """
    read = read_file_name(text).read
    names = [read_file_name(name).read for name in accepted]
    for term in sorted(terms, key=len, reverse=True):
        read = read.replace(term, " ")
    words = _WORDS.findall(_ADDITIONS.sub(" ", read))
    if any(name and name in read and not _longer(name, words) for name in names):
        return None
    candidates = [word for word in words if len(word) in _NAME_LENGTH or MIDDLE_DOT in word]
    return candidates[0] if candidates else None


def _longer(name: str, words: list[str]) -> bool:
    """Tell whether *name* is only a part of what may be another name."""
    return name not in words and any(
        name in word and (len(word) in _NAME_LENGTH or MIDDLE_DOT in word) for word in words
    )
