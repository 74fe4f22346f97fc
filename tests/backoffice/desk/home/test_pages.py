"""The frame of the pages, signing in, languages, and pages of faults."""

import pytest
from builders.office import PASSWORD, drafted
from django.test import Client
from django.urls import reverse

HOME = "/office/"
LOGIN = "/office/login/"


@pytest.fixture
def page(client):
    def get(account, address=HOME, language="en"):
        client.force_login(account)
        client.cookies["django_language"] = language
        return client.get(address)

    return get


def test_the_sign_in_page_is_in_chinese_unless_asked_otherwise(client, db):
    answer = client.get(LOGIN)

    assert answer.status_code == 200
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in answer.text
    assert answer.text.count("<form") == 2


def test_the_language_is_switched_in_the_header_and_the_page_stays(client, db):
    answer = client.post("/language/setlang/", {"language": "en", "next": LOGIN})

    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert client.get(LOGIN)["Content-Language"] == "en"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(client, office):
    wrong = [
        client.post(LOGIN, {"username": name, "password": "wrong"}) for name in ("clerk", "nobody")
    ]

    assert [answer.status_code for answer in wrong] == [200, 200]
    first, second = (list(answer.context["form"].non_field_errors()) for answer in wrong)
    assert first == second
    assert len(first) == 1


def test_signing_in_leads_home(client, office):
    answer = client.post(LOGIN, {"username": "clerk", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain == [(HOME, 302)]
    assert "desk-home" in answer.text


def test_the_header_says_who_one_is_in_which_role_and_where(page, office):
    answer = page(office.head)

    assert "head某" in answer.text
    assert "Sign-off officer · 示例分部" in answer.text


ROLES = (
    "clerk", "branch_clerk", "head", "president", "reviewer", "registrar", "auditor",
    "administrator",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_queue_of_every_role_leads_to_a_list(page, client, office, role):
    drafted(office)
    home = page(getattr(office, role))

    links = [
        link.split('"')[0].replace("&amp;", "&")
        for link in home.text.split('class="queues"')[1].split('href="')[1:]
        if link.startswith("/office/")
    ]
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_somebody_without_a_role_is_told_whom_to_ask(page, office):
    office.clerk.person.memberships.all().delete()

    answer = page(office.clerk)

    assert answer.status_code == 200
    assert "No role in force gives you work here" in answer.text


def test_the_menu_shows_what_the_role_has(page, office):
    menu = page(office.administrator).text.split('class="desk-menu"')[1].split("</nav>")[0]

    assert reverse("admin:units_account_changelist") in menu
    assert reverse("admin:corrections_case_changelist") not in menu


def test_pages_hold_no_script_or_style_inline(page, office):
    for text in (page(office.clerk).text, Client().get(LOGIN).text):
        assert "<style" not in text
        assert "style=" not in text
        assert "onclick" not in text
        assert all("src=" in each[:200] for each in text.split("<script")[1:])


@pytest.mark.parametrize(
    ("language", "word"), [("en", "There is nothing here"), ("zh-hans", "404")]
)
def test_a_missing_page_says_so_and_nothing_else(client, db, language, word):
    client.cookies["django_language"] = language
    answer = client.get("/nothing/13350012091140/")
    assert answer.status_code == 404
    assert word in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert "13350012091140" not in answer.text


def test_a_form_without_its_token_is_told_to_be_too_old(office):
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = "en"

    answer = client.post(LOGIN, {"username": "clerk", "password": PASSWORD})

    assert answer.status_code == 403
    assert "This form is too old" in answer.text


@pytest.mark.parametrize("code", ["400", "403", "500"])
def test_pages_of_faults_can_be_made_without_anything(code):
    from django.template.loader import render_to_string

    assert f">{code}<" in render_to_string(f"{code}.html")
