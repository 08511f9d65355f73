"""What residents say of an activity: one answer a device, none from a flood, and no mean without its number."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.rating import activity_to_rate, may_be_rated, rate_activity, rating_token
from activities.metrics.figures import Rated, ratings_of
from activities.models import Activity, Rating
from culture_admin.interfaces.limits import forget_allowances, spend
from culture_admin.interfaces.models import Bucket
from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import perform
from tests.district import NOW, TODAY
from tests.interfaces.conftest import Api

HERE = "203.0.113.7"


@pytest.fixture
def activity(district) -> Activity:
    """Held today, by twelve people."""
    return district.log(begins_on=TODAY, attendance=12)


def rate(activity, score, device="one", *, address=HERE, at=NOW, comment=""):
    return rate_activity(activity=activity, device=device, address=address, score=score, comment=comment, at=at)


def rated(activity):
    return ratings_of([activity]).get(activity.pk)


def test_cannot_say_stands_in_no_mean(activity):
    for device, score in enumerate([5, 4, 4, 0, 0]):
        rate(activity, score, str(device))
    assert rated(activity) == Rated(Decimal("4.33"), 3, 2)
    assert rated(activity).few


def test_a_second_answer_of_a_device_changes_the_first(activity):
    rate(activity, 1, comment="太吵")
    rate(activity, 5)
    assert rated(activity) == Rated(Decimal(5), 1, 0)
    assert Rating.objects.get().comment == ""


def test_what_stands_beside_an_activity_is_read_like_every_number_from_the_first_answer_on(district, activity):
    """Also before the station has confirmed it, when it stands in no statistic yet; what is void is not told."""
    reported = district.log(actor=district.steward_east, begins_on=TODAY)
    for one in (activity, reported):
        for device, score in enumerate([5, 4, 4, 0]):
            rate(one, score, str(device))
    codes = ["activities.rating", "activities.ratings"]
    values = read(codes, where={"station": district.east.pk}, period=Period(TODAY, TODAY)).total.values
    assert values == {"activities.rating": Decimal("4.33"), "activities.ratings": 3}
    assert rated(activity) == rated(reported) == Rated(Decimal("4.33"), 3, 1)
    perform(reported, "void", actor=district.station_head_east, comment="没有办", at=NOW)
    assert rated(reported) is None


def test_fifty_activities_are_rated_by_as_many_questions_as_one(district):
    activities = [district.log(begins_on=TODAY, title=f"第{number}场") for number in range(12)]
    for one in activities:
        rate(one, 4)

    def questions(asked) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(ratings_of(asked)) == len(asked)
        return len(captured)

    assert questions(activities[:1]) == questions(activities) <= 6


def test_ratings_are_read_over_towns_and_counties(district):
    rows = [district.log(getattr(district, town), begins_on=TODAY) for town in ("east", "west", "elsewhere")]
    for number, one in enumerate(rows, start=1):
        rate(one, number)
    assert [ratings_of(rows)[one.pk].mean for one in rows] == [1, 2, 3]
    assert set(ratings_of(rows[:2])) == {one.pk for one in rows[:2]}


def test_ten_answers_are_not_few(activity):
    for device in range(10):
        rate(activity, 3, str(device))
    assert not rated(activity).few


def test_no_rating_tells_which_device_it_came_from(district, activity):
    other = district.log(begins_on=TODAY)
    assert rate(activity, 3).device != rate(other, 3).device


def test_a_flood_from_one_address_moves_the_mean_no_further_than_thirty_answers(activity):
    for number in range(30):
        rate(activity, 1, str(number))
    for number in range(30, 10_000, 50):
        with pytest.raises(Problem) as refused:
            rate(activity, 1, str(number))
        assert (refused.value.status, refused.value.code) == (429, "too_many")
    assert rated(activity) == Rated(Decimal(1), 30, 0)
    rate(activity, 5, "a guest at home", address="198.51.100.4")
    assert rated(activity).n == 31


def test_a_full_hall_rates_through_one_address(district):
    concert = district.log(begins_on=TODAY, attendance=120)
    for guest in range(120):
        rate(concert, 5, str(guest))
    with pytest.raises(Problem, match="too_many"):
        rate(concert, 5, "one more")
    later = NOW + timedelta(minutes=31)
    rate(concert, 5, "one more", at=later)
    assert rated(concert).n == 121


def test_an_allowance_fills_by_the_hour_and_is_forgotten(db):
    assert [spend("x", HERE, most=2, at=NOW) for _number in range(3)] == [0, 0, 1800]
    assert spend("x", HERE, most=2, at=NOW + timedelta(minutes=31)) == 0
    assert spend("x", "other", most=2, at=NOW) == 0
    assert HERE not in str(list(Bucket.objects.values()))
    assert forget_allowances(NOW + timedelta(hours=3)) == 2


@pytest.mark.parametrize(
    ("at", "state", "open_"),
    [
        (datetime(2026, 5, 19, 15, 59, tzinfo=UTC), "confirmed", False),
        (datetime(2026, 5, 19, 16, 1, tzinfo=UTC), "confirmed", True),
        (datetime(2026, 6, 3, 15, 59, tzinfo=UTC), "confirmed", True),
        (datetime(2026, 6, 3, 16, 1, tzinfo=UTC), "confirmed", False),
        (NOW, "held", True),
        (NOW, "logged", True),
        (NOW, "published", False),
        (NOW, "cancelled", False),
        (NOW, "void", False),
    ],
)
def test_what_took_place_is_rated_for_fourteen_days(activity, at, state, open_):
    Activity.objects.filter(pk=activity.pk).update(state=state)
    activity.refresh_from_db()
    assert may_be_rated(activity, at) is open_
    if not open_:
        with pytest.raises(Problem, match="not_open"):
            rate(activity, 5, at=at)


def test_an_evening_is_not_rated_in_the_morning(district):
    evening = district.log(begins_on=TODAY, begins_time=time(19))
    assert not may_be_rated(evening, NOW)
    assert may_be_rated(evening, NOW + timedelta(hours=8))


def test_a_token_leads_to_its_activity_alone(activity):
    token = rating_token(activity)
    assert activity_to_rate(token) == activity
    for forged in (token[:-1], f"{activity.pk + 1}.{token.partition('.')[2]}", str(activity.pk), "", "x.y", "\x00"):
        assert activity_to_rate(forged) is None


@pytest.mark.parametrize(
    "entries", [{"score": 6}, {"score": -1}, {"score": 3, "comment": "x" * 201}, {"score": 3, "comment": "a\u202eb"}]
)
def test_what_is_no_answer_is_refused(activity, entries):
    with pytest.raises(ValidationError):
        rate(activity, **entries)
    assert rated(activity) is None


def test_the_api_shows_it_with_the_activity_and_in_lists(district, activity):
    rate(activity, 4)
    other = district.log(begins_on=TODAY)
    client = Api(district.station_head_east)
    shown = {"mean": 4.0, "n": 1, "unknown": 0, "few": True}
    assert client.read(f"activities/{activity.pk}/")["rating"] == shown
    listed = {row["id"]: row["rating"] for row in client.read("activities/")["results"]}
    assert listed == {activity.pk: shown, other.pk: None}


def test_the_metric_divides_sums_and_never_comes_without_its_number(district, activity):
    other = district.log(district.west, begins_on=TODAY)
    for device, score in enumerate([5, 5, 5, 0]):
        rate(activity, score, str(device))
    rate(other, 1)
    rate(district.log(begins_on=TODAY, actor=district.steward_east), 1)
    month = Period(TODAY.replace(day=1), TODAY)
    table = read("activities.rating", user=district.bureau_leader, by=["station"], period=month)
    values = {row.keys["station"]: row.values for row in table.rows}
    assert values[district.east.pk] == {"activities.rating": 5, "activities.ratings": 3}
    assert table.total.values == {"activities.rating": 4, "activities.ratings": 4}
