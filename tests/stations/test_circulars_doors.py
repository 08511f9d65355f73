"""A collection from the bureau's draft to its table, through the pages and through the API."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.territory.actions import add_unit
from stations.actions import save_answers
from stations.models import Circular, Reply
from tests.district import TODAY
from tests.exchange.test_attachments import photo
from tests.stations.guidance import ANSWERS, QUESTIONS, Caller, sent_out


def drafted(**entries) -> dict[str, object]:
    """What the form of the admin sends for a collection with two questions."""
    rows = {
        "questions-0-label": "开放时间", "questions-0-kind": "text", "questions-0-required": "1", "questions-0-key": "",
        "questions-0-help": "", "questions-0-choices": "",
        "questions-1-label": "开放方式", "questions-1-kind": "choice", "questions-1-choices": "全天\n半天",
        "questions-1-key": "", "questions-1-help": "", "questions-2-label": "",
    }  # fmt: skip
    due = timezone.localdate() + timedelta(days=5)
    named = {"kind": "collection", "title": "五一开放", "body": "请填报。", "document_no": "试文〔2026〕8号"}
    return {**named, "audience": "stations", "chosen": "all", "due_on": str(due), **rows, **entries}


def test_the_whole_way_on_the_pages(district, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bureau, head = signed_in(district.service), signed_in(district.station_head_east)
    wrong = bureau.post("/admin/stations/circular/add/", drafted(**{"questions-1-choices": "全天"}))
    assert "Question 2" in str(wrong.context["adminform"].form.errors["questions"])
    assert "开放方式" in wrong.content.decode()
    assert bureau.post("/admin/stations/circular/add/", drafted()).status_code == 302
    circular = Circular.objects.get()
    page = f"/admin/stations/circular/{circular.pk}"
    bureau.post(f"{page}/steps/issue/", {"seen": circular.version})
    reply = circular.replies.get(unit=district.east.unit)
    assert f"/desk/replies/{reply.pk}/" in head.get("/desk/").content.decode()
    assert head.get("/desk/circulars/").context["listing"].rows == [reply]
    desk = f"/desk/replies/{reply.pk}/"
    head.post(desk, {"step": "receive", "version": reply.version})
    reply.refresh_from_db()
    short = head.post(desk, {"act": "submit", "version": reply.version, "q1": ""})
    assert short.context["answers"].errors["q1"]
    head.post(desk, {"act": "save", "version": reply.version, "q1": "8:30", "q2": ""})
    reply.refresh_from_db()
    assert (reply.state, reply.answers) == ("received", {"q1": "8:30"})
    told = [entry for moment in head.get(desk).context["timeline"] for entry in moment.entries]
    assert [(str(entry.label), entry.before, entry.after) for entry in told] == [("Answers", "—", "开放时间 8:30")]
    for draft in ("change", "history"):
        assert "8:30" not in bureau.get(f"/admin/stations/reply/{reply.pk}/{draft}/").content.decode()
    head.post(desk, {"act": "submit", "version": reply.version, "q1": "8:30", "q2": "全天"})
    reply.refresh_from_db()
    for handed_in in ("change", "history"):
        assert "8:30" in bureau.get(f"/admin/stations/reply/{reply.pk}/{handed_in}/").content.decode()
    bureau.post(f"/admin/stations/reply/{reply.pk}/steps/return/", {"seen": reply.version, "comment": "请写闭馆时间"})
    assert "请写闭馆时间" in head.get(desk).content.decode()
    reply.refresh_from_db()
    head.post(desk, {"act": "submit", "version": reply.version, "q1": "8:30-21:00", "q2": "全天"})
    reply.refresh_from_db()
    bureau.post(f"/admin/stations/reply/{reply.pk}/steps/accept/", {"seen": reply.version})
    table = bureau.get(f"{page}/results/")
    assert [[answer.text for answer in line.answers] for line in table.context["results"].lines] == [
        ["8:30-21:00", "全天"],
        ["", ""],
    ]
    rows = list(csv.reader(io.StringIO(bureau.get(f"{page}/results.csv").content.decode("utf-8-sig"))))
    assert rows[0][-2:] == ["开放时间", "开放方式"]
    assert rows[1][-2:] == ["8:30-21:00", "全天"]
    assert bureau.get(f"{page}/results.xlsx").content.startswith(b"PK")
    assert signed_in(district.bureau_admin_elsewhere).get(f"{page}/results/").status_code == 404
    assert signed_in(district.station_head_west).get(desk).status_code == 404


def test_who_is_late_stands_in_the_list_and_one_press_chases_them_up(district, signed_in):
    circular = sent_out(district)
    bureau = signed_in(district.service)
    listed = bureau.get("/admin/stations/circular/?late=true").context["cl"].result_list
    assert [(one.pk, one.addressed, one.overdue) for one in listed] == [(circular.pk, 2, 2)]
    bureau.post(f"/admin/stations/circular/{circular.pk}/acts/chase/")
    assert {reply.chases for reply in circular.replies.all()} == {1}
    assert "chased up once" in signed_in(district.station_head_east).get("/desk/circulars/").content.decode()


def test_a_form_that_is_out_is_revised_on_the_page_of_the_circular(district, signed_in):
    circular = sent_out(district)
    bureau, page = signed_in(district.service), f"/admin/stations/circular/{circular.pk}/change/"
    shown = bureau.get(page).context["adminform"].form
    assert set(shown.fields) == {"due_on", "questions"}
    rows = {f"questions-{n}-{part}": "" for n in range(2) for part in ("help", "choices", "key")}
    rows |= {"questions-0-label": "开放时段", "questions-0-kind": "text", "questions-0-key": "q1"}
    rows |= {"questions-1-label": "负责人", "questions-1-kind": "text", "due_on": str(circular.due_on)}
    assert bureau.post(page, {**rows, "seen": circular.version}).status_code == 302
    assert [(form.number, len(form.kept)) for form in circular.forms.all()] == [(1, 7), (2, 2)]


def test_the_desk_takes_a_file_and_lets_go_of_it(district, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    circular = sent_out(district)
    reply = circular.replies.get(unit=district.east.unit)
    head, page = signed_in(district.station_head_east), f"/desk/replies/{reply.pk}/"
    sent = SimpleUploadedFile("照片.jpg", photo(), content_type="image/jpeg")
    head.post(page, {"act": "save", "version": reply.version, "q1": "8:30", "q7": sent})
    reply.refresh_from_db()
    assert set(reply.answers) == {"q1", "q7"}
    assert "照片.jpg" in head.get(page).content.decode()
    broken = SimpleUploadedFile("x.jpg", b"no picture", content_type="image/jpeg")
    refused = head.post(page, {"act": "save", "version": reply.version, "q1": "9:00", "q7": broken})
    assert refused.context["answers"].errors["q7"]
    head.post(page, {"act": "save", "version": reply.version, "q1": "8:30", "away-q7": "on"})
    reply.refresh_from_db()
    assert set(reply.answers) == {"q1"}
    stale = head.post(page, {"act": "save", "version": "1", "q1": "8:30"})
    assert "changed since" in stale.content.decode()


def test_the_whole_way_over_the_api(district):
    bureau, head = Caller(district.service), Caller(district.station_head_east)
    due = str(timezone.localdate() + timedelta(days=5))
    body = {"kind": "collection", "title": "五一开放", "body": "请填报。", "due_on": due, "questions": QUESTIONS}
    made = bureau.post("circulars/", body, 201)
    assert [question["key"] for question in made["questions"]] == [f"q{number}" for number in range(1, 8)]
    address = f"circulars/{made['id']}"
    assert head.get(f"{address}/", 404)["code"] == "not_found"
    assert bureau.patch(f"{address}/", {"title": "五一开放情况"})["title"] == "五一开放情况"
    assert bureau.post(f"{address}/issue/")["state"] == "issued"
    (reply,) = head.get("replies/")["results"]
    mine = f"replies/{reply['id']}"
    assert head.post(f"{mine}/receive/")["received_at"]
    wrong = head.patch(f"{mine}/", {"answers": {"q2": "很多", "q9": 1}}, 400)
    assert {error["pointer"] for error in wrong["errors"]} == {"/answers/q2", "/answers/q9"}
    assert head.post(f"{mine}/submit/", status=409)["code"] == "answers_missing"
    assert head.patch(f"{mine}/", {"answers": ANSWERS})["answers"]["q2"] == "1204"
    assert bureau.get(f"{mine}/")["answers"] == {}
    assert head.post(f"{mine}/submit/")["state"] == "submitted"
    assert bureau.get(f"{mine}/")["answers"]["q3"] == "3000.00"
    assert head.post(f"{mine}/accept/", status=403)["code"] == "not_your_power"
    assert bureau.post(f"{mine}/return/", status=400)["code"] == "comment_required"
    assert bureau.post(f"{mine}/accept/")["state"] == "accepted"
    table = bureau.get(f"{address}/results/")
    assert (len(table["rows"]), table["total"]) == (2, {"q2": 1204, "q3": 3000})
    assert [row["unit"] for row in head.get(f"{address}/results/")["rows"]] == [district.east.pk]
    assert bureau.client.get(f"/api/v1/{address}/results/?format=xlsx").content.startswith(b"PK")
    assert bureau.get(f"{address}/results/?format=pdf", 400)["errors"][0]["parameter"] == "format"
    assert bureau.post(f"{address}/chase/", status=409)["code"] == "nobody_late"
    assert Caller(district.station_head_elsewhere).get(f"{mine}/", 404)["code"] == "not_found"


def test_the_channel_refuses_what_it_cannot_read(district):
    bureau = Caller(district.service)
    body = {"kind": "collection", "title": "x", "body": "x", "questions": [{"label": "问", "kind": "picture"}]}
    refused = bureau.post("circulars/", body, 400)
    assert refused["errors"][0]["pointer"] == "/questions/0/kind"
    for answers in ("x", [], {"q1": {"a": 1}}, {"q1": [1]}):
        reply = Reply.objects.first() or sent_out(district).replies.get(unit=district.east.unit)
        head = Caller(district.station_head_east)
        assert head.patch(f"replies/{reply.pk}/", {"answers": answers}, 400)["errors"][0]["pointer"] == "/answers"


def test_lists_ask_as_many_questions_for_many_replies_as_for_few(district, signed_in):
    circular = sent_out(district)
    save_answers(
        actor=district.station_head_east, reply=circular.replies.get(unit=district.east.unit), answers={"q1": "x"}
    )
    client = signed_in(district.service)
    addresses = (
        f"/admin/stations/circular/{circular.pk}/results/", f"/api/v1/circulars/{circular.pk}/results/", "/api/v1/replies/",
        "/admin/stations/reply/", "/admin/stations/circular/", "/api/v1/circulars/",
    )  # fmt: skip

    def questions() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    questions()
    few = questions()
    for number in range(20):
        unit = add_unit(kind="station", division=district.town("east"), name_zh=f"站{number}")
        Reply.objects.create(circular=circular, unit=unit, form=circular.form, due_on=TODAY)
    assert questions() == few
