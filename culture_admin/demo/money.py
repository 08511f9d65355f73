"""The money of stations: budgets of this year and last, what was paid late, overrun, moved to another purpose and cut."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from culture_admin.accounts.roles import Role
from culture_admin.demo.accounts import Offices
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.territory.models import Residents
from culture_admin.workflow.actions import perform
from stations.actions import (
    enter_payment,
    propose_budget,
    propose_purpose_change,
    record_spending,
    reverse_spending,
)
from stations.models import Budget, Instalment, PurposeChange, Spending

# Percent of the budget; what is earmarked is marked so. The purposes are those the report of Cixi names, and what a station needs.
LINES = (
    ("activities", 32, False), ("creation", 12, True), ("facilities", 18, False), ("rural", 10, False),
    ("heritage", 6, True), ("training", 8, False), ("books", 6, False), ("operation", 8, False),
)  # fmt: skip
PLAN = (((3, 20), 30), ((6, 20), 30), ((9, 20), 25), ((12, 10), 15))
YUAN_PER_RESIDENT, STEP = 8, 10_000
# Guanhaiwei gives about two million a year; Xintang's spending rose from several hundred thousand to five million in 2020.
KNOWN = {"guanhaiwei": 2_000_000, "xintang": 5_000_000}
OF_XINTANG = {2017: 420_000, 2018: 650_000, 2019: 880_000, 2020: 5_000_000}
DOCUMENT = "{town}关于下达{year}年综合文化站经费预算的通知（演示文号 {year}-{number}）"
SPENT = (("activities", 9, "送戏下乡演出费"), ("training", 3, "骨干培训讲课费"), ("books", 2, "图书报刊采购"))
LATE_DAYS = 18
# Who pays late, and who has not paid all of what fell due last.
PAID_LATE, STILL_OWING = ("guanhaiwei", "guali"), ("xintang", "zhouxiang")
CASES = {
    "guanhaiwei": ("", "", "追加元宵灯会经费"),
    "longshan": ("approve", "", "新排越剧大戏"),
    "xintang": ("refuse", "请先用足原项目经费，年底再议。", "购置舞台设备"),
    "wenyan": ("withdraw", "改由镇街另行安排。", "非遗馆改造"),
}


class Money:
    """Writes the budgets of a county's stations and what became of them, as it stands at `at`."""

    def __init__(self, offices: Offices, at: datetime) -> None:
        self._offices, self._at, self._today = offices, at, timezone.localdate(at)
        self._vouchers = count(1)

    def tell(self, county: County) -> None:
        residents = dict(
            Residents.objects.filter(year=self._today.year, division__parent=county.division).values_list(
                "division", "number"
            )
        )
        for number, town in enumerate(county.towns_of_today, 1):
            if "town" not in town.people:
                town.people["town"] = self._offices.fill(f"town.{town.key}", Role.TOWN_OFFICER, town.government)
            total = KNOWN.get(town.key) or self._rounded(residents.get(town.division.pk, 50_000) * YUAN_PER_RESIDENT)
            for year in (self._today.year - 1, self._today.year):
                self._year(town, year, total, number)
        for key in CASES:
            if asking := county.towns.get(key):
                self._ask(county, asking)
        self._go_wrong(county)
        self._revise(county)
        if xintang := county.towns.get("xintang"):
            self._rise(xintang)

    def _year(self, town: Town, year: int, total: int, number: int) -> None:
        """A budget in force since January, what fell due of it paid, and something spent."""
        filed = min(date(year, 1, 12), self._today)
        budget = self._file(town, year, total, number, filed)
        perform(budget, "commit", actor=town.people["town"], at=moment(filed + timedelta(days=3)))
        for one in budget.instalments.select_related("budget"):
            if one.due_on <= self._today:
                self._pay(town, one)
        if town.key == "xintang" and year == self._today.year:
            return
        for place, (purpose, percent, what) in enumerate(SPENT if year == self._today.year else SPENT[:1]):
            day = min(date(year, 4, 10) + timedelta(days=40 * place), self._today)
            self._spend(town, year, purpose, total * percent // 100, day, what)

    def _file(self, town: Town, year: int, total: int, number: int, day: date, reason: str = "", **plan) -> Budget:
        lines = plan.get("lines") or [
            {"purpose": purpose, "amount": Decimal(total * percent // 100), "locked": locked}
            for purpose, percent, locked in LINES
        ]
        instalments = plan.get("instalments") or [
            {"due_on": date(year, *when), "amount": Decimal(total * percent // 100)} for when, percent in PLAN
        ]
        return propose_budget(
            actor=town.people["town"],
            at=moment(day),
            station=town.station,
            year=year,
            lines=lines,
            instalments=instalments,
            document=DOCUMENT.format(town=town.name, year=year, number=number),
            reason=reason,
        )

    def _pay(self, town: Town, one: Instalment) -> None:
        """In time, or late where the town pays late; of what fell due last some owe still."""
        is_last = one.due_on > self._today - timedelta(days=120) and one.due_on.month != PLAN[-1][0][0]
        amount, day = one.amount, one.due_on - timedelta(days=2)
        if town.key in PAID_LATE and one.number == 2:
            day = min(one.due_on + timedelta(days=LATE_DAYS), self._today)
        if town.key in STILL_OWING and is_last:
            amount = one.amount / 2
        enter_payment(
            actor=town.people["town"],
            at=moment(day),
            station=town.station,
            year=one.budget.year,
            amount=amount,
            on=day,
            document=f"财政直接支付凭证 {next(self._vouchers):04}",
            instalment=one,
        )

    def _spend(self, town: Town, year: int, purpose: str, amount: Decimal | int, day: date, what: str) -> Spending:
        return record_spending(
            actor=town.head,
            at=moment(day),
            station=town.station,
            year=year,
            purpose=purpose,
            amount=Decimal(amount),
            on=day,
            document=f"记账凭证 {next(self._vouchers):04}",
            note=what,
        )

    def _ask(self, county: County, town: Town) -> None:
        """A case to use money for another purpose, in each town another state."""
        step, comment, reason = CASES[town.key]
        day = self._today - timedelta(days=9)
        if day.year < self._today.year:
            return
        case: PurposeChange = propose_purpose_change(
            actor=town.head,
            at=moment(day),
            station=town.station,
            year=day.year,
            from_purpose="operation",
            to_purpose="creation",
            amount=Decimal(20_000),
            reason=reason,
        )
        if step:
            by = town.head if step == "withdraw" else county.people["finance"]
            perform(case, step, actor=by, at=moment(day + timedelta(days=3)), comment=comment)

    def _go_wrong(self, county: County) -> None:
        """A purpose overrun, one that was earmarked, an entry made twice and taken back, one that came late."""
        year, day = self._today.year, self._today - timedelta(days=5)
        if day.year < year:
            return
        if town := county.towns.get("longshan"):
            self._spend(town, year, "training", self._left(town, "training") + 8_600, day, "赴省培训差旅费")
        if town := county.towns.get("wenyan"):
            self._spend(town, year, "creation", self._left(town, "creation") + 15_000, day, "追加排练服装")
        if town := county.towns.get("guanhaiwei"):
            twice = self._spend(town, year, "books", 12_800, day, "报刊订阅（重复录入）")
            reverse_spending(actor=town.head, spending=twice, reason="同一张发票录入两次", at=self._at)
            record_spending(
                actor=town.head,
                at=self._at,
                station=town.station,
                year=year,
                purpose="activities",
                amount=Decimal("8650.50"),
                on=max(self._today - timedelta(days=75), date(year, 1, 1)),
                document=f"记账凭证 {next(self._vouchers):04}",
                note="镇广场舞大赛场租",
                late_reason="对方发票开具较晚",
            )

    def _revise(self, county: County) -> None:
        """A revision in force, a cut that waits for the bureau, next year's budget filed, and one that was returned."""
        day, year = self._today - timedelta(days=4), self._today.year
        if town := county.towns.get("guanhaiwei"):
            town_says = "已进入下一年度预算编制"
            budget = self._file(town, year + 1, KNOWN["guanhaiwei"], 90, day, town_says)
            assert budget.state == Budget.State.PROPOSED
        if town := county.towns.get("zhouxiang"):
            self._file_changed(town, Decimal(-20_000), "财力紧张，压减设施经费", day)
        if town := county.towns.get("kandun"):
            cut = self._file_changed(town, Decimal(-30_000), "调整支出结构", day)
            if cut:
                step = "object" if cut.state == Budget.State.AWAITING else "return"
                by = county.people["finance"] if step == "object" else town.people["town"]
                perform(cut, step, actor=by, at=self._at, comment="年度工作经费应予保障，请说明调减理由。")
        if town := county.towns.get("wenyan"):
            more = self._file_changed(town, Decimal(60_000), "追加文化礼堂设备购置", day)
            if more:
                perform(more, "commit", actor=town.people["town"], at=self._at)

    def _file_changed(self, town: Town, by: Decimal, reason: str, day: date) -> Budget | None:
        """The budget in force with so much more, or less, for facilities and in the last instalment, if that is still to come."""
        former = Budget.objects.committed().of(town.station, self._today.year).get()
        planned = list(former.instalments.order_by("number"))
        if planned[-1].due_on <= self._today:
            return None
        lines = [
            {
                "purpose": line.purpose,
                "amount": line.amount + (by if line.purpose == "facilities" else 0),
                "locked": line.locked,
            }
            for line in former.lines.order_by("pk")
        ]
        instalments = [
            {"due_on": one.due_on, "amount": one.amount + (by if one is planned[-1] else 0)} for one in planned
        ]
        return self._file(town, former.year, 0, 91, day, reason, lines=lines, instalments=instalments)

    def _rise(self, town: Town) -> None:
        """What the report tells of Xintang: several hundred thousand yuan a year before, five million in 2020."""
        for year, total in OF_XINTANG.items():
            for place, (purpose, percent, _locked) in enumerate(LINES):
                day = date(year, 2 + place, 16)
                self._spend(town, year, purpose, total * percent // 100, day, "年度支出")

    def _left(self, town: Town, purpose: str) -> Decimal:
        budget = Budget.objects.committed().of(town.station, self._today.year).get()
        return budget.lines.with_account().get(purpose=purpose).left

    def _rounded(self, amount: int) -> int:
        return max(amount // STEP, 1) * STEP
