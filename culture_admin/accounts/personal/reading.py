"""Opening a personal value, with a reason and a line in the read log; and the lines of what was written or purged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.acting import acting, current
from culture_admin.accounts.asking import require
from culture_admin.accounts.models import PersonalReading, User
from culture_admin.accounts.personal.records import PersonalModel, sealed_fields
from culture_admin.accounts.roles import Office

# Who needs more in an hour is copying a register, and asks the bureau for a list.
MOST_AN_HOUR = 30
SHORTEST_REASON = 4
Act = PersonalReading.Act


class TooManyReadings(PermissionDenied):
    """The allowance of an hour is spent; `wait` says for how many seconds."""

    code = "too_many_readings"

    def __init__(self, wait: int):
        super().__init__(
            _("At most %(most)d values are opened in an hour. Ask the bureau if you need a list.")
            % {"most": MOST_AN_HOUR}
        )
        self.wait = wait


def reveal(*, actor, record: PersonalModel, field: str, reason: str, at: datetime | None = None) -> str:
    """One value in clear, for whoever the matrix lets. The read log has its line before the value is given.

    Raises PermissionDenied, TooManyReadings; ValidationError for a reason that says nothing, an unknown field, or a value
    that is not recorded.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, record.power, ("decide",), path=record.division.path)
    known = {each.name: each for each in sealed_fields(type(record))}
    if field not in known:
        message = _("There is no personal field of this name; there are: %(known)s.") % {"known": ", ".join(known)}
        raise ValidationError({"field": ValidationError(message, code="unknown_field")})
    if len(reason.strip()) < SHORTEST_REASON:
        told = _("Say for what purpose you need it, in a few words: the reason stands in the read log.")
        raise ValidationError({"reason": ValidationError(told, code="reason_required")})
    sealed = getattr(record, field)
    if sealed is None:
        told = _("It was purged when its time was over.") if record.purged_at else _("It is not recorded.")
        raise ValidationError({"field": ValidationError(told, code="not_recorded")})
    with acting(actor):
        _refuse_many(actor, at)
        note(record, [field], act=Act.READ, office=office, actor=actor, at=at, reason=reason.strip())
        return sealed.in_clear()


def note(
    record: PersonalModel,
    fields: Iterable[str],
    *,
    act: str,
    office: Office | None,
    actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Lines of the read log about fields of one record; the values themselves stand in none."""
    note_each({record: fields}, act=act, office=office, actor=actor, at=at, reason=reason)


def note_each(
    fields: Mapping[PersonalModel, Iterable[str]],
    *,
    act: str,
    office: Office | None,
    actor,
    at: datetime,
    reason: str = "",
) -> None:
    """The set-wise form of `note`: by record, of which fields."""
    request = current.get()
    PersonalReading.objects.bulk_create(
        PersonalReading(
            act=act,
            at=at,
            actor=actor,
            actor_text=str(actor or ""),
            role=office.role if office else "",
            unit_text=office.unit_name if office else "",
            power=record.power,
            table=record._meta.label_lower,
            row=record.pk,
            concerned=record.concerned[:120],
            field=field,
            reason=reason,
            request=request.request_id if request else "",
            division=record.division,
        )
        for record, names in fields.items()
        for field in names
    )


def write_personal(
    record: PersonalModel, values: dict[str, str | None], *, office: Office | None, actor, at: datetime
) -> list[str]:
    """Sets personal fields that differ, checks and stores the row, and notes who wrote which; returns their names.

    Call inside a transaction. Raises ValidationError.
    """
    labels = {field.name for field in sealed_fields(type(record))}
    assert values.keys() <= labels, values.keys() - labels
    before = {name: getattr(record, name) for name in values}
    changed = [name for name, value in values.items() if (before[name].in_clear() if before[name] else None) != value]
    for name in changed:
        setattr(record, name, values[name])
    if changed:
        record.purged_at = None
    record.full_clean()
    record.save()
    note(record, changed, act=Act.WRITTEN, office=office, actor=actor, at=at)
    return changed


def write_personal_each(
    values: Mapping[PersonalModel, Mapping[str, str]], *, office: Office | None, actor, at: datetime
) -> None:
    """The set-wise form of `write_personal`, for stored rows of one model and values that they do not have yet.

    Raises ValidationError.
    """
    for record, said in values.items():
        record.purged_at = None
        for name, value in said.items():
            setattr(record, name, value)
        record.clean_fields(exclude=[field.name for field in record._meta.concrete_fields if field.is_relation])
        record.clean()
    if values:
        rows: Any = type(next(iter(values))).objects
        names = {name for said in values.values() for name in said}
        # A value is sealed for its row where that is inserted, not in an update of many.
        rows.bulk_create(
            values, update_conflicts=True, unique_fields=["pk"], update_fields=[*sorted(names), "purged_at"]
        )
    note_each(values, act=Act.WRITTEN, office=office, actor=actor, at=at)


def _refuse_many(actor, at: datetime) -> None:
    """Counts what the actor has opened within the hour; two windows of his count one after the other."""
    User.objects.select_for_update().get(pk=actor.pk)
    opened = PersonalReading.objects.filter(actor=actor, act=Act.READ, at__gt=at - timedelta(hours=1))
    if opened.count() >= MOST_AN_HOUR:
        first = opened.order_by("at").values_list("at", flat=True)[0]
        raise TooManyReadings(wait=int((first + timedelta(hours=1) - at).total_seconds()) + 1)
