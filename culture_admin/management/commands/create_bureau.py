"""Opens the first account of a real county and prints the one-time link by which its holder sets a password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.actions import INVITATION_LASTS, found_bureau
from culture_admin.territory.models import Division, Level


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("division", help="the six digits of the county, such as 330282")
        parser.add_argument("username", help="of the first account; it administers the bureau")

    def handle(self, *args: Any, division: str, username: str, **options: Any) -> None:
        county = _county(division)
        try:
            user, token = found_bureau(actor=None, county=county, username=username)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self.stdout.write(
            _("%(user)s administers the bureau of %(county)s. The link works once, for %(hours)d hours:")
            % {"user": user.username, "county": county, "hours": INVITATION_LASTS.total_seconds() // 3600}
        )
        self.stdout.write(f"{settings.SITE}{reverse('welcome', args=[token])}")


def _county(code: str) -> Division:
    found = Division.objects.existing(timezone.localdate()).filter(code=code).first()
    if found is None:
        raise CommandError(
            _(
                "There is no division %(code)s. Enter the divisions first: manage.py load_divisions FILE,"
                " for example culture_admin/demo/data/divisions.csv."
            )
            % {"code": code}
        )
    if found.level != Level.COUNTY:
        raise CommandError(
            _("%(division)s is a %(level)s; a bureau belongs to a county, whose code has six digits.")
            % {"division": found, "level": found.get_level_display()}
        )
    return found
