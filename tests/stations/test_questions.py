"""Questions of a collection, and what is kept of an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from stations.models.questions import MOST_QUESTIONS, Question, check_complete, plain, read_answer, read_questions

TEXT = {"label": "开放时间", "kind": "text"}


def asked(kind: str, **entries) -> Question:
    (question,) = read_questions([{"label": "问", "kind": kind, "choices": ["甲", "乙"], **entries}])
    return question


@pytest.mark.parametrize(
    ("kind", "written", "kept", "as_plain"),
    [
        ("text", " 8:30 ", "8:30", "8:30"),
        ("text", "  ", None, None),
        ("number", "1,204", "1204", Decimal(1204)),
        ("number", "１２", "12", Decimal(12)),
        ("number", -3, "-3", Decimal(-3)),
        ("number", "0", "0", Decimal(0)),
        ("number", "12.3450", "12.3450", Decimal("12.345")),
        ("money", "￥3,000.5 元", "3000.50", Decimal("3000.5")),
        ("money", "0", "0.00", Decimal(0)),
        ("date", "2026-05-18", "2026-05-18", date(2026, 5, 18)),
        ("yes_no", "no", False, False),
        ("yes_no", True, True, True),
        ("choice", "甲", "甲", "甲"),
        ("file", 7, 7, 7),
        ("file", None, None, None),
    ],
)
def test_an_answer_is_kept_as_it_was_meant(kind, written, kept, as_plain):
    question = asked(kind)
    assert read_answer(question, written) == kept
    assert plain(question, kept) == as_plain


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("text", 5, "invalid"),
        ("text", "a\u202eb", "text_bidi"),
        ("text", "长" * 2001, "max_length"),
        ("number", "很多", "number_format"),
        ("number", "1e3", "number_format"),
        ("number", True, "number_format"),
        ("number", "12,34", "number_format"),
        ("number", "9" * 13, "number_range"),
        ("number", "0.00001", "number_scale"),
        ("money", "12.345", "amount_scale"),
        ("money", "-1", "amount_scale"),
        ("money", "三千", "number_format"),
        ("date", "2026-02-30", "date_format"),
        ("date", "昨天", "date_format"),
        ("yes_no", "maybe", "yes_no"),
        ("choice", "丙", "invalid_choice"),
        ("file", "7", "file_expected"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_was_read(kind, written, code):
    with pytest.raises(ValidationError) as refused:
        read_answer(asked(kind), written)
    assert refused.value.error_list[0].code == code


def test_zero_and_no_are_answers():
    required = [asked("number", required=True, key="n"), asked("yes_no", required=True, key="y")]
    assert check_complete(required, {"n": "0", "y": False}) == []
    assert check_complete(required, {"n": None}) == required


def test_questions_get_keys_that_are_free():
    questions = read_questions([TEXT, {**TEXT, "label": "读者", "key": "q1"}, {**TEXT, "label": "备注"}])
    assert [question.key for question in questions] == ["q2", "q1", "q3"]


@pytest.mark.parametrize(
    "entries",
    [
        [{**TEXT, "label": ""}],
        [{**TEXT, "kind": "picture"}],
        [{**TEXT, "key": "Q 1"}],
        [{**TEXT, "label": "长" * 101}],
        [TEXT, TEXT],
        [TEXT | {"key": "a"}, {**TEXT, "label": "二", "key": "a"}],
        [{"label": "选", "kind": "choice", "choices": ["甲"]}],
        [{"label": "选", "kind": "choice", "choices": ["甲", "甲"]}],
        [{**TEXT, "label": f"问{number}"} for number in range(MOST_QUESTIONS + 1)],
    ],
)
def test_questions_that_cannot_be_are_refused_together(entries):
    with pytest.raises(ValidationError) as refused:
        read_questions(entries)
    assert set(refused.value.error_dict) == {"questions"}
