"""Logging an activity: who confirms it, what is frozen, what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.actions import change_activity
from activities.models import Activity
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from tests.district import NOW, TODAY


def test_a_log_by_the_head_is_confirmed_by_the_same_act(district):
    activity = district.log()
    assert activity.state == "confirmed"
    decision = Decision.objects.about(activity).get()
    assert (decision.step, decision.from_state, decision.to_state, decision.role) == (
        "log",
        "",
        "confirmed",
        "station_head",
    )


def test_a_stewards_log_waits_for_the_station_and_belongs_to_his_posting(district):
    activity = district.log(actor=district.steward_east)
    assert (activity.state, activity.led_by) == ("logged", "steward")
    assert activity.posting == district.posting("east")
    assert activity.firm_id == district.firm.pk
    perform(activity, "confirm", actor=district.station_officer_east, at=NOW)
    assert Activity.objects.get(pk=activity.pk).state == "confirmed"


def test_a_head_cannot_log_at_another_station(district):
    with pytest.raises(PermissionDenied):
        district.log(district.west, actor=district.station_head_east)


def test_a_steward_cannot_log_where_he_is_not_posted(district):
    with pytest.raises(ValidationError) as refused:
        district.log(district.west, actor=district.steward_east)
    assert set(refused.value.message_dict) == {"station"}


def test_nobody_confirms_what_another_station_has_to_confirm(district):
    activity = district.log(actor=district.steward_east)
    with pytest.raises(StepRefused) as refused:
        perform(activity, "confirm", actor=district.station_head_west, at=NOW)
    assert refused.value.code == "not_found"
    with pytest.raises(StepRefused) as refused:
        perform(activity, "confirm", actor=district.bureau_admin, at=NOW)
    assert refused.value.code == "not_your_power"


def test_the_same_client_id_gives_the_same_row(district):
    first = district.log()
    again = district.log(client_uuid=first.client_uuid, title="another title")
    assert again.pk == first.pk
    assert Activity.objects.get().title == "邻里节演出"


def test_what_has_not_happened_is_not_logged(district):
    with pytest.raises(ValidationError) as refused:
        district.log(begins_on=TODAY + timedelta(days=1))
    assert set(refused.value.message_dict) == {"begins_on"}
    assert not Activity.objects.exists()


def test_an_activity_does_not_end_before_it_begins(district):
    with pytest.raises(ValidationError):
        district.log(begins_on=date(2026, 5, 6), ends_on=date(2026, 5, 5))


def test_a_head_count_not_recorded_is_neither_zero_nor_an_error(district):
    assert district.log(attendance=None).attendance is None
    assert district.log(attendance=0).attendance == 0


def test_a_change_is_on_the_record_and_raises_the_version(district):
    activity = change_activity(actor=district.station_head_east, activity=district.log(), at=NOW, attendance=90)
    assert (activity.attendance, activity.version, activity.state) == (90, 2, "confirmed")
    assert list(Decision.objects.about(activity).order_by("id").values_list("step", flat=True)) == ["log", "change"]


def test_a_stale_change_is_refused(district):
    activity = district.log()
    change_activity(actor=district.station_head_east, activity=activity, at=NOW, seen=1, attendance=90)
    with pytest.raises(StepRefused) as refused:
        change_activity(actor=district.station_head_east, activity=activity, at=NOW, seen=1, attendance=80)
    assert (refused.value.code, refused.value.version) == ("stale", 2)


def test_a_steward_does_not_change_what_the_station_confirmed(district):
    activity = district.log(actor=district.steward_east)
    perform(activity, "confirm", actor=district.station_head_east, at=NOW)
    with pytest.raises(PermissionDenied):
        change_activity(actor=district.steward_east, activity=activity, at=NOW, attendance=500)


def test_returning_needs_a_reason(district):
    activity = district.log(actor=district.steward_east)
    with pytest.raises(StepRefused) as refused:
        perform(activity, "return", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "comment_required"


def test_a_set_is_moved_whole_or_not_at_all(district):
    waiting = [district.log(actor=district.steward_east, title=f"第{n}场") for n in range(3)]
    perform(waiting[0], "confirm", actor=district.station_head_east, at=NOW)
    waiting[0].state = "logged"
    with pytest.raises(StepRefused):
        perform(waiting, "confirm", actor=district.station_head_east, at=NOW)
    assert Activity.objects.filter(state="logged").count() == 2
