"""The annual report: owed by every legal person, begun with what the system knows, endorsed first, and what follows silence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline
from culture_admin.workflow.steps import obstacles
from stations.actions import (
    award_title,
    change_registration,
    change_sanction,
    note_documents,
    open_annual_reports,
    open_registration,
    warn_late_reports,
    warn_station,
)
from stations.actions.readiness import not_ready
from stations.models import Certificate, Registration, Sanction, Station, with_legal_standing
from stations.models.registration import Kind, State
from stations.tasks import open_annual_reports as hourly
from tests.clock import in_days
from tests.interfaces.conftest import Api
from tests.stations.filing import bring, several

NOW = timezone.now()
# The last year whose report is late by now.
YEAR = in_days(-120).year - 1
SAID = {
    "activities": "全年开放", "net_assets_begin": "100000.00", "net_assets_end": "120000.00", "performance": "无",
    "lawsuits": "无", "complaints": "无", "donations": "无", "other": "无",
}  # fmt: skip


def report_of(district, town: str = "east") -> Registration:
    """The report of a town's station, opened with those of all others."""
    if not Registration.objects.exists():
        open_annual_reports(year=YEAR, at=NOW)
    return Registration.objects.get(station=district.station(town))


def written(district) -> Registration:
    """The east station's report, ready to be filed."""
    head, case = district.station_head_east, report_of(district)
    change_registration(actor=head, registration=case, report=SAID)
    note_documents(actor=head, registrations=[case], note="原件已盖章")
    return Registration.objects.get(pk=case.pk)


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def test_every_legal_person_owes_one_from_the_first_of_january_to_the_thirty_first_of_march(district):
    Certificate.objects.filter(station=district.west).update(ended_as="cancelled", valid_to=date(YEAR, 6, 1))
    opened = open_annual_reports(year=YEAR, at=NOW)
    assert {case.station_id for case in opened} == {district.east.pk, district.elsewhere.pk}
    duties = Deadline.objects.open().filter(code="stations.annual_report")
    assert {(duty.unit_id, duty.due_on) for duty in duties} == {
        (case.station_id, date(YEAR + 1, 3, 31)) for case in opened
    }
    assert open_annual_reports(year=YEAR, at=NOW) == []


def test_every_hour_those_of_last_year_are_opened_that_are_not_yet(district):
    assert (hourly(), hourly()) == (3, 0)


def test_a_report_of_a_year_that_is_not_over_is_neither_opened_nor_filed(district):
    with pytest.raises(ValidationError) as refused:
        open_annual_reports(year=in_days(0).year, at=NOW)
    assert list(refused.value.error_dict) == ["year"]
    case = written(district)
    assert not_ready(case, date(YEAR, 12, 31)).code == "too_early"
    assert not_ready(case, date(YEAR + 1, 1, 1)) is None


def test_it_begins_with_what_the_system_knows_of_the_year(district):
    for day in (date(YEAR, 3, 1), date(YEAR, 9, 1)):
        district.log(begins_on=day, attendance=100, late_reason="补登", at=NOW)
    award_title(
        actor=None,
        station=district.east,
        title="文化强镇",
        year=YEAR,
        issuer="文化厅",
        document="1号",
        valid_from=date(YEAR, 1, 5),
    )
    report = report_of(district).report
    assert (report.figures["activities.held"], report.figures["activities.person_times"]) == (2, 200)
    assert "文化强镇" in report.performance
    assert report.changes
    assert report.activities == "活动场次 2 场；服务人次 200 人次"
    assert report.complaints == "系统内无本年度投诉记录。"
    assert "activities.held" not in report_of(district, "west").report.figures, "what nobody recorded is not zero"


def test_each_of_the_eight_items_has_to_be_said(district):
    head, case = district.station_head_east, report_of(district)
    note_documents(actor=head, registrations=[case], note="原件已盖章")
    missing = dict.fromkeys(("lawsuits", "donations"), "")
    change_registration(actor=head, registration=case, report=SAID | missing)
    obstacle = obstacles([Registration.objects.get(pk=case.pk)], "submit", head)[case.pk]
    assert obstacle.code == "incomplete"
    for name in missing:
        assert str(case.report.ITEMS[name]) in obstacle.text


def test_the_sponsor_gives_its_opinion_first_and_then_it_goes_to_the_office(district):
    case = written(district)
    perform(case, "submit", actor=district.station_head_east)
    assert case.turn == "sponsor"
    assert not Deadline.objects.open().filter(code="stations.annual_report", subject_id=case.pk).exists()
    for step in ("accept", "approve", "announce"):
        assert obstacles([case], step, district.registrar)[case.pk], step
    with pytest.raises(StepRefused) as unsaid:
        perform(case, "endorse", actor=district.town_officer_east)
    assert unsaid.value.code == "comment_required"
    perform(case, "endorse", actor=district.town_officer_east, comment="属实，不涉密")
    case.refresh_from_db()
    assert (case.turn, case.arrived_on) == ("office", in_days(0))
    assert obstacles([case], "review", district.bureau_leader)[case.pk].code == "not_its_way"
    bring(district, case, State.ANNOUNCED)
    assert case.announced_on == in_days(0)


def test_it_is_written_and_filed_through_the_api(district):
    case = report_of(district)
    head = Api(district.station_head_east)
    address = f"registrations/{case.pk}/"
    tag = head.get(address)["ETag"]
    answer = head.patch(address, {"report": SAID}, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["report"]["net_assets_end"] == "120000.00"
    wrong = head.patch(address, {"report": {"staff": -1, "income": 5}}, headers={"If-Match": answer["ETag"]})
    assert {fault["pointer"] for fault in wrong.json()["errors"]} == {"/report/staff", "/report/income"}
    stranger = head.patch(address, {"report": {"figures": {}}}, headers={"If-Match": answer["ETag"]})
    assert (stranger.status_code, stranger.json()["code"]) == (400, "read_only")


def test_it_is_written_on_the_phone_with_the_figures_beside_it(district, signed_in):
    district.log(begins_on=date(YEAR, 3, 1), attendance=100, late_reason="补登")
    case = report_of(district)
    head = signed_in(district.station_head_east)
    page = head.get(f"/desk/registrations/{case.pk}/change/")
    assert ("100", "person-times") in {(str(value), str(unit)) for _label, value, unit in page.context["figures"]}
    head.post(f"/desk/registrations/{case.pk}/change/", {**SAID, "version": case.version})
    assert Registration.objects.get(pk=case.pk).report.lawsuits == "无"
    stale = head.post(f"/desk/registrations/{case.pk}/change/", {**SAID, "other": "x", "version": case.version})
    assert "changed since you looked at it" in stale.content.decode()


def test_what_came_in_since_is_read_again_and_what_was_written_stays(district, signed_in):
    case = report_of(district)
    assert case.report.activities == ""
    change_registration(actor=district.station_head_east, registration=case, report={"complaints": "电话投诉一件"})
    district.log(begins_on=date(YEAR, 3, 1), attendance=100, late_reason="补登")
    case = Registration.objects.get(pk=case.pk)
    head = signed_in(district.station_head_east)
    head.post(f"/desk/registrations/{case.pk}/figures/", {"version": case.version})
    report = Registration.objects.get(pk=case.pk).report
    assert (report.figures["activities.held"], report.complaints) == (1, "电话投诉一件")
    assert report.activities.startswith("活动场次 1 场")
    stale = head.post(f"/desk/registrations/{case.pk}/figures/", {"version": case.version})
    assert "changed since you looked at it" in stale.content.decode()


def test_the_figures_are_read_again_through_the_api_while_the_report_is_written_and_no_longer(district):
    case, head = report_of(district), Api(district.station_head_east)
    address = f"registrations/{case.pk}/"
    district.log(begins_on=date(YEAR, 3, 1), attendance=100, late_reason="补登")

    def asked(tag: str, key: str) -> dict[str, str]:
        return {"If-Match": tag, "Idempotency-Key": key}

    answer = head.post(f"{address}figures/", {}, headers=asked(head.get(address)["ETag"], "a"))
    assert (answer.status_code, answer.json()["report"]["figures"]["activities.held"]) == (200, 1)
    case = written(district)
    perform(case, "submit", actor=district.station_head_east)
    late = head.post(f"{address}figures/", {}, headers=asked(head.get(address)["ETag"], "b"))
    assert (late.status_code, late.json()["code"]) == (409, "illegal_transition")
    town = Api(district.town_officer_west)
    assert town.post(f"{address}figures/", {}, headers=asked('"v1"', "c")).status_code == 404


def test_one_report_of_a_year(district):
    report_of(district)
    with pytest.raises(StepRefused) as refused:
        open_registration(actor=district.station_head_east, station=district.east, kind=Kind.ANNUAL_REPORT, year=YEAR)
    assert refused.value.code == "exists"
    assert open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.ANNUAL_REPORT, year=YEAR - 1
    ).pk


def test_two_hundred_reports_are_opened_with_as_many_questions_as_three(district):
    def questions(stations) -> int:
        for number, station in enumerate(stations):
            Certificate.objects.create(
                station=station, uscc=f"{number:018d}", legal_representative="x", sponsor="x", authority="x",
                valid_from=date(YEAR - 2, 1, 1), valid_to=date(YEAR + 3, 1, 1),
            )  # fmt: skip
        keys = [station.pk for station in stations]
        with CaptureQueriesContext(connection) as captured:
            assert len(open_annual_reports(year=YEAR, at=NOW, stations=keys)) == len(keys)
        return len(captured)

    stations = several(district, 33)
    assert questions(stations[:3]) == questions(stations[3:])


# --- what follows silence ---------------------------------------------------------------------------------------------


@pytest.fixture
def late(district) -> Registration:
    """The east station's report, whose day is over."""
    return report_of(district)


def standing(station) -> str:
    return with_legal_standing(Station.objects.filter(pk=station.pk), in_days(0)).get().legal_standing


def test_late_reports_are_listed_and_filed_late_they_stay_marked(district, late):
    registrar = Api(district.registrar)
    assert [row["id"] for row in registrar.read(f"registrations/?late=true&station={district.east.pk}")["results"]] == [
        late.pk
    ]
    case = written(district)
    perform(case, "submit", actor=district.station_head_east)
    assert registrar.read(f"registrations/{case.pk}/")["late"] is True


def test_silence_leads_from_a_warning_over_the_held_certificate_to_revocation(district, late):
    [sanction] = warn_late_reports(
        actor=district.registrar, registrations=[late], document="试登〔2026〕3号", mend_by=in_days(10)
    )
    duty = Deadline.objects.open().get(code="stations.sanction", subject_id=sanction.pk)
    assert (duty.unit_id, duty.due_on) == (district.east.pk, in_days(10))
    with pytest.raises(StepRefused) as early:
        perform(sanction, "hold", actor=district.registrar, comment="未改正")
    assert early.value.code == "too_early"
    perform(sanction, "hold", actor=district.registrar, comment="未改正", at=moment(in_days(11)))
    certificate = Certificate.objects.with_standing(in_days(11)).get(station=district.east)
    assert (certificate.standing, standing(district.east)) == ("held", "in_force")
    sanction.refresh_from_db()
    assert sanction.mend_by == in_days(41)
    after = moment(in_days(42))
    perform(sanction, "revoke", actor=district.registrar, comment="逾期未改正", at=after)
    certificate.refresh_from_db()
    assert (certificate.custody, certificate.ended_as, certificate.valid_to) == ("collected", "revoked", in_days(42))
    stations = with_legal_standing(Station.objects.filter(pk=district.east.pk), in_days(42))
    assert stations.get().legal_standing == "revoked"
    assert not Deadline.objects.open().filter(code="stations.sanction").exists()


def test_what_is_mended_is_lifted_and_the_certificate_goes_back(district, late):
    [sanction] = warn_late_reports(actor=district.registrar, registrations=[late], document="3号", mend_by=in_days(10))
    perform(sanction, "hold", actor=district.registrar, comment="未改正", at=moment(in_days(11)))
    perform(sanction, "lift", actor=district.registrar, comment="已补报")
    assert Certificate.objects.get(station=district.east).custody == "station"
    assert not Deadline.objects.open().filter(code="stations.sanction").exists()


def test_all_late_stations_are_warned_by_one_letter_and_nobody_twice(district, late, signed_in):
    cases = [late, report_of(district, "west")]
    board = "/admin/stations/registration/board/warn/?kind=annual_report"
    said = {"_selected_action": [case.pk for case in cases], "document": "3号", "mend_by": str(in_days(10))}
    signed_in(district.registrar).post(board, said)
    assert Sanction.objects.count() == 2
    answer = Api(district.registrar).post(
        "sanctions/late-reports/",
        {"registrations": [case.pk for case in cases], "document": "4号", "mend_by": str(in_days(20))},
        headers={"Idempotency-Key": "k"},
    )
    assert answer.json() == {"results": []}
    assert {one.document for one in Sanction.objects.all()} == {"3号"}


def test_only_the_office_warns_and_only_who_is_late(district, late):
    case = bring(district, written(district), State.SUBMITTED)
    with pytest.raises(StepRefused) as refused:
        warn_late_reports(actor=district.registrar, registrations=[case], document="3号", mend_by=in_days(10))
    assert refused.value.code == "not_late"
    body = {
        "station": district.west.pk,
        "ground": "other",
        "finding": "未公开",
        "document": "5号",
        "mend_by": str(in_days(5)),
    }
    for who, status in (("bureau_admin", 403), ("town_officer_east", 400), ("registrar", 201)):
        answer = Api(getattr(district, who)).post("sanctions/", body, headers={"Idempotency-Key": who})
        assert answer.status_code == status, (who, answer.content.decode())


def test_other_time_to_mend_is_given_while_the_sanction_is_open(district):
    sanction = warn_station(
        actor=district.registrar,
        station=district.east,
        ground="other",
        finding="未公开",
        document="5号",
        mend_by=in_days(5),
    )
    change_sanction(actor=district.registrar, sanction=sanction, mend_by=in_days(9))
    assert Deadline.objects.open().get(code="stations.sanction").due_on == in_days(9)
    with pytest.raises(ValidationError):
        change_sanction(actor=district.registrar, sanction=sanction, mend_by=in_days(-1))
    sanction.refresh_from_db()
    perform(sanction, "lift", actor=district.registrar, comment="已改")
    with pytest.raises(StepRefused):
        change_sanction(actor=district.registrar, sanction=sanction, mend_by=in_days(9) + timedelta(days=1))
