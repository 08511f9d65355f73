"""The form of a collection, made of the questions that its circular asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import AnswerKind, Question, Reply
from stations.models.questions import LONGEST_TEXT

LONGEST_NUMBER = 40
TAKE_AWAY = "away-"


class ReplyForm(VerbForm):
    """One field for each question. Nothing is required while it is a draft; `submit` asks for what is.

    `answers()` and `sent_files()` are what the verbs take.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, reply: Reply, **kwargs):
        self.questions = reply.form.questions
        kept = {
            question.key: _initial(reply.answers.get(question.key))
            for question in self.questions
            if question.kind != AnswerKind.FILE
        }
        super().__init__(data, files, initial=kept | {"version": reply.version}, **kwargs)
        for question in self.questions:
            field = _field(question)
            field.label, field.help_text = question.label, question.help
            self.fields[question.key] = field
            if question.kind == AnswerKind.FILE and reply.answers.get(question.key):
                self.fields[TAKE_AWAY + question.key] = forms.BooleanField(
                    label=_("Take the file away"), required=False
                )

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField, forms.BoundField | None]]:
        """Each question with its field, and the box by which its file is taken away."""
        return [
            (
                question,
                self[question.key],
                self[TAKE_AWAY + question.key] if TAKE_AWAY + question.key in self.fields else None,
            )
            for question in self.questions
        ]

    def answers(self) -> dict[str, object]:
        """By key; a file that is neither sent nor taken away is not named."""
        said: dict[str, object] = {}
        for question in self.questions:
            value = self.cleaned_data.get(question.key)
            if question.kind != AnswerKind.FILE:
                said[question.key] = value
            elif self.cleaned_data.get(TAKE_AWAY + question.key) and not value:
                said[question.key] = None
        return said

    def sent_files(self) -> dict[str, tuple[str, bytes]]:
        """By key the name and the content of each file that was sent."""
        return {
            question.key: (sent.name, sent.read())
            for question in self.questions
            if question.kind == AnswerKind.FILE and (sent := self.cleaned_data.get(question.key))
        }


def _initial(kept: object) -> object:
    """An answer as its field has it."""
    return {True: "yes", False: "no"}[kept] if isinstance(kept, bool) else kept


def _field(question: Question) -> forms.Field:
    match question.kind:
        case AnswerKind.TEXT:
            return TextFormField(required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}))
        case AnswerKind.NUMBER | AnswerKind.MONEY:
            return LineFormField(required=False, max_length=LONGEST_NUMBER, widget=number_input(inputmode="decimal"))
        case AnswerKind.DATE:
            return forms.DateField(required=False, widget=day_input())
        case AnswerKind.YES_NO:
            choices = [("", "–"), ("yes", _("Yes")), ("no", _("No"))]
            return forms.ChoiceField(required=False, choices=choices)
        case AnswerKind.CHOICE:
            return forms.ChoiceField(
                required=False, choices=[("", "–"), *((choice, choice) for choice in question.choices)]
            )
        case _:
            return forms.FileField(
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
            )
