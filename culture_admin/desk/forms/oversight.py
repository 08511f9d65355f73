"""Propose a feature, record a safety check, receive and answer a complaint, enter the facts of a year."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.desk.reach import villages_of
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.actions.features import CHANGEABLE
from stations.models import Complaint, Feature, SafetyCheck, Station, YearlyFacts
from stations.models.complaints import LONGEST_DAYS, USUAL_DAYS
from stations.models.safety import Item, Result
from stations.models.yearly import COUNTS, FACTS, MONEY, MOST

CHOOSE = [("", "–")]


class FeatureForm(VerbForm):
    """What a town is known for."""

    name = LineFormField(
        label=pgettext_lazy("of a brand", "Name"),
        max_length=60,
        error_messages={"required": _("Write what the town is known for.")},
    )
    village = forms.ModelChoiceField(
        None, label=_("Village or community"), required=False, empty_label=_("The whole town")
    )
    since = forms.DateField(label=_("Since"), required=False, widget=day_input())
    level = forms.ChoiceField(
        label=_("Recognised by"),
        choices=CHOOSE + Feature.Level.choices,
        error_messages={"required": _("Choose who has recognised it.")},
    )
    document = LineFormField(label=_("Issuing document"), required=False, max_length=120)
    description = TextFormField(label=_("Description"), required=False, max_length=2000)

    def __init__(self, *args, station: Station, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages_of(station, timezone.localdate())


class ChangeFeatureForm(FeatureForm):
    """A feature to be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, feature: Feature, **kwargs):
        initial = {name: getattr(feature, name) for name in (*CHANGEABLE, "version")}
        super().__init__(*args, station=feature.station, initial=initial, **kwargs)

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class SafetyCheckForm(VerbForm):
    """What was looked at; a thing that is left empty was not looked at."""

    NAMES = {"items": "exits_result"}

    checked_on = forms.DateField(label=_("Checked on"), widget=day_input())
    by = forms.ChoiceField(label=_("Checked by"), choices=SafetyCheck.By.choices)
    checker = LineFormField(label=_("Checker"), max_length=60, error_messages={"required": _("Write who has looked.")})
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[f"{item}_result"] = forms.ChoiceField(
                label=item.label, choices=CHOOSE + Result.choices, required=False
            )
            self.fields[f"{item}_remark"] = LineFormField(label=_("Remark"), required=False, max_length=200)

    def entries(self) -> dict[str, object]:
        said = self.cleaned_data
        items = [
            {"item": item, "result": said[f"{item}_result"], "remark": said[f"{item}_remark"]}
            for item in Item.values
            if said[f"{item}_result"]
        ]
        return {name: said[name] for name in ("checked_on", "by", "checker", "note")} | {"items": items}


class ComplaintForm(VerbForm):
    """A complaint as it came in; who complained is sealed at once."""

    received_on = forms.DateField(label=_("Received on"), widget=day_input())
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=CHOOSE + Complaint.Channel.choices,
        error_messages={"required": _("Choose how it came.")},
    )
    about = forms.ChoiceField(
        label=_("About"),
        choices=CHOOSE + Complaint.About.choices,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = TextFormField(
        label=pgettext_lazy("a complaint", "What was said"),
        max_length=2000,
        error_messages={"required": _("Write what was said.")},
    )
    working_days = forms.IntegerField(
        label=_("To be answered within (working days)"),
        initial=USUAL_DAYS,
        min_value=1,
        max_value=LONGEST_DAYS,
        widget=number_input(),
    )
    name = LineFormField(
        label=_("Name of who complained"),
        required=False,
        max_length=60,
        help_text=_("Sealed; only who answers may open it, and it is noted."),
    )
    contact = LineFormField(label=_("How he is reached"), required=False, max_length=60)


class AnswerForm(VerbForm):
    """What the town answers, and to what outcome it has come."""

    answer = TextFormField(
        label=_("Answer"), max_length=4000, error_messages={"required": _("Write what the town answers.")}
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=CHOOSE + Complaint.Outcome.choices,
        error_messages={"required": _("Choose the outcome.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, complaint: Complaint, **kwargs):
        kwargs["initial"] = {name: getattr(complaint, name) for name in ("answer", "outcome", "version")}
        super().__init__(*args, **kwargs)


class RevealForm(VerbForm):
    """Why somebody needs a sealed value."""

    field = forms.ChoiceField(choices=[("name", ""), ("contact", "")], widget=forms.HiddenInput)
    reason = LineFormField(label=_("What you need it for"), max_length=200)


class YearForm(VerbForm):
    """Which year."""

    year = forms.IntegerField(label=_("Year"), widget=number_input())


class FactsForm(VerbForm):
    """The facts of a year. An empty field is not recorded, 0 is confirmed to be none."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, facts: YearlyFacts, carried: dict[str, object], before: YearlyFacts | None, **kwargs):
        names = (*FACTS, "note", "version")
        kwargs["initial"] = {name: getattr(facts, name) for name in names} | carried
        super().__init__(*args, **kwargs)
        self.stored = {name: getattr(facts, name) for name in (*FACTS, "note")}
        for name in (*COUNTS, *MONEY):
            was = getattr(before, name) if before else None
            shared = {
                "label": facts._meta.get_field(name).verbose_name,
                "required": False,
                "min_value": 0,
                "help_text": _("Last year: %(number)s") % {"number": was} if was is not None else "",
            }
            if name in COUNTS:
                self.fields[name] = forms.IntegerField(max_value=MOST, widget=number_input(), **shared)
            else:
                decimal = number_input(inputmode="decimal")
                self.fields[name] = forms.DecimalField(max_digits=14, decimal_places=2, widget=decimal, **shared)
        self.fields["note"] = TextFormField(label=_("Note"), required=False, max_length=2000)

    def entries(self) -> dict[str, object]:
        """What differs from what is stored; a level carried on from last year is entered by saving it."""
        return {
            name: self.cleaned_data[name] for name, before in self.stored.items() if self.cleaned_data[name] != before
        }
