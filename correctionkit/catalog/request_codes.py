"""Codes about requests: one student, one field, one reason."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

REQUEST_UNCHANGED = FindingType(
    "request-unchanged",
    Severity.ERROR,
    Words("Old and new {field} are the same.", "更正前后的{field}相同。"),
    Words(
        "Put in the right new value, or take the row out.", "请填写正确的更正后内容，或删除该行。"
    ),
    clauses.ONE_REQUEST,
)
REQUEST_REPEATED = FindingType(
    "request-repeated",
    Severity.ERROR,
    Words(
        "{field} of this student stands in row {first_row} already.",
        "该生的{field}在第 {first_row} 行已申请。",
    ),
    Words("Keep one of the rows.", "请只保留其中一行。"),
    clauses.ONE_REQUEST,
)
REQUEST_NOT_ACCEPTED = FindingType(
    "request-not-accepted",
    Severity.ERROR,
    Words(
        "{status}, {reason}, {field}: not accepted ({rule}).",
        "{status}的{field}（{reason}）不予受理：{rule}。",
    ),
    Words(
        "Take the row and its scans out of the package; ask headquarters if in doubt.",
        "请从材料包中撤出该行及其材料；有疑问请咨询总部。",
    ),
    clauses.ONE_REQUEST,
)
REQUEST_EXCEPTIONAL = FindingType(
    "request-exceptional",
    Severity.WARNING,
    Words(
        "{status}, {reason}, {field}: only as an exceptional case ({rule}).",
        "{status}的{field}（{reason}）只能按个例办理：{rule}。",
    ),
    Words(
        "Write a report of its own with the cause, signed by the responsible president and sealed.",
        "须另写书面报告说明原因，由主管校长签字并加盖学校公章。",
    ),
    clauses.ONE_REQUEST,
)
REQUEST_LATE = FindingType(
    "request-late",
    Severity.WARNING,
    Words(
        "By the student number, the intake is {season} {year}: {rule}.",
        "按学号推断为 {year} 年{season}入学：{rule}。",
    ),
    Words(
        "Check the enrolment date; if it is so, file it as an exceptional case.",
        "请核对入学日期；若确已逾期，请按个例办理。",
    ),
    clauses.ONE_REQUEST,
)
REQUEST_DOUBLE = FindingType(
    "request-double",
    Severity.ERROR,
    Words(
        "Both {fields} of one student are corrected (rows {rows}).",
        "同一学生同时更正{fields}（第 {rows} 行），属“双改”。",
    ),
    Words("Keep one; ask headquarters about the other.", "请只保留一项；另一项请咨询总部。"),
    clauses.ONE_REQUEST,
)
REQUEST_OPEN = FindingType(
    "request-open",
    Severity.ERROR,
    Words(
        "{field} of this student has an open request already.",
        "该生的{field}已有未办结的申请。",
    ),
    Words(
        "Wait until it is decided, or have its clerk withdraw it or hand it over.",
        "请等待该申请办结，或由经办人撤回、移交后再申请。",
    ),
    clauses.ONE_REQUEST,
)
REQUEST_BOUND = FindingType(
    "request-bound",
    Severity.ERROR,
    Words(
        "{field} cannot join the case of this student that came back.",
        "该生的退回件中不能再增加{field}。",
    ),
    Words(
        "File what came back by itself, and this field with another package.",
        "请先单独重报退回的项目，该项另行申报。",
    ),
    clauses.ONE_REQUEST,
)
RECORD_UNKNOWN = FindingType(
    "record-unknown",
    Severity.ERROR,
    Words(
        "No student with number {number} is in the roll.", "学籍库中没有号码为 {number} 的学生。"
    ),
    Words(
        "Check the number, and whether the roll is of today.", "请核对号码，并确认学籍库是最新的。"
    ),
    clauses.ROLL_MATCH,
)
RECORD_DISAGREES = FindingType(
    "record-disagrees",
    Severity.ERROR,
    Words(
        "{column} “{typed}”, but the roll says “{record}”.",
        "“{column}”为“{typed}”，学籍库为“{record}”。",
    ),
    Words("Fill in the value that the roll holds now.", "请按学籍库现有内容填写。"),
    clauses.ROLL_MATCH,
)

CODES = (
    REQUEST_UNCHANGED,
    REQUEST_REPEATED,
    REQUEST_NOT_ACCEPTED,
    REQUEST_EXCEPTIONAL,
    REQUEST_LATE,
    REQUEST_DOUBLE,
    REQUEST_OPEN,
    REQUEST_BOUND,
    RECORD_UNKNOWN,
    RECORD_DISAGREES,
)
