"""Forms of the admin: blank choices, entries through verbs, refusals at their fields."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.utils import timezone

from activities.models import Activity
from stations.models import Certificate, Facility, Grading, Station
from stewards.models import Posting
from tests.admin.conftest import list_of, rooms
from tests.district import TODAY


def test_every_required_choice_without_a_default_begins_empty(district, signed_in):
    """Unfold would choose the first for the reader, which nobody notices."""
    seen = 0
    for user in (district.bureau_admin, district.system_admin):
        client = signed_in(user)
        for room in rooms():
            answer = client.get(f"{list_of(room)}add/")
            if answer.status_code in (302, 403):
                continue
            form = answer.context["adminform"].form
            for name, field in form.fields.items():
                # What is ticked begins unticked.
                if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
                    continue
                if isinstance(field, forms.ChoiceField) and form.get_initial_for_field(field, name) is None:
                    first = next(iter(field.choices))
                    assert not getattr(first[0], "value", first[0]), f"{room}: {name} begins with {first}"
                    seen += 1
    assert seen > 8


def test_a_choice_nobody_made_is_refused(district, signed_in):
    client = signed_in(district.bureau_admin)
    entered = {"station": district.east.pk, "grade": "", "document": "试文〔2026〕2号", "valid_from": "2026-01-01"}
    errors = client.post("/admin/stations/grading/add/", entered).context["adminform"].form.errors
    assert list(errors) == ["grade"]


def test_a_new_record_is_written_by_its_verb(district, signed_in):
    """grade_station ends the grade before; a bare save would not."""
    entered = {
        "station": district.east.pk,
        "grade": "special",
        "document": "试文〔2026〕2号",
        "valid_from": "2026-05-01",
    }
    answer = signed_in(district.bureau_admin).post("/admin/stations/grading/add/", entered)
    assert answer.status_code == 302
    assert list(
        Grading.objects.filter(station=district.east).order_by("valid_from").values_list("grade", "valid_to")
    ) == [
        ("first", date(2026, 5, 1)),
        ("special", None),
    ]


def test_the_first_form_opens_a_station_with_its_unit(district, signed_in):
    town = district.town("east").__class__.objects.create(
        code="990101103", name_zh="新镇", level="town", type="town", parent=district.county
    )
    entered = {"division": town.pk, "name_zh": "新镇综合文化站", "name_en": "", "address": "街1号", "telephone": ""}
    answer = signed_in(district.bureau_admin).post("/admin/stations/station/add/", entered)
    assert answer.status_code == 302
    assert Station.objects.get(division=town).unit.name_zh == "新镇综合文化站"


def test_what_the_verb_refuses_stands_at_its_field(district, signed_in):
    tomorrow = timezone.localdate() + timedelta(days=1)
    entered = {
        "title": "村晚", "kind": district.kind("PERF").pk, "station": district.east.pk, "begins_on": tomorrow.isoformat(),
    }  # fmt: skip
    answer = signed_in(district.bureau_admin).post("/admin/activities/activity/add/", entered)
    assert answer.status_code == 200
    assert "is in the future" in str(answer.context["adminform"].form.errors["begins_on"])
    assert not Activity.objects.exists()


def test_what_the_database_alone_knows_is_told_as_well(district, signed_in):
    """Two full-time postings at once: the exclusion constraint speaks, and nothing is half written."""
    entered = {
        "steward": district.posting("east").steward_id, "station": district.west.pk, "full_time": "on", "valid_from": "2026-03-01",
    }  # fmt: skip
    answer = signed_in(district.bureau_admin).post("/admin/stewards/posting/add/", entered)
    assert "full-time posting in this time already" in str(answer.context["adminform"].form.errors)
    assert Posting.objects.count() == 2


def test_a_change_goes_through_the_verb_and_says_only_what_changed(district, signed_in):
    station = district.east
    address = f"/admin/stations/station/{station.pk}/change/"
    answer = signed_in(district.bureau_admin).post(
        address, {"address": "新街2号", "telephone": "", "seen": station.version}
    )
    assert answer.status_code == 302
    changed = Station.objects.get(pk=station.pk)
    assert (changed.address, changed.version) == ("新街2号", station.version + 1)


@pytest.mark.parametrize("seen", [{"seen": "0"}, {}])
def test_a_record_changed_meanwhile_is_not_written_over(district, signed_in, seen):
    address = f"/admin/stations/station/{district.east.pk}/change/"
    answer = signed_in(district.bureau_admin).post(address, {"address": "新街2号", "telephone": "", **seen})
    assert "changed since you looked at it" in answer.content.decode()
    assert Station.objects.get(pk=district.east.pk).address == ""


def test_who_may_not_change_sees_a_page_to_read(district, signed_in):
    client = signed_in(district.observer)
    page = client.get(f"/admin/stations/station/{district.east.pk}/change/")
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert client.post(f"/admin/stations/station/{district.east.pk}/change/", {"address": "x"}).status_code == 403
    assert client.get("/admin/stations/certificate/add/").status_code == 403


def test_a_confirmed_activity_is_the_stations_own(district, signed_in):
    confirmed = district.log()
    page = signed_in(district.bureau_admin).get(f"/admin/activities/activity/{confirmed.pk}/change/")
    assert not page.context["has_change_permission"]


def test_hidden_characters_are_named_not_stored(district, signed_in):
    entered = {
        "station": district.east.pk, "name": "排练\u202e厅", "use": "排练", "floor_area": "120", "valid_from": TODAY.isoformat(),
    }  # fmt: skip
    answer = signed_in(district.bureau_admin).post("/admin/stations/facility/add/", entered)
    assert "direction of writing" in str(answer.context["adminform"].form.errors["name"])
    assert not Facility.objects.exists()


def test_a_certificate_without_an_end_lasts_five_years(district, signed_in):
    district.east.certificates.all().delete()
    entered = {
        "station": district.east.pk, "uscc": "12990101MB0A00017K", "legal_representative": "站长", "sponsor": "镇政府",
        "authority": "登记局", "valid_from": "2026-05-01", "originals": 1, "duplicates": 1,
    }  # fmt: skip
    assert signed_in(district.bureau_admin).post("/admin/stations/certificate/add/", entered).status_code == 302
    assert Certificate.objects.get(valid_from="2026-05-01").valid_to == date(2031, 5, 1)
