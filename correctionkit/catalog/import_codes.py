"""Codes about tables that bring data into an office."""

from correctionkit.catalog import clauses, value_codes
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

ROW_REPEATED = FindingType(
    "row-repeated",
    Severity.ERROR,
    Words(
        "{column} “{value}” stands more than once in the table, row {other} too.",
        "{column}“{value}”在表中重复，另见第 {other} 行。",
    ),
    Words(
        "Keep the row that is right and delete the other.",
        "请保留正确的一行，删除另一行。",
    ),
    clauses.IMPORTS,
)
ROW_OUT_OF_REACH = FindingType(
    "row-out-of-reach",
    Severity.ERROR,
    Words(
        "{column} “{value}”: not to be brought in for this unit.",
        "{column}“{value}”：不能由本单位导入。",
    ),
    Words(
        "Check the number and the unit; what belongs to another unit is brought in there.",
        "请核对号码和所属单位；属于其他单位的，由该单位导入。",
    ),
    clauses.IMPORTS,
)
ROW_TWO_RECORDS = FindingType(
    "row-two-records",
    Severity.ERROR,
    Words(
        "{number} and {certificate} belong to two records.",
        "{number} 与 {certificate} 属于两条不同的学籍记录。",
    ),
    Words(
        "Give one row to each student, with the numbers that are theirs.",
        "请核对两个号码，每名学生一行。",
    ),
    clauses.IMPORTS,
)
ROW_NUMBER_SHARED = FindingType(
    "row-number-shared",
    Severity.WARNING,
    Words(
        "Identity number {value} stands in another record too: {other}.",
        "证件号码 {value} 还出现在另一条学籍记录中：{other}。",
    ),
    Words(
        "Right where one person was enrolled twice; otherwise compare both with the card.",
        "同一人先后两次入学属正常；否则请对照证件核对两条记录。",
    ),
    clauses.IMPORTS,
)
ROW_REQUEST_OPEN = FindingType(
    "row-request-open",
    Severity.WARNING,
    Words(
        "{column}: a correction request is under way for it ({request}).",
        "“{column}”正有更正申请在办理（{request}）。",
    ),
    Words(
        "Once the value is brought in, the request may be in conflict: settle which one holds.",
        "导入后该申请可能与学籍库冲突，请先确认以哪个为准。",
    ),
    clauses.IMPORTS,
)
ROW_MOVED_ON = FindingType(
    "row-moved-on",
    Severity.ERROR,
    Words(
        "{column} “{value}” has changed since the table was taken out: {state}.",
        "{column}“{value}”在导出之后已有变化：{state}。",
    ),
    Words(
        "Take the table out again, and decide what still waits.",
        "请重新导出，再处理仍待审核的申请。",
    ),
    clauses.IMPORTS,
)
ROW_NOT_YOURS = FindingType(
    "row-not-yours",
    Severity.ERROR,
    Words(
        "{column} “{value}” is not yours to decide: {why}.",
        "{column}“{value}”不能由您审核：{why}。",
    ),
    Words(
        "Leave the row to whoever may decide it.",
        "请留给有权审核的人员处理。",
    ),
    clauses.IMPORTS,
)
_AS_IT_STANDS = Words(
    "It comes in as it stands; a correction request can set it right.",
    "按原样导入；如确有错误，可提出更正申请。",
)
ROLL_ID_DOUBTFUL = FindingType(
    "roll-id-doubtful",
    Severity.WARNING,
    value_codes.ID_INVALID.message,
    _AS_IT_STANDS,
    clauses.IMPORTS,
)
ROLL_ID_DISAGREES = FindingType(
    "roll-id-disagrees",
    Severity.WARNING,
    value_codes.ID_DISAGREES.message,
    _AS_IT_STANDS,
    clauses.IMPORTS,
)
ROLL_NAME_DOUBTFUL = FindingType(
    "roll-name-doubtful",
    Severity.WARNING,
    value_codes.NAME_INVALID.message,
    _AS_IT_STANDS,
    clauses.IMPORTS,
)
CODES = (
    ROW_REPEATED,
    ROW_OUT_OF_REACH,
    ROW_TWO_RECORDS,
    ROW_NUMBER_SHARED,
    ROW_REQUEST_OPEN,
    ROW_MOVED_ON,
    ROW_NOT_YOURS,
    ROLL_ID_DOUBTFUL,
    ROLL_ID_DISAGREES,
    ROLL_NAME_DOUBTFUL,
)
