"""Rows of evaluations, ratings, findings and spot checks in numbers, for the lists of the admin and of the API."""

from __future__ import annotations

from datetime import date

from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform
from stewards.actions import draw_spot_check, open_evaluation, open_service_finding, sign_contract
from stewards.actions.deliveries import settle_deliveries
from stewards.models import Contract, Evaluation, Measure, Posting, ServiceFinding, SpotCheck, TownRating
from stewards.sources import Served
from tests.district import NOW, District
from tests.stewards.deals import AWARDED, BEGINS, SIGNED, Deal, service_list
from tests.stewards.standards import YEAR, standard


def contract_of(district: District, number: int) -> Contract:
    """One of its own, in performance."""
    deal = Deal(district, number=f"试文采〔2026〕评{number}号", name=f"服务{number}", lines=service_list())
    contract = deal.procuring()
    sign_contract(actor=deal.section, contract=contract, awarded_on=AWARDED, signed_on=SIGNED, at=NOW)
    contract.refresh_from_db()
    perform(contract, "start", actor=deal.section, at=NOW)
    return contract


def evaluation(district: District, number: int) -> Evaluation:
    scheme = Scheme.objects.filter(subject="contract").first() or standard(district)
    contract = contract_of(district, number)
    return open_evaluation(actor=district.service, contract=contract, scheme=scheme, year=YEAR, quarter=1, at=NOW)


def rating(district: District, number: int) -> TownRating:
    return evaluation(district, number).ratings.first()


def shared(district: District) -> Contract:
    """The one contract that the rows of a list belong to, with a posting and what was served under it."""
    known = Contract.objects.filter(state=Contract.State.PERFORMING).first()
    if known:
        return known
    deal = Deal(district)
    contract = deal.performing()
    posting = Posting.objects.get(contract=contract, station=district.east)
    settle_deliveries(
        [
            Served(
                source_kind="dutyday", source_id=10_000 + key, posting_id=posting.pk, station_id=posting.station_id,
                county_id=posting.county_id, steward_id=posting.steward_id, on=BEGINS,
                amounts={Measure.DUTY_DAYS: 2},
            )
            for key in range(5)
        ],
        at=NOW,
    )  # fmt: skip
    return contract


def finding(district: District, number: int) -> ServiceFinding:
    return open_service_finding(
        actor=district.service, contract=shared(district), what=f"签到表缺页{number}", station=district.east, at=NOW
    )


def check(district: District, number: int) -> SpotCheck:
    return draw_spot_check(
        actor=district.service,
        contract=shared(district),
        first=BEGINS,
        last=date(2026, 5, 1),
        size=2,
        seed=number,
        at=NOW,
    )


OF_EVALUATIONS = {Evaluation: evaluation, TownRating: rating, ServiceFinding: finding, SpotCheck: check}
