"""Codes about the folders of a package, one a student."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

FOLDER_MISSING = FindingType(
    "folder-missing",
    Severity.ERROR,
    Words(
        "{number} {name} stands in the table but has no folder.",
        "表中有 {number} {name}，但没有对应的文件夹。",
    ),
    Words("Add the folder {expected} with the scans.", "请补上文件夹“{expected}”及材料图片。"),
    clauses.NAME_MATCHING,
)
FOLDER_UNKNOWN = FindingType(
    "folder-unknown",
    Severity.ERROR,
    Words(
        "Number {number} of this folder stands in no table.",
        "文件夹中的号码 {number} 不在任何统计表中。",
    ),
    Words(
        "Add the student to the table, correct the number, or take the folder out.",
        "请在统计表中补上该生，或改正号码，或移除文件夹。",
    ),
    clauses.NAME_MATCHING,
)
FOLDER_NAME = FindingType(
    "folder-name",
    Severity.ERROR,
    Words(
        "The folder's name does not follow number + name: {fault}.",
        "文件夹名称不符合“号码+姓名”：{fault}。",
    ),
    Words(
        "Write number and name together, without a plus sign, as in {example}.",
        "号码与姓名连写，不要加号，例如“{example}”。",
    ),
    clauses.NAME_MATCHING,
)
FOLDER_NORMALISED = FindingType(
    "folder-normalised",
    Severity.WARNING,
    Words("“{typed}” was read as “{read}” ({changes}).", "“{typed}”按“{read}”读取（{changes}）。"),
    Words("Rename it so.", "请照此改名。"),
    clauses.NAME_MATCHING,
)
FOLDER_MISMATCH = FindingType(
    "folder-mismatch",
    Severity.ERROR,
    Words(
        "The folder says “{name}”, the table says {accepted}.",
        "文件夹中的姓名为“{name}”，表中为{accepted}。",
    ),
    Words("Correct the one that is wrong.", "请改正错误的一处。"),
    clauses.NAME_MATCHING,
)
FOLDER_REPEATED = FindingType(
    "folder-repeated",
    Severity.ERROR,
    Words(
        "Number {number} has another folder: {other}.", "号码 {number} 还有另一个文件夹：{other}。"
    ),
    Words("Put all scans of a student into one folder.", "请把同一学生的材料放进一个文件夹。"),
    clauses.NAME_MATCHING,
)
FOLDER_EMPTY = FindingType(
    "folder-empty",
    Severity.ERROR,
    Words("The folder is empty.", "文件夹是空的。"),
    Words("Add the scans.", "请放入材料图片。"),
    clauses.NAME_MATCHING,
)
FOLDER_NESTED = FindingType(
    "folder-nested",
    Severity.ERROR,
    Words("A folder inside a student's folder: {name}.", "学生文件夹里还有文件夹：{name}。"),
    Words(
        "Move its files up into the student's folder.",
        "请把里面的文件移到学生文件夹中，再删除这一层。",
    ),
    clauses.NAME_MATCHING,
)

CODES = (
    FOLDER_MISSING,
    FOLDER_UNKNOWN,
    FOLDER_NAME,
    FOLDER_NORMALISED,
    FOLDER_MISMATCH,
    FOLDER_REPEATED,
    FOLDER_EMPTY,
    FOLDER_NESTED,
)
