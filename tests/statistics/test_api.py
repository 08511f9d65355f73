"""The doors of numbers: JSON, CSV, XLSX and `read` say the same, and a bad question is answered by name."""

import csv
import io
from datetime import date
from urllib.parse import quote

import openpyxl
import pytest

from activities.actions import register_team
from culture_admin.statistics.exports import as_json
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.territory.models import Division
from tests.district import NOW

ADDRESS = "/api/v1/statistics/"
FLOWS = "activities.held,activities.class_hours,activities.person_times,activities.person_times_per_resident"
QUESTION = f"?metric={FLOWS}&division=990101&from=2026-01-10&to=2026-05-20&by=division:town,month"


@pytest.fixture
def ask(client, district):
    """Asks as the bureau's observer, with a key."""
    district.log(attendance=120)
    district.log(attendance=33, kind=district.kind("TRNG"), class_seconds=2250, posting=district.posting("east"))
    district.log(district.west, begins_on=date(2026, 2, 28), attendance=None)
    key = district.key("observer")

    def get(query, language="en"):
        return client.get(ADDRESS + query, headers={"authorization": f"Bearer {key}", "accept-language": language})

    return get


def test_the_answer_is_that_of_the_contract(ask):
    answer = ask(f"{QUESTION}&led_by=steward".replace(",activities.person_times_per_resident", "")).json()
    town = Division.objects.get(code="990101101")
    assert answer["rows"][4] == {
        "division": "990101101",
        "division_id": town.pk,
        "division_name": "East Town",
        "month": "2026-05",
        "activities.held": 0,
        "activities.class_hours": 0.83,
        "activities.person_times": 33,
    }
    meta = answer["meta"]
    assert answer["total"] == {"activities.held": 0, "activities.class_hours": 0.83, "activities.person_times": 33}
    assert meta["units"]["activities.held"] == {"reported": 2, "expected": 2}
    assert [meta[name] for name in ("from", "to", "division", "hierarchy", "status", "as_of")] == [
        "2026-01-10",
        "2026-05-20",
        "990101",
        "as_was",
        "confirmed",
        None,
    ]
    assert [metric["code"] for metric in meta["metrics"]] == list(answer["total"])


def test_json_csv_xlsx_and_read_give_the_same_numbers(ask, district):
    answer = ask(QUESTION).json()
    lines = list(csv.DictReader(io.StringIO(ask(f"{QUESTION}&format=csv").content.decode())))
    book = openpyxl.load_workbook(io.BytesIO(ask(f"{QUESTION}&format=xlsx").content))
    header, *cells = book.worksheets[0].iter_rows(values_only=True)
    table = read(
        FLOWS.split(","),
        user=district.observer,
        by=["division:town", "month"],
        period=Period(date(2026, 1, 10), date(2026, 5, 20)),
        where={"division": "990101"},
        at=NOW,
    )
    assert as_json(table)["total"] == answer["total"]
    assert len(answer["rows"]) == 10
    assert lines == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in answer["rows"]
    ]
    assert [dict(zip(header, row, strict=True)) for row in cells] == answer["rows"]
    about = {row[0]: row[3] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert {code: about[code] for code in FLOWS.split(",")} == answer["total"]


def test_no_name_becomes_a_formula(ask, district):
    Division.objects.filter(code="990101101").update(name_en='=HYPERLINK("x")')
    query = "?metric=activities.held&by=division:town&division=990101101&format="
    assert ask(query + "csv").content.decode().splitlines()[1].split(",", 2)[2] == '"\'=HYPERLINK(""x"")",1'
    sheet = openpyxl.load_workbook(io.BytesIO(ask(query + "xlsx").content)).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ('=HYPERLINK("x")', "s")


def test_a_state_that_is_not_recorded_is_null_and_an_impossible_one_is_named(ask, district):
    row = ask("?metric=activities.person_times&division=990101102").json()
    assert row["total"] == {"activities.person_times": None}
    district.east.unit.valid_from = date(2026, 1, 1)
    district.east.unit.save()
    row = ask("?metric=activities.held&division=990101101&to=2020-12-31").json()
    assert row["total"] == {"activities.held": None, "not_applicable": ["activities.held"]}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?metric=activities.held", 2),
        ("?metric=activities.sessions&led_by=steward&kind=TRNG", 1),
        ("?metric=activities.person_times&division=990101101&year=2026&by=month", 2),
        ("?metric=activities.held&division=990101102&month=2026-02", 1),
        ("?metric=activities.held&to=2026-02-28&status=all", 1),
        ("?metric=activities.teams&led_by=steward&as_of=2026-05-20", 1),
        ("?metric=activities.teams&as_of=2026-05-20", 2),
    ],
)
def test_the_address_of_the_records_lists_the_rows_behind_the_total(ask, client, district, query, count):
    for name, posting in (("越剧社", None), ("排舞队", district.posting("east"))):
        register_team(actor=district.station_head_east, at=NOW, station=district.east, name=name, posting=posting)
    answer = ask(query).json()
    address = next(iter(answer["meta"]["records"].values()))
    listed = client.get(address, headers={"authorization": f"Bearer {district.key('observer')}"}).json()
    assert len(listed["results"]) == count


def test_where_no_list_shows_just_the_rows_no_address_is_given(ask):
    for query in ("activities.held&grade=first", "activities.held&kind=PERF,EXHB", "activities.held&hierarchy=current"):
        assert ask(f"?metric={query}").json()["meta"]["records"] == {"activities.held": None}


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("", "metric_required", "metric"),
        ("?metric=activities.hold", "unknown_metric", "metric"),
        ("?metric=activities.held,", "unknown_metric", "metric"),
        ("?metric=activities.held,activities.held", "repeated_item", "metric"),
        ("?metric=activities.held&metric=activities.sessions", "repeated_parameter", "metric"),
        ("?metrics=activities.held", "unknown_parameter", "metrics"),
        ("?metric=activities.held&from=2024-13-01", "date_format", "from"),
        ("?metric=activities.held&from=2024-02-01&to=2024-01-31", "range_reversed", "from"),
        ("?metric=activities.held&to=9999-12-31", "date_range", "to"),
        ("?metric=activities.held&by=town", "invalid_choice", "by"),
        ("?metric=activities.held&by=year,year", "repeated_item", "by"),
        ("?metric=stewards.posted&led_by=steward", "dimension_missing", "led_by"),
        ("?metric=stewards.posted&by=division:village", "dimension_missing", "by"),
        ("?metric=stewards.posted&division=990101101201", "dimension_missing", "division"),
        ("?metric=activities.held&led_by=nobody", "invalid_choice", "led_by"),
        ("?metric=activities.held&kind=XXXX", "invalid_choice", "kind"),
        ("?metric=activities.held&station=0", "id_format", "station"),
        ("?metric=activities.held&station=1e3", "id_format", "station"),
        ("?metric=activities.held&year=２０２６", "period_format", "year"),
        ("?metric=activities.held&month=2026", "period_format", "month"),
        ("?metric=activities.held&status=any", "invalid_choice", "status"),
        ("?metric=activities.held&hierarchy=today", "invalid_choice", "hierarchy"),
        ("?metric=activities.held&format=pdf", "invalid_choice", "format"),
        ("?metric=activities.held&as_of=2026-01-01", "no_stock", "as_of"),
        ("?metric=activities.teams&as_of=2026-01-01&by=month", "one_day", "as_of"),
        ("?metric=activities.held&division=", "empty_parameter", "division"),
        ("?metric=activities.held&division=" + "9" * 13, "max_length", "division"),
    ],
)
def test_a_bad_question_is_answered_by_name(ask, query, code, parameter):
    response = ask(query)
    body = response.json()
    assert (response.status_code, body["code"], body["errors"][0]["parameter"]) == (400, code, parameter)
    assert len(str(body["errors"][0]["message"])) > 10


def test_an_unknown_metric_is_told_the_nearest(ask):
    fault = ask("?metric=activities.person_time").json()["errors"][0]
    assert fault["hint"].startswith("Did you mean “activities.person_times”?")
    assert ask("?metric=x", language="zh-hans").json()["errors"][0]["message"] == "没有指标“x”。"


def test_a_division_is_any_text_and_never_an_error_of_ours(ask):
    for text in ("330109", "%", "_", "' OR 1=1", "/", "990102", "０"):
        response = ask(f"?metric=activities.held&division={quote(text)}")
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), text


def test_a_browser_session_asks_the_same_door(client, district):
    assert client.get(ADDRESS + "?metric=activities.held").status_code == 401
    client.force_login(district.station_head_east)
    district.log()
    assert client.get(ADDRESS + "?metric=activities.held").json()["total"] == {"activities.held": 1}
    client.force_login(district.system_admin)
    assert client.get(ADDRESS + "?metric=activities.held").status_code == 403


def test_every_metric_of_the_contract_that_these_rooms_can_give_is_listed(client, district):
    client.force_login(district.observer)
    answer = client.get("/api/v1/metrics/", headers={"accept-language": "en"}).json()
    assert [metric["code"] for metric in answer["results"]] == sorted(METRICS)
    held = next(metric for metric in answer["results"] if metric["code"] == "activities.held")
    assert held == {
        "code": "activities.held",
        "label": "Activities held",
        "unit": "activities",
        "kind": "flow",
        "dimensions": [
            "division", "year", "quarter", "month", "station", "kind", "genre", "grade", "steward", "firm", "contract",
            "team", "course", "led_by",
        ],
        "definition": "Confirmed activities of every kind but training sessions, by the day they begin.",
        "version": 1,
    }  # fmt: skip
    assert {metric["code"] for metric in answer["results"]} >= {
        "activities.active_teams",
        "activities.class_hours",
        "activities.courses",
        "activities.held",
        "activities.online_person_times",
        "activities.person_hours",
        "activities.person_times",
        "activities.person_times_per_resident",
        "activities.sessions",
        "activities.team_members",
        "activities.teams",
        "activities.village_coverage",
        "activities.visits",
        "activities.works",
        "stations.floor_area",
        "stations.registered",
        "stewards.duty_days",
        "stewards.posted",
        "territory.residents",
    }
