"""The example of payment_example.md, done by the system: the tables there are what it has to say."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from stewards.models import Contract
from stewards.paying import OF_MONEY, explained, statement_of
from tests.stewards.bills import ENDED, Bill

EXAMPLE = Path(__file__).with_name("payment_example.md").read_text()


def table(heading: str) -> list[dict[str, str]]:
    """The rows of the table below a heading."""
    section = EXAMPLE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def number(cell: str) -> Decimal:
    """What stands last in a cell."""
    return Decimal(re.findall(r"[\d,.]*\d", cell)[-1].replace(",", ""))


DELIVERED = {"activities": [1] * 18, "class_hours": [5_400] * 50, "duty_days": [1] * 361, "teams": [1] * 6}


@pytest.fixture(params=["as it came", "shuffled"])
def bill(request, district):
    """The half-year of the example; whatever comes in another order gives the same."""
    bill = Bill(district)
    bill.performing()
    todo = [
        lambda measure=measure, amounts=amounts: bill.deliver(measure, *amounts)
        for measure, amounts in DELIVERED.items()
    ]
    todo += [lambda: bill.deduct("absence", "2.5"), lambda: bill.deduct("cancelled", "1")]
    if request.param == "shuffled":
        random.Random(7).shuffle(todo)
    for one in todo:
        one()
    return bill


def test_the_sheet_of_the_half_year_is_the_table(bill):
    sheet = bill.accepted(score="85.25")
    lines = {line.line.measure: line for line in sheet.lines.select_related("line")}
    for row in table("The sheet of the half-year"):
        line = lines.pop(row["line"])
        said = (line.line.target, line.target, line.done, line.evidence, line.line.weight, line.points)
        names = ("agreed", "target", "done", "records", "weight", "points")
        assert said == tuple(number(row[name]) for name in names), row["line"]
    assert not lines


def test_every_yuan_of_both_instalments_is_the_table(bill):
    first = bill.accepted(score="85.25")
    last = carry_to_the_end(bill)
    for acceptance, heading in ((first, "The second instalment"), (last, "The last instalment")):
        lines = explained(acceptance)
        assert sorted((line.code, line.amount) for line in lines if line.code != "deduction") == sorted(
            (row["step"], number(row["yuan"])) for row in table(heading) if row["step"] != "deduction"
        )
        assert sum(line.change for line in lines) == acceptance.payable == lines[-1].amount
    taken = [line.change for line in explained(last) if line.code == "deduction"]
    assert sorted(taken) == [Decimal("-16000"), Decimal("-800.50")]


def test_what_is_paid_is_the_table_and_settles_the_contract(bill):
    bill.accepted(score="85.25")
    carry_to_the_end(bill)
    rows = table("What was paid")
    for row in rows[:-1]:
        bill.pay(int(row["instalment"]), row["payable"].replace(",", ""))
    contract = Contract.objects.prefetch_related(*OF_MONEY).get(pk=bill.contract.pk)
    said = [(row.gross, row.payable) for row in statement_of(contract).rows]
    assert said == [(number(row["of the contract"]), number(row["payable"])) for row in rows[:-1]]
    sums = rows[-1]
    assert (contract.total, contract.paid) == (number(sums["of the contract"]), number(sums["payable"]))
    assert sum(gross for gross, _payable in said) == contract.total
    assert contract.state == Contract.State.SETTLED


def carry_to_the_end(bill):
    bill.supplement("12345.68")
    bill.deduct("false_data", "1", line=bill.line("works"), on=ENDED)
    bill.deduct("other", "1", rate=Decimal("800.50"), on=ENDED)
    bill.over()
    return bill.accepted(3, "79.99")
