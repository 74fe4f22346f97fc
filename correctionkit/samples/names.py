"""Names that nobody bears and everybody sees are made up."""

from __future__ import annotations

import random
from dataclasses import dataclass

_SURNAMES = "赵钱孙李周吴郑王陈杨朱秦许何张孔曹金魏姜谢邹苏潘范彭鲁马"
_MARKS = "样例拟虚仿测"
_COUNTERS = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"

# A character outside GBK and one outside the BMP: what old software loses.
_RARE = "䶮𬱖"

_DOTTED_FIRST = ("阿例", "巴样", "古测", "努拟", "买仿", "艾虚", "热例", "库样", "帕测", "塔拟")
_DOTTED_LAST = (
    *("样本提", "例子江", "测试尔", "虚拟提", "仿真江"),
    *("模拟尔", "样本江", "例子尔", "测试提"),
)

# Who of every thirty-two bears an uncommon name: even a small sample has some.
_CYCLE = 32
_SHORT_TURNS = (2, 14)
_DOTTED_TURNS = (5, 21)
_RARE_TURNS = (10, 26)


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names of two and of three characters and with a middle dot, each list in its order."""

    short: tuple[str, ...]
    plain: tuple[str, ...]
    dotted: tuple[str, ...]

    def name_at(self, index: int) -> str:
        """Return the name of the person at *index*; past the end of a list it starts again."""
        round_, turn = divmod(index, _CYCLE)
        twice = 2 * round_
        if turn in _SHORT_TURNS:
            return _again(self.short, twice + _SHORT_TURNS.index(turn))
        if turn in _DOTTED_TURNS:
            return _again(self.dotted, twice + _DOTTED_TURNS.index(turn))
        if turn in _RARE_TURNS:
            return _again(self.short, round_) + _RARE[_RARE_TURNS.index(turn)]
        return _again(self.plain, index)


def name_pool(seed: int) -> NamePool:
    """Return all names in the order that *seed* gives."""
    rng = random.Random(f"names/{seed}")  # noqa: S311 - made-up people, not secrets
    short = [surname + mark for surname in _SURNAMES for mark in _MARKS]
    plain = [start + counter for start in short for counter in _COUNTERS]
    dotted = [f"{first}·{last}" for first in _DOTTED_FIRST for last in _DOTTED_LAST]
    for names in (short, plain, dotted):
        rng.shuffle(names)
    return NamePool(tuple(short), tuple(plain), tuple(dotted))


def is_dotted(name: str) -> bool:
    """Tell whether *name* has two parts with a middle dot between them."""
    return "·" in name


def _again(names: tuple[str, ...], index: int) -> str:
    return names[index % len(names)]
