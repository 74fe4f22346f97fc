"""The menu beside every page."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from backoffice.desk.home.menu import menu_of

NOBODY = SimpleNamespace(has_perm=lambda code: False)


def holder(*codes):
    return SimpleNamespace(has_perm=lambda code: code in codes)


REVIEWER = holder("corrections.decide_correctionrequest")


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def app(label, *models):
    return {
        "app_label": label,
        "models": [
            {
                "object_name": name,
                "name": name.lower(),
                "admin_url": f"/office/{label}/{name.lower()}/",
            }
            for name in models
        ],
    }


APPS = [
    app("audit", "AuditEntry"),
    app("corrections", "DecisionReason", "Case"),
    app("roll", "StudentRecord"),
    app("sheets", "RequestSheet"),
]


def shown(apps, account=NOBODY):
    subjects = menu_of(apps, account, "/office/")
    return [(subject.name, [entry.name for entry in subject.entries]) for subject in subjects]


def current(path, account=NOBODY):
    subjects = menu_of(APPS, account, path)
    return [entry.name for subject in subjects for entry in subject.entries if entry.is_current]


def test_lists_stand_by_subject_and_not_by_app():
    assert shown(APPS) == [
        ("Requests", ["case", "requestsheet"]),
        ("Student roll", ["studentrecord"]),
        ("Rules", ["decisionreason"]),
        ("Audit", ["auditentry"]),
    ]


def test_a_list_that_no_subject_names_comes_last():
    assert shown([app("news", "Notice"), *APPS])[-1] == ("More", ["notice"])


def test_nothing_in_sight_makes_no_menu():
    assert menu_of([], NOBODY, "/office/") == []


def test_pages_that_are_no_lists_come_with_the_right_to_them():
    assert shown([], REVIEWER) == [
        ("Requests", ["To decide"]),
        ("Papers", ["Register of decisions"]),
        ("Tables", ["Tables brought in"]),
    ]


@pytest.mark.parametrize(
    ("codes", "papers"),
    [
        (["sheets.print_requestsheet"], ["Summary tables", "Correction report"]),
        (["corrections.apply_correctionrequest"], ["Register of decisions"]),
        (["roll.view_studentrecord"], []),
    ],
    ids=["who prints", "a registrar", "who does neither"],
)
def test_papers_come_with_the_right_to_print_them(codes, papers):
    assert dict(shown([], holder(*codes))).get("Papers", []) == papers


@pytest.mark.parametrize(
    ("code", "subjects"),
    [
        ("packages.import_package", {"Packages": ["Packages in"]}),
        ("roll.import_studentrecord", {"Tables": ["Tables brought in"]}),
        ("units.import_unit", {"Tables": ["Tables brought in"]}),
        ("corrections.import_correctionrequest", {"Tables": ["Tables brought in"]}),
        ("units.view_unit", {}),
    ],
)
def test_what_comes_in_stands_before_those_who_may_bring_it_in(code, subjects):
    assert dict(shown([], holder(code))) == subjects


def test_packages_out_stand_beside_packages_in():
    apps = [app("packages", "OutgoingPackage", "PackageAddress")]

    assert shown(apps, holder("packages.import_package")) == [
        ("Packages", ["outgoingpackage", "packageaddress", "Packages in"])
    ]


def test_the_list_that_one_is_in_is_marked():
    assert current("/office/corrections/case/12/change/") == ["case"]
    assert current("/office/") == []


def test_of_two_that_fit_the_nearer_one_is_marked():
    registrar = SimpleNamespace(has_perm=lambda code: True)

    assert current("/office/review/apply/chosen/", registrar) == ["To apply"]
    assert current("/office/review/cases/1/take/", registrar) == ["To decide"]
