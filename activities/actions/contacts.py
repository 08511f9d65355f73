"""Telephones of team leaders and learners: written in clear by the verbs of their records, and sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError

from activities.models import Learner, LearnerContact, Team, TeamContact
from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.numbers import read_phone
from culture_admin.accounts.personal.reading import note, write_personal
from culture_admin.accounts.roles import Office


def phone_of(text: str | None) -> str | None:
    """A telephone as it is kept, None where it is empty. Raises ValidationError at the field `phone`."""
    if not text or not text.strip():
        return None
    try:
        return read_phone(text)
    except ValidationError as refused:
        raise ValidationError({"phone": refused}) from refused


def keep_phone(record: Team | Learner, phone: str | None, *, office: Office | None, actor, at: datetime) -> None:
    """Keeps the telephone beside its record, or takes it out; inside the transaction of the verb."""
    contact: TeamContact | LearnerContact | None
    if isinstance(record, Team):
        contact = TeamContact.objects.filter(pk=record.pk).first() or TeamContact(team=record)
    else:
        contact = LearnerContact.objects.filter(pk=record.pk).first() or LearnerContact(learner=record)
    if phone is None and contact._state.adding:
        return
    write_personal(contact, {"phone": phone}, office=office, actor=actor, at=at)
    record.contact = contact


def keep_phones(phones: Mapping[Team | Learner, str], *, office: Office | None, actor, at: datetime) -> None:
    """The set-wise form of `keep_phone` for records just entered, with telephones that were read."""
    teams = [TeamContact(team=record, phone=phone) for record, phone in phones.items() if isinstance(record, Team)]
    learners = [
        LearnerContact(learner=record, phone=phone) for record, phone in phones.items() if isinstance(record, Learner)
    ]
    TeamContact.objects.bulk_create(teams)
    LearnerContact.objects.bulk_create(learners)
    for contact in (*teams, *learners):
        note(contact, ["phone"], act=PersonalReading.Act.WRITTEN, office=office, actor=actor, at=at)
