"""The result of a collection as a table: a line for each unit, a column for each question, and the sums below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.spreadsheets import Sheet
from stations.models import Circular, Reply
from stations.models.questions import AnswerKind, Question, plain, shown

SUMMED = (AnswerKind.NUMBER, AnswerKind.MONEY)


@dataclass(frozen=True)
class Answer:
    """One cell: the answer as a page has it, as a sheet has it, and the file that it is."""

    text: str
    value: object
    file: Attachment | None = None

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, Decimal)


@dataclass(frozen=True)
class Line:
    """One unit's side: its reply, and its answers in the order of the columns. What is not handed in yet is its own."""

    reply: Reply
    answers: list[Answer]


@dataclass(frozen=True)
class Results:
    """The table. asked: the questions of all versions of the form, those of the latest first. sums: by column, or None."""

    circular: Circular
    asked: list[Question]
    lines: list[Line]
    sums: list[Decimal | None]

    def count(self, *states: str) -> int:
        return sum(line.reply.state in states for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.reply.is_owed and line.reply.is_late for line in self.lines)

    @property
    def shown_sums(self) -> list[str]:
        return [
            "" if total is None else shown(question, total)
            for question, total in zip(self.asked, self.sums, strict=True)
        ]

    def sheet(self) -> Sheet:
        """The table as a file."""
        header = [
            _("Unit"),
            _("State"),
            _("Late"),
            pgettext("a circular by a unit", "Received"),
            pgettext("a reply", "Submitted"),
            _("Times chased up"),
        ]
        header += [question.label for question in self.asked]
        lines: list[list[object]] = [
            [
                line.reply.unit.name,
                line.reply.get_state_display(),
                line.reply.is_late,
                line.reply.received_at,
                line.reply.submitted_at,
                line.reply.chases,
                *(answer.value for answer in line.answers),
            ]
            for line in self.lines
        ]
        if any(total is not None for total in self.sums):
            lines.append([_("Total"), None, None, None, None, None, *self.sums])
        return Sheet(self.circular.title, header, lines)


def results_of(circular: Circular, replies: Iterable[Reply]) -> Results:
    """The table of those replies to a circular that the reader sees."""
    rows = list(replies)
    asked = _asked(circular)
    files = _files(rows, asked)
    lines = [Line(reply, [_answer(question, reply, files) for question in asked]) for reply in rows]
    sums = [_sum(question, [line.answers[index].value for line in lines]) for index, question in enumerate(asked)]
    return Results(circular, asked, lines, sums)


def handed_in(reply: Reply) -> dict[str, object]:
    """The answers of a reply that are the bureau's to read: those that were handed in and not returned."""
    return reply.answers if reply.state in (Reply.State.SUBMITTED, Reply.State.ACCEPTED) else {}


def _asked(circular: Circular) -> list[Question]:
    """The questions of all versions, those of the latest first; a question is the same by its key and its kind."""
    asked: dict[tuple[str, str], Question] = {}
    for form in sorted(circular.forms.all(), key=lambda form: -form.number):
        for question in form.questions:
            asked.setdefault((question.key, question.kind), question)
    return list(asked.values())


def _files(replies: Sequence[Reply], asked: Sequence[Question]) -> dict[int, Attachment]:
    keys = [question.key for question in asked if question.kind == AnswerKind.FILE]
    named = [value for reply in replies for key in keys if isinstance(value := handed_in(reply).get(key), int)]
    return Attachment.objects.in_bulk(named) if named else {}


def _answer(question: Question, reply: Reply, files: dict[int, Attachment]) -> Answer:
    kinds = {one.key: one.kind for one in reply.form.questions} if reply.form else {}
    kept = handed_in(reply).get(question.key) if kinds.get(question.key) == question.kind else None
    if question.kind == AnswerKind.FILE:
        file = files.get(kept) if isinstance(kept, int) else None
        return Answer(file.name if file else "", file.name if file else None, file)
    return Answer(shown(question, kept), plain(question, kept))


def _sum(question: Question, values: Sequence[object]) -> Decimal | None:
    if question.kind not in SUMMED:
        return None
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, Decimal(0)) if known else None
