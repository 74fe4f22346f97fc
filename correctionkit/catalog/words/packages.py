"""Words of packages: why one, or one of its entries, cannot be taken; what was measured."""

from __future__ import annotations

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    # package-unreadable: nothing can be listed.
    "path-missing": Words("there is nothing at this path", "该路径下没有文件或文件夹"),
    "path-odd": Words("it is neither a folder nor a file", "既不是文件夹，也不是普通文件"),
    "path-unreadable": Words(
        "it cannot be opened: check the rights, and close other programs that use it",
        "无法打开，请检查访问权限，并关闭正在使用它的程序",
    ),
    "package-empty": Words("it is empty", "里面是空的"),
    "office-document": Words(
        "it is a single workbook or document: give the folder or ZIP that it belongs to",
        "这是单个表格或文档，请改选它所在的文件夹或 ZIP",
    ),
    "zip-none": Words("it is not a ZIP: please make one", "不是 ZIP 文件，请使用 ZIP 格式压缩"),
    "archive-rar": Words(
        "it is a RAR archive, whatever its name: please use ZIP",
        "实际是 RAR 压缩包（与扩展名无关），请使用 ZIP",
    ),
    "archive-7z": Words(
        "it is a 7z archive, whatever its name: please use ZIP",
        "实际是 7z 压缩包（与扩展名无关），请使用 ZIP",
    ),
    "archive-other": Words(
        "it is an archive of another kind, whatever its name: please use ZIP",
        "是其他格式的压缩包（与扩展名无关），请使用 ZIP",
    ),
    "zip-broken": Words(
        "the ZIP is broken or was cut short: make or send it again",
        "ZIP 已损坏或不完整，请重新压缩或重新传送",
    ),
    "zip-trailing": Words(
        "the ZIP is cut short, or something follows its end: make or send it again",
        "ZIP 不完整，或结尾之后有多余数据，请重新压缩或重新传送",
    ),
    "zip-ambiguous": Words(
        "the ZIP has more than one end and could be read in two ways: make it anew",
        "ZIP 含有不止一个结尾标记，可能读出不同内容，请重新压缩",
    ),
    "zip-split": Words(
        "the ZIP is one part of several: make a single one", "是分卷压缩包，请压缩成单个 ZIP"
    ),
    "zip-encrypted": Words(
        "the ZIP has a password: please take it off", "ZIP 设有密码，请去除密码后重新压缩"
    ),
    # package-unsafe: an entry that must not be opened.
    "name-undecodable": Words(
        "its name is in no known encoding: rename it and make the ZIP anew",
        "名称编码无法识别，请改名后重新压缩",
    ),
    "name-characters": Words(
        "its name holds control characters or reverses the writing: rename it",
        "名称含有控制字符或改变书写方向的字符，请改名",
    ),
    "name-empty": Words("it has no name", "没有名称"),
    "path-backslash": Words(
        "its path is written with backslashes: make the ZIP with another program",
        "路径使用了反斜杠，请换用其他压缩软件重新压缩",
    ),
    "path-absolute": Words(
        "its path starts at a drive or at the root: make the ZIP from the folder itself",
        "使用了绝对路径，请直接对文件夹压缩",
    ),
    "path-leaves": Words(
        "its path leads out of the package: make the ZIP from the folder itself",
        "路径指向材料包之外，请直接对文件夹压缩",
    ),
    "path-too-long": Words(
        "its name or path is too long, or its folders too deep: shorten it",
        "名称或路径过长，或文件夹层数过多，请缩短",
    ),
    "link": Words(
        "it is a link: put the file itself there", "是链接，不是文件本身，请放入文件本身"
    ),
    "device": Words("it is a device or a pipe: take it out", "是设备或管道，不是普通文件，请移除"),
    "folder-with-content": Words(
        "it is named as a folder but has content: make the ZIP anew",
        "名称是文件夹，却带有内容，请重新压缩",
    ),
    "entry-outside": Words(
        "it lies outside the part of the ZIP that holds files: make the ZIP anew",
        "位置超出 ZIP 的文件区，请重新压缩",
    ),
    "entry-overlaps": Words(
        "it shares bytes with another entry: make the ZIP anew",
        "与另一条目的数据重叠，请重新压缩",
    ),
    "entry-repeated": Words(
        "it passes for the same name as {other}: keep one",
        "与“{other}”同名或看似同名，请只保留一个",
    ),
    "file-and-folder": Words(
        "{other} is at once a file and a folder: rename one",
        "“{other}”既是文件又是文件夹，请将其中一个改名",
    ),
    "headers-disagree": Words(
        "the ZIP describes it in two ways that disagree: make the ZIP anew",
        "ZIP 中对它的两处记录不一致，请重新压缩",
    ),
    "archive-nested": Words(
        "it is an archive inside the package: put its files there instead",
        "是包中之包，请解压后放入其中的文件",
    ),
    "method-unsupported": Words(
        "it is compressed by an unusual method: make the ZIP with ordinary settings",
        "使用了不常见的压缩算法，请按普通 ZIP（Deflate）重新压缩",
    ),
    "entry-unreadable": Words(
        "it cannot be opened: check the rights, and close other programs that use it",
        "无法打开，请检查访问权限，并关闭正在使用它的程序",
    ),
    # scan-damaged, table-unreadable: the content is not what the package declares.
    "member-broken": Words(
        "its compressed data in the ZIP is broken: make the ZIP anew",
        "ZIP 中的压缩数据已损坏，请重新压缩",
    ),
    "member-shorter": Words(
        "the ZIP holds less of it than declared: make the ZIP anew",
        "ZIP 中的内容比记录的短，请重新压缩",
    ),
    "member-longer": Words(
        "the ZIP holds more of it than declared: make the ZIP anew",
        "ZIP 中的内容比记录的长，请重新压缩",
    ),
    "member-checksum": Words(
        "its checksum (CRC) in the ZIP is wrong: make the ZIP anew",
        "ZIP 中的校验值（CRC）不符，请重新压缩",
    ),
    # manifest-mismatch: where package and manifest differ.
    "manifest-file-changed": Words(
        "its content is not the one that the manifest was made of", "内容与生成清单时不同"
    ),
    "manifest-file-missing": Words(
        "the manifest names it, the package lacks it", "清单中有，材料包中没有"
    ),
    "manifest-file-surplus": Words(
        "it is in the package, and not in the manifest", "材料包中有，清单中没有"
    ),
    "manifest-unreadable": Words(
        "it is no list of hashes and paths, so that nothing can be verified",
        "不是“校验值+路径”的清单，无法核对",
    ),
    # package-too-large: what was measured.
    "entries": Words("number of files and folders", "文件和文件夹总数"),
    "directory-bytes": Words("bytes of the ZIP's directory", "ZIP 目录字节数"),
    "total-bytes": Words("bytes unpacked", "解压后总字节数"),
    "entry-bytes": Words("bytes of one file", "单个文件字节数"),
    "ratio": Words("ratio of unpacked to packed size", "单个文件解压前后大小之比"),
    # Refusals while writing a package.
    "name-forbidden": Words(
        "Windows takes no such character in a name: rename it",
        "名称含有 Windows 不允许的字符，请改名",
    ),
    "name-ends-badly": Words(
        "the name ends in a dot or a space: rename it", "名称以句点或空格结尾，请改名"
    ),
    "name-reserved": Words(
        "Windows keeps this name for a device: rename it", "名称是 Windows 的保留名，请改名"
    ),
    "name-taken": Words(
        "another file or folder passes for the same name: rename one",
        "与另一文件或文件夹同名或看似同名，请将其中一个改名",
    ),
    "zip-too-many": Words(
        "more files than an ordinary ZIP holds (65,534): write a folder, or split it",
        "文件数超过普通 ZIP 的上限（65,534），请输出为文件夹或分成几个",
    ),
    "zip-too-large": Words(
        "larger than an ordinary ZIP can be (4 GiB): write a folder, or split it",
        "超过普通 ZIP 的大小上限（4 GiB），请输出为文件夹或分成几个",
    ),
    "target-taken": Words(
        "the target is there already and not empty: name another one",
        "目标已存在且不为空，请换一个名称",
    ),
}
