"""The review of a town on its page: item by item or all at once, never half of it; and who is sent there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import review_item, show_evidence
from assessments.actions.checklist import checklist
from assessments.models import Assessment, Item, PanelSeat
from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.scoring.reviewing import lines_of
from culture_admin.workflow.actions import perform
from tests.assessments.years import Year, with_records
from tests.district import NOW, OPENED, District
from tests.exchange.test_attachments import photo


@pytest.fixture
def year(district: District) -> Year:
    with_records(district)
    return Year(district).opened().sealed("east")


@pytest.fixture
def reviewer(district) -> Client:
    return client_of(district.service)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client, assessment: Assessment):
    answer = client.get(f"/admin/assessments/assessment/{assessment.pk}/change/")
    assert answer.status_code == 200
    return answer


def lines(page) -> dict[str, object]:
    return {line.code: line for line in lines_of(page.context["parts"])}


def form_of(page) -> dict[str, str]:
    """The form of the review as it stands on the page."""
    entries = {}
    for line in lines_of(page.context["parts"]):
        key = line.item.pk
        entries |= {f"seen-{key}": str(line.item.version), f"was-{key}": line.was, f"remark-{key}": line.remark}
        if line.is_judged:
            entries[f"said-{key}"] = line.entered
    return entries


def send(client: Client, assessment: Assessment, entries: dict[str, str]):
    return client.post(f"/admin/assessments/assessment/{assessment.pk}/review/", entries)


def test_every_side_stands_beside_the_others(year, district, reviewer):
    year.seat("east", "assessor_0", "8")
    year.seat("east", "assessor_1", "4")
    told = lines(page_of(reviewer, year.of("east")))
    assert (told["1.1"].claimed, [one.page for one, _strange in told["1.1"].evidence]) == ("yes", ["2"])
    assert (told["2.1"].recorded, told["2.1"].formula) == ("200", "600 ÷ 3")
    assert [(one.name, one.said) for one in told["2.3"].found] == [("assessor_0", "8"), ("assessor_1", "4")]
    assert (told["2.3"].agreed, told["2.3"].agreement.within) == ("6", False)
    assert (told["1.1"].is_judged, told["1.2"].is_judged, told["2.3"].is_judged) == (True, False, False)


def test_numbers_are_the_frozen_ones_once_they_are_frozen(year, district, reviewer):
    assert "as they stand now" in page_of(reviewer, year.of("east")).content.decode()
    year.sealed("west")
    perform(year.fresh(), "lock", actor=district.service, at=year.at)
    district.log(begins_on=date(2026, 5, 8), attendance=50)
    page = page_of(reviewer, year.of("east"))
    assert "as frozen at" in page.content.decode()
    assert lines(page)["1.2"].recorded == "3"


def test_all_that_was_changed_is_kept_in_one_go(year, reviewer, district):
    assessment = year.of("east")
    page = page_of(reviewer, assessment)
    told, entries = lines(page), form_of(page)
    entries |= {
        f"said-{told['1.1'].item.pk}": "1",
        f"said-{told['3.1'].item.pk}": "4",
        f"remark-{told['3.1'].item.pk}": "问卷有误",
        f"remark-{told['1.2'].item.pk}": "已抽查",
    }
    assert send(reviewer, assessment, entries).status_code == 302
    kept = {item.code: item for item in assessment.items.all()}
    assert (kept["1.1"].reviewed, kept["1.1"].reviewed_numbers) == ("value", [1])
    assert (kept["3.1"].reviewed_numbers, kept["3.1"].remark) == ([4], "问卷有误")
    assert (kept["1.2"].reviewed, kept["1.2"].remark) == ("", "已抽查")
    assert kept["1.1"].reviewed_by == district.service
    # What was not touched is not written.
    assert (kept["4.1"].reviewed, kept["4.1"].version) == ("", told["4.1"].item.version)
    assert lines(page_of(reviewer, assessment))["3.1"].differs


def test_one_item_is_kept_alone(year, reviewer):
    assessment = year.of("east")
    page = page_of(reviewer, assessment)
    told, entries = lines(page), form_of(page)
    first, other = told["1.1"].item.pk, told["4.1"].item.pk
    entries |= {f"said-{first}": "1", f"said-{other}": "1", "item": str(first)}
    assert send(reviewer, assessment, entries).headers["Location"].endswith("#item-1.1")
    assert (Item.objects.get(pk=first).reviewed, Item.objects.get(pk=other).reviewed) == ("value", "")


@pytest.mark.parametrize(
    ("code", "written", "said"),
    [
        ("3.1", "9", "more than the 5 that can be reached"),
        ("3.1", "viele", "is no number"),
        ("1.1", "3", "1 for yes or 0 for no"),
        ("3.1", "4", "say why you differ"),
        ("4.1", "1; 2", "Expected 1 numbers"),
    ],
)
def test_where_one_item_is_refused_nothing_is_kept_and_it_is_said_where(year, reviewer, code, written, said):
    assessment = year.of("east")
    page = page_of(reviewer, assessment)
    told, entries = lines(page), form_of(page)
    entries |= {f"said-{told['4.2'].item.pk}": "0", f"said-{told[code].item.pk}": written}
    answer = send(reviewer, assessment, entries)
    assert answer.status_code == 200
    faulty = {line.code: line.faults for line in answer.context["faulty"]}
    assert list(faulty) == [code]
    assert said in faulty[code][0]
    assert not assessment.items.exclude(reviewed="").exists()
    # What was written stands there still.
    assert lines(answer)["4.2"].entered == "0"
    assert f'value="{written}"' in answer.content.decode() or code == "1.1"


def test_two_reviewers_at_once_do_not_overwrite_one_another(year, reviewer, district):
    assessment = year.of("east")
    page = page_of(reviewer, assessment)
    told, entries = lines(page), form_of(page)
    review_item(
        actor=district.bureau_admin, item=told["3.1"].item, reviewed="value", reviewed_numbers=[Decimal(3)],
        remark="重新统计", at=NOW,
    )  # fmt: skip
    entries |= {f"said-{told['3.1'].item.pk}": "4.5", f"said-{told['4.2'].item.pk}": "0"}
    answer = send(reviewer, assessment, entries)
    assert answer.status_code == 412
    assert "Somebody else reviewed an item meanwhile" in answer.content.decode()
    kept = {item.code: item for item in assessment.items.all()}
    assert (kept["3.1"].reviewed_numbers, kept["4.2"].reviewed) == ([3], "")
    # Of an item the other has not touched the same form is taken.
    quiet = form_of(page) | {f"said-{told['4.2'].item.pk}": "0"}
    assert send(reviewer, assessment, quiet).status_code == 302
    assert Item.objects.get(pk=told["4.2"].item.pk).reviewed_numbers == [0]


def test_whoever_may_not_review_reads_why_and_writes_nothing(year, district):
    assessment = year.of("east")
    client = client_of(district.finance)
    page = page_of(client, assessment)
    assert "First review of a self-assessment: this is for" in page.context["shut"]
    assert "Save all that was changed" not in page.content.decode()
    entries = form_of(page) | {f"said-{lines(page)['1.1'].item.pk}": "1"}
    refused = send(client, assessment, entries)
    assert "this is for" in refused.context["faulty"][0].faults[0]
    assert not assessment.items.exclude(reviewed="").exists()
    assert "once the town has sealed it" in page_of(client_of(district.service), year.of("west")).context["shut"]


def test_the_checklist_is_what_the_town_sees_with_the_way_there(year, district, reviewer):
    returned = district.log(title="被退回的活动", actor=district.steward_east, posting=district.posting("east"))
    page = page_of(reviewer, year.of("east"))
    found = checklist(year.of("east"), date(2026, 5, 20))
    assert [one.finding.name for one in page.context["checked"]] == [one.name for one in found]
    way = next(one.address for one in page.context["checked"] if one.finding.room == "activities")
    assert returned in reviewer.get(way).context["cl"].result_list


def test_assessors_of_the_own_town_stand_there_greyed_with_why(year, district, reviewer):
    own, free = year.assessor("own"), year.assessor("free")
    grant_office(actor=None, user=own, role=Role.STATION_OFFICER, unit=district.east.unit, valid_from=OPENED)
    assessment = year.of("east")
    page = page_of(reviewer, assessment)
    told = {one.user.username: one.why_not for one in page.context["candidates"]}
    assert (bool(told["own"]), told["free"]) == (True, "")
    way = f"/admin/assessments/assessment/{assessment.pk}/appoint/"
    refused = reviewer.post(way, {"assessor": own.pk, "visit_on": ""}, follow=True)
    assert "somebody else is to go" in refused.content.decode()
    stranger = reviewer.post(way, {"assessor": district.finance.pk}, follow=True)
    assert "Choose an assessor of the county." in stranger.content.decode()
    assert not PanelSeat.objects.exists()
    reviewer.post(way, {"assessor": free.pk, "visit_on": "2026-05-25"})
    seat = PanelSeat.objects.get()
    assert (seat.assessor, seat.visit_on) == (free, date(2026, 5, 25))
    reviewer.post(f"/admin/assessments/panelseat/{seat.pk}/steps/release/", {"seen": seat.version, "comment": "出差"})
    seat.refresh_from_db()
    assert seat.state == PanelSeat.State.RELEASED


def test_an_observer_sees_no_marks_of_assessors(year, district):
    year.seat("east", "assessor_0", "8")
    told = lines(page_of(client_of(district.observer), year.of("east")))
    assert (told["2.3"].found, told["2.3"].agreement) == ([], None)


def test_steps_of_the_review_are_taken_on_the_page(year, district, reviewer):
    assessment = year.of("east")
    steps = f"/admin/assessments/assessment/{assessment.pk}/steps"
    reviewer.post(f"{steps}/return/", {"seen": assessment.version, "comment": "补充佐证"})
    assert year.of("east").state == Assessment.State.RETURNED


def test_the_page_asks_as_much_for_thirty_files_as_for_three(district, reviewer):
    with_records(district)
    year = Year(district).opened()
    item = year.of("east").items.get(code="1.1")
    asked = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            show_evidence(
                actor=district.station_head_east,
                item=item,
                name=f"{number}.jpg",
                content=photo(width=40 + number),
                at=NOW,
            )
        page_of(reviewer, year.of("east"))
        with CaptureQueriesContext(connection) as queries:
            page_of(reviewer, year.of("east"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
