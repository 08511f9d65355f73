"""Rows of firms and of the service they give to a town, of every kind there is, each with a mark by which it is found again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from stewards.actions import add_firm, add_pool_member, add_qualification, add_steward, record_penalty
from stewards.models import FirmStanding
from tests.district import NOW, TODAY, District
from tests.stewards.firms import code_of

SERIALS = {"east": 901, "west": 902, "elsewhere": 903}


def of_firms(district: District, town: str, mark: str) -> Iterator[Model]:
    """A firm of the town's county with its credit file. Its name is public; everything else bears the mark."""
    county = district.station(town).county
    firm = add_firm(
        actor=None, division=county, name_zh=f"{town}文化公司", uscc=code_of(SERIALS[town]), manager=mark, address=mark
    )
    yield firm
    yield add_pool_member(actor=None, firm=firm, kind="teacher", name=mark, valid_from=TODAY, title=mark)
    yield record_penalty(
        actor=None, firm=firm, what=mark, authority=mark, document=mark, valid_from=TODAY, serious=True, at=NOW
    )
    yield FirmStanding.objects.create(firm=firm, year=2025, standing="good", note=mark)
    steward = add_steward(actor=None, firm=firm, name=mark, speciality=mark)
    yield steward
    yield add_qualification(
        actor=None, steward=steward, kind="certificate", name=mark, issuer=mark, valid_from=TODAY, at=NOW
    )
