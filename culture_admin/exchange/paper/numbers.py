"""The verbs of document numbers: open a register, take the next number."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import may, require_of
from culture_admin.exchange.models import DocumentNumber, DocumentRegister
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, record_entry
from culture_admin.workflow.steps import Obstacle

POWER = "documents"


def open_register(*, actor, unit: Unit, prefix: str, name: str = "") -> DocumentRegister:
    """A new register of a unit under one word. Raises ValidationError by field, PermissionDenied."""
    require_of(actor, POWER, path=unit.division.path)
    register = DocumentRegister(unit=unit, prefix=prefix, name=name)
    refuse_foreign_unit(actor, register)
    with acting(actor):
        register.full_clean()
        register.save()
    return register


def issue_number(
    *,
    actor,
    register: DocumentRegister,
    title: str,
    subject: Model | None = None,
    paper: str = "",
    at: datetime | None = None,
) -> DocumentNumber:
    """Takes the next number of the register's year; `subject` and `paper` say which document bears it.

    The register is locked until the transaction ends, so there is no gap and no number twice; one that is rolled back was
    never given. Asked again for the same document it gives the number that stands. Raises PermissionDenied, StepRefused.
    """
    at = at or timezone.now()
    require_of(actor, POWER, path=register.unit.division.path)
    refuse_foreign_unit(actor, register)
    if stated := paper and PAPERS[paper].own_number(subject):
        raise StepRefused("numbered", _("The document states its number itself: %(number)s.") % {"number": stated})
    today = timezone.localdate(at)
    with acting(actor):
        DocumentRegister.objects.select_for_update(of=("self",)).get(pk=register.pk)
        if subject is not None:
            standing = DocumentNumber.objects.about(subject).standing().filter(paper=paper).first()
            if standing:
                return standing
        last = register.numbers.filter(year=today.year).aggregate(last=Max("serial"))["last"] or 0
        number = DocumentNumber(
            register=register,
            year=today.year,
            serial=last + 1,
            title=title,
            paper=paper,
            subject=subject,
            issued_on=today,
            issued_by=actor,
        )
        number.full_clean()
        number.save(force_insert=True)
        office = next(iter(_offices_at(actor, register)), None) if actor else None
        record_entry(number, step="issue", office=office, actor=actor, at=at)
    return number


def of_other_unit(number: DocumentNumber, actor) -> Obstacle | None:
    """Each unit keeps its own registers; a bureau does not write into a town government's."""
    if _offices_at(actor, number.register):
        return None
    text = _("%(register)s is kept by %(unit)s; your office is at another unit.")
    return Obstacle("other_unit", text % {"register": number.register, "unit": number.register.unit.name})


def refuse_foreign_unit(actor, register: DocumentRegister) -> None:
    """Raises StepRefused `other_unit`; without an actor it is the system itself."""
    obstacle = of_other_unit(DocumentNumber(register=register), actor) if actor else None
    if obstacle:
        raise StepRefused(obstacle.code, obstacle.text)


def _offices_at(actor, register: DocumentRegister) -> list:
    return [office for office in actor.offices if office.unit_id == register.unit_id and may(office, POWER, "decide")]
