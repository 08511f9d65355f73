"""What is to be reached in a year: set once, changed and withdrawn on the record, counted by the statistics themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.interfaces.problems import Problem
from culture_admin.statistics.actions import change_target, set_target
from culture_admin.statistics.models import Target
from culture_admin.statistics.progress import Progress, progress_of
from culture_admin.territory.actions import record_residents
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision, Notice
from tests.boundaries.plans import TOMORROW, applied, merging, renaming
from tests.district import NOW, TODAY
from tests.interfaces.conftest import Api

HELD, RATIO = "activities.held", "activities.person_times_per_resident"
ENTRIES = {"metric": HELD, "year": 2026, "number": Decimal(12), "source": "东文〔2026〕5号"}


@pytest.fixture
def put(district):
    """Sets a target of the east town, unless said otherwise."""

    def made(**entries) -> Target:
        place = {} if "station" in entries else {"place": district.town("east")}
        return set_target(**{"actor": district.service, "at": NOW, **place, **ENTRIES, **entries})

    return made


def test_progress_is_what_the_statistics_read_with_what_is_missing_and_the_days_left(district, put):
    target = put()
    assert progress_of([target], at=NOW) == {target.pk: Progress(None, Decimal(12), 226)}
    for _number in range(3):
        district.log()
    district.log(kind=district.kind("TRNG"), class_seconds=3600)
    found = progress_of([target], at=NOW)[target.pk]
    assert (found.value, found.missing, found.share, found.percent, found.reached) == (3, 9, Decimal("0.25"), 25, False)
    assert found.days_left == (date(2026, 12, 31) - TODAY).days + 1
    over = progress_of([target], at=datetime(2027, 1, 2, 4, tzinfo=UTC))[target.pk]
    assert (over.value, over.days_left) == (3, 0)
    reached = progress_of([change_target(actor=district.service, target=target, number=Decimal(2), at=NOW)], at=NOW)
    assert (reached[target.pk].missing, reached[target.pk].share, reached[target.pk].percent) == (
        0,
        Decimal("1.5"),
        100,
    )


def test_places_stations_stocks_ratios_and_filters_have_targets_alike(district, put):
    record_residents(division=district.town("east"), year=2026, number=240, source="公报")
    district.log(attendance=120)
    district.log(district.west, kind=district.kind("EXHB"))
    county = put(place=district.county)
    station = put(station=district.west.unit)
    ratio = put(metric=RATIO, number=Decimal("0.25"))
    stock = put(metric="territory.residents", number=Decimal(480))
    narrowed = put(place=district.county, where={"kind": "PERF,EXHB"}, number=Decimal(4))
    only = put(place=district.county, where={"kind": "TRNG"}, number=Decimal(4))
    found = progress_of([county, station, ratio, stock, narrowed, only], at=NOW)
    targets = (county, station, ratio, stock, narrowed, only)
    assert [found[one.pk].value for one in targets] == [2, 1, Decimal("0.5"), 240, 2, 0]
    assert station.place == district.town("west")
    assert found[ratio.pk].reached


def test_many_targets_of_a_year_are_read_with_as_few_questions_as_one(district, put):
    def questions(targets) -> int:
        with CaptureQueriesContext(connection) as captured:
            progress_of(targets, user=district.bureau_admin, at=NOW)
        return len(captured)

    targets = [put(), put(place=district.town("west"))]
    questions(targets)
    few = questions(targets)
    targets += [put(metric="activities.person_times"), put(place=district.town("west"), metric="activities.sessions")]
    assert questions(targets) == few


def test_whoever_may_not_read_the_number_does_not_read_it_in_a_target(district, put):
    target = put(place=district.county, metric="stations.officers")
    assert progress_of([target], user=district.bureau_admin, at=NOW)[target.pk].value == 0
    assert progress_of([target], user=district.observer, at=NOW)[target.pk].value is None


@pytest.mark.parametrize(
    ("entries", "pointer", "code"),
    [
        ({"metric": "activities.helt"}, "/metric", "unknown_metric"),
        ({"where": {"colour": "red"}}, "/where/colour", "dimension_missing"),
        ({"where": {"kind": "NONE"}}, "/where/kind", "invalid_choice"),
        ({"where": {"year": "2025"}}, "/where/year", "unknown_field"),
        ({"where": {"division": "990102"}}, "/where/division", "unknown_field"),
        ({"where": {"steward": "0"}}, "/where/steward", "id_format"),
    ],
)
def test_what_could_never_be_read_is_refused_with_its_place(put, entries, pointer, code):
    with pytest.raises(Problem) as refused:
        put(**entries)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]
    if code == "unknown_metric":
        assert "activities.held" in str(refused.value.faults[0].hint)
    assert not Target.objects.exists()


def test_a_station_elsewhere_a_metric_without_stations_and_a_second_target_are_refused(district, put):
    with pytest.raises(ValidationError):
        put(place=district.town("east"), station=district.west.unit)
    with pytest.raises(ValidationError):
        put(station=district.bureau)
    with pytest.raises(Problem) as refused:
        put(station=district.east.unit, metric="territory.residents")
    assert refused.value.faults[0].pointer == "/station"
    for entries in ({"number": Decimal(0)}, {"number": Decimal(-1)}, {"year": 1999}, {"source": ""}):
        with pytest.raises(ValidationError):
            put(**entries)
    first = put(where={"kind": "PERF,EXHB"})
    with pytest.raises(ValidationError):
        put(where={"kind": "EXHB,PERF"})
    put()
    put(station=district.east.unit)
    perform(first, "withdraw", actor=district.service, comment="文件作废", at=NOW)
    assert put(where={"kind": "EXHB,PERF"}).where == {"kind": "EXHB,PERF"}


def test_a_section_sets_changes_and_withdraws_it_on_the_record(district, put):
    for name in ("town_officer_east", "bureau_leader", "station_head_east", "bureau_admin_elsewhere"):
        with pytest.raises(PermissionDenied):
            put(actor=getattr(district, name))
    target = put()
    change_target(actor=district.bureau_admin, target=target, number=Decimal(15), seen=1, at=NOW)
    with pytest.raises(StepRefused):
        change_target(actor=district.bureau_admin, target=target, number=Decimal(16), seen=1, at=NOW)
    target.refresh_from_db()
    perform(target, "withdraw", actor=district.service, comment="文件作废", at=NOW)
    with pytest.raises(StepRefused):
        change_target(actor=district.bureau_admin, target=target, number=Decimal(16), at=NOW)
    steps = Decision.objects.about(target).order_by("pk").values_list("step", "comment")
    assert list(steps) == [("set", ""), ("change", ""), ("withdraw", "文件作废")]
    assert target.events.count() == 3


def test_towns_are_told_of_their_own_targets_and_not_of_the_countys_which_they_do_not_see(district, put):
    town = district.town_officer_east
    put(place=district.county, station=None)
    assert not Notice.objects.visible_to(town).exists()
    own = put(place=district.east.division, station=None)
    assert [notice.subject for notice in Notice.objects.visible_to(town)] == [own]


def test_a_target_goes_on_where_its_place_goes(district, put):
    renamed, station = put(), put(station=district.east.unit)
    district.log()
    applied(district, "rename", renaming(district.town("east"), "新东镇"))
    new = district.county.children.get(name_zh="新东镇")
    for target in (renamed, station):
        target.refresh_from_db()
        assert (target.place, target.version) == (new, 2)
    later = datetime.combine(TOMORROW, NOW.timetz())
    found = progress_of([renamed, station], at=later)
    assert [one.value for one in found.values()] == [1, 1]


def test_of_targets_that_come_together_one_goes_on_and_the_other_is_for_a_person_to_settle(district, put):
    east, west = put(), put(place=district.town("west"))
    fates = [
        {"station": district.east.pk, "fate": "moves", "outcome": 0},
        {"station": district.west.pk, "fate": "merges", "into": district.east.pk},
    ]
    change = applied(district, "merge", merging(district.town("east"), district.town("west"), stations=fates))
    told = change.outcome["sections"]["targets"]
    assert {row[2] for row in told["rows"]} == {"settled", "stranded"}
    before = west.place
    east.refresh_from_db()
    west.refresh_from_db()
    assert east.place.valid_to is None
    assert west.place == before


def test_the_loop_goes_through_the_api(district):
    year = timezone.localdate().year
    body = {"place": district.town("east").pk, "metric": HELD, "year": year, "number": "12", "source": "文"}
    bureau = Api(district.service)
    made = bureau.post("targets/", body, format="json")
    assert made.status_code == 201, made.content.decode()
    assert made.json()["progress"] | {"days_left": 0} == {
        "value": None, "number": "12", "share": None, "missing": "12", "days_left": 0,
    }  # fmt: skip
    assert bureau.post("targets/", body, format="json").status_code == 400
    wrong = bureau.post("targets/", body | {"metric": "activities.helt"}, format="json").json()["errors"][0]
    assert (wrong["pointer"], wrong["code"]) == ("/metric", "unknown_metric")
    assert "activities.held" in wrong["hint"]
    address = f"targets/{made.json()['id']}/"
    changed = bureau.patch(address, {"number": "20"}, format="json", headers={"If-Match": made["ETag"]})
    assert changed.json()["number"] == "20.0000"
    fixed = bureau.patch(address, {"year": 2030}, format="json", headers={"If-Match": changed["ETag"]})
    assert (fixed.status_code, fixed.json()["errors"][0]["code"]) == (400, "read_only")
    assert [one["id"] for one in Api(district.station_head_east).read("targets/?state=set")["results"]] == [
        made.json()["id"]
    ]
    assert Api(district.station_head_west).read("targets/")["results"] == []
    assert Api(district.station_head_west).get(address).status_code == 404
    assert Api(district.station_head_east).post("targets/", body, format="json").status_code == 403
    step = {"comment": "作废"}
    gone = bureau.post(f"{address}withdraw/", step, format="json", headers={"If-Match": changed["ETag"]})
    assert gone.json()["state"] == "withdrawn"


def test_pages_of_the_bureau_and_of_the_desk_show_what_is_missing(district, put, pages):
    year = timezone.localdate().year
    target = put(year=year)
    bureau = pages("service")
    page = bureau.get(f"/admin/statistics/target/{target.pk}/change/").content.decode()
    assert "How far it has come" in page
    assert bureau.get("/admin/statistics/target/").status_code == 200
    entered = {"metric": HELD, "place": district.county.pk, "station": "", "year": year, "number": "40", "source": "文"}
    answer = bureau.post("/admin/statistics/target/add/", entered)
    assert answer.status_code == 302, answer.content.decode()
    changed = bureau.post(
        f"/admin/statistics/target/{target.pk}/change/", {"number": "13", "source": "新文", "seen": target.version}
    )
    assert changed.status_code == 302, changed.content.decode()
    target.refresh_from_db()
    assert (target.number, target.source) == (13, "新文")
    desk = pages("station_head_east")
    assert "Nothing is recorded yet." in desk.get("/desk/targets/").content.decode()
    assert "No target has been set" in desk.get(f"/desk/targets/?year={year - 1}").content.decode()
    assert desk.get("/desk/targets/?year=1").status_code == 400
    assert "/desk/targets/" in desk.get("/desk/more/").content.decode()


def test_the_list_asks_as_often_for_many_targets_as_for_few(district, put):
    client = Api(district.bureau_admin)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.read("targets/")["results"]
        return len(captured)

    for name in ("east", "west"):
        put(place=district.town(name))
    questions()
    few = questions()
    for name in ("east", "west"):
        for metric in ("activities.person_times", "activities.sessions", "activities.class_hours"):
            put(place=district.town(name), metric=metric)
    assert questions() == few
