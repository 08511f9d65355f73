"""The bureau's pages of results: rankings, the tree of a score, the records behind it, and what an objection moved."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import object_to, take_interim
from assessments.models import Computation, Cycle, Objection, Result
from culture_admin.scoring.actions import draft_scheme
from culture_admin.workflow.actions import perform
from tests.assessments.years import GROUPS, SECTIONS, TITLES, Year, with_records
from tests.district import NOW, TODAY, District


@pytest.fixture
def year(district: District) -> Year:
    with_records(district)
    return Year(district).opened()


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(district) -> Client:
    return client_of(district.service)


def page_of(client: Client, record, query: str = ""):
    answer = client.get(f"/admin/assessments/{record._meta.model_name}/{record.pk}/change/{query}")
    assert answer.status_code == 200
    return answer


def panel_of(page, title: str):
    return next(panel for panel in page.context["panels"] if str(panel.title).startswith(title))


def plain(row: list) -> list:
    return [getattr(cell, "plain", cell) for cell in row]


def result_of(year: Year, town: str) -> Result:
    return Computation.objects.latest("number").results.get(assessment=year.of(town))


def test_the_ranking_of_a_group_says_place_score_title_and_who_moved(year, client):
    year.through().totalled()
    rows = panel_of(page_of(client, Computation.objects.get()), "All towns").rows
    assert [plain(row)[:4] for row in rows] == [
        [1, "Government of East Town", Decimal("81.33"), "Excellent"],
        [2, "Government of West Subdistrict", Decimal("73.33"), "Pass"],
    ]


def test_whoever_is_too_little_known_stands_beside_the_ranking_with_why(year, client, district):
    take_interim(actor=district.service, cycle=year.cycle, until=date(2026, 3, 31), at=NOW)
    rows = panel_of(page_of(client, Computation.objects.get()), "All towns").rows
    assert {str(row[0].plain) for row in rows} == {"beside the ranking"}
    assert {str(row[3]) for row in rows} == {"Too little is known: 1 of 6 indicators recorded."}


def test_equal_scores_share_a_place(district, client):
    """Nothing is recorded of either, and both say the same."""
    Year(district).opened().through().totalled()
    rows = panel_of(page_of(client, Computation.objects.get()), "All towns").rows
    assert [(plain(row)[0], "tied" in str(row[0])) for row in rows] == [(1, True), (1, True)]


def test_the_ranking_is_taken_along_as_a_sheet(year, client):
    year.through().totalled()
    computation = Computation.objects.get()
    answer = client.get(f"/admin/assessments/result/export.csv?computation={computation.pk}")
    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    place, score = header.index("Place"), header.index("Score")
    assert [(line[place], line[score]) for line in lines] == [("1", "81.33"), ("2", "73.33")]
    assert client.get(f"/admin/assessments/result/export.xlsx?computation={computation.pk}").status_code == 200


def test_places_are_compared_with_the_computation_before_and_with_last_year(year, client, district):
    """A year before, in which the west was ahead."""
    year.through().totalled()
    scheme = draft_scheme(
        actor=district.service, at=NOW, place=district.county, subject="town", year=2025, name_zh="文化强镇考核办法",
        document="试文〔2025〕1号", sections=SECTIONS, groups=GROUPS, titles=TITLES, total=Decimal(100),
    )  # fmt: skip
    now = Computation.objects.get()
    former = Cycle.objects.create(scheme=scheme, place=district.county, self_until=date(2025, 12, 1), state="final")
    old = Computation.objects.create(
        cycle=former,
        scheme=former.scheme,
        number=1,
        kind="total",
        until=date(2025, 12, 31),
        snapshot=now.snapshot,
        digest="0" * 64,
    )
    for place, town in ((1, "west"), (2, "east")):
        assessment = year.of(town)
        before = type(assessment).objects.create(
            cycle=former, unit=assessment.unit, division=assessment.division, county=district.county, group="A"
        )
        Result.objects.create(
            computation=old, assessment=before, total=90 - place, place=place, among=2, known=6, asked=6
        )
    rows = panel_of(page_of(client, now), "All towns").rows
    # One place up for the east, one down for the west; there is no computation of the year before this one.
    assert [plain(row)[4:] for row in rows] == [[None, 1], [None, -1]]
    page = page_of(client, result_of(year, "east"))
    assert page.context["before"].total == 88
    assert {one.code: one.before for one in page.context["changes"]}["1.2"] is None


def test_the_tree_adds_up_to_the_score_and_goes_along_as_a_sheet(year, client):
    year.through().totalled()
    result = result_of(year, "east")
    page = page_of(client, result)
    leaves = list(page.context["tree"].leaves())
    assert sum(leaf.points for leaf in leaves) == result.total == Decimal("81.33")
    answer = client.get(f"/admin/assessments/result/{result.pk}/tree.csv")
    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    codes = {leaf.code for leaf in leaves}
    points = [Decimal(line[header.index("Points")]) for line in lines[1:] if line[0] in codes]
    assert sum(points) == result.total
    assert client.get(f"/admin/assessments/result/{result.pk}/tree.xlsx").status_code == 200


def test_the_records_behind_the_points_are_named_and_those_that_do_not_count_with_why(year, client, district):
    returned = district.log(begins_on=TODAY, attendance=50, title="被退回的活动")
    perform(returned, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    year.through().totalled()
    result = result_of(year, "east")
    page = client.get(f"/admin/assessments/result/{result.pk}/records/?code=1.2")
    (told,) = page.context["records"]
    assert (len(told["counted"]), len(told["uncounted"])) == (3, 1)
    assert f"/admin/activities/activity/{returned.pk}/change/" in str(told["uncounted"][0][0])
    assert told["uncounted"][0][2]
    for code in ("1.1", "9.9", ""):
        assert client.get(f"/admin/assessments/result/{result.pk}/records/?code={code}").status_code == 404


def test_the_records_ask_as_much_for_thirty_as_for_three(year, client, district):
    year.through().totalled()
    way = f"/admin/assessments/result/{result_of(year, 'east').pk}/records/?code=2.1"
    asked = []
    for number in (0, 27):
        for one in range(number):
            district.log(begins_on=date(2026, 5, 9), title=f"活动{one}")
        client.get(way)
        with CaptureQueriesContext(connection) as queries:
            client.get(way)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_indicator_has_a_ranking_of_its_own(year, client):
    year.through().totalled()
    computation = Computation.objects.get()
    way = f"/admin/assessments/computation/{computation.pk}/indicator"
    page = client.get(f"{way}/?code=2.1")
    ((_name, lines),) = page.context["groups"]
    assert [(one.result.assessment.unit.name, one.place, one.said) for one in lines] == [
        ("Government of West Subdistrict", 1, "500"),
        ("Government of East Town", 2, "200"),
    ]
    # Both have said the same of 1.1.
    ((_name, lines),) = client.get(f"{way}/?code=1.1").context["groups"]
    assert [one.place for one in lines] == [1, 1]
    sheet = client.get(f"{way}.csv?code=2.1").content.decode("utf-8-sig")
    assert "Government of West Subdistrict" in sheet
    assert client.get(f"{way}/?code=9.9").status_code == 404


def contested(year: Year, district: District) -> Objection:
    """The west objects that an activity of its was left out."""
    late = district.log(district.west, begins_on=TODAY, attendance=100, title="漏记的活动")
    perform(late, "return", actor=district.station_head_west, at=NOW, comment="人数不明")
    year.through().totalled().publicised()
    return object_to(
        actor=district.station_head_west, assessment=year.of("west"), code="1.2", wants="count", record=late,
        grounds="人数已核", at=year.at,
    )  # fmt: skip


def test_an_objection_says_against_which_record_and_what_would_be_done(year, client, district):
    objection = contested(year, district)
    text = page_of(client, objection).content.decode()
    assert "漏记的活动" in text
    assert "It does not count" in text
    assert "“Confirm after all” is taken on the record" in text
    listed = client.get("/admin/assessments/objection/?state=raised").context["cl"].result_list
    assert list(listed) == [objection]
    # The section sees it; the leader and the administrator decide.
    steps = f"/admin/assessments/objection/{objection.pk}/steps/uphold/"
    client.post(steps, {"seen": objection.version, "comment": "属实"})
    objection.refresh_from_db()
    assert objection.state == "raised"
    client_of(district.bureau_leader).post(steps, {"seen": objection.version, "comment": "属实"})
    objection.refresh_from_db()
    assert objection.state == "upheld"


def test_an_objection_to_a_judgement_says_how_it_was_judged_and_how_it_is_asked_to_be(year, client, district):
    year.through().totalled().publicised()
    objection = object_to(
        actor=district.station_head_west, assessment=year.of("west"), code="3.1", wants="judge", asked="value",
        asked_numbers=[Decimal("4.8")], grounds="第三方报告为4.8", at=year.at,
    )  # fmt: skip
    assert "judged as 4.5, to be judged as 4.8" in page_of(client, objection).content.decode()
    assert "to be judged as 4.8" in client.get("/admin/assessments/objection/").content.decode()


def test_an_upheld_objection_shows_both_scores_what_moved_and_whom_it_touches(year, client, district):
    objection = contested(year, district)
    perform(objection, "uphold", actor=district.bureau_leader, at=year.at, comment="属实")
    objection.refresh_from_db()
    page = page_of(client, objection)
    assert [plain(row)[1] for row in panel_of(page, "Scores before").rows] == [Decimal("73.33"), Decimal("80.00")]
    moved = {(row[0], plain(row)[2], plain(row)[3]) for row in panel_of(page, "What the correction moved").rows}
    assert ("1.2", "0", "1") in moved
    for shown in (page, page_of(client, objection.after)):
        touched = [plain(row)[:3] for row in panel_of(shown, "Whom it touches").rows]
        assert sorted(touched) == [
            ["Government of East Town", Decimal("81.33"), Decimal("86.67")],
            ["Government of West Subdistrict", Decimal("73.33"), Decimal("80.00")],
        ]
    assert "If it is upheld" not in page.content.decode()
