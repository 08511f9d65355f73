"""DM-6: the backbone of the cultural centre spends more than fifty days a year each at the stations it is paired with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from culture_admin.statistics.reading import read
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from stations.actions import add_backbone, change_pairing, change_visit, log_visit, pair_station, plan_visits
from stations.metrics.progress import DAYS, served
from stations.models import PairingVisit
from tests.district import NOW, TODAY
from tests.stations.guidance import Caller, backbone_of, paired, visit

YESTERDAY = TODAY - timedelta(days=1)
CODE = "stations.pairing_days"


def days(user=None, **asked):
    return read(CODE, user=user, at=NOW, **asked).total.values[CODE]


def test_a_day_counts_once_the_station_has_confirmed_it(district):
    waits = visit(district, paired(district), confirmed=False)
    assert not days()
    inbox = {(one.model, one.step): one.records.count() for one in waiting(district.station_head_east)}
    assert inbox["stations.pairingvisit", "confirm"] == 1
    perform(waits, "confirm", actor=district.station_head_east, at=NOW)
    assert days() == 1


def test_a_persons_day_counts_once_however_many_stations_it_was_spent_at(district):
    east, west = paired(district), paired(district, district.west)
    visit(district, east)
    visit(district, west)
    visit(district, west, YESTERDAY)
    assert days() == 2
    table = read(CODE, by=["station"], user=district.service, at=NOW)
    assert {row.keys["station"]: row.values[CODE] for row in table.rows} == {district.east.pk: 1, district.west.pk: 2}
    assert table.total.values[CODE] == 2


def test_half_a_day_counts_half_and_two_halves_at_two_stations_are_one_day(district):
    east, west = paired(district), paired(district, district.west)
    visit(district, east, part="morning")
    assert days() == 0.5
    visit(district, west, part="afternoon")
    assert days() == 1
    visit(district, west, YESTERDAY, part="morning")
    visit(district, east, YESTERDAY)
    assert days() == 2


def test_two_persons_on_one_day_have_a_day_each(district):
    visit(district, paired(district))
    other = add_backbone(actor=district.service, unit=Unit.objects.get(kind="centre"), name="钱老师")
    pairing = paired(district, backbone=other)
    PairingVisit.objects.create(
        pairing=pairing, backbone=other, station=district.east, division=district.town("east"), county=district.county,
        on=TODAY, tasks=["teams"], state="confirmed",
    )  # fmt: skip
    assert days() == 2


@pytest.mark.parametrize(("number", "standing", "missing"), [(49, "open", 2), (50, "open", 1), (51, "met", 0)])
def test_fifty_days_are_not_more_than_fifty(district, number, standing, missing):
    pairing = paired(district)
    rows = [
        PairingVisit(
            pairing=pairing, backbone=pairing.backbone, station=district.east, division=district.town("east"),
            county=district.county, on=date(2026, 1, 1) + timedelta(days=day), tasks=["teams"], state="confirmed",
        )
        for day in range(number)
    ]  # fmt: skip
    PairingVisit.objects.bulk_create(rows)
    (row,) = served(district.service, 2026, TODAY)
    assert (row.progress.reached, row.progress.standing, row.progress.missing) == (number, standing, missing)
    assert row.progress.left == 226
    (over,) = served(district.service, 2026, date(2027, 1, 1))
    assert over.progress.standing == ("met" if number > DAYS.number else "short")


def test_a_station_sees_its_own_days_beside_what_was_planned_there(district):
    east, west = paired(district, planned_days=20), paired(district, district.west, planned_days=40)
    visit(district, east)
    visit(district, west, YESTERDAY)
    (row,) = served(district.station_head_east, 2026, TODAY)
    assert [(one.pairing, one.days, one.missing) for one in row.stations] == [(east, 1, 19)]
    assert row.progress.reached == 2


def test_each_logs_his_own_days_and_nobody_confirms_his_own(district):
    pairing = paired(district)
    for stranger in (district.station_head_east, district.service):
        with pytest.raises(PermissionDenied):
            log_visit(actor=stranger, pairing=pairing, on=TODAY, tasks=["teams"], at=NOW)
    other = add_backbone(actor=district.service, unit=Unit.objects.get(kind="centre"), name="钱老师")
    with pytest.raises(PermissionDenied) as refused:
        log_visit(actor=district.backbone, pairing=paired(district, backbone=other), on=TODAY, tasks=["teams"], at=NOW)
    assert refused.value.code == "other_person"
    waits = visit(district, pairing, confirmed=False)
    with pytest.raises(StepRefused) as own:
        perform(waits, "confirm", actor=district.backbone, at=NOW)
    assert own.value.code == "not_your_power"
    with pytest.raises(StepRefused):
        perform(waits, "confirm", actor=district.station_head_west, at=NOW)


def test_what_comes_back_is_mended_and_waits_again(district):
    waits = visit(district, paired(district), confirmed=False)
    perform(waits, "return", actor=district.station_head_east, at=NOW, comment="当日站内没有人")
    with pytest.raises(PermissionDenied):
        change_visit(actor=district.station_head_east, pairingvisit=waits, on=YESTERDAY)
    change_visit(actor=district.backbone, pairingvisit=waits, on=YESTERDAY, at=NOW)
    waits.refresh_from_db()
    perform(waits, "resubmit", actor=district.backbone, at=NOW)
    perform(waits, "confirm", actor=district.station_head_east, at=NOW)
    assert read(CODE, by=["month"], at=NOW).rows[0].keys == {"month": "2026-05"}
    with pytest.raises(StepRefused):
        change_visit(actor=district.backbone, pairingvisit=waits, on=TODAY, at=NOW)


def test_a_day_that_was_planned_is_logged_in_its_plan(district):
    pairing = paired(district)
    tomorrow = TODAY + timedelta(days=1)
    planned = plan_visits(
        actor=district.backbone, pairing=pairing, days=[tomorrow, tomorrow + timedelta(days=6)], at=NOW
    )
    assert served(district.service, 2026, TODAY)[0].planned == 2
    logged = log_visit(
        actor=district.backbone, pairing=pairing, on=tomorrow, summary="指导村晚", at=NOW + timedelta(days=1)
    )
    assert logged == planned[0]
    assert PairingVisit.objects.count() == 2


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": date(2025, 12, 31)}, "on"),
        ({"tasks": []}, "tasks"),
        ({"tasks": ["dance"]}, "tasks"),
        ({"tasks": ["teams", "teams"]}, "tasks"),
        ({"part": "evening"}, "part"),
        ({"activities": [987654321]}, "activities"),
        ({"summary": "a\u202eb"}, "summary"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(district, entries, field):
    values = {"on": TODAY, "tasks": ["teams"]} | entries
    with pytest.raises(ValidationError) as refused:
        log_visit(actor=district.backbone, pairing=paired(district), at=NOW, **values)
    assert field in refused.value.error_dict


def test_a_day_belongs_to_activities_of_that_station_alone(district):
    pairing, here, there = paired(district), district.log(), district.log(district.west)
    assert visit(district, pairing, activities=[here.pk]).activities == [here.pk]
    with pytest.raises(ValidationError):
        visit(district, pairing, YESTERDAY, activities=[there.pk])


def test_a_day_at_a_station_is_entered_once(district):
    pairing = paired(district)
    visit(district, pairing)
    with pytest.raises(ValidationError) as refused:
        visit(district, pairing, part="morning")
    assert [error.code for error in refused.value.error_dict["__all__"]] == ["visit_twice"]


def test_the_two_are_paired_once_at_a_time_and_a_pairing_ends_behind_its_days(district):
    pairing = paired(district)
    with pytest.raises(ValidationError), transaction.atomic():
        paired(district, valid_from=TODAY)
    visit(district, pairing)
    with pytest.raises(ValidationError):
        change_pairing(actor=district.service, pairing=pairing, valid_to=TODAY)
    change_pairing(actor=district.service, pairing=pairing, valid_to=TODAY + timedelta(days=1))
    with pytest.raises((ValidationError, IntegrityError)):
        pair_station(
            actor=district.bureau_admin_elsewhere, backbone=backbone_of(district), station=district.elsewhere,
            valid_from=TODAY, planned_days=10,
        )  # fmt: skip


def test_the_whole_way_over_the_api(district):
    bureau, person, head = (Caller(one) for one in (district.service, district.backbone, district.station_head_east))
    centre = Unit.objects.get(kind="centre")
    made = bureau.post("backbones/", {"unit": centre.pk, "name": "林老师", "user": district.backbone.pk}, 400)
    assert [(error["pointer"], error["code"]) for error in made["errors"]] == [("/user", "read_only")]
    backbone = backbone_of(district)
    pair = {"backbone": backbone.pk, "station": district.east.pk, "planned_days": 30, "valid_from": "2026-01-01"}
    pairing = bureau.post("pairings/", pair, 201)["id"]
    logged = person.post("visits/", {"pairing": pairing, "on": str(TODAY), "tasks": ["teams", "records"]}, 201)
    assert (logged["state"], logged["part"]) == ("logged", "whole")
    address = f"visits/{logged['id']}"
    assert person.post(f"{address}/confirm/", status=403)["code"] == "not_your_power"
    person.patch(f"{address}/", {"part": "morning"})
    assert head.post(f"{address}/confirm/")["state"] == "confirmed"
    assert person.patch(f"{address}/", {"part": "whole"}, 409)["code"] == "illegal_transition"
    (row,) = person.get("pairings/progress/?year=2026")["results"]
    assert (row["reached"], row["asked"], row["more_than"], row["missing"]) == (0.5, 50, True, 50)
    statistics = bureau.get(f"statistics/?metric={CODE}&from=2026-01-01&to=2026-12-31&by=backbone")
    assert statistics["rows"][0] == {"backbone": backbone.pk, "backbone_name": "林老师", CODE: 0.5}
    wrong = person.post("visits/", {"pairing": pairing, "on": "31.5.", "tasks": "teams", "part": "x"}, 400)
    assert {error["pointer"] for error in wrong["errors"]} == {"/on", "/tasks", "/part"}
    plan = person.post("visits/plan/", {"pairing": pairing, "days": ["2020-01-01"]}, 400)
    assert plan["errors"][0]["pointer"] == "/days"
    assert person.get("visits/?mine=true&state=confirmed&station=" + str(district.east.pk))["results"]


def test_the_opening_visits_of_stations_keep_their_own_collection(district):
    api = Caller(district.station_head_east)
    assert api.get("opening-visits/") == {"results": [], "next": None}
    visit(district, paired(district))
    assert len(api.get("visits/")["results"]) == 1
    assert api.get("opening-visits/")["results"] == []


def test_the_whole_way_on_the_pages(district, signed_in):
    pairing = paired(district)
    person, head = signed_in(district.backbone), signed_in(district.station_head_east)
    today = person.get("/desk/")
    assert b"/desk/visit-days/log/" in today.content
    form = person.get("/desk/visit-days/log/")
    assert form.context["pairing"] == pairing
    empty = person.post("/desk/visit-days/log/", {"on": str(TODAY), "part": "whole"})
    assert empty.context["form"].errors["tasks"]
    person.post("/desk/visit-days/log/", {"on": str(TODAY), "part": "whole", "tasks": ["teams"], "summary": "排练"})
    waits = PairingVisit.objects.get()
    assert head.get("/desk/").context["work"][0].address == "/desk/visit-days/?state=logged"
    head.post(
        "/desk/visit-days/", {"step": "return", "pick": f"{waits.pk}-{waits.version}", f"reason-{waits.pk}": "日期不对"}
    )
    waits.refresh_from_db()
    assert waits.state == "returned"
    assert "日期不对" in person.get(f"/desk/visit-days/{waits.pk}/").content.decode()
    person.post(
        f"/desk/visit-days/{waits.pk}/change/",
        {"on": str(YESTERDAY), "part": "whole", "tasks": ["teams"], "version": waits.version},
    )
    waits.refresh_from_db()
    person.post(f"/desk/visit-days/{waits.pk}/", {"step": "resubmit", "version": waits.version})
    waits.refresh_from_db()
    head.post("/desk/visit-days/", {"step": "confirm", "pick": f"{waits.pk}-{waits.version}"})
    waits.refresh_from_db()
    assert (waits.state, waits.on) == ("confirmed", YESTERDAY)
    page = signed_in(district.service).get("/admin/guidance/?year=2026")
    assert [row.progress.reached for row in page.context["people"]] == [1]
    assert signed_in(district.station_head_west).get(f"/desk/visit-days/{waits.pk}/").status_code == 404
