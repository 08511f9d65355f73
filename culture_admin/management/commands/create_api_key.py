"""Makes a service account and its API key, which stands on the last line and is shown this once."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.actions import LONGEST_KEY, issue_key
from culture_admin.accounts.roles import SEATS, Role
from culture_admin.territory.models import Unit, in_force

SCOPE = re.compile(r"[a-z-]+:(read|write)")
# What an option names: the lookup of the unit, and the kinds of unit it can lead to.
PLACES = {
    "division": ("division__code", frozenset(Unit.Kind.values) - {Unit.Kind.STATION, Unit.Kind.FIRM}),
    "station": ("division__code", frozenset({Unit.Kind.STATION})),
    "firm": ("firm__uscc", frozenset({Unit.Kind.FIRM})),
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the key is for")
        parser.add_argument("--role", required=True, help="the office of the account, such as observer")
        parser.add_argument("--division", metavar="CODE", help="of the bureau, centre, office or town government")
        parser.add_argument("--station", metavar="CODE", help="of the station's town")
        parser.add_argument("--firm", metavar="USCC", help="the firm's unified social credit code")
        parser.add_argument(
            "--scope",
            nargs="+",
            action="extend",
            default=[],
            help="COLLECTION:read or :write; without any, all reads of the role",
        )
        parser.add_argument("--days", default=str(LONGEST_KEY), help=f"how long it lasts, up to {LONGEST_KEY}")

    def handle(self, *args: Any, **options: Any) -> None:
        role, days, scopes = options["role"], options["days"], options["scope"]
        if role not in Role.values:
            raise CommandError(
                _("There is no role “%(role)s”. Known: %(known)s.") % {"role": role, "known": ", ".join(Role.values)}
            )
        if not (days.isascii() and days.isdigit()):
            raise CommandError(_("“%(days)s” is no number of days.") % {"days": days})
        for scope in scopes:
            if not SCOPE.fullmatch(scope):
                raise CommandError(
                    _("“%(scope)s” is no scope; write COLLECTION:read or COLLECTION:write, such as statistics:read.")
                    % {"scope": scope}
                )
        unit = _unit(role, {name: options[name] for name in PLACES if options[name]})
        try:
            key, text = issue_key(actor=None, name=options["name"], role=role, unit=unit, scopes=scopes, days=int(days))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self.stdout.write(
            _("%(role)s of %(unit)s, until %(day)s. The key is not shown again:")
            % {"role": Role(role).label, "unit": unit, "day": timezone.localdate(key.expires_at)}
        )
        self.stdout.write(text)


def _unit(role: str, places: dict[str, str]) -> Unit:
    """The unit in which the account holds its office."""
    today, seats = timezone.localdate(), SEATS[Role(role)]
    options = [f"--{name}" for name, (_lookup, kinds) in PLACES.items() if kinds & seats]
    if len(places) != 1:
        raise CommandError(_("Say where the key belongs, by one of %(options)s.") % {"options": ", ".join(options)})
    ((name, code),) = places.items()
    lookup, kinds = PLACES[name]
    if not kinds & seats:
        raise CommandError(
            _("%(role)s is no office there; use %(options)s.")
            % {"role": Role(role).label, "options": ", ".join(options)}
        )
    found = (
        Unit.objects.existing(today)
        .filter(in_force(today, "division__"), **{lookup: code}, kind__in=kinds & seats)
        .select_related("division")
        # Where a role has seats of two kinds, at the centre before the bureau.
        .order_by("-kind", "pk")
        .first()
    )
    if found is None:
        labels = " / ".join(str(Unit.Kind(kind).label) for kind in sorted(kinds & seats))
        raise CommandError(
            _("No %(kind)s was found for --%(option)s %(code)s.") % {"kind": labels, "option": name, "code": code}
        )
    return found
