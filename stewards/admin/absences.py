"""What the page of an acceptance says of absences without leave: whose, when, and where a deduction for them is proposed."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from culture_admin.accounts.asking import ask
from culture_admin.interfaces.admin import Panel, day, link, number
from culture_admin.workflow.calendar import is_working_day
from stewards.actions.deductions import POWER as DEDUCTIONS
from stewards.models import Absence, Acceptance, Contract, Deduction

COLUMNS = [
    gettext_lazy("Cultural steward"), gettext_lazy("Station"), gettext_lazy("From"), pgettext_lazy("a day", "To"),
    gettext_lazy("Working days in this time"), gettext_lazy("Reason"), gettext_lazy("Deduction"),
]  # fmt: skip


def absences_panel(request: HttpRequest, acceptance: Acceptance) -> list[Panel]:
    """A panel where somebody stayed away without leave in the time of the sheet; none where nobody did.

    The station that notes an absence has no part in money: whoever has proposes the deduction from here.
    """
    contract = acceptance.contract
    absences = Absence.objects.visible_to(request.user).filter(
        posting__contract=contract, state=Absence.State.NOTED, first__lte=acceptance.last, last__gte=acceptance.first
    )
    deductions = Deduction.objects.visible_to(request.user).filter(contract=contract, kind=Deduction.Kind.ABSENCE)
    standing = list(deductions.exclude(state=Deduction.State.DROPPED).order_by("on", "pk"))
    proposes = contract.state in Contract.DELIVERING and bool(
        ask(request.user.offices, DEDUCTIONS, "propose", path=contract.place.path)
    )
    rows: list[list[object]] = []
    for absence in absences.select_related("steward", "station__unit").order_by("first", "pk"):
        first, last = max(absence.first, acceptance.first), min(absence.last, acceptance.last)
        found = [link(one) for one in standing if absence.first <= one.on <= absence.last]
        if proposes:
            found.append(_offer(contract, absence, first, last))
        cells = format_html_join(" · ", "{}", ((one,) for one in found)) if found else "—"
        rows.append(
            [
                link(absence, absence.steward.name), absence.station.name, day(absence.first), day(absence.last),
                number(working_days(first, last)), absence.reason, cells,
            ]
        )  # fmt: skip
    return [Panel(gettext_lazy("Absences without leave in this time"), "", COLUMNS, rows, "")] if rows else []


def working_days(first: date, last: date) -> int:
    """How many working days there are from one day to another, both included."""
    return sum(is_working_day(first + timedelta(days=number))[0] for number in range((last - first).days + 1))


def _offer(contract: Contract, absence: Absence, first: date, last: date) -> str:
    """Where the deduction is proposed, filled in as far as it is known; or why it is not."""
    if not contract.absence_rate:
        return _("The contract agrees on no deduction of this kind.")
    told = {"name": absence.steward.name, "first": first, "last": last, "reason": absence.reason}
    filled = {
        "contract": contract.pk,
        "kind": Deduction.Kind.ABSENCE.value,
        "on": first,
        "quantity": working_days(first, last) or "",
        "reason": (_("%(name)s, %(first)s to %(last)s: %(reason)s") % told)[:300],
    }
    address = f"{reverse('admin:stewards_deduction_add')}?{urlencode(filled)}"
    return format_html('<a class="plain" href="{}">{}</a>', address, _("Propose a deduction"))
