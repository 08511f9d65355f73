"""What a firm says of an item of the service standard, and what a town thinks of the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.assessments import ClaimForm
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.interfaces.text import LineFormField
from stewards.models import TownRating


class ServiceClaimForm(ClaimForm):
    """What the firm says of one item."""

    note = LineFormField(label=_("Note and evidence"), required=False, max_length=500)


class RatingForm(VerbForm):
    """From 1 to 5; a thumb needs nothing else."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    points = forms.ChoiceField(
        label=_("Rating (1 to 5)"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Rate the service from 1 to 5.")},
    )
    comment = LineFormField(label=_("Comment"), required=False, max_length=300)

    WORDS = (
        _("very dissatisfied"),
        _("dissatisfied"),
        _("neither"),
        _("satisfied"),
        _("very satisfied"),
    )

    def __init__(self, data: Any = None, *, rating: TownRating):
        initial = {"version": rating.version, "points": rating.points, "comment": rating.comment}
        super().__init__(data, initial=initial)
        self.fields["points"].choices = [(str(at), f"{at} · {word}") for at, word in enumerate(self.WORDS, 1)]

    def entries(self) -> dict[str, object]:
        said = self.cleaned_data
        return {"points": int(said["points"]), "comment": said["comment"], "seen": said["version"]}
