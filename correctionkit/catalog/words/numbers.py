"""Words for what is wrong with a number, for kinds of numbers, and for how two differ."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "length": Words(
        "{actual} characters, it should have {expected}", "长度为 {actual} 位，应为 {expected} 位"
    ),
    "characters": Words(
        "characters that do not belong: {characters} (place {positions})",
        "含有不应出现的字符：{characters}（第 {positions} 位）",
    ),
    "not-digits": Words(
        "not all digits: {characters} (place {positions})",
        "含有非数字字符：{characters}（第 {positions} 位）",
    ),
    "pattern": Words("the digits do not follow the rule of such numbers", "编排不符合号码规则"),
    "date": Words("there is no such birth date", "其中的出生日期不存在"),
    "future": Words("the birth date lies after {on}", "其中的出生日期晚于 {on}"),
    "check": Words("the check character should be {expected}", "校验码应为 {expected}"),
    "area": Words(
        "a residence permit begins with one of {expected}", "居住证号码应以 {expected} 之一开头"
    ),
    "other-kind": Words("it is a number of another kind of card", "这是另一种证件的号码"),
    "resident-id": Words("resident identity number", "公民身份号码"),
    "resident-id-15": Words("resident identity number of 15 digits", "15 位公民身份号码"),
    "residence-permit": Words(
        "residence permit (Hong Kong, Macau, Taiwan)", "港澳台居民居住证号码"
    ),
    "foreign-permit": Words("permanent residence card of a foreigner", "外国人永久居留身份证号码"),
    "foreign-permit-15": Words(
        "permanent residence card of a foreigner, old form", "外国人永久居留身份证号码（旧版）"
    ),
    "unchanged": Words("unchanged", "没有变化"),
    "15-to-18": Words("15 digits became 18", "15 位升 18 位"),
    "18-to-15": Words("18 digits became 15", "18 位改 15 位"),
    "check-character": Words("the check character only", "仅校验码不同"),
    "one-digit": Words("one digit", "一位数字不同"),
    "digits-swapped": Words("two digits changed places", "两位数字颠倒"),
    "digit-missing": Words("the old number lacks a digit", "原号码少一位"),
    "digit-added": Words("the old number has a digit too many", "原号码多一位"),
    "birth-part": Words("the birth date", "出生日期部分不同"),
    "area-part": Words("the area", "地区部分不同"),
    "order-part": Words("the order number", "顺序码部分不同"),
    "area-and-order": Words("area and order number", "地区和顺序码不同"),
    "birth-and-order": Words("birth date and order number", "出生日期和顺序码不同"),
    "area-and-birth": Words("area and birth date", "地区和出生日期不同"),
    "other-person": Words("all parts: it may be another person's", "各部分均不同，可能是他人号码"),
    "other-document": Words("a number of another kind of card", "证件种类不同"),
    "not-comparable": Words("the two cannot be laid side by side", "两个号码无法逐位对照"),
}
