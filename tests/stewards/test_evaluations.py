"""An evaluation is opened for what was in performance, said by the firm, reviewed by the bureau, rated by the towns, and kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.scoring.actions import begin_edition, change_scheme
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Deadline
from stewards.actions import (
    change_evaluation_item,
    claim_evaluation,
    claim_item,
    open_evaluation,
    rate_service,
    review_evaluation,
    review_item,
)
from stewards.evaluating import computed
from stewards.models import Evaluation
from tests.district import NOW
from tests.stewards.deals import Deal
from tests.stewards.standards import REVIEWED, SAID, YEAR, Evaluated, standard

NEXT_YEAR = datetime(2027, 3, 10, 4, 0, tzinfo=UTC)


def code_of(refused) -> str:
    """The code of the first fault of a ValidationError."""
    return next(iter(refused.value.error_dict.values()))[0].code


def open_at(deal: Deal, **said):
    district = deal.district
    usual = {"contract": deal.contract, "scheme": None, "year": YEAR, "quarter": 1, "at": NOW}
    return open_evaluation(actor=district.service, **usual | said)


def owed(code: str) -> list[tuple[str, bool]]:
    rows = Deadline.objects.filter(code=code).order_by("unit__division__code", "id")
    return [(row.unit.name_zh, row.settled_at is None) for row in rows]


def test_it_asks_the_firm_for_what_is_not_counted_and_each_town_for_its_rating(district):
    evaluation = Evaluated(district).opened()
    assert (evaluation.first, evaluation.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert [item.code for item in evaluation.items.all()] == ["A1", "A2", "A3"]
    assert owed("stewards.evaluation") == [("知音文化公司", True)]
    assert owed("stewards.rating") == [("东镇人民政府", True), ("西街道人民政府", True)]


@pytest.mark.parametrize("carry", ["draft", "procuring", "signed"])
def test_a_contract_that_is_not_in_performance_is_not_evaluated(district, carry):
    deal, scheme = Deal(district), standard(district)
    getattr(deal, carry)()
    with pytest.raises(ValidationError) as refused:
        open_at(deal, scheme=scheme)
    assert code_of(refused) == "not_started"


@pytest.mark.parametrize("said", [{"quarter": 3}, {"quarter": None, "year": 2027}])
def test_a_time_that_has_not_begun_is_not_evaluated(district, said):
    deal = Deal(district)
    deal.performing()
    scheme = standard(district, year=said.get("year", YEAR))
    with pytest.raises(ValidationError) as refused:
        open_at(deal, scheme=scheme, **said)
    assert code_of(refused) == "not_started"


def test_the_standard_is_published_of_the_year_and_for_contracts(district, scheme_of_towns):
    deal = Deal(district)
    deal.performing()
    other_year = standard(district, year=2025)
    withdrawn = standard(district)
    perform(withdrawn, "withdraw", actor=district.bureau_leader, at=NOW, comment="重拟")
    for scheme, code in ((scheme_of_towns, "subject"), (other_year, "scheme_year"), (withdrawn, "not_published")):
        with pytest.raises(ValidationError) as refused:
            open_at(deal, scheme=scheme)
        assert code_of(refused) == code
    assert not Evaluation.objects.exists()


def test_a_time_is_evaluated_once(district):
    evaluated = Evaluated(district)
    evaluated.opened()
    with pytest.raises(ValidationError, match="此期间已在评价"):
        open_at(evaluated.deal, scheme=evaluated.scheme)
    yearly = open_at(evaluated.deal, scheme=evaluated.scheme, quarter=None)
    assert (yearly.first, yearly.last) == (date(2026, 3, 1), date(2026, 12, 31))


def test_only_the_section_opens_one(district):
    deal = Deal(district)
    deal.performing()
    scheme = standard(district)
    for actor in (district.firm_manager, district.town_officer_east, district.bureau_leader, district.observer):
        with pytest.raises(PermissionDenied):
            open_evaluation(actor=actor, contract=deal.contract, scheme=scheme, year=YEAR, quarter=1, at=NOW)


def test_a_later_edition_changes_nothing_of_an_evaluation_that_is_open(district):
    evaluated = Evaluated(district)
    evaluation = evaluated.declared()
    edition = begin_edition(actor=district.service, scheme=evaluated.scheme, reason="修订", at=NOW)
    change_scheme(actor=district.service, scheme=edition, document="试文〔2026〕5号", at=NOW)
    perform(edition, "propose", actor=district.service, at=NOW)
    perform(edition, "publish", actor=district.bureau_leader, at=NOW)
    evaluation.refresh_from_db()
    assert (evaluation.scheme, evaluation.scheme.state) == (evaluated.scheme, "superseded")


def test_what_is_counted_is_never_entered(district):
    evaluated = Evaluated(district)
    evaluated.opened()
    with pytest.raises(ValidationError) as refused:
        claim_evaluation(
            actor=district.firm_manager,
            evaluation=evaluated.evaluation,
            said={"B1": {"claimed": "value", "claimed_numbers": [Decimal(99)]}},
            at=NOW,
        )
    assert code_of(refused) == "unknown_item"


@pytest.mark.parametrize(
    ("code", "entry", "fault"),
    [
        ("A1", {"claimed": "value", "claimed_numbers": [Decimal(2)]}, "yes_no"),
        ("A2", {"claimed": "value", "claimed_numbers": [Decimal(7)]}, "grade"),
        ("A3", {"claimed": "value", "claimed_numbers": []}, "numbers"),
        ("A3", {"claimed": "not_applicable"}, "reason_required"),
    ],
)
def test_what_cannot_be_said_of_an_item_is_refused(district, code, entry, fault):
    item = Evaluated(district).opened().items.get(code=code)
    with pytest.raises(ValidationError) as refused:
        claim_item(actor=district.firm_manager, item=item, at=NOW, **entry)
    assert code_of(refused) == fault


def test_whoever_says_not_applicable_is_told_what_becomes_of_the_points(district):
    item = Evaluated(district).opened().items.get(code="A3")
    with pytest.raises(ValidationError, match="其他"):
        claim_item(actor=district.firm_manager, item=item, claimed="not_applicable", at=NOW)


def test_the_firm_writes_until_it_hands_in_and_the_bureau_after_that(district):
    evaluated = Evaluated(district)
    item = evaluated.claimed().items.get(code="A1")
    with pytest.raises(StepRefused):
        review_item(actor=district.service, item=item, reviewed="value", reviewed_numbers=[Decimal(1)], at=NOW)
    with pytest.raises(PermissionDenied):
        claim_item(actor=district.service, item=item, claimed="value", claimed_numbers=[Decimal(1)], at=NOW)
    perform(evaluated.evaluation, "declare", actor=district.firm_manager, at=NOW)
    assert owed("stewards.evaluation") == [("知音文化公司", False)]
    with pytest.raises(StepRefused):
        claim_item(actor=district.firm_manager, item=item, claimed="value", claimed_numbers=[Decimal(0)], at=NOW)
    with pytest.raises(PermissionDenied):
        review_item(actor=district.firm_manager, item=item, reviewed="value", reviewed_numbers=[Decimal(1)], at=NOW)


def test_nothing_is_handed_in_before_everything_is_said(district):
    evaluated = Evaluated(district)
    evaluated.opened()
    claim_evaluation(actor=district.firm_manager, evaluation=evaluated.evaluation, said={"A1": SAID["A1"]}, at=NOW)
    with pytest.raises(StepRefused, match="A2, A3") as refused:
        perform(evaluated.evaluation, "declare", actor=district.firm_manager, at=NOW)
    assert refused.value.code == "not_said"


def test_what_is_sent_back_is_owed_once_more(district):
    evaluated = Evaluated(district)
    evaluated.declared()
    perform(evaluated.evaluation, "send_back", actor=district.service, at=NOW, comment="材料不全")
    assert evaluated.evaluation.state == "open"
    assert owed("stewards.evaluation") == [("知音文化公司", True)]


def test_the_review_says_why_it_differs_and_both_stand_side_by_side(district):
    evaluated = Evaluated(district)
    evaluated.declared()
    said = REVIEWED | {"A2": {"reviewed": "value", "reviewed_numbers": [Decimal(5)]}}
    with pytest.raises(ValidationError) as refused:
        review_evaluation(actor=district.service, evaluation=evaluated.evaluation, said=said, at=NOW)
    assert (list(refused.value.error_dict), code_of(refused)) == (["A2"], "remark_required")
    assert not evaluated.evaluation.items.exclude(reviewed="").exists()
    review_evaluation(actor=district.service, evaluation=evaluated.evaluation, said=REVIEWED, at=NOW)
    item = evaluated.evaluation.items.get(code="A2")
    assert (item.claimed_numbers, item.reviewed_numbers, item.remark) == ([10], [5], "档案制度缺")
    assert item.reviewed_by == district.service


def test_nobody_says_both_sides_at_once(district):
    item = Evaluated(district).declared().items.get(code="A1")
    with pytest.raises(ValidationError) as refused:
        change_evaluation_item(actor=district.service, evaluationitem=item, note="好", remark="好", at=NOW)
    assert code_of(refused) == "both_at_once"


def test_a_change_of_what_was_looked_at_is_refused(district):
    item = Evaluated(district).opened().items.get(code="A1")
    yes = {"claimed": "value", "claimed_numbers": [Decimal(1)]}
    claim_item(actor=district.firm_manager, item=item, seen=item.version, at=NOW, **yes)
    with pytest.raises(StepRefused) as refused:
        claim_item(actor=district.firm_manager, item=item, seen=item.version, at=NOW, **yes)
    assert refused.value.code == "stale"


def test_a_town_rates_its_own_and_may_think_otherwise_until_it_is_concluded(district):
    evaluated = Evaluated(district)
    evaluated.opened()
    rating = evaluated.rating("east")
    for actor in (district.service, district.station_head_east, district.firm_manager):
        with pytest.raises(PermissionDenied):
            rate_service(actor=actor, rating=rating, points=5, at=NOW)
    with pytest.raises(StepRefused):
        rate_service(actor=district.town_officer_west, rating=rating, points=1, at=NOW)
    for points in (0, 6, None):
        with pytest.raises(ValidationError):
            rate_service(actor=district.town_officer_east, rating=rating, points=points, at=NOW)
    evaluated.rated(east=3)
    assert owed("stewards.rating") == [("东镇人民政府", False), ("西街道人民政府", True)]
    evaluated.rated(east=4)
    rating.refresh_from_db()
    assert (rating.state, rating.points, rating.rated_by) == ("given", 4, district.town_officer_east)


def test_it_is_not_concluded_before_its_time_is_over_nor_while_towns_may_still_rate(district):
    evaluated = Evaluated(district)
    evaluated.reviewed()
    with pytest.raises(StepRefused) as refused:
        perform(evaluated.evaluation, "conclude", actor=district.service, at=NOW)
    assert refused.value.code == "ratings_missing"
    running = Evaluated(district, quarter=2, deal=evaluated.deal)
    running.scheme = evaluated.scheme
    running.reviewed()
    with pytest.raises(StepRefused) as refused:
        perform(running.evaluation, "conclude", actor=district.service, at=NOW)
    assert refused.value.code == "not_over"
    # The days for rating are over: what the one town says stands for both.
    evaluated.rated(east=4)
    perform(evaluated.evaluation, "conclude", actor=district.service, at=datetime(2026, 7, 1, 4, 0, tzinfo=UTC))
    evaluated.evaluation.refresh_from_db()
    assert evaluated.evaluation.towns == 80
    assert not Deadline.objects.open().filter(code="stewards.rating", subject_id=evaluated.rating("west").pk).exists()


def test_nothing_is_concluded_before_everything_is_reviewed(district):
    evaluated = Evaluated(district)
    evaluated.declared()
    evaluated.rated(east=5, west=5)
    with pytest.raises(StepRefused, match="A1, A2, A3") as refused:
        perform(evaluated.evaluation, "conclude", actor=district.service, at=NOW)
    assert refused.value.code == "not_reviewed"


def test_what_is_concluded_is_kept_whatever_is_recorded_later(district):
    evaluation = Evaluated(district).concluded()
    kept = (evaluation.score, evaluation.quality, evaluation.quantity, evaluation.towns, evaluation.public)
    # Nothing was held, and nobody has rated it: what the public would have earned is earned by the others.
    assert kept == (Decimal("30.00"), 30, 0, 90, None)
    assert evaluation.workings["score"] == str(evaluation.score)
    assert str(computed(evaluation).score) == str(evaluation.score)
    district.log(actor=district.steward_east, begins_on=date(2026, 3, 10))
    evaluation.refresh_from_db()
    assert (evaluation.score, evaluation.quality, evaluation.quantity, evaluation.towns, evaluation.public) == kept
    with pytest.raises(StepRefused):
        rate_service(actor=district.town_officer_east, rating=evaluation.ratings.first(), points=1, at=NOW)


def test_a_voided_one_counts_no_more_and_can_be_opened_anew(district):
    evaluated = Evaluated(district)
    evaluation = evaluated.opened()
    perform(evaluation, "void", actor=district.service, at=NOW, comment="误开")
    owing = Deadline.objects.open().filter(code__in=["stewards.evaluation", "stewards.rating"])
    assert not owing.exists()
    assert open_at(evaluated.deal, scheme=evaluated.scheme).pk != evaluation.pk


def test_it_lies_in_the_inbox_of_whoever_is_to_act(district):
    evaluated = Evaluated(district)
    evaluated.opened()

    def steps(user):
        return {(one.model, one.step) for one in waiting(user) if one.records.exists()}

    assert ("stewards.evaluation", "declare") in steps(district.firm_manager)
    assert ("stewards.townrating", "give") in steps(district.town_officer_east)
    assert ("stewards.evaluation", "conclude") not in steps(district.service)
    evaluated.declared()
    assert ("stewards.evaluation", "conclude") in steps(district.service)
