"""Rules are read strictly, written back as they were, and said in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from culture_admin.scoring.rules import METHODS, Rule, in_points

WRITTEN = {
    "M1": {"method": "M1", "target": "200", "full": "4", "otherwise": "-4"},
    "M2": {"method": "M2", "bands": [["10", "8"], ["6", "6"], ["3", "4"]]},
    "M3": {"method": "M3", "full": "30", "each": "6"},
    "M4": {"method": "M4", "target": "24", "full": "8"},
    "M5": {"method": "M5", "each": "0.1", "most": "1"},
    "M6": {"method": "M6", "factor": "1.5"},
    "M7": {"method": "M7", "most": "30"},
    "M8": {"method": "M8", "full": "4", "against": "mean"},
    "M9": {"method": "M9", "each": "2"},
    "M10": {"method": "M10"},
    "M11": {"method": "M11", "best": "5", "full": "4"},
    "M12": {"method": "M12"},
    "M13": {"method": "M13", "best": "100", "full": "50"},
}


def test_every_method_has_an_example_here():
    assert list(WRITTEN) == list(METHODS)


@pytest.mark.parametrize("code", WRITTEN)
def test_a_rule_is_written_back_as_it_was_read(code):
    assert Rule.read(WRITTEN[code]).as_written() == WRITTEN[code]


@pytest.mark.parametrize("code", WRITTEN)
def test_a_rule_is_said_in_both_languages_with_its_numbers(code):
    rule = Rule.read(WRITTEN[code])
    said = {}
    for language in ("en", "zh-hans"):
        with override(language):
            said[language] = rule.formula
    assert said["en"] != said["zh-hans"]
    numbers = [
        text.lstrip("-")
        for name, text in WRITTEN[code].items()
        if isinstance(text, str) and text[-1:].isdigit() and name != "method"
    ]
    assert all(text in words for text in numbers for words in said.values())


def test_a_target_of_one_is_not_divided_by():
    with override("en"):
        assert Rule.read({"method": "M4", "full": "6", "target": "1"}).formula == "6 points × value, at most 6"


def test_steps_are_said_from_the_highest_down_with_what_is_earned_beyond_them():
    rule = Rule.read({**WRITTEN["M2"], "step": "5", "each": "1", "most": "2"})
    with override("en"):
        assert rule.formula == (
            "from 10 on 8 points; from 6 on 6 points; from 3 on 4 points; each further 5 earns 1, at most 2"
        )


@pytest.mark.parametrize(
    ("written", "where", "code"),
    [
        ({}, "method", "invalid_choice"),
        ({"method": "M14"}, "method", "invalid_choice"),
        ({"method": ["M1"]}, "method", "invalid_choice"),
        ({"method": "M4", "full": "8"}, "target", "required"),
        ({"method": "M4", "full": "8", "target": "0"}, "target", "number_range"),
        ({"method": "M4", "full": "-8", "target": "2"}, "full", "number_range"),
        ({"method": "M4", "full": 0.1, "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": True, "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "NaN", "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "Infinity", "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "1E+999", "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "0.00001", "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "eight", "target": "2"}, "full", "number_format"),
        ({"method": "M4", "full": "8", "target": "2", "colour": "red"}, "colour", "invalid_choice"),
        ({"method": "M2", "bands": []}, "bands", "bands"),
        ({"method": "M2", "bands": "10:8"}, "bands", "bands"),
        ({"method": "M2", "bands": [["10"]]}, "bands", "bands"),
        ({"method": "M2", "bands": [["10", "8"], ["10", "6"]]}, "bands", "bands_repeated"),
        ({"method": "M2", "bands": [["10", "6"], ["6", "8"]]}, "bands", "bands_falling"),
        ({"method": "M8", "full": "4", "against": "median"}, "against", "invalid_choice"),
        ({"method": "M8", "full": "4"}, "against", "required"),
    ],
)
def test_what_makes_no_sense_is_refused_by_parameter(written, where, code):
    with pytest.raises(ValidationError) as refused:
        Rule.read(written)
    assert [fault.code for fault in refused.value.error_dict[where]] == [code]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1", "1 point"),
        ("1.00", "1 point"),
        ("-1", "-1 point"),
        ("0.5", "0.5 points"),
        ("0", "0 points"),
        ("10", "10 points"),
    ],
)
def test_one_point_is_one_point(number, said):
    with override("en"):
        assert in_points(Decimal(number)) == said


def test_a_rule_of_one_point_says_so():
    written = {
        "M2": {"bands": [["2", "1"], ["4", "3"]]},
        "M3": {"full": "1", "each": "0.5"},
        "M4": {"full": "1", "target": "3"},
        "M8": {"full": "1", "against": "mean"},
        "M9": {"each": "1"},
    }
    with override("en"):
        assert [Rule.read({"method": code, **rest}).formula for code, rest in written.items()] == [
            "from 4 on 3 points; from 2 on 1 point",
            "1 point, less 0.5 for every fault, not below 0",
            "1 point × value ÷ 3, at most 1",
            "1 point × value ÷ the group’s mean, at most 1",
            "1 point each",
        ]
