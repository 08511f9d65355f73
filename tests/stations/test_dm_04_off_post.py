"""DM-4: who is established but off post takes no part in that year's promotion, and the years of service are reduced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from culture_admin.workflow.models import Deadline, Decision
from stations.flows.off_post import ANSWER
from stations.models import Officer, OffPost, OffPostObjection, TitleApplication
from stations.models.service import eligibility, service


def fresh(officer: Officer) -> Officer:
    return Officer.objects.prefetch_related("postings__post", "absences").get(pk=officer.pk)


@pytest.fixture
def away(district, staff, door, day) -> OffPost:
    """The officer has been put to other work for ten days, and is still away."""
    answer = door.leave(district.town_officer_east, staff.officer, reason="diverted", valid_from=str(day(-10)))
    assert answer.done, answer
    return OffPost.objects.get()


def test_who_was_off_post_takes_no_part_in_the_years_promotion(district, staff, door, away, day):
    refused = door.apply(district.town_officer_east, staff.officer, year=day(0).year, sought="librarian")
    assert not refused.done
    counted = max(day(-10), date(day(0).year, 1, 1))
    for told in (f"离岗{(day(0) - counted).days + 1}天", str(counted), "双重管理"):
        assert told in refused.text, told
    assert not TitleApplication.objects.exists()
    assert door.apply(district.town_officer_east, staff.officer, year=day(0).year - 2, sought="librarian").done


def test_years_of_service_are_reduced_from_the_day_of_leaving(district, staff, door, away, day):
    counted = service(fresh(staff.officer), day(0))
    assert (counted.days, [entry.first for entry in counted.entries]) == (10, [day(-10)])
    assert counted.whole != counted.credited
    answer = door.client(district.town_officer_east).get(f"/api/v1/officers/{staff.officer.pk}/").json()
    assert (answer["service"]["days_off_post"], answer["promotion"]["eligible"]) == (10, False)


def test_the_day_of_return_ends_the_reduction_and_counts_itself_as_service(district, staff, door, away, day):
    assert door.back(district.town_officer_east, away, str(day(-4))).done
    assert service(fresh(staff.officer), day(0)).days == 6


def test_leave_and_cultural_secondment_count_nothing(district, staff, door, day):
    for number, reason in enumerate(("sick", "study", "seconded_culture")):
        left, back = day(-20 - 10 * number), day(-15 - 10 * number)
        answer = door.leave(
            district.town_officer_east, staff.officer, reason=reason, valid_from=str(left), valid_to=str(back)
        )
        assert answer.done, answer
    assert eligibility(fresh(staff.officer), day(0).year, day(0)).eligible
    assert service(fresh(staff.officer), day(0)).days == 0


def test_an_upheld_objection_corrects_the_ledger_and_what_follows_from_it(district, staff, door, away, day):
    head = district.station_head_east
    assert door.object(head, away, strike=False, left_on=str(day(-3)), grounds="出勤表为证").done
    objection = OffPostObjection.objects.get()
    owed = Deadline.objects.open().get(code=ANSWER)
    assert (owed.unit, owed.due_on) == (district.bureau, day(30))
    # Who may not see the objection reads its officer's name in no calendar either.
    assert Deadline.objects.visible_to(district.bureau_leader).filter(pk=owed.pk).exists()
    assert not Deadline.objects.visible_to(district.service).filter(pk=owed.pk).exists()
    for wrong in (district.personnel, district.town_officer_east, head):
        assert not door.step(wrong, objection, "uphold").done
    assert door.step(district.bureau_leader, objection, "uphold").done
    away.refresh_from_db()
    assert (away.valid_from, service(fresh(staff.officer), day(0)).days) == (day(-3), 3)
    assert not Deadline.objects.open().filter(code=ANSWER).exists()


def test_an_entry_that_is_struck_has_no_consequence(district, staff, door, away, day):
    assert door.object(district.station_head_east, away, strike=True, grounds="一直在岗").done
    assert door.step(district.bureau_leader, OffPostObjection.objects.get(), "uphold").done
    struck = Decision.objects.about(away).get(step="void")
    assert (struck.role, struck.unit) == ("bureau_leader", district.bureau)
    assert door.apply(district.town_officer_east, staff.officer, year=day(0).year, sought="librarian").done


def test_a_dismissed_objection_leaves_the_entry_as_it_is(district, staff, door, away, day):
    assert door.object(district.station_head_east, away, strike=True, grounds="一直在岗").done
    assert not door.step(district.bureau_leader, OffPostObjection.objects.get(), "dismiss", comment="").done
    assert door.step(district.bureau_leader, OffPostObjection.objects.get(), "dismiss", comment="与考勤不符").done
    away.refresh_from_db()
    assert (away.state, eligibility(fresh(staff.officer), day(0).year, day(0)).eligible) == ("on_record", False)


def test_nobody_is_off_post_twice_at_a_time_nor_from_a_day_to_come(district, staff, door, away, day):
    for entries in ({"valid_from": str(day(-2))}, {"valid_from": str(day(3))}, {"valid_from": "2021-02-30"}):
        assert not door.leave(district.town_officer_east, staff.officer, reason="diverted", **entries).done
    assert OffPost.objects.get() == away


@pytest.mark.parametrize(
    ("left", "back", "year", "days"),
    [
        (date(2024, 12, 31), date(2025, 1, 1), 2024, 1),  # the day of return is on post
        (date(2024, 12, 31), date(2025, 1, 1), 2025, 0),
        (date(2024, 2, 28), date(2024, 3, 1), 2024, 2),  # a leap day counts
        (date(2023, 12, 1), date(2024, 1, 11), 2024, 10),  # only the days within the year
    ],
)
def test_days_off_post_are_counted_within_the_year(district, staff, left, back, year, days):
    OffPost.objects.create(
        officer=staff.officer, station=staff.station, county=staff.station.county, reason="diverted", valid_from=left,
        valid_to=back,
    )  # fmt: skip
    found = eligibility(fresh(staff.officer), year, date(2026, 1, 1))
    assert (found.days, found.eligible) == (days, days == 0)


def test_time_before_the_post_was_held_counts_nothing(district, staff):
    before = staff.posting(staff.officer).valid_from - timedelta(days=30)
    OffPost.objects.create(
        officer=staff.officer, station=staff.station, county=staff.station.county, reason="diverted", valid_from=before,
        valid_to=before + timedelta(days=20),
    )  # fmt: skip
    assert service(fresh(staff.officer), date(2026, 1, 1)).days == 0
