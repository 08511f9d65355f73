"""From notices to messages: to whom, how often, in which words, signed, tried again, and never twice under two keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection

from activities.actions import register_team
from culture_admin.accounts.actions import set_active
from culture_admin.workflow import outbox
from culture_admin.workflow.actions import perform, prefer, read_notices
from culture_admin.workflow.models import Carried, Message, Notice
from tests.district import NOW, TODAY
from tests.workflow.gateway import gateway

SECRET = "every-gateway-knows-one-secret-of-ours"
MORNING = NOW + timedelta(days=1)


@pytest.fixture
def messenger(settings):
    """A gateway that this installation knows."""
    with gateway() as running:
        settings.NOTICE_URL, settings.NOTICE_SECRET = running.address, SECRET
        yield running


def tell(district, name="腰鼓队"):
    """Something that waits for the head of the east station."""
    return register_team(actor=district.steward_east, at=NOW, station=district.east, name=name)


def listen(user, mode="at_once", channel="http", address="13800000000"):
    prefer(actor=user, channel=channel, mode=mode, address=address)
    user.language = "en"
    user.save()


def go_out(at=NOW) -> int:
    outbox.route(at)
    return outbox.send(at)


def test_without_an_address_nothing_leaves_the_house(district, messenger):
    tell(district)
    assert go_out() == 0
    assert (messenger.taken, mail.outbox) == ([], [])
    assert not Notice.objects.filter(routed_at=None).exists()


def test_whoever_wants_it_at_once_gets_a_message_of_its_own_for_each_notice(district, messenger):
    listen(district.station_head_east)
    tell(district, "一队"), tell(district, "二队")
    assert go_out() == 2
    assert [body["title"] for body in messenger.bodies()] == [
        "Team “一队” waits: Register",
        "Team “二队” waits: Register",
    ]
    assert {body["to"]["username"] for body in messenger.bodies()} == {"station_head_east"}
    assert go_out() == 0


def test_by_default_the_notices_of_a_day_go_out_together_in_the_morning(district, messenger):
    listen(district.station_head_east, mode="digest")
    tell(district, "一队"), tell(district, "二队")
    assert go_out() == 0
    tell(district, "三队")
    assert go_out(MORNING) == 1
    (body,) = messenger.bodies()
    assert body["title"] == "3 notices for you"
    assert body["text"].count("waits: Register") == 3
    tell(district, "四队")
    assert go_out(MORNING) == 0
    assert go_out(MORNING + timedelta(days=1)) == 1


def test_what_was_read_or_settled_by_the_morning_is_left_out(district, messenger):
    listen(district.station_head_east, mode="digest")
    team = tell(district, "一队")
    tell(district, "二队")
    go_out()
    perform(team, "register", actor=district.station_officer_east, at=NOW)
    go_out(MORNING)
    assert messenger.bodies()[0]["title"] == "Team “二队” waits: Register"
    tell(district, "三队")
    go_out(MORNING)
    read_notices(actor=district.station_head_east)
    assert go_out(MORNING + timedelta(days=1)) == 0
    assert Message.objects.get(state="idle").text == ""


def test_who_wants_nothing_gets_nothing(district, messenger):
    listen(district.station_head_east)
    listen(district.station_head_east, mode="none")
    tell(district)
    assert go_out() == 0


def test_a_mail_carries_the_words_in_the_readers_language(district):
    listen(district.station_head_east, channel="mail", address="head@example.com")
    listen(district.station_officer_east, channel="mail", address="officer@example.com")
    officer = district.station_officer_east
    officer.language = "zh-hans"
    officer.save()
    tell(district)
    assert go_out() == 2
    assert {(one.to[0], one.subject) for one in mail.outbox} == {
        ("head@example.com", "Team “腰鼓队” waits: Register"),
        ("officer@example.com", "团队“腰鼓队”待办：登记"),
    }
    assert {one.extra_headers["Message-ID"] for one in mail.outbox} == {
        f"<{message.key}@127.0.0.1>" for message in Message.objects.all()
    }


def test_a_post_is_signed_over_its_key_its_time_and_its_body(district, messenger):
    listen(district.station_head_east)
    tell(district)
    go_out()
    ((headers, body),) = messenger.taken
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == str(Message.objects.get().key) == messenger.bodies()[0]["id"]


@pytest.mark.parametrize("answer", [500, 302, 401])
def test_what_is_not_taken_is_tried_again_later_in_the_same_words_under_the_same_key(district, messenger, answer):
    listen(district.station_head_east)
    tell(district)
    messenger.answers = [answer]
    assert go_out() == 0
    assert go_out() == 0
    message = Message.objects.get()
    assert (message.state, message.answer.split()[0], message.due_at - NOW) == (
        "queued",
        str(answer),
        timedelta(minutes=1),
    )
    assert go_out(NOW + timedelta(minutes=1)) == 1
    first, second = messenger.taken
    assert first[1] == second[1]
    assert first[0]["webhook-id"] == second[0]["webhook-id"]


def test_a_gateway_that_is_away_is_tried_with_growing_pauses_and_given_up_at_last(district, settings):
    settings.NOTICE_URL, settings.NOTICE_SECRET = "http://127.0.0.1:9/", SECRET
    listen(district.station_head_east)
    tell(district)
    outbox.route(NOW)
    pauses, at = [], NOW
    for _attempt in range(outbox.ATTEMPTS):
        outbox.send(at)
        message = Message.objects.get()
        pauses.append((message.due_at - at) // timedelta(minutes=1))
        at = message.due_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert (message.state, message.attempts) == ("failed", outbox.ATTEMPTS)
    assert "refused" in message.answer
    assert outbox.send(at + timedelta(days=9)) == 0
    with gateway() as running:
        settings.NOTICE_URL = running.address
        outbox.send_again(actor=district.system_admin, message=message, at=at)
        assert outbox.send(at) == 1
        assert running.bodies()[0]["id"] == str(message.key)


def test_an_address_is_sealed_and_whoever_takes_it_away_gets_nothing_more(district, messenger):
    listen(district.station_head_east)
    with connection.cursor() as cursor:
        cursor.execute("SELECT http FROM workflow_contact")
        assert "138" not in cursor.fetchone()[0]
    tell(district)
    outbox.route(NOW)
    prefer(actor=district.station_head_east, channel="http", mode="at_once", address="")
    assert outbox.send(NOW) == 0
    assert messenger.taken == []


def test_an_account_that_is_closed_gets_nothing_more(district, messenger):
    listen(district.station_head_east, mode="digest")
    tell(district)
    go_out()
    set_active(actor=None, user=district.station_head_east, active=False)
    assert go_out(MORNING) == 0


def test_whoever_holds_an_office_twice_is_told_once(district, messenger):
    head = district.station_head_east
    membership = district.station_head_west.memberships.get()
    for days, acting_for in ((1, None), (2, membership)):
        head.memberships.create(
            role="station_head", unit=district.west.unit, valid_from=TODAY - timedelta(days=days), acting_for=acting_for
        )
    listen(head)
    register_team(actor=district.steward_west, at=NOW, station=district.west, name="西队")
    assert go_out() == 1
    assert Carried.objects.count() == 1


@pytest.mark.parametrize(("channel", "address", "code"), [("mail", "nobody", "invalid"), ("http", "a b", "invalid")])
def test_an_address_that_cannot_be_one_is_refused(district, channel, address, code):
    with pytest.raises(ValidationError) as refused:
        prefer(actor=district.observer, channel=channel, mode="digest", address=address)
    assert refused.value.error_dict["address"][0].code == code
