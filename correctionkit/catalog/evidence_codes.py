"""Codes about evidence: which documents are there, and which should be."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

EVIDENCE_MISSING = FindingType(
    "evidence-missing",
    Severity.ERROR,
    Words("Evidence missing for {fields}: {kinds}.", "{fields}缺少证明材料：{kinds}。"),
    Words(
        "Scan the document and name the file after it.", "请扫描该材料原件，并以材料名称命名图片。"
    ),
    clauses.NAME_MATCHING,
)
EVIDENCE_SURPLUS = FindingType(
    "evidence-surplus",
    Severity.NOTE,
    Words("No request of this student needs {kind}.", "该生的申请不需要{kind}。"),
    Words("It may stay or be taken out.", "可保留，也可移除。"),
    clauses.NAME_MATCHING,
)
EVIDENCE_UNNAMED = FindingType(
    "evidence-unnamed",
    Severity.ERROR,
    Words("The file name “{name}” does not say what it shows.", "文件名“{name}”看不出是哪种材料。"),
    Words("Name it after the document, as in {example}.", "请按图片内容命名，例如“{example}”。"),
    clauses.NAME_MATCHING,
)
EVIDENCE_REUSED = FindingType(
    "evidence-reused",
    Severity.WARNING,
    Words(
        "The same picture lies in another student's folder: {other}.",
        "另一名学生的文件夹里有同一张图片：{other}。",
    ),
    Words("See whose document it is.", "请核对该材料属于哪位学生。"),
    clauses.NAME_MATCHING,
)
REPORT_MISSING = FindingType(
    "report-missing",
    Severity.WARNING,
    Words(
        "Exceptional cases ({count}) and no correction report in the package.",
        "有个例申请（{count} 项），材料包中没有书面报告。",
    ),
    Words(
        "Send it on paper, with the cause, the president's signature and the school's seal.",
        "请另寄纸质书面报告：说明原因，主管校长签字，加盖学校公章。",
    ),
    clauses.NAME_MATCHING,
)

CODES = (
    EVIDENCE_MISSING,
    EVIDENCE_SURPLUS,
    EVIDENCE_UNNAMED,
    EVIDENCE_REUSED,
    REPORT_MISSING,
)
