"""Words of what building and repairing a package did, and of what they left to a person."""

from __future__ import annotations

from correctionkit.terms import Words

_TABLES = {
    "table-written": Words("written anew, all cells as text", "已重新生成表格，单元格均为文本"),
    "cell-set-right": Words(
        "row {row}, {column}: “{typed}” became “{read}” ({changes})",
        "第 {row} 行“{column}”：“{typed}”改为“{read}”（{changes}）",
    ),
    "rows-sorted": Words(
        "rows sorted by number, {count} rows", "各行已按号码升序排列，共 {count} 行"
    ),
    "columns-kept": Words(
        "columns beyond the policy's kept at the end: {headings}",
        "规则包以外的列已保留在表末：{headings}",
    ),
    "hidden-shown": Words(
        "hidden parts of sheet {sheet} are shown now ({rows} rows, {columns} columns)",
        "工作表“{sheet}”中隐藏的内容已显示（{rows} 行、{columns} 列）",
    ),
}

_NAMES = {
    "folder-renamed": Words("folder renamed to number and name", "文件夹已改为“号码+姓名”连写"),
    "file-renamed": Words("file renamed", "文件已改名"),
    "moved-up": Words("moved up out of a folder inside", "已从内层文件夹移到学生文件夹"),
    "empty-folder-left-out": Words("empty folder left out", "空文件夹未复制"),
    "manifest-left-out": Words(
        "not copied: it tells of the files as they were", "未复制：清单记录的是修复前的文件"
    ),
    "junk-left-out": Words("left by the system, not copied", "系统遗留文件，未复制"),
    "scan-placed": Words("put into the student's folder", "已放入学生文件夹"),
    "report-named": Words("report renamed so that its name says so", "报告已改名以便识别"),
}

_SCANS = {
    "metadata-removed": Words("hidden data removed: {signs}", "已清除隐藏信息：{signs}"),
    "trailing-dropped": Words(
        "{bytes} bytes after the end of the picture dropped", "已去除图片结尾之后的 {bytes} 字节"
    ),
    "turned-upright": Words("turned upright", "已转正方向"),
    "recompressed": Words(
        "saved smaller: {before} became {after}", "已压缩：{before} 变为 {after}"
    ),
    "converted": Words("converted: it was {found}", "已转换格式：原为{found}"),
    "sides-joined": Words(
        "both sides joined on one page, with {other}", "已与“{other}”合并为正反面同页"
    ),
}

_LEFT = {
    "table-left-wrong": Words(
        "not sorted or set right: some cells must first be typed again from the document",
        "未排序或改正：表中有须先对照原件重新输入的单元格",
    ),
    "table-left-formulas": Words(
        "not sorted or set right: cells beside the requests hold formulas, which would be lost",
        "未排序或改正：表中其他单元格含有公式，重新生成会丢失",
    ),
    "table-left-hidden": Words(
        "not sorted or set right: a sheet without requests is hidden, or parts of it are, "
        "and would be shown",
        "未排序或改正：没有申请的工作表已隐藏或有隐藏的行列，重新生成会使其显示",
    ),
    "table-left-odd": Words(
        "not sorted or set right: some cells hold what a new workbook cannot hold",
        "未排序或改正：有单元格的内容无法写入新表格",
    ),
    "folder-clash": Words("not renamed: {other} would stand twice", "未改名：会与“{other}”重名"),
    "nested-other-student": Words(
        "a folder inside that bears another number: not touched",
        "内层文件夹带有其他号码，未作改动",
    ),
    "file-unreadable": Words(
        "cannot be read, and is missing from the copy: {cause}",
        "无法读取，副本中没有此文件：{cause}",
    ),
    "scan-not-convertible": Words("cannot be converted: {found}", "无法转换格式：{found}"),
    "scan-photo-left": Words(
        "not converted: it was taken with a camera or from a screen ({signs})",
        "未转换格式：是拍照或截屏所得（{signs}）",
    ),
    "scan-not-smaller": Words(
        "cannot be made small enough without becoming hard to read",
        "在保证清晰的前提下无法压缩到限制以内",
    ),
    "scan-far-too-large": Words(
        "so far beyond the size limit that it was not opened", "远超大小限制，未打开"
    ),
    "scan-not-cleaned": Words(
        "kept as it is: removing hidden data would hide what speaks against it",
        "保持原样：清除隐藏信息会掩盖其存在的问题",
    ),
}

_BUILDING = {
    "folder-unmatched": Words(
        "no student's number of the tables in its name; {files} files not taken",
        "文件夹名中没有表内学生的号码，其中 {files} 个文件未采用",
    ),
    "file-unmatched": Words(
        "no student's number of the tables in its name; not taken",
        "文件名中没有表内学生的号码，未采用",
    ),
    "folder-doubled": Words(
        "a second folder for number {number}; the other one is {other}",
        "号码 {number} 有两个文件夹，另一个是“{other}”",
    ),
    "fits-two-students": Words(
        "fits more than one student: {students}", "同时对应多名学生：{students}"
    ),
    "number-in-longer-one": Words(
        "{number} is only a part of the digits {digits}",
        "{number} 只是数字串 {digits} 的一部分，无法确定",
    ),
    "name-differs": Words(
        "says “{name}”, but {number} is {accepted} in the table; if it is no name, take it out",
        "写有“{name}”，但表中 {number} 的姓名是{accepted}；若不是姓名请从名称中去掉",
    ),
    "folder-impossible": Words("no folder can be called so: {cause}", "不能用作文件夹名：{cause}"),
    "no-rows": Words("the tables hold no request to file", "表格中没有可上报的申请"),
    "rows-of-other-reason": Words(
        "rows of another reason left out: {rows}", "其他更正原因的行未采用：第 {rows} 行"
    ),
    "lines-passed-over": Words(
        "lines that are no whole requests were not taken: {rows}",
        "内容不全、看不出是申请的行未采用：第 {rows} 行",
    ),
    "hidden-taken": Words(
        "hidden parts of sheet {sheet} taken too ({rows} rows, {columns} columns)",
        "工作表“{sheet}”中隐藏的内容也已采用（{rows} 行、{columns} 列）",
    ),
    "cells-cut": Words("too long for a cell, cut: {places}", "内容过长已截断的单元格：{places}"),
    "target-in-source": Words(
        "the target lies inside the source, which is never touched: name another place",
        "目标位于来源文件夹之内，来源不得改动，请换一个位置",
    ),
}

WORDS: dict[str, Words] = _TABLES | _NAMES | _SCANS | _LEFT | _BUILDING
