"""Files sent in pieces: they go on where they broke off, and however often they are sent they are one attachment."""

from __future__ import annotations

import io
import json
import threading
import uuid
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from culture_admin.exchange import uploading
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.keeping import ABANDONED, sweep_files
from culture_admin.exchange.models import UNCOMMITTED, Attachment, Upload
from culture_admin.exchange.tasks import sweep_unfinished_files
from culture_admin.exchange.uploading import sweep_uploads
from tests.district import NOW, District
from tests.exchange.test_attachments import photo, read
from tests.interfaces.conftest import Api

STREAM = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head(district) -> Api:
    return Api(district.station_head_east)


@pytest.fixture
def activity(district):
    return district.log()


def noise(side=300, **options) -> bytes:
    """A photo of some ten pieces."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).save(out, "JPEG", **options)
    return out.getvalue()


def announce(client, activity, content, **changes):
    body = {
        "client_uuid": str(uuid.uuid4()),
        "subject": str(activity.client_uuid),
        "name": "现场.jpg",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    } | changes
    return client.post("uploads/", body)


def patch(client, pk, offset, chunk):
    return client.generic("PATCH", f"uploads/{pk}/", chunk, content_type=STREAM, headers={"Upload-Offset": str(offset)})


def send(client, upload, content, size=8000) -> dict:
    while upload["attachment"] is None:
        offset = upload["offset"]
        answer = patch(client, upload["id"], offset, content[offset : offset + size])
        assert answer.status_code == 200, answer.content.decode()
        upload = answer.json()
    return upload


def test_a_file_sent_in_pieces_becomes_an_attachment(head, activity):
    content = noise()
    upload = announce(head, activity, content).json()
    assert (upload["offset"], upload["attachment"], upload["subject_id"]) == (0, None, activity.pk)
    done = send(head, upload, content)
    attachment = Attachment.objects.get(pk=done["attachment"])
    assert attachment.subject == activity
    assert attachment.original_sha256 == sha256(content).hexdigest()
    assert Image.open(io.BytesIO(read(attachment))).size == (300, 300)


def test_the_upload_says_where_to_go_on(head, activity):
    content = noise()
    upload = announce(head, activity, content).json()
    patch(head, upload["id"], 0, content[:5000])
    assert head.read(f"uploads/{upload['id']}/")["offset"] == 5000
    answer = patch(head, upload["id"], 0, content[:5000])
    assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (409, "offset", 5000)
    assert send(head, head.read(f"uploads/{upload['id']}/"), content)["attachment"]


def test_announced_twice_it_is_one_upload_and_sent_twice_one_attachment(head, activity):
    content, known = noise(), str(uuid.uuid4())
    first = announce(head, activity, content, client_uuid=known).json()
    done = send(head, first, content)
    assert announce(head, activity, content, client_uuid=known).json() == done
    other = announce(head, activity, content, subject=activity.pk).json()
    assert send(head, other, content)["attachment"] == done["attachment"]
    assert Attachment.objects.count() == 1
    late = patch(head, first["id"], 0, content[:100]).json()
    assert (late["code"], late["attachment"]) == ("offset", done["attachment"])


def test_another_file_under_a_used_id_is_refused(head, activity):
    known = str(uuid.uuid4())
    announce(head, activity, noise(), client_uuid=known)
    assert announce(head, activity, photo(), client_uuid=known).json()["code"] == "upload_differs"


def test_bytes_that_are_not_the_announced_ones_are_sent_again_from_the_beginning(head, activity):
    content = noise()
    upload = announce(head, activity, content).json()
    patch(head, upload["id"], 0, content[:5000])
    answer = patch(head, upload["id"], 5000, bytes(len(content) - 5000))
    assert (answer.status_code, answer.json()["code"]) == (400, "upload_hash")
    again = head.read(f"uploads/{upload['id']}/")
    assert again["offset"] == 0
    assert send(head, again, content)["attachment"]


REFUSED = [
    ({"size": 0}, "min_value", "/size"),
    ({"size": "12"}, "invalid", "/size"),
    ({"size": 26 * 1024 * 1024}, "file_too_large", "/size"),
    ({"sha256": "x"}, "digest", "/sha256"),
    ({"client_uuid": "1"}, "uuid_format", "/client_uuid"),
    ({"subject": 10**9}, "does_not_exist", "/subject"),
    ({"subject": str(uuid.uuid4())}, "does_not_exist", "/subject"),
    ({"subject": "1"}, "uuid_format", "/subject"),
    ({"subject": None}, "null", "/subject"),
    ({"subject": True}, "invalid", "/subject"),
    ({"subject_kind": "user"}, "does_not_exist", "/subject"),
    ({"subject_kind": "team"}, "does_not_exist", "/subject"),
    ({"name": ""}, "blank", "/name"),
    ({"taken_at": "2026-05-06"}, "instant_format", "/taken_at"),
    ({"colour": "red"}, "unknown_field", "/colour"),
]


@pytest.mark.parametrize(("changes", "code", "pointer"), REFUSED)
def test_what_cannot_be_announced_is_refused_in_words(head, activity, changes, code, pointer):
    answer = announce(head, activity, photo(), **changes)
    told = answer.json()
    assert (answer.status_code, told["code"], told["errors"][0]["pointer"]) == (400, code, pointer)
    assert not Upload.objects.exists()


def test_pieces_are_refused_in_words(head, activity):
    content = noise()
    pk = announce(head, activity, content).json()["id"]

    def told(answer):
        return answer.status_code, answer.json()["code"]

    assert told(patch(head, pk, "x", b"1")) == (400, "upload_offset")
    assert told(patch(head, pk, -1, b"1")) == (400, "upload_offset")
    assert told(patch(head, pk, 0, b"")) == (400, "required")
    assert told(patch(head, pk, 7, b"1")) == (409, "offset")
    assert told(patch(head, pk, 0, content + b"1")) == (400, "upload_too_long")
    assert told(patch(head, pk, 0, bytes(uploading.LARGEST_CHUNK + 1))) == (413, "body_too_large")
    assert told(head.patch(f"uploads/{pk}/", {"offset": 1})) == (415, "media_type")


def test_an_upload_is_its_senders_alone(head, district, activity):
    content = noise()
    pk = announce(head, activity, content).json()["id"]
    other = Api(district.station_officer_east)
    assert patch(other, pk, 0, content[:100]).status_code == other.get(f"uploads/{pk}/").status_code == 404
    foreign = announce(Api(district.station_head_west), activity, content)
    assert (foreign.status_code, foreign.json()["code"]) == (400, "does_not_exist")
    reader = announce(Api(district.observer), activity, content)
    assert (reader.status_code, reader.json()["code"]) == (403, "not_your_power")


def test_who_leaves_too_many_half_sent_begins_no_more(head, activity, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_OPEN", 2)
    answers = [announce(head, activity, photo()).status_code for _number in range(3)]
    assert answers == [201, 201, 409]


def test_after_a_week_an_upload_begins_again(head, activity):
    content, known = noise(), str(uuid.uuid4())
    upload = announce(head, activity, content, client_uuid=known).json()
    patch(head, upload["id"], 0, content[:5000])
    Upload.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert patch(head, upload["id"], 5000, content[5000:6000]).json()["code"] == "upload_expired"
    again = announce(head, activity, content, client_uuid=known).json()
    assert again["offset"] == 0
    assert send(head, again, content)["attachment"]


def test_what_is_a_week_old_is_swept(head, activity):
    content = noise()
    upload = announce(head, activity, content).json()
    patch(head, upload["id"], 0, content[:5000])
    gathered = Path(Upload.objects.get().path)
    assert gathered.stat().st_size == 5000
    assert sweep_uploads(timezone.now()) == 0
    assert sweep_uploads(timezone.now() + timedelta(days=8)) == 1
    assert not Upload.objects.exists()
    assert not gathered.exists()


def test_what_the_phone_says_of_the_photo_it_shrank_is_kept(head, activity):
    content, original = noise(), sha256(b"the photo as it was").hexdigest()
    upload = announce(head, activity, content, original_sha256=original, taken_at="2026-05-06T11:30:00.000Z").json()
    attachment = Attachment.objects.get(pk=send(head, upload, content)["attachment"])
    assert attachment.original_sha256 == original
    assert timezone.localtime(attachment.taken_at).isoformat() == "2026-05-06T19:30:00+08:00"


def test_a_file_whose_row_was_rolled_back_is_swept(district, activity, tmp_path):
    with transaction.atomic():
        attach_file(actor=district.station_head_east, subject=activity, name="a.jpg", content=photo(), at=NOW)
        transaction.set_rollback(True)
    (left,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left.suffix == UNCOMMITTED
    assert sweep_files(timezone.now()) == 0
    assert sweep_files(timezone.now() + ABANDONED * 2) == 1
    assert not left.exists()


@pytest.mark.usefixtures("committed_db")
def test_a_file_gets_its_name_when_its_row_is_committed():
    district = District()
    kept = attach_file(actor=district.station_head_east, subject=district.log(), name="a.jpg", content=photo(), at=NOW)
    assert default_storage.exists(kept.file.name)
    assert sweep_unfinished_files() == 0


@pytest.mark.usefixtures("committed_db")
def test_a_piece_sent_in_parallel_is_written_once():
    district = District()
    activity, content = district.log(), noise()
    upload = announce(Api(district.station_head_east), activity, content).json()
    statuses, half = [], len(content) // 2

    def deliver(offset: int, chunk: bytes) -> None:
        statuses.append(patch(Api(district.station_head_east), upload["id"], offset, chunk).status_code)
        connection.close()

    for offset, chunk in ((0, content[:half]), (half, content[half:])):
        threads = [threading.Thread(target=deliver, args=(offset, chunk)) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200, 200, *[409] * 6]
    assert Attachment.objects.count() == 1
    assert json.loads(Api(district.station_head_east).get(f"uploads/{upload['id']}/").content)["attachment"]
