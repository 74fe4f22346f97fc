import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import connection
from django.db.transaction import atomic
from django.utils import translation

from backoffice.audit import guards
from backoffice.audit.log import head_of

pytestmark = pytest.mark.django_db
REMOVED = "DELETE FROM audit_auditentry WHERE chain = 'unit-1' AND sequence IN (2, 3)"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def verify_audit(*arguments):
    """Return the exit status and what was printed."""
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as left:
        return left.code, out.getvalue()
    return 0, out.getvalue()


def head(chain, **changes):
    end = head_of(chain)
    values = {"sequence": end.sequence, "hash": end.hash} | changes
    return f"{chain}:{values['sequence']}:{values['hash']}"


def test_a_whole_trail_leaves_with_0(trail):
    assert verify_audit() == (
        0,
        "Verified 8 entries in 2 chains. The audit trail is whole.\n",
    )


def test_a_trail_without_entries_is_whole():
    assert verify_audit() == (0, "Verified 0 entries in 0 chains. The audit trail is whole.\n")


def test_a_trail_with_faults_leaves_with_1_and_tells_them(trail, tamper):
    tamper(REMOVED)

    assert verify_audit() == (
        1,
        "unit-1, no. 2: entries are missing from here on, before the next one\n"
        "Verified 6 entries in 2 chains. 1 fault.\n",
    )


def test_json_tells_the_same(trail, tamper):
    tamper(REMOVED)
    status, printed = verify_audit("--format", "json")

    assert status == 1
    assert json.loads(printed) == {
        "schema": "backoffice/audit/1",
        "counts": {"chains": 2, "entries": 6, "faults": 1},
        "faults": [
            {
                "chain": "unit-1",
                "sequence": 2,
                "kind": "removed",
                "message": "unit-1, no. 2: entries are missing from here on, before the next one",
            }
        ],
    }


def test_json_of_a_whole_trail(trail):
    status, printed = verify_audit("--format", "json")

    assert status == 0
    assert json.loads(printed) == {
        "schema": "backoffice/audit/1",
        "counts": {"chains": 2, "entries": 8, "faults": 0},
        "faults": [],
    }


def test_only_the_chains_asked_for_are_looked_at(trail, tamper):
    tamper(REMOVED)

    assert verify_audit("--chain", "unit-2", "--chain", "unit-2") == (
        0,
        "Verified 2 entries in 1 chain. The audit trail is whole.\n",
    )
    assert verify_audit("--chain", "unit-2", "--chain", "unit-1")[0] == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, 0, id="as printed"),
        pytest.param({"hash": "0" * 64}, 1, id="another hash"),
        pytest.param({"sequence": 7}, 1, id="beyond the end"),
    ],
)
def test_the_trail_is_held_against_a_printed_head(trail, changes, status):
    assert verify_audit("--head", head("unit-1", **changes), "--head", head("unit-2"))[0] == status


def test_a_head_may_be_typed_in_part_and_in_capitals(trail):
    end = head_of("unit-1")

    assert verify_audit("--head", f"UNIT-1:6:{end.hash[:8].upper()}")[0] == 0


def test_another_key_is_guessed_at(trail, settings):
    settings.OFFICE_DIGEST_KEY = "another"
    status, printed = verify_audit()

    assert status == 1
    assert printed.splitlines()[-2:] == [
        "Verified 8 entries in 2 chains. 10 faults.",
        "Every entry is at fault: is the digest key the one that they were made with?",
    ]


def test_an_unknown_chain_is_a_wrong_call(trail):
    with pytest.raises(CommandError, match="There is no chain unit-9") as refused:
        verify_audit("--chain", "unit-9")

    assert refused.value.returncode == 2


def test_a_trail_that_cannot_be_read_is_told_apart_from_one_with_faults(trail):
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry RENAME TO elsewhere")
        try:
            with pytest.raises(CommandError, match="cannot be read") as refused, atomic():
                verify_audit()
        finally:
            cursor.execute("ALTER TABLE elsewhere RENAME TO audit_auditentry")

    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--head", "unit-1"],
        ["--head", "unit-1:6:abcdef1"],
        ["--head", "unit-1:six:" + "0" * 64],
        ["--head", "unit-1:6:" + "g" * 64],
        ["--format", "html"],
        ["--guess"],
    ],
)
def test_a_wrong_call_from_the_command_line_leaves_with_2(arguments, capsys):
    parser = load_command_class("backoffice.audit", "verify_audit").create_parser(
        "manage.py", "verify_audit"
    )
    parser.called_from_command_line = True

    with pytest.raises(SystemExit) as left:
        parser.parse_args(arguments)
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
