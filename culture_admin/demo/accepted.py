"""How the service was judged and paid: evaluations of each year, findings, samples, acceptances and payments of both terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo import schemes
from culture_admin.demo.accounts import Offices
from culture_admin.demo.days import Days
from culture_admin.demo.deals import FIRST_TERM
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.demo.firms import NAMES
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.sources import Origin
from culture_admin.workflow.actions import perform
from culture_admin.workflow.actions.notices import read_notices
from stewards.actions import (
    add_pool_member,
    add_qualification,
    change_steward,
    claim_evaluation,
    draw_spot_check,
    draw_up,
    enter_outcomes,
    open_evaluation,
    open_service_finding,
    pay_contract,
    propose_deduction,
    rate_service,
    review_evaluation,
)
from stewards.actions.evaluations import asked
from stewards.models import (
    Acceptance,
    Contract,
    Evaluation,
    PlannedPayment,
    Qualification,
    ServiceFinding,
    Signature,
    Steward,
)

NOTES = "见随附材料"
Kind = Qualification.Kind
# What a steward shows of himself: what it is, what it is called, since when (the first contract's beginning, or so long ago), for how
# many years, and of how many hours.
QUALIFICATIONS: tuple[tuple[str, str, timedelta | None, int | None, int | None], ...] = (
    (Kind.BEFORE_POST, "文化管家岗前培训", None, None, 24),
    (Kind.TRAINING, "年度业务培训", timedelta(days=150), None, 40),
    (Kind.HEALTH, "健康证明", timedelta(days=200), 1, None),
    (Kind.CLEAN_RECORD, "无犯罪记录证明", timedelta(days=200), 2, None),
    (Kind.EMPLOYMENT, "劳动合同与社会保险", None, None, None),
    (Kind.CONDUCT, "工作牌与行为守则", None, None, None),
)
# How well each firm did in what is judged: the share of an item that it reaches.
REACHES = {"江南文化管家服务公司": Decimal("0.96"), "钱潮艺术服务公司": Decimal("0.86")}
FOUND = (
    ("E3", "部分活动未提前三天在平台预告。", "已建立预告清单，项目经理逐场核对。"),
    ("F2", "抽查的活动档案缺签到表。", "已补齐签到表并开展档案培训。"),
    ("B8", "人员调整后交接单签收不全。", "已补签交接单。"),
)


class Accepting:
    """Writes how both terms of Xiaoshan's contracts were judged, accepted and paid, as it stands at `at`."""

    def __init__(self, county: County, offices: Offices, random: Random, at: datetime) -> None:
        for town in county.towns_of_today:
            if "town" not in town.people:
                town.people["town"] = offices.fill(f"town.{town.key}", Role.TOWN_OFFICER, town.government)
        self._county, self._random, self._at, self._today = county, random, at, timezone.localdate(at)
        self._section, self._leader, self._finance = (county.people[key] for key in ("service", "leader", "finance"))
        self._towns = {town.station.pk: town for town in county.towns.values()}

    def tell(self) -> None:
        contracts = Contract.objects.filter(place=self._county.division).select_related("firm__unit", "place")
        for contract in contracts.order_by("begins_on", "pk"):
            self._fill_files(contract)
            self._pay(contract, PlannedPayment.When.SIGNED, contract.begins_on)
            if contract.begins_on == FIRST_TERM.first:
                self._tell_past(contract)
            else:
                self._tell_present(contract)

    def _tell_past(self, contract: Contract) -> None:
        """Judged each year; the first instalment accepted after the half of the term, the last after its end."""
        years = [self._evaluate(contract, year) for year in (2019, 2020)]
        halfway = Days(contract.begins_on, date(2020, 5, 31))
        self._accept(contract, PlannedPayment.When.HALFWAY, years[0], halfway, date(2020, 6, 15))
        perform(contract, "finish", actor=self._section, at=moment(contract.ends_on, 1))
        years.append(self._evaluate(contract, 2021))
        self._check(contract, Days(date(2021, 1, 1), contract.ends_on), moment(contract.ends_on, 12))
        self._deduct(contract, date(2021, 8, 20), "事先未通知取消村级演出一场")
        rest = Days(date(2020, 6, 1), contract.ends_on)
        self._accept(contract, PlannedPayment.When.ACCEPTED, years[-1], rest, date(2021, 12, 20))

    def _tell_present(self, contract: Contract) -> None:
        """This year's evaluation is with the firm and the towns; something is to be put right."""
        code, what, _done = FOUND[contract.pk % len(FOUND)]
        open_service_finding(
            actor=self._section,
            contract=contract,
            what=what,
            code=code,
            opened_on=self._today - timedelta(days=3),
            due_on=self._today + timedelta(days=11),
            at=self._at,
        )
        read_notices(actor=self._manager(contract), at=self._at)
        scheme = schemes.standard_of(self._county, self._today.year, self._at)
        quarter = (contract.begins_on.month - 1) // 3 + 1
        open_evaluation(
            actor=self._section,
            contract=contract,
            scheme=scheme,
            year=contract.begins_on.year,
            quarter=quarter,
            at=self._at,
        )

    def _evaluate(self, contract: Contract, year: int) -> Evaluation:
        """A year's evaluation from the firm's own word to its conclusion."""
        closed = min(date(year, 12, 31), contract.ends_on) + timedelta(days=1)
        scheme = schemes.standard_of(self._county, year, moment(date(year, 2, 1)))
        evaluation = open_evaluation(
            actor=self._section, contract=contract, scheme=scheme, year=year, at=moment(closed)
        )
        said, reviewed = self._entries(evaluation)
        firm = self._manager(contract)
        claim_evaluation(actor=firm, evaluation=evaluation, said=said, at=moment(closed, 3))
        perform(evaluation, "declare", actor=firm, at=moment(closed, 4))
        for rating in evaluation.ratings.select_related("station"):
            town = self._towns[rating.station_id]
            points = self._random.choice((5, 5, 4, 4) if self._reach(contract) > Decimal("0.9") else (5, 4, 4, 3))
            rate_service(actor=town.people["town"], rating=rating, points=points, at=moment(closed, 6))
        review_evaluation(actor=self._section, evaluation=evaluation, said=reviewed, at=moment(closed, 8))
        perform(evaluation, "conclude", actor=self._section, at=moment(closed, 9))
        self._find(contract, evaluation, moment(closed, 9))
        evaluation.refresh_from_db()
        return evaluation

    def _entries(self, evaluation: Evaluation) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the firm says of what is judged, and what the review makes of it: of every eighth item something less."""
        said, reviewed = {}, {}
        sources, reach = evaluation.scheme.content.sources, self._reach(evaluation.contract)
        for number, indicator in enumerate(asked(evaluation)):
            claim = self._number(indicator.rule, sources[indicator.code].origin, sources[indicator.code].grades, reach)
            found, remark = claim, ""
            if number % 8 == 5:
                found = self._less(claim, sources[indicator.code].grades)
                remark = "核对材料后调整" if found != claim else ""
            said[indicator.code] = {"claimed": "value", "claimed_numbers": [claim], "note": NOTES}
            reviewed[indicator.code] = {"reviewed": "value", "reviewed_numbers": [found], "remark": remark}
        return said, reviewed

    def _number(self, rule: Rule, origin: Origin, grades: Sequence[Any], reach: Decimal) -> Decimal:
        if origin == Origin.YES_NO:
            return Decimal(1)
        if grades:
            return grades[0].value if self._random.random() < float(reach) else grades[1].value
        if rule.method.code == "M3":  # what is counted off
            return Decimal(0)
        target = rule.arguments["target"]
        return (target * reach).quantize(Decimal("0.01"))

    def _less(self, claim: Decimal, grades: Sequence[Any]) -> Decimal:
        if grades:
            return next((grade.value for grade in grades if grade.value < claim), claim)
        return claim if claim <= 1 else claim - 1

    def _find(self, contract: Contract, evaluation: Evaluation, at: datetime) -> None:
        """One thing found by each evaluation, put right and looked at again."""
        code, what, done = FOUND[evaluation.year % len(FOUND)]
        finding = open_service_finding(
            actor=self._section, contract=contract, evaluation=evaluation, what=what, code=code, at=at
        )
        perform(finding, "rectify", actor=self._manager(contract), at=at + timedelta(days=7), comment=done)
        finding = ServiceFinding.objects.get(pk=finding.pk)
        perform(finding, "accept", actor=self._section, at=at + timedelta(days=12))

    def _check(self, contract: Contract, span: Days, at: datetime) -> None:
        """A sample of a year's deliveries, all but one as logged."""
        check = draw_spot_check(
            actor=self._section, contract=contract, first=span.first, last=span.last, size=10, seed=contract.pk, at=at
        )
        said = {number: {"outcome": "true"} for number in range(1, 11)}
        said[4] = {"outcome": "different", "note": "签到表比登记少3人"}
        enter_outcomes(actor=self._section, spot_check=check, said=said, at=at)

    def _deduct(self, contract: Contract, on: date, reason: str) -> None:
        deduction = propose_deduction(
            actor=self._section,
            contract=contract,
            kind="cancelled",
            on=on,
            quantity=Decimal(1),
            reason=reason,
            at=moment(on, 5),
        )
        perform(deduction, "decide", actor=self._leader, at=moment(on, 6))

    def _accept(
        self, contract: Contract, when: PlannedPayment.When, evaluation: Evaluation, span: Days, on: date
    ) -> None:
        """Drawn up, signed by the bureau and the stations, accepted, and paid three weeks later."""
        instalment = contract.plan.get(when=when)
        sheet = draw_up(
            actor=self._section,
            contract=contract,
            instalment=instalment,
            evaluation=evaluation,
            first=span.first,
            last=span.last,
            conclusion="服务内容与清单相符，同意验收。",
            at=moment(on),
        )
        perform(sheet, "submit", actor=self._section, at=moment(on, 1))
        for signature in sheet.signatures.select_related("unit"):
            perform(signature, "sign", actor=self._signer(signature), at=moment(on, 4))
        sheet = Acceptance.objects.get(pk=sheet.pk)
        perform(sheet, "accept", actor=self._section, at=moment(on, 5))
        self._pay(contract, when, on + timedelta(days=20))
        contract.refresh_from_db()

    def _pay(self, contract: Contract, when: PlannedPayment.When, on: date) -> None:
        instalment = contract.plan.select_related("contract").get(when=when)
        sheet = instalment.acceptances.filter(state=Acceptance.State.ACCEPTED).first()
        pay_contract(
            actor=self._finance,
            instalment=instalment,
            amount=sheet.payable if sheet else instalment.gross,
            on=min(on, self._today),
            document=f"国库集中支付凭证（演示 {contract.pk}-{instalment.number}）",
            at=min(moment(on), self._at),
        )

    def _signer(self, signature: Signature) -> User:
        """The bureau's section signs for the bureau, the head for a station, the officer for a town."""
        if signature.unit_id == self._county.bureau.pk:
            return self._section
        if signature.station_id:
            return self._towns[signature.station_id].head
        return self._town_at(signature.unit.division_id).people["town"]

    def _town_at(self, division: int) -> Town:
        return next(town for town in self._towns.values() if town.division.pk == division)

    def _manager(self, contract: Contract) -> User:
        (key,) = [key for key, (name_zh, _name_en) in NAMES.items() if name_zh == contract.firm.unit.name_zh]
        return self._county.people[f"firm.{key}"]

    def _reach(self, contract: Contract) -> Decimal:
        return REACHES[contract.firm.unit.name_zh]

    def _fill_files(self, contract: Contract) -> None:
        """What a firm keeps of its people, entered with its first contract; of two stewards something is missing."""
        if contract.firm.pool.exists():
            return
        manager = self._manager(contract)
        for genre, name in (("chorus", "合唱"), ("dance", "舞蹈"), ("opera", "戏曲"), ("calligraphy", "书画")):
            add_pool_member(
                actor=manager,
                firm=contract.firm,
                kind="teacher",
                name=f"{name}教师",
                genres=[genre],
                title="中级职称",
                valid_from=contract.begins_on,
            )
        for number, steward in enumerate(contract.firm.stewards.order_by("pk")):
            degree = Steward.Degree.BACHELOR if number % 3 else Steward.Degree.JUNIOR_COLLEGE
            change_steward(actor=manager, steward=steward, degree=degree)
            for kind, name, since, years, hours in QUALIFICATIONS:
                if number % 7 == 5 and kind == Kind.HEALTH:
                    continue
                begins = contract.begins_on if since is None else self._today - since
                add_qualification(
                    actor=manager,
                    steward=steward,
                    kind=kind,
                    name=name,
                    issuer=contract.firm.unit.name_zh,
                    hours=hours,
                    valid_from=begins,
                    valid_to=begins + timedelta(days=365 * years) if years else None,
                    at=self._at,
                )
