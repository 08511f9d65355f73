"""Telling: of decisions, of what waits, of duties; reading; and how a person wants to be told.

Everything here is a few rows in the transaction of what is told. Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from culture_admin.accounts.acting import acting, who_acts
from culture_admin.accounts.personal.reading import write_personal
from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import ABOVE, ANSWERS, FIRM, SEATS, Role
from culture_admin.workflow.authority import seats_entrusted
from culture_admin.workflow.models import DUTIES, Contact, Deadline, Decision, Notice, NoticeRead, Preference
from culture_admin.workflow.parties import Seat, parties_at, seats_of
from culture_admin.workflow.steps import Flow, Place, Step

K = Notice.Kind


def tell(flow: Flow, records: Sequence[models.Model], decisions: Sequence[Decision], power: str, actor) -> None:
    """Tells what was decided, and whom the records wait for now, by the matrix; one query and one INSERT for the whole set.

    power: the line of the matrix the step stands under; its `be_told` are told. The records stand in their new state.
    """
    waiting = [] if flow.many else _waiting(flow, records)
    asked = [_asked(flow, record, waiting) for record in records]
    told = POWERS[power].be_told
    places = [flow.place(record) for record in records]
    on, actor_id = timezone.localdate(decisions[0].at), getattr(actor, "pk", None)
    # Offices it was filed with are looked up too: whoever holds one hears as that office, and not once more as a person.
    filed = {role for one in asked for role, _unit in one.seats}
    covering = parties_at(places, told.union(filed, *(one.roles for one in asked)), on)
    notices = []
    for record, decision, one, parties in zip(records, decisions, asked, covering, strict=True):
        seats = parties.without(actor_id)
        waits = {seat for seat in seats if seat[0] in one.roles} | one.seats
        hears = [seat for seat in seats if seat[0] in told and seat not in waits]
        about = {"decision": decision, "at": decision.at, "caused_by_id": actor_id, **_about(record)}
        notices += [Notice(kind=K.WAITS, role=role, unit_id=unit_id, **about) for role, unit_id in sorted(waits)]
        notices += [Notice(kind=K.TOLD, role=role, unit_id=unit_id, **about) for role, unit_id in hears]
        filer = getattr(record, f"{flow.filed_by}_id") if flow.filed_by else None
        if filer not in (None, actor_id) and not parties.hold([*waits, *hears], filer):
            notices.append(Notice(kind=K.WAITS if one.mended else K.FILED, user_id=filer, **about))
    Notice.objects.bulk_create(notices)


def close_waiting(records: Sequence[models.Model], at: datetime) -> None:
    """What has moved on waits for nobody as it did."""
    Notice.objects.filter(
        kind=K.WAITS,
        over_at=None,
        subject_type=ContentType.objects.get_for_model(records[0]),
        subject_id__in=[record.pk for record in records],
    ).update(over_at=at)


def tell_debtors(deadlines: Sequence[Deadline], kind: str, at: datetime) -> int:
    """Tells whoever answers for the units that owe something; each once of each due date. Returns how many were told."""
    on = timezone.localdate(at)
    units = [(deadline.unit_id, answering_for(deadline)) for deadline in deadlines]
    parties = seats_of(units, on)
    actor_id = who_acts()
    return _remind([(one, kind, all_of.without(actor_id)) for one, all_of in zip(deadlines, parties, strict=True)], at)


def tell_above(deadlines: Sequence[Deadline], at: datetime) -> int:
    """Tells the authority above a silent unit. It decides nothing: nothing is ever approved by time running out."""
    on = timezone.localdate(at)
    places = [Place(deadline.unit.division.path, deadline.unit.division_id, deadline.unit_id) for deadline in deadlines]
    roles = [ABOVE.get(deadline.unit.kind, frozenset()) for deadline in deadlines]
    parties = parties_at(places, frozenset().union(*roles), on)
    return _remind(
        [
            (one, K.ESCALATED, [seat for seat in all_of.without(None) if seat[0] in above])
            for one, above, all_of in zip(deadlines, roles, parties, strict=True)
        ],
        at,
    )


def answering_for(deadline: Deadline) -> frozenset[str]:
    """The roles that are reminded of what the unit owes: those with the power named by the duty, else who answers for it."""
    kind = deadline.unit.kind
    return entrusted_with(deadline.code, kind) or frozenset({ANSWERS[kind]} if kind in ANSWERS else ())


def entrusted_with(code: str, kind: str) -> frozenset[str]:
    """The roles of a kind of unit that have the power named by a duty; none where it names none or nobody there has it."""
    duty = DUTIES.get(code)
    if not duty or not duty.power:
        return frozenset()
    return frozenset(role for role in POWERS[duty.power].roles("enter") if kind in SEATS[Role(role)])


def close_notices(deadlines: Iterable[int], at: datetime) -> None:
    """What is settled or has lapsed is owed by nobody any more."""
    Notice.objects.filter(deadline__in=list(deadlines), over_at=None).update(over_at=at)


def read_notices(*, actor, notices: Collection[int] | None = None, at: datetime | None = None) -> int:
    """Notes that the actor has read these notices of his, or all of them; returns how many were unread."""
    rows = Notice.objects.visible_to(actor).unread(actor)
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    at = at or timezone.now()
    read = [NoticeRead(notice_id=key, user=actor, at=at) for key in rows.values_list("pk", flat=True)]
    NoticeRead.objects.bulk_create(read, ignore_conflicts=True)
    return len(read)


def prefer(*, actor, channel: str, mode: str, address: str | None = None, at: datetime | None = None) -> Preference:
    """Keeps how often the actor wants to be told by a channel and, where one is given, the address at which it reaches him.

    An empty address takes the one there is away. Raises ValidationError by field.
    """
    with acting(actor):
        preference, _created = Preference.objects.get_or_create(user=actor, channel=channel)
        preference.mode = mode
        preference.full_clean()
        preference.save()
        if address is not None:
            contact = Contact.objects.select_for_update().filter(user=actor).first() or Contact(user=actor)
            value = {channel: address.strip() or None}
            try:
                write_personal(contact, value, office=None, actor=actor, at=at or timezone.now())
            except ValidationError as refused:
                raise ValidationError({"address": refused.error_dict.pop(channel)} | refused.error_dict) from refused
    return preference


def _remind(told: Iterable[tuple[Deadline, str, Sequence[Seat]]], at: datetime) -> int:
    notices = [
        Notice(
            kind=kind,
            role=role,
            unit_id=unit_id,
            deadline=deadline,
            due_on=deadline.due_on,
            at=at,
            subject_type_id=deadline.subject_type_id,
            subject_id=deadline.subject_id,
        )
        for deadline, kind, seats in told
        for role, unit_id in seats
    ]
    # Two workers may look at the same moment: what is there already stays as it is.
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=5000)
    return len(notices)


@dataclass(frozen=True)
class _Asked:
    """Whom a record waits for: roles wherever they cover it, offices it was filed with, and whether its filer mends it."""

    roles: frozenset[str]
    seats: set[Seat]
    mended: bool


def _waiting(flow: Flow, records: Sequence[models.Model]) -> list[tuple[Step, set[int]]]:
    """The steps that the records wait for in their state, each with which of them do."""
    state, keys = records[0].state, {record.pk for record in records}
    waiting = [step for step in flow.steps.values() if step.waits and state in step.sources]
    rows = flow.model._default_manager.filter(pk__in=keys).order_by()
    return [
        (step, set(rows.filter(step.waits).values_list("pk", flat=True)) if isinstance(step.waits, models.Q) else keys)
        for step in waiting
    ]


def _asked(flow: Flow, record: models.Model, waiting: Sequence[tuple[Step, set[int]]]) -> _Asked:
    roles, seats, mended = frozenset(), set(), False
    for step, keys in waiting:
        if record.pk not in keys or not step.concerns(record):
            continue
        entrusted = seats_entrusted(record, step.power, step.verb)
        seats |= entrusted
        if step.verb == "propose" and flow.filed_by:
            # What is to be mended waits for who filed it, and for his firm.
            mended, roles = True, roles | (POWERS[step.power].roles("propose") & FIRM)
        elif not entrusted:
            roles |= POWERS[step.power].roles(step.verb)
    return _Asked(roles, seats, mended)


def _about(record: models.Model) -> dict[str, object]:
    return {"subject_type": ContentType.objects.get_for_model(record), "subject_id": record.pk}
