"""What codes rest on where no policy row says otherwise."""

from correctionkit.terms import Words

PACKAGE_SAFETY = Words("Safe handling of packages (ours)", "材料包安全处理规则（本工具自定）")
PACKAGE_MANIFEST = Words(
    "Manifest of packages by SHA-256 (ours)", "材料包 SHA-256 清单规则（本工具自定）"
)
TABLE_READING = Words("Reading of summary tables (ours)", "统计表读取规则（本工具自定）")
NAME_MATCHING = Words(
    "Matching of tables, folders and files (ours)", "表格、文件夹与文件对应规则（本工具自定）"
)
RESIDENT_NUMBER = Words("GB 11643: citizen identification number", "GB 11643 公民身份号码")
AREA_CODES = Words("GB/T 2260: codes of administrative divisions", "GB/T 2260 行政区划代码")
CHARACTERS = Words("GB 18030: Chinese coded character set", "GB 18030 信息技术 中文编码字符集")
IMAGE_FORMATS = Words(
    "JPEG (ISO/IEC 10918) and PNG (ISO/IEC 15948)", "JPEG（ISO/IEC 10918）、PNG（ISO/IEC 15948）"
)
POLICY_DATES = Words("Dates in force of the policy", "规则包的生效日期")
ROLL_MATCH = Words("Match against the roll (ours)", "与学籍库核对规则（本工具自定）")
ONE_REQUEST = Words(
    "One row, one field, one old and new value (ours)", "一行一项、前后各一值（本工具自定）"
)
PRIVACY = Words("Removal of hidden data from scans (ours)", "图片隐藏信息清除规则（本工具自定）")
IMPORTS = Words("Bringing in of tables (ours)", "表格导入规则（本工具自定）")
