"""Setting the numbers that hold for stations in a place."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.territory.models import Division
from stations.actions.rows import enter
from stations.models import Threshold
from stations.models.thresholds import HOURS_OF_A_WEEK

EARLIEST, AHEAD = date(2000, 1, 1), timedelta(days=2 * 366)


def set_threshold(
    *, actor, code: str, number: int, valid_from: date, source: str, division: Division | None = None
) -> Threshold:
    """Lets a number hold in a division and below it from a day on; the one of the division before it ends that day."""
    if division is None and actor is not None:
        raise ValidationError({"division": ValidationError(_("Say for which place."), code="required")})
    require_of(actor, "stations.thresholds", path=division.path if division else "")
    if not EARLIEST <= valid_from <= timezone.localdate() + AHEAD:
        message = _("A date from %(earliest)s to two years ahead is expected.") % {"earliest": EARLIEST}
        raise ValidationError({"valid_from": ValidationError(message, code="date_range")})
    if code == Threshold.Code.WEEKLY_HOURS and number > HOURS_OF_A_WEEK:
        message = _("A week has %(hours)d hours.") % {"hours": HOURS_OF_A_WEEK}
        raise ValidationError({"number": ValidationError(message, code="max_value")})
    with acting(actor):
        before = Threshold.objects.filter(code=code, division=division, valid_from__lt=valid_from)
        before.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
        later = Threshold.objects.filter(code=code, division=division, valid_from__gt=valid_from)
        follows = later.order_by("valid_from").values_list("valid_from", flat=True).first()
        return enter(
            Threshold(
                code=code, division=division, number=number, valid_from=valid_from, valid_to=follows, source=source
            )
        )
