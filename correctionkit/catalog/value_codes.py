"""Codes about one value: a number, a name, a word of a code set."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

VALUE_UNKNOWN = FindingType(
    "value-unknown",
    Severity.ERROR,
    Words("{column}: {fault}.", "“{column}”{fault}。"),
    Words(
        "Correct the cell: a word of the list, and one field a row.",
        "请改正该单元格：按规定用语填写，一行一项。",
    ),
    clauses.TABLE_READING,
)
NUMBER_MALFORMED = FindingType(
    "number-malformed",
    Severity.ERROR,
    Words("{column} “{value}”: {fault}.", "{column}“{value}”有误：{fault}。"),
    Words("Compare it with the roll, digit by digit.", "请与学籍库逐位核对。"),
    clauses.TABLE_READING,
)
NUMBER_CATEGORY_UNKNOWN = FindingType(
    "number-category-unknown",
    Severity.WARNING,
    Words(
        "{column} {value}: category {category} is not in the policy's list.",
        "{column} {value}：类别代码 {category} 不在规则包的列表中。",
    ),
    Words(
        "Check these digits; if they are right, nothing is to do.",
        "请核对这几位；若无误，可不处理。",
    ),
    clauses.TABLE_READING,
)
ID_INVALID = FindingType(
    "id-invalid",
    Severity.ERROR,
    Words("Identity number {value}: {fault}.", "证件号码 {value} 有误：{fault}。"),
    Words(
        "Type it again from the card, and look at every digit.", "请对照身份证原件逐位重新输入。"
    ),
    clauses.RESIDENT_NUMBER,
)
ID_AREA_UNKNOWN = FindingType(
    "id-area-unknown",
    Severity.WARNING,
    Words(
        "Area code {area} of the identity number is not in the table of {edition}.",
        "证件号码的地区代码 {area} 不在代码表（{edition}）中。",
    ),
    Words(
        "Compare the first six digits with the card.", "请对照身份证核对前六位；若一致，可不处理。"
    ),
    clauses.AREA_CODES,
)
ID_DISAGREES = FindingType(
    "id-disagrees",
    Severity.ERROR,
    Words(
        "The identity number says {aspect} {said}, but it would stand as {stands}.",
        "证件号码表明{aspect}为 {said}，但学籍信息将为 {stands}。",
    ),
    Words(
        "See which one the card shows and correct the other.", "请对照身份证，更正不一致的一项。"
    ),
    clauses.RESIDENT_NUMBER,
)
NAME_INVALID = FindingType(
    "name-invalid",
    Severity.ERROR,
    Words("Name “{value}”: {fault}.", "姓名“{value}”有误：{fault}。"),
    Words("Type the name as the card shows it.", "请按身份证上的姓名填写。"),
    clauses.CHARACTERS,
)

CODES = (
    VALUE_UNKNOWN,
    NUMBER_MALFORMED,
    NUMBER_CATEGORY_UNKNOWN,
    ID_INVALID,
    ID_AREA_UNKNOWN,
    ID_DISAGREES,
    NAME_INVALID,
)
