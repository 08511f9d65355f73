"""The visits of a day, and which month of which station is looked at."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import OpeningVisits
from activities.models.bounds import MOST_PEOPLE
from culture_admin.desk.forms.entries import VerbForm, day_input, number_input


class VisitsForm(VerbForm):
    """How many people came in on a day; of a day that is entered already, with the version looked at."""

    on = forms.DateField(label=_("Day"), widget=day_input(), error_messages={"required": _("Say on which day it was.")})
    visitors = forms.IntegerField(
        label=_("Visitors"),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=number_input(),
        error_messages={"required": _("Write how many came in, 0 if nobody did.")},
    )
    estimated = forms.BooleanField(label=_("Estimated"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, today: date, row: OpeningVisits | None, **kwargs):
        initial: dict[str, object] = {"on": today}
        if row:
            initial = {"on": row.on, "visitors": row.visitors, "estimated": row.estimated, "version": row.version}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["on"].widget.attrs["max"] = today.isoformat()
