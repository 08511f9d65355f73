"""A worker killed in the middle of its work neither loses nor doubles a notice, nor sends one under two keys."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from activities.actions import register_team
from culture_admin.environment import CHECKOUT
from culture_admin.workflow import outbox
from culture_admin.workflow.actions import owe, prefer
from culture_admin.workflow.models import Carried, Deadline, Message, Notice
from culture_admin.workflow.reminders import remind
from tests.district import NOW, TODAY, District
from tests.reports import report
from tests.workflow.gateway import gateway

KILLS = 10
# A worker that begins its work over and over, each time in a process of its own, whose number it says.
NURSERY = """
import os, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import connection
from django.utils import timezone
from django.utils import timezone
from culture_admin.workflow import outbox, reminders
for _order in sys.stdin:
    child = os.fork()
    if not child:
        reminders.remind(timezone.now())
        outbox.route(timezone.now())
        outbox.send()
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@pytest.fixture
def busy(committed_db, settings):
    """Thirty duties overdue and thirty teams that wait, for a head who wants to be told at once."""
    district = District()
    with gateway() as running:
        # Mostly a worker waits for an answer, and then it is killed mostly there.
        running.thinks = 0.02
        settings.NOTICE_URL, settings.NOTICE_SECRET = running.address, "s" * 40
        prefer(actor=district.station_head_east, channel="http", mode="at_once", address="12345")
        for number in range(30):
            owe(district.east.unit, code=f"d{number}", label=f"事{number}", opened_on=TODAY, due_on=TODAY)
            register_team(actor=district.steward_east, at=NOW, station=district.east, name=f"第{number}队")
        yield running


def test_a_worker_that_is_killed_loses_and_doubles_nothing(busy):
    environment = os.environ | {
        "NOTICE_URL": busy.address,
        "NOTICE_SECRET": "s" * 40,
        "DJANGO_SETTINGS_MODULE": "culture_admin.settings",
    }
    command = [sys.executable, "-c", NURSERY, connection.settings_dict["NAME"]]
    chance, kills = random.Random(7), 0
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        for _kill in range(KILLS):
            print("go", file=nursery.stdin, flush=True)
            worker = int(nursery.stdout.readline())
            time.sleep(chance.uniform(0.02, 0.4))
            try:
                os.kill(worker, signal.SIGKILL)
                kills += 1
            except ProcessLookupError:
                pass
            assert nursery.stdout.readline() == "gone\n"
        nursery.stdin.close()
    # What was taken from a worker that died is due again after a pause.
    assert Message.objects.exclude(state="sent").exists() or Notice.objects.filter(routed_at=None).exists()
    remind(timezone.now())
    outbox.route(timezone.now())
    Message.objects.filter(state="queued").update(due_at=NOW)
    while outbox.send():
        pass
    told = Counter(Notice.objects.values_list("kind", flat=True))
    assert (told["owed"], told["overdue"], told["waits"]) == (30, 30, 60)
    assert told["escalated"] == 2 * Deadline.objects.filter(due_on=TODAY).count()
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    # Each notice of his in one message, each message to the gateway under one key, in the same words each time.
    his = Notice.objects.filter(role="station_head")
    assert sorted(Carried.objects.values_list("notice", flat=True)) == sorted(his.values_list("pk", flat=True))
    sent = {body["id"]: body["text"] for body in busy.bodies()}
    assert sent.keys() == {str(key) for key in Message.objects.values_list("key", flat=True)}
    assert all(sent[body["id"]] == body["text"] for body in busy.bodies())
    report("outbox", kills=kills, notices=sum(told.values()), messages=len(sent), repeated=len(busy.taken) - len(sent))
    assert kills > KILLS // 2
