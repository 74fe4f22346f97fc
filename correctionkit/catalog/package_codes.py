"""Codes about a package as a whole and about what lies loose in it."""

from correctionkit.catalog import clauses
from correctionkit.findings import FindingType
from correctionkit.terms import Severity, Words

PACKAGE_UNREADABLE = FindingType(
    "package-unreadable",
    Severity.ERROR,
    Words("The package cannot be read: {fault}.", "材料包无法读取：{fault}。"),
    Words(
        "Check the path. Give a folder, or an ordinary ZIP without a password that is whole.",
        "请核对路径，并提供文件夹，或完好、不加密码的普通 ZIP。",
    ),
    clauses.PACKAGE_SAFETY,
)
PACKAGE_UNSAFE = FindingType(
    "package-unsafe",
    Severity.ERROR,
    Words("Unsafe entry {name}: {fault}.", "条目“{name}”不安全：{fault}。"),
    Words(
        "Take the entry out or rename it; make a ZIP anew from a plain folder, without archives "
        "or links inside.",
        "请移除该条目或改名；若是压缩包，请用普通文件夹重新压缩，里面不要再放压缩包或链接。",
    ),
    clauses.PACKAGE_SAFETY,
)
PACKAGE_TOO_LARGE = FindingType(
    "package-too-large",
    Severity.ERROR,
    Words(
        "Beyond the bounds: {measure} {actual}, at most {limit}.",
        "超出限制：{measure}为 {actual}，上限为 {limit}。",
    ),
    Words(
        "Split the filing, or take out the file that is named.", "请分包上报，或移除所指的文件。"
    ),
    clauses.PACKAGE_SAFETY,
)
JUNK_FILE = FindingType(
    "junk-file",
    Severity.NOTE,
    Words("Left by the system, ignored: {name}.", "系统遗留文件，已忽略：{name}。"),
    Words("Nothing to do.", "无需处理。"),
    clauses.PACKAGE_SAFETY,
)
FILE_UNEXPECTED = FindingType(
    "file-unexpected",
    Severity.WARNING,
    Words("No rule names this file: {name}.", "规则中没有这种文件：{name}。"),
    Words(
        "Take it out, or put it where it belongs and name it after what it shows.",
        "请移除；若是材料，请放入学生文件夹并按图片内容命名。",
    ),
    clauses.NAME_MATCHING,
)
POLICY_NOT_IN_FORCE = FindingType(
    "policy-not-in-force",
    Severity.NOTE,
    Words(
        "{policy} is in force {since} to {until}; judged by it for {on} all the same.",
        "规则包 {policy} 的有效期为 {since} 至 {until}，仍按它检查 {on} 的材料。",
    ),
    Words(
        "Name the policy of that date, if another one holds.",
        "若该日适用其他规则包，请改用那一个。",
    ),
    clauses.POLICY_DATES,
)
PACKAGE_MIXED = FindingType(
    "package-mixed",
    Severity.ERROR,
    Words(
        "The package holds more than one reason: {reasons}.",
        "一个材料包里有多种更正原因：{reasons}。",
    ),
    Words("Make one package for each reason.", "请按更正原因分开，各做一个材料包。"),
    clauses.NAME_MATCHING,
)
MANIFEST_MISMATCH = FindingType(
    "manifest-mismatch",
    Severity.ERROR,
    Words(
        "The package is not what its manifest says: {name}: {cause}.",
        "材料包与其清单不符：{name}：{cause}。",
    ),
    Words(
        "Have the package sent again. If you have changed it yourself, take the manifest out, or "
        "compose the package anew.",
        "请重新传送材料包；若是自行改动过，请移除清单或重新生成材料包。",
    ),
    clauses.PACKAGE_MANIFEST,
)

CODES = (
    PACKAGE_UNREADABLE,
    PACKAGE_UNSAFE,
    PACKAGE_TOO_LARGE,
    JUNK_FILE,
    FILE_UNEXPECTED,
    POLICY_NOT_IN_FORCE,
    PACKAGE_MIXED,
    MANIFEST_MISMATCH,
)
