"""A few words for each finding code, for counts and headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from correctionkit.findings import Finding
from correctionkit.terms import Language, Words

TITLES: dict[str, Words] = {
    "package-unreadable": Words("package not readable", "材料包无法读取"),
    "package-unsafe": Words("unsafe entry", "不安全的条目"),
    "package-too-large": Words("package too large", "材料包超出限制"),
    "junk-file": Words("left by the system", "系统遗留文件"),
    "file-unexpected": Words("unexpected file", "多余的文件"),
    "policy-not-in-force": Words("policy not in force", "规则包不在有效期"),
    "package-mixed": Words("reasons mixed", "更正原因混在一起"),
    "manifest-mismatch": Words("not as the manifest says", "与清单不符"),
    "table-missing": Words("no summary table", "缺少统计表"),
    "table-unreadable": Words("table not readable", "表格无法读取"),
    "table-columns": Words("columns missing or doubled", "表头不符"),
    "table-order": Words("rows out of order", "表格未按升序"),
    "table-hidden": Words("hidden rows or columns", "表格有隐藏内容"),
    "cell-not-text": Words("typed as a number", "数值格式单元格"),
    "cell-formula": Words("formula", "公式单元格"),
    "cell-normalised": Words("cell read otherwise than typed", "单元格写法不规范"),
    "value-unknown": Words("value not usable", "填写内容无法识别"),
    "number-malformed": Words("malformed number", "号码格式不符"),
    "number-category-unknown": Words("unlisted category", "号码类别不在列表"),
    "id-invalid": Words("invalid identity number", "证件号码有误"),
    "id-area-unknown": Words("unknown area code", "地区代码不在表中"),
    "id-disagrees": Words("identity number disagrees", "与证件号码不一致"),
    "name-invalid": Words("invalid name", "姓名有误"),
    "request-unchanged": Words("old and new the same", "更正前后相同"),
    "request-repeated": Words("request repeated", "重复申请"),
    "request-not-accepted": Words("not accepted", "不予受理"),
    "request-exceptional": Words("exceptional case", "个例"),
    "request-late": Words("deadline passed", "可能逾期"),
    "request-double": Words("double correction", "双改"),
    "request-open": Words("open request", "已有未办结的申请"),
    "request-bound": Words("case came back", "退回件不能增项"),
    "record-unknown": Words("not in the roll", "学籍库中没有"),
    "record-disagrees": Words("differs from the roll", "与学籍库不符"),
    "folder-missing": Words("folder missing", "缺少文件夹"),
    "folder-unknown": Words("folder of no listed student", "文件夹不在表中"),
    "folder-name": Words("folder name", "文件夹命名不符"),
    "folder-normalised": Words("name read otherwise than typed", "名称写法不规范"),
    "folder-mismatch": Words("folder and table disagree", "文件夹与表中姓名不符"),
    "folder-repeated": Words("folder repeated", "文件夹重复"),
    "folder-empty": Words("empty folder", "空文件夹"),
    "folder-nested": Words("folder in a folder", "文件夹里有文件夹"),
    "evidence-missing": Words("evidence missing", "缺少证明材料"),
    "evidence-surplus": Words("evidence not needed", "多余的材料"),
    "evidence-unnamed": Words("file name says no document", "文件名看不出材料"),
    "evidence-reused": Words("same picture twice", "图片重复使用"),
    "report-missing": Words("correction report missing", "缺少书面报告"),
    "scan-format": Words("not JPG or PNG", "不是 JPG 或 PNG"),
    "scan-extension": Words("wrong extension", "扩展名不符"),
    "scan-too-large": Words("file too large", "图片文件过大"),
    "scan-damaged": Words("damaged picture", "图片损坏"),
    "scan-trailing": Words("bytes after the picture", "图片有多余数据"),
    "scan-pixels": Words("too many pixels", "图片尺寸过大"),
    "scan-resolution": Words("resolution too low", "分辨率不足"),
    "scan-photo": Words("photo, not a scan", "拍照而非扫描"),
    "scan-screenshot": Words("screenshot", "屏幕截图"),
    "scan-blank": Words("blank picture", "空白图片"),
    "scan-blurred": Words("blurred picture", "图片模糊"),
    "scan-one-side": Words("one side of a card", "证件只有一面"),
    "scan-private": Words("hidden data", "图片含隐藏信息"),
    "row-repeated": Words("row repeated", "行重复"),
    "row-out-of-reach": Words("not for this unit", "不能由本单位导入"),
    "row-two-records": Words("numbers of two records", "号码分属两条记录"),
    "row-number-shared": Words("ID number of two records", "证件号码重复"),
    "row-request-open": Words("request under way", "有申请在办理"),
    "row-moved-on": Words("changed since", "导出后有变化"),
    "row-not-yours": Words("not yours to decide", "不能由您审核"),
    "roll-id-doubtful": Words("doubtful ID number of the roll", "学籍库证件号码存疑"),
    "roll-id-disagrees": Words("ID number contradicts the roll", "证件号码与学籍信息不一致"),
    "roll-name-doubtful": Words("doubtful name of the roll", "学籍库姓名存疑"),
}


def title(code: str, language: Language) -> str:
    """Name a code in a few words."""
    words = TITLES.get(code)
    return words.in_language(language) if words else code


def code_counts(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """Count *findings* by code, the most common first."""
    counts = Counter(finding.code for finding in findings)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def most_common(findings: Iterable[Finding], language: Language) -> str:
    """Write what *findings* are about, as in “hidden data 12, left by the system 2”."""
    told = [f"{title(code, language)} {count}" for code, count in code_counts(findings)]
    return ("、" if language is Language.ZH else ", ").join(told)
