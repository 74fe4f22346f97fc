"""A package that arrived, held against its manifest and against what was sent from here."""

import hashlib
import io
import json
import zipfile

import pytest
from builders.office import again, filed
from builders.sending import ready_package
from builders.uploads import upload
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from backoffice.packages.models import OutgoingPart
from correctionkit.packages.manifest import manifest_bytes

pytestmark = pytest.mark.django_db

VERIFY = reverse("admin:packages_outgoingpackage_verify")
FILES = {"附表2.xlsx": b"table", "2535001299011张三/身份证.jpg": b"picture"}
TOP = "示例分部学生基本信息修改材料 第1批 1人 20261120"


def packed(files=FILES, *, manifest=FILES):
    """Return a ZIP with a manifest that tells of other files, if others are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{TOP}/{name}", content)
        if manifest is not None:
            digests = {name: hashlib.sha256(each).hexdigest() for name, each in manifest.items()}
            archive.writestr(f"{TOP}/manifest-sha256.txt", manifest_bytes(digests))
    return out.getvalue()


@pytest.fixture
def verified(client, office):
    def post(content, who="registrar", name="收到.zip"):
        client.force_login(again(getattr(office, who)))
        return client.post(VERIFY, {"file": upload(content, name)})

    return post


def known(office, content, **changes):
    """Make a part that was composed here with these bytes."""
    package = ready_package(office, filed(office))
    fields = {"sha256": hashlib.sha256(content).hexdigest(), "subject": TOP} | changes
    OutgoingPart.objects.filter(package=package).update(**fields)
    return package.parts.get()


def test_a_whole_package_is_said_to_be_whole(verified):
    page = verified(packed())

    arrival = page.context["arrival"]
    assert (page.status_code, arrival.sound, arrival.files, arrival.part) == (200, True, 2, None)


def test_what_differs_is_listed(verified):
    changed = {"附表2.xlsx": b"another", "多余.txt": b"more"}

    page = verified(packed(changed))

    assert page.context["arrival"].sound is False
    assert [(each.code, each.path) for each in page.context["findings"]] == [
        ("manifest-mismatch", "2535001299011张三/身份证.jpg"),
        ("manifest-mismatch", "多余.txt"),
        ("manifest-mismatch", "附表2.xlsx"),
    ]


def test_the_very_file_that_was_sent_is_known_with_or_without_manifest(verified, office):
    content = packed(manifest=None)
    part = known(office, content, state="sent")

    arrival = verified(content).context["arrival"]

    assert (arrival.part, arrival.sound, arrival.files) == (part, True, None)


def test_of_revisions_with_the_same_bytes_the_one_that_went_is_told(verified, office):
    content = packed()
    case, digest = filed(office), hashlib.sha256(content).hexdigest()
    went, later = (ready_package(office, case, revision=number) for number in (1, 2))
    OutgoingPart.objects.update(sha256=digest)
    went.parts.update(state="sent", sent_at=timezone.now())

    assert verified(content).context["arrival"].part == went.parts.get()
    went.parts.update(state="ready", sent_at=None)
    assert verified(content).context["arrival"].part == later.parts.get()


def test_an_id_number_in_the_name_of_the_file_is_masked(verified):
    page = verified(packed(), name="11010519491231002X.zip")

    assert "19491231" not in page.content.decode()


def test_another_file_of_that_name_is_no_good_even_if_its_manifest_holds(verified, office):
    part = known(office, b"what was sent")

    arrival = verified(packed()).context["arrival"]

    assert (arrival.part, arrival.namesake, arrival.sound) == (None, part, False)


def test_packages_out_of_sight_are_not_known(verified, office):
    content = packed()
    known(office, content)

    arrival = verified(content, who="other_head").context["arrival"]

    assert (arrival.part, arrival.namesake, arrival.sound) == (None, None, True)


def test_without_manifest_nothing_can_be_said(verified):
    arrival = verified(packed(manifest=None)).context["arrival"]

    assert (arrival.sound, arrival.files, arrival.readable) == (False, None, True)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"x", b"Rar!\x1a\x07\x00"])
def test_what_is_no_package_is_told(verified, content):
    page = verified(content)

    assert (page.status_code, page.context["arrival"].readable) == (200, False)


def test_nothing_chosen_is_told(client, office):
    client.force_login(again(office.registrar))

    assert client.post(VERIFY).status_code == 400


def test_the_administrator_verifies_nothing(client, office):
    client.force_login(again(office.administrator))

    assert client.get(VERIFY).status_code == 403


@pytest.mark.parametrize(
    ("content", "status", "whole"),
    [
        pytest.param(packed(), 0, True, id="whole"),
        pytest.param(packed({"附表2.xlsx": b"another"}), 1, False, id="changed"),
        pytest.param(packed(manifest=None), 1, False, id="no manifest"),
        pytest.param(b"no package", 2, False, id="no package"),
    ],
)
def test_the_command_says_it_by_its_status_too(tmp_path, capsys, content, status, whole):
    place = tmp_path / "a.zip"
    place.write_bytes(content)

    assert outcome(str(place)) == status

    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["whole"]) == ("backoffice/arrival/1", whole)
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert outcome(str(place), format="text") == status
    assert "SHA-256" in capsys.readouterr().out


def outcome(path, format="json"):  # noqa: A002 - the option's name
    try:
        call_command("verify_package", path, format=format)
    except SystemExit as ended:
        return ended.code
    return 0
