"""A station becomes a legal person: from its phone and by the API, through town, bureau and registration office."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from culture_admin.accounts.powers import POWERS
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS, obstacles
from stations.actions import change_registration, open_registration
from stations.actions.rounds import rounds_of
from stations.models import Certificate, Registration
from stations.models.documents import documents_for
from stations.models.registration import Kind, State
from tests.clock import in_days
from tests.exchange.test_attachments import photo
from tests.interfaces.conftest import Api
from tests.stations.filing import CODE, WAY, bring, draft, person, unregistered

ENTRIES = {"purpose": "公益文化服务", "funding": "财政补助", "startup_funds": "300000.00"}


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def registered(district) -> int:
    table = read("stations.registered", where={"division": "990101"}, as_of=in_days(0))
    return table.total.values["stations.registered"]


def test_by_the_api_a_station_becomes_a_legal_person(district):
    station = unregistered(district)
    assert registered(district) == 1
    clients = {role: Api(person(district, role, "east")) for role in {role for _step, role in WAY}}
    head = clients["station_head"]
    body = {"station": station.pk, "kind": "establishment", **ENTRIES}
    opened = head.post("registrations/", body, headers={"Idempotency-Key": "open"})
    assert opened.status_code == 201, opened.content.decode()
    case = opened.json()
    assert (case["state"], case["turn"], case["legal_representative"]) == ("draft", "station", "station_head_east")
    assert case["actions"]["submit"]["code"] == "documents_missing"
    for entry in case["documents"]:
        if entry["counter"]:
            said = {"code": entry["code"], "note": "5月20日已交窗口"}
            tag = head.get(f"registrations/{case['id']}/")["ETag"]
            answer = head.post(
                f"registrations/{case['id']}/notes/", said, headers={"If-Match": tag, "Idempotency-Key": "n"}
            )
        elif entry["required"]:
            file = SimpleUploadedFile(f"{entry['code']}.jpg", photo(), "image/jpeg")
            answer = head.post(
                f"registrations/{case['id']}/documents/", {"code": entry["code"], "file": file}, format="multipart",
                headers={"Idempotency-Key": entry["code"]},
            )  # fmt: skip
        else:
            continue
        assert answer.status_code == 201, answer.content.decode()
    for step, role in WAY:
        if step == "approve":
            tag = clients["registrar"].get(f"registrations/{case['id']}/")["ETag"]
            codes = {"codes": [{"id": case["id"], "etag": tag, "uscc": CODE}]}
            answer = clients["registrar"].post("registrations/codes/", codes, headers={"Idempotency-Key": "codes"})
            assert answer.status_code == 200, answer.content.decode()
        tag = clients[role].get(f"registrations/{case['id']}/")["ETag"]
        answer = clients[role].post(
            f"registrations/{case['id']}/{step}/",
            {"comment": "同意"},
            headers={"If-Match": tag, "Idempotency-Key": step},
        )
        assert answer.status_code == 200, (step, answer.content.decode())
    assert answer.json()["state"] == "announced"
    [certificate] = head.read(f"certificates/?station={station.pk}")["results"]
    assert (certificate["uscc"], certificate["standing"], certificate["valid_from"]) == (CODE, "valid", str(in_days(0)))
    assert certificate["valid_to"] == str(in_days(0).replace(year=in_days(0).year + 5))
    assert (certificate["authority"], certificate["sponsor"]) == ("试验县事业单位登记管理局", "东镇人民政府")
    assert registered(district) == 2


def test_on_the_pages_a_station_becomes_a_legal_person(district, signed_in):
    station = unregistered(district)
    head = signed_in(district.station_head_east)
    form = head.get("/desk/registrations/add/?kind=establishment")
    assert form.context["form"]["legal_representative"].value() == "station_head_east"
    begun = {name: field.value() or "" for name, field in ((one.name, one) for one in form.context["form"])}
    answer = head.post("/desk/registrations/add/?kind=establishment", {**begun, **ENTRIES})
    case = Registration.objects.get(station=station)
    assert answer["Location"] == f"/desk/registrations/{case.pk}/"
    for document in documents_for(Kind.ESTABLISHMENT):
        if document.required:
            case.refresh_from_db()
            file = SimpleUploadedFile("照片.jpg", photo(), "image/jpeg")
            there = {"note": "已交窗口"} if document.counter else {"file": file}
            head.post(
                f"/desk/registrations/{case.pk}/documents/", {"code": document.code, "version": case.version, **there}
            )
    assert "Everything is there; it can be filed." in head.get(f"/desk/registrations/{case.pk}/").content.decode()
    for step, role in WAY:
        case.refresh_from_db()
        client = signed_in(person(district, role, "east"))
        if step == "approve":
            board = "/admin/stations/registration/board/"
            client.post(f"{board}codes/?kind=establishment", {f"code-{case.pk}": CODE})
            case.refresh_from_db()
        if role in ("station_head", "town_officer"):
            address, said = f"/desk/registrations/{case.pk}/", {"step": step, "version": case.version}
        else:
            address, said = f"/admin/stations/registration/{case.pk}/steps/{step}/", {"seen": case.version}
        client.post(address, {**said, "comment": "同意"})
        assert Decision.objects.about(case).filter(step=step).count() == 1, step
    assert Certificate.objects.get(station=station).uscc == CODE
    assert CODE in head.get("/desk/registrations/").content.decode()


PEOPLE = (
    "station_head_east", "town_officer_east", "bureau_admin", "bureau_leader", "registrar", "observer", "service",
    "station_officer_east", "station_head_west", "town_officer_west", "bureau_admin_elsewhere", "system_admin",
)  # fmt: skip


@pytest.mark.parametrize("step", list(FLOWS[Registration].steps))
def test_each_step_is_open_to_whom_the_matrix_gives_it_and_to_nobody_else(district, step):
    found = FLOWS[Registration].steps[step]
    case = bring(district, draft(district), State.DRAFT)
    if step == "resubmit":
        bring(district, case, State.SUBMITTED)
        perform(case, "return_by_sponsor", actor=district.town_officer_east, comment="补材料")
    elif step == "announce":
        bring(district, case, State.ISSUED)
    elif step == "withdraw":
        bring(district, case, State.ENDORSED)
    else:
        bring(district, case, State.EXAMINED if step == "approve" else found.sources[-1])
    may = POWERS[found.power].roles(found.verb)
    wrong = {}
    for username in PEOPLE:
        user = getattr(district, username)
        here = not username.endswith(("_west", "_elsewhere"))
        # What was filed comes back to the office that filed it, and only that withdraws it.
        may_file = username == "station_head_east" if step in ("resubmit", "withdraw") else bool(user.roles & may)
        allowed = here and may_file
        fresh = Registration.objects.get(pk=case.pk)
        obstacle = obstacles([fresh], step, user)[case.pk]
        if allowed != (obstacle is None) and not (obstacle and obstacle.code == "code_missing"):
            wrong[username] = obstacle
    assert wrong == {}


def test_nobody_reviews_what_he_filed_himself(district):
    case = draft(district)
    perform(case, "submit", actor=district.bureau_admin)
    perform(case, "endorse", actor=district.town_officer_east, comment="同意")
    with pytest.raises(StepRefused) as refused:
        perform(case, "review", actor=district.bureau_admin)
    assert refused.value.code == "self_approval"
    perform(case, "review", actor=district.bureau_leader)


def test_before_filing_it_is_said_that_nobody_could_decide(district):
    district.registrar.memberships.update(valid_to=in_days(-1))
    case = draft(district)
    obstacle = obstacles([case], "submit", district.station_head_east)[case.pk]
    assert obstacle.code == "no_decider"


def test_what_was_changed_by_another_way_than_an_action_is_not_decided_on(district):
    case = bring(district, draft(district), State.EXAMINED)
    Registration.objects.filter(pk=case.pk).update(domicile="别处")
    with pytest.raises(StepRefused) as refused:
        perform(Registration.objects.get(pk=case.pk), "approve", actor=district.registrar)
    assert refused.value.code in ("code_missing", "content_changed")
    with pytest.raises(StepRefused) as refused:
        perform(Registration.objects.get(pk=case.pk), "return_by_office", actor=district.registrar, comment="x")
    assert refused.value.code == "content_changed"


def test_what_comes_back_and_is_filed_again_keeps_each_round_with_what_differed(district):
    case = bring(district, draft(district), State.FILED)
    perform(case, "return_by_office", actor=district.registrar, comment="住所写到门牌号")
    head = district.station_head_east
    change_registration(actor=head, registration=case, domicile="东街1号附2号")
    perform(Registration.objects.get(pk=case.pk), "resubmit", actor=head)
    shown = Api(head).read(f"registrations/{case.pk}/")
    assert shown["state"] == "submitted"
    second, first = rounds_of(Registration.objects.get(pk=case.pk))
    assert (first.returned.comment, second.returned) == ("住所写到门牌号", None)
    assert [(one.field, one.before, one.after) for one in second.differences] == [
        ("domicile", "东街1号", "东街1号附2号")
    ]


def test_a_refusal_and_a_withdrawal_are_final_and_have_their_reason(district):
    case = bring(district, draft(district), State.EXAMINED)
    with pytest.raises(StepRefused) as unsaid:
        perform(case, "refuse", actor=district.registrar, comment=" ")
    assert unsaid.value.code == "comment_required"
    perform(case, "refuse", actor=district.registrar, comment="举办单位不具备条件")
    assert not Certificate.objects.filter(station=district.east).exists()
    for step, who in (("approve", "registrar"), ("resubmit", "station_head_east"), ("withdraw", "station_head_east")):
        obstacle = obstacles([Registration.objects.get(pk=case.pk)], step, getattr(district, who))[case.pk]
        assert obstacle.code == "illegal_transition", step
    again = open_registration(actor=district.station_head_east, station=district.east, kind=Kind.ESTABLISHMENT)
    perform(again, "withdraw", actor=district.station_head_east, comment="另行办理")
    assert open_registration(actor=district.station_head_east, station=district.east, kind=Kind.ESTABLISHMENT).pk


def test_an_accepted_case_is_not_withdrawn(district):
    case = bring(district, draft(district), State.ACCEPTED)
    obstacle = obstacles([case], "withdraw", district.station_head_east)[case.pk]
    assert obstacle.code == "illegal_transition"


def test_one_case_of_a_kind_is_open_at_a_time(district):
    case = draft(district)
    with pytest.raises(StepRefused) as refused:
        open_registration(actor=district.station_head_east, station=district.east, kind=Kind.ESTABLISHMENT)
    assert (refused.value.code, refused.value.pk) == ("exists", case.pk)
    answer = Api(district.station_head_east).post(
        "registrations/", {"station": district.east.pk, "kind": "establishment"}, headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["code"], answer.json()["id"]) == (409, "exists", case.pk)


def test_the_desk_says_what_is_not_opened_before_a_form_is_filled_and_leads_to_the_case_there_is(client, district):
    case = draft(district)
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/desk/registrations/add/?station={district.east.pk}"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert page.count(f'href="/desk/registrations/{case.pk}/"') == 1
    assert "has such a case already: it is “Draft”." in page
    # What is no legal person yet changes, renews and cancels nothing, and has nothing to report.
    assert (page.count("is no legal person yet"), page.count("&amp;kind=")) == (5, 0)
    led = client.get(f"{address}&kind=establishment")
    assert (led.status_code, led["Location"]) == (302, f"/desk/registrations/{case.pk}/")
    refused = client.get(f"{address}&kind=change", headers={"accept-language": "en"})
    assert (refused.status_code, b'name="items"' in refused.content) == (200, False)
