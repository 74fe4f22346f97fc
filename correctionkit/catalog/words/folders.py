"""Words of what can be wrong with the name of a folder."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "plus-sign": Words("there is a plus sign in it", "名称中有加号"),
    "separator": Words(
        "something stands between number and name", "号码与姓名之间有多余的符号或空格"
    ),
    "number-last": Words("the number stands behind the name", "号码写在了姓名后面"),
    "number-absent": Words("it has no number", "没有号码"),
    "name-absent": Words("it has no name", "没有姓名"),
    "number-length": Words("the number has {digits} digits", "号码为 {digits} 位，位数不符"),
    "not-a-student": Words("no student's folder is so called", "不是学生文件夹的名称"),
}
