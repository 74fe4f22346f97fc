"""Write docs/codes.md from the catalog: ``python scripts/codes_page.py``."""

from __future__ import annotations

import re
from pathlib import Path

from correctionkit.catalog import (
    evidence_codes,
    folder_codes,
    import_codes,
    package_codes,
    request_codes,
    scan_codes,
    table_codes,
    value_codes,
)
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "codes.md"

SECTIONS: tuple[tuple[str, tuple[FindingType, ...]], ...] = (
    ("The package · 材料包", package_codes.CODES),
    ("Summary tables · 统计表", table_codes.CODES),
    ("Values · 数值与姓名", value_codes.CODES),
    ("Requests · 申请", request_codes.CODES),
    ("Folders · 文件夹", folder_codes.CODES),
    ("Evidence · 证明材料", evidence_codes.CODES),
    ("Scans · 扫描图片", scan_codes.CODES),
    ("Tables that bring data in · 表格导入", import_codes.CODES),
)
SEVERITIES = {
    Severity.ERROR: "error 错误",
    Severity.WARNING: "warning 警告",
    Severity.NOTE: "note 提示",
}
OPENING = """\
# Finding codes · 检查结果代码

<!-- Written by scripts/codes_page.py from correctionkit/catalog; change it there. -->

Each code is public, has one severity, and is never reused for something else. An error stops the
package (exit status 1); a warning may stand once a person has looked; a note asks for nothing.
Words in *italics* are filled in with what was found. Where the policy has a clause for a code,
the finding names it.

每个代码含义固定、级别固定，不会改作他用。有“错误”则不能上报（退出码 1）；
“警告”经人工核实后可以保留；“提示”无需处理。*斜体*处会换成实际内容。
规则包为代码指明依据条款的，检查结果会一并列出。
"""


def page() -> str:
    """Return the text of the page."""
    parts = [OPENING]
    for title, codes in SECTIONS:
        rows = "".join(_row(each) for each in codes)
        parts.append(
            f"\n## {title}\n\n| code 代码 | severity 级别 | what it says 含义 | what to do 处理 |\n"
            f"|---|---|---|---|\n{rows}"
        )
    return "".join(parts)


def _row(each: FindingType) -> str:
    return (
        f"| `{each.code}` | {SEVERITIES[each.severity]} "
        f"| {_cell(each.message)} | {_cell(each.hint)} |\n"
    )


def _cell(words: Words) -> str:
    return "<br>".join(
        re.sub(r"\{(\w+)\}", lambda found: f"*{found[1].replace('_', ' ')}*", text).replace(
            "|", "\\|"
        )
        for text in (words.en, words.zh)
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
