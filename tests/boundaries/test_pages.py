"""The wizard in the admin: from the kind of change to its dry run, and what it says to wrong input and to strangers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from culture_admin.accounts.models import Membership
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.territory.models import Division, Unit
from tests.boundaries.plans import DOCUMENT
from tests.district import District

LIST = "/admin/boundaries/boundarychange/"


def soon():
    """The pages know no other day than the clock's."""
    return timezone.localdate() + timedelta(days=20)


def begun(client: Client, change: str, *units, **instead):
    """The first page, filled in and sent."""
    entries = {"kind": change, "effective_on": soon(), "document": DOCUMENT, "units": [unit.pk for unit in units]}
    return client.post(f"{LIST}add/", entries | instead)


def draft(client: Client, kind: str, *units) -> BoundaryChange:
    answer = begun(client, kind, *units)
    change = BoundaryChange.objects.get()
    assert answer["Location"] == f"{LIST}{change.pk}/plan/", "on to the second page"
    return change


def planned(client: Client, change: BoundaryChange, *outcomes: dict, **places):
    """The second page, filled in and sent."""
    said = {f"outcome-{index}-{name}": value for index, one in enumerate(outcomes) for name, value in one.items()}
    return client.post(f"{LIST}{change.pk}/plan/?parts={len(outcomes)}", {"seen": change.version, **said, **places})


def tried(client: Client, change: BoundaryChange) -> str:
    """The page of the change after its dry run."""
    change.refresh_from_db()
    client.post(f"{LIST}{change.pk}/acts/dry-run/", {"seen": change.version})
    change.refresh_from_db()
    return client.get(f"{LIST}{change.pk}/change/").content.decode()


def fate(station, said: str) -> dict[str, str]:
    return {f"station-{station.pk}": said}


@pytest.fixture
def bureau(district: District, signed_in) -> Client:
    return signed_in(district.bureau_admin)


def test_a_town_is_renamed_by_page_and_the_dry_run_shows_what_it_touches(district, bureau):
    change = draft(bureau, "rename", district.town("east"))
    answer = planned(bureau, change, {"name_zh": "新镇", "name_en": "New Town", "type": "town"})
    assert answer["Location"] == f"{LIST}{change.pk}/change/"
    page = tried(bureau, change)
    assert change.dry_run["sections"]["stations"]["rows"] == [[district.east.pk, "东镇综合文化站", "moves"]]
    for text in ("东镇综合文化站", "station_head_east", "新镇", "comes along", "Person-times served"):
        assert text in page, text
    assert Division.objects.get(code="990101101").name_zh == "东镇", "nothing is written"


def test_two_towns_are_merged_by_page(district, bureau):
    east, west = district.town("east"), district.town("west")
    change = draft(bureau, "merge", east, west)
    outcome = {"code": "990101103", "name_zh": "合镇", "type": "town", "lead": east.pk}
    planned(
        bureau, change, outcome, **fate(district.east, "moves:0"), **fate(district.west, f"merges:{district.east.pk}")
    )
    page = tried(bureau, change)
    effects = {row[1]: row[2] for row in change.dry_run["sections"]["stations"]["rows"]}
    assert effects == {"东镇综合文化站": "moves", "西街道综合文化站": "merged"}
    assert "合镇" in page


def test_a_town_is_split_by_page_and_its_parts_figures_are_called_estimates(district, bureau):
    east = district.town("east")
    village = Division.objects.get(code="990101101201")
    change = draft(bureau, "split", east)
    parts = [
        {"code": "990101103", "name_zh": "甲镇", "type": "town", "share": "0.6"},
        {"code": "990101104", "name_zh": "乙镇", "type": "town", "share": "0.4"},
    ]
    planned(bureau, change, *parts, **{f"child-{village.pk}": "0"}, **fate(district.east, "moves:0"))
    page = tried(bureau, change)
    change.refresh_from_db()
    assert [Decimal(one["shares"][0]["share"]) for one in change.plan["outcomes"]] == [Decimal("0.6"), Decimal("0.4")]
    assert {one["estimated"] for one in change.dry_run["figures"]} == {True}
    assert "estimate" in page


def test_a_town_moves_to_another_county_by_the_page_of_who_keeps_both(district, signed_in):
    both = {"user": district.system_admin, "role": "system_admin", "valid_from": timezone.localdate()}
    Membership.objects.create(unit=Unit.objects.get(kind="bureau", division=district.elsewhere.county_id), **both)
    keeper = signed_in(district.system_admin)
    change = draft(keeper, "move", district.town("east"))
    planned(keeper, change, {"parent": district.elsewhere.county_id, "code": "990102109"})
    tried(keeper, change)
    [created] = [one for one in change.dry_run["created"] if one["level"] == "town"]
    assert (created["code"], created["parent"]) == ("990102109", district.elsewhere.county.name_zh)


def test_wrong_input_of_the_first_page_is_answered_in_words_and_nothing_is_kept(district, bureau):
    for wrong in (
        {"effective_on": "昨天"},
        {"units": []},
        {"kind": "swallow"},
        {"units": [district.elsewhere.division_id]},
    ):
        answer = begun(bureau, "rename", district.town("east"), **wrong)
        assert answer.status_code == 200, wrong
        assert "error" in answer.content.decode() or "fault" in answer.content.decode()
        assert answer.context["errors"], wrong
    assert not BoundaryChange.objects.exists()


def test_wrong_input_of_the_second_page_comes_back_to_its_field_and_stays(district, bureau):
    change = draft(bureau, "merge", district.town("east"), district.town("west"))
    answer = planned(bureau, change, {"code": "12", "name_zh": "合镇", "type": "town"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["forms"].outcomes[0].errors["code"]
    assert ('value="12"' in page, 'value="合镇"' in page) == (True, True)
    change.refresh_from_db()
    assert change.plan["outcomes"] == []
    assert "seen" in planned(bureau, change, {"code": "990101103"}, seen="x").content.decode()


def test_a_draft_that_lacks_something_says_so_and_is_not_tried_out(district, bureau):
    change = draft(bureau, "split", district.town("east"))
    page = bureau.get(f"{LIST}{change.pk}/change/").content.decode()
    assert "Still missing" in page
    tried(bureau, change)
    assert change.dry_run is None


def test_another_countys_clerk_gets_404_everywhere(district, bureau, signed_in):
    change = draft(bureau, "rename", district.town("east"))
    stranger = signed_in(district.bureau_admin_elsewhere)
    for address in (f"{LIST}{change.pk}/plan/", f"{LIST}{change.pk}/change/"):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"outcome-0-name_zh": "占用"}).status_code == 404
    assert str(change.pk) not in [str(one.pk) for one in stranger.get(LIST).context["cl"].result_list]
    change.refresh_from_db()
    assert change.plan["outcomes"][0].get("name_zh") is None


@pytest.mark.parametrize("username", ["station_head_east", "town_officer_east", "finance"])
def test_who_may_not_draw_up_changes_none(district, signed_in, username):
    answer = begun(signed_in(getattr(district, username)), "rename", district.town("east"))
    assert answer.status_code in (302, 403, 404)
    assert not BoundaryChange.objects.exists()
