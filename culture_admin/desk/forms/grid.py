"""What goes with the cells of the month grid: what is to be done, a pasted block, and why rows come so late."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.grids import MOST, ROWS
from culture_admin.interfaces.text import LineFormField

ACTS = ("more", "read", "save", "good")


class GridForm(VerbForm):
    """An act on the grid. The cells themselves are read like a ledger."""

    act = forms.ChoiceField(choices=[(act, "") for act in ACTS])
    rows = forms.IntegerField(min_value=1, max_value=MOST, initial=ROWS, widget=forms.HiddenInput)
    pasted = forms.CharField(
        label=_("A block copied from Excel"),
        help_text=_("Columns: date, title, kind, people, class hours; or with the header row of your ledger."),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    late_reason = LineFormField(label=_("Why so late"), required=False, max_length=200)
