"""Words for what was set right while a text was read."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "spaces": Words("spaces or line breaks", "多余的空格或换行"),
    "invisible": Words("invisible characters", "不可见字符"),
    "full-width": Words("full-width characters", "全角字符"),
    "look-alike-dot": Words("a look-alike of the dot in names (·)", "姓名间隔号的形近符号"),
    "lower-case": Words("lower-case letters", "小写字母"),
    "composed": Words("accents apart from their letters", "字母与附加符号分开编码"),
    "trailing-dot": Words("dots at the end", "末尾的点"),
}
