"""Words for why a table cannot be read, each with what to do."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "not-a-workbook": Words(
        "it is no workbook, whatever its name says: open it, copy the table into Excel and save "
        "it as .xlsx",
        "内容不是 Excel 表格（与扩展名无关），请打开后把表格复制到 Excel，另存为 .xlsx",
    ),
    "web-page": Words(
        "it is a web page under a workbook's name, as some systems export it: open it in Excel "
        "and save it as .xlsx",
        "实际是网页（有些系统这样导出），请用 Excel 打开后另存为 .xlsx",
    ),
    "xml-spreadsheet": Words(
        "it is an XML spreadsheet of Excel 2003: open it in Excel and save it as .xlsx",
        "是 Excel 2003 的 XML 表格，请用 Excel 打开后另存为 .xlsx",
    ),
    "opendocument": Words(
        "it is an OpenDocument spreadsheet (.ods): save it as .xlsx",
        "是 OpenDocument 表格（.ods），请另存为 .xlsx",
    ),
    "binary-workbook": Words(
        "it is a binary workbook (.xlsb): save it as .xlsx",
        "是二进制工作簿（.xlsb），请另存为 .xlsx",
    ),
    "old-excel": Words(
        "it was saved by an Excel older than version 5: save it as .xlsx",
        "文件由 Excel 5.0 以前的版本保存，请另存为 .xlsx",
    ),
    "password": Words(
        "it has a password: take the password off and save it again",
        "文件设有密码，请去除密码后重新保存",
    ),
    "macro": Words(
        "it holds macros: save it as .xlsx, which drops them",
        "含有宏，请另存为 .xlsx（宏会随之去除）",
    ),
    "bomb": Words(
        "unpacked it grows far beyond what a table needs, or it declares document types: copy "
        "the table into a new workbook",
        "解压后远大于正常表格，或含有文档类型声明，请把表格复制到新建的工作簿",
    ),
    "dimensions": Words(
        "sheet {sheet} is used beyond {rows} rows or {columns} columns: delete what does not "
        "belong to the table, or split it",
        "工作表“{sheet}”的内容超过 {rows} 行或 {columns} 列，请删除表格以外的内容或拆分表格",
    ),
    "cell-too-long": Words(
        "cell {cell} of sheet {sheet} holds more than {limit} characters: shorten it",
        "工作表“{sheet}”的单元格 {cell} 超过 {limit} 个字符，请缩短",
    ),
    "broken": Words(
        "the file is damaged: open it in Excel, let it repair the file and save it as .xlsx",
        "文件已损坏，请用 Excel 打开并修复，再另存为 .xlsx",
    ),
    "quote-open": Words(
        "a quotation mark in the CSV is never closed: save the table as .xlsx",
        "CSV 中有未闭合的引号，请把表格另存为 .xlsx",
    ),
    "encoding": Words(
        "the CSV is neither UTF-8 nor GB 18030: save the table as .xlsx",
        "CSV 既不是 UTF-8 也不是 GB 18030 编码，请把表格另存为 .xlsx",
    ),
    "empty-file": Words("the file is empty", "文件是空的"),
    "merged-cells": Words(
        "cells of the table are merged ({ranges}): unmerge them and fill in each one",
        "表格数据区有合并单元格（{ranges}），请取消合并并逐格填写",
    ),
    "no-sheet": Words("the workbook has no sheet with cells", "工作簿里没有普通工作表"),
    "empty-table": Words("nothing is written in the table", "表格里没有内容"),
    "sheet-hidden": Words("the whole sheet", "整张工作表"),
    "parts-hidden": Words("rows: {rows}, columns: {columns}", "{rows} 行、{columns} 列"),
    "states-too-much": Words(
        "it states more rows or columns than a table can have, and has no heading row",
        "文件声明的行列数远超统计表，且没有表头",
    ),
}
