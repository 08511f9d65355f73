"""Log a visit day, plan some, change one."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from culture_admin.desk.forms.entries import VerbForm, day_input
from culture_admin.interfaces.queries import day
from culture_admin.interfaces.text import TextFormField
from stations.models import Pairing, PairingVisit, Task

# So many of the last activities of a station are offered to be linked.
OFFERED = 12


class PairingChoice(forms.ModelChoiceField):
    """A station one is paired with."""

    default_error_messages = {"required": _("Say at which station.")}

    def label_from_instance(self, pairing: Pairing) -> str:
        return str(pairing.station)


class ActivityChoice(forms.ModelMultipleChoiceField):
    """Activities of the station, each with its day."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.begins_on:%m-%d} {activity.title}"


class VisitForm(VerbForm):
    """A day at a station. `entries()` is what `log_visit` and `change_visit` take."""

    on = forms.DateField(label=_("Day"), widget=day_input(), error_messages={"required": _("Say on which day it was.")})
    part = forms.ChoiceField(
        label=_("Part of the day"), choices=PairingVisit.Part.choices, initial=PairingVisit.Part.WHOLE
    )
    tasks = forms.MultipleChoiceField(
        label=pgettext_lazy("a visit day", "What was done"),
        choices=Task.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    summary = TextFormField(
        label=_("In words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    activities = ActivityChoice(None, label=_("Activities it belongs to"), required=False)

    def __init__(self, *args, user, pairing: Pairing, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Activity.objects.visible_to(user).filter(station=pairing.station_id, state__in=Activity.TOOK_PLACE)
        keys = list(offered.order_by("-begins_on", "-pk").values_list("pk", flat=True)[:OFFERED])
        linked = self.initial.get("activities") or []
        self.fields["activities"].queryset = Activity.objects.visible_to(user).filter(
            pk__in=[*keys, *linked], station=pairing.station_id
        )

    def entries(self) -> dict[str, object]:
        said = {name: self.cleaned_data[name] for name in ("on", "part", "tasks", "summary")}
        return said | {"activities": [activity.pk for activity in self.cleaned_data["activities"]]}


class ChangeVisitForm(VisitForm):
    """A visit day to be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, visit: PairingVisit, **kwargs):
        names = ("on", "part", "tasks", "summary", "activities", "version")
        super().__init__(*args, initial={name: getattr(visit, name) for name in names}, pairing=visit.pairing, **kwargs)


class DaysField(forms.Field):
    """Days, one a line or parted by commas; gives them in order. How many there may be the verb says."""

    widget = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})

    def to_python(self, value: object) -> list[date]:
        written = re.split(r"[\s,，、;；]+", str(value or ""))
        days = []
        for word in filter(None, written):
            found = day(word)
            if found is None:
                message = _("“%(word)s” is not a date like 2024-05-31.")
                raise ValidationError(message, code="date_format", params={"word": word[:40]})
            days.append(found)
        return days


class PlanVisitsForm(VerbForm):
    """Days on which one means to come to a station."""

    pairing = PairingChoice(None, label=_("Station"), empty_label="–")
    days = DaysField(
        label=_("Days, one a line"),
        help_text=_("Such as 2024-05-31; the station sees them and expects you."),
        error_messages={"required": _("Write at least one day.")},
    )

    def __init__(self, *args, pairings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairing"].queryset = pairings
