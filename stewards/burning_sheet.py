"""What is done of a contract as a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from culture_admin.interfaces.spreadsheets import Sheet
from stewards.burning import Burn
from stewards.models import Contract


def sheet_of(contract: Contract, burns: Iterable[Burn]) -> Sheet:
    """A line for each service line, in the unit of each."""
    header = [
        _("No."),
        _("Service item"),
        _("Station"),
        _("Counted in"),
        _("From"),
        pgettext("a day", "To"),
        _("Target"),
        _("Done"),
        _("Done (%)"),
        pgettext("of a service line", "Left"),
        _("Expected by time"),
        _("Forecast"),
        pgettext("of a service line", "Records"),
        pgettext("of a service line", "Level"),
    ]
    lines = [
        [
            one.line.number,
            one.line.item,
            one.line.station.name if one.line.station else _("all towns"),
            one.line.unit,
            one.line.first,
            one.line.last,
            one.target,
            one.done,
            one.share * 100,
            one.left,
            one.expected,
            one.forecast,
            one.records,
            one.level and int(one.level),
        ]
        for one in burns
    ]
    return Sheet(_("Burn-down %(number)s") % {"number": contract.number}, header, lines)
