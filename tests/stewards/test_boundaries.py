"""What a change of boundaries does to what is bought and served: the dry run names it, and it is done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from culture_admin.accounts.models import Membership
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import perform
from stewards.actions import agree_order, place_order
from stewards.models import (
    Absence,
    Contract,
    Coverage,
    Delivery,
    DutyDay,
    Posting,
    ServiceFinding,
    ServiceLine,
    ServiceOrder,
)
from tests.boundaries.plans import NEXT_NOON, TOMORROW, applied, checked, drawn, merging, share
from tests.district import NOW, TODAY
from tests.stewards.deals import Deal, service_list


def merger(district):
    """The west town becomes part of the east, and its station is merged into the east's."""
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "merges", "into": district.east.pk},
    ]
    return merging(district.town("east"), district.town("west"), stations=fates)


def with_lines_of_west(district) -> Deal:
    """A contract with one line of the west town alone."""
    lines = service_list()
    lines[0]["station"] = district.west
    return Deal(district, lines=lines)


def ordered(district, deal: Deal) -> ServiceOrder:
    return place_order(
        actor=district.town_officer_west, line=deal.line("works"), station=district.west, quantity=Decimal(1),
        what="村晚小品", wanted_on=date(2026, 6, 1), village=Division.objects.get(parent=district.town("west")), at=NOW,
    )  # fmt: skip


def test_a_merged_town_is_served_by_the_contract_of_the_one_it_is_merged_into(district):
    deal = with_lines_of_west(district)
    deal.performing()
    ordered(district, deal)
    change = checked(district, drawn(district, "merge", merger(district)))
    told = {code: [row[2] for row in found["rows"]] for code, found in change.dry_run["sections"].items()}
    assert told["coverage"] == ["moves", "merged"]
    assert told["service_lines"] == ["carried"]
    assert told["orders"] == ["carried"]


def test_what_is_open_goes_over_and_what_is_over_stays(district):
    deal = with_lines_of_west(district)
    contract = deal.performing()
    order = ordered(district, deal)
    declined = ServiceOrder.objects.create(
        line=deal.line("works"), contract=contract, firm=district.firm, station=district.west, quantity=Decimal(1),
        what="旧单", wanted_on=TODAY, state="declined",
    )  # fmt: skip
    other = Deal(district, number="只服务西街道", stations=[district.west]).draft()
    over = Deal(district, number="已作废", stations=[district.west]).draft()
    Contract.objects.filter(pk=over.pk).update(state="settled")
    applied(district, "merge", merger(district))
    assert [one.station_id for one in Coverage.objects.filter(contract=contract)] == [district.east.pk]
    assert [one.station_id for one in Coverage.objects.filter(contract=other)] == [district.east.pk]
    assert [one.station_id for one in Coverage.objects.filter(contract=over)] == [district.west.pk]
    assert ServiceLine.objects.get(contract=contract, number=1).station_id == district.east.pk
    order.refresh_from_db()
    declined.refresh_from_db()
    assert (order.station_id, declined.station_id) == (district.east.pk, district.west.pk)
    assert order.village.parent.code == "990101103"
    assert order.village.valid_to is None
    # What was decided before still stands: the next steps are open.
    agree_order(actor=district.firm_manager, serviceorder=order, agreed_on=date(2026, 6, 5), at=NEXT_NOON)
    perform(contract, "end", actor=district.service, comment="双方协商", at=NEXT_NOON)


def test_days_deliveries_and_absences_since_the_day_lie_in_the_new_division(district):
    deal = Deal(district)
    deal.performing()
    posting = deal.posting("west")
    Posting.objects.filter(pk=posting.pk).update(villages=[Division.objects.get(parent=district.town("west")).pk])
    place = {
        "station": district.west, "firm": district.firm, "steward": posting.steward, "county": district.county,
    }  # fmt: skip
    days = [
        DutyDay.objects.create(posting=posting, division=district.town("west"), day=day, **place)
        for day in (TODAY, TOMORROW)
    ]
    delivery = Delivery.objects.create(
        line=deal.line("duty_days"), contract=deal.contract, source_kind="dutyday", source_id=days[1].pk, on=TOMORROW,
        amount=2, **place,
    )  # fmt: skip
    absences = [
        Absence.objects.create(
            posting=posting, kind="leave", first=first, last=date(2026, 6, 3), reason="探亲", **place
        )
        for first in (TODAY, date(2026, 6, 1))
    ]
    applied(district, "merge", merger(district))
    now = Division.objects.get(code="990101103")
    for row in (*days, delivery, *absences):
        row.refresh_from_db()
    assert [day.division for day in days] == [district.town("west"), now]
    assert [day.station_id for day in days] == [district.west.pk, district.west.pk]
    assert delivery.county == district.county
    carried = Posting.objects.get(station=district.east, steward=posting.steward, valid_from=TOMORROW)
    assert [(one.station_id, one.posting_id) for one in absences] == [
        (district.west.pk, posting.pk), (district.east.pk, carried.pk),
    ]  # fmt: skip
    [village] = carried.villages
    assert Division.objects.get(pk=village).parent == now


def test_open_findings_and_ratings_follow_the_station_and_given_ones_stay(district):
    deal = Deal(district)
    contract = deal.performing()
    said = {"contract": contract, "what": "台账不全", "opened_on": TODAY, "due_on": date(2026, 6, 20)}
    found = [ServiceFinding.objects.create(station=district.west, state=state, **said) for state in ("open", "closed")]
    applied(district, "merge", merger(district))
    for finding in found:
        finding.refresh_from_db()
    assert [finding.station_id for finding in found] == [district.east.pk, district.west.pk]


def test_a_contract_goes_along_with_a_county_that_is_recoded(district):
    contract = Deal(district).signed()
    county = district.county
    above = add_unit(kind="bureau", division=county.parent, name_zh="试验市文化局")
    for person in (district.bureau_admin, district.bureau_leader, district.system_admin):
        Membership.objects.create(user=person, role=person.memberships.get().role, unit=above, valid_from=TODAY)
    plan = {
        "units": [county.pk],
        "outcomes": [{"shares": [share(county)], "code": "990103"}],
        "stations": [{"station": one.pk, "fate": "moves", "outcome": 0} for one in (district.east, district.west)],
    }
    applied(district, "recode", plan)
    contract.refresh_from_db()
    assert contract.place.code == "990103"
    assert Contract.objects.visible_to(district.service).filter(pk=contract.pk).exists()
    assert Contract.objects.visible_to(district.town_officer_east).filter(pk=contract.pk).exists()
