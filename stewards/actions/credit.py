"""The credit file of a firm: penalties, and whether one keeps it from contracts; what its stewards show of themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import refuse_future
from stewards.actions.firms import KEEPERS
from stewards.models import Firm, Penalty, Qualification, Steward

POWER = "stewards.credit"
# For how long a serious penalty keeps a firm from contracts where it does not say so itself (service standard, A3).
YEARS_OF_A_SERIOUS_ONE = 3


def record_penalty(
    *,
    actor,
    firm: Firm,
    what: str,
    authority: str,
    document: str,
    valid_from: date,
    valid_to: date | None = None,
    serious: bool = False,
    at: datetime | None = None,
) -> Penalty:
    """Enters a penalty into a firm's credit file; a serious one stands for three years unless it says until when.

    Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    office = _office(actor, POWER, ("decide",), firm)
    refuse_future("valid_from", valid_from, timezone.localdate(at))
    if serious and valid_to is None:
        valid_to = _years_later(valid_from, YEARS_OF_A_SERIOUS_ONE)
    with acting(actor):
        penalty = Penalty(
            firm=firm, what=what, authority=authority, document=document, serious=serious, valid_from=valid_from,
            valid_to=valid_to,
        )  # fmt: skip
        penalty.full_clean()
        penalty.save()
        record_entry(penalty, step="register", office=office, actor=actor, at=at)
        return penalty


def barred(firm: Firm, on: date) -> Penalty | None:
    """The serious penalty that keeps a firm from new contracts on a day; the one that stands longest, if several do.

    Reads `firm.penalties`, which a list fetches for all its firms at once.
    """
    standing = [
        one
        for one in firm.penalties.all()
        if one.serious and one.state == Penalty.State.ON_RECORD and one.valid_from <= on
        if one.valid_to is None or one.valid_to > on
    ]
    return max(standing, key=lambda one: (one.valid_to or date.max, one.pk), default=None)


def why_barred(penalty: Penalty) -> str:
    """The sentence that refuses a contract."""
    values = {"firm": penalty.firm.name, "what": penalty.what, "document": penalty.document, "day": penalty.valid_to}
    if penalty.valid_to is None:
        return _("%(firm)s gets no new contract: a serious penalty stands (%(what)s, %(document)s).") % values
    return _("%(firm)s gets no new contract until %(day)s: a serious penalty stands (%(what)s, %(document)s).") % values


def add_qualification(
    *,
    actor,
    steward: Steward,
    kind: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    issuer: str = "",
    hours: int | None = None,
    at: datetime | None = None,
) -> Qualification:
    """Enters what a steward shows of himself. Raises ValidationError by field, PermissionDenied."""
    at = at or timezone.now()
    office = _office(actor, "stewards", KEEPERS, steward.firm)
    refuse_future("valid_from", valid_from, timezone.localdate(at))
    if kind in Qualification.TRAININGS and not hours:
        message = _("Say of a training how many hours it took.")
        raise ValidationError({"hours": ValidationError(message, code="required")})
    if hours is not None and kind not in Qualification.TRAININGS:
        raise ValidationError({"hours": ValidationError(_("Only a training has hours."), code="not_a_training")})
    with acting(actor):
        shown = Qualification(
            steward=steward, firm_id=steward.firm_id, kind=kind, name=name, issuer=issuer, hours=hours,
            valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        shown.full_clean()
        shown.save()
        record_entry(shown, step="register", office=office, actor=actor, at=at)
        return shown


def _office(actor, power: str, verbs: tuple[str, ...], firm: Firm):
    if actor is None:
        return None
    return require(actor.offices, power, verbs, path=firm.unit.division.path, unit_id=firm.pk)[0]


def _years_later(day: date, years: int) -> date:
    """The same day some years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
