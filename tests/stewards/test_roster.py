"""A roster of stewards with their postings comes in as a firm sends it: matched, previewed, every fault by row, and undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from culture_admin.exchange.actions import RowsRefused, answer_import, apply_import, open_import, undo_import
from culture_admin.workflow.actions import StepRefused
from stewards.actions import end_posting, log_duty
from stewards.models import Posting, Steward
from tests.district import NOW, TODAY
from tests.stewards.deals import BEGINS, Deal

CODE = "91990101MA2ABCDE06"
NUMBER = "试文采〔2026〕3号"
HEADER = "姓名,统一社会信用代码,学历,专长,派驻文化站,派驻时间,截止时间,专职/兼职,合同编号"
ROSTER = f"""{HEADER}
李弦,{CODE},大学本科,二胡,东镇,2026-06-01,,专职,{NUMBER}
周笛,{CODE},大专,竹笛,西街道综合文化站,2026年6月,2026-12-31,兼职,
"""


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district, headcount=3)
    deal.performing()
    return deal


def opened(district, text: str, who: str = "service"):
    return open_import(
        actor=getattr(district, who), kind="stewards", unit=district.east.unit, file_name="文化管家花名册.csv",
        content=text.encode(), at=NOW,
    )[0]  # fmt: skip


def applied(district, batch, **entries):
    return apply_import(actor=district.service, batch=batch, at=NOW, **entries)


def codes(batch) -> list[tuple[int, str]]:
    return [(fault["row"], fault["code"]) for fault in batch.preview["refusals"]]


def test_a_roster_opens_files_and_posts_under_the_contract(deal, district):
    batch = opened(district, ROSTER)
    assert batch.preview["counts"]["new"] == 2, batch.preview
    assert not Steward.objects.filter(name="李弦").exists()
    applied(district, batch)
    li, zhou = (Posting.objects.get(steward__name=name) for name in ("李弦", "周笛"))
    assert (li.station, li.contract, li.full_time, li.valid_to) == (
        district.east,
        deal.contract,
        True,
        date(2027, 3, 1),
    )
    assert (li.steward.degree, li.steward.speciality) == ("bachelor", "二胡")
    assert (zhou.station, zhou.contract, zhou.full_time) == (district.west, None, False)
    assert (zhou.valid_from, zhou.valid_to) == (date(2026, 6, 1), date(2027, 1, 1))
    again = opened(district, ROSTER)
    assert again.preview["counts"]["same"] == 2


def test_another_last_day_ends_a_posting_and_undo_gives_it_back(deal, district):
    applied(district, opened(district, ROSTER))
    text = f"{HEADER}\n李弦,{CODE},,,东镇,2026-06-01,2026-09-30,,{NUMBER}\n"
    batch = opened(district, text)
    assert batch.preview["counts"]["changed"] == 1
    applied(district, batch)
    li = Posting.objects.get(steward__name="李弦")
    assert li.valid_to == date(2026, 10, 1)
    batch.refresh_from_db()
    undo_import(actor=district.service, batch=batch, at=NOW)
    li.refresh_from_db()
    assert li.valid_to == date(2027, 3, 1)


def test_undo_strikes_the_postings_out_unless_they_were_touched(deal, district):
    batch = opened(district, ROSTER)
    applied(district, batch)
    batch.refresh_from_db()
    li = Posting.objects.get(steward__name="李弦")
    end_posting(actor=district.service, posting=li, on=date(2026, 12, 1), at=NOW)
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=district.service, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"
    other = opened(district, f"{HEADER}\n吴鼓,{CODE},,,东镇,2026-07-01,,兼职,\n")
    applied(district, other)
    other.refresh_from_db()
    undo_import(actor=district.service, batch=other, at=NOW)
    assert Posting.objects.get(steward__name="吴鼓").state == "withdrawn"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"李弦,91990101MA2ABCDF07,,,东镇,2026-06-01,,,{NUMBER}", "firm_unknown"),
        (f"李弦,{CODE},,,南镇,2026-06-01,,,{NUMBER}", "station_unknown"),
        (f"李弦,{CODE},,,远镇,2026-06-01,,,{NUMBER}", "station_unknown"),
        (f"李弦,{CODE},,,东镇,2026-06-01,,,没有这个号", "contract_unknown"),
        (f"李弦,{CODE},,,东镇,,,,{NUMBER}", "required"),
        (f"李弦,{CODE},,,东镇,2026-02-01,,,{NUMBER}", "outside_term"),
        (f"李弦,{CODE},,,东镇,2026-06-01,2028-01-01,,{NUMBER}", "outside_term"),
        (f"李弦,{CODE},,,东镇,2026-06-01,2026-05-01,,", "date_order"),
        (f"李弦,{CODE},,,东镇,2026-06-01,,常驻,{NUMBER}", "full_time_format"),
        (f"陈琴,{CODE},,,西街道,2026-06-01,,专职,", "full_time_overlap"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_code(deal, district, row, code):
    batch = opened(district, f"{HEADER}\n{row}\n")
    assert codes(batch) == [(2, code)]
    with pytest.raises(RowsRefused):
        applied(district, batch)


def test_rows_of_one_sheet_are_counted_together(deal, district):
    twice = f"李弦,{CODE},,,东镇,2026-06-01,,专职,{NUMBER}\n李弦,{CODE},,,西街道,2026-06-01,,专职,\n"
    assert codes(opened(district, f"{HEADER}\n{twice}")) == [(3, "full_time_overlap")]
    many = "".join(f"{name},{CODE},,,东镇,2026-06-01,,专职,{NUMBER}\n" for name in ("李弦", "周笛"))
    assert codes(opened(district, f"{HEADER}\n{many}")) == [(3, "too_many_stewards")]


def test_an_end_before_a_served_day_is_refused(deal, district):
    posting = deal.posting("east")
    log_duty(actor=posting.steward.user, posting=posting, day=TODAY, at=NOW)
    row = f"陈琴,{CODE},,,东镇,{BEGINS},2026-05-10,专职,{NUMBER}"
    assert codes(opened(district, f"{HEADER}\n{row}\n")) == [(2, "days_after_end")]


def test_a_degree_nobody_knows_is_asked(deal, district):
    batch = opened(district, f"{HEADER}\n李弦,{CODE},艺校,,东镇,2026-06-01,,,{NUMBER}\n")
    (question,) = batch.preview["questions"]
    assert "艺校" in question["text"]
    answer_import(actor=district.service, batch=batch, answers={question["id"]: "secondary"}, at=NOW)
    batch.refresh_from_db()
    applied(district, batch)
    assert Steward.objects.get(name="李弦").degree == "secondary"


@pytest.mark.parametrize("who", ["station_head_east", "town_officer_east", "firm_manager"])
def test_a_whole_roster_is_the_bureaus(deal, district, who):
    with pytest.raises(PermissionDenied):
        opened(district, ROSTER, who)


@pytest.mark.parametrize("number", [3, 30])
def test_a_preview_asks_as_many_questions_for_many_rows_as_for_few(
    deal, district, number, django_assert_max_num_queries
):
    rows = "".join(f"管家{n},{CODE},,,东镇,2026-06-01,,兼职,{NUMBER}\n" for n in range(number))
    with django_assert_max_num_queries(32):
        batch = opened(district, f"{HEADER}\n{rows}")
    assert batch.preview["counts"]["new"] == number
