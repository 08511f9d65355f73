"""The forms of the admin: entries go to a verb, and what the verb refuses comes back to the fields."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from unfold.widgets import (
    DATETIME_CLASSES,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from culture_admin.interfaces.money import MoneyField
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.text import LineFormField, TextFormField


class DayInput(forms.DateInput):
    """The browser's own calendar: it speaks the reader's language and fits a thumb."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": " ".join(DATETIME_CLASSES), **(attrs or {})}, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__({"class": " ".join(DATETIME_CLASSES), **(attrs or {})}, format="%H:%M")


FIELDS = {
    models.CharField: {"form_class": LineFormField, "widget": UnfoldAdminTextInputWidget},
    models.TextField: {"form_class": TextFormField, "widget": UnfoldAdminTextareaWidget({"rows": 3})},
    models.DateField: {"widget": DayInput},
    models.TimeField: {"widget": ClockInput},
    # “60万” and “500,000” are amounts, too; a field of numbers would not take them.
    MoneyField: {"widget": UnfoldAdminTextInputWidget({"inputmode": "decimal", "autocomplete": "off"})},
}


class VerbForm(forms.ModelForm):
    """Entries for a verb, by `user`. `refusal` is what the verb said to them, told field by field."""

    user = None
    refusal: Problem | None = None

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            for fault in self.refusal.faults or (Fault(self.refusal.code, self.refusal.detail),):
                self._tell(fault)
        return cleaned

    def _tell(self, fault: Fault) -> None:
        name = (fault.pointer or "").removeprefix("/")
        self.add_error(name if name in self.fields else None, ValidationError(str(fault.message), code=fault.code))
