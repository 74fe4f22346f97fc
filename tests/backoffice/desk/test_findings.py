import pytest
from builders.office import POLICY
from django.utils import translation

from backoffice.desk.findings import worded
from backoffice.policies.shelf import policy_of
from correctionkit.catalog import request_codes, value_codes
from correctionkit.findings import Location

NUMBER = "511611201205123456"


def disagreeing(**changes):
    params = {"column": "证件号码", "typed": "11010519491231002X", "record": NUMBER} | changes
    return request_codes.RECORD_DISAGREES.at(
        Location(path="附件/身份证.jpg"), student=NUMBER, field="id_number", **params
    )


def test_findings_are_said_in_the_language_of_the_page_and_in_their_order():
    findings = [
        disagreeing(),
        value_codes.NAME_INVALID.at(Location(), value="张3", fault="character"),
    ]

    with translation.override("zh-hans"):
        chinese = worded(findings, policy_of(POLICY))
    with translation.override("en"):
        english = worded(iter(findings), policy_of(POLICY))

    assert [each.code for each in chinese] == ["record-disagrees", "name-invalid"]
    assert [each.code for each in english] == ["record-disagrees", "name-invalid"]
    assert chinese[0].message.startswith("“证件号码”为“")
    assert "but the roll says" in english[0].message
    assert all(each.message and each.hint and each.clause for each in chinese + english)
    assert [each.field for each in chinese] == ["id_number", ""]
    assert [each.path for each in chinese] == ["附件/身份证.jpg", ""]


def test_identity_numbers_are_masked_and_the_students_own_number_is_not():
    (finding,) = worded([disagreeing()], policy_of(POLICY))

    assert "110***********002X" in finding.message
    assert NUMBER in finding.message


@pytest.mark.parametrize(
    ("code", "severity", "is_error"),
    [
        (request_codes.RECORD_DISAGREES, "error", True),
        (request_codes.REQUEST_LATE, "warning", False),
    ],
)
def test_a_finding_says_how_much_it_weighs(code, severity, is_error):
    with translation.override("zh-hans"):
        (finding,) = worded([code.at(Location())], policy_of(POLICY))

    assert (finding.severity, finding.is_error) == (severity, is_error)
    assert finding.severity_label == {"error": "错误", "warning": "警告"}[severity]
