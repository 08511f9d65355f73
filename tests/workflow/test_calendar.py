"""Legal clocks."""

from datetime import date

from culture_admin.workflow.calendar import add_working_days


def test_thirty_working_days_leave_out_the_spring_festival_and_count_its_make_up_days():
    # 2024: holiday 10-17 February; 4 and 18 February, both Sundays, are worked.
    assert add_working_days(date(2024, 2, 2), 5) == (date(2024, 2, 8), False)
    assert add_working_days(date(2024, 2, 9), 1) == (date(2024, 2, 18), False)


def test_a_year_not_published_yet_counts_weekdays_provisionally():
    day, provisional = add_working_days(date(2090, 1, 2), 5)
    assert (day, provisional) == (date(2090, 1, 9), True)


def test_no_days_is_the_day_itself():
    assert add_working_days(date(2024, 2, 2), 0) == (date(2024, 2, 2), False)
