import pytest
from builders.office import account, join, unit
from django.db import IntegrityError, transaction
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.units.models import Membership, Unit

ADD = "admin:units_unit_add"


def form(above, **changes):
    fields = {
        "parent": above.pk if above else "",
        "code": "351",
        "name": "新分部",
        "level": "branch",
        "institution": "",
        "closed_on": "",
    }
    return fields | changes


def form_of(where, **changes):
    fields = {"code": where.code, "name": where.name, "level": where.level}
    return form(where.parent, **fields | changes)


def change_of(where):
    return reverse("admin:units_unit_change", args=[where.pk])


def errors(answer):
    return answer.context["adminform"].form.errors


def test_a_registrar_adds_a_unit_and_that_is_logged(office, client):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(office.headquarters))

    assert answer.status_code == 302
    made = Unit.objects.get(code="351")
    assert (made.path, made.level) == ("000/351/", "branch")
    (entry,) = AuditEntry.objects.filter(act="unit-change")
    assert (entry.chain, entry.ref) == (f"unit-{made.pk}", f"unit:{made.pk}")
    assert entry.account_id == office.registrar.pk
    assert entry.facts == {"fields": ["parent", "code", "name", "level"], "added": True}


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "auditor", "administrator"])
def test_nobody_else_adds_or_changes_units(office, client, who):
    client.force_login(getattr(office, who))

    assert client.post(reverse(ADD), form(office.branch)).status_code == 403
    assert client.post(change_of(office.centre), form_of(office.centre)).status_code == 403
    assert Unit.objects.count() == 5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "350"}, "code"),
        ({"code": "35-1"}, "code"),
        ({"code": "35á"}, "code"),
        ({"code": ""}, "code"),
        ({"name": ""}, "name"),
        ({"level": "galaxy"}, "level"),
        ({"institution": "somewhere"}, "institution"),
        ({"parent": ""}, "parent"),
        ({"parent": "999999"}, "parent"),
        ({"closed_on": "2026-02-30"}, "closed_on"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_at_its_field(office, client, changes, field):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(office.headquarters, **changes))

    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert Unit.objects.count() == 5
    assert not AuditEntry.objects.filter(act="unit-change").exists()


def test_a_unit_is_not_put_below_itself(office, client):
    client.force_login(office.registrar)

    answer = client.post(change_of(office.branch), form_of(office.branch, parent=office.centre.pk))

    assert answer.status_code == 200
    assert "parent" in errors(answer)
    assert Unit.objects.get(pk=office.branch.pk).path == "000/350/"


def test_the_top_stays_without_a_unit_above(office, client):
    client.force_login(office.registrar)

    answer = client.post(change_of(office.headquarters), form_of(office.headquarters, name="总部"))

    assert answer.status_code == 302
    assert Unit.objects.get(pk=office.headquarters.pk).name == "总部"


def test_a_unit_does_not_become_a_top(office, client):
    client.force_login(office.registrar)

    answer = client.post(change_of(office.branch), form_of(office.branch, parent=""))

    assert list(errors(answer)) == ["parent"]


def test_moving_a_unit_moves_what_is_below(office, client):
    client.force_login(office.registrar)

    client.post(change_of(office.branch), form_of(office.branch, parent=office.other_branch.pk))

    assert Unit.objects.get(pk=office.centre.pk).path == "000/360/350/35001/"


@pytest.fixture
def deep(office):
    """Return a unit whose path has 235 of the 255 characters."""
    deepest = office.headquarters
    for place in range(11):
        deepest = unit(f"{place:020}", "centre", deepest)
    assert len(deepest.path) == 235
    return deepest


@pytest.mark.parametrize(("length", "fits"), [(19, True), (20, False)])
def test_a_tree_that_is_too_deep_is_refused(office, deep, client, length, fits):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(deep, code="7" * length))

    assert (answer.status_code == 302) is fits
    assert fits or list(errors(answer)) == ["parent"]


@pytest.mark.parametrize(("length", "fits"), [(9, True), (10, False)])
def test_what_is_below_counts_when_a_unit_moves(office, deep, client, length, fits):
    place = unit("7" * length, "centre", deep)
    client.force_login(office.registrar)

    answer = client.post(change_of(office.branch), form_of(office.branch, parent=place.pk))

    assert (answer.status_code == 302) is fits
    assert fits or list(errors(answer)) == ["parent"]


def test_a_registrar_of_a_branch_keeps_its_tree_alone(office, client):
    client.force_login(account("registrar", office.branch))

    answer = client.post(reverse(ADD), form(office.headquarters))
    assert list(errors(answer)) == ["parent"]
    assert client.post(reverse(ADD), form(office.branch)).status_code == 302
    assert client.get(change_of(office.other_branch)).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"), [("registrar", True), ("head", True), ("clerk", False), ("auditor", False)]
)
def test_who_sees_who_works_in_a_unit(office, client, who, sees):
    client.force_login(getattr(office, who))

    page = client.get(change_of(office.branch if who == "head" else office.centre))

    name = "head某" if who == "head" else "colleague某"
    assert (name in page.content.decode()) is sees


def test_who_has_left_works_there_no_more(office, client):
    Membership.objects.filter(person=office.clerk.person).update(last_day="2021-01-01")
    join(office.clerk.person, "clerk", office.other_centre)
    client.force_login(office.registrar)

    page = client.get(change_of(office.centre))

    assert [each.person.name for each in page.context["staff"]] == ["colleague某"]


@pytest.mark.parametrize(
    ("who", "names"), [("clerk", ["示例学习中心"]), ("other_head", ["另一分部", "另一学习中心"])]
)
def test_units_out_of_sight_are_not_listed(office, client, who, names):
    client.force_login(getattr(office, who))

    page = client.get(reverse("admin:units_unit_changelist"))

    assert [each.name for each in page.context["cl"].result_list] == names


def test_a_unit_is_found_by_its_code_or_a_part_of_its_name(office, client):
    client.force_login(office.registrar)

    def found(text):
        page = client.post(reverse("admin:units_unit_search"), {"text": text}, follow=True)
        return [each.code for each in page.context["cl"].result_list]

    assert found("35001") == ["35001"]
    assert found("学习") == ["35001", "36001"]
    assert found("无此单位") == []


def test_codes_are_kept_in_capitals_however_they_are_typed(office, client):
    client.force_login(office.registrar)

    client.post(reverse(ADD), form(office.headquarters, code="b7a"))
    twice = client.post(reverse(ADD), form(office.headquarters, code="B7a"))

    assert list(errors(twice)) == ["code"]
    made = Unit.objects.get(name="新分部")
    assert (made.code, made.path) == ("B7A", "000/B7A/")
    assert unit("b7b", "centre", made).path == "000/B7A/B7B/"


def test_no_code_that_differs_in_case_alone_gets_past_the_form(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit("B7", "branch").pk).update(code="b7")
