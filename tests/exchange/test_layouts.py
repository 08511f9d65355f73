"""Ledgers of many layouts: where the header is, what the columns are, which rows are no records."""

import datetime

import pytest

from activities.sheets import ACTIVITIES, TEAMS
from culture_admin.exchange.reader import Unreadable
from tests.exchange.grids import column, read, sheet

# --- headers -------------------------------------------------------------------------------------------------------------


def test_a_header_of_two_rows_divides_the_head_count():
    records = read(
        sheet(
            "2021年",
            ["序号", "活动时间", "活动名称", "参加人数", None, "备注"],
            [None, None, None, "线下", "线上", None],
            [1, "3月5日", "春晚", 300, "1.2万", None],
            [2, "3月6日", "讲座", "很多", 10, None],
            merged=[(0, 3, 0, 4), (0, 0, 1, 0)],
        )
    )
    assert (column(records, "attendance"), column(records, "online_attendance")) == ([300], [12000])
    assert [(row["row"], row["column"]) for row in records.refusals] == [(4, "线下")]


def test_groups_may_stand_above_every_column():
    records = read(
        sheet(
            "2021年",
            ["基本情况", None, None, "线上", None, "线下", None],
            ["日期", "名称", "地点", "场次", "人次", "场次", "人次"],
            ["3月5日", "春晚", "礼堂", 1, 10, 2, 50],
        )
    )
    assert (column(records, "attendance"), column(records, "online_attendance")) == ([50], [10])


def test_a_header_word_that_stands_twice_is_named_with_its_group():
    records = read(
        sheet(
            "2021年",
            ["日期", "名称", "线上", None, "线下", None],
            [None, None, "场次", "人次", "场次", "人次"],
            ["3月5日", "春晚", 1, "很多", 2, "若干"],
        )
    )
    assert [cell["column"] for cell in (records.refusals[0], *records.refusals[0]["also"])] == [
        "线下 人次",
        "线上 人次",
    ]


def test_the_sum_of_a_divided_head_count_is_taken_where_nothing_better_stands():
    divided = sheet(
        "2021年", ["日期", "名称", "人数", None, None], [None, None, "男", "女", "合计"], ["3月5日", "春晚", 10, 5, 15]
    )
    assert column(read(divided), "attendance") == [15]
    summed = sheet(
        "2021年",
        ["日期", "名称", "人数", None, None],
        [None, None, "线下", "线上", "合计"],
        ["3月5日", "春晚", 10, 5, 15],
    )
    assert (column(read(summed), "attendance"), column(read(summed), "online_attendance")) == ([10], [5])


def test_begin_and_end_may_have_columns_of_their_own():
    records = read(
        sheet(
            "2021",
            ["活动主题", "开始时间", "结束时间", "人次"],
            ["春晚", "2021/3/5", "2021/3/7", 10],
            ["讲座", "2021/3/5", "2021/3/2", 10],
            ["展览", "2021/3/9 14:00", "16:00", 10],
        )
    )
    assert column(records, "ends_on") == [datetime.date(2021, 3, 7), datetime.date(2021, 3, 9)]
    assert column(records, "ends_time") == [None, datetime.time(16)]
    assert [(row["row"], row["column"], row["code"]) for row in records.refusals] == [(3, "结束时间", "date_order")]


def test_a_column_called_time_holds_the_time_of_day_beside_one_with_the_date():
    records = read(
        sheet("2021", ["活动日期", "时间", "活动名称"], ["3月5日", "14:00-16:00", "春晚"], ["3月6日", "9:00", "讲座"])
    )
    assert column(records, "begins_time") == [datetime.time(14), datetime.time(9)]
    assert column(records, "begins_on") == [datetime.date(2021, 3, 5), datetime.date(2021, 3, 6)]


def test_date_and_place_may_share_a_column():
    records = read(
        sheet(
            "2021",
            ["时间、地点", "活动内容", "人数"],
            ["3月5日，文化礼堂", "春晚", 9],
            ["文化礼堂", "讲座", 9],
            [None, "展览", 9],
        )
    )
    assert (column(records, "begins_on"), column(records, "venue")) == ([datetime.date(2021, 3, 5)], ["文化礼堂"])
    assert [(row["row"], row["code"]) for row in records.refusals] == [(3, "date_format"), (4, "missing")]


def test_a_unit_in_the_header_counts():
    assert column(read(sheet("2021", ["日期", "名称", "人次（万人次）"], ["3月5日", "春晚", 1.2])), "attendance") == [
        12000
    ]
    assert column(read(sheet("2021", ["日期", "名称", "时长（分钟）"], ["3月5日", "春晚", 90])), "class_seconds") == [
        5400
    ]


def test_unknown_words_are_told_by_the_values_below_and_asked_about():
    unknown = sheet(
        "2021年",
        ["何日", "何事", "何处", "多少", "谁来"],
        ["3月5日", "迎新春越剧专场演出", "文化礼堂", "30人", "王丽"],
        ["3月6日", "书法公益培训第一期", "文化礼堂", "120人", "沈佳"],
        ["3月9日", "少儿剪纸培训第二期", "中心广场", "约25人", "沈佳"],
    )
    records = read(unknown)
    assert column(records, "attendance") == [30, 120, 25]
    assert {question["id"]: question["assumed"] for question in records.questions} == {
        "header:何日": "date", "header:何事": "title", "header:何处": "place", "header:多少": "attendance", "header:谁来": "steward",
    }  # fmt: skip
    answers = {question["id"]: question["assumed"] for question in records.questions} | {"header:多少": "online"}
    answered = read(unknown, answers=answers)
    assert (column(answered, "online_attendance"), answered.questions) == ([30, 120, 25], [])


def test_a_column_may_be_left_unread_by_an_answer():
    mystery = sheet("2021", ["日期", "名称", "神秘数字"], ["3月5日", "春晚", 500], ["3月6日", "讲座", 70])
    assert column(read(mystery), "attendance") == [500, 70]
    assert column(read(mystery, answers={"header:神秘数字": "ignore"}), "attendance") == [None, None]


def test_english_headers_are_known():
    records = read(
        sheet(
            "x",
            ["Date", "Title", "Venue", "Type", "Participants"],
            [datetime.date(2021, 3, 5), "Gala", "Hall", "performance", 12],
        )
    )
    assert (column(records, "attendance"), column(records, "kind")) == ([12], ["PERF"])


@pytest.mark.parametrize(("kind", "lacking"), [(ACTIVITIES, "活动名称"), (TEAMS, "团队名称")])
def test_a_table_without_a_column_it_needs_says_which_and_what_it_has(kind, lacking):
    with pytest.raises(Unreadable) as refused:
        read(sheet("表", ["序号", "活动时间", "人数", "备注"], [1, "2021.3.5", 5]), kind=kind)
    assert refused.value.code == "column_missing"
    assert lacking in refused.value.message
    assert "活动时间, 人数, 备注" in refused.value.message


def test_a_file_without_any_table_names_its_sheets():
    with pytest.raises(Unreadable) as refused:
        read(sheet("甲", ["a", "b"], [1, 2]), sheet("乙", ["c"]))
    assert refused.value.code == "sheet_missing"
    assert "甲, 乙" in refused.value.message


# --- years and months ----------------------------------------------------------------------------------------------------


def test_the_day_a_sheet_was_filled_in_is_not_its_year():
    records = read(sheet("表", ["2021年度台账"], ["填报日期：2022年1月5日"], ["日期", "名称"], ["3月5日", "春晚"]))
    assert column(records, "begins_on") == [datetime.date(2021, 3, 5)]


def test_a_title_and_a_sheet_name_of_different_years_leave_the_year_open():
    records = read(sheet("2020年", ["2021年度台账"], ["日期", "名称"], ["3月5日", "春晚"]))
    assert [row["code"] for row in records.refusals] == ["date_year_missing"]


def test_sheets_of_one_month_each_take_the_year_from_the_cover():
    records = read(
        sheet("封面", ["新塘街道"], ["2021年度活动台账"]),
        sheet("1月", ["日期", "名称", "人次"], ["5日", "春晚", 10], ["合计", None, 10]),
        sheet("2月", ["日期", "名称", "人次"], [5, "春晚", 20], ["2月30日", "展览", 5], ["合计", None, 25]),
    )
    assert column(records, "begins_on") == [datetime.date(2021, 1, 5), datetime.date(2021, 2, 5)]
    assert [(row["sheet"], row["row"]) for row in records.refusals] == [("2月", 3)]
    assert [(warning["sheet"], warning["written"], warning["computed"]) for warning in records.warnings] == [
        ("2月", 25, 20)
    ]
    assert [note["code"] for note in records.notes] == ["sheet_skipped"]


def test_a_section_line_names_the_month_of_the_rows_below():
    records = read(
        sheet(
            "2021",
            ["时间", "内容", "人次"],
            ["一月"],
            ["3日", "春晚", 5],
            ["小计", None, 5],
            ["二月份"],
            ["3日", "讲座", 7],
            ["小计", None, 8],
        )
    )
    assert column(records, "begins_on") == [datetime.date(2021, 1, 3), datetime.date(2021, 2, 3)]
    assert [(warning["row"], warning["computed"]) for warning in records.warnings] == [(7, 7)]


# --- rows that are no records --------------------------------------------------------------------------------------------


def test_totals_notes_and_repeated_headers_are_no_records():
    records = read(
        sheet(
            "2021",
            ["序号", "日期", "名称", "人数", "课时"],
            [1, "3月5日", "春晚", 10, 2],
            ["序号", "日期", "名称", "人数", "课时"],
            [2, "4月5日", "综合计划培训", 5, 1.5],
            [3, None, None, None, None],
            ["一季度小计", None, None, 10, 2],
            ["合计：2场，15人次"],
            ["填表人：张三", None, "审核人：李四"],
            ["以上数据真实有效"],
        )
    )
    assert (records.rows, records.refusals, records.warnings) == ([2, 4], [], [])
    assert [(note["row"], note["code"]) for note in records.notes] == [(9, "line_skipped")]


def test_sums_without_a_label_are_a_total():
    records = read(sheet("2021", ["序号", "日期", "名称", "人数"], [1, "3月5日", "课", 10], [None, None, None, 12]))
    assert (records.refusals, [w["computed"] for w in records.warnings]) == ([], [10])


def test_a_section_without_rows_has_the_total_zero():
    records = read(
        sheet("2021", ["日期", "名称", "人数"], ["1月小计", None, 0], ["2月5日", "课", 10], ["2月小计", None, 10])
    )
    assert records.warnings == []


def test_a_summary_above_the_ledger_is_not_the_ledger():
    records = read(
        sheet(
            "2021年",
            ["月份", "场次", "参加人次", "课时"],
            ["1月", 1, 10, 2],
            [None],
            ["日期", "名称", "人数"],
            ["1月5日", "课", 10],
        )
    )
    assert (records.rows, column(records, "attendance")) == ([5], [10])


def test_a_wrong_total_names_both_numbers_in_the_units_of_the_sheet():
    records = read(
        sheet(
            "2021",
            ["日期", "名称", "人数", "课时"],
            ["3月5日", "课", 10, 1.5],
            ["3月6日", "课", 5, 2],
            ["总计", None, 16, 3],
        )
    )
    assert [(w["row"], w["column"], w["written"], w["computed"]) for w in records.warnings] == [
        (4, "人数", 16, 15),
        (4, "课时", 3, 3.5),
    ]


def test_a_total_above_its_rows_is_the_total_of_all():
    assert (
        read(
            sheet("2021", ["日期", "名称", "人数"], ["合计", None, 15], ["3月5日", "课", 10], ["3月6日", "课", 5])
        ).warnings
        == []
    )


def test_the_last_sheet_may_hold_the_total_of_all():
    records = read(
        sheet("2021年1月", ["日期", "名称", "人数"], ["1月5日", "课", 10]),
        sheet("2021年2月", ["日期", "名称", "人数"], ["2月5日", "课", 5], ["合计", None, 5], ["全年总计", None, 15]),
    )
    assert records.warnings == []


def test_a_merged_date_holds_for_its_rows_and_a_merged_number_for_none():
    records = read(
        sheet(
            "2021",
            ["日期", "名称", "地点", "人数"],
            ["3月5日", "甲", "礼堂", 30],
            [None, "乙", "礼堂", 40],
            ["3月8日", "丙", "广场", 70],
            [None, "丁", "广场", None],
            ["3月9日", "戊", "广场", 5],
            [None, None, None, None],
            merged=[(1, 0, 2, 0), (3, 0, 4, 0), (3, 3, 4, 3), (5, 0, 6, 0), (5, 3, 6, 3)],
        )
    )
    assert (records.rows, column(records, "begins_on")[1]) == ([2, 3, 6], datetime.date(2021, 3, 5))
    assert [(row["row"], row["code"]) for row in records.refusals] == [(4, "merged_cell"), (5, "merged_cell")]


def test_ditto_repeats_what_stands_above():
    records = read(sheet("2021", ["日期", "名称", "地点"], ["3月5日", "甲", "礼堂"], ["同上", "乙", "〃"]))
    assert column(records, "venue") == ["礼堂", "礼堂"]


def test_the_same_row_on_two_sheets_counts_once():
    one, other = (sheet(name, ["日期", "名称", "人数"], ["2021.3.5", "春晚", 10]) for name in ("甲", "乙"))
    records = read(one, other)
    assert records.repeats == [{"row": 2, "sheet": "乙", "of": 2, "of_sheet": "甲"}]
    assert len(records) == 1


# --- kinds ---------------------------------------------------------------------------------------------------------------


def test_class_hours_or_the_title_tell_the_kind_where_none_is_written():
    records = read(
        sheet(
            "2021",
            ["日期", "名称", "课时"],
            ["3月5日", "合唱排练", 2],
            ["3月6日", "新春书画展览", None],
            ["3月7日", "邻里早茶", None],
        )
    )
    assert column(records, "kind") == ["TRNG", "EXHB", "OTHR"]
    assert records.questions == []


def test_what_one_cell_says_of_those_online_must_agree_with_their_column():
    records = read(
        sheet(
            "2021",
            ["日期", "名称", "人数", "线上人数"],
            ["3月5日", "甲", "100人（线上20人）", 20],
            ["3月6日", "乙", "线上20人", 30],
        )
    )
    assert (column(records, "attendance"), column(records, "online_attendance")) == ([100], [20])
    assert [(row["row"], row["code"]) for row in records.refusals] == [(3, "count_differs")]


def test_a_team_register_reads_what_the_register_holds_and_the_telephone_of_the_leader():
    records = read(
        sheet(
            "团队",
            ["编号", "名称", "类型", "队长", "手机", "队员数", "组建日期"],
            [1, "百合越剧队", "越剧", "王某", 13809229146.0, "约20人", "2012.10"],
        ),
        kind=TEAMS,
    )
    assert {name: values[0] for name, values in records.values.items() if values[0]} == {
        "name": "百合越剧队", "leader": "王某", "members": 20, "members_estimated": True, "founded_on": datetime.date(2012, 10, 1),
        "founded_precision": "month", "genre": "opera", "phone": "13809229146",
    }  # fmt: skip
