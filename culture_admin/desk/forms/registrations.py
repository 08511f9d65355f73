"""Opening and writing registration cases: what is asked depends on the kind of the case."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import AnnualReport, Registration
from stations.models.annual_reports import MOST_STAFF
from stations.models.certificate import MOST_COPIES
from stations.models.registration import GROUNDS, Ground, Item, Kind

REGISTERED = tuple(Item.values)
# What a case of each kind is asked for on the phone, besides what it is begun with.
ASKED: dict[str, tuple[str, ...]] = {
    Kind.ESTABLISHMENT: (*REGISTERED, "duplicates", "note"),
    Kind.CHANGE: ("items", "event_on", *REGISTERED, "note"),
    Kind.RENEWAL: ("duplicates", "note"),
    Kind.REISSUE: ("ground", "duplicates", "note"),
    Kind.CANCELLATION: ("ground", "event_on", "liquidation_from", "liquidation_to", "note"),
    Kind.ANNUAL_REPORT: ("note",),
}
HINTS = {
    Kind.ESTABLISHMENT: _("The station becomes a legal person."),
    Kind.CHANGE: _("Within 30 working days of what has changed; new premises before moving in."),
    Kind.RENEWAL: _("Within the 30 days before the certificate ends."),
    Kind.REISSUE: _("The certificate is lost or damaged."),
    Kind.CANCELLATION: _("Within 15 days after the liquidation."),
    Kind.ANNUAL_REPORT: _("From 1 January to 31 March, of the year before."),
}


def amount(label: object, **rules) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=14,
        decimal_places=2,
        widget=number_input(inputmode="decimal"),
        **rules,
    )


class CaseForm(VerbForm):
    """A case of one kind at one station; `case` where there is one already, whose version it was shown at."""

    items = forms.MultipleChoiceField(
        label=_("What is changed"), choices=Item.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    ground = forms.ChoiceField(label=_("Ground"), required=False)
    event_on = forms.DateField(
        label=_("Day of the event"),
        required=False,
        widget=day_input(),
        help_text=_("When it changed, or when you will move in; of a cancellation, when the ground arose."),
    )
    name = LineFormField(label=_("Registered name"), max_length=100, required=False)
    legal_representative = LineFormField(label=_("Legal representative"), max_length=60, required=False)
    purpose = TextFormField(
        label=_("Purpose and business scope"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    funding = LineFormField(label=_("Funding source"), max_length=60, required=False)
    domicile = LineFormField(label=_("Domicile"), max_length=200, required=False)
    startup_funds = amount(_("Start-up funds (yuan)"), min_value=Decimal(0))
    duplicates = forms.IntegerField(
        label=_("Duplicates"), min_value=0, max_value=MOST_COPIES, widget=number_input(), initial=1
    )
    liquidation_from = forms.DateField(label=_("Liquidation group formed"), required=False, widget=day_input())
    liquidation_to = forms.DateField(label=_("Liquidation ended"), required=False, widget=day_input())
    note = TextFormField(
        label=_("Explanation"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, kind: str, case: Registration | None = None, begun: Registration | None = None, **kwargs):
        shown = case or begun
        initial = {name: getattr(shown, name) for name in ASKED[kind]} if shown else {}
        kwargs["initial"] = initial | ({"version": case.version} if case else {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in list(self.fields):
            if name not in (*ASKED[kind], "version") or (name == "version" and case is None):
                del self.fields[name]
        if "ground" in self.fields:
            choices = [(ground, Ground(ground).label) for ground in GROUNDS[kind]]
            self.fields["ground"].choices = [("", _("Choose …")), *choices]
            self.fields["ground"].required = True
        if kind == Kind.CHANGE:
            self.fields["items"].required = True
            self.fields["items"].error_messages = {"required": _("Say what is changed.")}

    @property
    def ticked(self) -> Sequence[tuple[forms.BoundField, object]]:
        """The fields of what may be changed, each with its tick."""
        ticks = {tick.data["value"]: tick for tick in self["items"].subwidgets}
        return [(self[name], ticks[name]) for name in REGISTERED]

    @property
    def plain_fields(self) -> Sequence[forms.BoundField]:
        """The fields that do not hang on a tick."""
        hanging = {*REGISTERED, "items"} if self.kind == Kind.CHANGE else set()
        return [field for field in self.visible_fields() if field.name not in hanging]

    def entries(self) -> dict[str, object]:
        """What goes to the verb: of a change only what is ticked; what was not is as on the certificate."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if self.kind == Kind.CHANGE:
            for name in REGISTERED:
                if name not in said["items"]:
                    del said[name]
        return said


class ReportForm(VerbForm):
    """The eight items of an annual report; what the system knows stands in them already."""

    activities = TextFormField(label=_("Business activities"), required=False)
    net_assets_begin = amount(_("Net assets at the beginning of the year (yuan)"))
    net_assets_end = amount(_("Net assets at the end of the year (yuan)"))
    income = amount(_("Income of the year (yuan)"))
    expenditure = amount(_("Expenditure of the year (yuan)"))
    changes = TextFormField(label=_("How changes were registered"), required=False)
    performance = TextFormField(label=_("Performance, awards and penalties"), required=False)
    lawsuits = TextFormField(label=_("Lawsuits"), required=False, help_text=_("Where there was none, write so."))
    complaints = TextFormField(
        label=_("Complaints by the public"), required=False, help_text=_("Where there was none, write so.")
    )
    donations = TextFormField(
        label=_("Donations received and their use"), required=False, help_text=_("Where there was none, write so.")
    )
    other = TextFormField(label=_("Other matters"), required=False, help_text=_("Where there was none, write so."))
    staff = forms.IntegerField(
        label=_("People employed"), required=False, min_value=0, max_value=MOST_STAFF, widget=number_input()
    )
    web_name = LineFormField(label=_("Name on the web"), required=False, max_length=100)
    filled_in_by = LineFormField(label=_("Filled in by"), required=False, max_length=60)
    telephone = LineFormField(label=_("Telephone"), required=False, max_length=30)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case: Registration, report: AnnualReport, **kwargs):
        initial = {name: getattr(report, name) for name in self.base_fields if name != "version"}
        kwargs["initial"] = initial | {"version": case.version}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, TextFormField):
                field.widget.attrs["rows"] = 3

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class DocumentForm(VerbForm):
    """A file for one document of a case, or a note where it was handed in."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    file = forms.FileField(
        label=pgettext_lazy("an upload", "File"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    note = LineFormField(label=_("Note"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("file") and not cleaned.get("note"):
            self.add_error(None, ValidationError(_("Choose a file, or write where the document is."), "required"))
        return cleaned


class SeenForm(VerbForm):
    """The version of the case that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(VerbForm):
    """A document that is taken out again."""

    remove = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    version = forms.IntegerField(widget=forms.HiddenInput)
