"""Other firms than the district's, and what a firm has in its file."""

from __future__ import annotations

from datetime import date, timedelta

from stdnum.cn import uscc

from stewards.actions import add_firm, add_qualification, add_steward
from stewards.models import Firm, Qualification, Steward
from tests.district import TODAY, District

K = Qualification.Kind


def code_of(serial: int) -> str:
    """A unified social credit code with its check character."""
    body = f"91990101MA2{serial:06d}"
    return body + uscc.calc_check_digit(body)


def another_firm(district: District, serial: int = 1, **entries) -> Firm:
    """A firm of the county beside the district's own."""
    values = {"division": district.county, "name_zh": f"第{serial}文化公司", "uscc": code_of(serial), **entries}
    return add_firm(actor=None, **values)


def qualified(firm: Firm, name: str = "周全", until: date | None = None) -> Steward:
    """A steward who lacks nothing by the standard; his statements end `until`."""
    steward = add_steward(
        actor=None, firm=firm, name=name, speciality="群众文化", degree=Steward.Degree.BACHELOR, genres=["dance"]
    )
    held = TODAY - timedelta(days=90)
    for kind, hours in ((K.BEFORE_POST, 24), (K.TRAINING, 40)):
        add_qualification(actor=None, steward=steward, kind=kind, name="培训", valid_from=held, hours=hours)
    for kind in (K.HEALTH, K.CLEAN_RECORD, K.EMPLOYMENT, K.CONDUCT):
        add_qualification(actor=None, steward=steward, kind=kind, name="证明", valid_from=held, valid_to=until)
    return steward
