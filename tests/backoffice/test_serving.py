"""The office as `make run` starts it: a real process, a real port, the whole demo."""

import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from backoffice.corrections.states import State
from backoffice.serving.hindrances import CannotServe
from backoffice.serving.starting import port_of
from backoffice.units.roles import Role

ROOT = Path(__file__).resolve().parents[2]
SERVE = [sys.executable, "-m", "backoffice.serving"]
MANAGE = [sys.executable, "manage.py"]
AT_MOST = 180


def environment(data, **changes):
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("DJANGO", "OFFICE"))
    }
    return kept | {"OFFICE_DATA": str(data), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"} | changes


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, data, **changes):
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(data, **changes),
        capture_output=True,
        encoding="utf-8",
        timeout=AT_MOST,
    )


class Served:
    """A running office, and what it said until it was ready."""

    def __init__(self, data):
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            SERVE,
            cwd=ROOT,
            env=environment(data, PORT=str(self.port)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.said = ""
        while "Ctrl-C" not in self.said:
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=AT_MOST)
        return self.process.returncode, rest


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The demo's office, served; what follows looks at it and changes nothing of its week."""
    served = Served(tmp_path_factory.mktemp("office"))
    yield served
    if served.process.poll() is None:
        served.process.kill()
        served.process.communicate()


@pytest.fixture(scope="module")
def sign_ins(office):
    return json.loads((office.data / "demo-sign-ins.json").read_text("utf-8"))


def visitor(office):
    """Return who opens pages as a browser does, cookies kept."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def visit(path, **fields):
        data = urlencode(fields).encode() if fields else None
        request = Request(office.address + path, data, {"Accept-Language": "zh-CN"})  # noqa: S310 - http
        try:
            answer = opener.open(request, timeout=60)
        except HTTPError as fault:
            answer = fault
        return SimpleNamespace(
            status=answer.status, text=answer.read().decode(), headers=answer.headers
        )

    return visit


def rows(office, query):
    with sqlite3.connect(f"file:{office.data / 'office.sqlite3'}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def test_address_and_sign_ins_are_printed_once_before_it_serves(office, sign_ins):
    assert office.said.count(f"{office.address}/") == 1
    for each in sign_ins:
        assert len(re.findall(rf"^ +{each['username']} ", office.said, re.M)) == 1
        assert each["password"] in office.said
    assert {each["role"] for each in sign_ins} == set(Role)
    assert "Traceback" not in office.said


def test_pages_need_a_sign_in_and_have_their_style(office):
    visit = visitor(office)
    page = visit("/")

    assert page.status == 200
    assert 'id="login-form"' in page.text
    assert visit("/static/desk/desk.css").headers["Content-Type"].startswith("text/css")
    assert page.headers["Cache-Control"] != "public"
    assert visit("/nothing").status == 404


def test_people_of_the_demo_sign_in_and_get_home(office, sign_ins):
    # Not all of them: to check a password is slow on purpose.
    for each in [each for each in sign_ins if each["username"] in ("clerk", "administrator")]:
        visit = visitor(office)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visit("/office/login/").text)
        home = visit(
            "/office/login/?next=/office/",
            username=each["username"],
            password=each["password"],
            csrfmiddlewaretoken=token[1],
            next="/office/",
        )
        assert (each["role"], home.status) == (each["role"], 200)
        assert "desk-home" in home.text
        assert each["name"] in home.text
        assert each["unit_name"] in home.text or each["role"] == Role.ADMINISTRATOR


def test_there_are_cases_in_every_state(office):
    states = dict(
        rows(office, "SELECT state, count(*) FROM corrections_correctionrequest GROUP BY state")
    )
    sheets = {state for (state,) in rows(office, "SELECT DISTINCT state FROM sheets_requestsheet")}
    one = "SELECT count(*) FROM corrections_correctionrequest WHERE "

    assert states.keys() == set(State)
    assert sheets == {"open", "closed", "signed", "filed"}
    assert rows(office, one + "in_conflict AND state = 'approved'") == [(1,)]
    assert rows(office, one + "reverses_id IS NOT NULL AND state = 'filed'") == [(1,)]
    assert rows(office, one + "exceptional AND state = 'submitted' AND step = 1") == [(1,)]
    assert rows(office, "SELECT count(*) FROM roll_studentrecord") == [(2000,)]
    assert rows(office, "SELECT count(*) FROM units_unit") == [(12,)]
    assert rows(office, "SELECT count(*) FROM corrections_case WHERE taken_by_id IS NOT NULL") == [
        (1,)
    ]


def test_evidence_is_there_with_one_scan_used_twice(office):
    files = rows(office, "SELECT original, sha256 FROM evidence_evidencefile")
    twice = rows(
        office,
        "SELECT count(*) FROM evidence_evidencefile GROUP BY sha256 HAVING count(*) > 1",
    )
    pairs = rows(office, "SELECT count(*) FROM evidence_evidencereuse")

    assert len(files) > 70
    assert twice == [(2,)]
    assert pairs == [(2,)]
    assert rows(office, "SELECT count(*) FROM sheets_signedscan") == [(6,)]


def test_nothing_of_the_week_is_in_the_future_or_out_of_order(office):
    events = rows(office, "SELECT request_id, at FROM corrections_requestevent ORDER BY id")
    times = [at for _request, at in events]

    assert times == sorted(times)
    assert times[-1] <= time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    assert len({at[:10] for at in times}) >= 5


def test_what_is_kept_is_for_its_owners_eyes_alone(office, tmp_path):
    open_to_others = [
        path.name for path in office.data.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []

    # Whatever the command and the mask of whoever gives it.
    place = tmp_path / "data"
    assert run([*MANAGE, "check"], place).returncode == 0
    modes = {each: stat.S_IMODE(each.stat().st_mode) for each in (place, *place.iterdir())}
    assert modes == {place: 0o700, place / "keys": 0o700, place / "office.sqlite3": 0o600}


def test_the_trail_is_whole(office):
    trail = run([*MANAGE, "verify_audit", "--format", "json"], office.data)

    assert (trail.returncode, trail.stderr) == (0, "")
    assert json.loads(trail.stdout)["counts"]["entries"] > 400


def test_the_demo_again_makes_nothing_and_prints_the_same(office, sign_ins):
    again = run([*MANAGE, "load_demo", "--format", "json"], office.data)

    assert (again.returncode, again.stderr) == (0, "")
    assert json.loads(again.stdout) == sign_ins


def test_a_taken_port_is_told(office):
    second = run(SERVE, office.data, PORT=str(office.port))

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Port {office.port} is taken by another program."
        f" Choose one:  make run PORT={office.port + 1}\n"
    )


def test_it_stops_when_told_and_starts_again_with_the_same_data(office, sign_ins):
    before = rows(office, "SELECT count(*) FROM corrections_case")
    status, rest = office.stop()
    assert (status, rest) == (0, "Stopped.\n")
    with sqlite3.connect(office.data / "office.sqlite3") as database:
        database.execute("INSERT INTO django_session VALUES ('old', 'searches', '2021-01-01')")

    again = Served(office.data)
    assert sign_ins[0]["password"] in again.said
    assert "Loading" not in again.said
    assert rows(again, "SELECT * FROM django_session WHERE session_key = 'old'") == []
    assert rows(again, "SELECT count(*) FROM corrections_case") == before
    again.process.send_signal(signal.SIGINT)
    rest, _ = again.process.communicate(timeout=AT_MOST)
    assert (again.process.returncode, rest) == (0, "Stopped.\n")


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "abc", "80 80", "８０００", "1e3"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(CannotServe) as refused:
        port_of(text)

    assert f"PORT={text}" in refused.value.words.en
    assert f"PORT={text}" in refused.value.words.zh


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_ports_are_read(text):
    assert port_of(text) == int(text)


def refusal(data, **changes):
    refused = run(SERVE, data, PORT=str(free_port()), **changes)
    assert (refused.returncode, refused.stdout) == (1, "")
    (line,) = refused.stderr.splitlines()
    return line


def test_a_data_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    assert refusal(tmp_path / "file" / "data").startswith("The data folder cannot be written: ")


def test_a_key_that_was_cut_is_told_in_chinese_where_the_system_is(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "session.key").write_text("short")

    assert refusal(tmp_path, LC_ALL="zh_CN.UTF-8").startswith("设置有误：")


def test_a_database_that_is_none_is_told(tmp_path):
    (tmp_path / "office.sqlite3").write_bytes(b"this is no database" * 100)

    assert refusal(tmp_path).startswith("The database cannot be used: file is not a database.")


def test_a_database_of_a_newer_release_is_told_and_left_alone(tmp_path):
    assert run([*MANAGE, "migrate", "--verbosity=0"], tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "office.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('roll', '0099_later', '2030-01-01')"
        )
    before = dump(tmp_path)

    assert refusal(tmp_path).startswith("The database was made by a newer release.")
    assert dump(tmp_path) == before


def dump(data):
    with sqlite3.connect(data / "office.sqlite3") as database:
        return list(database.iterdump())
