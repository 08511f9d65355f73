"""DM-5: no less than two special trainings a year for the staff of stations, counted for each officer."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import change_training, plan_training, record_attendance
from stations.metrics.progress import bureau_trainings, trained
from stations.models import Attendance, Training
from tests.district import NOW, TODAY
from tests.stations.guidance import Caller, officer, training

MARCH = date(2026, 3, 10)


def standings(district, user=None, *, today=TODAY, year=2026) -> dict[str, tuple]:
    rows = trained(user or district.service, year, today)
    return {row.officer.name: (row.progress.reached, row.progress.standing) for row in rows}


def test_an_officer_has_his_two_trainings_once_both_are_confirmed(district):
    lin, wang = officer(district, "林晓"), officer(district, "王平", district.west)
    training(district, lin, wang, on=MARCH)
    second = training(district, lin, state="held")
    assert standings(district) == {"林晓": (1, "open"), "王平": (1, "open")}
    perform(second, "confirm", actor=district.service, at=NOW)
    assert standings(district) == {"林晓": (2, "met"), "王平": (1, "open")}
    assert bureau_trainings(district.county, 2026, TODAY).standing == "met"


def test_who_is_short_on_31_december_is_red_and_before_that_he_still_has_time(district):
    officer(district, "林晓")
    training(district, on=MARCH, state="planned")
    last_day = date(2026, 12, 31)
    assert standings(district, today=last_day) == {"林晓": (0, "open")}
    assert standings(district, today=last_day + timedelta(days=1)) == {"林晓": (0, "short")}


def test_who_was_absent_was_not_trained(district):
    lin = officer(district, "林晓")
    held = training(district, lin, state="held")
    record_attendance(
        actor=district.service, at=NOW, training=held, attendances=[{"officer": lin, "present": False, "note": "病假"}]
    )
    with pytest.raises(StepRefused) as refused:
        perform(held, "confirm", actor=district.service, at=NOW)
    assert refused.value.code == "attendance_missing"
    assert Attendance.objects.get().note == "病假"


def test_what_is_confirmed_is_opened_again_before_its_list_is_put_right(district):
    lin, wang = officer(district, "林晓"), officer(district, "王平")
    held = training(district, lin)
    late = {"actor": district.service, "at": NOW, "training": held, "attendances": [{"officer": wang, "present": True}]}
    with pytest.raises(StepRefused):
        record_attendance(**late)
    perform(held, "reopen", actor=district.service, at=NOW, comment="漏登一人")
    record_attendance(**late)
    perform(Training.objects.get(pk=held.pk), "confirm", actor=district.service, at=NOW)
    assert standings(district)["王平"] == (1, "open")


def test_an_attendance_keeps_the_station_of_the_day_and_the_number_is_the_statistics_own(district):
    training(district, officer(district, "林晓"), officer(district, "王平", district.west))
    code = "stations.training_attendances"
    table = read(code, by=["division:town"], user=district.service)
    assert {row.keys["division"]: row.values[code] for row in table.rows} == {"990101101": 1, "990101102": 1}
    assert read("stations.trainings", user=district.service).total.values["stations.trainings"] == 1


def test_a_head_sees_his_own_officers_and_no_others(district):
    training(district, officer(district, "林晓"), officer(district, "王平", district.west))
    assert set(standings(district, district.station_head_east)) == {"林晓"}
    assert [one.officer.name for one in Attendance.objects.visible_to(district.station_head_east)] == ["林晓"]
    assert not Attendance.objects.visible_to(district.observer).exists()


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal("6.25")}, "hours"),
        ({"hours": Decimal(501)}, "hours"),
        ({"begins_on": date(2029, 1, 1)}, "begins_on"),
        ({"begins_on": date(1970, 1, 1)}, "begins_on"),
        ({"ends_on": date(2026, 12, 31)}, "ends_on"),
        ({"ends_on": MARCH - timedelta(days=1)}, "__all__"),
        ({"document_no": "慈文广[2026]12号"}, "document_no"),
        ({"title": ""}, "title"),
        ({"kind": "dance"}, "kind"),
    ],
)
def test_a_training_that_cannot_be_is_refused_at_its_field(district, entries, field):
    values = {"title": "摄影培训", "begins_on": MARCH, "hours": Decimal(6)} | entries
    with pytest.raises(ValidationError) as refused:
        plan_training(actor=district.service, at=NOW, **values)
    assert field in refused.value.error_dict


def test_nobody_of_another_county_is_on_the_list(district):
    stranger = officer(district, "远客", district.elsewhere)
    held = training(district, state="held")
    with pytest.raises(ValidationError) as refused:
        record_attendance(
            actor=district.service, at=NOW, training=held, attendances=[{"officer": stranger, "present": True}]
        )
    assert refused.value.error_dict["attendances"][0].code == "not_serving"


def test_a_training_is_the_bureaus_to_plan_and_the_towns_to_see(district):
    planned = training(district, state="planned")
    with pytest.raises(PermissionDenied):
        change_training(actor=district.station_head_east, training=planned, title="改")
    assert Training.objects.visible_to(district.station_head_east).get() == planned
    assert not Training.objects.visible_to(district.station_head_elsewhere).exists()


def test_the_hours_of_a_confirmed_training_stand_until_it_is_reopened(district):
    confirmed = training(district, officer(district, "林晓"))
    with pytest.raises(StepRefused) as refused:
        change_training(actor=district.service, training=confirmed, at=NOW, hours=Decimal(60))
    assert refused.value.code == "illegal_transition"
    perform(confirmed, "reopen", actor=district.service, at=NOW, comment="学时有误")
    assert change_training(actor=district.service, training=confirmed, at=NOW, hours=Decimal(12)).hours == 12


def test_the_whole_way_over_the_api(district):
    lin = officer(district, "林晓")
    api, head = Caller(district.service), Caller(district.station_head_east)
    made = api.post("trainings/", {"title": "声乐培训", "begins_on": str(TODAY), "hours": "6.0", "kind": "class"}, 201)
    address = f"trainings/{made['id']}"
    assert api.post(f"{address}/confirm/", status=409)["code"] == "illegal_transition"
    api.post(f"{address}/hold/")
    assert api.post(f"{address}/confirm/", status=409)["code"] == "attendance_missing"
    api.post(f"{address}/attendance/", {"attendances": [{"officer": lin.pk, "present": True}]})
    assert api.post(f"{address}/confirm/")["state"] == "confirmed"
    (row,) = head.get("trainings/progress/?year=2026")["results"]
    assert (row["officer_name"], row["reached"], row["asked"], row["missing"]) == ("林晓", 1, 2, 1)
    assert head.post(f"{address}/reopen/", {"comment": "x"}, status=403)["code"] == "not_your_power"
    assert [one["officer"] for one in head.get("attendances/")["results"]] == [lin.pk]
    assert api.get("trainings/progress/?year=1900", status=400)["code"] == "date_range"
    wrong = api.post("trainings/", {"title": "x", "begins_on": "2026-02-30", "hours": 6}, 400)
    assert {error["pointer"] for error in wrong["errors"]} == {"/begins_on", "/hours"}


def test_the_whole_way_on_the_pages(district, signed_in):
    lin, wang = officer(district, "林晓"), officer(district, "王平", district.west)
    bureau = signed_in(district.service)
    entered = {"title": "声乐培训", "kind": "short", "hours": "6", "begins_on": str(TODAY)}
    assert bureau.post("/admin/stations/training/add/", entered).status_code == 302
    made = Training.objects.get()
    page = f"/admin/stations/training/{made.pk}"
    bureau.post(f"{page}/steps/hold/", {"seen": made.version})
    listed = bureau.post(f"{page}/acts/attendance/")
    assert [posting.officer for posting, _there, _ticked in listed.context["lines"]] == [lin, wang]
    bureau.post(
        f"{page}/acts/attendance/",
        {"noted": "1", "seen": listed.context["seen"], "present": [lin.pk], f"note-{wang.pk}": "请假"},
    )
    made.refresh_from_db()
    bureau.post(f"{page}/steps/confirm/", {"seen": made.version})
    year = bureau.get("/admin/guidance/?year=2026")
    assert [(one.station, one.met, len(one.officers)) for one in year.context["stations"]] == [
        (district.east, 0, 1),
        (district.west, 0, 1),
    ]
    head = signed_in(district.station_head_east).get("/desk/guidance/?year=2026").content.decode()
    assert "林晓" in head
    assert "王平" not in head
    assert "声乐培训" in head
    sheet = bureau.get("/admin/guidance/?year=2026&table=trainings&format=csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[1:] == [
        "王平,West Subdistrict Cultural Station,0,2,2",
        "林晓,East Town Cultural Station,1,2,1",
    ]


def sheet_of(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in [("序号", "姓名", "单位", "签到"), *rows]:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile("签到表.xlsx", written.getvalue())


def test_a_sign_in_sheet_ticks_whom_it_names_and_says_whom_it_cannot_match(district, signed_in):
    lin, twin = officer(district, "林晓"), officer(district, "林晓", district.west)
    held = training(district, state="held")
    client, page = signed_in(district.service), f"/admin/stations/training/{held.pk}/acts/attendance/"
    sheet = sheet_of((1, "林晓", "西街道", "√"), (2, "张三", "东镇", ""), (3, "林晓", "", ""))
    answer = client.post(page, {"read": "1", "sheet": sheet})
    assert [posting.officer for posting, _there, ticked in answer.context["lines"] if ticked] == [twin]
    assert [fault[:6] for fault in answer.context["signed"].faults] == ["Row 3:", "Row 4:"]
    pasted = client.post(page, {"read": "1", "names": "林晓\t东镇综合文化站\n李四"})
    assert [posting.officer for posting, _there, ticked in pasted.context["lines"] if ticked] == [lin]
    assert pasted.context["signed"].faults[0].startswith("Line 2:")
    broken = client.post(page, {"read": "1", "sheet": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")})
    assert broken.status_code == 200
    assert broken.context["signed"].faults
    assert not Attendance.objects.exists()
