"""What is written in the form of a review: how numbers are read, and what of it is handed over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils import translation

from culture_admin.scoring.body import read_body
from culture_admin.scoring.reviewing import Line, Part, Refused, keep, lines_of, side_by_side
from culture_admin.workflow.actions import StepRefused
from stewards.models import EvaluationItem

RULE = {"method": "M4", "target": "2", "full": "50"}
INDICATORS = [
    {"code": code, "name_zh": code, "points": "50", "rule": RULE, "source": {"origin": "judged"}}
    for code in ("A1", "A2")
]
SECTIONS = [{"code": "A", "name_zh": "保障", "weight": "100", "indicators": INDICATORS}]


@pytest.fixture
def parts() -> list[Part[Line]]:
    body, faults = read_body({"sections": SECTIONS}, Decimal(100), 2)
    assert not [fault for fault in faults if fault.pointer.startswith("/sections")]
    items = {code: EvaluationItem(pk=pk, code=code, version=3) for pk, code in ((1, "A1"), (2, "A2"))}
    return side_by_side(body, items, Line)


def form(**written: str) -> QueryDict:
    """The form of A1, and of A2 where something is written there."""
    posted = QueryDict(mutable=True)
    for pk, said in ((name.removeprefix("said_"), said) for name, said in written.items()):
        posted.update({f"was-{pk}": "|", f"seen-{pk}": "3", f"said-{pk}": said, f"remark-{pk}": ""})
    return posted


def kept(parts: list[Part[Line]], posted: QueryDict, only: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    assert keep(parts, posted, only, found.update) == len(found)
    return found


@pytest.mark.parametrize("written", ["1;2.5", "1；2.5", "1,2.5", "1，2.5", "1、2.5", "1 2.5", " 1 ;  2.5; "])
def test_numbers_are_told_apart_by_whatever_people_put_between_them(parts, written):
    said = kept(parts, form(said_1=written))
    assert said == {
        "A1": {"reviewed": "value", "reviewed_numbers": [Decimal(1), Decimal("2.5")], "remark": "", "seen": 3}
    }


@pytest.mark.parametrize("written", ["na", "NA", "Not applicable"])
def test_that_it_does_not_apply_is_written_short_or_in_words(parts, written):
    with translation.override("en"):
        said = kept(parts, form(said_1=written))
    assert (said["A1"]["reviewed"], said["A1"]["reviewed_numbers"]) == ("not_applicable", [])


def test_what_is_no_number_is_refused_and_nothing_is_handed_over(parts):
    with pytest.raises(Refused) as refused, translation.override("en"):
        kept(parts, form(said_1="5", said_2="many"))
    assert {line.code: line.faults for line in lines_of(parts)} == {"A1": [], "A2": ["“many” is no number."]}
    assert not refused.value.stale


def test_only_what_was_changed_and_sent_is_handed_over(parts):
    assert list(kept(parts, form(said_1="", said_2="4"))) == ["A2"]
    assert list(kept(parts, form(said_1="5", said_2="4"), only="1")) == ["A1"]
    # What did not stand in the form is not taken as emptied.
    assert kept(parts, QueryDict("said-1=5")) == {}


@pytest.mark.parametrize(
    ("refusal", "at", "stale"),
    [
        (StepRefused("stale", "too late", 2), "A2", True),
        (StepRefused("illegal_transition", "closed", 99), "A1", False),
        (ValidationError({"A2": ValidationError("too much")}), "A2", False),
        (PermissionDenied("not yours"), "A1", False),
    ],
)
def test_what_the_verb_refuses_stands_at_its_line(parts, refusal, at, stale):
    def verb(said: object) -> None:
        raise refusal

    with pytest.raises(Refused) as refused:
        keep(parts, form(said_1="5", said_2="4"), "", verb)
    assert [line.code for line in lines_of(parts) if line.faults] == [at]
    assert refused.value.stale == stale
