"""What lists are narrowed by and searched for, and what an empty one says."""

from __future__ import annotations

from datetime import date

LIST = "/admin/activities/activity/"


def titles(answer) -> set[str]:
    return {activity.title for activity in answer.context["cl"].result_list}


def test_filters_narrow_together(district, signed_in):
    district.log(title="东演出")
    district.log(title="东培训", kind=district.kind("TRNG"), begins_on=date(2026, 4, 30))
    district.log(district.west, title="西演出")
    client = signed_in(district.bureau_admin)
    east, west = district.town("east").pk, district.town("west").pk
    assert titles(client.get(f"{LIST}?division={east}")) == {"东演出", "东培训"}
    assert titles(client.get(f"{LIST}?division={district.county.pk}")) == {"东演出", "东培训", "西演出"}
    assert titles(client.get(f"{LIST}?period=2026-05")) == {"东演出", "西演出"}
    assert titles(client.get(f"{LIST}?period=2026")) == {"东演出", "东培训", "西演出"}
    assert titles(client.get(f"{LIST}?period=2026-04-30..2026-05-05")) == {"东培训"}
    assert titles(client.get(f"{LIST}?session=false&division={west}")) == {"西演出"}
    assert titles(client.get(f"{LIST}?session=true")) == {"东培训"}
    assert titles(client.get(f"{LIST}?state=confirmed&led_by=station&q=演出")) == {"东演出", "西演出"}


def test_a_place_of_another_county_shows_nothing_of_it(district, signed_in):
    district.log(district.elsewhere, title="远演出")
    page = signed_in(district.bureau_admin).get(f"{LIST}?division={district.town('elsewhere').pk}")
    assert titles(page) == set()


def test_the_place_filter_offers_the_towns_of_the_readers_county(district, signed_in):
    page = signed_in(district.bureau_admin).get(LIST)
    [place] = [spec for spec in page.context["cl"].filter_specs if spec.parameter_name == "division"]
    assert [label for _pk, label in place.lookup_choices] == ["East Town", "West Subdistrict"]


def test_stations_are_found_by_pinyin_and_initials(district, signed_in):
    client = signed_in(district.bureau_admin)
    for word in ("dongzhen", "dzzhwhz", "东镇", "12990101MB0A00017K"):
        found = client.get("/admin/stations/station/", {"q": word}).context["cl"].result_list
        assert [station.pk for station in found] == [district.east.pk], word


def test_stations_are_filtered_by_grade_and_certificate(district, signed_in):
    client = signed_in(district.bureau_admin)

    def found(asked: str) -> int:
        return len(client.get(f"/admin/stations/station/?{asked}").context["cl"].result_list)

    assert (found("grade=first"), found("grade=special")) == (2, 0)
    assert [found(f"certificate={standing}") for standing in ("in_force", "unregistered", "lapsed")] == [2, 0, 0]


def test_an_empty_list_says_whether_there_is_nothing_or_no_match(district, signed_in):
    client = signed_in(district.bureau_admin)
    assert "Nothing here yet" in client.get(LIST).content.decode()
    district.log()
    assert "No match" in client.get(f"{LIST}?q=zzz").content.decode()


def test_a_missing_number_is_a_dash_and_a_zero_a_zero(district, signed_in):
    district.log(attendance=None)
    district.log(attendance=0)
    page = signed_in(district.bureau_admin).get(LIST).content.decode()
    assert page.count('<span class="number">—</span>') == 1
    assert page.count('<span class="number">0</span>') == 1
