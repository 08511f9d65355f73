"""Years of assessment that are over: Cixi's 2012, and 2018 to 2020 in Xiaoshan, from the opening to awards and archive.

They are scored by a sample scheme, which is nobody's document and says so in its name. What was handed in on paper in those days
is entered by those who have it, town by town, and moved on for all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from activities.models import Activity
from assessments.actions import (
    appoint_assessor,
    change_cycle,
    claim_items,
    draft_cycle,
    mark_item,
    object_to,
    pay_award,
    plan_recheck,
    reverse_award_payment,
    review_items,
    take_interim,
)
from assessments.actions.cycles import latest
from assessments.models import Assessment, Award, AwardPayment, Cycle, Recheck
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo import schemes
from culture_admin.demo.accounts import Offices
from culture_admin.demo.assessed import YEAR_OF_CIXI, YEARS_OF_XIAOSHAN
from culture_admin.demo.districts import CIXI, County, Town
from culture_admin.demo.entries import enter, moment
from culture_admin.demo.judged import Said, grades_of, say
from culture_admin.demo.names import Names
from culture_admin.demo.programme import Programme
from culture_admin.exchange.models import DocumentRegister
from culture_admin.exchange.paper.numbers import issue_number
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.workflow.actions import follow, perform

ON_PAPER = "纸质材料补录"
NO_STATION = "当年尚未设立综合文化站，不参加考核。"
# Beside the assessor with a name of his own in the README.
FURTHER_ASSESSORS = ("assessor2", "assessor3")
# Of this town two assessors differ too much, and a third goes.
THREE_AT = "andong"
APART = "5.2"
AWARDS = "award-list"
DOCUMENT = "关于公布{year}年度文化强镇（街道）考核结果的通知（演示文号 {after}-3）"
PAID_BY = "财政直接支付凭证 {after}-K{number:02}"
# An activity that was returned and then found to be in order, by year and town; and one that stays out.
UPHELD = (2020, "yiqiao", "义桥镇渔浦文化节闭幕演出")
DISMISSED = (2019, "yinong", "益农镇村晚（村民自办）")
# The last award of the year was sent back by the bank not long ago, and is owed again.
SENT_BACK = (2020, 6)
RECHECKED, NOT_YET_RECHECKED = 2018, 2020


def assessors_of(county: County, offices: Offices) -> list[User]:
    """The county's assessors, with those who are appointed here; by chances of their own, so that nobody else is renamed."""
    for office in FURTHER_ASSESSORS:
        if office not in county.people:
            username = f"{office}.{county.key}"
            name = Names(Random(username)).person()
            county.people[office] = offices.fill(username, Role.ASSESSOR, county.bureau, name=name)
    return [county.people[office] for office in ("assessor", *FURTHER_ASSESSORS)]


def of_towns(cycle: Cycle, county: County) -> list[tuple[Assessment, Town]]:
    """Who is assessed in a year, each with his town."""
    by_division = {town.division.pk: town for town in county.towns.values()}
    rows = (
        Assessment.objects.standing().filter(cycle=cycle).select_related("cycle__scheme", "division", "unit", "station")
    )
    return [(one, by_division[one.division_id]) for one in rows.order_by("division__code")]


def writer_of(town: Town) -> User:
    """Who writes for the town today: the head of its station, or the town where there is none."""
    return town.head if town.head.offices else town.people["town"]


class PastYears:
    """Carries years that are over to their end, as it stands at `at`."""

    def __init__(self, programme: Programme, offices: Offices, at: datetime) -> None:
        self._programme, self._offices, self._at = programme, offices, at

    def tell(self, county: County) -> None:
        """Every year of the county."""
        is_cixi = county.division.code == CIXI
        for year in (YEAR_OF_CIXI,) if is_cixi else YEARS_OF_XIAOSHAN:
            self._carry(county, year)

    def _carry(self, county: County, year: int) -> None:
        service, leader = county.people["service"], county.people["leader"]
        late = self._log_returned(county, year)
        scheme = schemes.issue(county, "town", year, "strong-town", moment(date(year, 2, 15)))
        cycle = draft_cycle(actor=service, scheme=scheme, self_until=date(year + 1, 1, 12), at=moment(date(year, 3, 1)))
        perform(cycle, "open", actor=service, at=moment(date(year, 3, 5)))
        without = Assessment.objects.filter(cycle=cycle, station=None)
        perform(without, "void", actor=service, at=moment(date(year, 3, 6)), comment=NO_STATION)
        if county.division.code != CIXI:
            take_interim(
                actor=service,
                cycle=cycle,
                until=date(year, 6, 30),
                reason=f"{year}年上半年考核排名通报",
                at=moment(date(year, 7, 10)),
            )
        self._say(county, cycle)
        perform(cycle, "total", actor=service, at=self._after(year, 2, 10))
        perform(cycle, "publicise", actor=leader, at=self._after(year, 2, 15))
        self._contest(county, cycle, late)
        change_cycle(
            actor=service,
            cycle=cycle,
            document=DOCUMENT.format(year=year, after=year + 1),
            document_on=date(year + 1, 3, 8),
            at=self._after(year, 3, 8),
        )
        cycle = Cycle.objects.select_related("scheme", "place").get(pk=cycle.pk)
        perform(cycle, "finalise", actor=leader, at=self._after(year, 3, 10))
        self._number(county, cycle)
        self._pay(county, cycle)
        self._recheck(county, cycle)

    def _number(self, county: County, cycle: Cycle) -> None:
        """The list of awards goes out under a number of the bureau's register."""
        paper = PAPERS[AWARDS]
        issue_number(
            actor=county.people["bureau"],
            register=DocumentRegister.objects.get(unit=county.bureau),
            title=f"{paper.label} · {cycle}"[:200],
            subject=cycle,
            paper=AWARDS,
            at=self._after(cycle.year, 3, 11),
        )

    def _say(self, county: County, cycle: Cycle) -> None:
        """Self-assessment, seal, review and acceptance."""
        service, year = county.people["service"], cycle.year
        grades = grades_of(year)
        said = [(one, town, say(town, cycle.scheme, grades)) for one, town in of_towns(cycle, county)]
        for one, town, entries in said:
            claim_items(actor=writer_of(town), assessment=one, said=entries.claims, at=self._after(year, 1, 6))
        self._move(cycle, "declare", self._after(year, 1, 8))
        self._move(cycle, "seal", self._after(year, 1, 11))
        perform(cycle, "lock", actor=service, at=self._after(year, 1, 15))
        for one, _town, entries in said:
            review_items(actor=service, assessment=one, said=entries.reviews, at=self._after(year, 1, 22))
        if county.division.code == CIXI:
            for number, (one, town, entries) in enumerate(said):
                self._visit(county, one, town, entries, number)
        self._move(cycle, "accept", self._after(year, 1, 25))
        self._move(cycle, "conclude", self._after(year, 2, 5))

    def _visit(self, county: County, one: Assessment, town: Town, said: Said, number: int) -> None:
        """Two assessors go, or three, and find what the papers say; where they differ, the one in the middle is right."""
        at = self._after(one.cycle.year, 1, 26)
        visit_on = timezone.localdate(at) - timedelta(days=number % 5)
        panel = assessors_of(county, self._offices)
        going = panel if town.key == THREE_AT else [panel[number % 3], panel[(number + 1) % 3]]
        for turn, assessor in enumerate(going):
            seat = appoint_assessor(
                actor=county.people["service"], assessment=one, assessor=assessor, visit_on=visit_on, at=at
            )
            for code, found in said.on_site.items():
                strict = len(going) > 2 and turn == 0 and code == APART
                mark_item(
                    actor=assessor,
                    seat=seat,
                    code=code,
                    numbers=[max(found - 2, Decimal(0)) if strict else found],
                    note="两支团队未见活动记录" if strict else "",
                    at=at,
                )
            perform(seat, "finish", actor=assessor, at=at)

    def _log_returned(self, county: County, year: int) -> Activity | None:
        """An activity of the year that the station sent back to the bureau, which had reported it."""
        for when, key, title in (UPHELD, DISMISSED):
            if when == year and (town := county.towns.get(key)):
                day = date(year, 10, 18)
                row = self._programme.activity(county, town, day, "FEST") | {"title": title, "ends_on": day}
                keys = enter([row], town, by=county.people["service"], at=moment(day, 2))
                activity = Activity.objects.get(pk=keys[0])
                perform(activity, "return", actor=town.head, at=moment(day, 4), comment="签到表缺页，人数暂无依据。")
                return activity
        return None

    def _contest(self, county: County, cycle: Cycle, record: Activity | None) -> None:
        """An objection at the record that was sent back: upheld in one year, dismissed in the other."""
        if record is None:
            return
        year = cycle.year
        is_upheld, key = year == UPHELD[0], (UPHELD if year == UPHELD[0] else DISMISSED)[1]
        town = county.towns[key]
        objection = object_to(
            actor=town.people["town"],
            assessment=Assessment.objects.get(cycle=cycle, division=town.division),
            code="4.1",
            wants="count",
            record=record,
            grounds="签到表与现场照片已补齐，应计入大型节庆活动。" if is_upheld else "活动确已举办，请予计入。",
            at=self._after(year, 2, 17),
        )
        perform(
            objection,
            "uphold" if is_upheld else "dismiss",
            actor=county.people["leader"],
            comment="补充材料属实，该场活动予以计入。" if is_upheld else "签到表仍缺，现场照片不能证明规模，维持原分。",
            at=self._after(year, 2, 20),
        )
        if not is_upheld:
            # It is not waited for any more.
            perform(record, "void", actor=town.head, at=self._after(year, 2, 24), comment="异议已驳回，不再补报。")

    def _pay(self, county: County, cycle: Cycle) -> None:
        """Every award is paid by a voucher of its own; then the year goes into the archive, unless one came back."""
        finance, year = county.people["finance"], cycle.year
        paid_on = date(year + 1, 4, 15)
        awards = Award.objects.filter(assessment__cycle=cycle).order_by("-amount", "assessment__division__code")
        payments = [
            pay_award(
                actor=finance,
                award=award,
                amount=award.amount,
                on=paid_on + timedelta(days=number % 3),
                document=PAID_BY.format(after=year + 1, number=number + 1),
                at=moment(paid_on, 4),
            )
            for number, award in enumerate(awards)
        ]
        if (county.division.code == CIXI, year) == (False, SENT_BACK[0]):
            self._send_back(county, payments)
        else:
            perform(cycle, "archive", actor=county.people["service"], at=self._after(year, 5, 20))

    def _send_back(self, county: County, payments: Sequence[AwardPayment]) -> None:
        reverse_award_payment(
            actor=county.people["finance"],
            awardpayment=payments[-1],
            reason="收款账户已撤销，银行退汇，待镇街提供新账户后重新支付。",
            at=self._at - timedelta(days=SENT_BACK[1]),
        )

    def _recheck(self, county: County, cycle: Cycle) -> None:
        """The best of a year is looked at again: of one year it was, of another it will be."""
        if county.division.code == CIXI or cycle.year not in (RECHECKED, NOT_YET_RECHECKED):
            return
        best = latest(cycle).results.exclude(title="").order_by("-total").select_related("assessment")[0].assessment
        planned = self._after(cycle.year, 6, 1) if cycle.year == RECHECKED else self._at - timedelta(days=9)
        due_on = date(cycle.year + 3, 5, 20) if cycle.year == RECHECKED else (self._at + timedelta(days=45)).date()
        recheck: Recheck = plan_recheck(actor=county.people["service"], assessment=best, due_on=due_on, at=planned)
        if cycle.year == RECHECKED:
            perform(
                recheck,
                "keep",
                actor=county.people["service"],
                at=moment(due_on, 5),
                comment="复核组实地查看，设施、队伍、活动均保持，称号予以保留。",
            )

    def _move(self, cycle: Cycle, step: str, at: datetime) -> None:
        follow(Assessment.objects.filter(cycle=cycle), step, actor=None, at=at, comment=ON_PAPER)

    def _after(self, year: int, month: int, day: int) -> datetime:
        """A day of the year after the one assessed."""
        return moment(date(year + 1, month, day))
