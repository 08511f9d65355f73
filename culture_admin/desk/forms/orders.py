"""Order from the menu, and agree to an order for a day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.desk.reach import villages_of
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Station
from stewards.models import ServiceOrder


class OrderForm(VerbForm):
    """What a town wants of a line, how much, and when."""

    what = LineFormField(label=_("What is wanted"), max_length=200)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=9, decimal_places=2, widget=number_input(inputmode="decimal"), initial=1
    )
    wanted_on = forms.DateField(label=_("Wanted for"), widget=day_input())
    village = forms.ModelChoiceField(None, label=_("Village or community"), required=False, empty_label="–")
    people = forms.IntegerField(label=_("Expected people"), required=False, widget=number_input())

    def __init__(self, *args, station: Station, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages_of(station, on)


class AgreeForm(VerbForm):
    """For which day the firm agrees."""

    step = forms.CharField(widget=forms.HiddenInput, initial="agree")
    agreed_on = forms.DateField(label=_("Agreed for"), widget=day_input())
    comment = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, order: ServiceOrder, **kwargs):
        initial = {"agreed_on": order.wanted_on, "version": order.version, "step": "agree"}
        super().__init__(*args, **{"initial": initial, **kwargs})
