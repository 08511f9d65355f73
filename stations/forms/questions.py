"""The questions of a collection as rows of a form, which works without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import pgettext_lazy

from stations.models import AnswerKind
from stations.models.questions import LONGEST_HELP, LONGEST_LABEL, MOST_QUESTIONS, Question

PARTS = ("key", "label", "kind", "required", "help", "choices")
ROWS, SPARE = 8, 4


class QuestionsWidget(forms.Widget):
    """A table with a row for each question, and some empty ones below."""

    template_name = "stations/questions.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [_row(question) for question in value or []]
        spare = max(ROWS - len(rows), SPARE) if len(rows) < MOST_QUESTIONS else 0
        rows += [dict.fromkeys(PARTS, "")] * min(spare, MOST_QUESTIONS - len(rows))
        context["rows"] = list(enumerate(rows))
        context["kinds"] = AnswerKind.choices
        context["longest"] = {"label": LONGEST_LABEL, "help": LONGEST_HELP}
        return context

    def render(self, name, value, attrs=None, renderer=None):
        """From the project's templates; the renderer of forms looks among Django's alone."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> list[dict[str, object]]:
        """The rows in which something stands, in their order."""
        rows = [
            {part: data.get(f"{name}-{number}-{part}", "") for part in PARTS}
            for number in range(MOST_QUESTIONS)
            if f"{name}-{number}-label" in data
        ]
        return [
            {**row, "required": bool(row["required"]), "choices": _lines(row["choices"])}
            for row in rows
            if row["label"] or row["kind"] or row["choices"]
        ]

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return f"{name}-0-label" not in data


class QuestionsField(forms.Field):
    """Questions as entries for `draft_circular`; what is wrong with one the verb says."""

    widget = QuestionsWidget

    def __init__(self, **kwargs):
        super().__init__(**{"label": pgettext_lazy("a form", "What is asked"), "required": False, **kwargs})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [_row(question) for question in initial or []] != [_row(question) for question in data or []]


def _row(question: Question | Mapping) -> dict[str, object]:
    """A question as its row shows it."""
    entry = question.as_dict() if isinstance(question, Question) else question
    choices = entry.get("choices") or ()
    return {
        **{part: entry.get(part) or "" for part in PARTS},
        "required": bool(entry.get("required")),
        "choices": "\n".join(map(str, choices))
        if isinstance(choices, Sequence) and not isinstance(choices, str)
        else choices,
    }


def _lines(written: object) -> list[str]:
    return [line.strip() for line in str(written).splitlines() if line.strip()]
