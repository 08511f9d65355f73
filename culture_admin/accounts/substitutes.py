"""Substitutes: who stands in for the holder of an office, from a day until a day, and never longer than he holds it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import Answer, NotPermitted, require_of
from culture_admin.accounts.models import Membership, Substitution, User
from culture_admin.accounts.roles import ADMINISTRATORS, FIRM
from culture_admin.territory.models import Unit, in_force

LONGEST = timedelta(days=366)


def name_substitute(
    *,
    actor,
    office: Membership,
    user: User,
    valid_to: date,
    valid_from: date | None = None,
    at: datetime | None = None,
) -> Substitution:
    """Lets a colleague stand in for the holder of an office from a day on; `valid_to` is the first day he does not any more.

    The holder names him, or who administers accounts. Both stand in every decision the substitute takes.
    Raises ValidationError at the field, PermissionDenied.
    """
    today = timezone.localdate(at)
    valid_from = valid_from or today
    _require(actor, office)
    with acting(actor):
        # The office is locked, so that two windows do not name two substitutes for one time.
        held = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("user", "unit__division")
            .get(pk=office.pk)
        )
        faults = dict(_faults(held, user, valid_from, valid_to, today))
        if faults:
            raise ValidationError(faults)
        row = Substitution(
            user=user, role=held.role, unit=held.unit, valid_from=valid_from, valid_to=valid_to, acting_for=held
        )
        row.full_clean()
        row.save()
        return row


def end_substitution(*, actor, substitution: Substitution, on: date, at: datetime | None = None) -> Substitution:
    """Ends a substitution before its time: `on` is the first day it does not hold any more.

    Raises ValidationError, PermissionDenied.
    """
    _require(actor, substitution.acting_for)
    today = timezone.localdate(at)
    with acting(actor):
        row = Substitution.objects.select_for_update(of=("self",)).get(pk=substitution.pk)
        if not today <= on <= row.valid_to:
            message = _("A day from today until the day on which it ends anyway is expected.")
            raise ValidationError({"on": ValidationError(message, code="date_range")})
        # What has not begun yet never begins.
        row.valid_to = max(on, row.valid_from)
        row.full_clean()
        row.save(update_fields=["valid_to"])
        return row


def offices_to_leave(user: User, on: date) -> QuerySet[Membership]:
    """The offices of his own for which a user may name a substitute."""
    own = user.memberships.filter(in_force(on), acting_for__isnull=True)
    return own.exclude(role__in=ADMINISTRATORS | FIRM).select_related("unit__division")


def colleagues_of(office: Membership, on: date) -> QuerySet[User]:
    """People with an office of their own in the same place on the day: of a bureau those of the county's offices, of a
    station those of its town. Firms are no colleagues.
    """
    places = {"unit__division": office.unit.division_id, "acting_for__isnull": True}
    there = Membership.objects.filter(in_force(on), **places).exclude(unit__kind=Unit.Kind.FIRM)
    people = User.objects.filter(is_active=True, is_service=False, pk__in=there.values("user"))
    return people.exclude(pk=office.user_id)


def _require(actor, office: Membership) -> None:
    """One's own office, or the power over accounts where it lies."""
    if actor is None or actor.pk == office.user_id:
        return
    try:
        require_of(actor, "accounts", path=office.unit.division.path)
    except NotPermitted as refused:
        text = _("The holder of the office names his substitute, or who administers the accounts.")
        raise NotPermitted(Answer(False, refused.code, text)) from refused


def _faults(office: Membership, user: User, valid_from: date, valid_to: date, today: date):
    """What is wrong, field by field."""

    def fault(text: object, code: str) -> ValidationError:
        return ValidationError(text, code=code)

    if office.acting_for_id:
        yield "office", fault(_("A substitute names no substitute."), "second_hand")
    elif office.role in ADMINISTRATORS:
        text = _("System, security and audit administration are separate and are not handed on (GB/T 22239-2019).")
        yield "office", fault(text, "not_delegable")
    elif not office.holds(valid_from) or (office.valid_to and valid_to > office.valid_to):
        yield "office", fault(_("The office is not held for all of that time."), "not_held_then")
    if valid_from < today:
        yield "valid_from", fault(_("A substitution begins today at the earliest."), "in_the_past")
    if not valid_from < valid_to <= valid_from + LONGEST:
        yield "valid_to", fault(_("It ends after it begins, and within a year."), "date_range")
    if user.pk == office.user_id:
        yield "user", fault(_("Nobody stands in for himself."), "own_substitute")
    elif not colleagues_of(office, valid_from).filter(pk=user.pk).exists():
        text = _("A colleague with an office of his own in the same place is expected.")
        yield "user", fault(text, "no_colleague")
    elif user.memberships.filter(in_force(valid_from), role=office.role, unit=office.unit, acting_for=None).exists():
        yield "user", fault(_("This person holds such an office himself."), "holds_it")
    overlap = office.substitutes.filter(valid_from__lt=valid_to).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)
    )
    if overlap.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))).exists():
        yield "valid_from", fault(_("The office has a substitute in this time already."), "substituted")
