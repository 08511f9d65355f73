"""What is found in a service is put right by a day and looked at again; what is looked at is drawn so that it can be drawn again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline
from stewards.actions import (
    compute_standing,
    draw_spot_check,
    enter_outcomes,
    exit_rule,
    open_finding_of_row,
    open_service_finding,
)
from stewards.actions.deliveries import settle_deliveries
from stewards.actions.spot_checks import drawn
from stewards.actions.standings import keep_standings, level_of
from stewards.models import Contract, Evaluation, FirmStanding, Measure, ServiceFinding, SpotCheck
from stewards.sources import Served
from tests.district import NOW, TODAY
from tests.stewards.deals import Deal
from tests.stewards.standards import YEAR, standard

FIRST, LAST = date(2026, 3, 1), date(2026, 4, 30)


def code_of(refused) -> str:
    return next(iter(refused.value.error_dict.values()))[0].code


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def found(deal: Deal, **entries) -> ServiceFinding:
    usual = {"contract": deal.contract, "what": "签到表缺页", "station": deal.district.east, "at": NOW}
    return open_service_finding(actor=deal.district.service, **usual | entries)


def served(deal: Deal, number: int, start: int = 1) -> None:
    """So many days on duty of the east's posting."""
    posting = deal.posting("east")
    settle_deliveries(
        [
            Served(
                source_kind="dutyday",
                source_id=key,
                posting_id=posting.pk,
                station_id=posting.station_id,
                county_id=posting.county_id,
                steward_id=posting.steward_id,
                on=FIRST + timedelta(days=key % 30),
                amounts={Measure.DUTY_DAYS: 2},
            )
            for key in range(start, start + number)
        ],
        at=NOW,
    )


def duties(finding) -> list[tuple[date, str, bool]]:
    rows = Deadline.objects.filter(code="stewards.finding", subject_id=finding.pk).order_by("id")
    return [(row.due_on, row.unit.name_zh, row.settled_at is None) for row in rows]


def test_a_finding_is_owed_by_the_firm_until_it_says_what_it_did(deal):
    finding = found(deal)
    assert finding.due_on == TODAY + timedelta(days=15)
    assert duties(finding) == [(finding.due_on, "知音文化公司", True)]
    with pytest.raises(StepRefused) as refused:
        perform(finding, "rectify", actor=deal.district.firm_manager, at=NOW)
    assert refused.value.code == "comment_required"
    perform(finding, "rectify", actor=deal.district.firm_manager, at=NOW, comment="已补签")
    finding.refresh_from_db()
    assert (finding.state, finding.rectification) == ("rectified", "已补签")
    assert duties(finding) == [(finding.due_on, "知音文化公司", False)]


def test_whoever_looks_again_closes_it_or_opens_it_for_another_term(deal):
    finding = found(deal, due_on=TODAY + timedelta(days=3))
    firm, section = deal.district.firm_manager, deal.district.service
    perform(finding, "rectify", actor=firm, at=NOW, comment="已补签")
    with pytest.raises(StepRefused):
        perform(finding, "accept", actor=firm, at=NOW)
    perform(finding, "reject", actor=section, at=NOW, comment="仍缺两页")
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("open", TODAY + timedelta(days=15))
    assert [still for _day, _unit, still in duties(finding)] == [False, True]
    perform(finding, "rectify", actor=firm, at=NOW, comment="全部补齐")
    perform(finding, "accept", actor=section, at=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.rectification) == ("closed", "全部补齐")


@pytest.mark.parametrize(
    ("entries", "field", "code"),
    [
        ({"opened_on": date(2026, 2, 28)}, "opened_on", "date_range"),
        ({"opened_on": TODAY + timedelta(days=1)}, "opened_on", "date_range"),
        ({"due_on": TODAY + timedelta(days=800)}, "due_on", "date_range"),
    ],
)
def test_a_finding_outside_its_time_is_refused(deal, entries, field, code):
    with pytest.raises(ValidationError) as refused:
        found(deal, **entries)
    assert [*refused.value.error_dict] == [field]
    assert code_of(refused) == code


def test_only_the_section_finds_and_only_in_what_is_served(deal, district):
    with pytest.raises(PermissionDenied):
        open_service_finding(actor=district.firm_manager, contract=deal.contract, what="甲", at=NOW)
    with pytest.raises(ValidationError) as refused:
        found(deal, station=district.elsewhere)
    assert code_of(refused) == "not_covered"
    draft = Deal(district, number="试文采〔2026〕9号").draft()
    with pytest.raises(ValidationError) as refused:
        found(deal, contract=draft, opened_on=TODAY)
    assert code_of(refused) == "not_started"


def test_the_same_seed_draws_the_same_rows_whatever_order_they_come_in():
    keys = list(range(1, 200))
    assert drawn(keys, 7, 10) == drawn(keys[::-1], 7, 10)
    assert drawn(keys, 7, 10) != drawn(keys, 8, 10)
    # Written down once: the draw is the same on every machine.
    assert drawn(keys, 7, 4) == [161, 126, 77, 4]
    assert drawn(keys, 7, 5) == drawn(keys, 7, 10)[:5]


def test_a_draw_can_be_repeated_from_the_seed_it_shows(deal):
    served(deal, 12)
    drawing = {"actor": deal.district.service, "contract": deal.contract, "first": FIRST, "last": LAST, "size": 5}
    by_chance = draw_spot_check(at=NOW, **drawing)
    again = draw_spot_check(at=NOW, seed=by_chance.seed, **drawing)
    assert by_chance.population == 12
    rows = [list(one.rows.values_list("number", "delivery")) for one in (by_chance, again)]
    assert rows[0] == rows[1]
    assert [number for number, _delivery in rows[0]] == [1, 2, 3, 4, 5]


def test_all_are_looked_at_where_there_are_fewer_and_nothing_is_drawn_of_nothing(deal):
    drawing = {"actor": deal.district.service, "contract": deal.contract, "first": FIRST, "last": LAST, "size": 20}
    with pytest.raises(ValidationError) as refused:
        draw_spot_check(at=NOW, **drawing)
    assert code_of(refused) == "nothing_delivered"
    served(deal, 3)
    assert draw_spot_check(at=NOW, **drawing).rows.count() == 3
    with pytest.raises(PermissionDenied):
        draw_spot_check(at=NOW, **drawing | {"actor": deal.district.firm_manager})


def test_a_check_is_done_when_every_row_was_looked_at(deal):
    served(deal, 3)
    section = deal.district.service
    check = draw_spot_check(actor=section, contract=deal.contract, first=FIRST, last=LAST, size=3, seed=7, at=NOW)
    enter_outcomes(actor=section, spot_check=check, said={1: {"outcome": "true"}, 2: {"outcome": "true"}}, at=NOW)
    check.refresh_from_db()
    assert check.state == SpotCheck.State.DRAWN
    with pytest.raises(StepRefused):
        perform(check, "finish", actor=section, at=NOW)
    for said, code in (({3: {"outcome": "false"}}, "note_required"), ({9: {"outcome": "true"}}, "unknown_row")):
        with pytest.raises(ValidationError) as refused:
            enter_outcomes(actor=section, spot_check=check, said=said, at=NOW)
        assert code_of(refused) == code
    enter_outcomes(actor=section, spot_check=check, said={3: {"outcome": "false", "note": "站内无人"}}, at=NOW)
    check.refresh_from_db()
    assert check.state == SpotCheck.State.DONE
    with pytest.raises(StepRefused):
        enter_outcomes(actor=section, spot_check=check, said={1: {"outcome": "false", "note": "改"}}, at=NOW)


def test_a_row_that_was_not_as_logged_becomes_a_finding_once(deal):
    served(deal, 1)
    section = deal.district.service
    check = draw_spot_check(actor=section, contract=deal.contract, first=FIRST, last=LAST, size=1, at=NOW)
    row = check.rows.get()
    with pytest.raises(ValidationError) as refused:
        open_finding_of_row(actor=section, row=row, at=NOW)
    assert code_of(refused) == "nothing_found"
    enter_outcomes(actor=section, spot_check=check, said={1: {"outcome": "false", "note": "站内无人"}}, at=NOW)
    row.refresh_from_db()
    finding = open_finding_of_row(actor=section, row=row, at=NOW)
    assert (finding.station, finding.row) == (deal.district.east, row)
    assert "站内无人" in finding.what
    with pytest.raises(ValidationError):
        open_finding_of_row(actor=section, row=row, at=NOW)


@pytest.mark.parametrize(
    ("score", "standing"),
    [("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("80", "good"), ("79.99", "pass"), ("60", "pass"),
     ("59.99", "fail"), ("0", "fail"), (None, "not_scored")],
)  # fmt: skip
def test_a_firm_stands_by_its_mean_score(score, standing):
    assert level_of(None if score is None else Decimal(score)) == standing


def concluded(contract: Contract, scheme, year: int, score: str) -> None:
    """A yearly evaluation that came to so much."""
    Evaluation.objects.create(
        contract=contract, scheme=scheme, year=year, first=date(year, 1, 1), last=date(year, 12, 31),
        score=Decimal(score), state=Evaluation.State.CONCLUDED,
    )  # fmt: skip


def test_the_standing_of_a_year_is_the_mean_of_its_yearly_evaluations_and_none_is_not_scored(deal, district):
    scheme = standard(district)
    other = Deal(district, number="试文采〔2026〕8号").draft()
    concluded(deal.contract, scheme, YEAR, "84.01")
    concluded(other, scheme, YEAR, "91.00")
    computed = compute_standing(actor=district.service, firm=district.firm, year=YEAR, at=NOW)
    assert (computed.standing, computed.score) == ("good", Decimal("87.51"))
    keep_standings({(district.firm.pk, YEAR + 1)})
    assert FirmStanding.objects.get(year=YEAR + 1).standing == "not_scored"
    with pytest.raises(PermissionDenied):
        compute_standing(actor=district.firm_manager, firm=district.firm, year=YEAR, at=NOW)


def test_two_fails_in_a_row_shut_a_firm_out_and_a_year_without_score_between_changes_nothing(deal, district):
    scheme = standard(district)
    concluded(deal.contract, scheme, 2024, "59.99")
    concluded(deal.contract, scheme, 2026, "40")
    keep_standings({(district.firm.pk, year) for year in (2024, 2025, 2026)})
    assert exit_rule(district.firm, date(2025, 6, 1)) is None
    refused = exit_rule(district.firm, date(2026, 12, 31))
    assert refused.code == "exit_rule"
    assert "2024, 2026" in refused.text
    concluded(deal.contract, scheme, 2025, "60")
    keep_standings({(district.firm.pk, 2025)})
    assert exit_rule(district.firm, date(2026, 12, 31)) is None


def test_standings_of_many_firms_ask_no_more_of_the_database(deal, district):
    counts = []
    for years in (1, 12):
        with CaptureQueriesContext(connection) as asked:
            keep_standings({(district.firm.pk, 2010 + year) for year in range(years)})
        counts.append(len(asked))
    assert counts[0] == counts[1]
