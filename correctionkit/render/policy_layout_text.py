"""What a policy asks of scans, folders, tables, packages and paper."""

from __future__ import annotations

from correctionkit.render.phrases import grouped, listed
from correctionkit.render.policy_sheet import Sheet
from correctionkit.render.policy_words import sized
from correctionkit.terms import Words

_OR = Words("or", "或")
# What a clause asks of scans, by the findings that rest on it.
_SCAN_RULES = {
    "scan-format": Words("JPG or PNG, by content", "格式为 JPG 或 PNG（以内容为准）"),
    "scan-photo": Words("no phone photographs", "请勿使用手机拍照"),
    "scan-screenshot": Words(
        "made with a scanner or document camera, no screenshots",
        "使用扫描仪或高拍仪，请勿使用屏幕截图",
    ),
    "scan-damaged": Words("the whole page", "完整扫描每页材料"),
    "scan-blurred": Words("clear to read", "清晰可辨"),
    "scan-one-side": Words("both sides of an ID card on one page", "身份证正、反两面在同一页"),
    "evidence-unnamed": Words(
        "each file named after what it shows; several pages numbered at the end",
        "按图片内容命名，多页在末尾编号",
    ),
}


def write_layout(sheet: Sheet) -> None:
    """Write how the parts of a package look, and which papers go with it."""
    _scans(sheet)
    _folders(sheet)
    _tables(sheet)
    _package(sheet)
    _papers(sheet)
    _ours(sheet)


def _scans(sheet: Sheet) -> None:
    sheet.section("scans")
    bounds = sheet.rules.scan_bounds
    _cited(
        sheet,
        sheet.both(
            f"at most {sized(bounds.max_bytes)} each", f"每张不超过 {sized(bounds.max_bytes)}"
        ),
        "scan-too-large",
    )
    _cited(
        sheet,
        sheet.both(f"at least {bounds.min_dpi} dpi", f"分辨率不低于 {bounds.min_dpi} dpi"),
        "scan-resolution",
    )
    for code, words in _SCAN_RULES.items():
        if sheet.rules.clause_for(code):
            _cited(sheet, sheet.say(words), code)
    original = sheet.rules.clauses.get("scan-original")
    if original:
        sheet.item(sheet.both("from the original", "对原件进行扫描"), original.words)
    pixels, side = grouped(bounds.max_pixels), grouped(bounds.max_side)
    _cited(
        sheet,
        sheet.both(
            f"at most {pixels} pixels, {side} a side",
            f"不超过 {pixels} 像素，单边不超过 {side}",
        ),
        "scan-pixels",
    )


def _folders(sheet: Sheet) -> None:
    sheet.section("folders")
    by_number: dict[str, list[str]] = {}
    for status in sheet.rules.statuses.values():
        by_number.setdefault(status.number, []).append(sheet.say(status.label))
    for number, labels in by_number.items():
        key = sheet.say(sheet.rules.numbers[number].label)
        who = listed(labels, sheet.language)
        _cited(
            sheet,
            sheet.both(
                f"{who}: one folder a student, named {key} + name, without a plus sign",
                f"{who}：一人一个文件夹，以{key}+姓名命名，不加“+”号",
            ),
            "folder-name",
        )


def _tables(sheet: Sheet) -> None:
    sheet.section("tables")
    for status in sheet.rules.statuses.values():
        key = sheet.say(sheet.rules.key_of(status.id).label)
        _cited(
            sheet,
            sheet.both(
                f"{status.table} {status.title}: ascending by {key}",
                f"{status.table} {status.title}：按{key}升序",
            ),
            "table-order",
        )
    for number in sheet.rules.numbers.values():
        known = sorted(number.pattern.lengths, reverse=True)
        lengths = listed(list(map(str, known)), sheet.language, _OR)
        sheet.item(
            sheet.both(
                f"{number.label.en}: {lengths} digits, kept as text",
                f"{number.label.zh}：{lengths} 位数字，按文本填写",
            ),
            number.clause.words,
        )
    columns = [_column(sheet, column.id) for column in sheet.rules.columns]
    names = listed(columns, sheet.language)
    _cited(sheet, f"{sheet.label('columns')}{sheet.both(': ', '：')}{names}", "table-columns")
    sheet.page.paragraph(
        sheet.both(
            "* needed, + only where there is something to fill in",
            "* 为必需列，+ 为有内容时才填写的列",
        ),
        indent=4,
    )


def _column(sheet: Sheet, own: str) -> str:
    column = next(each for each in sheet.rules.columns if each.id == own)
    headings = list(column.headings[:1])
    if own == "number":
        keys = {status.number: None for status in sheet.rules.statuses.values()}
        headings = [sheet.rules.numbers[key].headings[0] for key in keys]
    mark = "*" if column.needed else "+" if column.optional else ""
    return "/".join(headings) + mark


def _package(sheet: Sheet) -> None:
    sheet.section("package")
    rules, bounds = sheet.rules.package, sheet.rules.package_bounds
    _cited(
        sheet,
        sheet.both(
            "changes and entry errors may stand in one package", "一个材料包可含多种更正原因"
        )
        if rules.mixed_reasons
        else sheet.both("one reason in a package", "一个材料包只含一种更正原因"),
        "package-mixed",
    )
    _cited(
        sheet,
        sheet.both(
            f"mail subject and folder name: {rules.subject}",
            f"邮件主题与文件夹名：{rules.subject}",
        ),
        "",
    )
    if rules.platforms:
        names = listed(rules.platforms, sheet.language, _OR)
        _cited(sheet, sheet.both(f"platform: {names}", f"平台：{names}"), "")
    words, formats = (
        listed(each, sheet.language, _OR)
        for each in (rules.report_words, [each.upper() for each in rules.report_formats])
    )
    _cited(
        sheet,
        sheet.both(
            f"a correction report may go along: a file whose name holds {words} ({formats})",
            f"可附书面报告：文件名含“{words}”（{formats}）",
        ),
        "report-missing",
    )
    _cited(
        sheet,
        sheet.both(
            f"at most {grouped(bounds.max_entries)} entries and {sized(bounds.max_bytes)}",
            f"不超过 {grouped(bounds.max_entries)} 个条目、{sized(bounds.max_bytes)}",
        ),
        "package-too-large",
    )


def _papers(sheet: Sheet) -> None:
    if not sheet.rules.reports:
        return
    sheet.section("papers")
    for report in sheet.rules.reports:
        signed, seal = sheet.say(report.signed_by), sheet.say(report.seal)
        label = sheet.say(report.label)
        sheet.page.paragraph(
            sheet.both(
                f"{label}. Signed by: {signed}; seal: {seal}.",
                f"{label}。签字：{signed}；盖章：{seal}。",
            ),
            mark="- ",
        )


def _ours(sheet: Sheet) -> None:
    ours = [clause for clause in sheet.rules.clauses.values() if clause.ours]
    if ours:
        sheet.section("ours")
        for clause in ours:
            sheet.page.paragraph(sheet.say(clause.words), mark="- ")


def _cited(sheet: Sheet, text: str, code: str) -> None:
    clause = sheet.rules.clause_for(code) if code else None
    sheet.item(text, clause)
