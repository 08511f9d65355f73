"""What firms serve a town under their contracts, of every kind there is, for the tests of walls."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from tests.district import District
from tests.stewards.furnished_deals import PAGES_OF_DEALS, of_deals
from tests.stewards.furnished_evaluations import PAGES_OF_EVALUATIONS, of_evaluations
from tests.stewards.furnished_ledger import PAGES_OF_LEDGER, of_ledger
from tests.stewards.furnished_money import PAGES_OF_MONEY, of_money
from tests.stewards.furnished_service import PAGES_OF_SERVICE, of_service

# The first part of the desk's addresses of one record, and the model of the record.
OF_STEWARDS: dict[str, type[Model]] = {
    **PAGES_OF_DEALS,
    **PAGES_OF_SERVICE,
    **PAGES_OF_EVALUATIONS,
    **PAGES_OF_MONEY,
    **PAGES_OF_LEDGER,
}


def of_stewards(district: District, town: str, mark: str) -> Iterator[Model]:
    """The rows of each subject, with the mark in every text."""
    for furnish in (of_deals, of_service, of_evaluations, of_money, of_ledger):
        yield from furnish(district, town, mark)
