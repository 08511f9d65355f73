"""One step of a record's flow, or the same step for several records that were ticked."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.interfaces.text import TextFormField


class StepForm(VerbForm):
    """One step of a record's flow, with the reason where it needs one."""

    step = forms.CharField(max_length=30, widget=forms.HiddenInput)
    comment = TextFormField(label=_("Reason"), required=False, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PicksField(forms.Field):
    """Ticked records, each as KEY-VERSION; gives the version looked at by key."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("Tick at least one."),
        "invalid": _("The page could not be read. Reload it and tick again."),
    }

    def to_python(self, value):
        picks = [re.fullmatch(r"([0-9]{1,18})-([0-9]{1,9})", pick) for pick in value or []]
        if not all(picks):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return {int(pick[1]): int(pick[2]) for pick in picks}


class PickForm(VerbForm):
    """A step for the records that were ticked, or for one of them with the reason that was written beside it."""

    step = forms.ChoiceField(choices=[("confirm", ""), ("return", "")])
    pick = PicksField()

    def clean(self):
        """Takes the reason from the field that belongs to the one record."""
        cleaned = super().clean()
        picked = list(cleaned.get("pick", {}))
        field = TextFormField(required=False, max_length=2000)
        cleaned["comment"] = field.clean(self.data.get(f"reason-{picked[0]}", "")) if len(picked) == 1 else ""
        return cleaned
