"""What one character is: its code point, where it lives, what it is easily taken for."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from correctionkit.readings import COMPATIBILITY_IDEOGRAPHS, LOOK_ALIKE_DOTS, MIDDLE_DOT

# First and last code point of each block of ideographs, and its code.
_BLOCKS = (
    (0x2E80, 0x2FDF, "radical"),
    (0x3400, 0x4DBF, "extension-a"),
    (0x4E00, 0x9FFF, "basic"),
    (0xE000, 0xF8FF, "private-use"),
    (0xF900, 0xFAFF, "compatibility"),
    (0x20000, 0x2A6DF, "extension-b"),
    (0x2A700, 0x2B73F, "extension-c"),
    (0x2B740, 0x2B81F, "extension-d"),
    (0x2B820, 0x2CEAF, "extension-e"),
    (0x2CEB0, 0x2EBEF, "extension-f"),
    (0x2EBF0, 0x2EE5F, "extension-i"),
    (0x2F800, 0x2FA1F, "compatibility"),
    (0x30000, 0x3134F, "extension-g"),
    (0x31350, 0x323AF, "extension-h"),
    (0x323B0, 0x3347F, "extension-j"),
    (0xF0000, 0x10FFFF, "private-use"),
)
_STARTS = tuple(start for start, _, _ in _BLOCKS)

STANDARD_PRIVATE_USE = {
    "\ue816": "\U00020087",
    "\ue817": "\U00020089",
    "\ue818": "\U000200cc",
    "\ue831": "\U000215d7",
    "\ue83b": "\U0002298f",
    "\ue855": "\U000241fe",
}
"""The six characters that GB 18030-2022 itself still keeps in the private use area."""

FORMER_PRIVATE_USE = {
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
}
"""Ideographs that editions of GB 18030 before 2022 kept there, with their place of today."""

# Ours: pairs that are mistaken for one another in names, by eye.
_LOOK_ALIKES = (
    "未末 土士 日曰 己已巳 戊戌戍 干千于 人入八 王玉壬 大太犬 天夭 赢嬴羸 祎袆 睿叡 钰珏 "
    "晴睛 杨扬 冶治 爪瓜 候侯 汩汨 崇祟 析折 冼洗 菅管 暧暖 锺钟 妤好 玟玫 茜苒 洋泮 徒徙 "
    "祗袛 遂逐 卞卡 芾市 圮圯 荀苟 籍藉 孑孓子 昊旻 沅沆 刀刁 么幺 免兔 代伐 仑仓 今令 "
    "兢竞 微徽 旋璇 佳隹 楠棉 0O 1lI"
)
# Ours: written forms of one character, or of one surname, that registers disagree about.
_VARIANTS = (
    "䶮龑 喆哲 昇升 堃坤 甦苏蘇 峯峰 勳勋 凃涂塗 闫阎閆閻 肖萧蕭 付傅 邱丘 戴代 於于 后後 "
    "仝同 頴颖穎 淼渺 珮佩 祕秘 邨村 劦协協 陞升 栢柏 笀芒 馬马 張张 陳陈 劉刘 趙赵 吳吴 "
    "孫孙 鄭郑 馮冯 許许 韓韩 鄧邓 楊杨 黃黄 羅罗 謝谢 國国 華华 偉伟 麗丽 龍龙 鳳凤 貴贵 "
    "寶宝 鐘鍾钟锺 葉叶 呂吕 盧卢 溫温 瑤瑶 曉晓 傑杰 強强彊 嶽岳 禕祎 婭娅 妳你 姍姗 "
    "鈺钰 鑫金"
)

_COMPATIBILITY = re.compile(f"[{COMPATIBILITY_IDEOGRAPHS}]")
_DOTS = LOOK_ALIKE_DOTS + MIDDLE_DOT


def _groups(groups: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups.split():
        for sign in group:
            found[sign] = found.get(sign, frozenset()) | frozenset(group)
    return found


_LOOKS_LIKE = _groups(f"{_LOOK_ALIKES} {_DOTS}")
_VARIES_WITH = _groups(_VARIANTS)


@dataclass(frozen=True, slots=True)
class Character:
    """One character explained.

    *block* is a code (``basic``, ``extension-b``, ``compatibility`` …, ``not-ideograph``);
    *gb18030* the bytes in hexadecimal, empty where the standard has none (a lone
    surrogate); *unified* the form that compatibility ideographs, radicals and known
    private-use positions stand for, else None.  It is told, never put in place.
    """

    character: str
    code_point: str
    block: str
    in_gbk: bool
    gb18030: str
    unified: str | None = None

    @property
    def outside_bmp(self) -> bool:
        """Whether it takes two UTF-16 units, which old programs cannot hold."""
        return ord(self.character) > 0xFFFF

    @property
    def in_gb18030(self) -> bool:
        """Whether GB 18030 can write it."""
        return bool(self.gb18030)


def code_point(character: str) -> str:
    """Return the code point as written in standards, as in U+00B7."""
    return f"U+{ord(character):04X}"


def block(character: str) -> str:
    """Return the code of the block of ideographs that *character* is in, or ``not-ideograph``."""
    at = bisect_right(_STARTS, ord(character)) - 1
    if at >= 0 and ord(character) <= _BLOCKS[at][1]:
        return _BLOCKS[at][2]
    return "not-ideograph"


def is_compatibility(character: str) -> bool:
    """Whether it is encoded among the compatibility ideographs.

    NFC would replace nearly all of them.  Twelve, U+FA0E among them, stand for themselves.
    """
    return bool(_COMPATIBILITY.fullmatch(character))


def unified(character: str) -> str | None:
    """Return the ordinary form that *character* stands for, or None."""
    if character in STANDARD_PRIVATE_USE:
        return STANDARD_PRIVATE_USE[character]
    if character in FORMER_PRIVATE_USE:
        return FORMER_PRIVATE_USE[character]
    if block(character) not in {"compatibility", "radical"}:
        return None
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character else None


@lru_cache(maxsize=4096)
def explain(character: str) -> Character:
    """Explain one character."""
    try:
        encoded = character.encode("gb18030")
    except UnicodeEncodeError:
        encoded = b""
    return Character(
        character,
        code_point(character),
        block(character),
        _in_gbk(character, encoded),
        encoded.hex().upper(),
        unified(character),
    )


def _in_gbk(character: str, encoded: bytes) -> bool:
    """Judge by the bytes of GB 18030: its two-byte part is GBK and a few later additions."""
    if len(encoded) == 1:
        return True
    if len(encoded) != 2 or "\ue000" <= character <= "\uf8ff":
        return False
    lead, trail = encoded
    added = (
        (lead == 0xFE and trail >= 0x50)
        or (lead == 0xA9 and 0x89 <= trail <= 0x95)
        or encoded in {b"\xa2\xe3", b"\xa8\xbf"}
    )
    return not added


def relation(one: str, other: str) -> str:
    """Tell how two different characters are related, as a code.

    ``compatibility``, ``radical``, ``private-use``, ``letter-width``, ``letter-case``, ``variant``,
    ``look-alike``, or ``replaced`` where nothing is known.
    """
    for sign, counterpart in ((one, other), (other, one)):
        if unified(sign) in {counterpart, unified(counterpart) or counterpart}:
            return block(sign)
    if one in _LOOKS_LIKE and other in _LOOKS_LIKE[one]:
        return "look-alike"
    if one in _VARIES_WITH and other in _VARIES_WITH[one]:
        return "variant"
    if one.casefold() == other.casefold():
        return "letter-case"
    if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other):
        return "letter-width"
    return "replaced"
