"""What each kind of case asks, and by when: documents, certificates, deadlines; and what is refused in so many words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.attaching import attach_file
from culture_admin.workflow.actions import StepRefused, owe, perform
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import Deadline, Notice
from culture_admin.workflow.steps import obstacles
from stations.actions import (
    attach_document,
    change_registration,
    note_document,
    open_registration,
    remove_document,
)
from stations.actions.readiness import not_ready
from stations.actions.representative import CODE as REPRESENTATIVE_DUTY
from stations.models import Certificate, Registration, Station, with_legal_standing
from stations.models.documents import documents_for
from stations.models.registration import Ground, Item, Kind, State
from tests.clock import in_days
from tests.exchange.test_attachments import photo
from tests.stations.filing import bring, draft

TODAY = in_days(0)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def codes_of(refused: ValidationError) -> dict[str, str]:
    return {name: errors[0].code for name, errors in refused.error_dict.items()}


def standing(station: Station, on: date) -> str:
    return with_legal_standing(Station.objects.filter(pk=station.pk), on).get().legal_standing


def open_duties(case: Registration) -> dict[str, date]:
    rows = Deadline.objects.open().filter(subject_id=case.pk, subject_type__model="registration")
    return dict(rows.values_list("code", "due_on"))


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reasons", "more"),
    [
        (Kind.CHANGE, [Item.NAME], {"approval", "seal"}),
        (Kind.CHANGE, [Item.LEGAL_REPRESENTATIVE], {"representative_form", "removal", "appointment", "identity"}),
        (Kind.CHANGE, [Item.PURPOSE], {"approval", "licence"}),
        (Kind.CHANGE, [Item.FUNDING], {"funding"}),
        (Kind.CHANGE, [Item.DOMICILE], {"premises"}),
        (Kind.CHANGE, [Item.STARTUP_FUNDS], {"funds"}),
        (Kind.CHANGE, [Item.NAME, Item.DOMICILE], {"approval", "seal", "premises"}),
        (Kind.REISSUE, [Ground.LOST], {"loss"}),
        (Kind.REISSUE, [Ground.DAMAGED], {"damaged"}),
    ],
)
def test_what_is_asked_for_depends_on_what_is_changed(kind, reasons, more):
    always = {"application", "duplicate"} if kind == Kind.CHANGE else {"application"}
    assert {document.code for document in documents_for(kind, reasons)} == always | more


def test_what_is_missing_is_said_before_filing_all_of_it_at_once(district):
    case = open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.CHANGE, items=["domicile"]
    )
    obstacle = obstacles([case], "submit", district.station_head_east)[case.pk]
    assert obstacle.code == "documents_missing"
    for told in ("Proof of the right to use the premises", "Copy of the duplicate of the certificate"):
        assert str(_(told)) in obstacle.text
    for name in ("purpose", "event_on", "domicile"):
        assert str(Registration._meta.get_field(name).verbose_name) in obstacle.text


def test_no_copy_of_an_identity_card_is_kept(district):
    case = open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.CHANGE, items=["legal_representative"]
    )
    common = {"actor": district.station_head_east, "registration": case, "code": "identity"}
    with pytest.raises(ValidationError) as refused:
        attach_document(name="证件.jpg", content=photo(), **common)
    assert codes_of(refused.value) == {"code": "counter"}
    assert note_document(note="5月20日已验原件", **common).attachment is None


def test_a_document_the_case_does_not_need_is_refused_with_those_it_needs(district):
    case = open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.REISSUE, ground=Ground.LOST
    )
    with pytest.raises(ValidationError) as refused:
        attach_document(
            actor=district.station_head_east, registration=case, code="charter", name="x.jpg", content=photo()
        )
    assert codes_of(refused.value) == {"code": "unknown_document"}
    assert "application, loss" in refused.value.messages[0]


def test_a_document_that_is_taken_out_is_missing_again_and_its_file_is_kept(district):
    head, case = district.station_head_east, draft(district, Kind.REISSUE, ground=Ground.LOST)
    kept = attach_document(actor=head, registration=case, code="loss", name="启事.jpg", content=photo())
    for row in case.documents.filter(code="loss", removed_at=None):
        remove_document(actor=head, registration=case, document=row.pk)
    assert not_ready(Registration.objects.get(pk=case.pk), TODAY).code == "documents_missing"
    kept.refresh_from_db()
    assert kept.attachment.sha256
    with pytest.raises(StepRefused):
        remove_document(actor=head, registration=case, document=kept.pk)


def test_once_filed_a_case_takes_no_more_files_by_any_door(district):
    case = bring(district, draft(district, Kind.REISSUE, ground=Ground.LOST), State.SUBMITTED)
    head = district.station_head_east
    for keep in (
        lambda: attach_document(actor=head, registration=case, code="loss", name="x.jpg", content=photo()),
        lambda: note_document(actor=head, registration=case, code="loss", note="x"),
        lambda: attach_file(actor=head, subject=case, name="x.jpg", content=photo()),
    ):
        with pytest.raises(StepRefused) as refused:
            keep()
        assert refused.value.code == "illegal_transition"


def test_a_file_of_a_case_is_seen_by_the_office_and_by_nobody_of_another_town(district):
    case = open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.REISSUE, ground=Ground.LOST
    )
    kept = attach_document(
        actor=district.station_head_east, registration=case, code="loss", name="启事.jpg", content=photo()
    )
    rows = type(kept.attachment).objects
    assert rows.visible_to(district.registrar).filter(pk=kept.attachment_id).exists()
    assert not rows.visible_to(district.station_head_west).filter(pk=kept.attachment_id).exists()
    assert not rows.visible_to(district.firm_manager).filter(pk=kept.attachment_id).exists()


# --- changes ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(district) -> Certificate:
    """The east station's certificate, with everything on it."""
    Certificate.objects.filter(station=district.east).update(
        name="东镇综合文化站", purpose="公益文化服务", funding="财政补助", domicile="东街1号", startup_funds=300_000,
        legal_representative="station_head_east",
    )  # fmt: skip
    return Certificate.objects.get(station=district.east)


def test_a_change_keeps_the_end_of_the_certificate_and_replaces_it(district, certificate):
    case = draft(district, Kind.CHANGE, items=["funding"], funding="财政补助、事业收入", event_on=TODAY)
    bring(district, case, State.ISSUED)
    certificate.refresh_from_db()
    new = Certificate.objects.get(registration=case)
    assert (certificate.valid_to, new.valid_from, new.valid_to) == (TODAY, TODAY, date(2029, 3, 1))
    assert (new.uscc, new.funding, new.domicile) == (certificate.uscc, "财政补助、事业收入", "东街1号")
    standings = Certificate.objects.filter(station=district.east).with_standing(TODAY).order_by("valid_from")
    assert [one.standing for one in standings] == ["replaced", "valid"]
    assert case.turn == "nobody", "a change of the funding source is not announced"


@pytest.mark.parametrize(
    ("items", "event_on", "file_by"),
    [
        (["name"], date(2026, 9, 28), add_working_days(date(2026, 9, 28), 30)[0]),
        (["domicile"], date(2026, 12, 1), date(2026, 11, 30)),
        (["domicile", "funding"], date(2026, 9, 28), date(2026, 9, 27)),
        (["startup_funds"], date(2026, 9, 28), add_working_days(date(2026, 9, 28), 30)[0]),
    ],
)
def test_a_change_is_filed_within_thirty_working_days_and_premises_before_moving_in(
    district, certificate, items, event_on, file_by
):
    case = open_registration(
        actor=district.station_head_east, station=district.east, kind=Kind.CHANGE, items=items, event_on=event_on
    )
    assert case.file_by == file_by
    assert open_duties(case) == {"stations.registration.filing": file_by}
    assert add_working_days(date(2026, 9, 28), 30)[0] > date(2026, 11, 9), "the days of the National Day do not count"


def test_a_corrected_event_moves_the_clock(district, certificate):
    head = district.station_head_east
    case = open_registration(
        actor=head, station=district.east, kind=Kind.CHANGE, items=["domicile"], event_on=in_days(20)
    )
    change_registration(actor=head, registration=case, event_on=in_days(40))
    assert open_duties(case) == {"stations.registration.filing": in_days(39)}


@pytest.mark.parametrize(
    ("items", "said", "code"),
    [
        (["funding"], {"funding": "财政补助"}, "unchanged"),
        (["startup_funds"], {"startup_funds": 360_000}, "within_a_fifth"),
        (["startup_funds"], {"startup_funds": 240_000}, "within_a_fifth"),
        (["startup_funds"], {"startup_funds": 360_001}, ""),
        (["startup_funds"], {"startup_funds": 239_999}, ""),
        (["legal_representative"], {"legal_representative": "外人"}, "not_the_head"),
    ],
)
def test_a_change_says_what_has_changed_and_funds_by_more_than_a_fifth(district, certificate, items, said, code):
    case = draft(district, Kind.CHANGE, items=items, event_on=TODAY, **said)
    obstacle = not_ready(Registration.objects.get(pk=case.pk), TODAY)
    assert (obstacle.code if obstacle else "") == code


@pytest.mark.parametrize(
    ("kind", "entries", "field", "code"),
    [
        (Kind.CHANGE, {}, "items", "required"),
        (Kind.CHANGE, {"items": ["name", "name"]}, "items", "repeated"),
        (Kind.CHANGE, {"items": ["seal"]}, "items", "item_invalid"),
        (Kind.CHANGE, {"items": ["name"], "domicile": "别处"}, "domicile", "not_named"),
        (Kind.RENEWAL, {"items": ["name"]}, "items", "not_of_kind"),
        (Kind.RENEWAL, {"ground": "lost"}, "ground", "not_of_kind"),
        (Kind.REISSUE, {"ground": "merger"}, "ground", "ground"),
        (Kind.REISSUE, {}, "ground", "ground"),
        (Kind.CANCELLATION, {"ground": "lost"}, "ground", "ground"),
        (Kind.CANCELLATION, {"ground": "merger", "liquidation_to": TODAY}, "liquidation_from", "required"),
        (
            Kind.CANCELLATION,
            {"ground": "merger", "event_on": TODAY, "liquidation_from": in_days(-1)},
            "liquidation_from",
            "liquidation_order",
        ),
        (Kind.RENEWAL, {"liquidation_from": TODAY}, "liquidation_from", "not_of_kind"),
        (Kind.RENEWAL, {"duplicates": 100}, "duplicates", "max_value"),
        (Kind.CHANGE, {"items": ["startup_funds"], "startup_funds": -1}, "startup_funds", "min_value"),
        (Kind.ESTABLISHMENT, {}, "kind", "registered"),
        (Kind.ANNUAL_REPORT, {"year": TODAY.year}, "year", "year_not_over"),
        (Kind.ANNUAL_REPORT, {}, "year", "year_not_over"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_stands(district, certificate, kind, entries, field, code):
    with pytest.raises(ValidationError) as refused:
        open_registration(actor=district.station_head_east, station=district.east, kind=kind, **entries)
    assert codes_of(refused.value) == {field: code}
    assert not Registration.objects.exists()


def test_nobody_files_for_a_station_that_is_not_his(district, certificate):
    for username in ("station_head_west", "registrar", "observer", "station_officer_east"):
        with pytest.raises(PermissionDenied):
            open_registration(
                actor=getattr(district, username), station=district.east, kind=Kind.REISSUE, ground=Ground.LOST
            )


def test_a_certificate_that_names_the_head_settles_the_duty_about_the_legal_representative(district, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(legal_representative="前任站长")
    duty = owe(
        district.east.unit,
        code=REPRESENTATIVE_DUTY,
        label="法定代表人变更",
        opened_on=in_days(-5),
        working_days=30,
        subject=district.east,
    )
    case = draft(district, Kind.CHANGE, items=["legal_representative"], event_on=in_days(-5))
    assert case.legal_representative == "station_head_east"
    assert "stations.registration.filing" not in open_duties(case), "it is not owed twice"
    bring(district, case, State.ISSUED)
    duty.refresh_from_db()
    assert duty.settled_at is not None
    assert Certificate.objects.get(registration=case).legal_representative == "station_head_east"


# --- clocks of the office ---------------------------------------------------------------------------------------------


def test_the_office_has_three_working_days_to_look_through_and_thirty_to_decide(district):
    case = bring(district, draft(district), State.FILED)
    assert open_duties(case) == {"stations.registration.completeness": add_working_days(TODAY, 3)[0]}
    bring(district, case, State.ACCEPTED)
    assert open_duties(case) == {"stations.registration.decision": TODAY + timedelta(days=30)}
    bring(district, case, State.APPROVED)
    assert open_duties(case) == {}


def test_a_change_is_decided_within_thirty_working_days(district, certificate):
    case = draft(district, Kind.CHANGE, items=["funding"], funding="自筹", event_on=TODAY)
    bring(district, case, State.ACCEPTED)
    assert open_duties(case) == {"stations.registration.decision": add_working_days(TODAY, 30)[0]}


def test_nothing_is_approved_by_time_running_out(district):
    case = bring(district, draft(district), State.ACCEPTED)
    Deadline.objects.filter(subject_id=case.pk, code="stations.registration.decision").delete()
    Registration.objects.filter(pk=case.pk).update(accepted_on=in_days(-400))
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert not Certificate.objects.filter(station=district.east).exists()
    bring(district, case, State.EXAMINED)
    due_on = open_duties(case)["stations.registration.decision"]
    assert due_on < TODAY, "it is late, and nothing else"


def test_a_case_that_comes_back_stops_the_clock_of_the_office(district):
    case = bring(district, draft(district), State.ACCEPTED)
    perform(case, "return_by_office", actor=district.registrar, comment="缺章程")
    assert open_duties(case) == {}
    perform(case, "resubmit", actor=district.station_head_east)
    bring(district, case, State.FILED)
    assert set(open_duties(case)) == {"stations.registration.completeness"}


def test_the_page_of_the_office_names_the_day_its_clock_ends(client, district):
    case = bring(district, draft(district), State.ACCEPTED)
    client.force_login(district.registrar, backend=BACKEND)
    page = client.get(f"/admin/stations/registration/{case.pk}/change/").content.decode()
    assert f"{TODAY + timedelta(days=30):%Y-%m-%d}" in page


def test_what_comes_back_is_told_once_to_whoever_filed_it_and_is_for_the_office_to_read(client, district):
    case = bring(district, draft(district), State.FILED)
    perform(case, "return_by_office", actor=district.registrar, comment="住所证明未盖章")
    head = district.station_head_east
    told = Notice.objects.visible_to(head).unread(head).filter(decision__step="return_by_office")
    assert [notice.kind for notice in told] == ["waits"]
    address = f"/admin/stations/registration/{case.pk}/change/"
    for user in (district.registrar, district.bureau_leader):
        client.force_login(user, backend=BACKEND)
        assert 'name="domicile"' not in client.get(address).content.decode(), user


# --- cancellation -----------------------------------------------------------------------------------------------------


def test_a_cancellation_runs_its_three_clocks_and_ends_the_legal_person(district, certificate):
    head, east = district.station_head_east, district.east
    case = open_registration(
        actor=head, station=east, kind=Kind.CANCELLATION, ground=Ground.MERGER, event_on=date(2026, 5, 31)
    )
    assert open_duties(case) == {"stations.liquidation.group": date(2026, 8, 31)}
    assert standing(east, TODAY) == "in_force"
    change_registration(actor=head, registration=case, liquidation_from=date(2026, 6, 30))
    assert open_duties(case) == {"stations.liquidation.end": date(2026, 10, 28)}
    assert standing(east, TODAY) == "in_liquidation"
    change_registration(actor=head, registration=case, liquidation_to=in_days(-20))
    case.refresh_from_db()
    assert open_duties(case) == {"stations.registration.filing": in_days(-5)}
    for document in documents_for(Kind.CANCELLATION):
        note_document(actor=head, registration=case, code=document.code, note="已交窗口")
    bring(district, case, State.APPROVED)
    assert case.is_late
    certificate.refresh_from_db()
    assert (certificate.valid_to, certificate.custody, certificate.ended_as) == (TODAY, "collected", "cancelled")
    assert standing(east, TODAY) == "cancelled"
    assert standing(east, in_days(-1)) == "in_force", "the certificate was in force until the decision"
    bring(district, case, State.ANNOUNCED)
    assert open_registration(actor=head, station=east, kind=Kind.ESTABLISHMENT).state == "draft"


def test_an_ended_legal_person_is_neither_changed_nor_renewed(district, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(valid_to=TODAY, ended_as="revoked", custody="collected")
    case = draft(district, Kind.RENEWAL)
    assert not_ready(case, TODAY).code == "ended"
    assert standing(district.east, TODAY) == "revoked"
