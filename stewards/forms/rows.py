"""Rows of a table as one field of a form, which works without scripts: the lines of a service list, a payment plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from culture_admin.interfaces.money import read_amount
from culture_admin.interfaces.queries import day
from culture_admin.interfaces.text import clean_line

NUMBER, DECIMAL, MONEY, DAY, TEXT, CHOICE, TICK = "number", "decimal", "money", "day", "text", "choice", "tick"


@dataclass(frozen=True)
class Part:
    """A column: what it is called and how it is read. choices: value and word, of a CHOICE.

    needed: a row in which it is empty is refused. marks: a row in which nothing but other parts stands is empty.
    """

    name: str
    label: object
    kind: str = TEXT
    choices: Callable[[], Sequence[tuple[object, object]]] = tuple
    needed: bool = False
    marks: bool = True
    longest: int = 120


class RowsWidget(forms.Widget):
    """A table with a row for each entry, and some empty ones below."""

    template_name = "stewards/rows.html"
    use_fieldset = True

    def __init__(self, parts: Sequence[Part], spare: int, most: int):
        super().__init__()
        self.parts, self.spare, self.most = parts, spare, most
        # Choices that the form knows and the declaration does not.
        self.choices: dict[str, Sequence[tuple[object, object]]] = {}

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [shown(self.parts, row) for row in value or []]
        rows += [self._empty()] * max(0, min(self.spare, self.most - len(rows)))
        offered = {part.name: self.choices.get(part.name) or part.choices() for part in self.parts}
        context["parts"] = self.parts
        context["rows"] = [
            [
                {
                    "part": part,
                    "field": f"{name}-{number}-{part.name}",
                    "value": row[part.name],
                    "choices": [(str(key), word) for key, word in offered[part.name]],
                }
                for part in self.parts
            ]
            for number, row in enumerate(rows)
        ]
        return context

    def render(self, name, value, attrs=None, renderer=None):
        """From the project's templates; the renderer of forms looks among Django's alone."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> list[dict[str, str]]:
        """The rows in which something stands, in their order, as they were written."""
        rows = [
            {part.name: data.get(f"{name}-{number}-{part.name}", "").strip() for part in self.parts}
            for number in range(self.most + 1)
        ]
        return [row for row in rows if any(row[part.name] for part in self.parts if part.marks)]

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return not any(key.startswith(f"{name}-0-") for key in data)

    def _empty(self) -> dict[str, str]:
        return {part.name: "1" if part.kind == TICK else "" for part in self.parts}


class RowsField(forms.Field):
    """Rows as mappings by the names of their parts; what is empty in one is left out."""

    def __init__(self, parts: Sequence[Part], *, spare: int = 4, most: int = 200, **kwargs):
        self.parts = parts
        super().__init__(**{"required": False, "widget": RowsWidget(parts, spare, most), **kwargs})

    def clean(self, value: Sequence[Mapping[str, str]]) -> list[dict[str, object]]:
        faults, rows = [], []
        for number, row in enumerate(value or [], 1):
            read: dict[str, object] = {}
            for part in self.parts:
                try:
                    found = _read(part, row.get(part.name, ""), self._offered(part))
                except ValidationError as refused:
                    told = {"number": number, "what": f"{part.label}: {refused.messages[0]}"}
                    faults.append(ValidationError(_("Line %(number)s: %(what)s") % told, code=refused.code))
                    continue
                if found is not None:
                    read[part.name] = found
            rows.append(read)
        if faults:
            raise ValidationError(faults)
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [shown(self.parts, row) for row in initial or []] != [shown(self.parts, row) for row in data or []]

    def offer(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        """Lets a part choose among these."""
        widget: Any = self.widget
        widget.choices = {**widget.choices, name: choices}

    def __deepcopy__(self, memo):
        twin: Any = super().__deepcopy__(memo)
        twin.widget.choices = {}
        return twin

    def _offered(self, part: Part) -> Sequence[tuple[object, object]]:
        widget: Any = self.widget
        return widget.choices.get(part.name) or part.choices()


def shown(parts: Sequence[Part], row: Mapping[str, object]) -> dict[str, str]:
    """A row as its inputs show it."""
    return {part.name: _written(row.get(part.name)) for part in parts}


def _written(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "pk", value))


def _read(part: Part, written: str, choices: Sequence[tuple[object, object]]) -> object:
    if part.kind == TICK:
        return bool(written)
    if not written and part.needed:
        raise ValidationError(_("This is needed."), code="required")
    if not written:
        return None
    if part.kind == CHOICE:
        return _chosen(written, choices)
    return READERS[part.kind](written, part)


def _chosen(written: str, choices: Sequence[tuple[object, object]]) -> object:
    chosen = next((key for key, _word in choices if str(key) == written), None)
    if chosen is None:
        raise ValidationError(_("This is none of the choices."), code="invalid_choice")
    return chosen


def _day(written: str, part: Part) -> date:
    found = day(written)
    if found is None:
        raise ValidationError(_("Expected a date like 2024-05-31."), code="date_format")
    return found


def _number(written: str, part: Part) -> int | Decimal:
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**9 or (part.kind == NUMBER and number != int(number)):
        raise ValidationError(_("“%(value)s” is not a number.") % {"value": written[:40]}, code="number_format")
    return int(number) if part.kind == NUMBER else number


READERS: dict[str, Callable[[str, Part], object]] = {
    NUMBER: _number,
    DECIMAL: _number,
    DAY: _day,
    MONEY: lambda written, part: read_amount(written),
    TEXT: lambda written, part: clean_line(written, max_length=part.longest),
}
