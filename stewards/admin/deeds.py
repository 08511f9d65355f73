"""Small forms on the page of a contract, each for a verb that wants days or amounts besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import DayInput
from culture_admin.interfaces.admin.doing import done
from culture_admin.interfaces.money import AmountFormField
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import LineFormField
from stewards import actions
from stewards.models import Contract, ServiceLine

C = Contract.State


def day_field(label: object, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **kwargs)


def line_field(label: object, longest: int, **kwargs: Any) -> LineFormField:
    return LineFormField(label=label, max_length=longest, widget=UnfoldAdminTextInputWidget, **kwargs)


def yuan_field(label: object) -> AmountFormField:
    return AmountFormField(label=label, widget=UnfoldAdminTextInputWidget({"inputmode": "decimal"}))


class AwardForm(forms.Form):
    awarded_on = day_field(gettext_lazy("Award notice"))


class SigningForm(forms.Form):
    awarded_on = day_field(gettext_lazy("Award notice"), required=False)
    signed_on = day_field(pgettext_lazy("a contract", "Signed on"))


class FilingForm(forms.Form):
    copied_on = day_field(gettext_lazy("Copy to finance"), required=False)
    published_on = day_field(gettext_lazy("Published on"), required=False)
    document = line_field(gettext_lazy("Document"), 120, required=False)


class RenewalForm(forms.Form):
    number = line_field(gettext_lazy("Number of the next contract"), 60)
    begins_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Last day"), required=False)
    budget = yuan_field(gettext_lazy("Budget (yuan)"))
    amount = yuan_field(gettext_lazy("Amount (yuan)"))


class SupplementForm(forms.Form):
    line = forms.ModelChoiceField(
        ServiceLine.objects.none(), label=gettext_lazy("Service line"), widget=UnfoldAdminSelectWidget
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("More of it"),
        max_digits=9,
        decimal_places=2,
        widget=UnfoldAdminTextInputWidget({"inputmode": "decimal"}),
    )
    amount = yuan_field(gettext_lazy("Amount (yuan)"))
    document = line_field(gettext_lazy("Document"), 120)
    reason = line_field(gettext_lazy("Reason"), 300)

    def __init__(self, *args: Any, **kwargs: Any):
        contract = kwargs.pop("contract")
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["line"]
        lines.queryset = contract.lines.order_by("number")


@dataclass(frozen=True)
class Deed:
    """label: on the button. told: said once it is done. verb(*, actor, contract, **entries) -> what was made.

    offered: whether the contract is in a state for it. seen: the verb compares the version that was looked at.
    """

    label: object
    told: object
    form_class: type[forms.Form]
    verb: Callable[..., object]
    offered: Callable[[Contract], bool]
    seen: bool = True

    def form(self, contract: Contract, data: Any = None) -> forms.Form:
        named = {"contract": contract} if self.form_class is SupplementForm else {}
        initial = {"awarded_on": contract.awarded_on} if self.form_class is SigningForm else {}
        return self.form_class(data, initial=initial, auto_id=f"id_{self.form_class.__name__.lower()}_%s", **named)


DEEDS: dict[str, Deed] = {
    "award": Deed(
        gettext_lazy("Note the award"),
        gettext_lazy("The award is noted; the contract is to be signed within 30 days."),
        AwardForm,
        actions.note_award,
        lambda contract: contract.state == C.PROCURING,
    ),
    "sign": Deed(
        gettext_lazy("Sign the contract"),
        gettext_lazy("Signed. The copy to finance and the publication are owed now."),
        SigningForm,
        actions.sign_contract,
        lambda contract: contract.state == C.PROCURING,
    ),
    "file": Deed(
        gettext_lazy("Note copy and publication"),
        gettext_lazy("Noted."),
        FilingForm,
        actions.note_filing,
        lambda contract: contract.signed_on is not None and not (contract.copied_on and contract.published_on),
    ),
    "supplement": Deed(
        gettext_lazy("Propose a supplement"),
        gettext_lazy("Proposed; a leader signs it."),
        SupplementForm,
        actions.propose_supplement,
        lambda contract: contract.state in (C.SIGNED, C.PERFORMING),
        seen=False,
    ),
    "renew": Deed(
        gettext_lazy("Draw up the renewal"),
        gettext_lazy("The contract of the next term is drawn up."),
        RenewalForm,
        actions.renew_contract,
        lambda contract: contract.state in Contract.BINDING and bool(contract.renewals_left),
        seen=False,
    ),
}


def take_deed(request: HttpRequest, deed: Deed, contract: Contract) -> object:
    """Does it and says so, or says why not; what was made, or None."""
    form = deed.form(contract, request.POST)
    made: list[object] = []

    def work() -> str:
        if not form.is_valid():
            raise ValidationError([f"{_label(form, name)}: {errors[0]}" for name, errors in form.errors.items()])
        entries = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        if deed.seen:
            entries["seen"] = whole(request.POST.get("seen", "")) or 0
        made.append(deed.verb(actor=request.user, contract=contract, **entries))
        return str(deed.told)

    done(request, work)
    return made[0] if made else None


def _label(form: forms.Form, name: str) -> object:
    return form.fields[name].label if name in form.fields else _("Entries")
