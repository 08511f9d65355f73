"""Posts and who holds them: the staffing plan is not who is there, acting fills nothing, and what is personal is masked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from culture_admin.statistics.reading import read
from stations.actions import add_post, end_posting, record_off_post, record_officer, record_posting
from stations.models import OfficerPosting, Post
from tests.district import NOW, TODAY
from tests.stations.staff import NUMBER, SINCE, candidate, staffed

PHONE = "13800005678"


def post_of(district, name: str = "文化员二", town: str = "east") -> Post:
    return add_post(
        actor=district.personnel, station=district.station(town), kind="officer", name=name, tenure="contract",
        valid_from=SINCE,
    )  # fmt: skip


def posted(district, officer, post, **entries) -> OfficerPosting:
    entries = {"valid_from": TODAY} | entries
    return record_posting(actor=district.personnel, at=NOW, officer=officer, post=post, **entries)


def refused(call) -> set[str]:
    with pytest.raises(ValidationError) as fault, transaction.atomic():
        call()
    return (
        {error.code for error in fault.value.error_list}
        if not hasattr(fault.value, "error_dict")
        else {error.code for errors in fault.value.error_dict.values() for error in errors}
    )


def test_nobody_holds_two_full_time_posts_at_a_time_and_a_day_to_leave_is_a_day_to_begin(district, staff):
    second = post_of(district)
    assert "full_time_twice" in refused(lambda: posted(district, staff.officer, second))
    end_posting(actor=district.personnel, at=NOW, posting=staff.posting(staff.officer), on=TODAY, comment="调岗")
    assert posted(district, staff.officer, second).valid_from == TODAY


def test_the_database_itself_refuses_a_second_full_time_posting(district, staff):
    row = staff.posting(staff.officer)
    row.pk, row.post = None, post_of(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerPosting.objects.bulk_create([row])


def test_a_post_is_held_by_one_person_at_a_time(district, staff):
    assert "post_taken" in refused(lambda: posted(district, candidate(district), staff.officer_post))


def test_half_posts_of_one_person_go_together(district, staff):
    person = candidate(district)
    for name in ("半职一", "半职二"):
        posted(district, person, post_of(district, name), share=50)
    assert person.postings.count() == 2


def test_who_acts_in_a_post_does_not_fill_it(district, staff):
    end_posting(actor=district.personnel, at=NOW, posting=staff.posting(staff.head), on=TODAY, comment="退休")
    posted(district, staff.officer, staff.head_post, acting=True, valid_to=TODAY + timedelta(days=60))
    assert [*Post.objects.vacant(TODAY)] == [staff.head_post]
    (shown,) = Post.objects.filter(pk=staff.head_post.pk).with_holders(TODAY)
    assert (shown.held_by_name, shown.acted_in) == (None, staff.officer.name)


def test_a_vacancy_begins_with_the_day_the_holder_leaves_and_ends_with_the_post(district, staff):
    end_posting(actor=district.personnel, at=NOW, posting=staff.posting(staff.officer), on=TODAY, comment="离职")
    vacant = Post.objects.vacant
    assert (staff.officer_post in vacant(TODAY), staff.officer_post in vacant(TODAY - timedelta(days=1))) == (
        True,
        False,
    )
    Post.objects.filter(pk=staff.officer_post.pk).update(valid_to=TODAY)
    assert staff.officer_post not in vacant(TODAY)


def test_officers_are_counted_once_and_those_put_to_other_work_are_not_on_post(district, staff):
    other = staffed(district, "west", name="何倩")
    person = candidate(district)
    for name in ("半职一", "半职二"):
        posted(district, person, post_of(district, name), share=50)
    posted(district, staff.officer, post_of(district, "副站长"), acting=True, valid_to=TODAY + timedelta(days=9))
    record_off_post(
        actor=district.personnel, at=NOW, officer=other.officer, station=other.station, reason="diverted",
        valid_from=TODAY - timedelta(days=3),
    )  # fmt: skip
    codes = ["stations.officers", "stations.officers_on_post", "stations.on_post_rate"]
    table = read(codes, as_of=TODAY, at=NOW)
    assert [table.total.values[code] for code in codes] == [5, 4, Decimal("0.8")]
    before = read(codes, as_of=TODAY - timedelta(days=4), at=NOW)
    assert [before.total.values[code] for code in codes] == [4, 4, 1]


def test_personal_fields_are_masked_on_every_page_and_answer(district, client):
    officer = record_officer(
        actor=district.personnel, at=NOW, station=district.east, name="陈琴", identity_number=NUMBER, phone=PHONE,
        birth_date=date(1990, 3, 7),
    )  # fmt: skip
    for user in ("personnel", "town_officer_east", "bureau_leader", "station_head_east"):
        client.force_login(getattr(district, user), backend="django.contrib.auth.backends.ModelBackend")
        for address in (
            "/admin/stations/officer/", f"/admin/stations/officer/{officer.pk}/change/", f"/desk/officers/{officer.pk}/",
            "/desk/staff/", "/api/v1/officers/", f"/api/v1/officers/{officer.pk}/",
        ):  # fmt: skip
            text = client.get(address, follow=True).content.decode()
            for clear in (NUMBER, PHONE, "1990-03-07"):
                assert clear not in text, (user, address)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("identity_number", NUMBER[:-1] + "0"),
        ("phone", "12"),
        ("entered_on", date(2999, 1, 1)),
        ("name", ""),
    ],
)
def test_a_file_with_a_fault_is_refused_by_its_field(district, field, value):
    entries = {"name": "陈琴"} | {field: value}
    with pytest.raises(ValidationError) as fault:
        record_officer(actor=district.personnel, at=NOW, station=district.east, **entries)
    assert field in fault.value.error_dict


def test_two_files_never_have_one_identity_number(district):
    make = {"actor": district.personnel, "at": NOW, "identity_number": NUMBER}
    record_officer(station=district.east, name="陈琴", **make)
    with pytest.raises(ValidationError):
        record_officer(station=district.west, name="陈晴", **make)
