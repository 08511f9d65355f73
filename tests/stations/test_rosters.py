"""A roster of officers comes in as offices keep it: files, posts and postings, personal data sealed, and all of it undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.exchange.actions import RowsRefused, answer_import, undo_import
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.models import Deadline, Decision
from stations.actions import add_post, change_officer, end_posting, record_officer, record_posting
from stations.actions.representative import CODE
from stations.models import Officer, OfficerPosting, Post
from stations.sheets import OFFICERS
from stations.sheets.words import education_of, kind_of_post, title_of
from tests.district import NOW
from tests.exchange.grids import read, sheet
from tests.stations.rosters import HEADER, PAINTER, ROWS, SINGER, applied, changed, number, opened, told
from tests.stations.staff import candidate, staffed


def test_a_roster_brings_in_files_posts_and_postings(district):
    batch = opened(district)
    assert batch.preview["counts"] == {"new": 3, "changed": 0, "same": 0, "repeated": 0, "refused": 0}
    assert batch.preview["totals"] == {"officers": 3}
    assert [note["code"] for note in batch.preview["notes"]].count("post_new") == 3
    assert applied(district, batch).rows_written == 3
    files = Officer.objects.order_by("pk").values_list("name", "sex", "education", "title")
    assert list(files) == [
        ("王建国", "male", "bachelor", "librarian"),
        ("陈琴", "female", "college", "assistant"),
        ("李明", "male", "master", ""),
    ]
    postings = OfficerPosting.objects.order_by("pk").values_list(
        "post__kind", "post__name", "post__tenure", "share", "valid_from", "valid_to"
    )
    assert list(postings) == [
        ("head", "站长", "established", 100, date(2015, 7, 1), None),
        ("officer", "文化员", "established", 100, date(2018, 9, 1), None),
        ("officer", "文化员（2）", "contract", 50, date(2018, 9, 1), None),
    ]


def test_an_existing_head_comes_in_at_first_entry_and_is_said_so(district):
    batch = opened(district)
    notes = [(note["row"], note["code"]) for note in batch.preview["notes"]]
    assert (3, "head_entered") in notes
    applied(district, batch)
    # The certificate of the district names somebody else, and the station owes the paper.
    assert [duty.opened_on for duty in Deadline.objects.open().filter(code=CODE, unit=district.east.unit)]


@pytest.mark.parametrize("left", [False, True])
def test_no_head_comes_in_past_the_appointment_once_the_station_had_one(district, day, left):
    staff = staffed(district)
    if left:
        end_posting(actor=district.personnel, posting=staff.posting(staff.head), on=day(-1), comment="退休")
    assert told(opened(district, ROWS[0])) == {(3, "职务/岗位", "head_by_case")}


def test_a_roster_names_one_head(district):
    two = opened(district, ROWS[0], changed(ROWS[1], post="站长"))
    assert told(two) == {(4, "职务/岗位", "head_by_case")}


def test_a_town_brings_in_files_and_the_personnel_section_the_postings(district):
    batch = applied(district, opened(district, who="town_officer_east"), "town_officer_east")
    assert [note["code"] for note in batch.preview["notes"]] == ["posts_left_out"]
    assert (Officer.objects.count(), Post.objects.count(), OfficerPosting.objects.count()) == (3, 0, 0)
    again = opened(district)
    assert (again.preview["counts"]["new"], again.preview["counts"]["changed"]) == (0, 3)
    applied(district, again)
    assert (Officer.objects.count(), OfficerPosting.objects.count()) == (3, 3)
    assert opened(district).preview["counts"]["same"] == 3


def test_a_free_post_of_the_plan_is_taken_before_a_new_one_comes_in(district):
    staff = staffed(district)
    end_posting(actor=district.personnel, posting=staff.posting(staff.officer), on=date(2024, 1, 1), comment="调出")
    person = changed(ROWS[1], name="赵敏", since="2024-02-01")
    applied(district, opened(district, person))
    assert OfficerPosting.objects.get(officer__name="赵敏").post == staff.officer_post


def test_doubles_are_known_by_number_and_by_name(district):
    known = candidate(district, name="陈琴", identity_number=PAINTER)
    candidate(district, "west", name="他镇人", identity_number=SINGER)
    assert told(opened(district, ROWS[2])) == {(3, "身份证号", "officer_known")}
    other_name = opened(district, changed(ROWS[1], name="陈晓琴"))
    assert [note["code"] for note in other_name.preview["notes"]][:1] == ["officer_there"]
    applied(district, opened(district, changed(ROWS[1], id=None)))
    assert OfficerPosting.objects.get().officer == known
    namesake = opened(district, changed(ROWS[1], id=number(77), since="2019-09-01"))
    assert namesake.preview["counts"]["new"] == 1
    twice = opened(district, changed(ROWS[2], id=None), changed(ROWS[2], id=None, since="2019-01-01"))
    assert (4, "姓名", "officer_twice") in told(twice)


def test_every_faulty_cell_is_named_by_row_and_column(district):
    future = date(2099, 1, 1)
    rows = [
        changed(ROWS[1], id=PAINTER[:-1] + ("0" if PAINTER[-1] != "0" else "1")),
        changed(ROWS[2], id=float(SINGER[:17] + "0")),
        changed(ROWS[1], name="甲", id=number(11), since=future),
        changed(ROWS[1], name="乙", id=number(12), since=None),
        changed(ROWS[1], name="丙", id=number(13), tenure="其他"),
        changed(ROWS[1], name="丁", id=number(14), tenure=None),
        changed(ROWS[1], name="戊", id=number(15, "19910101")),
        changed(ROWS[1], name="己", id=number(16), post="主持工作"),
        changed(ROWS[1], name="庚", id=number(17), post="440301199003070021"),
    ]
    assert told(opened(district, *rows)) == {
        (3, "身份证号", "idno_checksum"),
        (4, "身份证号", "idno_scientific"),
        (5, "任职日期", "in_the_future"),
        (6, "任职日期", "since_missing"),
        (7, "编制性质", "tenure_unknown"),
        (8, "编制性质", "tenure_missing"),
        (9, "出生年月", "birth_differs"),
        (10, "职务/岗位", "acting_until"),
        (11, "职务/岗位", "number_misplaced"),
    }
    with pytest.raises(RowsRefused):
        applied(district, opened(district, *rows))
    assert not Officer.objects.exists()


def test_terms_that_are_over_other_stations_and_full_time_elsewhere_are_refused(district):
    staff = staffed(district)
    header = [*HEADER, "合同到期时间", "单位"]
    rows = [
        [*changed(ROWS[1], name="甲", id=number(11)), "2020-12-31", "东镇"],
        [*changed(ROWS[1], name="乙", id=number(12)), "2015-12-31", None],
        [*changed(ROWS[1], name="丙", id=number(13)), None, "西镇综合文化站"],
    ]
    batch = opened(district, *rows, header=header)
    assert told(batch) == {
        (3, "合同到期时间", "term_over"), (4, "合同到期时间", "end_before_begin"), (5, "单位", "other_station"),
    }  # fmt: skip
    OfficerPosting.objects.filter(officer=staff.officer).update(valid_to=date(2026, 1, 1))
    again = changed(ROWS[1], name="陈琴", id=None, since="2025-01-01")
    assert told(opened(district, again)) == {(3, "职务/岗位", "full_time_twice")}


def test_unknown_words_of_posts_and_titles_are_asked_for(district):
    batch = opened(district, changed(ROWS[1], post="文化使者", title="初级", education="专升本"))
    assert [one["id"] for one in batch.preview["questions"]] == ["post:文化使者", "title:初级", "education:专升本"]
    answers = {"post:文化使者": "officer", "title:初级": "clerk", "education:专升本": "bachelor"}
    answer_import(actor=district.personnel, batch=batch, answers=answers, at=NOW)
    batch.refresh_from_db()
    applied(district, batch)
    officer = Officer.objects.get()
    assert (officer.title, officer.education, officer.postings.get().post.name) == ("clerk", "bachelor", "文化使者")


@pytest.mark.parametrize(
    ("read_word", "written", "meant"),
    [
        (kind_of_post, "综合文化站站长", "head"), (kind_of_post, "副站长", "officer"), (kind_of_post, "主任科员", "officer"),
        (kind_of_post, "副站长（主持工作）", "acting"), (kind_of_post, "会计", None),
        (title_of, "副研究馆员", "associate"), (title_of, "群文馆员", "librarian"), (title_of, "高级", None),
        (title_of, "群众文化管理员", "clerk"), (title_of, "无职称", ""),
        (education_of, "大学专科", "college"), (education_of, "大学本科", "bachelor"), (education_of, "函授", None),
    ],
)  # fmt: skip
def test_words_are_understood_where_they_leave_no_doubt(read_word, written, meant):
    assert read_word(written) == meant


def test_what_was_touched_after_a_roster_is_not_undone(district):
    batch = applied(district, opened(district))
    change_officer(actor=district.personnel, officer=Officer.objects.get(name="李明"), phone="13811112222")
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=district.personnel, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"


@pytest.mark.parametrize("who", ["station_head_east", "service", "bureau_admin", "town_officer_west"])
def test_nobody_brings_in_a_roster_who_may_not_enter_officers(district, who):
    with pytest.raises(PermissionDenied):
        opened(district, who=who)


def test_nobody_else_undoes_a_roster(district):
    batch = applied(district, opened(district))
    for who in ("station_head_east", "town_officer_east", "service"):
        with pytest.raises((PermissionDenied, StepRefused)):
            undo_import(actor=getattr(district, who), batch=batch, at=NOW)
    assert Officer.objects.living().count() == 3


def test_a_long_roster_is_planned_with_as_many_queries_as_a_short_one(district):
    def queries(rows: int) -> int:
        grown = [changed(ROWS[2], name=f"人{serial}", id=number(serial), since="2018-09-01") for serial in range(rows)]
        opened(district, *grown)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            opened(district, *grown)
        return len(asked)

    assert queries(3) == queries(60)


def test_a_long_roster_is_written_and_undone_with_as_many_queries_as_a_short_one(district):
    def queries(first: int, rows: int) -> tuple[int, int]:
        grown = [
            changed(ROWS[2], name=f"人{serial}", id=number(serial), phone="13800000001", since="2018-09-01")
            for serial in range(first, first + rows)
        ]
        batch = opened(district, *grown)
        with CaptureQueriesContext(connection) as writing:
            applied(district, batch)
        with CaptureQueriesContext(connection) as undoing:
            undo_import(actor=district.personnel, batch=batch, at=NOW)
        return len(writing), len(undoing)

    # What is looked up once in a process is known after the first.
    queries(300, 2)
    assert queries(100, 3) == queries(200, 60)


def test_a_roster_writes_the_rows_that_single_entries_write(district):
    applied(district, opened(district))
    station, by = district.west, district.personnel
    twin = record_officer(
        actor=by, at=NOW, station=station, name="陈琴", sex="female", education="college", title="assistant",
        identity_number=number(50), phone="13800000002",
    )  # fmt: skip
    post = add_post(
        actor=by, station=station, kind="officer", name="文化员", tenure="established", valid_from=date(2018, 9, 1)
    )
    single = record_posting(actor=by, at=NOW, officer=twin, post=post, valid_from=date(2018, 9, 1))
    roster = OfficerPosting.objects.get(officer__name="陈琴", station=district.east)

    def content(row, *but: str) -> dict:
        names = [field.attname for field in row._meta.concrete_fields]
        return {name: getattr(row, name) for name in names if name not in ("id", "station_id", *but)}

    assert content(roster, "officer_id", "post_id") == content(single, "officer_id", "post_id")
    assert content(roster.officer) == content(single.officer)
    assert content(roster.post) == content(single.post)
    for row in (roster, roster.officer, roster.post):
        row.full_clean()
    steps = [list(Decision.objects.about(one).values_list("step", "role", "actor")) for one in (roster, single)]
    assert steps[0] == steps[1]


def test_two_numbers_of_one_person_are_read_from_cells_as_papers_have_them():
    head = ["姓名", "身份证号码", "联系电话"]
    records = read(
        sheet("名册", head, ["甲", f'="{PAINTER}"', "138 0000 0001"], ["乙", PAINTER[:-1] + "x", "—"]), kind=OFFICERS
    )
    assert records.values["identity_number"][0] == PAINTER
    assert records.values["phone"] == ["13800000001", None][: len(records.values["phone"])]
