"""The month on the desk: the head looks, confirms or contests; visits in two taps; a grid of many rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import log_activity, open_course
from activities.actions.months import open_month
from activities.actions.visits import record_visits
from activities.models import Activity, MonthlyReturn, OpeningVisits
from activities.models.returns import month_of
from culture_admin.workflow.actions import perform
from tests.clock import in_days

LATE = {"late_reason": "补报"}


def last() -> date:
    """The first day of last month."""
    return month_of(month_of(in_days(0)) - timedelta(days=1))


@pytest.fixture
def filing(district) -> MonthlyReturn:
    open_month(month=last(), at=timezone.now())
    return MonthlyReturn.objects.get(station=district.east, month=last())


def log(district, *, actor=None, **entries) -> Activity:
    """An activity of last month; the pages know the clock's today."""
    values = {
        "title": "邻里节演出",
        "kind": district.kind("PERF"),
        "begins_on": last() + timedelta(days=3),
        "attendance": 120,
    }
    return log_activity(actor=actor or district.station_head_east, station=district.east, **(values | LATE | entries))


def state(filing) -> str:
    return MonthlyReturn.objects.get(pk=filing.pk).state


def test_the_head_confirms_the_figures_he_sees(sign_in, district, filing):
    log(district, attendance=1234)
    page = sign_in("station_head_east")
    text = page.get("/desk/month/").content.decode()
    assert "1,234" in text
    answer = page.post("/desk/month/", {"step": "confirm", "version": filing.version})
    assert (answer.status_code, state(filing)) == (302, "confirmed")


def test_an_empty_month_offers_the_zero_and_nothing_else(sign_in, district, filing):
    text = sign_in("station_head_east").get("/desk/month/").content.decode()
    assert ('value="confirm_zero"' in text, 'value="confirm"' in text) == (True, False)
    sign_in("station_head_east").post("/desk/month/", {"step": "confirm_zero", "version": filing.version})
    assert MonthlyReturn.objects.get(pk=filing.pk).zero


def test_a_contest_needs_its_reason_and_keeps_it(sign_in, district, filing):
    head = sign_in("station_head_east")
    assert head.post("/desk/month/", {"step": "contest", "version": filing.version, "comment": ""}).status_code == 200
    head.post("/desk/month/", {"step": "contest", "version": filing.version, "comment": "管家多报了一场"})
    assert state(filing) == "contested"
    assert "管家多报了一场" in head.get("/desk/month/").content.decode()


def test_what_changed_since_the_confirmation_is_named_number_by_number(sign_in, district, filing):
    log(district, attendance=100)
    perform(filing, "confirm", actor=district.station_head_east)
    log(district, attendance=11)
    text = sign_in("station_head_east").get("/desk/month/").content.decode()
    assert state(filing) == "reopened"
    assert (text.count('class="differs"'), ">111<" in text, ">100<" in text) == (2, True, True)


def test_whatever_waits_is_listed(sign_in, district, filing):
    log(district, actor=district.steward_east, title="待确认的一场")
    back = log(district, actor=district.steward_east, title="退回的一场")
    perform(back, "return", actor=district.station_head_east, comment="人数不对")
    open_course(actor=district.steward_east, station=district.east, title="待开的班", begins_on=last())
    text = sign_in("station_head_east").get("/desk/month/").content.decode()
    assert all(title in text for title in ("待确认的一场", "退回的一场", "待开的班"))


def test_a_return_nobody_opened_is_opened_by_the_head(sign_in, district):
    head = sign_in("station_head_east")
    assert head.post("/desk/month/").status_code == 302
    assert MonthlyReturn.objects.get().station == district.east
    assert sign_in("town_officer_west").post("/desk/month/").status_code == 403


def test_the_bureau_chooses_a_station_and_firms_see_no_month(sign_in, district, filing):
    bureau = sign_in("bureau_admin")
    assert "East Town Cultural Station" in bureau.get("/desk/month/").content.decode()
    assert bureau.get(f"/desk/month/?station={district.east.pk}").status_code == 200
    assert bureau.get(f"/desk/month/?station={district.elsewhere.pk}").status_code == 404
    for stranger in (district.firm_manager, district.steward_east):
        assert sign_in(stranger.username).get("/desk/month/").status_code == 403
        assert sign_in(stranger.username).get("/desk/visits/").status_code == 403


@pytest.mark.parametrize("month", ["2026-13", "x", "2999-01", "2026-1", "%00"])
def test_a_month_that_is_none_is_refused(sign_in, district, month):
    assert sign_in("station_head_east").get(f"/desk/month/?month={month}").status_code == 400


def test_the_page_asks_the_same_number_of_questions_for_few_logs_and_many(sign_in, district, filing):
    page = sign_in("station_head_east")

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert page.get("/desk/month/").status_code == 200
        return len(captured)

    log(district, actor=district.steward_east)
    questions()
    few = questions()
    for number in range(12):
        log(district, actor=district.steward_east, title=f"第{number}场")
        record_visits(
            actor=district.station_head_east, station=district.east, on=last() + timedelta(days=number), visitors=9
        )
    # Where every number is known, nobody is asked whether the month was answered for.
    assert questions() <= few


def test_visits_are_entered_corrected_and_never_twice(sign_in, district):
    head = sign_in("station_head_east")
    entries = {"on": str(in_days(0)), "visitors": "140"}
    assert head.post("/desk/visits/", entries).status_code == 302
    again = head.post("/desk/visits/", entries | {"visitors": "9"})
    assert (again.status_code, OpeningVisits.objects.get().visitors) == (200, 140)
    assert head.post("/desk/visits/", entries | {"visitors": "150", "version": "1"}).status_code == 302
    assert head.post("/desk/visits/", entries | {"visitors": "1", "version": "1"}).status_code == 200
    assert OpeningVisits.objects.get().visitors == 150
    for wrong in ("-1", "1.5", "", "1000001", "十"):
        assert head.post("/desk/visits/", entries | {"visitors": wrong, "version": "2"}).status_code == 200
    assert OpeningVisits.objects.get().visitors == 150


# --- the grid ---------------------------------------------------------------------------------------------------------


def rows(*lines: tuple, act: str = "save", **entries) -> dict:
    names = ("date", "title", "kind", "heads", "hours")
    cells = {
        f"{name}-{index}": value for index, line in enumerate(lines) for name, value in zip(names, line, strict=False)
    }
    return {"act": act, "rows": max(10, len(lines)), **cells, **entries}


def day(ago: int) -> str:
    return str(in_days(-ago))


def test_a_grid_of_rows_is_logged_at_once(sign_in, district):
    head = sign_in("station_head_east")
    sent = rows(
        (day(3), "村晚", "文艺演出", "120"),
        (),
        (day(2), "书法班", "培训", "约30人", "2"),
        (day(1), "读书会", "阅读推广", "未统计"),
    )
    assert head.post("/desk/month/grid/", sent).status_code == 302
    told = Activity.objects.order_by("begins_on").values_list(
        "title", "kind__code", "attendance", "class_seconds", "estimated", "state"
    )
    assert list(told) == [
        ("村晚", "PERF", 120, None, False, "confirmed"),
        ("书法班", "TRNG", 30, 5400, True, "confirmed"),
        ("读书会", "READ", None, None, False, "confirmed"),
    ]


def test_faults_stand_beside_their_cells_all_in_one_pass_and_nothing_is_stored(sign_in, district):
    sent = rows(
        (day(3), "村晚", "文艺演出", "120"),
        (day(-2), "还没到", "演出", "10"),
        ("昨天", "", "演出", "很多"),
        ("", "没有日期", "演出", "10"),
        (day(3), "村晚", "文艺演出", "120"),
        (day(1), "不知何类", "飞天", "10"),
    )
    text = sign_in("station_head_east").post("/desk/month/grid/", sent).content.decode()
    assert not Activity.objects.exists()
    for name in ("date-1", "date-3", "kind-5"):
        assert f'id="{name}_error"' in text, name
    assert text.count('class="faulty"') == 5
    assert 'value="good"' in text


def test_the_good_rows_alone_are_stored_when_asked_and_the_others_stay(sign_in, district):
    sent = rows((day(3), "村晚", "文艺演出", "120"), (day(2), "坏的", "演出", "很多"), act="good")
    text = sign_in("station_head_east").post("/desk/month/grid/", sent).content.decode()
    assert Activity.objects.get().title == "村晚"
    assert ('value="坏的"' in text, 'value="村晚"' in text) == (True, False)


def test_a_block_from_excel_fills_the_grid_and_stores_nothing(sign_in, district):
    head = sign_in("station_head_east")
    block = f"活动名称\t参加人数\t活动日期\t活动类型\r\n村晚\t120\t{day(3)}\t演出\r\n讲座一\t40\t{day(2)}\t讲座\r\n"
    text = head.post("/desk/month/grid/", rows(act="read", pasted=block)).content.decode()
    assert not Activity.objects.exists()
    assert ('id="title-0" name="title-0" value="村晚"' in text, 'name="heads-1" value="40"' in text) == (True, True)
    plain = "\n".join(f"{day(2)}\t第{number}场\t演出\t{number}" for number in range(25))
    text = head.post("/desk/month/grid/", rows(act="read", pasted=plain)).content.decode()
    assert 'name="heads-24" value="24"' in text
    many = "\n".join(["2026-01-01\tx"] * 301)
    assert head.post("/desk/month/grid/", rows(act="read", pasted=many)).status_code == 200


def test_more_rows_come_on_demand_and_keep_what_is_written(sign_in, district):
    text = sign_in("station_head_east").post("/desk/month/grid/", rows((day(1), "村晚"), act="more")).content.decode()
    assert ('name="title-19"' in text, 'value="村晚"' in text) == (True, True)


def test_what_is_logged_already_is_not_logged_twice(sign_in, district):
    head = sign_in("station_head_east")
    sent = rows((day(3), "村晚", "文艺演出", "120"))
    head.post("/desk/month/grid/", sent)
    head.post("/desk/month/grid/", sent)
    assert Activity.objects.count() == 1


def test_rows_long_past_need_a_reason_once(sign_in, district):
    head = sign_in("station_head_east")
    sent = rows((day(90), "去年的村晚", "文艺演出", "120"))
    assert head.post("/desk/month/grid/", sent).status_code == 200
    assert not Activity.objects.exists()
    assert head.post("/desk/month/grid/", sent | {"late_reason": "台账补录"}).status_code == 302
    assert (Activity.objects.get().late, Activity.objects.get().late_reason) == (True, "台账补录")


@pytest.mark.parametrize(
    "wrong",
    [{"act": "x"}, {"rows": "301"}, {"rows": "0"}, {"rows": "x"}, {"title-0": "\x00"}, {"title-0": "零\u200b宽"}],
)
def test_a_form_that_cannot_be_is_answered_and_stores_nothing(sign_in, district, wrong):
    answer = sign_in("station_head_east").post("/desk/month/grid/", rows((day(3), "村晚", "演出", "1")) | wrong)
    assert answer.status_code in (200, 400)
    assert not Activity.objects.exists()


def test_the_grid_is_the_stations(sign_in, district):
    for stranger in (district.bureau_admin, district.steward_east, district.town_officer_east):
        assert sign_in(stranger.username).get("/desk/month/grid/").status_code == 403
