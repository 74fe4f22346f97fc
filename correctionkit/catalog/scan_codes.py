"""Codes about one scan: the file, the picture, how it was taken."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

SCAN_FORMAT = FindingType(
    "scan-format",
    Severity.ERROR,
    Words("Not a JPG or PNG picture: {found}.", "不是 JPG 或 PNG 图片：{found}。"),
    Words("Save or scan it again as JPG or PNG.", "请重新扫描或另存为 JPG 或 PNG。"),
    clauses.IMAGE_FORMATS,
)
SCAN_EXTENSION = FindingType(
    "scan-extension",
    Severity.ERROR,
    Words(
        "The content is {format}, the name says {extension}.",
        "内容是 {format}，扩展名却是 {extension}。",
    ),
    Words("Give it the extension {expected}.", "请把扩展名改为 {expected}。"),
    clauses.IMAGE_FORMATS,
)
SCAN_TOO_LARGE = FindingType(
    "scan-too-large",
    Severity.ERROR,
    Words("{size}, at most {limit}.", "文件大小 {size}，上限 {limit}。"),
    Words(
        "Scan it at 200–300 dpi, or save it at a lower quality.",
        "请按 200–300 dpi 重新扫描，或降低图片质量保存。",
    ),
    clauses.IMAGE_FORMATS,
)
SCAN_DAMAGED = FindingType(
    "scan-damaged",
    Severity.ERROR,
    Words("The picture is damaged: {fault}.", "图片已损坏：{fault}。"),
    Words("Scan it again, or copy it again from where it came.", "请重新扫描，或从原处重新复制。"),
    clauses.IMAGE_FORMATS,
)
SCAN_TRAILING = FindingType(
    "scan-trailing",
    Severity.WARNING,
    Words(
        "{bytes} bytes follow the end of the picture.", "图片结尾之后还有 {bytes} 字节多余数据。"
    ),
    Words("Save the picture anew to drop them.", "请重新保存图片以去除多余数据。"),
    clauses.IMAGE_FORMATS,
)
SCAN_PIXELS = FindingType(
    "scan-pixels",
    Severity.ERROR,
    Words(
        "{width} × {height} pixels, beyond {limit}.",
        "图片尺寸 {width} × {height} 像素，超出上限 {limit}。",
    ),
    Words("Scan it at 200–300 dpi.", "请按 200–300 dpi 重新扫描。"),
    clauses.PACKAGE_SAFETY,
)
SCAN_RESOLUTION = FindingType(
    "scan-resolution",
    Severity.ERROR,
    Words("{dpi} dpi ({basis}), at least {limit}.", "分辨率 {dpi} dpi（{basis}），至少 {limit}。"),
    Words("Scan the original again at 200 dpi or more.", "请按 200 dpi 或以上重新扫描原件。"),
    clauses.IMAGE_FORMATS,
)
SCAN_PHOTO = FindingType(
    "scan-photo",
    Severity.ERROR,
    Words("Taken with a camera or phone ({signs}).", "这是相机或手机拍摄的照片（{signs}）。"),
    Words("Use a scanner or document camera.", "请使用扫描仪或高拍仪。"),
    clauses.IMAGE_FORMATS,
)
SCAN_SCREENSHOT = FindingType(
    "scan-screenshot",
    Severity.ERROR,
    Words("A screenshot ({signs}).", "这是屏幕截图（{signs}）。"),
    Words("Scan the original.", "请扫描原件。"),
    clauses.IMAGE_FORMATS,
)
SCAN_BLANK = FindingType(
    "scan-blank",
    Severity.ERROR,
    Words("Nothing is on it.", "图片是空白的。"),
    Words("Scan the right side of the page.", "请检查是否放反，重新扫描有内容的一面。"),
    clauses.IMAGE_FORMATS,
)
SCAN_BLURRED = FindingType(
    "scan-blurred",
    Severity.WARNING,
    Words("Too soft to read.", "图片模糊，难以辨认。"),
    Words(
        "Clean the glass, lay the page flat, and scan again.", "请擦净玻璃、压平纸张后重新扫描。"
    ),
    clauses.IMAGE_FORMATS,
)
SCAN_ONE_SIDE = FindingType(
    "scan-one-side",
    Severity.WARNING,
    Words("{kind}: only one side on this page.", "{kind}：这一页只有一面。"),
    Words(
        "Put both sides of the card on one page; fix joins files named 正面 and 反面.",
        "请把正、反两面扫描在同一页；名为“正面”“反面”的两个文件可用 fix 合并。",
    ),
    clauses.IMAGE_FORMATS,
)
SCAN_PRIVATE = FindingType(
    "scan-private",
    Severity.NOTE,
    Words(
        "Carries hidden data ({signs}) that will be removed.",
        "图片含有隐藏信息（{signs}），入库时将被清除。",
    ),
    Words("Nothing to do.", "无需处理。"),
    clauses.PRIVACY,
)

CODES = (
    SCAN_FORMAT,
    SCAN_EXTENSION,
    SCAN_TOO_LARGE,
    SCAN_DAMAGED,
    SCAN_TRAILING,
    SCAN_PIXELS,
    SCAN_RESOLUTION,
    SCAN_PHOTO,
    SCAN_SCREENSHOT,
    SCAN_BLANK,
    SCAN_BLURRED,
    SCAN_ONE_SIDE,
    SCAN_PRIVATE,
)
