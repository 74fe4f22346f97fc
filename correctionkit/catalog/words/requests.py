"""Words of what is said about requests."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "not-listed": Words("the policy does not list it", "规则包未列入此项"),
    "spring": Words("spring", "春季"),
    "autumn": Words("autumn", "秋季"),
    "male": Words("male", "男"),
    "female": Words("female", "女"),
    "missing": Words("it is empty", "内容为空"),
    "several-fields": Words(
        "“{value}” names several fields; give each a row of its own",
        "“{value}”包含多项，请每项单独一行",
    ),
    "not-in-list": Words("“{value}” is not in the list", "“{value}”不在规定的列表中"),
    "looks-like": Words(
        "“{value}” is not in the list; perhaps “{suggestion}”",
        "“{value}”不在规定的列表中，是否为“{suggestion}”",
    ),
    "no-date": Words("“{value}” is no date", "“{value}”不是有效日期"),
    "status-untold": Words(
        "neither file name, sheet name nor title says 附表1, 2, 3 or a status; name the file so",
        "无法判断：文件名、工作表名和标题都看不出是附表几或哪类学生，请在文件名中写明",
    ),
    "roll": Words("the roll", "学籍库"),
    "student-number": Words("the student number", "学号"),
    "category-unknown": Words(
        "category {category} is not in the policy's list", "类别代码 {category} 不在规则包的列表中"
    ),
    "area-unknown": Words(
        "area {area} is not in the table of {edition}", "地区代码 {area} 不在代码表（{edition}）中"
    ),
}
