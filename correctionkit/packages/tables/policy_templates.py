"""The blank tables of a policy: one summary table a status, and the roll."""

from __future__ import annotations

from collections.abc import Iterator

from correctionkit.codes import document_kinds, education, ethnicity, gender
from correctionkit.packages.tables.templates import Template, TemplateColumn
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column, Status, StudentKey
from correctionkit.terms import ValueType

ROLL = "学籍库"

_CODES = {
    ValueType.GENDER: gender.table,
    ValueType.ETHNICITY: ethnicity.table,
    ValueType.EDUCATION: education.table,
}
_DAY = "2024-05-06"
_EXAMPLES = {
    "name": "张三",
    "old": "张三",
    "new": "张叁",
    "note": "",
    "branch": "某某分部",
    "centre": "某某学习中心",
    "major": "某某专业",
    "level": "专科",
    "id_number": "11010519491231002X",
}
_HINTS = {
    "serial": "顺序号，可不填。",
    "name": "与学籍库一致；少数民族姓名的间隔号用“·”。",
    "old": "学籍库中现有的内容，照原样填写。",
    "new": "更正后的内容，与证明材料完全一致。",
    "note": "需要说明的情况，可不填。",
}
_ID_LENGTHS = (18,)
_RULES = (
    "从第一个空行填起，每行一条，中间不留空行；不增删、不合并栏目，不改栏目名称。",
    "全部单元格已设为文本格式：学号、证件号码直接输入即可，不会丢失末位数字或开头的 0。",
    "粘贴时请用“选择性粘贴—数值”，以免带入公式和其他格式。",
    "带下拉箭头的单元格请从列表中选择。",
    "“填写说明”等其他工作表只供参考，不会被读取，可以保留。",
)


def summary_template(status: Status, policy: Policy) -> Template:
    """Return the blank summary table of *status*."""
    columns = policy.columns_of(status.id)
    headings = {column.id: column.headings[0] for column in columns}
    return Template(
        status.title,
        [_summary_column(column, status, policy, headings) for column in columns],
        title=f"{policy.heading.institution.zh}{status.title}",
        rules=(*_RULES, f"每行一项更正，同一学生更正几项填几行；各行按{headings['number']}升序。"),
    )


def roll_template(policy: Policy) -> Template:
    """Return the blank roll."""
    columns = [_roll_column(column, policy) for column in policy.roll_columns]
    return Template(ROLL, columns, rules=(*_RULES, *_roll_rules(policy)))


def _summary_column(
    column: Column, status: Status, policy: Policy, headings: dict[str, str]
) -> TemplateColumn:
    heading = column.headings[0]
    if column.id == "number":
        return _number_column(heading, policy.key_of(status.id), needed=column.needed)
    choices: tuple[str, ...] = ()
    hint, example = _HINTS.get(column.id, ""), _EXAMPLES.get(column.id, "")
    lengths: tuple[int, ...] = ()
    when = None
    if column.id == "field":
        choices = tuple(_fields_taken(status, policy))
    elif column.id == "reason":
        choices = tuple(reason.label.zh for reason in policy.vocabulary.reasons.values())
    elif column.id == "new" and (identity := _identity_field(policy)) and "field" in headings:
        lengths, when = _ID_LENGTHS, (headings["field"], identity)
        hint = f"{hint}{identity}为 18 位。"
    if choices:
        hint, example = hint or "从下拉列表中选择。", choices[0]
    if column.date:
        hint, example = _date_hint(hint), _DAY
    return TemplateColumn(heading, column.needed, choices, hint, example, lengths, when)


def _roll_rules(policy: Policy) -> Iterator[str]:
    """Say what a new record needs; which row is one, only the roll that it goes to knows."""
    headings = {column.id: column.headings[0] for column in policy.roll_columns}
    always = [headings[column] for column in ("name", "status") if column in headings]
    numbers = {status.label.zh: headings.get(status.number) for status in policy.statuses.values()}
    told = "，".join(f"{status}填{number}" for status, number in numbers.items() if number)
    yield f"新增的学籍须填{'、'.join(always)}和号码：{told}。"
    yield "已有学籍留空的栏目不改动原有内容。"


def _roll_column(column: Column, policy: Policy) -> TemplateColumn:
    heading = column.headings[0]
    key = policy.numbers.get(column.id)
    if key:
        return _number_column(heading, key, needed=column.needed)
    hint, example = _HINTS.get(column.id, ""), _EXAMPLES.get(column.id, "")
    choices = tuple(_roll_choices(column.id, policy))
    if choices:
        return TemplateColumn(
            heading, column.needed, choices, "从下拉列表中选择。", _usual(column.id, choices)
        )
    if column.date:
        return TemplateColumn(heading, column.needed, hint=_date_hint(hint), example=_DAY)
    value = policy.vocabulary.fields.get(column.id)
    if value and value.value is ValueType.ID_NUMBER:
        hint = "居民身份证为 18 位，末位 X 用大写；其他证件按证件所载填写。"
        return TemplateColumn(heading, column.needed, (), hint, _EXAMPLES["id_number"], _ID_LENGTHS)
    return TemplateColumn(heading, column.needed, hint=hint, example=example)


def _number_column(heading: str, key: StudentKey, *, needed: bool) -> TemplateColumn:
    lengths = key.pattern.lengths
    sizes = "或".join(f"{length} 位" for length in lengths)
    return TemplateColumn(
        heading, needed, (), f"{key.label.zh}，{sizes}，照原样输入。", "", lengths
    )


def _roll_choices(column: str, policy: Policy) -> Iterator[str]:
    if column == "status":
        yield from (status.label.zh for status in policy.statuses.values())
    field = policy.vocabulary.fields.get(column)
    table = _CODES.get(field.value) if field else None
    if column == "document_kind":
        table = document_kinds.table
    if table:
        yield from (row.zh for row in table().rows)


def _usual(column: str, choices: tuple[str, ...]) -> str:
    # The first two genders of the standard are "unknown" and "male".
    return choices[1] if column == "gender" and len(choices) > 1 else choices[0]


def _fields_taken(status: Status, policy: Policy) -> Iterator[str]:
    scopes = [row.scope for row in policy.acceptances]
    scopes = [scope for scope in scopes if not scope.statuses or status.judged_as in scope.statuses]
    for field in policy.vocabulary.fields.values():
        if any(not scope.fields or field.id in scope.fields for scope in scopes):
            yield field.label.zh


def _identity_field(policy: Policy) -> str | None:
    fields = policy.vocabulary.fields.values()
    return next((each.label.zh for each in fields if each.value is ValueType.ID_NUMBER), None)


def _date_hint(hint: str) -> str:
    return f"{hint}写成 {_DAY}。"
