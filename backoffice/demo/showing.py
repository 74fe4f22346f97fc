"""The sign-ins of the demo as a table for a terminal, in both languages."""

import unicodedata

from django.utils.translation import override

from backoffice.units.roles import Role

_HEADINGS = ("用户名 User name", "密码 Password", "角色 Role", "单位 Unit", "姓名 Name")
_GAP = "  "
_WIDE = "WF"


def sign_in_lines(sign_ins):
    """Return the lines of the table."""
    rows = [_HEADINGS]
    rows += [
        (each.username, each.password, _role(each.role), f"{each.unit_name} {each.unit}", each.name)
        for each in sign_ins
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _role(name):
    with override("zh-hans"):
        chinese = str(Role(name).label)
    with override("en"):
        english = str(Role(name).label)
    return chinese if chinese == english else f"{chinese} {english}"


def _width(text):
    return sum(2 if unicodedata.east_asian_width(each) in _WIDE else 1 for each in text)
