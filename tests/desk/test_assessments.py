"""The yearly assessment on the desk of those assessed: what they say and show, look over, hand over, and who may."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions import register_team
from assessments.actions import claim_item, show_evidence
from assessments.models import Assessment, Evidence, Item
from culture_admin.exchange.attaching import attach_file
from culture_admin.workflow.actions import perform
from tests.assessments.years import SECTIONS, Year, with_records
from tests.district import NOW, TODAY, District
from tests.exchange.test_attachments import photo, saved, scene


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def year(district: District) -> Year:
    with_records(district)
    return Year(district).opened()


def item(year: Year, code: str, town: str = "east") -> Item:
    return year.of(town).items.get(code=code)


def say(client, row: Item, **entries):
    return client.post(f"/desk/assessments/items/{row.pk}/", {"version": row.version, "note": "", **entries})


def test_the_list_says_what_is_to_do_until_when(head, year):
    text = head.get("/desk/assessments/").content.decode()
    assert "Self-assessment: 0 of 3 said" in text
    assert f"/desk/assessments/{year.of('east').pk}/" in text
    assert f"/desk/assessments/{year.of('west').pk}/" not in text


def test_a_counted_indicator_shows_its_number_and_what_it_earns_now(head, year):
    sheet = head.get(f"/desk/assessments/{year.of('east').pk}/").context["sheet"]
    lines = {line.indicator.code: line for line in sheet.lines}
    assert (lines["1.2"].number, lines["1.2"].points) == ("3", Decimal(20))
    assert (lines["2.2"].number, round(lines["2.2"].points, 4)) == ("2", Decimal("13.3333"))
    # What it is compared with lies with the others.
    assert (lines["2.1"].number, lines["2.1"].points, lines["2.1"].formula) == ("200", None, "600 ÷ 3")
    assert (sheet.asked, sheet.answered, sheet.wanted, sheet.evidenced) == (3, 0, 1, 0)


def test_a_word_is_saved_and_leads_back_to_its_place(head, year):
    row = item(year, "1.1")
    answer = say(head, row, answer="1", note="已印发")
    assert answer["Location"] == f"/desk/assessments/{row.assessment_id}/#item-1.1"
    row.refresh_from_db()
    assert (row.claimed, row.claimed_numbers, row.note) == ("value", [1], "已印发")
    say(head, item(year, "3.1"), number_0="4.5")
    say(head, item(year, "2.3"), not_applicable="on")
    assert item(year, "3.1").claimed_numbers == [Decimal("4.5")]
    assert item(year, "2.3").claimed == "not_applicable"
    assert head.get(f"/desk/assessments/{row.assessment_id}/").context["sheet"].answered == 3


@pytest.mark.parametrize(
    ("code", "entries", "said"),
    [
        ("3.1", {"number_0": "6"}, "6 is more than the 5 that can be reached."),
        ("3.1", {"number_0": "-1"}, "greater than or equal to 0"),
        ("3.1", {"number_0": "4", "not_applicable": "on"}, "Either a number or"),
        ("1.1", {"answer": "7"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_field(head, year, code, entries, said):
    answer = say(head, item(year, code), **entries)
    assert answer.status_code == 200
    assert said in answer.content.decode().split('class="faults"')[1].split("</div>")[0]
    assert item(year, code).claimed == ""


def test_two_at_once_are_told_what_stands_now_and_keep_what_they_wrote(head, year, district):
    row = item(year, "3.1")
    claim_item(actor=district.town_officer_east, item=row, claimed="value", claimed_numbers=[Decimal(3)], at=year.at)
    answer = say(head, row, number_0="4.5")
    text = answer.content.decode()
    assert "What stands now:</strong> <strong>3</strong>" in text
    assert re.search(r'name="number_0" value="4.5"', text)
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert head.post(f"/desk/assessments/items/{row.pk}/", {"version": version, "number_0": "4.5"}).status_code == 302
    assert item(year, "3.1").claimed_numbers == [Decimal("4.5")]


def test_evidence_is_uploaded_taken_from_what_is_kept_and_withdrawn(head, year, district):
    row = item(year, "1.1")
    address = f"/desk/assessments/items/{row.pk}/"
    sent = SimpleUploadedFile("计划.jpg", photo())
    head.post(address, {"act": "show", "file": sent, "page": "2", "happened_on": "2026-01-15"})
    kept = attach_file(
        actor=district.station_head_east, subject=district.log(begins_on=TODAY), name="a.jpg", content=saved(scene())
    )
    assert f'<option value="{kept.pk}">' in head.get(address).content.decode()
    head.post(address, {"act": "show", "attachment": kept.pk})
    shown = list(Evidence.objects.filter(item=row).order_by("pk"))
    assert [(one.page, str(one.happened_on), one.attachment_id == kept.pk) for one in shown] == [
        ("2", "2026-01-15", False),
        ("", "None", True),
    ]
    head.post(address, {"act": "withdraw", "evidence": shown[0].pk})
    assert list(Evidence.objects.filter(item=row, withdrawn=False)) == [shown[1]]


def test_the_file_of_another_town_is_not_offered(head, year, district):
    foreign = attach_file(
        actor=district.station_head_west, subject=district.log(district.west), name="b.jpg", content=photo()
    )
    row = item(year, "1.1")
    answer = head.post(f"/desk/assessments/items/{row.pk}/", {"act": "show", "attachment": foreign.pk})
    assert answer.status_code == 200
    assert not Evidence.objects.exists()


def test_what_stops_the_hand_over_leads_to_where_it_is_mended(head, year):
    page = head.get(f"/desk/assessments/{year.of('east').pk}/check/")
    stops = {finding.code: address for finding, address in page.context["stops"]}
    assert stops == {code: f"/desk/assessments/items/{item(year, code).pk}/" for code in ("1.1", "2.3", "3.1")}
    rooms = {finding.room: address for finding, address in page.context["looks"]}
    assert {address for address in rooms.values() if head.get(address).status_code != 200} == set()


def test_the_head_hands_over_and_the_town_seals_or_sends_back(sign_in, head, year):
    year.said("east")
    address = f"/desk/assessments/{year.of('east').pk}/"
    town = sign_in("town_officer_east")
    head.post(address, {"step": "declare", "version": year.of("east").version})
    assert year.of("east").state == "declared"
    assert 'value="seal"' not in head.get(address).content.decode()
    town.post(address + "check/", {"step": "send_back", "version": year.of("east").version, "comment": "缺一份材料"})
    assert year.of("east").state == "returned"
    assert "缺一份材料" in head.get(address).content.decode()
    head.post(address, {"step": "declare", "version": year.of("east").version})
    town.post(address, {"step": "seal", "version": year.of("east").version})
    assert year.of("east").state == "sealed"
    assert "data-shrink" not in head.get(address).content.decode()


def test_nothing_is_handed_over_that_a_reviewer_would_stop_at(head, year):
    address = f"/desk/assessments/{year.of('east').pk}/"
    answer = head.post(address, {"step": "declare", "version": year.of("east").version})
    assert "nothing is said yet" in answer.content.decode().split('class="faults"')[1].split("</div>")[0]
    assert year.of("east").state == "open"


def test_another_town_is_as_if_it_were_not_there(head, year):
    west = year.of("west").pk
    pages = ["", "check/", "result/", "objections/", "objections/add/?code=1.1"]
    items = [f"items/{item(year, '1.1', 'west').pk}/", f"items/{item(year, '1.2', 'west').pk}/records/"]
    answers = [head.get(f"/desk/assessments/{west}/{page}") for page in pages]
    answers += [head.get(f"/desk/assessments/{page}") for page in items]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("username", ["steward_east", "firm_manager"])
def test_who_has_nothing_to_do_with_it_is_told_who_has(sign_in, year, username):
    answer = sign_in(username).get("/desk/assessments/")
    assert answer.status_code == 403
    assert "Basis:" in answer.content.decode()


@pytest.mark.parametrize("username", ["bureau_admin", "observer"])
def test_the_bureau_reads_every_town_and_writes_in_none(sign_in, year, username):
    client = sign_in(username)
    text = client.get("/desk/assessments/").content.decode()
    for town in ("east", "west"):
        address = f"/desk/assessments/{year.of(town).pk}/"
        assert address in text
        page = client.get(address)
        assert (page.status_code, page.context["writes"]) == (200, False)
        assert client.get(address + "check/").status_code == 200
    row = item(year, "1.1")
    assert say(client, row, answer="1").status_code == 403


def test_the_records_behind_a_live_number_add_up_to_it(head, year, district):
    returned = district.log(begins_on=TODAY, title="被退回的活动")
    perform(returned, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    (part,) = head.get(f"/desk/assessments/items/{item(year, '1.2').pk}/records/").context["parts"]
    assert (part.behind.total, len(part.behind.counted)) == (3, 3)
    assert [one.row for one in part.behind.uncounted] == [returned]


def test_a_page_asks_the_same_number_of_questions_for_few_rows_and_for_many(head, year, district):
    assessment: Assessment = year.of("east")
    actor = district.station_head_east
    pages = ["", f"{assessment.pk}/", f"{assessment.pk}/check/"]
    pages += [f"items/{item(year, code).pk}/{tail}" for code, tail in (("1.1", ""), ("1.2", "records/"))]

    def more(numbers: range) -> None:
        for number in numbers:
            district.log(title=f"第{number}场", begins_on=TODAY)
            register_team(actor=actor, at=NOW, station=district.east, name=f"第{number}队")
            show_evidence(actor=actor, item=item(year, "1.1"), name=f"{number}.jpg", content=saved(scene(number)))

    def questions() -> dict[str, int]:
        asked = {}
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert head.get(f"/desk/assessments/{page}").status_code == 200
            asked[page] = len(captured)
        return asked

    more(range(3))
    questions()
    few = questions()
    more(range(3, 20))
    assert questions() == few
    assert max(few.values()) < 60


def test_a_long_scheme_takes_no_more_questions_than_a_short_one(head, district):
    with_records(district)
    long = [
        {
            **section,
            "code": f"{section['code']}{letter}",
            "indicators": [{**one, "code": f"{one['code']}{letter}"} for one in section["indicators"]],
        }
        for letter in "abcd"
        for section in SECTIONS
    ]
    east = Year(district, sections=long, total=Decimal(400)).opened().of("east")
    for page in ("", "check/"):
        with CaptureQueriesContext(connection) as captured:
            assert head.get(f"/desk/assessments/{east.pk}/{page}").status_code == 200
        assert len(captured) < 45, page
