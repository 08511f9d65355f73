"""File a budget, enter a payment or a spending, take one back, ask for another purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm, day_input
from culture_admin.interfaces.money import AmountFormField
from culture_admin.interfaces.text import LineFormField
from stations.models import Budget, Instalment, Purpose

CHOOSE = [("", "–")]
# Quarters, and two more.
ROWS = 6
AMOUNT = {"required": _("Write the amount in yuan.")}


class BudgetForm(VerbForm):
    """The lines of a budget, one for each purpose, and its instalments. `entries()` is what `propose_budget` takes."""

    document = LineFormField(
        label=_("Issuing document"),
        max_length=120,
        help_text=_("The number of the document that states the budget, such as 东政〔2026〕1号."),
        error_messages={"required": _("Name the document.")},
    )
    reason = LineFormField(
        label=_("Reason for the revision"), max_length=200, error_messages={"required": _("Say why it is revised.")}
    )

    def __init__(self, *args, former: Budget | None, **kwargs):
        lines = {line.purpose: line for line in former.lines.all()} if former else {}
        planned = sorted(former.instalments.all(), key=lambda one: one.number) if former else []
        initial: dict[str, Any] = {}
        for purpose, line in lines.items():
            initial |= {f"amount_{purpose}": line.amount, f"locked_{purpose}": line.locked}
        for number, one in enumerate(planned):
            initial |= {f"due_{number}": one.due_on, f"sum_{number}": one.amount}
        super().__init__(*args, **{"initial": initial, **kwargs})
        if former is None:
            del self.fields["reason"]
        for purpose, label in Purpose.choices:
            self.fields[f"amount_{purpose}"] = AmountFormField(label=label, required=False)
            self.fields[f"locked_{purpose}"] = forms.BooleanField(label=_("Earmarked"), required=False)
        for number in range(max(ROWS, len(planned) + 2)):
            self.fields[f"due_{number}"] = forms.DateField(label=_("To be paid by"), required=False, widget=day_input())
            self.fields[f"sum_{number}"] = AmountFormField(label=_("Amount (yuan)"), required=False)

    @property
    def papers(self) -> list[forms.BoundField]:
        return [self[name] for name in ("document", "reason") if name in self.fields]

    @property
    def purposes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"amount_{purpose}"], self[f"locked_{purpose}"]) for purpose in Purpose.values]

    @property
    def plan(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"due_{number}"], self[f"sum_{number}"]) for number in self._rows()]

    def clean(self):
        cleaned = super().clean()
        for number in self._rows():
            day, amount = cleaned.get(f"due_{number}"), cleaned.get(f"sum_{number}")
            if (day is None) != (amount is None) and not {f"due_{number}", f"sum_{number}"} & set(self.errors):
                missing = f"due_{number}" if day is None else f"sum_{number}"
                self.add_error(missing, _("An instalment has a day and an amount."))
        return cleaned

    def entries(self) -> dict[str, object]:
        given = self.cleaned_data
        return {
            "document": given["document"],
            "reason": given.get("reason", ""),
            "lines": [
                {"purpose": purpose, "amount": given[f"amount_{purpose}"], "locked": given[f"locked_{purpose}"]}
                for purpose in Purpose.values
                if given[f"amount_{purpose}"] is not None
            ],
            "instalments": [
                {"due_on": given[f"due_{number}"], "amount": given[f"sum_{number}"]}
                for number in self._rows()
                if given[f"due_{number}"] is not None
            ],
        }

    def _rows(self) -> range:
        return range(sum(name.startswith("due_") for name in self.fields))


class InstalmentChoice(forms.ModelChoiceField):
    """A planned instalment, with what is still to be paid of it."""

    def label_from_instance(self, one: Instalment) -> str:
        return _("%(day)s · %(amount)s yuan, %(paid)s paid") % {
            "day": one.due_on,
            "amount": f"{one.amount:,.2f}",
            "paid": f"{one.paid:,.2f}",
        }


class EntryForm(VerbForm):
    """What payments and spendings have in common."""

    amount = AmountFormField(label=_("Amount (yuan)"), error_messages=AMOUNT)
    on = forms.DateField(label=_("Day"), widget=day_input(), error_messages={"required": _("Say on which day.")})
    document = LineFormField(label=_("Voucher"), max_length=120, error_messages={"required": _("Name the voucher.")})
    note = LineFormField(label=_("Note"), required=False, max_length=200)
    late_reason = LineFormField(
        label=_("Why it is entered only now"),
        required=False,
        max_length=200,
        help_text=_("Asked for when the day lies long back."),
    )


class PaymentForm(EntryForm):
    """A payment of the town."""

    instalment = InstalmentChoice(
        None, label=_("For the instalment"), required=False, empty_label=_("Outside the plan")
    )
    field_order = ("instalment", "amount", "on", "document", "note", "late_reason")

    def __init__(self, *args, instalments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instalment"].queryset = instalments


class SpendingForm(EntryForm):
    """What the station spends."""

    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=CHOOSE + Purpose.choices, error_messages={"required": _("Choose the purpose.")}
    )
    field_order = ("purpose", "amount", "on", "document", "note", "late_reason")


class ReverseForm(VerbForm):
    """Why an entry is taken back."""

    reason = LineFormField(
        label=_("Why it is taken back"), max_length=200, error_messages={"required": _("Say why it is taken back.")}
    )


class PurposeChangeForm(VerbForm):
    """Money of one purpose for another."""

    from_purpose = forms.ChoiceField(label=_("From the purpose"), error_messages={"required": _("Choose the purpose.")})
    to_purpose = forms.ChoiceField(
        label=_("To the purpose"),
        choices=CHOOSE + Purpose.choices,
        error_messages={"required": _("Choose the purpose.")},
    )
    amount = AmountFormField(label=_("Amount (yuan)"), error_messages=AMOUNT)
    reason = LineFormField(label=_("Reason"), max_length=300, error_messages={"required": _("Say why.")})
    document = LineFormField(label=_("Document"), required=False, max_length=120)

    def __init__(self, *args, purposes: Sequence[tuple[str, object]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_purpose"].choices = [*CHOOSE, *purposes]


def default_day(year: int, today: date) -> date:
    """Today, or the last day of a year that is over."""
    return min(today, date(year, 12, 31))
