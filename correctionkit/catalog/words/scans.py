"""Words of what is found on scans: formats, faults, signs, and what a dpi rests on."""

from correctionkit.terms import Words

_FORMATS = {
    "format-empty": Words("an empty file", "空文件"),
    "format-unknown": Words("an unknown format", "无法识别的格式"),
    "format-pdf": Words("a PDF document", "PDF 文档"),
    "format-tiff": Words("a TIFF picture", "TIFF 图片"),
    "format-bmp": Words("a BMP picture", "BMP 图片"),
    "format-webp": Words("a WebP picture", "WebP 图片"),
    "format-gif": Words("a GIF picture", "GIF 图片"),
    "format-heic": Words("a HEIC picture from a phone", "手机 HEIC 图片"),
    "format-avif": Words("an AVIF picture", "AVIF 图片"),
    "format-svg": Words("an SVG drawing", "SVG 矢量图"),
    "format-jpeg-2000": Words("a JPEG 2000 picture", "JPEG 2000 图片"),
    "format-psd": Words("a Photoshop file", "Photoshop 文件"),
    "format-ico": Words("an icon", "图标文件"),
    "format-djvu": Words("a DjVu document", "DjVu 文档"),
    "format-video": Words("a video", "视频文件"),
    "format-html": Words("a web page", "网页文件"),
    "format-zip": Words("a ZIP archive or Office document", "ZIP 压缩包或 Office 文档"),
    "format-rar": Words("a RAR archive", "RAR 压缩包"),
    "format-7z": Words("a 7z archive", "7z 压缩包"),
    "format-office": Words("an old Office document", "旧版 Office 文档"),
    "no-extension": Words("nothing", "（无扩展名）"),
}

_FAULTS = {
    "truncated": Words("the end is missing", "文件不完整，缺少结尾"),
    "data-corrupt": Words("the picture data is mangled or partly lost", "图像数据错乱或部分丢失"),
    "data-too-short": Words("the picture data is too short", "图像数据不足"),
    "data-too-long": Words("there is more data than picture", "图像数据超出图片尺寸"),
    "checksum-wrong": Words("a checksum is wrong", "校验和错误"),
    "png-signature": Words(
        "the first bytes were changed, as by a transfer in text mode",
        "文件头被改动（可能以文本方式传输过）",
    ),
    "header-broken": Words("the header is broken", "文件头损坏"),
    "structure-broken": Words("the structure of the file is broken", "文件结构损坏"),
    "chunk-order": Words("its parts are in the wrong order", "数据块顺序错误"),
    "palette-broken": Words("the colour table is missing or broken", "调色板缺失或损坏"),
    "no-picture": Words("it holds no picture data", "文件中没有图像数据"),
    "encoding-unsupported": Words(
        "it is broken, or encoded in a way that no common program reads",
        "已损坏，或采用了常用软件无法读取的编码",
    ),
    "archive-checksum": Words(
        "it does not match its checksum in the ZIP file", "与压缩包中的校验和不符"
    ),
}

_BASES = {
    "dpi-stated": Words("as the file states", "文件标明"),
    "paper-one-card": Words("not stated; taken as one card", "文件未标明，按单张证件尺寸推算"),
    "paper-two-cards": Words("not stated; taken as two cards", "文件未标明，按两面证件尺寸推算"),
    "paper-a5": Words("not stated; too little even for A5 paper", "文件未标明，按 A5 纸推算也不足"),
    "paper-a4": Words("not stated; taken as A4 paper", "文件未标明，按 A4 纸推算"),
    "paper-a4-long-side": Words(
        "not stated; the long side taken as A4's", "文件未标明，按 A4 纸长边推算"
    ),
}

_SIGNS = {
    "camera-exposure": Words("exposure time", "曝光时间"),
    "camera-aperture": Words("aperture", "光圈"),
    "camera-iso": Words("ISO speed", "感光度"),
    "camera-focal-length": Words("focal length", "焦距"),
    "camera-lens": Words("lens", "镜头"),
    "camera-location": Words("location", "拍摄位置"),
    "camera-phone-maker": Words("made by a phone", "手机品牌"),
    "screenshot-size": Words(
        "exactly a screen's size, {width} × {height} pixels",
        "与屏幕尺寸完全相同：{width} × {height} 像素",
    ),
    "screenshot-tool": Words("written by a screenshot tool", "由截图工具生成"),
    "private-location": Words("location", "位置"),
    "private-preview": Words("a small preview", "缩略图"),
    "private-maker-notes": Words("the maker's notes", "厂商注释"),
    "private-person": Words("author or owner", "作者或所有者"),
    "private-serial-number": Words("a device's serial number", "设备序列号"),
    "private-xmp": Words("XMP data", "XMP 数据"),
    "private-captions": Words("captions", "图片说明（IPTC）"),
    "private-comment": Words("comments", "注释文字"),
    "private-further-frames": Words(
        "further pictures; only the first is looked at", "后续帧（只检查第一帧）"
    ),
}

WORDS: dict[str, Words] = _FORMATS | _FAULTS | _BASES | _SIGNS
