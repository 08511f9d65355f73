"""Information reports: sent in by a town for itself, adopted at one level or several, counted once for the town."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import change_report, record_adoption, send_report
from stations.models import Report
from tests.district import NOW, TODAY
from tests.stations.guidance import Caller

CODE = "stations.reports_adopted"


def sent(district, **entries) -> Report:
    values = {"title": "越剧进社区", "text": "一周演出三场。"} | entries
    return send_report(actor=district.station_head_east, unit=district.east.unit, at=NOW, **values)


def adopt(district, report, level="bureau", **entries):
    values = {"adopted_on": TODAY, "bulletin": "试文信息第3期"} | entries
    return record_adoption(actor=district.service, at=NOW, report=report, level=level, **values)


def test_a_report_counts_once_for_its_town_however_many_levels_adopt_it(district):
    report = sent(district)
    adopt(district, report)
    adopt(district, report, "province")
    report.refresh_from_db()
    assert report.state == "adopted"
    table = read(CODE, by=["division:town"], user=district.service, at=NOW)
    assert {row.keys["division"]: row.values[CODE] for row in table.rows} == {"990101101": 1, "990101102": None}
    by_level = read(CODE, by=["level"], user=district.service, at=NOW)
    assert {row.keys["level"]: row.values[CODE] for row in by_level.rows} == {"bureau": 1, "province": 1}


def test_one_click_adopts_it_for_the_bureau_today(district):
    report = sent(district)
    perform(report, "adopt", actor=district.service, at=NOW)
    assert [(one.level, one.adopted_on) for one in report.adoptions.all()] == [("bureau", TODAY)]


def test_the_town_government_reports_for_itself_and_counts_with_its_station(district):
    office = district.town("east").units.get(kind="town")
    report = send_report(actor=district.town_officer_east, unit=office, title="镇里", text="。", at=NOW)
    assert report.station == district.east
    with pytest.raises(PermissionDenied):
        send_report(actor=district.town_officer_east, unit=district.east.unit, title="代报", text="。", at=NOW)
    with pytest.raises(PermissionDenied):
        change_report(actor=district.service, report=report, title="改")


def test_what_was_taken_up_is_not_changed_any_more(district):
    report = sent(district)
    perform(report, "return", actor=district.service, at=NOW, comment="请补充时间")
    change_report(actor=district.station_head_east, report=report, text="五月一日起，一周演出三场。", at=NOW)
    report.refresh_from_db()
    with pytest.raises(StepRefused):
        adopt(district, report)
    perform(report, "resubmit", actor=district.station_head_east, at=NOW)
    adopt(district, report)
    report.refresh_from_db()
    with pytest.raises(StepRefused):
        change_report(actor=district.station_head_east, report=report, text="又改", at=NOW)


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"adopted_on": TODAY + timedelta(days=1)}, "adopted_on"),
        ({"adopted_on": date(2026, 5, 1)}, "adopted_on"),
        ({"level": "village"}, "level"),
    ],
)
def test_an_adoption_that_cannot_be_is_refused_at_its_field(district, entries, field):
    with pytest.raises(ValidationError) as refused:
        adopt(district, sent(district), **entries)
    assert field in refused.value.error_dict


def test_a_level_adopts_a_report_once(district):
    report = sent(district)
    adopt(district, report)
    with pytest.raises(ValidationError):
        adopt(district, report)


def test_the_whole_way_over_the_api(district):
    head, bureau = Caller(district.station_head_east), Caller(district.service)
    body = {"unit": district.east.unit.pk, "title": "越剧进社区", "text": "一周三场。"}
    made = head.post("reports/", body, 201)
    assert head.post("reports/", {**body, "unit": district.west.unit.pk}, 403)["code"] == "other_unit"
    address = f"reports/{made['id']}"
    assert head.post(f"{address}/adopt/", status=403)["code"] == "not_your_power"
    entry = {"report": made["id"], "level": "city", "adopted_on": str(timezone.localdate())}
    assert bureau.post("adoptions/", entry, 201)["level"] == "city"
    assert bureau.get(f"{address}/")["adoptions"] == ["city"]
    assert len(bureau.get("adoptions/?level=city&division=990101101")["results"]) == 1
    assert Caller(district.station_head_west).get(f"{address}/", 404)["code"] == "not_found"


def test_the_whole_way_on_the_pages(district, signed_in):
    head, bureau = signed_in(district.station_head_east), signed_in(district.service)
    empty = head.post("/desk/reports/add/", {"title": "", "text": ""})
    assert set(empty.context["form"].errors) == {"title", "text"}
    head.post("/desk/reports/add/", {"title": "越剧进社区", "text": "一周三场。", "author": "林晓"})
    report = Report.objects.get()
    entered = {"report": report.pk, "level": "bureau", "adopted_on": str(timezone.localdate()), "bulletin": "第3期"}
    assert bureau.post("/admin/stations/adoption/add/", entered).status_code == 302
    page = head.get("/desk/reports/")
    assert page.context["adopted"] == 1
    assert "第3期" in page.content.decode()
    assert "第3期" in head.get(f"/desk/reports/{report.pk}/").content.decode()
    assert signed_in(district.station_head_west).get(f"/desk/reports/{report.pk}/").status_code == 404
