"""The bureau's own pages: first page, statistics, command palette; every figure is the statistics' own and leads to its rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from activities.actions import log_activity
from culture_admin.bureau import dashboard
from culture_admin.bureau.figures import shown
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.models import Division
from tests.admin.conftest import list_of, rooms


@pytest.fixture
def busy(district):
    """Something of every kind this month and last, here and in the county beside."""
    today = timezone.localdate()
    last = dashboard.same_days_of_last_month(today)
    for day in (today, last.start):
        at = {"begins_on": day, "at": timezone.now()}
        log(district, district.station_head_east, district.east, **at)
        log(district, district.station_head_west, district.west, attendance=None, **at)
        log(district, district.station_head_west, district.west, kind=district.kind("TRNG"), class_seconds=4050, **at)
        log(district, district.station_head_elsewhere, district.elsewhere, **at)
    return district


def log(district, actor, station, *, at, **entries):
    values = {"title": "演出", "kind": district.kind("PERF"), "attendance": 50, "late_reason": "补登"}
    return log_activity(actor=actor, at=at, station=station, **(values | entries))


def test_the_figures_are_the_statistics_own(busy, signed_in):
    numbers = signed_in(busy.bureau_leader).get("/admin/").context["numbers"]
    told = {figure.metric.code: figure.value for figure in numbers["figures"]}
    month = Period(timezone.localdate().replace(day=1), timezone.localdate())
    assert told == read(list(told), user=busy.bureau_leader, period=month).total.values
    assert (told["activities.held"], told["activities.sessions"], told["activities.person_times"]) == (2, 1, 100)
    assert tuple(numbers["units"]) == (2, 2)


def test_every_figure_leads_to_just_its_rows(busy, signed_in):
    client = signed_in(busy.bureau_leader)
    numbers = client.get("/admin/").context["numbers"]
    for figure in numbers["figures"]:
        answer = client.get(figure.address)
        assert answer.status_code == 200, figure.address
        rows = answer.context["cl"].result_list
        if figure.metric.code == "activities.person_times":
            assert sum(row.attendance or 0 for row in rows) == figure.value
        else:
            assert len(rows) == figure.value
    for tile in numbers["tiles"]:
        assert len(client.get(tile.address).context["cl"].result_list) == (tile.number or 0)
    for month in numbers["months"]:
        for text, address in month.cells[:2]:
            assert shown(len(client.get(address).context["cl"].result_list)) == text or text == "—"


def test_the_chart_and_its_table_say_the_same(busy, signed_in):
    numbers = signed_in(busy.bureau_leader).get("/admin/").context["numbers"]
    assert len(numbers["chart"]["labels"]) == len(numbers["months"]) == 12
    for place, series in enumerate(numbers["chart"]["series"]):
        assert [shown(value) for value in series["data"]] == [month.cells[place][0] for month in numbers["months"]]


def test_a_town_that_has_not_reported_is_no_zero(district, signed_in):
    tiles = signed_in(district.bureau_leader).get("/admin/").context["numbers"]["tiles"]
    assert [(tile.division.code, tile.number) for tile in tiles] == [("990101101", None), ("990101102", None)]


def test_who_may_see_no_numbers_gets_a_first_page_without(district, signed_in):
    page = signed_in(district.security_admin).get("/admin/")
    assert page.context["numbers"] is None
    assert "/admin/accounts/user/" in page.content.decode()


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 3, 31), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), Period(date(2025, 12, 1), date(2025, 12, 1))),
    ],
)
def test_a_month_is_compared_with_as_much_of_the_last(today, last):
    assert dashboard.same_days_of_last_month(today) == last


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 22), date(2025, 12, 1)),
        (date(2026, 12, 1), date(2026, 1, 1)),
        (date(2026, 1, 31), date(2025, 2, 1)),
    ],
)
def test_twelve_months_end_with_this_one(today, first):
    year = dashboard.twelve_months(today)
    assert year.start == first
    assert (year.end.year, year.end.month) == (today.year, today.month)


def question(**asked) -> dict[str, str]:
    return {
        "metric": "activities.held,activities.person_times",
        "from": "2020-01-01",
        "to": timezone.localdate().isoformat(),
        **asked,
    }


def test_the_statistics_page_tells_what_the_api_tells(busy, signed_in):
    client = signed_in(busy.bureau_leader)
    asked = question(by="division:town")
    page, api = client.get("/admin/statistics/", asked), client.get("/api/v1/statistics/", asked).json()
    assert [[name for name, *_rest in [line.names]] for line in page.context["lines"]]
    assert [[cell[0] for cell in line.cells] for line in page.context["lines"]] == [
        [shown(row[code]) for code in asked["metric"].split(",")] for row in api["rows"]
    ]
    assert [cell[0] for cell in page.context["total"]] == [
        shown(api["total"][code]) for code in asked["metric"].split(",")
    ]
    assert f"/api/v1/statistics/?{page.context['query'].replace('&', '&amp;')}&amp;format=xlsx" in page.content.decode()


def test_ticked_boxes_become_the_words_of_the_api(district, signed_in):
    answer = signed_in(district.bureau_leader).get(
        "/admin/statistics/?metric=activities.held&metric=activities.sessions&by=&by=month&division="
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/admin/statistics/?metric=activities.held,activities.sessions&by=month"


def test_without_a_question_the_page_asks_the_year_so_far(district, signed_in):
    answer = signed_in(district.bureau_leader).get("/admin/statistics/", follow=True)
    assert answer.status_code == 200
    assert answer.context["table"] is not None


@pytest.mark.parametrize(
    "asked",
    [
        {"metric": "no.such"},
        {"by": "colour"},
        {"from": "yesterday"},
        {"colour": "red"},
        {"by": "genre", "metric": "territory.residents"},
    ],
)
def test_a_question_that_makes_no_sense_is_explained_on_the_page(district, signed_in, asked):
    answer = signed_in(district.bureau_leader).get("/admin/statistics/", question(**asked))
    assert answer.status_code == 400
    assert answer.context["problem"].faults
    assert 'role="alert"' in answer.content.decode()


def test_the_numbers_of_another_county_are_out_of_reach(district, signed_in):
    code = Division.objects.get(code="990102").code
    assert signed_in(district.bureau_leader).get("/admin/statistics/", question(division=code)).status_code == 404


def test_the_statistics_are_closed_to_whom_the_matrix_closes_them(district, signed_in):
    answer = signed_in(district.security_admin).get("/admin/statistics/", question())
    assert answer.status_code == 403


def test_the_palette_finds_pages_and_ones_own_records(district, signed_in):
    client = signed_in(district.bureau_admin)

    def found(word: str) -> list[str]:
        answer = client.get("/admin/search/", {"s": word, "extended": "1"})
        return [result.title for result in answer.context["results"]] if answer.content else []

    assert "Statistics" in found("statis")
    assert "East Town Cultural Station" in found("dongzhenzonghe")
    assert found("yuanzhen") == ["Far Town"]
    assert found("\x00") == []
    assert found(" ") == []


def test_the_palette_does_not_show_rooms_that_are_closed(district, signed_in):
    answer = signed_in(district.service).get("/admin/search/", {"s": "observer"})
    assert answer.context["results"] == []


def test_every_page_has_the_language_and_the_way_out(district, signed_in):
    client = signed_in(district.bureau_admin)
    for address in ["/admin/", "/admin/tasks/", *(list_of(room) for room in rooms())]:
        answer = client.get(address)
        if answer.status_code == 403:
            # The read log is for the audit administrator alone.
            continue
        page = answer.content.decode()
        assert 'action="/language/"' in page, address
        assert 'action="/admin/logout/"' in page, address
        assert 'class="skip"' in page, address


def test_only_the_admins_pages_open_the_security_policy(district, signed_in):
    client = signed_in(district.bureau_admin)
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in f"{policy};"
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "unsafe" not in client.get("/admin/activities/activity/0/change/").headers["Content-Security-Policy"]
