"""The ledgers that stations sent are read to exactly the answers beside them."""

import json
from pathlib import Path

import pytest

from activities.sheets import ACTIVITIES, TEAMS
from culture_admin.exchange.reader import read_workbook
from culture_admin.exchange.records import Records
from culture_admin.exchange.sheets import Sheet, read_records

LEDGERS = Path(__file__).parent / "ledgers"


def read(name: str, sheet: Sheet) -> tuple[Records, dict]:
    path = LEDGERS / f"{name}.xlsx"
    return read_records(read_workbook(path.read_bytes(), path.name), sheet), json.loads(
        path.with_suffix(".json").read_text()
    )


def not_taken(records: Records) -> list[dict]:
    """Refused and repeated rows in the words of the answers."""
    refused = [{name: row[name] for name in ("row", "column", "value")} for row in records.refusals]
    repeated = [
        {"row": repeat["row"], "column": None, "value": f"repeats row {repeat['of']}"} for repeat in records.repeats
    ]
    return sorted(refused + repeated, key=lambda row: row["row"])


@pytest.mark.parametrize("name", ["activities-1", "activities-2"])
def test_an_activity_ledger_gives_its_answer(name: str):
    records, answer = read(name, ACTIVITIES)
    fields = ("begins_on", "ends_on", "title", "attendance", "online_attendance", "class_seconds", "estimated", "kind")
    rows = zip(records.rows, *(records.values[field] for field in fields), strict=True)
    assert [
        {
            "row": row,
            "date": begins_on.isoformat(),
            "end": ends_on.isoformat(),
            "title": title,
            "people": attendance,
            "online": online,
            "hours": None if seconds is None else seconds / 2700,
            "estimated": estimated,
            "training": kind == "TRNG",
        }
        for row, begins_on, ends_on, title, attendance, online, seconds, estimated, kind in rows
    ] == answer["rows"]
    assert not_taken(records) == answer["refused"]
    assert records.warnings == answer["warnings"]
    assert len(records) == answer["accepted"]
    assert records.values["kind"].count("TRNG") == answer["trainings"]
    assert records.totals == {
        "person_times": answer["person_times_offline"],
        "online_person_times": answer["person_times_online"],
        "class_hours": answer["class_hours"],
        "estimated": answer["estimated"],
        "not_recorded": answer["not_recorded"],
    }


@pytest.mark.parametrize("name", ["teams-1", "teams-2"])
def test_a_team_register_gives_its_answer(name: str):
    records, answer = read(name, TEAMS)
    assert not_taken(records) == answer["refused"]
    assert (len(records), records.totals["members"]) == (answer["accepted"], answer["members"])
    assert records.warnings == records.questions == []


def test_both_faults_of_a_row_are_named_in_one_pass():
    records, _answer = read("activities-2", ACTIVITIES)
    row = next(row for row in records.refusals if row["row"] == 24)
    assert (row["column"], row["value"], row["code"]) == ("日期", "待定", "date_format")
    assert [(cell["column"], cell["value"], cell["code"]) for cell in row["also"]] == [
        ("服务人次", "若干人", "count_format")
    ]


def test_an_hour_in_a_column_of_class_hours_is_noted():
    records, _answer = read("activities-1", ACTIVITIES)
    assert {note["code"] for note in records.notes} == {"unit_assumed"}
    assert [note["row"] for note in records.notes][:3] == [12, 66, 77]


def test_what_a_word_for_a_kind_means_is_asked_once():
    records, _answer = read("activities-2", ACTIVITIES)
    assert [(question["id"], question["assumed"]) for question in records.questions] == [("kind:送电影下乡", "OTHR")]
    assert "FILM" in records.questions[0]["choices"]


def test_an_answer_given_settles_the_question():
    path = LEDGERS / "activities-2.xlsx"
    workbook = read_workbook(path.read_bytes(), path.name)
    unanswered, answered = (
        read_records(workbook, ACTIVITIES),
        read_records(workbook, ACTIVITIES, {"kind:送电影下乡": "FILM"}),
    )
    assert answered.questions == []
    assert answered.values["kind"].count("FILM") == unanswered.values["kind"].count("OTHR") > 0


def test_what_is_returned_is_the_preview_but_for_what_only_the_database_knows():
    records, answer = read("activities-1", ACTIVITIES)
    preview = json.loads(json.dumps(records.preview()))
    assert list(preview) == ["counts", "totals", "refusals", "repeats", "warnings", "notes", "questions"]
    assert preview["counts"] == {"accepted": answer["accepted"], "repeated": 6, "refused": 9}
