import json
from datetime import date

import pytest
from builders.office import account, identity_number, student
from django.urls import reverse

from backoffice.desk.searching import recall, records_found, remember, search_of
from backoffice.roll.models import ValueChange
from backoffice.roll.services import change_value

LIST = "/office/roll/studentrecord/"
SEARCH = f"{LIST}search/"


def found(typed):
    return list(records_found(search_of(typed)))


def names(page):
    return [record.name for record in page.context["cl"].result_list]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("2535001200099", id="student number"),
        pytest.param(" ２５３５００１２０００９９ ", id="student number in full width"),
        pytest.param("511611201205123456", id="certificate number in the shape of an ID number"),
        pytest.param("欧阳", id="beginning of the name"),
        pytest.param("欧阳明月", id="whole name"),
        pytest.param("11010519491231002X", id="ID number"),
        pytest.param("11010519491231002x", id="ID number, small letter"),
        pytest.param("１１０１０５１９４９１２３１００２Ｘ", id="ID number in full width"),
        pytest.param("110105 19491231 002X", id="ID number in groups"),
        pytest.param("110105491231002", id="the same ID number in 15 digits"),
    ],
)
def test_a_record_is_found_by(office, typed):
    wanted = student(
        office.centre,
        number="2535001200099",
        certificate_number="511611201205123456",
        name="欧阳明月",
        id_number="11010519491231002X",
    )
    student(office.centre, name="欧", id_number="440524188001010014")

    assert found(typed) == [wanted]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("阳明", id="the middle of a name"),
        pytest.param("253500120009", id="a part of the number"),
        pytest.param("1101051949123100", id="a part of the ID number"),
        pytest.param("110105194912310021", id="another ID number"),
        pytest.param("欧阳明月 11010519491231002X", id="two things at once"),
        pytest.param("%", id="a sign of LIKE"),
    ],
)
def test_a_record_is_not_found_by(office, typed):
    student(office.centre, number="2535001200099", name="欧阳明月", id_number="11010519491231002X")

    assert found(typed) == []


def test_a_former_name_finds_the_record_once(office):
    record = student(office.centre, name="张三")
    for name in ("张叁", "张三三"):
        change_value(record, "name", name, cause=ValueChange.Cause.CORRECTION, by=office.registrar)

    assert found("张") == [record]
    assert found("张叁") == [record]
    assert found("李") == []


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "110105491231002",
        "HKG123456789012",
        "e12345678",
        "EA1234567",
        "张三 11010519491231002X",
        "1101051949123100",
    ],
)
def test_an_id_number_is_kept_nowhere_as_it_was_typed(office, client, typed):
    client.force_login(office.clerk)

    answer = client.post(SEARCH, {"text": typed})

    kept = json.dumps(dict(client.session.items()), ensure_ascii=False)
    for number in (
        "11010519491231002X",
        "110105491231002",
        "HKG123456789012",
        "1101051949123100",
        "E12345678",
        "EA1234567",
    ):
        assert number not in kept.upper()
        assert number not in answer["Location"]


def test_the_address_after_a_search_holds_a_token_only(office, client):
    student(office.centre, name="欧阳明月")
    student(office.centre, name="李四")
    client.force_login(office.clerk)

    answer = client.post(SEARCH, {"text": "欧阳"})
    page = client.get(answer["Location"])

    assert answer.status_code == 302
    path, query = answer["Location"].split("?")
    assert path == LIST
    assert query.startswith("s=")
    assert len(query) == len("s=") + 16
    assert names(page) == ["欧阳明月"]
    assert 'value="欧阳"' in page.content.decode()


def test_a_whole_number_is_not_put_back_into_the_page(office, client):
    record = student(office.centre, id_number="11010519491231002X")
    client.force_login(office.clerk)

    page = client.post(SEARCH, {"text": "11010519491231002X"}, follow=True)

    assert [each.pk for each in page.context["cl"].result_list] == [record.pk]
    assert "11010519491231002X" not in page.content.decode()


def test_filters_stay_and_other_parameters_go_when_searching(office, client):
    student(office.centre, name="张三", status="enrolled")
    student(office.centre, name="张四", status="new")
    client.force_login(office.clerk)

    answer = client.post(
        SEARCH, {"text": "张", "status__exact": "new", "number__startswith": "2", "q": "张"}
    )
    page = client.get(answer["Location"])

    assert "status__exact=new&s=" in answer["Location"]
    assert "number" not in answer["Location"]
    assert names(page) == ["张四"]


def test_nothing_typed_shows_the_list(office, client):
    client.force_login(office.clerk)

    answer = client.post(SEARCH, {"text": " \u3000 "})

    assert answer["Location"] == f"{LIST}?"


def test_a_token_of_another_session_finds_nothing(office, client):
    student(office.centre)
    client.force_login(office.clerk)

    page = client.get(LIST, {"s": "never-given"})

    assert page.status_code == 200
    assert names(page) == []
    assert "请重新搜索" in page.content.decode() or "Search again" in page.content.decode()


def test_twenty_searches_are_kept(rf):
    request = rf.get("/")
    request.session = {}
    tokens = [remember(request, search_of(f"名{n}")) for n in range(21)]

    def recalled(token):
        asked = rf.get("/", {"s": token})
        asked.session = request.session
        return recall(asked)

    assert recalled(tokens[0]) is None
    assert recalled(tokens[1]) == search_of("名1")
    assert recalled(tokens[20]) == search_of("名20")


def test_what_is_in_the_address_as_a_search_is_dropped(office, client):
    client.force_login(office.clerk)

    answer = client.get(LIST, {"q": "11010519491231002X", "status__exact": "new"})

    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}?status__exact=new"


def test_searching_finds_nobody_of_another_unit(office, client):
    student(office.other_centre, name="欧阳明月", id_number="11010519491231002X")
    client.force_login(office.clerk)

    for typed in ("欧阳", "11010519491231002X"):
        page = client.post(SEARCH, {"text": typed}, follow=True)
        assert names(page) == []
        assert page.context["cl"].result_count == 0


def test_searching_is_posted(office, client):
    client.force_login(office.clerk)

    assert client.get(SEARCH, {"text": "张"}).status_code == 405


def test_who_sees_no_students_searches_none(office, client):
    client.force_login(office.administrator)

    assert client.post(SEARCH, {"text": "张"}).status_code == 403


def test_a_list_that_is_not_searched_has_no_search(office, client):
    client.force_login(office.registrar)

    answer = client.post(reverse("admin:corrections_decisionreason_search"), {"text": "x"})

    assert answer.status_code == 404


def test_a_number_that_names_a_person_is_never_in_the_log_of_requests(office, client, caplog):
    number = identity_number(77)
    student(office.centre, id_number=number, enrolled_on=date(2025, 9, 1))
    client.force_login(office.clerk)

    with caplog.at_level("DEBUG"):
        client.post(SEARCH, {"text": number}, follow=True)

    assert number not in caplog.text


def test_a_passport_number_finds_its_student(office):
    wanted = student(office.centre, id_number="E12345678", document_kind="A")
    student(office.centre)

    assert found("e12345678") == [wanted]
    assert search_of("E12345678").text == ""
    assert search_of("C000123").text == "C000123"


def test_a_user_name_that_looks_like_a_passport_finds_its_account(office, client):
    account("clerk", office.centre, username="zk2021001")
    client.force_login(office.administrator)

    def names_of(text):
        page = client.post(reverse("admin:units_account_search"), {"text": text}, follow=True)
        return [each.username for each in page.context["cl"].result_list]

    assert names_of("zk2021001") == ["zk2021001"]
    assert names_of("11010519491231002X") == []
