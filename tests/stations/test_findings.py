"""A finding is put right by a day, said to be so by the station, and closed only by whoever looks again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Deadline, Decision, Notice
from stations.actions import open_finding, set_threshold
from stations.models import Finding, Threshold, threshold
from tests.district import NOW, TODAY
from tests.exchange.test_attachments import photo

BACKEND = "django.contrib.auth.backends.ModelBackend"


def found(district, **entries) -> Finding:
    values = {
        "actor": district.service,
        "at": NOW,
        "station": district.east,
        "kind": "safety",
        "what": "消防通道堆放杂物",
        "basis": "安全检查",
    }
    return open_finding(**(values | entries))


def duties(finding) -> list[tuple[date, bool]]:
    rows = Deadline.objects.filter(code="stations.finding", subject_id=finding.pk).order_by("id")
    return [(duty.due_on, duty.settled_at is None) for duty in rows]


def test_a_finding_is_owed_by_the_station_within_the_days_of_the_place(district):
    finding = found(district)
    assert (finding.state, finding.due_on) == ("open", TODAY + timedelta(days=30))
    assert finding.debtor == district.east.unit
    assert duties(finding) == [(finding.due_on, True)]
    assert found(district, owed_by="town").debtor.name_zh == "东镇人民政府"


def test_it_is_closed_only_when_it_was_looked_at_again(district):
    finding = found(district)
    with pytest.raises(StepRefused) as refused:
        perform(finding, "rectify", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "comment_required"
    perform(finding, "rectify", actor=district.station_head_east, at=NOW, comment="已清理")
    finding.refresh_from_db()
    assert (finding.state, finding.rectified_on, finding.closed_on) == ("rectified", TODAY, None)
    assert duties(finding) == [(TODAY + timedelta(days=30), False)]
    assert [
        one.records.count()
        for one in waiting(district.service)
        if (one.model, one.step) == ("stations.finding", "accept")
    ] == [1]
    perform(finding, "accept", actor=district.service, at=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.closed_on) == ("closed", TODAY)


def test_the_station_shows_by_files_that_it_is_put_right_and_hears_when_it_is_not(district, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    finding, head = found(district), district.station_head_east
    client.force_login(head, backend=BACKEND)
    address = f"/desk/findings/{finding.pk}/"
    sent = SimpleUploadedFile("整改后.jpg", photo(), "image/jpeg")
    assert client.post(address, {"papers": "1", "file": sent}).status_code == 302
    assert "整改后.jpg" in client.get(address).content.decode()
    perform(finding, "rectify", actor=head, at=NOW, comment="已清理，见照片")
    client.force_login(district.service, backend=BACKEND)
    page = client.get(f"/admin/stations/finding/{finding.pk}/change/").content.decode()
    assert "整改后.jpg" in page
    perform(finding, "reject", actor=district.service, at=NOW, comment="通道仍有杂物")
    for who in (head, district.town_officer_east):
        assert Notice.objects.visible_to(who).unread(who).filter(decision__step="reject").count() == 1, who
    perform(finding, "rectify", actor=head, at=NOW, comment="已清空")
    perform(finding, "accept", actor=district.service, at=NOW)
    client.force_login(head, backend=BACKEND)
    assert "multipart/form-data" not in client.get(address).content.decode()


def test_what_is_not_put_right_is_owed_anew(district):
    finding, later = found(district, due_on=TODAY + timedelta(days=3)), NOW + timedelta(days=2)
    perform(finding, "rectify", actor=district.town_officer_east, at=NOW, comment="已处理")
    perform(finding, "reject", actor=district.service, at=later, comment="仍有杂物")
    finding.refresh_from_db()
    assert (finding.state, finding.rectified_on) == ("open", None)
    assert finding.due_on == TODAY + timedelta(days=32)
    assert duties(finding) == [(TODAY + timedelta(days=3), False), (TODAY + timedelta(days=32), True)]


@pytest.mark.parametrize(
    ("who", "step", "code"),
    [
        ("station_head_east", "accept", "not_your_power"),
        ("station_head_west", "rectify", "not_found"),
        ("service", "rectify", "not_your_power"),
        ("bureau_leader", "withdraw", "not_your_power"),
        ("town_officer_east", "withdraw", "not_your_power"),
    ],
)
def test_nobody_takes_the_step_of_another(district, who, step, code):
    finding = found(district)
    if step == "accept":
        perform(finding, "rectify", actor=district.station_head_east, at=NOW, comment="已清理")
    with pytest.raises(StepRefused) as refused:
        perform(finding, step, actor=getattr(district, who), at=NOW, comment="x")
    assert refused.value.code == code
    assert Decision.objects.about(finding).count() == (2 if step == "accept" else 1)


def test_only_the_bureau_opens_one_and_of_one_record_there_is_one(district):
    with pytest.raises(PermissionDenied):
        found(district, actor=district.station_head_east)
    subject = district.log()
    first = found(district, subject=subject)
    assert found(district, subject=subject, what="另一处") == first
    assert found(district, subject=subject, kind="other") != first


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"opened_on": TODAY + timedelta(days=1)}, "opened_on"),
        ({"opened_on": TODAY - timedelta(days=800)}, "opened_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "__all__"),
        ({"due_on": date(2099, 1, 1)}, "due_on"),
        ({"what": ""}, "what"),
        ({"what": "\u202e"}, "what"),
        ({"kind": "gossip"}, "kind"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(district, entries, field):
    with pytest.raises(ValidationError) as refused:
        found(district, **entries)
    assert list(refused.value.error_dict) == [field]
    assert not Finding.objects.exists()


def test_findings_are_counted_on_the_days_they_stood(district):
    finding = found(district, opened_on=TODAY - timedelta(days=10))
    found(district, station=district.west, kind="complaint")
    withdrawn = found(district, kind="other")
    perform(withdrawn, "withdraw", actor=district.service, at=NOW, comment="误报")
    perform(finding, "rectify", actor=district.station_head_east, at=NOW, comment="已清理")
    perform(finding, "accept", actor=district.service, at=NOW)
    asked = {"where": {"division": "990101"}, "at": NOW}
    assert read("stations.findings", as_of=TODAY - timedelta(days=1), **asked).total.values["stations.findings"] == 1
    assert read("stations.findings", as_of=TODAY, **asked).total.values["stations.findings"] == 1
    by_kind = read("stations.findings", by=["finding"], as_of=TODAY, **asked)
    assert [(row.keys["finding"], row.values["stations.findings"]) for row in by_kind.rows] == [("complaint", 1)]


def test_the_nearest_place_sets_the_number_from_its_day_on(district):
    code, division = Threshold.Code.WEEKLY_HOURS, district.east.division
    entries = {"code": code, "source": "试文〔2026〕3号", "actor": district.bureau_leader}
    assert threshold(code, division, TODAY).number == 42
    set_threshold(number=48, division=district.county, valid_from=date(2026, 1, 1), **entries)
    set_threshold(number=50, division=district.county, valid_from=date(2026, 7, 1), **entries)
    set_threshold(number=56, division=division, valid_from=date(2026, 6, 1), **entries)
    numbers = {
        day: (threshold(code, division, day).number, threshold(code, district.west.division, day).number)
        for day in (date(2025, 12, 31), TODAY, date(2026, 6, 1), date(2026, 7, 1))
    }
    assert list(numbers.values()) == [(42, 42), (48, 48), (56, 48), (56, 50)]
    assert threshold(code, district.elsewhere.division, date(2026, 7, 1)).number == 42


def test_nobody_sets_a_number_for_another_place_nor_an_impossible_one(district):
    entries = {"code": "weekly_hours", "number": 48, "source": "x", "valid_from": TODAY}
    with pytest.raises(PermissionDenied):
        set_threshold(actor=district.bureau_admin_elsewhere, division=district.county, **entries)
    with pytest.raises(PermissionDenied):
        set_threshold(actor=district.station_head_east, division=district.east.division, **entries)
    for wrong in ({"number": 169}, {"division": None}, {"valid_from": date(1999, 1, 1)}, {"source": ""}):
        with pytest.raises(ValidationError):
            set_threshold(**({"actor": district.bureau_admin, "division": district.county} | entries | wrong))
    seen = Threshold.objects.visible_to(district.station_head_east)
    set_threshold(actor=None, division=district.elsewhere.county, **entries)
    assert not seen.filter(division__isnull=False).exists()
    assert seen.count() == 4
