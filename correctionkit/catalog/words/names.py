"""Words for what is wrong with a name, and for how two names differ."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "name-missing": Words("it is empty", "姓名为空"),
    "name-too-long": Words(
        "{length} characters, at most {limit}", "长度为 {length} 个字符，最多 {limit} 个"
    ),
    "name-control": Words("control characters: {characters}", "含有控制字符：{characters}"),
    "name-bidi": Words(
        "marks that turn the direction of text: {characters}",
        "含有改变文字方向的字符：{characters}",
    ),
    "name-variation": Words("variation selectors: {characters}", "含有字形选择符：{characters}"),
    "name-private-use": Words(
        "characters of the private use area, which other systems cannot show: {characters}",
        "含有自造字区字符，其他系统无法显示：{characters}",
    ),
    "name-radical": Words(
        "radicals in place of characters: {characters}", "用部首符号代替了汉字：{characters}"
    ),
    "name-unassigned": Words(
        "code points that are no character: {characters}", "含有未定义的字符编码：{characters}"
    ),
    "name-digit": Words("digits: {characters}", "含有数字：{characters}"),
    "name-symbol": Words("symbols: {characters}", "含有符号：{characters}"),
    "name-placeholder": Words(
        "a sign in place of a character that could not be typed: {characters}",
        "用符号代替了打不出的字：{characters}",
    ),
    "name-separator": Words(
        "a dot or mark that does not stand between two letters: {characters}",
        "间隔号等符号的位置不对：{characters}",
    ),
    "identical": Words("the same", "相同"),
    "read-alike": Words("the same but for width, spaces or dots", "除全半角、空格或间隔号外相同"),
    "unified-alike": Words("the same but for compatibility characters", "除兼容汉字等异码字外相同"),
    "different": Words("different", "不同"),
    "character-missing": Words("a character is missing", "少字"),
    "character-added": Words("a character was added", "多字"),
    "swapped": Words("two characters changed places", "两字颠倒"),
    "replaced": Words("another character", "换字"),
    "look-alike": Words("a look-alike", "形近字"),
    "variant": Words("another written form", "异体字或繁简字"),
    "compatibility": Words("a compatibility ideograph", "兼容汉字"),
    "radical": Words("a radical sign", "部首符号"),
    "private-use": Words("a private-use character", "自造字区字符"),
    "letter-width": Words("full width or half width", "全角或半角"),
    "letter-case": Words("upper or lower case", "大小写"),
    "basic": Words("basic ideographs", "基本汉字区"),
    "extension-a": Words("extension A", "扩展A区"),
    "extension-b": Words("extension B", "扩展B区"),
    "extension-c": Words("extension C", "扩展C区"),
    "extension-d": Words("extension D", "扩展D区"),
    "extension-e": Words("extension E", "扩展E区"),
    "extension-f": Words("extension F", "扩展F区"),
    "extension-g": Words("extension G", "扩展G区"),
    "extension-h": Words("extension H", "扩展H区"),
    "extension-i": Words("extension I", "扩展I区"),
    "extension-j": Words("extension J", "扩展J区"),
    "not-ideograph": Words("not an ideograph", "非汉字"),
}
