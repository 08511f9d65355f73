"""The questions of a collection, and what may be answered to each: the small form that goes out with a circular."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from culture_admin.interfaces.queries import day
from culture_admin.interfaces.text import clean_line, clean_text

MOST_QUESTIONS, MOST_CHOICES = 30, 30
LONGEST_LABEL, LONGEST_HELP, LONGEST_CHOICE, LONGEST_TEXT = 100, 200, 60, 2000
# Beyond these a number is a slip of the finger: twelve digits before the point, as in the money of a county.
_LARGEST = Decimal(10) ** 12
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")


class AnswerKind(models.TextChoices):
    """What is asked for."""

    TEXT = "text", pgettext_lazy("an answer", "Text")
    NUMBER = "number", gettext_lazy("Number")
    MONEY = "money", gettext_lazy("Money (yuan)")
    DATE = "date", gettext_lazy("Date")
    YES_NO = "yes_no", gettext_lazy("Yes or no")
    CHOICE = "choice", gettext_lazy("One of several")
    FILE = "file", pgettext_lazy("an answer", "File")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. key: by which answers are kept, the same through all versions of the form."""

    key: str
    label: str
    kind: str
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping) -> Question:
        """The question as a form keeps it."""
        return cls(**{**kept, "choices": tuple(kept["choices"])})

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "choices": list(self.choices)}

    @property
    def kind_label(self) -> str:
        return str(AnswerKind(self.kind).label)


def read_questions(entries: Iterable[Mapping]) -> list[Question]:
    """The questions as they were written; keys are given to those without one. Raises ValidationError at `questions`."""
    entries = list(entries)
    if len(entries) > MOST_QUESTIONS:
        raise _fault(_("At most %(most)d questions.") % {"most": MOST_QUESTIONS}, "too_many_questions")
    taken = {str(entry.get("key") or "") for entry in entries}
    fresh = (key for number in range(1, 2 * MOST_QUESTIONS + 1) if (key := f"q{number}") not in taken)
    questions: list[Question] = []
    faults = []
    for number, entry in enumerate(entries, start=1):
        try:
            questions.append(_read_question(entry, fresh))
        except ValidationError as refused:
            message = _("Question %(number)d: %(reason)s") % {"number": number, "reason": refused.messages[0]}
            faults.append(ValidationError(message, code=refused.error_list[0].code))
    if not faults and len({question.key for question in questions}) < len(questions):
        faults.append(ValidationError(_("Two questions have the same key."), code="key_twice"))
    if not faults and len({question.label for question in questions}) < len(questions):
        faults.append(ValidationError(_("Two questions read the same."), code="label_twice"))
    if faults:
        raise ValidationError({"questions": faults})
    return questions


def read_answer(question: Question, written: object) -> object:
    """What is kept of an answer: text, a number or an amount as plain text, a date as text, yes or no, None for nothing.

    A file is kept by the id of its attachment and read elsewhere. Raises ValidationError that says what was read.
    """
    if written is None or (isinstance(written, str) and not written.strip()):
        return None
    reader = _READERS[question.kind]
    return reader(question, written)


def check_complete(questions: Sequence[Question], answers: Mapping[str, object]) -> list[Question]:
    """The required questions that are not answered yet."""
    return [question for question in questions if question.required and answers.get(question.key) is None]


def plain(question: Question, kept: object) -> object:
    """An answer as a sheet has it: text, a number, a date, yes or no, None."""
    if kept is None:
        return None
    if question.kind in (AnswerKind.NUMBER, AnswerKind.MONEY):
        return Decimal(str(kept))
    return date.fromisoformat(str(kept)) if question.kind == AnswerKind.DATE else kept


def shown(question: Question, kept: object) -> str:
    """An answer as a page has it, in the reader's language; nothing for none."""
    value = plain(question, kept)
    if value is None:
        return ""
    if question.kind == AnswerKind.YES_NO:
        return _("Yes") if value else _("No")
    if question.kind == AnswerKind.MONEY:
        return f"{value:,.2f}"
    return f"{value:,}" if question.kind == AnswerKind.NUMBER else str(value)


def _read_question(entry: Mapping, fresh) -> Question:
    label = clean_line(str(entry.get("label") or ""), max_length=LONGEST_LABEL)
    if not label:
        raise ValidationError(_("Write what is asked."), code="required")
    kind = entry.get("kind")
    if kind not in AnswerKind.values:
        raise ValidationError(
            _("Say what kind of answer it wants: %(known)s.") % {"known": ", ".join(AnswerKind.values)},
            code="invalid_choice",
        )
    key = str(entry.get("key") or "") or next(fresh)
    if not _KEY.fullmatch(key):
        raise ValidationError(_("A key has small letters, digits and _, at most 30."), code="key_format")
    choices = tuple(_read_choices(entry.get("choices") or ())) if kind == AnswerKind.CHOICE else ()
    help_text = clean_line(str(entry.get("help") or ""), max_length=LONGEST_HELP)
    return Question(key, label, str(kind), bool(entry.get("required")), help_text, choices)


def _read_choices(written: Sequence) -> list[str]:
    choices = [
        choice for choice in (clean_line(str(choice), max_length=LONGEST_CHOICE) for choice in written) if choice
    ]
    if not 2 <= len(choices) <= MOST_CHOICES or len(set(choices)) < len(choices):
        raise ValidationError(_("Give from 2 to %(most)d different choices.") % {"most": MOST_CHOICES}, code="choices")
    return choices


def _read_text(question: Question, written: object) -> str:
    if not isinstance(written, str):
        raise ValidationError(_("Expected text."), code="invalid")
    return clean_text(written, max_length=LONGEST_TEXT)


def _read_number(question: Question, written: object) -> str:
    """A number as people write it: full-width digits and thousands separators are understood, words are not."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        raise _no_number(written)
    text = unicodedata.normalize("NFKC", str(written)).strip().replace("，", ",")
    if question.kind == AnswerKind.MONEY:
        text = text.removeprefix("¥").removesuffix("元").strip()
    if not (_PLAIN.fullmatch(text) or _THOUSANDS.fullmatch(text)):
        raise _no_number(written)
    number = Decimal(text.replace(",", ""))
    if abs(number) >= _LARGEST:
        raise ValidationError(_("“%(read)s” is too large.") % {"read": text}, code="number_range")
    scale = -int(number.as_tuple().exponent)
    if question.kind == AnswerKind.MONEY and (scale > 2 or number < 0):
        raise ValidationError(
            _("An amount of money has at most two decimals and is not negative; read %(read)s.") % {"read": text},
            code="amount_scale",
        )
    if scale > 4:
        raise ValidationError(
            _("A number has at most four decimals; read %(read)s.") % {"read": text}, code="number_scale"
        )
    return f"{number:.2f}" if question.kind == AnswerKind.MONEY else f"{number:f}"


def _read_date(question: Question, written: object) -> str:
    found = day(written.strip()) if isinstance(written, str) else written if isinstance(written, date) else None
    if found is None:
        raise ValidationError(_("Expected a date like 2024-05-31."), code="date_format")
    return found.isoformat()


def _read_yes_no(question: Question, written: object) -> bool:
    if isinstance(written, bool):
        return written
    if written in ("yes", "no"):
        return written == "yes"
    raise ValidationError(_("Expected yes or no."), code="yes_no")


def _read_choice(question: Question, written: object) -> str:
    if written not in question.choices:
        raise ValidationError(
            _("“%(read)s” is not one of the choices: %(known)s.")
            % {"read": str(written)[:LONGEST_CHOICE], "known": "、".join(question.choices)},
            code="invalid_choice",
        )
    return str(written)


def _read_file(question: Question, written: object) -> int:
    if type(written) is not int:
        raise ValidationError(_("Expected the id of a file kept with this reply."), code="file_expected")
    return written


_READERS = {
    AnswerKind.TEXT: _read_text,
    AnswerKind.NUMBER: _read_number,
    AnswerKind.MONEY: _read_number,
    AnswerKind.DATE: _read_date,
    AnswerKind.YES_NO: _read_yes_no,
    AnswerKind.CHOICE: _read_choice,
    AnswerKind.FILE: _read_file,
}


def _no_number(written: object) -> ValidationError:
    message = _("“%(read)s” is not a number; write it in digits, such as 1234.5.")
    return ValidationError(message % {"read": str(written)[:LONGEST_CHOICE]}, code="number_format")


def _fault(message: str, code: str) -> ValidationError:
    return ValidationError({"questions": ValidationError(message, code=code)})
