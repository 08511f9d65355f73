"""One row by its key: found where `visible_to` shows it, read as the ORM reads it, in one statement that is kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from activities.actions.reach import ENTERED_AT, ROOMS_ENTERED, stations_to_enter_at
from activities.models import Activity, Kind, MonthlyReturn
from culture_admin.accounts.models import ApiKey, User
from culture_admin.accounts.scope import scope_of
from culture_admin.interfaces.lookups import Lookup
from stations.actions import add_facility
from stations.models import Facility, Station
from stewards.models import Posting
from tests.furnishing import furnished


def _room(station: Station) -> Facility:
    return add_facility(
        actor=None, station=station, name="排练厅", use="rehearsal", floor_area=80, valid_from=date(2026, 1, 1)
    )


def test_a_row_is_found_exactly_where_visible_to_shows_it(district):
    rows = defaultdict(set)
    for town in ("east", "elsewhere"):
        for row in furnished(district, town, town):
            if scope_of(type(row)):
                rows[type(row)].add(row.pk)
    assert len(rows) > 10
    for user in User.objects.all():
        for model, keys in rows.items():
            condition = scope_of(model).condition(user)
            found = {key for key in keys if condition is not None and Lookup(model).find("pk", key, condition)}
            shown = model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
            assert found == set(shown), (user.username, model)


def test_a_station_and_its_rooms_are_found_exactly_where_one_may_enter(district):
    rooms = {station: _room(station) for station in (district.east, district.west, district.elsewhere)}
    for user in User.objects.all():
        entered = set(stations_to_enter_at(user, "activities"))
        for station, room in rooms.items():
            for model, scope, pk in (
                (Station, ENTERED_AT["activities"], station.pk),
                (Facility, ROOMS_ENTERED, room.pk),
            ):
                condition = scope.condition(user, "enter")
                found = None if condition is None else Lookup(model).find("pk", pk, condition)
                assert (found is not None) == (station in entered), (user.username, model)


def test_a_row_comes_with_what_is_joined_and_asks_nothing_more(district, django_assert_num_queries):
    lookup = Lookup.of(Posting.objects.select_related("steward__firm", "station__unit", "station__division"))
    posting = district.posting("east")
    with django_assert_num_queries(1):
        found = lookup.find("pk", posting.pk)
        assert (found.steward.name, found.station.division.code) == ("陈琴", "990101101")
        assert found.station.unit.name_zh == "东镇综合文化站"
    assert found == posting
    assert not found._state.adding


def test_values_are_those_the_orm_reads(district):
    district.key("station_head", district.east.unit, scopes=["activities:write"])
    for record in (ApiKey.objects.get(), district.log(note="雨天"), _room(district.east), district.county):
        found = Lookup(type(record)).find("pk", record.pk)
        values = {field.attname: getattr(found, field.attname) for field in record._meta.concrete_fields}
        assert [values] == list(type(record).objects.filter(pk=record.pk).values())


def test_an_empty_link_is_none(district):
    activity = district.log(genre=None)
    found = Lookup.of(Activity.objects.select_related("genre", "posting__steward", "kind")).find("pk", activity.pk)
    assert (found.genre, found.posting, found.kind.code) == (None, None, "PERF")


def test_what_does_not_meet_the_condition_is_not_found(district):
    lookup = Lookup(Kind)
    assert lookup.find("code", "PERF").code == "PERF"
    assert lookup.find("code", "PERF", Q(is_session=True)) is None
    assert lookup.find("code", "nothing") is None


def test_a_queryset_that_narrows_is_refused():
    with pytest.raises(ImproperlyConfigured, match="narrows"):
        Lookup.of(Activity.objects.filter(begins_on=date(2026, 1, 1)))


def test_a_model_with_a_door_of_its_own_has_no_scope_that_alone_opens_it():
    assert scope_of(MonthlyReturn) is None
    assert scope_of(User) is None
    assert scope_of(Kind) is None
