"""Rows of the yearly assessment in numbers, for the lists of the admin."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from assessments.actions import draft_cycle, object_to, pay_award, take_interim
from assessments.models import (
    Assessment,
    Award,
    AwardPayment,
    Computation,
    Cycle,
    Objection,
    PanelSeat,
    Recheck,
    Result,
)
from culture_admin.scoring.actions import draft_scheme
from culture_admin.workflow.actions import perform
from tests.assessments.years import GROUPS, SECTIONS, TITLES, Year
from tests.district import NOW, TODAY, District


def year(district: District, number: int) -> Cycle:
    """The year 2026 + number by a scheme of its own, planned."""
    scheme = draft_scheme(
        actor=district.service, at=NOW, place=district.county, subject="town", year=2026 + number,
        name_zh=f"办法{number}", document=f"试文〔{2026 + number}〕1号", total=Decimal(100), sections=SECTIONS, groups=GROUPS,
        titles=TITLES,
    )  # fmt: skip
    perform(scheme, "propose", actor=district.service, at=NOW)
    perform(scheme, "publish", actor=district.bureau_leader, at=NOW)
    return draft_cycle(actor=district.service, scheme=scheme, self_until=date(2026 + number, 12, 31), at=NOW)


def opened(district: District, number: int) -> Assessment:
    """An assessment of the east in a year of its own."""
    cycle = year(district, number)
    perform(cycle, "open", actor=district.service, at=NOW)
    return Assessment.objects.select_related("unit", "division", "cycle__scheme").get(
        cycle=cycle, division=district.town("east")
    )


def story(district: District) -> Year:
    """The one year of 2026 that the rows of a list belong to, opened."""
    known = Cycle.objects.filter(scheme__year=2026).first()
    if known is None:
        return Year(district).opened()
    made = Year.__new__(Year)
    made.district, made.cycle, made.scheme, made.at = district, known, known.scheme, NOW
    made.fresh()
    return made


def seat(district: District, number: int) -> PanelSeat:
    kept = story(district)
    if kept.of("east").state == Assessment.State.OPEN:
        kept.sealed("east")
    return kept.seat("east", f"assessor_{number}")


def computed(district: District, number: int) -> Computation:
    return take_interim(
        actor=district.service, cycle=story(district).cycle, until=date(2026, 3, 31), reason=f"第{number}次", at=NOW
    )


def objection(district: District, number: int) -> Objection:
    """Each to a record of its own that was returned before the numbers were frozen."""
    if not Cycle.objects.filter(scheme__year=2026).exists():
        for one in range(1, 31):
            record = district.log(title=f"活动{one}")
            perform(record, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
        Year(district).opened().through().totalled().publicised()
    kept = story(district)
    record = district.east.activities.get(title=f"活动{number}")
    return object_to(
        actor=district.town_officer_east, assessment=kept.of("east"), code="1.2", wants="count", record=record,
        grounds="照片已补齐", at=NOW,
    )  # fmt: skip


def award(district: District, number: int) -> Award:
    one = opened(district, number)
    return Award.objects.create(
        assessment=one, county=one.county, title="优秀", amount=Decimal(50000), document="试文〔2026〕9号",
        granted_on=TODAY,
    )  # fmt: skip


def payment(district: District, number: int) -> AwardPayment:
    granted = Award.objects.first() or award(district, number)
    return pay_award(
        actor=district.finance, award=granted, amount=Decimal(1), on=TODAY, document=f"凭证{number}", at=NOW
    )


def recheck(district: District, number: int) -> Recheck:
    one = opened(district, number)
    return Recheck.objects.create(
        assessment=one, county=one.county, title="优秀", due_on=TODAY + timedelta(days=number)
    )


OF_ASSESSMENTS = {
    Cycle: year,
    Assessment: opened,
    PanelSeat: seat,
    Computation: computed,
    Result: computed,
    Objection: objection,
    Award: award,
    AwardPayment: payment,
    Recheck: recheck,
}
