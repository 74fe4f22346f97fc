"""Words of what is said about tables that bring data into an office."""

from correctionkit.terms import Words

WORDS: dict[str, Words] = {
    "no-value-of-a-table": Words(
        "“{value}” is an error of the spreadsheet, or no text", "“{value}”是表格的错误值或逻辑值"
    ),
    "text-too-long": Words("it is longer than {limit} characters", "内容超过 {limit} 个字符"),
    "text-unkept": Words(
        "it holds characters that cannot be kept: {characters}",
        "含有无法保存的字符：{characters}",
    ),
    "unit-below-itself": Words(
        "“{value}” lies below this unit, or is the unit itself", "“{value}”是本单位自身或其下级"
    ),
    "unit-code-form": Words(
        "“{value}” is no code: up to 20 letters and digits", "“{value}”应为不超过 20 位的字母或数字"
    ),
    "tree-too-deep": Words("the tree cannot be that deep", "单位层级过深"),
    "opinion-needed": Words(
        "this reason does not explain itself: give an opinion", "所选原因须填写意见"
    ),
    "reason-without-verdict": Words("there is text, and no decision", "已填写内容，但未填审核结果"),
    "masked": Words(
        "its middle is hidden by asterisks: give it whole, or leave the cell empty",
        "号码中间以星号隐去，请填写完整号码；留空则保留原值",
    ),
    "several-units": Words(
        "several units are called “{value}”; give the unit's code",
        "有多个单位名为“{value}”，请填写单位代码",
    ),
    "word-of-list": Words("another word of the list", "列表中的规定用语"),
}
