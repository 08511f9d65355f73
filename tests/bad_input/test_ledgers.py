"""Ledgers by API and by page: a wrong file, a wrong word, a wrong order of steps, and never half a ledger."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from activities.models import Activity
from culture_admin.exchange.models import HeaderWord, Import
from tests.bad_input.conftest import read

GOOD = "日期,活动名称,活动类型,参加人数\n2026-03-05,灯会,茶叙,30\n2026-03-06,灯谜,茶叙,40\n".encode()
QUESTION = "kind:茶叙"


def file(content: bytes = GOOD, name: str = "台账.csv") -> io.BytesIO:
    sent = io.BytesIO(content)
    sent.name = name
    return sent


@pytest.fixture
def head(api, district):
    return api(district.station_head_east)


@pytest.fixture
def batch(head):
    """The address of a ledger with one open question."""
    answer = head.post("imports/", {"file": file(), "kind": "activities"}, format="multipart")
    assert [one["id"] for one in answer.json()["questions"]] == [QUESTION]
    return f"imports/{answer.json()['id']}/"


FORMS = [
    ({}, (400, "required", "/file", "/kind")),
    ({"kind": "activities"}, (400, "required", "/file")),
    ({"file": "a text", "kind": "activities"}, (400, "required", "/file")),
    ({"file": GOOD}, (400, "required", "/kind")),
    ({"file": GOOD, "kind": ""}, (400, "required", "/kind")),
    ({"file": GOOD, "kind": "works"}, (400, "invalid", "/kind")),
    ({"file": GOOD, "kind": "\x00"}, (400, "invalid", "/kind")),
    ({"file": GOOD, "kind": "activities", "statoin": "1"}, (400, "unknown_field", "/statoin")),
    ({"file": GOOD, "kind": "activities", "station": "\x00"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "990101101\x00"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "-1"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "１"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "990101101" + "0" * 100}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "990101102"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "station": "990102101"}, (400, "station_unknown", "/station")),
    ({"file": GOOD, "kind": "activities", "division": "990101"}, (400, "station_unknown", "/station")),
    ({"file": b"", "kind": "activities"}, (400, "file_empty", "/file")),
    ({"file": b"\x89PNG\r\n\x1a\n" + bytes(99), "kind": "activities"}, (400, "file_type", "/file")),
    ({"file": b"PK\x03\x04 broken", "kind": "activities"}, (400, "file_damaged", "/file")),
    ({"file": b"1,2,3\n4,5,6\n", "kind": "activities"}, (400, "sheet_missing", "/file")),
    ({"file": "队伍名称,人数\n甲,3\n".encode(), "kind": "activities"}, (400, "column_missing", "/file")),
    ({"file": GOOD + b"\x00\x00,1,2,3", "kind": "activities"}, (400, "file_encoding", "/file")),
    ({"file": GOOD + b"a" * (26 * 1024 * 1024), "kind": "activities"}, (400, "file_too_large", "/file")),
]


def test_a_form_that_cannot_be_taken_is_refused_at_its_field(head, nothing_written):
    for entered, expected in FORMS:
        form = {name: file(value) if isinstance(value, bytes) else value for name, value in entered.items()}
        assert read(head.post("imports/", form, format="multipart")) == expected, str(entered)[:120]


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/csv", (415, "media_type")),
        ("application/x-www-form-urlencoded", (415, "media_type")),
        ("multipart/form-data", (400, "parse_error")),
    ],
)
def test_a_ledger_that_is_no_form_is_refused(head, nothing_written, content_type, expected):
    assert read(head.generic("POST", "imports/", GOOD, content_type)) == expected


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "长" * 300 + ".csv", "a\x00\x07.csv", "a\u202evsc.csv", "CON.csv"]
)
def test_no_file_name_leaves_its_place(head, name):
    answer = head.post("imports/", {"file": file(name=name), "kind": "activities"}, format="multipart")
    assert answer.status_code == 201
    kept = Import.objects.get().file_name
    assert len(kept) <= 200
    assert "/" not in kept
    assert kept.isprintable()


BODIES = [
    ("apply/", {"rows": "foo"}, (400, "invalid_choice", "/rows")),
    ("apply/", {"rows": None}, (400, "null", "/rows")),
    ("apply/", {"rows": ["all"]}, (400, "invalid_choice", "/rows")),
    ("apply/", {"row": "all"}, (400, "unknown_field", "/row")),
    ("apply/", {"answers": []}, (400, "not_a_dict", "/answers")),
    ("apply/", {"answers": {QUESTION: "NOPE"}}, (400, "invalid_choice", "/answers")),
    ("apply/", {"answers": {QUESTION: 1}}, (400, "invalid_choice", "/answers")),
    ("apply/", {"answers": {QUESTION: None}}, (400, "null", f"/answers/{QUESTION}")),
    ("apply/", {"answers": {QUESTION: ["PERF"]}}, (400, "invalid", f"/answers/{QUESTION}")),
    ("apply/", {"answers": {QUESTION: "x" * 61}}, (400, "max_length", f"/answers/{QUESTION}")),
    ("apply/?rows=good", {}, (400, "unknown_parameter", "rows")),
    ("answer/", {"answers": {"nonsense": "x"}}, (400, "unknown_question", "/answers")),
    ("answer/", {"answers": {"": "x"}}, (400, "unknown_question", "/answers")),
    ("answer/", {"answers": {"header:活动名称": "nonsense"}}, (400, "unknown_question", "/answers")),
    ("answer/", {"answers": {"header:日期": "title"}}, (400, "unknown_question", "/answers")),
    ("answer/", {"answers": {"kind:其他": "PERF"}}, (400, "unknown_question", "/answers")),
    ("answer/", {"rows": "all"}, (400, "unknown_field", "/rows")),
    ("undo/", {}, (409, "illegal_transition")),
]


def test_a_step_with_wrong_words_leaves_the_ledger_as_it_is(head, batch, nothing_written):
    before = head.read(batch)
    for step, body, expected in BODIES:
        assert read(head.post(batch + step, body, format="json")) == expected, (step, body)
    assert head.read(batch) == before


def test_an_answer_may_be_thought_better_of_but_not_into_nonsense(head, batch):
    assert head.post(f"{batch}answer/", {"answers": {QUESTION: "PERF"}}).status_code == 200
    assert read(head.post(f"{batch}answer/", {"answers": {QUESTION: "NOPE"}})) == (400, "invalid_choice", "/answers")
    assert head.post(f"{batch}answer/", {"answers": {QUESTION: "FEST"}}).status_code == 200
    assert head.post(f"{batch}apply/", {}).status_code == 200
    assert set(Activity.objects.values_list("kind__code", flat=True)) == {"FEST"}
    assert not HeaderWord.objects.exists()


def test_each_step_is_taken_once_and_in_order(head, batch, nothing_written):
    assert head.post(f"{batch}apply/", {}).status_code == 200
    nothing_written()
    assert read(head.post(f"{batch}apply/", {})) == (409, "illegal_transition")
    assert read(head.post(f"{batch}answer/", {"answers": {QUESTION: "PERF"}})) == (409, "illegal_transition")
    assert Activity.objects.counted().count() == 2
    assert head.post(f"{batch}undo/", {}).status_code == 200
    nothing_written()
    assert read(head.post(f"{batch}undo/", {})) == (409, "illegal_transition")
    assert read(head.post(f"{batch}apply/", {})) == (409, "illegal_transition")
    assert Activity.objects.counted().count() == 0


def test_nobody_answers_applies_or_undoes_what_he_has_not_seen(head, batch):
    answered = head.post(f"{batch}answer/", {"answers": {QUESTION: "FEST"}}, headers={"If-Match": '"v1"'})
    assert (answered.status_code, answered["ETag"]) == (200, '"v2"')
    for step in ("answer/", "apply/", "undo/"):
        for header in ('"v1"', 'W/"v2"', "garbage"):
            stale = head.post(batch + step, {}, headers={"If-Match": header})
            assert (stale.status_code, stale.json()["code"], stale["ETag"]) == (412, "stale", '"v2"'), (step, header)
    assert Import.objects.get().answers == {QUESTION: "FEST"}
    assert not Activity.objects.exists()
    applied = head.post(f"{batch}apply/", {"rows": "good"}, headers={"If-Match": '"v2"'})
    assert (applied.status_code, applied["ETag"]) == (200, '"v3"')
    assert head.post(f"{batch}undo/", {}, headers={"If-Match": "*"}).status_code == 200


def test_an_answer_that_leaves_no_table_is_refused_and_not_kept(api, pages, district):
    """The name of a column that only the shape of its values gave away may be answered with “do not read”."""
    csv = (
        "什么时候,活动名称,参加人数\n2026-03-05,元宵灯会,30\n2026-03-06,元宵灯谜,40\n2026-03-07,越剧演出,50\n".encode()
    )
    head = api(district.station_head_east)
    opened = head.post("imports/", {"file": file(csv), "kind": "activities"}, format="multipart").json()
    (question,) = [one["id"] for one in opened["questions"] if one["id"].startswith("header:")]
    answers = {"answers": {question: "ignore"}}
    for step in ("answer/", "apply/"):
        assert read(head.post(f"imports/{opened['id']}/{step}", answers)) == (400, "column_missing", "/answers")
    page = pages(district.station_head_east)
    address = f"/desk/imports/{opened['id']}/"
    (field,) = page.get(address).context["form"].asked
    assert page.post(address, {"act": "answer", field: "ignore"}).context["form"].non_field_errors()
    assert Import.objects.get().answers == {}
    assert not Activity.objects.exists()


def test_the_ledger_of_another_station_has_no_steps(api, district, batch, nothing_written):
    west = api(district.station_head_west)
    missing = west.post("imports/999999/apply/", {})
    for step in ("apply/", "answer/", "undo/"):
        answer = west.post(batch + step, {})
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_character_no_database_holds_is_refused_in_a_sheet_too(head, nothing_written):
    sent = io.BytesIO()
    with xlsxwriter.Workbook(sent, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["日期", "活动名称", "参加人数"])
        page.write_row(1, 0, ["2026-03-05", "NOTHING", 30])
    changed = io.BytesIO()
    with zipfile.ZipFile(sent) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"NOTHING", b"_x0000_"))
    form = {"file": file(changed.getvalue(), "台账.xlsx"), "kind": "activities"}
    assert read(head.post("imports/", form, format="multipart")) == (400, "file_unsafe", "/file")


PAGE = [
    ({"kind": ""}, {"file", "kind"}),
    ({"file": GOOD, "kind": "works"}, {"kind"}),
    ({"file": GOOD, "kind": "activities\x00"}, {"kind"}),
    ({"file": GOOD}, {"kind"}),
    ({"kind": "activities"}, {"file"}),
    ({"file": b"", "kind": "activities"}, {"file"}),
    ({"file": GOOD + b"\x00,1", "kind": "activities"}, {"file"}),
    ({"file": b"a" * (26 * 1024 * 1024), "kind": "activities"}, {"file"}),
]


def test_the_page_says_at_the_field_what_is_wrong(pages, district, nothing_written):
    head = pages(district.station_head_east)
    for entered, fields in PAGE:
        form = {name: file(value) if isinstance(value, bytes) else value for name, value in entered.items()}
        answer = head.post("/desk/imports/", form)
        assert (answer.status_code, set(answer.context["form"].errors)) == (200, fields), str(entered)[:80]


@pytest.mark.parametrize("station", ["elsewhere", "abc", "\x00", "9" * 30, "-1", "", "1.0"])
def test_the_page_takes_a_ledger_only_for_a_station_of_ones_own(pages, district, nothing_written, station):
    key = district.elsewhere.pk if station == "elsewhere" else station
    form = {"file": file(), "kind": "activities", "station": key}
    answer = pages(district.bureau_admin).post("/desk/imports/", form)
    assert list(answer.context["form"].errors) == ["station"]


def test_the_page_of_a_ledger_does_nothing_it_does_not_offer(pages, district, batch, nothing_written):
    head, address = pages(district.station_head_east), f"/desk/{batch}"
    for body in ({"act": ""}, {"act": "foo"}, {"act": "all\x00"}, {"act": "undo"}, {"act": "delete"}):
        answer = head.post(address, body)
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True), body
