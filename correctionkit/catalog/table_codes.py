"""Codes about summary tables and their cells."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

TABLE_MISSING = FindingType(
    "table-missing",
    Severity.ERROR,
    Words("There are student folders but no summary table.", "有学生文件夹，但没有统计表。"),
    Words(
        "Put 附表1, 附表2 or 附表3 as a workbook beside the folders.",
        "请把附表1、附表2或附表3（Excel 表格）放在学生文件夹旁边。",
    ),
    clauses.TABLE_READING,
)
TABLE_UNREADABLE = FindingType(
    "table-unreadable",
    Severity.ERROR,
    Words("The table cannot be read: {fault}.", "表格无法读取：{fault}。"),
    Words(
        "Save it as an ordinary .xlsx, without password, macros or merged cells, and try again.",
        "请另存为普通 .xlsx，去除密码、宏和合并单元格后再试。",
    ),
    clauses.TABLE_READING,
)
TABLE_COLUMNS = FindingType(
    "table-columns",
    Severity.ERROR,
    Words(
        "The heading row is not complete. Missing: {missing}. Doubled: {doubled}.",
        "表头不符。缺少：{missing}；重复：{doubled}。",
    ),
    Words(
        "Use the headings of the official table, each once, in one row.",
        "请按统计表的列名填写表头，每个列名一次，放在同一行。",
    ),
    clauses.TABLE_READING,
)
TABLE_ORDER = FindingType(
    "table-order",
    Severity.ERROR,
    Words(
        "{number} comes after {previous}: rows must ascend by {column}.",
        "{number} 排在 {previous} 之后：各行须按{column}升序。",
    ),
    Words("Sort the table by that column, as text.", "请按该列（文本）升序排序。"),
    clauses.TABLE_READING,
)
TABLE_HIDDEN = FindingType(
    "table-hidden",
    Severity.WARNING,
    Words(
        "Hidden in sheet “{sheet}”: {fault}; read all the same.",
        "工作表“{sheet}”有隐藏内容：{fault}，已一并读取。",
    ),
    Words(
        "Show them and see whether they should be filed.",
        "请取消隐藏或筛选，确认这些行是否要上报。",
    ),
    clauses.TABLE_READING,
)
CELL_NOT_TEXT = FindingType(
    "cell-not-text",
    Severity.ERROR,
    Words(
        "{column} was typed as a number ({shown}): digits may be lost.",
        "“{column}”是数值格式（{shown}），数字可能已丢失。",
    ),
    Words(
        "Set the cell to text and type the value again from the document.",
        "请把单元格设为“文本”格式，再对照原件重新输入。",
    ),
    clauses.TABLE_READING,
)
CELL_FORMULA = FindingType(
    "cell-formula",
    Severity.ERROR,
    Words("{column} holds a formula.", "“{column}”是公式。"),
    Words(
        "Replace the formula by its value, as text.", "请用“选择性粘贴—数值”替换公式，并设为文本。"
    ),
    clauses.TABLE_READING,
)
CELL_NORMALISED = FindingType(
    "cell-normalised",
    Severity.WARNING,
    Words(
        "{column}: “{typed}” was read as “{read}” ({changes}).",
        "“{column}”：“{typed}”按“{read}”读取（{changes}）。",
    ),
    Words("Type it as it was read, if that is right.", "若读取结果正确，请照此修改单元格。"),
    clauses.TABLE_READING,
)

CODES = (
    TABLE_MISSING,
    TABLE_UNREADABLE,
    TABLE_COLUMNS,
    TABLE_ORDER,
    TABLE_HIDDEN,
    CELL_NOT_TEXT,
    CELL_FORMULA,
    CELL_NORMALISED,
)
