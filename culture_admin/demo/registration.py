"""Registration in the demo: Cixi's batch of 2012, what is on its way today, and the annual reports of last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.workflow.actions import perform, read_notices
from culture_admin.workflow.steps import FLOWS
from stations.actions import (
    assign_codes,
    change_registration,
    note_documents,
    open_annual_reports,
    open_registration,
    open_registrations,
    warn_late_reports,
)
from stations.models import Registration
from stations.models.registration import Ground, Kind, State

PURPOSE = "为当地群众提供公益文化服务，辅导村（社区）文化活动和文艺团队，协助管理文化市场。"
FUNDING, FUNDS = "财政补助", Decimal(300_000)
BATCH_2012 = "2012年综合文化站法人登记"
HANDED_IN = "原件已交登记窗口"
OPINION = "情况属实，同意上报，不涉及国家秘密。"
# Who takes the steps of a case, in their order; the town's are taken by its officer.
WAY = (
    ("submit", "bureau"),
    ("endorse", "town"),
    ("review", "leader"),
    ("accept", "registrar"),
    ("examine", "registrar"),
    ("approve", "registrar"),
    ("issue", "registrar"),
    ("announce", "registrar"),
)
AFTER = {
    State.DRAFT: 0, State.SUBMITTED: 1, State.ENDORSED: 2, State.FILED: 3, State.ACCEPTED: 4, State.EXAMINED: 5,
    State.APPROVED: 6, State.ISSUED: 7, State.ANNOUNCED: 8,
}  # fmt: skip
# Ended out of turn, so that somebody has a certificate to renew within the month, and one has lapsed; in days from today.
EXPIRING_SOON = {"longshan": 18, "wenyan": 25}
LAPSED = {"chongshou": -40, "yinong": -12}
# How long before the certificate each step was taken in 2012, in days.
BEFORE = {
    "submit": 24,
    "endorse": 22,
    "review": 20,
    "accept": 18,
    "examine": 10,
    "approve": 2,
    "issue": 0,
    "announce": 0,
}
# Changes on their way today, each in another state, by the order of the towns of a county.
ON_THEIR_WAY = (
    State.SUBMITTED, State.DRAFT, State.ENDORSED, State.FILED, State.ACCEPTED, State.EXAMINED, State.APPROVED, State.ISSUED,
)  # fmt: skip
# The towns people sign in to come first, so that something waits for each of them.
FIRST = ("guanhaiwei", "longshan", "xintang", "wenyan")
SAID = {
    "activities": "全年免费开放，组织群众文化活动、培训和展览，辅导村（社区）文艺团队。",
    "net_assets_begin": Decimal("1260000.00"),
    "net_assets_end": Decimal("1312000.00"),
    "income": Decimal("486000.00"),
    "expenditure": Decimal("434000.00"),
    "performance": "无违法违规和处罚情况。",
    "lawsuits": "无",
    "complaints": "无",
    "donations": "无",
    "other": "无",
}
WARNING, TIME_TO_MEND = "慈登〔{year}〕7号（演示）", 20


def certify(county: County, towns: dict[str, date]) -> None:
    """The batch by which stations became legal persons: each certificate issued on its day, by key of the town."""
    bureau, by_station = county.people["bureau"], {county.towns[key].station.pk: county.towns[key] for key in towns}
    opened = moment(min(towns.values()) - timedelta(days=40))
    cases = open_registrations(
        actor=bureau,
        stations=[town.station for town in by_station.values()],
        kind=Kind.ESTABLISHMENT,
        batch=BATCH_2012,
        at=opened,
        purpose=PURPOSE,
        funding=FUNDING,
        startup_funds=FUNDS,
    )
    note_documents(actor=bureau, registrations=cases, note=HANDED_IN, at=opened)
    for step, office in WAY:
        if step == "approve":
            codes = {
                one.pk: credit_code(INSTITUTION, county.division.code, serial) for serial, one in enumerate(cases, 1)
            }
            assign_codes(actor=county.people["registrar"], codes=codes, at=opened)
        together: dict[tuple[date, User], list[Registration]] = defaultdict(list)
        for case in cases:
            town = by_station[case.station_id]
            actor = town.people["town"] if office == "town" else county.people[office]
            together[towns[town.key] - timedelta(days=BEFORE[step]), actor].append(case)
        for (day, actor), some in sorted(together.items(), key=lambda each: each[0][0]):
            perform(some, step, actor=actor, at=moment(day), comment=OPINION if step == "endorse" else "")
    read_notices(actor=bureau, at=moment(max(towns.values())))


class Registrations:
    """What is on its way at `at`: changes in every state, a lapsed certificate to be renewed; and the reports of last year."""

    def __init__(self, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)

    def tell(self, county: County) -> None:
        towns = sorted(county.towns_of_today, key=lambda town: town.key not in FIRST)
        to_renew = {*EXPIRING_SOON, *LAPSED}
        sound = [town for town in towns if town.key not in to_renew]
        for town in towns:
            if town.key in to_renew:
                self._renewal(county, town)
        self._changes(county, sound[: len(ON_THEIR_WAY)])
        self._returned(county, sound[len(ON_THEIR_WAY)])
        self._cancellation(sound[len(ON_THEIR_WAY) + 1])

    def report(self, county: County) -> None:
        """Last year's reports: most are published, some are on their way, some still owed; of these one is warned, if late.

        They begin with the figures of that year: staff, money and trainings are known before.
        """
        towns = sorted(county.towns_of_today, key=lambda town: town.key not in FIRST)
        by_station = {town.station.pk: town for town in towns}
        opened = open_annual_reports(
            year=self._today.year - 1,
            at=min(moment(date(self._today.year, 1, 2)), self._at),
            stations=list(by_station),
        )
        cases = sorted(opened, key=lambda case: towns.index(by_station[case.station_id]))
        owed, filed = [*cases[:1], *cases[-1:]], cases[1:-1]
        day = min(moment(date(self._today.year, 3, 20)), self._at)
        for case in filed:
            town = by_station[case.station_id]
            change_registration(
                actor=town.head, registration=case, report=SAID | {"filled_in_by": town.head.name}, at=day
            )
        ready = list(
            Registration.objects.filter(pk__in=[case.pk for case in filed]).select_related(*JOINS).order_by("pk")
        )
        ready.sort(key=lambda case: towns.index(by_station[case.station_id]))
        note_documents(actor=county.people["bureau"], registrations=ready, note=HANDED_IN, at=day)
        for state, number in (
            (State.SUBMITTED, 2),
            (State.ENDORSED, 2),
            (State.ACCEPTED, 2),
            (State.ANNOUNCED, len(ready)),
        ):
            some, ready = ready[:number], ready[number:]
            self._bring(county, some, state, by_station, day)
        last = owed[-1]
        if last.file_by and last.file_by < self._today:
            warn_late_reports(
                actor=county.people["registrar"],
                registrations=[last],
                document=WARNING.format(year=self._today.year),
                mend_by=self._today + timedelta(days=TIME_TO_MEND),
                at=self._at,
            )

    def _renewal(self, county: County, town: Town) -> None:
        """Of a certificate that ends soon the head has begun it; a lapsed one is renewed late."""
        case = open_registration(actor=town.head, at=self._moment(6), station=town.station, kind=Kind.RENEWAL)
        note_documents(actor=town.head, registrations=[case], note=HANDED_IN, at=self._moment(6))
        if town.key in LAPSED:
            self._bring(county, [case], State.FILED, {case.station_id: town})

    def _changes(self, county: County, towns: list[Town]) -> None:
        """New funding, each case in another state."""
        for town, state in zip(towns, ON_THEIR_WAY, strict=True):
            case = self._change(town, items=["funding"], funding="财政补助、事业收入", event_on=self._ago(12))
            self._bring(county, [case], state, {case.station_id: town})

    def _returned(self, county: County, town: Town) -> None:
        """New premises, which the office has sent back."""
        moving_in = self._today + timedelta(days=25)
        case = self._change(town, items=["domicile"], domicile=f"{town.name}文化路88号", event_on=moving_in)
        self._bring(county, [case], State.FILED, {case.station_id: town})
        reason = "住所证明缺少产权单位签章，请补正。"
        perform(case, "return_by_office", actor=county.people["registrar"], at=self._at, comment=reason)

    def _cancellation(self, town: Town) -> None:
        """A station that is to be merged, in liquidation."""
        open_registration(
            actor=town.head,
            at=self._moment(30),
            station=town.station,
            kind=Kind.CANCELLATION,
            ground=Ground.MERGER,
            event_on=self._ago(60),
            liquidation_from=self._ago(20),
        )

    def _change(self, town: Town, **entries) -> Registration:
        case = open_registration(
            actor=town.head, at=self._moment(10), station=town.station, kind=Kind.CHANGE, **entries
        )
        note_documents(actor=town.head, registrations=[case], note=HANDED_IN, at=self._moment(9))
        return case

    def _bring(
        self,
        county: County,
        cases: Sequence[Registration],
        state: State,
        towns: dict[int, Town],
        at: datetime | None = None,
    ) -> None:
        """Takes the steps that lead to the state: what one person does, on all of them at once."""
        for number, (step, office) in enumerate(WAY[: AFTER[state]]):
            together: dict[User, list[Registration]] = defaultdict(list)
            for case in cases:
                if FLOWS[Registration].steps[step].concerns(case):
                    together[_actor(county, office, towns[case.station_id])].append(case)
            for actor, some in together.items():
                comment = OPINION if step == "endorse" else ""
                perform(some, step, actor=actor, at=at or self._moment(8 - number), comment=comment)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _moment(self, days: int) -> datetime:
        return min(moment(self._ago(days)), self._at)


JOINS = ("station__unit", "station__division", "county")


def _actor(county: County, office: str, town: Town) -> User:
    """Heads file today themselves, and officers of their towns speak for the sponsor."""
    return {"bureau": town.head, "town": town.people["town"]}.get(office) or county.people[office]
