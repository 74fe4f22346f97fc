"""Words that every format shares: severities, counts, the verdict."""

from __future__ import annotations

from correctionkit.findings import Report
from correctionkit.terms import Language, Severity, Words

SEVERITIES = {
    Severity.ERROR: Words("error", "错误"),
    Severity.WARNING: Words("warning", "警告"),
    Severity.NOTE: Words("note", "提示"),
}
WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
PACKAGE = Words("The package as a whole", "材料包整体")
LOOSE_FILES = Words("Files and folders of no listed student", "不属于任何学生的文件和文件夹")
FOLDER = Words("folder", "文件夹")
STEP = Words("What to do", "处理办法")


def counted(number: int, severity: Severity, language: Language) -> str:
    """Write a number of findings, as in “2 errors”."""
    if language is Language.ZH:
        return f"{number} 处{SEVERITIES[severity].zh}"
    word = SEVERITIES[severity].en
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def tally(errors: int, warnings: int, notes: int, language: Language) -> str:
    """Write what there is of each severity, leaving out what there is none of."""
    numbers = zip((errors, warnings, notes), WORST_FIRST, strict=True)
    parts = [counted(number, severity, language) for number, severity in numbers if number]
    return ("，" if language is Language.ZH else ", ").join(parts)


def verdict(report: Report, language: Language) -> str:
    """Say in one sentence whether the package can go, and what comes first."""
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    if errors:
        told = counted(errors, Severity.ERROR, language)
        words = Words(f"{told}: correct them, then file.", f"有 {told}，请改正后再上报。")
    elif warnings:
        told = counted(warnings, Severity.WARNING, language)
        words = Words(
            f"Ready to file; read the {told} first.", f"可以上报；另有 {told}，请先核实。"
        )
    else:
        words = Words("Ready to file.", "可以上报。")
    return words.in_language(language)
