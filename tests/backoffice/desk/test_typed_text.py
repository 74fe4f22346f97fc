"""Signs that no database keeps: refused at every address, before anything reads them."""

import pytest
from builders.speech import in_chinese
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from backoffice.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

SAID = (
    "What was sent holds a character that cannot be kept, such as one from a damaged copy. "
    "Nothing was changed. Go back, type the text anew and try again."
)
FIELDS = ("text", "username", "name", "code", "note", "purpose", "field-0-new", "fields")


def addresses():
    """Return every address of the office, rows named by the key 1."""

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if pattern.name:
                    yield f"{namespace}{pattern.name}", pattern.pattern.converters
            else:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)

    for name, converters in walk(get_resolver().url_patterns):
        if name != "admin:app_list":
            yield reverse(name, kwargs=dict.fromkeys(converters, 1))


@pytest.mark.parametrize("who", ["clerk", "registrar", "administrator"])
def test_no_address_takes_them_in_a_form(office, client, who):
    client.force_login(getattr(office, who))
    before = AuditEntry.objects.count()

    wrong = [
        (address, answer.status_code)
        for address in sorted(set(addresses()))
        for answer in [client.post(address, dict.fromkeys(FIELDS, "张\0三"))]
        if answer.status_code != 400
    ]

    assert wrong == []
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("typed", [{"text": "a\0"}, {"a\0": "text"}, {"text": ["sound", "\0"]}])
def test_wherever_it_stands_in_a_form_it_is_told(office, client, typed):
    client.force_login(office.clerk)

    answer = client.post(reverse("admin:corrections_case_search"), typed)

    assert answer.status_code == 400
    assert in_chinese(SAID) in answer.text


def test_half_of_a_surrogate_pair_is_refused_too(office, client):
    client.force_login(office.clerk)
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\\ud800\r\n--x--\r\n'

    answer = client.generic(
        "POST",
        reverse("admin:corrections_case_search"),
        body,
        "multipart/form-data; boundary=x; charset=unicode_escape",
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["?s=%00", "?%00=1", "?next=/%00"])
@pytest.mark.parametrize("page", ["admin:login", "admin:corrections_case_changelist"])
def test_no_address_holds_them(office, client, page, query):
    client.force_login(office.clerk)

    assert client.get(reverse(page) + query).status_code == 400


def test_no_cookie_holds_them(db):
    client = Client(headers={"cookie": r'sessionid="abcdefgh\000"'})

    assert client.get(reverse("admin:login")).status_code == 400


def test_rare_characters_are_typed_as_they_are(office, client):
    client.force_login(office.clerk)

    answer = client.post(reverse("admin:corrections_case_search"), {"text": "𠮷\U0002f800　é"})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("admin:sheets_requestsheet_send_back", {"pk": 1, "request_pk": 10**24}),
        ("admin:corrections_case_change", {"object_id": 10**24}),
        ("review:decide", {"pk": 10**24}),
        ("evidence:view", {"pk": 10**24}),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_key_larger_than_any_names_nothing(office, client, name, kwargs, method):
    client.force_login(office.head)

    answer = getattr(client, method)(reverse(name, kwargs=kwargs))

    assert answer.status_code in (400, 404, 405)


def test_a_choice_larger_than_any_key_is_refused(office, client):
    client.force_login(office.administrator)

    answer = client.post(
        reverse("admin:units_membership_add"), {"assigned": str(10**24), "person": str(10**24)}
    )

    assert answer.status_code in (200, 400)


def test_a_form_in_a_charset_that_forms_do_not_have_is_refused(office, client):
    client.force_login(office.clerk)

    answer = client.post(
        reverse("admin:corrections_case_begin"),
        data="text=a",
        content_type="application/x-www-form-urlencoded; charset=utf-16",
    )

    assert answer.status_code == 400
