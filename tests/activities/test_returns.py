"""The monthly return: who answers for a month, what reopens it, and what it says to statistics."""

import contextlib
import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import override

from activities.actions import change_activity
from activities.actions.courses import change_course, open_course
from activities.actions.months import differences, figures_of, open_month, open_return
from activities.actions.visits import Count, VisitsExist, change_visits, record_days, record_visits
from activities.models import MonthlyReturn, OpeningVisits
from culture_admin.exchange.actions import apply_import, open_import, undo_import
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline, Decision
from tests.district import NOW, District

APRIL = date(2026, 4, 1)
IN_APRIL = Period.parse("2026-04")
FIRST_OF_MAY = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def april(district) -> MonthlyReturn:
    """The east's return for April, opened on the first of May like those of all stations."""
    assert open_month(month=APRIL, at=FIRST_OF_MAY) == 3
    return of(district.east)


def of(station) -> MonthlyReturn:
    return MonthlyReturn.objects.get(station=station, month=APRIL)


def confirm(district, one: MonthlyReturn, step: str = "confirm", **said) -> MonthlyReturn:
    perform(one, step, actor=district.station_head_east, at=NOW, **said)
    return MonthlyReturn.objects.get(pk=one.pk)


def held(station, period=IN_APRIL, **asked):
    row = read("activities.held", where={"station": str(station.pk)}, period=period, at=NOW, **asked).total
    return row.values["activities.held"], "activities.held" in row.not_applicable


def units(**asked) -> tuple:
    table = read("activities.held", period=IN_APRIL, at=NOW, **asked)
    return tuple(table.units["activities.held"])


def test_every_station_owes_the_month_by_the_fifth_of_the_next(district, april):
    assert open_month(month=APRIL, at=FIRST_OF_MAY) == 0
    due = Deadline.objects.open().get(unit_id=district.east.pk, code="monthly_return")
    assert (due.subject, due.opened_on, due.due_on) == (april, date(2026, 5, 1), date(2026, 5, 5))


def test_what_is_owed_is_said_in_the_language_of_who_reads(district):
    with override("zh-hans"):
        open_month(month=APRIL, at=FIRST_OF_MAY)
    said = {}
    for language in ("en", "zh-hans"):
        with override(language):
            due = Deadline.objects.get(unit_id=district.east.pk, code="monthly_return")
            said[language] = (due.said, due.grounds)
    assert said["en"] == ("Monthly return of April 2026", "Monthly return by the 5th")
    assert "2026年4月" in said["zh-hans"][0]
    assert said["zh-hans"][1] != said["en"][1]


def test_a_station_opened_later_owes_nothing_for_the_time_before(district):
    district.east.unit.valid_from = date(2026, 5, 1)
    district.east.unit.save()
    assert open_month(month=APRIL, at=FIRST_OF_MAY) == 2


def test_a_month_that_is_not_over_has_no_return(district):
    with pytest.raises(ValidationError):
        open_month(month=date(2026, 5, 1), at=NOW)
    with pytest.raises(ValidationError) as refused:
        open_return(actor=district.station_head_east, at=NOW, station=district.east, month=date(2026, 5, 1))
    assert refused.value.error_dict["month"][0].code == "month_not_over"


def test_a_head_opens_a_return_of_his_own_station_alone(district):
    one = open_return(actor=district.station_head_east, at=NOW, station=district.east, month=date(2026, 3, 1))
    assert (one.state, Decision.objects.about(one).get().step) == ("open", "open")
    with pytest.raises(PermissionDenied):
        open_return(actor=district.station_head_east, at=NOW, station=district.west, month=APRIL)


def test_the_head_confirms_what_the_logs_say_and_owes_it_no_more(district, april):
    district.log(begins_on=date(2026, 4, 22), attendance=80)
    one = confirm(district, april)
    assert (one.state, one.zero, one.filed["activities.held"], one.filed["activities.person_times"]) == (
        "confirmed", False, 1, 80,
    )  # fmt: skip
    assert not Deadline.objects.open().filter(unit_id=district.east.pk, code="monthly_return").exists()


def test_an_empty_month_is_confirmed_in_so_many_words_and_only_an_empty_one(district, april):
    with pytest.raises(StepRefused) as refused:
        confirm(district, april)
    assert refused.value.code == "nothing_happened"
    assert confirm(district, april, "confirm_zero").zero
    perform(of(district.east), "reopen", actor=district.bureau_admin, at=NOW, comment="有一场没有登记")
    district.log(begins_on=date(2026, 4, 22), actor=district.steward_east)
    with pytest.raises(StepRefused) as refused:
        confirm(district, of(district.east), "confirm_zero")
    assert refused.value.code == "something_happened"


@pytest.mark.parametrize("who", ["station_head_east", "steward_east"])
def test_a_month_in_which_a_course_begins_is_not_empty(district, april, who):
    open_course(actor=getattr(district, who), at=NOW, station=district.east, title="书法", begins_on=date(2026, 4, 13))
    with pytest.raises(StepRefused) as refused:
        confirm(district, april, "confirm_zero")
    assert refused.value.code == "something_happened"
    assert bool(confirm(district, april).filed["activities.courses"]) == (who == "station_head_east")


def test_a_month_whose_only_log_was_given_back_is_not_empty(district, april):
    waiting = district.log(begins_on=date(2026, 4, 22), actor=district.steward_east)
    perform(waiting, "return", actor=district.station_head_east, at=NOW, comment="人数不对")
    with pytest.raises(StepRefused) as refused:
        confirm(district, april, "confirm_zero")
    assert refused.value.code == "something_happened"


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("before", ["confirm", "close"])
def test_a_log_still_being_written_when_the_month_is_settled_does_not_slip_into_it(before):
    """The log is entered, then the month is confirmed or closed, then the log is committed."""
    district, entered, settled = District(), threading.Event(), threading.Event()
    district.log(begins_on=date(2026, 4, 22))
    open_month(month=APRIL, at=FIRST_OF_MAY)
    if before == "close":
        confirm(district, of(district.east))

    def write() -> None:
        with transaction.atomic():
            district.log(begins_on=date(2026, 4, 30), title="补报的一场")
            entered.set()
            settled.wait(1)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert entered.wait(20)
    try:
        if before == "confirm":
            confirm(district, of(district.east))
        with contextlib.suppress(StepRefused):
            perform(of(district.east), "close", actor=district.bureau_admin, at=NOW)
    finally:
        settled.set()
        writer.join()
    one = of(district.east)
    moved = differences(one, figures_of([one], NOW)[one.pk])
    assert (one.state, bool(moved)) == (("closed", False) if before == "confirm" else ("reopened", True))


def test_the_bureau_closes_what_the_station_confirmed_and_nobody_else_does(district, april):
    district.log(begins_on=date(2026, 4, 22))
    with pytest.raises(StepRefused) as refused:
        perform(april, "close", actor=district.bureau_admin, at=NOW)
    assert refused.value.code == "illegal_transition"
    one = confirm(district, april)
    with pytest.raises(StepRefused) as refused:
        perform(one, "close", actor=district.station_head_east, at=NOW)
    assert refused.value.code == "not_your_power"
    perform(one, "close", actor=district.service, at=NOW)
    assert of(district.east).state == "closed"


def test_contesting_and_reopening_need_a_reason(district, april):
    for step, actor in (("contest", district.station_head_east), ("reopen", district.bureau_admin)):
        with pytest.raises(StepRefused) as refused:
            perform(april, step, actor=actor, at=NOW)
        assert refused.value.code == "comment_required"
    perform(april, "contest", actor=district.station_head_east, at=NOW, comment="管家多报了一场")
    assert of(district.east).state == "contested"
    assert units() == (0, 2 + 1)


@pytest.mark.parametrize("step", ["confirm", "close"])
def test_a_later_log_reopens_the_month_and_says_by_which_act(district, april, step):
    district.log(begins_on=date(2026, 4, 22))
    one = confirm(district, april)
    if step == "close":
        perform(one, "close", actor=district.bureau_admin, at=NOW)
    district.log(begins_on=date(2026, 4, 30), title="补报的一场")
    one = of(district.east)
    said = Decision.objects.about(one).first()
    assert (one.state, said.step, said.to_state, said.actor) == (
        "reopened", "reopen", "reopened", district.station_head_east,
    )  # fmt: skip
    assert "补报的一场" in said.comment
    owed = Deadline.objects.open().get(unit_id=district.east.pk, code="monthly_return")
    assert owed.due_on == date(2026, 5, 25)
    found = differences(one, figures_of([one], NOW)[one.pk])
    assert {each.code: (each.filed, each.now) for each in found}["activities.held"] == (1, 2)


def test_what_moves_a_figure_reopens_and_what_does_not_leaves_the_month_alone(district, april):
    activity = district.log(begins_on=date(2026, 4, 22), attendance=80)
    waiting = district.log(begins_on=date(2026, 4, 23), actor=district.steward_east)
    confirm(district, april)
    head = {"actor": district.station_head_east, "at": NOW}
    change_activity(activity=activity, note="晴", **head)
    perform(waiting, "return", comment="人数不对", **head)
    district.log(district.west, begins_on=date(2026, 4, 24))
    district.log(begins_on=date(2026, 5, 1))
    assert of(district.east).state == "confirmed"
    for act in (
        lambda: change_activity(activity=activity, attendance=81, **head),
        lambda: change_activity(activity=activity, begins_on=date(2026, 5, 2), ends_on=date(2026, 5, 2), **head),
        lambda: perform(waiting, "reinstate", **head),
        lambda: perform(waiting, "void", comment="重复", **head),
    ):
        act()
        assert of(district.east).state == "reopened"
        one = MonthlyReturn.objects.with_happenings().get(station=district.east, month=APRIL)
        confirm(district, one, "confirm" if one.happened else "confirm_zero")


def test_a_month_whose_figures_moved_unseen_is_not_closed(district, april):
    activity = district.log(begins_on=date(2026, 4, 22))
    one = confirm(district, april)
    type(activity).objects.filter(pk=activity.pk).update(attendance=500)
    with pytest.raises(StepRefused) as refused:
        perform(one, "close", actor=district.bureau_admin, at=NOW)
    assert refused.value.code == "figures_changed"


def test_a_confirmed_zero_is_a_zero_for_that_station_and_month_and_nowhere_else(district, april):
    """Value, confirmed zero, not recorded and not applicable are four states."""
    assert held(district.east) == (None, False)
    confirm(district, april, "confirm_zero")
    assert held(district.east) == (0, False)
    assert held(district.east, Period.parse("2026-03")) == (None, False)
    assert held(district.west) == (None, False)
    assert held(district.east, Period.parse("2019-04")) == (None, True)
    by_month = read("activities.held", by=["station", "month"], period=Period.parse("2026"), at=NOW)
    told = {(row.keys["station"], row.keys["month"]): row.values["activities.held"] for row in by_month.rows}
    assert {key for key, value in told.items() if value == 0} == {(district.east.pk, "2026-04")}
    visits = read("activities.visits", where={"station": district.east.pk}, period=IN_APRIL, at=NOW).total.values
    assert visits == {"activities.visits": 0}


def test_reported_is_who_has_a_counted_log_or_has_answered_for_the_month(district, april):
    county = {"where": {"division": district.county}}
    assert units(**county) == (0, 2)
    district.log(district.west, begins_on=date(2026, 4, 24))
    assert units(**county) == (1, 2)
    confirm(district, april, "confirm_zero")
    assert units(**county) == (2, 2)
    perform(of(district.east), "reopen", actor=district.bureau_admin, at=NOW, comment="请核对")
    assert units(**county) == (1, 2)


def test_visits_are_one_row_a_day_and_a_second_says_which(district):
    head = {"actor": district.station_head_east, "at": NOW}
    row = record_visits(station=district.east, on=date(2026, 4, 3), visitors=140, **head)
    with pytest.raises(VisitsExist) as refused:
        record_visits(station=district.east, on=date(2026, 4, 3), visitors=10, **head)
    assert refused.value.pk == row.pk
    change_visits(openingvisits=row, visitors=150, seen=1, **head)
    with pytest.raises(StepRefused):
        change_visits(openingvisits=row, visitors=1, seen=1, **head)
    record_visits(station=district.east, on=date(2026, 4, 4), visitors=0, **head)
    assert read("activities.visits", period=IN_APRIL, at=NOW).total.values == {"activities.visits": 150}
    assert OpeningVisits.objects.count() == 2


def test_a_sheet_of_visits_is_entered_as_a_whole_or_not_at_all(district, april):
    head = {"actor": district.station_head_east, "at": NOW, "station": district.east}
    confirm(district, april, "confirm_zero")
    record_days(days={date(2026, 4, 3): Count(30), date(2026, 4, 5): Count(12, estimated=True)}, **head)
    assert of(district.east).state == "reopened"
    assert list(OpeningVisits.objects.order_by("on").values_list("visitors", "estimated")) == [(30, False), (12, True)]
    with pytest.raises(VisitsExist):
        record_days(days={date(2026, 4, 2): Count(7), date(2026, 4, 5): Count(8)}, **head)
    with pytest.raises(ValidationError):
        record_days(days={date(2026, 4, 2): Count(7), date(2026, 4, 6): Count(-1)}, **head)
    assert OpeningVisits.objects.count() == 2


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"on": date(2026, 5, 21)}, "on"),
        ({"on": date(1979, 1, 1)}, "on"),
        ({"visitors": -1}, "visitors"),
        ({"visitors": 1_000_001}, "visitors"),
    ],
)
def test_visits_that_cannot_be_are_refused_by_field(district, entries, field):
    values = {"station": district.east, "on": date(2026, 4, 3), "visitors": 5} | entries
    with pytest.raises(ValidationError) as refused:
        record_visits(actor=district.station_head_east, at=NOW, **values)
    assert set(refused.value.message_dict) == {field}


def test_only_the_station_counts_its_visits_and_firms_do_not_see_them(district):
    row = record_visits(
        actor=district.station_officer_east, at=NOW, station=district.east, on=date(2026, 4, 3), visitors=9
    )
    for stranger in (district.station_head_west, district.bureau_admin, district.steward_east):
        with pytest.raises(PermissionDenied):
            record_visits(actor=stranger, at=NOW, station=district.east, on=date(2026, 4, 4), visitors=9)
    for who, sees in ((district.bureau_admin, True), (district.steward_east, False), (district.firm_manager, False)):
        assert OpeningVisits.objects.visible_to(who).filter(pk=row.pk).exists() is sees


def test_later_visits_reopen_a_confirmed_month(district, april):
    district.log(begins_on=date(2026, 4, 22))
    confirm(district, april)
    record_visits(actor=district.station_head_east, at=NOW, station=district.east, on=date(2026, 4, 3), visitors=9)
    assert of(district.east).state == "reopened"


def test_a_ledger_says_which_rows_reopen_a_month_and_undoing_it_does_so_again(district, april):
    head = {"actor": district.station_head_east, "at": NOW}
    confirm(district, april, "confirm_zero")
    content = "日期,活动名称,参加人数\n2026-04-25,村晚,90\n2026-05-03,讲座,20\n".encode()
    batch, plan = open_import(kind="activities", unit=district.east.unit, file_name="台账.csv", content=content, **head)
    notes = [(note["row"], note["code"]) for note in batch.preview["notes"] if note["code"] == "closed_month"]
    assert notes == [(2, "closed_month")]
    apply_import(batch=batch, plan=plan, **head)
    one = of(district.east)
    assert (one.state, "台账.csv" in Decision.objects.about(one).first().comment) == ("reopened", True)
    confirm(district, one)
    undo_import(batch=batch, **head)
    assert of(district.east).state == "reopened"


def test_a_course_that_begins_or_moves_reopens_the_months_it_touches(district, april):
    head = {"actor": district.station_head_east, "at": NOW}
    confirm(district, april, "confirm_zero")
    course = open_course(station=district.east, title="书法班", begins_on=date(2026, 4, 28), **head)
    assert of(district.east).state == "reopened"
    district.log(begins_on=date(2026, 4, 22))
    one = confirm(district, of(district.east))
    assert one.filed["activities.courses"] == 1
    change_course(course=course, begins_on=date(2026, 5, 4), **head)
    assert of(district.east).state == "reopened"
