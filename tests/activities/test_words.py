"""A station's own words for kinds and genres, as far as they leave no doubt."""

import pytest

from activities.sheets.words import KINDS, genre_of, kind_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("文艺演出", "PERF"), ("广场舞比赛", "COMP"), ("书画展览", "EXHB"), ("公益讲座", "LECT"), ("培训班", "TRNG"), ("公益培训", "TRNG"),
        ("舞蹈班", "TRNG"), ("读书会", "READ"), ("阅读推广", "READ"), ("电影放映", "FILM"), ("元宵灯会", "FEST"), ("非遗传承", "ICHX"),
        ("全民健身", "SPRT"), ("送戏下乡", "TOUR"), ("文化走亲", "TOUR"), ("文化志愿", "VOLN"), ("线上活动", "ONLN"), ("其他", "OTHR"),
        ("非遗培训", "TRNG"), ("线上展览", "EXHB"), ("戏曲展演", "PERF"), ("比赛赛事", "COMP"), ("lecture", "LECT"), ("perf", "PERF"),
    ],
)  # fmt: skip
def test_a_plain_word_means_its_kind(written, code):
    assert kind_of(written) == code


@pytest.mark.parametrize(
    "written", ["送电影下乡", "讲座培训", "广场舞", "文化走亲演出", "茶叙", "开展活动", "综合计划", ""]
)
def test_a_word_that_may_mean_several_kinds_or_none_is_left_to_the_station(written):
    assert kind_of(written) is None


def test_every_code_means_itself():
    assert [kind_of(code) for code in KINDS] == list(KINDS)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("戏曲", "opera"), ("越剧", "opera"), ("腰鼓", "waist-drum"), ("书画", "calligraphy"), ("合唱", "chorus"), ("女子合唱", "chorus"),
        ("舞蹈", "dance"), ("排舞", "line-dance"), ("太极", "sport"), ("摄影", "photography"), ("书画摄影", None), ("茶艺", None),
    ],
)  # fmt: skip
def test_a_genre_is_told_by_its_word(written, code):
    assert genre_of(written) == code
