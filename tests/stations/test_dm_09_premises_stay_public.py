"""DM-9: facilities stay public-welfare. What is leased, sold or run as an enterprise is written down and becomes a finding."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from culture_admin.statistics.reading import read
from culture_admin.workflow.models import Deadline
from stations.actions import add_facility, record_use
from stations.models import Finding, OtherUse
from tests.clock import in_days


@pytest.fixture
def hall(district):
    return add_facility(
        actor=None, station=district.east, name="文化大院", use="活动", floor_area=500, valid_from=date(2020, 1, 1)
    )


def lease(hall, **entries) -> dict:
    values = {"facility": hall.pk, "kind": "lease", "area": 120, "user": "好邻居超市", "valid_from": str(in_days(0))}
    return values | entries


def public_area(station) -> tuple[int, int]:
    codes = ["stations.floor_area", "stations.public_area"]
    return tuple(read(codes, where={"division": station.division}).total.values.values())


def test_through_the_api_a_lease_is_written_down_found_rectified_and_checked_again(district, hall, api, post, step):
    answer = post("station_head_east", "other-uses/", lease(hall))
    assert answer.status_code == 201
    assert answer.json()["is_breach"] is True
    use = answer.json()["id"]
    assert public_area(district.east) == (500, 380)
    (finding,) = api("service").read(f"findings/?station={district.east.pk}")["results"]
    assert (finding["kind"], finding["subject_kind"], finding["subject_id"]) == ("public_welfare", "otheruse", use)
    assert finding["due_on"] == str(in_days(30))
    assert Deadline.objects.open().get(code="stations.finding").unit == district.east.unit
    path = f"findings/{finding['id']}/"
    assert step("station_head_east", path, "rectify", "已收回").status_code == 200
    still = step("service", path, "accept")
    assert (still.status_code, still.json()["code"]) == (409, "still_so")
    etag = api("station_head_east").get(f"other-uses/{use}/").headers["ETag"]
    ended = api("station_head_east").patch(
        f"other-uses/{use}/", {"valid_to": str(in_days(1))}, format="json", headers={"If-Match": etag}
    )
    assert ended.status_code == 200
    assert step("service", path, "accept").json()["code"] == "still_so"
    OtherUse.objects.filter(pk=use).update(valid_from=in_days(-9), valid_to=in_days(0))
    closed = step("service", path, "accept").json()
    assert (closed["state"], closed["closed_on"]) == ("closed", str(in_days(0)))
    assert public_area(district.east) == (500, 500)


def test_on_the_pages_the_head_writes_it_down_and_the_bureau_reads_it(district, hall, sign_in):
    head = sign_in("station_head_east")
    sent = lease(hall) | {"kind": "enterprise", "document": "合同1号"}
    answer = head.post(f"/desk/uses/add/?station={district.east.pk}", sent)
    use = OtherUse.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/uses/{use.pk}/")
    finding = Finding.objects.get()
    page = head.get("/desk/premises/").content.decode()
    assert "120 m² other use" in page
    assert f"/desk/findings/{finding.pk}/" in page
    answer = head.post(f"/desk/findings/{finding.pk}/", {"step": "rectify", "comment": "已停业", "version": 1})
    assert answer.status_code == 302
    bureau = sign_in("service")
    listed = bureau.get("/admin/stations/finding/?state=rectified").content.decode()
    assert "好邻居超市" in listed
    address = f"/admin/stations/finding/{finding.pk}/"
    bureau.post(f"{address}steps/accept/", {"seen": "2"})
    finding.refresh_from_db()
    assert finding.state == "rectified"
    bureau.post(f"{address}steps/reject/", {"seen": "2", "comment": "仍在营业"})
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("open", in_days(30))


def test_what_the_regulations_allow_is_written_down_and_no_finding(district, hall, post):
    answer = post("town_officer_east", "other-uses/", lease(hall, kind="cultural", user="少儿美术培训"))
    assert answer.json()["is_breach"] is False
    assert not Finding.objects.exists()
    assert public_area(district.east) == (500, 500)


@pytest.mark.parametrize("kind", ["lease", "sale", "mortgage", "enterprise", "other"])
def test_every_forbidden_use_is_a_finding(district, hall, kind):
    record_use(actor=district.service, facility=hall, kind=kind, area=500, user="某公司", valid_from=in_days(0))
    assert Finding.objects.get().kind == "public_welfare"
    assert public_area(district.east) == (500, 0)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"area": 501}, "area_exceeded"),
        ({"area": 0}, "min_value"),
        ({"area": -5}, "min_value"),
        ({"valid_from": "2019-12-31"}, "date_range"),
        ({"valid_from": "2099-01-01"}, "date_range"),
        ({"kind": "gift"}, "invalid_choice"),
        ({"user": ""}, "blank"),
        ({"user": "\u202e"}, "text_bidi"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(hall, post, entries, code):
    answer = post("station_head_east", "other-uses/", lease(hall, **entries))
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not OtherUse.objects.exists()
    assert not Finding.objects.exists()


def test_what_is_let_of_a_room_is_counted_together(district, hall, post, sign_in):
    assert post("station_head_east", "other-uses/", lease(hall, area=400)).status_code == 201
    answer = post("station_head_east", "other-uses/", lease(hall, area=101, user="另一家"))
    assert answer.json()["errors"][0]["pointer"] == "/area"
    assert "100 m²" in answer.json()["errors"][0]["message"]
    page = sign_in("station_head_east").post(
        f"/desk/uses/add/?station={district.east.pk}", lease(hall, area=101, user="另一家")
    )
    assert (page.status_code, "100 m²" in page.content.decode()) == (200, True)


WRITERS = ["station_head_east", "station_officer_east", "town_officer_east", "bureau_admin", "service"]
OTHERS = [
    "finance",
    "bureau_leader",
    "observer",
    "registrar",
    "station_head_west",
    "bureau_admin_elsewhere",
    "firm_manager",
]


@pytest.mark.parametrize("who", WRITERS + OTHERS)
def test_whoever_is_on_the_spot_may_write_it_down(hall, post, who):
    answer = post(who, "other-uses/", lease(hall))
    assert (answer.status_code == 201) == (who in WRITERS)
    assert OtherUse.objects.exists() == (who in WRITERS)


# --- the week and closures, on pages and through the API ---


def test_a_station_short_of_its_hours_reads_by_how_much_and_on_which_basis(district, hall, sign_in, api):
    head = sign_in("station_head_east")
    assert "No hours are entered." in head.get("/desk/premises/").content.decode()
    sent = {"opening_hours": "1-5 09:00-17:00", "capacity": "", "version": "1"}
    assert head.post(f"/desk/facilities/{hall.pk}/", sent).status_code == 302
    page = head.get("/desk/premises/").content.decode()
    assert "short by 2 h" in page
    assert "At least 42 hours a week." in page
    assert "桃江县" in page
    asked = f"statistics/?metric=stations.weekly_hours&by=station&division={district.east.division.code}"
    assert api("bureau_admin").read(asked)["rows"][0]["stations.weekly_hours"] == 40
    sent = {"opening_hours": "1-5 09:00-17:00; 6 09:00-12:00", "capacity": "80", "version": "2"}
    head.post(f"/desk/facilities/{hall.pk}/", sent)
    assert "met" in head.get("/desk/premises/").content.decode()
    bad = head.post(f"/desk/facilities/{hall.pk}/", {"opening_hours": "daily", "version": "3"})
    assert "not readable" in bad.content.decode()


def test_a_closure_is_announced_shown_to_residents_and_told_to_who_plans(district, hall, client, post, sign_in):
    begins = in_days(3)
    sent = {"station": district.east.pk, "facility": hall.pk, "begins_on": str(begins), "ends_on": str(begins)}
    planned = post(
        "station_head_east", "activities/plan/",
        {"station": district.east.pk, "kind": "PERF", "title": "排舞", "begins_on": str(begins), "facility": hall.pk},
    ).json()  # fmt: skip
    closure = post("station_head_east", "closures/", sent | {"reason": "线路检修"})
    assert closure.status_code == 201
    assert (closure.json()["late"], closure.json()["notice_days"]) == (True, 7)
    page = sign_in("station_head_east").get(f"/desk/closures/{closure.json()['id']}/").content.decode()
    assert "Announced later than 7 days ahead." in page
    assert f"/desk/activities/{planned['id']}/" in page
    month = f"/calendar/{district.east.pk}/?month={begins:%Y-%m}"
    assert "线路检修" in client.get(month).content.decode()
    assert "线路检修" in sign_in("station_head_east").get(f"/desk/calendar/?on={begins}").content.decode()
    refused = post(
        "station_head_east", "activities/plan/",
        {"station": district.east.pk, "kind": "PERF", "title": "太极", "begins_on": str(begins), "facility": hall.pk},
    )  # fmt: skip
    assert (refused.status_code, "线路检修" in refused.content.decode()) == (409, True)


def test_what_the_system_writes_down_is_in_the_language_of_the_office_whoever_causes_it(district, hall):
    with translation.override("en"):
        record_use(
            actor=district.station_head_east,
            facility=hall,
            kind="lease",
            area=120,
            user="好邻居超市",
            valid_from=in_days(0),
        )
    finding = Finding.objects.get()
    assert (finding.what, "第二十二条" in finding.basis) == ("文化大院，120 平方米：出租，好邻居超市", True)
