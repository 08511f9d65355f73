"""A thousand connections that break, at random but the same ones each time: every record arrives once and is receipted once."""

from __future__ import annotations

import json
import random
import uuid
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from activities.actions import add_learners, open_course, plan_activity
from activities.models import Activity, Receipt
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.models import Decision
from tests.activities.test_receipts import entry
from tests.activities.test_receipts import log as queued
from tests.interfaces.conftest import Api

DROPS, SEED = 1000, 20260520
HELD, SESSIONS, TIMES = "activities.held", "activities.sessions", "activities.person_times"


class Line:
    """A connection that breaks before a request, within its body, or after it and before its answer."""

    def __init__(self, client: Api, chance: random.Random):
        self.client, self.chance, self.drops = client, chance, Counter()

    def send(self, body: str, key: str) -> dict | None:
        """The answer, or None where the connection broke; once it has broken often enough it holds."""
        fate = self.chance.choices(["before", "within", "after", "none"], [52, 16, 20, 12])[0]
        if self.drops.total() >= DROPS:
            fate = "none"
        if fate == "before":
            return self._broken(fate)
        sent = body[: self.chance.randrange(len(body))] if fate == "within" else body
        answer = self.client.post("receipts/", sent, content_type="application/json", headers={"Idempotency-Key": key})
        if fate != "none":
            return self._broken(fate)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def _broken(self, fate: str) -> None:
        self.drops[fate] += 1


class Phone:
    """Keeps entries until a receipt names them, and asks again under the same key what it has asked already."""

    def __init__(self, line: Line):
        self.line, self.unsent, self.receipts = line, {}, {}
        self.asked: tuple[str, str] = ("", "")

    def keep(self, made: dict) -> dict:
        self.unsent[made["client_uuid"]] = made
        return made

    def send(self) -> None:
        if not self.unsent:
            return
        body = json.dumps({"records": list(self.unsent.values())})
        if self.asked[0] != body:
            self.asked = (body, str(uuid.uuid4()))
        answer = self.line.send(*self.asked)
        for receipt in answer["receipts"] if answer else ():
            assert self.receipts.setdefault(receipt["client_uuid"], receipt) == receipt
            self.unsent.pop(receipt["client_uuid"], None)
        # A correction may come before its log, and waits; nothing else stands in the way of anything.
        refused = [refusal for refusal in answer["refusals"] if refusal["code"] != "waits_for"] if answer else []
        assert refused == []


def test_a_thousand_broken_connections_lose_and_double_nothing(district):
    """Logs, corrections, planned things, sessions with their rosters; and a second device that has the same queue from a file."""
    chance, head = random.Random(SEED), district.station_head_east
    line = Line(Api(head), chance)
    phone, other = Phone(line), Phone(line)
    today = timezone.localdate()
    course = open_course(actor=head, station=district.east, title="古筝班", begins_on=today - timedelta(days=9))
    learners = [one.pk for one in add_learners(actor=head, course=course, names=["陈一", "林二", "张三"])]
    plans = [
        plan_activity(
            actor=head, station=district.east, title=f"计划{number}", kind=district.kind("PERF"), begins_on=today
        ).pk
        for number in range(25)
    ]  # fmt: skip
    expected = Counter()

    def log() -> None:
        heads = chance.randrange(500)
        made = phone.keep(queued(district, title=f"第{expected['log']}场", attendance=heads))
        if chance.random() < 0.4:
            heads = chance.randrange(500)
            phone.keep(entry("change", activity=made["client_uuid"], attendance=heads))
            expected["change"] += 1
        expected.update({"log": 1, TIMES: heads, HELD: 1})

    def session() -> None:
        present = chance.sample(learners, chance.randint(0, 3))
        phone.keep(entry("session", course=course.pk, begins_on=today.isoformat(), present=present))
        expected.update({"session": 1, SESSIONS: 1, TIMES: len(present)})

    def hold() -> None:
        heads = chance.randrange(500)
        phone.keep(entry("hold", activity=plans.pop(), seen="v1", attendance=heads))
        expected.update({"hold": 1, TIMES: heads, HELD: 1})

    while line.drops.total() < DROPS or phone.unsent or other.unsent:
        if line.drops.total() < DROPS and chance.random() < 0.12:
            chance.choice([log, session, hold if plans else log])()
        if chance.random() < 0.1:
            other.unsent |= phone.unsent
        chance.choice([phone, phone, other]).send()

    assert line.drops.total() == DROPS
    assert min(line.drops.values()) > 100
    made = sum(expected[kind] for kind in ("log", "change", "session", "hold"))
    assert Receipt.objects.count() == len(phone.receipts) == made
    assert all(phone.receipts[key] == receipt for key, receipt in other.receipts.items())
    assert Counter(Receipt.objects.values_list("kind", flat=True)) == Counter(
        {kind: expected[kind] for kind in ("log", "change", "session", "hold")}
    )
    counted = Activity.objects.counted()
    assert counted.count() == expected["log"] + expected["session"] + expected["hold"]
    assert Decision.objects.filter(step="change").count() == expected["change"]
    numbers = read([HELD, SESSIONS, TIMES], user=head, period=Period.of(Grain.MONTH, today)).total.values
    assert numbers == {HELD: expected[HELD], SESSIONS: expected[SESSIONS], TIMES: expected[TIMES]}
