"""DM-7: the station heads meet every month, with agenda, presence, minutes, and what each unit is to do afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import owed
from culture_admin.workflow.models import Notice
from stations.actions import agree_follow_up, change_meeting, note_presence
from stations.metrics.progress import months_of_meetings
from stations.models import FollowUp, Meeting, MeetingPresence
from tests.district import NOW, TODAY
from tests.stations.guidance import Caller, meeting

DUE = TODAY + timedelta(days=10)


def agreed(district, unit=None, **entries) -> FollowUp:
    held = entries.pop("meeting", None) or meeting(district)
    values = {"task": "报送暑期培训方案", "due_on": DUE} | entries
    return agree_follow_up(actor=district.service, at=NOW, meeting=held, unit=unit or district.east.unit, **values)


def test_twelve_months_show_which_have_had_their_meeting(district):
    meeting(district, date(2026, 3, 5))
    meeting(district, date(2026, 4, 7), state="held")
    meeting(district, date(2026, 6, 1), state="planned")
    months = months_of_meetings(district.station_head_west, 2026)
    assert [month.first.month for month in months if month.meeting] == [3, 4]
    assert read("stations.meetings", user=district.service).total.values["stations.meetings"] == 1


@pytest.mark.parametrize(("left_out", "code"), [("minutes", "minutes_missing"), ("presence", "presence_missing")])
def test_a_meeting_counts_with_minutes_and_presence(district, left_out, code):
    held = meeting(district, state="held", minutes="" if left_out == "minutes" else "议定三项。")
    if left_out == "presence":
        MeetingPresence.objects.filter(meeting=held).delete()
    with pytest.raises(StepRefused) as refused:
        perform(held, "confirm", actor=district.service, at=NOW)
    assert refused.value.code == code


def test_what_was_confirmed_is_rewritten_only_after_it_was_reopened(district):
    held = meeting(district)
    came = [{"station": district.west, "status": MeetingPresence.Status.ABSENT}]
    writes = (
        lambda: change_meeting(actor=district.service, meeting=held, at=NOW, minutes="改写"),
        lambda: note_presence(actor=district.service, meeting=held, at=NOW, presences=came),
    )
    for write in writes:
        with pytest.raises(StepRefused) as refused:
            write()
        assert refused.value.code == "illegal_transition"
    perform(held, "reopen", actor=district.service, at=NOW, comment="纪要有误")
    for write in writes:
        write()


def test_every_head_is_told_when_a_meeting_is_planned_and_when_it_is_called_off(district):
    planned = meeting(district, TODAY + timedelta(days=5), state="planned")
    told = Notice.objects.filter(kind="told", subject_id=planned.pk).values_list("role", "unit__kind")
    roles = {("station_head", "station"), ("station_officer", "station"), ("town_officer", "town")}
    assert set(told) == roles
    assert told.count() == 6
    perform(planned, "cancel", actor=district.service, at=NOW, comment="防汛")
    assert Notice.objects.visible_to(district.station_head_west).filter(subject_id=planned.pk).count() == 2
    assert not Notice.objects.visible_to(district.station_head_elsewhere).exists()


def test_what_was_agreed_is_owed_by_the_unit_until_it_reports(district):
    task = agreed(district)
    (duty,) = owed(district.station_head_east, DUE)
    assert (duty.unit, duty.due_on, duty.said) == (district.east.unit, DUE, "报送暑期培训方案")
    assert not owed(district.station_head_west, DUE).exists()
    with pytest.raises(StepRefused) as refused:
        perform(task, "report", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "comment_required"
    perform(task, "report", actor=district.station_head_east, at=NOW, comment="已报送")
    assert not owed(district.station_head_east, DUE).exists()
    perform(task, "return", actor=district.service, at=NOW, comment="缺预算")
    assert owed(district.station_head_east, DUE).count() == 1
    perform(task, "close", actor=district.service, at=NOW)
    assert not owed(district.station_head_east, DUE).exists()


def test_each_unit_reports_for_itself(district):
    task = agreed(district)
    with pytest.raises(StepRefused) as refused:
        perform(task, "report", actor=district.town_officer_east, at=NOW, comment="代报")
    assert refused.value.code == "other_unit"
    with pytest.raises(StepRefused) as foreign:
        perform(task, "report", actor=district.station_head_west, at=NOW, comment="代报")
    assert foreign.value.code == "not_found"


def test_with_a_meeting_that_is_void_nothing_is_owed_any_more(district):
    task = agreed(district)
    perform(task.meeting, "void", actor=district.service, at=NOW, comment="误登")
    task.refresh_from_db()
    assert task.state == "void"
    assert not owed(district.station_head_east, DUE).exists()


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": date(2030, 1, 1)}, "due_on"),
        ({"task": ""}, "task"),
    ],
)
def test_what_cannot_be_agreed_is_refused_at_its_field(district, entries, field):
    with pytest.raises(ValidationError) as refused:
        agreed(district, **entries)
    assert field in refused.value.error_dict


def test_nobody_outside_the_county_is_given_anything_to_do(district):
    with pytest.raises(ValidationError) as refused:
        agreed(district, district.elsewhere.unit)
    assert "unit" in refused.value.error_dict
    with pytest.raises(ValidationError):
        agreed(district, district.firm.unit, meeting=Meeting.objects.get() if Meeting.objects.exists() else None)


def test_presence_is_of_stations_of_the_county_and_after_the_day(district):
    held = meeting(district, state="held")
    for station in (district.elsewhere,):
        with pytest.raises(ValidationError):
            note_presence(
                actor=district.service, at=NOW, meeting=held, presences=[{"station": station, "status": "present"}]
            )
    to_come = meeting(district, TODAY + timedelta(days=3), state="planned")
    with pytest.raises(ValidationError):
        note_presence(
            actor=district.service, at=NOW, meeting=to_come, presences=[{"station": district.east, "status": "absent"}]
        )
    with pytest.raises(PermissionDenied):
        note_presence(
            actor=district.station_head_east,
            at=NOW,
            meeting=held,
            presences=[{"station": district.east, "status": "sent"}],
        )


def test_the_whole_way_over_the_api(district):
    api, head = Caller(district.service), Caller(district.station_head_east)
    made = api.post("meetings/", {"kind": "monthly", "title": "五月例会", "begins_on": str(TODAY)}, 201)
    address = f"meetings/{made['id']}"
    api.post(f"{address}/hold/")
    api.patch(f"{address}/", {"minutes": "议定两项。"})
    api.post(
        f"{address}/presence/", {"presences": [{"station": district.east.pk, "status": "sent", "person": "副站长"}]}
    )
    assert api.post(f"{address}/confirm/")["state"] == "confirmed"
    task = api.post(
        "follow-ups/",
        {"meeting": made["id"], "unit": district.east.unit.pk, "task": "报方案", "due_on": str(DUE)},
        201,
    )
    assert head.get(address + "/")["minutes"] == "议定两项。"
    assert head.post(f"follow-ups/{task['id']}/report/", {"comment": "已报"})["state"] == "reported"
    assert Caller(district.station_head_west).get(f"follow-ups/{task['id']}/", 404)["code"] == "not_found"
    assert [one["status"] for one in head.get("presences/")["results"]] == ["sent"]
    wrong = api.post("meetings/", {"kind": "on_site", "title": "现场会", "begins_on": str(TODAY)}, 400)
    assert "host station" in wrong["errors"][0]["message"]


def test_the_whole_way_on_the_pages(district, signed_in):
    bureau, head = signed_in(district.service), signed_in(district.station_head_east)
    bureau.post("/admin/stations/meeting/add/", {"kind": "monthly", "title": "五月例会", "begins_on": str(TODAY)})
    held = Meeting.objects.get()
    page = f"/admin/stations/meeting/{held.pk}"
    bureau.post(f"{page}/steps/hold/", {"seen": held.version})
    listed = bureau.post(f"{page}/acts/presence/")
    assert [station for station, _presence in listed.context["lines"]] == [district.east, district.west]
    seen = {"noted": "1", "seen": listed.context["seen"]}
    bureau.post(
        f"{page}/acts/presence/", {**seen, f"status-{district.east.pk}": "present", f"status-{district.west.pk}": ""}
    )
    assert [(one.station, one.status) for one in held.presences.all()] == [(district.east, "present")]
    wrong = bureau.post(f"{page}/acts/presence/", {**seen, f"status-{district.west.pk}": "present"})
    assert wrong.status_code == 200
    assert held.presences.count() == 1
    held.refresh_from_db()
    told = {
        "title": held.title,
        "begins_on": str(TODAY),
        "ends_on": str(TODAY),
        "minutes": "议定。",
        "seen": held.version,
    }
    bureau.post(f"{page}/change/", told)
    entered = {"meeting": held.pk, "unit": district.east.unit.pk, "task": "报方案", "due_on": str(DUE)}
    assert bureau.post("/admin/stations/followup/add/", entered).status_code == 302
    task = FollowUp.objects.get()
    today = head.get("/desk/").content.decode()
    assert f"/desk/follow-ups/{task.pk}/" in today
    assert "议定。" in head.get(f"/desk/meetings/{held.pk}/").content.decode()
    head.post(f"/desk/follow-ups/{task.pk}/", {"step": "report", "version": task.version, "comment": "已报送"})
    task.refresh_from_db()
    assert task.state == "reported"
