"""Files sent to records: what they are is known by their content, whose record it is by the sender's scope."""

from __future__ import annotations

import io

import pytest

from culture_admin.exchange.models import UNCOMMITTED
from tests.bad_input.conftest import read
from tests.exchange.test_attachments import photo

PHOTO = photo()
MISSING = (400, "does_not_exist", "/subject_id")


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    # Only rows that were written have a file; it waits for their commit, which a test never makes.
    assert all(path.suffix == UNCOMMITTED for path in tmp_path.rglob("*") if path.is_file())


def send(client, activity, content=PHOTO, name="现场.jpg", **changes):
    sent = io.BytesIO(content)
    sent.name = name
    form = {"file": sent, "subject_kind": "activity", "subject_id": activity.pk} | changes
    return client.post("attachments/", {k: v for k, v in form.items() if v is not None}, format="multipart")


FORMS = [
    ({"file": None}, (400, "required", "/file")),
    ({"file": "a text"}, (400, "required", "/file")),
    ({"subject_kind": None}, MISSING),
    ({"subject_kind": "station"}, MISSING),
    ({"subject_kind": "user"}, MISSING),
    ({"subject_kind": "activity\x00"}, MISSING),
    ({"subject_id": None}, MISSING),
    ({"subject_id": "\x00"}, MISSING),
    ({"subject_id": "-1"}, MISSING),
    ({"subject_id": "0"}, MISSING),
    ({"subject_id": "1.0"}, MISSING),
    ({"subject_id": "１"}, MISSING),
    ({"subject_id": "9" * 30}, MISSING),
    ({"subject_id": str(2**63 - 1)}, MISSING),
]


def test_a_form_that_names_no_record_is_refused(api, district, nothing_written):
    activity = district.log()
    foreign = district.log(district.west)
    nothing_written()
    client = api(district.station_head_east)
    for changes, expected in [*FORMS, ({"subject_id": foreign.pk}, MISSING)]:
        assert read(send(client, activity, **changes)) == expected, changes
    assert read(client.post("attachments/", {"subject_id": 1}, format="json")) == (415, "media_type")


CONTENTS = [
    (b"", "file_empty"),
    (b"MZ\x90\x00", "file_type"),
    (b"<html><script>", "file_type"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type"),
    (b"PK\x03\x04", "file_type"),
    (b"\xff\xd8\xff\xe0", "file_type"),
    (photo(format="PNG")[:60], "image_broken"),
    (photo(400, 400)[:900], "image_broken"),
]


def test_a_file_is_what_its_content_says(api, district, nothing_written):
    activity = district.log()
    nothing_written()
    client = api(district.station_head_east)
    for content, code in CONTENTS:
        for name in ("a.jpg", "a.pdf"):
            assert read(send(client, activity, content, name)) == (400, code, "/file"), content[:20]


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "长" * 300 + ".jpg", "a\x07\x00b.jpg", "a\u202egpj.exe", "CON", "a\n.jpg", "x.jpg/"]
)
def test_no_name_of_a_file_leaves_its_place_or_turns_the_line(api, district, name):
    answer = send(api(district.station_head_east), district.log(), name=name)
    kept = answer.json()["name"]
    assert answer.status_code == 201
    assert 0 < len(kept) <= 120
    assert kept.isprintable()
    assert "/" not in kept
    download = api(district.station_head_east).get(f"attachments/{answer.json()['id']}/file/")
    assert download["Content-Disposition"].startswith("attachment;")
    assert download["X-Content-Type-Options"] == "nosniff"
    assert download["Content-Type"] == "image/jpeg"
    download.close()


def test_who_only_reads_a_record_adds_nothing_to_it(api, district, nothing_written):
    activity = district.log()
    nothing_written()
    for user in (district.observer, district.town_officer_east, district.assessor):
        assert read(send(api(user), activity))[:2] == (403, "not_your_power")
