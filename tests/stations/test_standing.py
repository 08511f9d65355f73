"""Grades and titles are kept for good and voided with a reason; features are proposed with evidence and recognised."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from culture_admin.exchange.attaching import attach_file
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import award_title, change_feature, grade_station, propose_feature
from stations.models import Feature, Grading, Title
from tests.district import NOW
from tests.exchange.test_attachments import photo


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def step(client: Client, collection: str, row, name: str, **body):
    version = type(row).objects.values_list("version", flat=True).get(pk=row.pk)
    return client.post(
        f"/api/v1/{collection}/{row.pk}/{name}/", body, content_type="application/json",
        headers={"If-Match": f'"v{version}"', "Idempotency-Key": f"{collection}{row.pk}{name}{version}"},
    )  # fmt: skip


@pytest.fixture
def upgraded(district) -> Grading:
    """The east station was graded first in 2024, and special from 2026 on."""
    return grade_station(
        actor=district.bureau_admin,
        station=district.east,
        grade="special",
        valid_from=date(2026, 1, 1),
        document="文2",
        at=NOW,
    )


def test_a_grade_entered_in_error_is_voided_with_a_reason_and_the_one_before_goes_on(district, upgraded):
    first = Grading.objects.get(station=district.east, grade="first")
    assert first.valid_to == date(2026, 1, 1)
    with pytest.raises(StepRefused) as refused:
        perform(upgraded, "void", actor=district.bureau_admin, at=NOW)
    assert refused.value.code == "comment_required"
    perform(upgraded, "void", actor=district.bureau_admin, comment="文号有误", at=NOW)
    first.refresh_from_db()
    assert (first.valid_to, Grading.objects.get(pk=upgraded.pk).state) == (None, "void")
    grade_station(actor=None, station=district.east, grade="second", valid_from=date(2026, 1, 1), document="文3")


def test_a_voided_grade_tells_no_number_apart(district, upgraded):
    def by_grade() -> dict:
        table = read(
            ["stations.registered"], by=["grade"], as_of=date(2026, 5, 20), where={"station": district.east.pk}
        )
        return {row.keys["grade"]: row.values["stations.registered"] for row in table.rows}

    assert by_grade() == {"special": 1}
    perform(upgraded, "void", actor=district.bureau_admin, comment="误录", at=NOW)
    assert by_grade() == {"first": 1}


@pytest.mark.parametrize("username", ["service", "town_officer_east", "station_head_east", "bureau_admin_elsewhere"])
def test_nobody_else_voids_a_title_through_page_or_api(district, username):
    title = award_title(
        actor=district.bureau_admin, station=district.east, title="文化强镇", year=2025, issuer="厅", document="文",
        valid_from=date(2025, 12, 1), at=NOW,
    )  # fmt: skip
    user = getattr(district, username)
    assert step(client_of(user), "titles", title, "void", comment="误").status_code in (403, 404)
    client_of(user).post(f"/admin/stations/title/{title.pk}/steps/void/", {"seen": 1, "comment": "误"})
    assert Title.objects.get(pk=title.pk).state == "valid"
    assert step(client_of(district.bureau_leader), "titles", title, "void", comment="误录").json()["state"] == "void"


def test_the_register_of_titles_stands_by_year_on_both_doors_and_leaves_as_a_sheet(district):
    for year, station in ((2024, district.west), (2025, district.east)):
        award_title(
            actor=None,
            station=station,
            title="文化强镇",
            year=year,
            issuer="厅",
            document="文",
            valid_from=date(year, 12, 1),
        )
    bureau = client_of(district.bureau_admin)
    rows = bureau.get("/admin/stations/title/?year=2025").context["cl"].result_list
    assert [row.station for row in rows] == [district.east]
    assert "2024" in bureau.get("/admin/stations/title/export.csv").content.decode("utf-8-sig")
    years = client_of(district.station_head_east).get("/desk/titles/").context["years"]
    assert [(year, len(titles)) for year, titles in years] == [(2025, 1)]


@pytest.fixture
def feature(district) -> Feature:
    return propose_feature(actor=district.station_head_east, station=district.east, name="板凳龙", level="town", at=NOW)


def test_a_feature_is_recognised_only_with_evidence(district, feature, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bureau = client_of(district.service)
    assert step(bureau, "features", feature, "recognise").json()["code"] == "evidence_missing"
    attach_file(actor=district.station_head_east, subject=feature, name="龙.jpg", content=photo(), at=NOW)
    assert step(bureau, "features", feature, "recognise").json()["state"] == "recognised"


def test_whoever_proposes_a_feature_does_not_recognise_it(district, feature, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attach_file(actor=district.station_head_east, subject=feature, name="龙.jpg", content=photo(), at=NOW)
    for user in (district.station_head_east, district.town_officer_east, district.station_head_west):
        with pytest.raises(StepRefused):
            perform(feature, "recognise", actor=user, at=NOW)


def test_what_is_recognised_only_the_bureau_changes(district, feature):
    change_feature(actor=district.town_officer_east, feature=feature, description="始于明代", at=NOW)
    Feature.objects.filter(pk=feature.pk).update(state="recognised")
    with pytest.raises(PermissionDenied):
        change_feature(actor=district.town_officer_east, feature=feature, description="改", at=NOW)
    change_feature(actor=district.service, feature=feature, description="改", at=NOW)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"level": "province"}, "document", "document_missing"),
        ({"since": date(2099, 1, 1)}, "since", "in_the_future"),
        ({"since": date(10, 1, 1)}, "since", "date_range"),
        ({"name": "板凳龙"}, "__all__", "unique_together"),
        ({"name": "x" * 61}, "name", "max_length"),
    ],
)
def test_a_feature_that_cannot_be_is_refused_at_its_field(district, feature, wrong, field, code):
    entries = {"name": "腰鼓", "level": "town"} | wrong
    with pytest.raises(ValidationError) as refused:
        propose_feature(actor=district.station_head_east, station=district.east, at=NOW, **entries)
    errors = refused.value.error_dict
    assert list(errors) == [field]
    assert errors[field][0].code == code or field == "__all__"


def test_a_village_of_another_town_is_refused(district):
    village = district.town("west").children.get()
    with pytest.raises(ValidationError) as refused:
        propose_feature(
            actor=district.station_head_east, station=district.east, name="腰鼓", level="town", village=village, at=NOW
        )
    assert refused.value.error_dict["village"][0].code == "village_elsewhere"


def test_a_head_sees_all_of_his_stations_standing_on_one_page(district, feature):
    page = client_of(district.station_head_east).get("/desk/standing/")
    assert [str(row) for row in page.context["features"]] == ["板凳龙"]
    assert [row.grade for row in page.context["gradings"]] == ["first"]
    assert client_of(district.station_head_west).get(f"/desk/features/{feature.pk}/").status_code == 404
