"""The assessment that is under way, of last year: in Xiaoshan with a town in every state, in Cixi with its results in publicity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from activities.models import Activity
from assessments.actions import (
    appoint_assessor,
    claim_items,
    draft_cycle,
    mark_item,
    object_to,
    review_items,
    show_evidence,
    take_interim,
)
from assessments.models import Assessment, Cycle, PanelSeat
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import Offices
from culture_admin.demo.assessments import ON_PAPER, assessors_of, of_towns, writer_of
from culture_admin.demo.districts import CIXI, County, Town
from culture_admin.demo.entries import enter, moment
from culture_admin.demo.judged import Said, grades_of, say
from culture_admin.demo.opinions import draw_photo
from culture_admin.demo.programme import Programme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import follow, perform

# How far the towns of Xiaoshan are; those not named have not begun, and of these some have said a few things.
HALF_SAID, A_FEW_SAID = "xintang", ("louta", "guali", "suoqian")
DECLARED, RETURNED = "wenyan", "puyang"
SEALED = ("linpu", "beigan", "yiqiao")
ACCEPTED = ("ningwei", "shushan", "heshang", "daicun")
CHECKED = ("chengxiang", "xinjie")
HALF = ("1.1", "1.4", "2.1", "2.2", "3.2", "3.4")
FEW = ("1.1", "2.1")
ON_SITE_IN_CIXI = ("guanhaiwei", "longshan", "kandun")
RETURNED_BECAUSE = "3.4例会出勤率未附签到表，5.2星级团队评定文件缺页，请补齐后再报。"
STANDS_BACK = "本人配偶在该镇文化站任职，申请回避。"
CONTESTED, CONTESTED_TITLE = "guanhaiwei", "观海卫镇卫城灯会"
PAGES = ("1", "2", "3–4", "1–2")
NAMES = {
    "1.1": "年度工作计划及分工文件.jpg",
    "1.4": "财政预决算表.jpg",
    "2.1": "评估定级文件.jpg",
    "2.2": "法人证书及年度报告公示.jpg",
    "3.2": "人事办理情况说明.jpg",
    "3.4": "站长例会签到表.jpg",
    "5.2": "星级团队评定文件.jpg",
}
OF_STATIONS = {"1.2": "1200", "1.3": "6"}


class RunningYear:
    """Writes how far the assessment of last year is, as it stands at `at`."""

    def __init__(self, programme: Programme, offices: Offices, at: datetime) -> None:
        self._programme, self._offices, self._at = programme, offices, at
        self._today = timezone.localdate(at)
        self._year = self._today.year - 1

    def tell(self, county: County) -> None:
        """Last year's assessment of towns, and this year's of stations."""
        is_cixi = county.division.code == CIXI
        cycle = self._open(county, self._today + timedelta(days=-45 if is_cixi else 12))
        said = self._say(county, cycle)
        if is_cixi:
            self._show_results(county, cycle, said)
        else:
            self._carry_each(county, cycle, {town.key: (one, town, entries) for one, town, entries in said})
        self._grade(county, is_cixi)

    def _open(self, county: County, self_until: date) -> Cycle:
        service, year = county.people["service"], self._year
        cycle = draft_cycle(
            actor=service, scheme=_scheme(county, "town", year), self_until=self_until, at=moment(date(year, 3, 1))
        )
        perform(cycle, "open", actor=service, at=moment(date(year, 3, 5)))
        take_interim(
            actor=service,
            cycle=cycle,
            until=date(year, 6, 30),
            reason=f"{year}年上半年考核排名通报",
            at=moment(date(year, 7, 10)),
        )
        return cycle

    def _say(self, county: County, cycle: Cycle) -> list[tuple[Assessment, Town, Said]]:
        grades = grades_of(cycle.year)
        return [(one, town, say(town, cycle.scheme, grades)) for one, town in of_towns(cycle, county)]

    # --- Cixi ---------------------------------------------------------------------------------------------------------

    def _show_results(self, county: County, cycle: Cycle, said: Sequence[tuple[Assessment, Town, Said]]) -> None:
        """Everybody was reviewed; the results are in publicity, and two objections wait for the leader."""
        service, leader, contested = county.people["service"], county.people["leader"], county.towns[CONTESTED]
        record = self._log_returned(county, contested)
        for one, town, entries in said:
            claim_items(actor=writer_of(town), assessment=one, said=entries.claims, at=self._ago(55))
        _move(cycle, "declare", self._ago(52))
        _move(cycle, "seal", self._ago(50))
        perform(cycle, "lock", actor=service, at=self._ago(44))
        for one, town, entries in said:
            review_items(actor=service, assessment=one, said=entries.reviews, at=self._ago(36))
            if town.key in ON_SITE_IN_CIXI:
                for assessor in assessors_of(county, self._offices)[:2]:
                    self._visit(county, one, assessor, entries, self._ago(30))
        _move(cycle, "accept", self._ago(32))
        _move(cycle, "conclude", self._ago(16))
        perform(cycle, "total", actor=service, at=self._ago(8))
        perform(cycle, "publicise", actor=leader, at=self._ago(3))
        found = {town.key: (one, entries) for one, town, entries in said}
        object_to(
            actor=contested.people["town"],
            assessment=found[CONTESTED][0],
            code="4.1",
            wants="count",
            record=record,
            grounds="灯会确已举办，签到表与现场照片已补交文化站，应计入大型节庆活动。",
            at=self._ago(1),
        )
        object_to(
            actor=county.towns["longshan"].head,
            assessment=found["longshan"][0],
            code="3.4",
            wants="judge",
            asked="value",
            asked_numbers=[Decimal(1)],
            grounds="缺席的一次系参加市局培训，有培训签到为证，不应计为缺席。",
            at=self._ago(1),
        )

    def _log_returned(self, county: County, town: Town) -> Activity:
        day = date(self._year, 2, 24)
        row = self._programme.activity(county, town, day, "FEST") | {"title": CONTESTED_TITLE, "ends_on": day}
        keys = enter([row], town, by=county.people["service"], at=moment(day, 2))
        activity = Activity.objects.get(pk=keys[0])
        perform(activity, "return", actor=town.head, at=moment(day, 4), comment="签到表缺页，人数暂无依据。")
        return activity

    # --- Xiaoshan -----------------------------------------------------------------------------------------------------

    def _carry_each(self, county: County, cycle: Cycle, said: Mapping[str, tuple[Assessment, Town, Said]]) -> None:
        """A town in every state there is before the totals."""
        service = county.people["service"]
        self._begin(*said[HALF_SAID], HALF, shown=("1.1", "2.1"))
        for key in A_FEW_SAID:
            self._begin(*said[key], FEW)
        for key in (DECLARED, RETURNED, *SEALED, *ACCEPTED, *CHECKED):
            one, town, entries = said[key]
            self._begin(one, town, entries, shown=tuple(NAMES))
            perform(one, "declare", actor=town.head, at=self._ago(12))
            if key != DECLARED:
                perform(one, "seal", actor=town.people["town"], at=self._ago(11))
        perform(said[RETURNED][0], "return", actor=service, at=self._ago(2), comment=RETURNED_BECAUSE)
        for key in (*ACCEPTED, *CHECKED):
            one, _town, entries = said[key]
            review_items(actor=service, assessment=one, said=entries.reviews, at=self._ago(8))
            perform(one, "accept", actor=service, at=self._ago(7))
        self._send_panels(county, said)
        for key in CHECKED:
            one, _town, entries = said[key]
            for assessor in assessors_of(county, self._offices)[:2]:
                self._visit(county, one, assessor, entries, self._ago(4))
            perform(one, "conclude", actor=service, at=self._ago(3))

    def _begin(
        self, one: Assessment, town: Town, said: Said, only: Collection[str] = (), shown: Sequence[str] = ()
    ) -> None:
        """What the station says, and the files it shows; what is claimed without a file is not claimed yet."""
        claims = {code: entry for code, entry in said.claims.items() if not only or code in only}
        evidence = one.cycle.scheme.content.evidence
        for code, entry in claims.items():
            if shown and not only and code in evidence and code not in shown:
                entry |= {"claimed_numbers": [Decimal(0)], "note": ""}
                said.reviews[code] |= {"reviewed_numbers": [Decimal(0)], "remark": ""}
        claim_items(actor=writer_of(town), assessment=one, said=claims, at=self._ago(14))
        items = {item.code: item for item in one.items.all()}
        for number, code in enumerate(code for code in shown if code in evidence):
            show_evidence(
                actor=town.head,
                item=items[code],
                name=f"{town.name}{NAMES[code]}",
                content=draw_photo(Random(f"{town.key} {code}")),
                page=PAGES[number % len(PAGES)],
                happened_on=date(self._year, 2 + number, 12),
                at=self._ago(13),
            )

    def _send_panels(self, county: County, said: Mapping[str, tuple[Assessment, Town, Said]]) -> None:
        """One town half scored, one where two differ, one where one has finished, one where somebody stood back."""
        first, second, third = assessors_of(county, self._offices)
        half, apart, begun, conflict = (said[key] for key in ACCEPTED)
        self._visit(county, half[0], first, half[2], self._ago(2), only=("1.1",))
        self._visit(county, half[0], second, half[2], self._ago(2))
        self._visit(county, apart[0], second, apart[2], self._ago(3))
        self._visit(county, apart[0], third, apart[2], self._ago(3), stricter=True)
        self._appoint(county, begun[0], first, self._today + timedelta(days=2))
        self._visit(county, begun[0], third, begun[2], self._ago(1))
        seat = self._appoint(county, conflict[0], second, self._today + timedelta(days=3))
        perform(seat, "recuse", actor=second, at=self._ago(5), comment=STANDS_BACK)
        for assessor in (first, third):
            self._appoint(county, conflict[0], assessor, self._today + timedelta(days=3))

    # --- both ---------------------------------------------------------------------------------------------------------

    def _visit(
        self,
        county: County,
        one: Assessment,
        assessor: User,
        said: Said,
        at: datetime,
        only: Collection[str] = (),
        *,
        stricter: bool = False,
    ) -> None:
        """An assessor scores what is scored on the spot; all of it, and he has finished."""
        seat = self._appoint(county, one, assessor, timezone.localdate(at))
        for code, number in said.on_site.items():
            if only and code not in only:
                continue
            found = max(number - 2, Decimal(0)) if stricter and code == "5.2" else number
            note = "两支团队未见活动记录" if found != number else ""
            mark_item(actor=assessor, seat=seat, code=code, numbers=[found], note=note, at=at)
        if not only:
            perform(seat, "finish", actor=assessor, at=at)

    def _appoint(self, county: County, one: Assessment, assessor: User, visit_on: date) -> PanelSeat:
        return appoint_assessor(
            actor=county.people["service"], assessment=one, assessor=assessor, visit_on=visit_on, at=self._ago(6)
        )

    def _grade(self, county: County, is_open: bool) -> None:
        """This year's grading of stations: drafted in one county, begun in the other."""
        service, year = county.people["service"], self._today.year
        begun = min(moment(date(year, 3, 10)), self._at)
        cycle = draft_cycle(
            actor=service,
            scheme=_scheme(county, "station", year),
            self_until=self._today + timedelta(days=30),
            at=begun,
        )
        if not is_open:
            return
        perform(cycle, "open", actor=service, at=begun)
        for key, few in (("guanhaiwei", 2), ("longshan", 1)):
            town = county.towns[key]
            one = Assessment.objects.get(cycle=cycle, station=town.station)
            entries = {
                code: {"claimed": "value", "claimed_numbers": [Decimal(number)], "note": "按现状填报"}
                for code, number in list(OF_STATIONS.items())[:few]
            }
            claim_items(actor=writer_of(town), assessment=one, said=entries, at=self._ago(1))

    def _ago(self, days: int) -> datetime:
        return self._at - timedelta(days=days)


def _scheme(county: County, subject: str, year: int) -> Scheme:
    return Scheme.objects.of(county.division, subject, year).get(state=Scheme.State.PUBLISHED)


def _move(cycle: Cycle, step: str, at: datetime) -> None:
    follow(Assessment.objects.filter(cycle=cycle), step, actor=None, at=at, comment=ON_PAPER)
