"""Questions to lists and statistics: whatever cannot be understood is a 400 naming its parameter, never an unfiltered answer."""

from __future__ import annotations

import pytest

from tests.bad_input.conftest import read

HELD, TEAMS = "metric=activities.held", "metric=activities.teams"
STATISTICS = [
    ("", "metric_required", "metric"),
    ("metric=", "empty_parameter", "metric"),
    ("metric=,", "repeated_item", "metric"),
    ("metric=activities.hled", "unknown_metric", "metric"),
    ("metric=ACTIVITIES.HELD", "unknown_metric", "metric"),
    ("metric=activities.held%20", "unknown_metric", "metric"),
    ("metric=activities.held,activities.held", "repeated_item", "metric"),
    (f"{HELD}&metric=activities.sessions", "repeated_parameter", "metric"),
    (f"{HELD}&by=colour", "invalid_choice", "by"),
    (f"{HELD}&by=division", "invalid_choice", "by"),
    (f"{HELD}&by=division:street", "invalid_choice", "by"),
    (f"{HELD}&by=year,", "invalid_choice", "by"),
    (f"{HELD}&by=year,year", "repeated_item", "by"),
    (f"{HELD}&by=", "empty_parameter", "by"),
    (f"{HELD}&by=division:town,division:county", "one_level", "by"),
    ("metric=stations.registered&by=kind", "dimension_missing", "kind"),
    ("metric=stations.registered&kind=PERF", "dimension_missing", "kind"),
    ("metric=stations.registered&by=division:village", "dimension_missing", "by"),
    ("metric=activities.held,stations.registered&by=led_by", "dimension_missing", "led_by"),
    (f"{HELD}&from=2024-13-01", "date_format", "from"),
    (f"{HELD}&from=2024-1-1", "date_format", "from"),
    (f"{HELD}&from=%EF%BC%92024-01-01", "date_format", "from"),
    (f"{HELD}&to=2023-02-29", "date_format", "to"),
    (f"{HELD}&to=yesterday", "date_format", "to"),
    (f"{HELD}&to=45292", "date_format", "to"),
    (f"{HELD}&from=0001-01-01", "date_range", "from"),
    (f"{HELD}&to=9999-12-31", "date_range", "to"),
    (f"{HELD}&from=2024-05-02&to=2024-05-01", "range_reversed", "from"),
    (f"{HELD}&year=2024-01", "period_format", "year"),
    (f"{HELD}&year=0000", "period_format", "year"),
    (f"{HELD}&year=1", "period_format", "year"),
    (f"{HELD}&year=2024,2025", "period_format", "year"),
    (f"{HELD}&year=9999", "date_range", "year"),
    (f"{HELD}&quarter=2024-Q5", "period_format", "quarter"),
    (f"{HELD}&quarter=2024Q1", "period_format", "quarter"),
    (f"{HELD}&month=2024-13", "period_format", "month"),
    (f"{HELD}&month=2024-1", "period_format", "month"),
    (f"{HELD}&month=2024-01&from=2024-02-01", "outside_period", "month"),
    (f"{HELD}&month=2024-01&year=2025", "outside_period", "month"),
    (f"{HELD}&as_of=2024-01-01", "no_stock", "as_of"),
    (f"{TEAMS}&as_of=2024-02-30", "date_format", "as_of"),
    (f"{TEAMS}&as_of=0001-01-01", "date_range", "as_of"),
    (f"{TEAMS}&as_of=2024-01-01&by=year&from=2023-01-01", "one_day", "as_of"),
    (f"{TEAMS}&by=year", "period_required", "from"),
    (f"{HELD}&status=maybe", "invalid_choice", "status"),
    (f"{HELD}&status=confirmed,all", "invalid_choice", "status"),
    (f"{HELD}&hierarchy=was", "invalid_choice", "hierarchy"),
    (f"{HELD}&format=pdf", "invalid_choice", "format"),
    (f"{HELD}&format=json,csv", "invalid_choice", "format"),
    (f"{HELD}&FORMAT=csv", "unknown_parameter", "FORMAT"),
    (f"{HELD}&limit=5", "unknown_parameter", "limit"),
    (f"{HELD}&colour=red", "unknown_parameter", "colour"),
    (f"{HELD}&division=9901011012019", "max_length", "division"),
    (f"{HELD}&division=%E2%80%8B990101", "text_invisible", "division"),
    (f"{HELD}&kind=NOPE", "invalid_choice", "kind"),
    (f"{HELD}&kind=perf", "invalid_choice", "kind"),
    (f"{HELD}&kind=PERF,", "invalid_choice", "kind"),
    (f"{HELD}&genre=NOPE", "invalid_choice", "genre"),
    (f"{HELD}&led_by=firm", "invalid_choice", "led_by"),
    (f"{HELD}&grade=best", "invalid_choice", "grade"),
    (f"{HELD}&station=abc", "id_format", "station"),
    (f"{HELD}&station=0", "id_format", "station"),
    (f"{HELD}&station=-1", "id_format", "station"),
    (f"{HELD}&station=1,", "id_format", "station"),
    (f"{HELD}&station=1,1", "repeated_item", "station"),
    (f"{HELD}&station=9223372036854775808", "id_format", "station"),
    (f"{HELD}&steward=1.0", "id_format", "steward"),
    (f"{HELD}&team=%EF%BC%91", "id_format", "team"),
    (f"{HELD}&firm=99999999999999999999", "id_format", "firm"),
]
UNREADABLE = [
    ("metric=%00", "text_control"),
    (f"{HELD}&division=%ff", "not_utf8"),
    (f"{HELD}&division=%zz", "bad_escape"),
    (f"{HELD}&by={'year,' * 500}", "value_too_long"),
    (f"{HELD}&{'x=1&' * 3000}", "query_too_long"),
]
LISTS = [
    ("activities/?from=2024-05-02&to=2024-05-01", "range_reversed", "from"),
    ("activities/?from=2024-02-30", "date_format", "from"),
    ("activities/?to=", "empty_parameter", "to"),
    ("activities/?kind=TOOLONG", "invalid_choice", "kind"),
    ("activities/?kind=PERF,", "invalid_choice", "kind"),
    ("activities/?genre=singing", "invalid_choice", "genre"),
    ("teams/?genre=singing", "invalid_choice", "genre"),
    ("activities/?division=1234567890123", "max_length", "division"),
    ("activities/?session=1", "invalid_choice", "session"),
    ("activities/?led_by=firm", "invalid_choice", "led_by"),
    ("activities/?state=gone", "invalid_choice", "state"),
    ("activities/?team=-1", "id_format", "team"),
    ("activities/?firm=1.5", "id_format", "firm"),
    ("activities/?batch=9223372036854775808", "id_format", "batch"),
    ("activities/?q=%E2%80%8B", "text_invisible", "q"),
    (f"activities/?q={'a' * 300}", "max_length", "q"),
    ("activities/?ordering=title", "invalid_choice", "ordering"),
    ("activities/?ordering=recorded_by__password", "invalid_choice", "ordering"),
    ("activities/?station__county=1", "unknown_parameter", "station__county"),
    ("activities/?recorded_by__password__startswith=a", "unknown_parameter", "recorded_by__password__startswith"),
    ("activities/?_connector=OR", "unknown_parameter", "_connector"),
    ("activities/?cursor=%F0%9F%98%80", "cursor", "cursor"),
    ("activities/?cursor=a:b", "cursor", "cursor"),
    ("activities/?page=2", "unknown_parameter", "page"),
    ("activities/?format=pdf", "invalid_choice", "format"),
    ("activities/?format=csv&limit=5", "not_of_a_sheet", "limit"),
    ("divisions/?level=street", "invalid_choice", "level"),
    ("divisions/?on=x", "date_format", "on"),
    ("divisions/?parent=x", "id_format", "parent"),
    ("units/?kind=ministry", "invalid_choice", "kind"),
    ("decisions/?subject_id=x", "number_format", "subject_id"),
    ("decisions/?station=x", "id_format", "station"),
    ("stations/?code=9901011010000", "max_length", "code"),
    ("stations/?county=0", "id_format", "county"),
    ("certificates/?uscc=1", "unknown_parameter", "uscc"),
    ("gradings/?grade=best", "invalid_choice", "grade"),
    ("titles/?year=x", "number_format", "year"),
    ("facilities/?on=99999-01-01", "date_format", "on"),
    ("firms/?uscc=x", "unknown_parameter", "uscc"),
    ("stewards/?firm=x", "id_format", "firm"),
    ("postings/?steward=x", "id_format", "steward"),
    ("teams/?on=2024-02-30", "date_format", "on"),
    ("teams/?state=gone", "invalid_choice", "state"),
    ("imports/?state=done", "invalid_choice", "state"),
    ("imports/?kind=teams", "unknown_parameter", "kind"),
    ("attachments/?subject_id=x", "number_format", "subject_id"),
    ("tasks/?limit=1", "unknown_parameter", "limit"),
    ("metrics/?metric=x", "unknown_parameter", "metric"),
    ("registrations/?kind=birth", "invalid_choice", "kind"),
    ("registrations/?state=", "empty_parameter", "state"),
    ("registrations/?station=0", "id_format", "station"),
    ("sanctions/?state=gone", "invalid_choice", "state"),
    ("personnel-cases/?kind=hire", "invalid_choice", "kind"),
    ("personnel-cases/?officer=x", "id_format", "officer"),
    ("personnel-cases/?late=maybe", "invalid_choice", "late"),
    ("personnel-cases/?effective_from=2026-05-02&effective_to=2026-05-01", "range_reversed", "effective_from"),
    ("officers/?title=professor", "invalid_choice", "title"),
    ("officers/?identity_number=1", "unknown_parameter", "identity_number"),
    ("officers/?data__phone__startswith=1", "unknown_parameter", "data__phone__startswith"),
    ("officers/?on_post=1", "invalid_choice", "on_post"),
    ("posts/?vacant=yes", "invalid_choice", "vacant"),
    ("posts/?tenure=life", "invalid_choice", "tenure"),
    ("officer-postings/?post=-1", "id_format", "post"),
    ("officer-postings/?acting=", "empty_parameter", "acting"),
    ("off-posts/?reason=holiday", "invalid_choice", "reason"),
    ("title-applications/?year=x", "number_format", "year"),
    ("budgets/?year=2026.5", "number_format", "year"),
    ("budgets/?state=gone", "invalid_choice", "state"),
    ("appropriations/?station=1.0", "id_format", "station"),
    ("spendings/?purpose=fun", "invalid_choice", "purpose"),
    ("purpose-changes/?state=gone", "invalid_choice", "state"),
    ("closures/?state=gone", "invalid_choice", "state"),
    ("other-uses/?facility=x", "id_format", "facility"),
    ("trainings/?state=gone", "invalid_choice", "state"),
    ("visits/?pairing=x", "id_format", "pairing"),
    ("meetings/?kind=weekly", "invalid_choice", "kind"),
    ("follow-ups/?unit=x", "id_format", "unit"),
    ("circulars/?kind=letter", "invalid_choice", "kind"),
    ("replies/?circular=x", "id_format", "circular"),
    ("reports/?state=gone", "invalid_choice", "state"),
    ("adoptions/?level=world", "invalid_choice", "level"),
    ("features/?level=world", "invalid_choice", "level"),
    ("safety-checks/?by=army", "invalid_choice", "by"),
    ("complaints/?state=gone", "invalid_choice", "state"),
    ("complaints/?name=x", "unknown_parameter", "name"),
    ("yearly-facts/?year=x", "number_format", "year"),
    ("findings/?kind=none", "invalid_choice", "kind"),
    ("thresholds/?code=none", "invalid_choice", "code"),
    ("deadlines/?unit=x", "id_format", "unit"),
    ("deadlines/?colour=red", "unknown_parameter", "colour"),
    ("notices/?colour=red", "unknown_parameter", "colour"),
    ("substitutions/?user=x", "unknown_parameter", "user"),
]
# A code nobody has, and a number beyond every row, find nothing; they are no fault of the caller's spelling.
EMPTY = [
    "activities/?station=9223372036854775807",
    "activities/?division=999999",
    "decisions/?subject_id=-1",
    "titles/?year=99999999999",
    "postings/?on=0001-01-01",
    "stations/?q=%25",
    "stations/?q=_",
    "stations/?code=%27%3B--",
]


def test_what_statistics_cannot_answer_is_named(api, district, nothing_written):
    client = api(district.bureau_admin)
    for query, code, parameter in STATISTICS:
        assert read(client.get(f"statistics/?{query}")) == (400, code, parameter), query


def test_a_question_that_cannot_be_read_is_refused_whole(api, district):
    client = api(district.bureau_admin)
    for query, code in UNREADABLE:
        assert read(client.get(f"statistics/?{query}")) == (400, code), query[:80]


@pytest.mark.parametrize("code", ["990102", "990102101", "000000", "abc", "9901", "-1", "９９０１０１"])
def test_a_division_outside_the_scope_is_answered_like_none(api, district, code):
    client = api(district.bureau_admin)
    missing = client.get(f"statistics/?{HELD}&division=999999")
    answer = client.get(f"statistics/?{HELD}&division={code}")
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_rows_of_others_are_in_no_sum(api, district):
    district.log(district.elsewhere)
    client = api(district.bureau_admin)
    for narrowed in (f"station={district.elsewhere.pk}", "status=all", "by=station"):
        assert client.read(f"statistics/?{HELD}&{narrowed}&from=2026-01-01&to=2026-12-31")["total"][
            "activities.held"
        ] in (0, None)


def test_what_a_list_cannot_be_narrowed_by_is_named(api, district, nothing_written):
    client = api(district.bureau_admin)
    for address, code, parameter in LISTS:
        assert read(client.get(address)) == (400, code, parameter), address


def test_a_list_is_narrowed_by_several_codes_as_statistics_are(api, district):
    client = api(district.bureau_admin)
    wanted = [district.log(kind=district.kind(code)).pk for code in ("PERF", "FILM")]
    district.log(kind=district.kind("READ"))
    assert {row["id"] for row in client.read("activities/?kind=PERF,FILM")["results"]} == set(wanted)
    assert client.read("statistics/?metric=activities.held&kind=PERF,FILM")["total"]["activities.held"] == 2


def test_what_nobody_has_finds_nothing(api, district):
    client = api(district.bureau_admin)
    district.log()
    for address in EMPTY:
        assert client.read(address)["results"] == [], address


def test_no_address_of_the_api_takes_a_method_it_does_not_declare(api, district):
    client = api(district.bureau_admin)
    for address in (
        "statistics/",
        "metrics/",
        "tasks/",
        "imports/bulk/",
        "attachments/bulk/",
        "divisions/",
        "attachments/1/",
    ):
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"):
            answer = client.generic(method, address)
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), (method, address)
