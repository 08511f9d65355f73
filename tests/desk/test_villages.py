"""A place that names a village, or its cultural hall, says in which village something was."""

from __future__ import annotations

import pytest

from activities.actions.place import village_named
from activities.models import Activity
from culture_admin.territory.actions import add_division
from culture_admin.territory.models import Division, Level


@pytest.mark.parametrize(
    ("venue", "found"),
    [
        ("湖滨村文化礼堂", "湖滨村"),
        ("湖滨文化礼堂", "湖滨村"),
        ("新湖滨村文化广场", "新湖滨村"),
        ("新湖滨礼堂", "新湖滨村"),
        ("鸣鹤社区文化家园", "鸣鹤社区"),
        ("湖滨路口", None),
        ("镇文化站二楼", None),
        ("湖滨村、鸣鹤社区联办", None),
        ("东村", None),
        ("", None),
    ],
)
def test_a_village_is_found_where_it_is_clear(venue, found):
    villages = [Division(name_zh=name) for name in ("湖滨村", "新湖滨村", "鸣鹤社区")]
    village = village_named(venue, villages)
    assert (village and village.name_zh) == found


@pytest.fixture
def village(district) -> Division:
    return add_division(
        code="990101101299", name_zh="湖滨村", level=Level.VILLAGE, type="village", parent=district.east.division
    )


def test_whoever_names_the_hall_has_named_the_village(head, entry, village):
    assert head.post("/desk/log/", entry | {"venue": "湖滨村文化礼堂"}).status_code == 302
    assert Activity.objects.get().village == village


def test_a_village_of_another_town_is_not_meant(sign_in, district, entry, village):
    assert sign_in("station_head_west").post("/desk/log/", entry | {"venue": "湖滨村文化礼堂"}).status_code == 302
    assert Activity.objects.get().village is None


def test_a_village_that_is_taken_out_stays_out(head, entry, village):
    head.post("/desk/log/", entry | {"venue": "湖滨村文化礼堂"})
    activity = Activity.objects.get()
    correction = entry | {"venue": "湖滨村文化礼堂", "village": "", "comment": "在镇上", "version": activity.version}
    assert head.post(f"/desk/activities/{activity.pk}/correct/", correction).status_code == 302
    activity.refresh_from_db()
    assert activity.village is None


def test_a_correction_of_something_else_adds_no_village(head, entry, village):
    head.post("/desk/log/", entry | {"venue": "湖滨村文化礼堂"})
    Activity.objects.update(village=None)
    correction = entry | {"venue": "湖滨村文化礼堂", "attendance": "99", "comment": "数错", "version": 1}
    assert head.post(f"/desk/activities/{Activity.objects.get().pk}/correct/", correction).status_code == 302
    assert Activity.objects.get().village is None
