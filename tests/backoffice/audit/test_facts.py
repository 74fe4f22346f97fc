import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.audit.facts import checked_chain, checked_digest, checked_facts, checked_ref


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        10**12 - 1,
        1 - 10**12,
        "",
        "signed_off",
        "sign-off:branch",
        "2026-11-21",
        "2026-11-21T08:30:00.123456+08:00",
        "123456789012",
        "a" * 80,
        "0123456789abcdef" * 2,
        "0" * 64,
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        ["draft", 3, None, False],
        [],
    ],
)
def test_references_and_plain_words_are_facts(value):
    assert checked_facts({"fact": value}) == {"fact": value}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("张三", id="a name"),
        pytest.param("Zhang San", id="a name in letters"),
        pytest.param("1335001209114", id="a student number"),
        pytest.param("511618201705981300", id="a certificate number"),
        pytest.param("11010519491231002X", id="an identity number"),
        pytest.param("11010519491231002x", id="an identity number in lower case"),
        pytest.param("610104620927690", id="an old identity number"),
        pytest.param("1335001209114zhangsan", id="number and name"),
        pytest.param("1335001209114abe", id="number and a name that is hexadecimal"),
        pytest.param("0" * 63, id="a digest cut short"),
        pytest.param("student:1335001209114", id="a number behind a colon"),
        pytest.param("E12345678", id="a passport"),
        pytest.param("ABC123456789012", id="an old residence card"),
        pytest.param("192.168.0.1", id="an address"),
        pytest.param("zhang@example.org", id="a mail address"),
        pytest.param("../scan.jpg", id="a path"),
        pytest.param("a" * 81, id="too long for a word"),
        pytest.param("１２３", id="full-width digits"),
        pytest.param("draft\n", id="a line"),
        pytest.param(10**12, id="a student number as a number"),
        pytest.param(-(10**12), id="below zero"),
        pytest.param(1.5, id="a fraction"),
        pytest.param(b"draft", id="bytes"),
        pytest.param({"a": 1}, id="a mapping"),
        pytest.param(("draft",), id="a tuple"),
        pytest.param([["draft"]], id="a list in a list"),
        pytest.param(["draft", "张三"], id="a name in a list"),
    ],
)
def test_what_could_name_a_person_is_refused_and_not_repeated(value):
    with pytest.raises(ValueError, match=r"^the fact 'fact' ") as refused:
        checked_facts({"ok": 1, "fact": value})

    assert str(value) not in str(refused.value)


@pytest.mark.parametrize("key", ["姓名", "Name", "a b", "", "a" * 41])
def test_a_fact_has_a_plain_name(key):
    with pytest.raises(ValueError, match="not a plain word"):
        checked_facts({key: 1})


def test_a_list_is_stored_as_it_was_when_logged():
    refs = ["case:1"]
    facts = checked_facts({"refs": refs})
    refs.append("case:2")

    assert facts == {"refs": ["case:1"]}


@settings(deadline=None, max_examples=80)
@given(st.from_regex(r"[a-z]{0,4}[:.-]?[0-9]{13,20}[Xx]?[._:-]?[g-z]{0,4}", fullmatch=True))
def test_no_long_number_slips_through_whatever_stands_around_it(text):
    with pytest.raises(ValueError, match="the fact"):
        checked_facts({"fact": text})


@pytest.mark.parametrize(
    "ref", ["", "correctionrequest:12", "sheet:335-20261121.2", "a" * 40 + ":1"]
)
def test_a_reference_is_a_kind_and_a_key(ref):
    assert checked_ref(ref) == ref


@pytest.mark.parametrize(
    "ref",
    [
        "12",
        "Case:1",
        "case:",
        "case:1:2",
        "case: 1",
        "学生:1",
        "student:1335001209114",
        "a" * 41 + ":1",
    ],
)
def test_other_references_are_refused(ref):
    with pytest.raises(ValueError, match="a reference is"):
        checked_ref(ref)


@pytest.mark.parametrize("chain", ["office", "unit-1", "unit-" + "9" * 18])
def test_chains_are_words_with_or_without_a_number(chain):
    assert checked_chain(chain) == chain


@pytest.mark.parametrize(
    "chain", ["", "Unit-1", "unit-", "unit-None", "unit-1-2", "unit-" + "9" * 19]
)
def test_other_chains_are_refused(chain):
    with pytest.raises(ValueError, match="a chain is"):
        checked_chain(chain)


@pytest.mark.parametrize("digest", ["", "0a" * 32])
def test_digests_are_whole(digest):
    assert checked_digest(digest) == digest


@pytest.mark.parametrize("digest", ["0a", "0A" * 32, "0a" * 33, "xy" * 32])
def test_other_digests_are_refused(digest):
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        checked_digest(digest)
