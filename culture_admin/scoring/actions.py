"""The verbs of schemes: draw one up, change the draft, begin another edition, and what publication does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.scoring.body import Body, read_body
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import Takes, in_points, plain
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.actions import follow, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import Obstacle

POWER = "schemes"
WRITERS = ("propose", "decide")
# What a contract is scored of.
STANDARD = 100
PARTS = ("sections", "groups", "titles")
# What an edition takes over from the one before it.
KEPT = ("name_zh", "name_en", "subject", "year", "total", "decimals", "known", "spread", "publicity", "sample", "body")
State = Scheme.State


def draft_scheme(*, actor, place: Division, at: datetime | None = None, **entries: Any) -> Scheme:
    """Draws a scheme up for a county. What is still missing may come later; what cannot be read is refused.

    entries: the fields, and sections, groups and titles in the shape of body.py. Raises Problem with the place of each fault,
    ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, WRITERS, path=place.path)
    if place.level != Level.COUNTY:
        raise ValidationError({"place": ValidationError(_("A scheme is a county's."), code="level")})
    body = {name: entries.pop(name) for name in PARTS if name in entries}
    scheme = Scheme(place=place, drafted_by=actor, body=body, **entries)
    return _enter(scheme, office, actor, at)


def begin_edition(*, actor, scheme: Scheme, reason: str, at: datetime | None = None) -> Scheme:
    """A draft with what a published scheme says; published, it takes that one's place.

    Raises StepRefused (`illegal_transition`), ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, WRITERS, path=scheme.place.path)
    if scheme.state not in Scheme.ONCE_PUBLISHED:
        raise closed_to_change(scheme)
    last = Scheme.objects.of(scheme.place, scheme.subject, scheme.year).exclude(state=State.VOID)
    edition = max(last.values_list("edition", flat=True)) + 1
    entries = {name: getattr(scheme, name) for name in KEPT}
    new = Scheme(place=scheme.place, drafted_by=actor, edition=edition, reason=reason, **entries)
    return _enter(new, office, actor, at)


def change_scheme(*, actor, scheme: Scheme, seen: int | None = None, at: datetime | None = None, **changes) -> Scheme:
    """Changes a draft; what was handed over is returned first, and what is published stays as it is.

    Raises Problem, ValidationError, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    with acting(actor):
        row = lock(Scheme.objects.visible_to(actor).select_related("place"), scheme, seen)
        require(actor.offices, POWER, WRITERS, path=row.place.path)
        if row.state != State.DRAFT:
            raise closed_to_change(row)
        parts = {name: changes.pop(name) for name in PARTS if name in changes}
        for name, value in changes.items():
            setattr(row, name, value)
        row.body = {**row.body, **parts}
        _check(row)
        row.version += 1
        row.save()
    return row


def faults_in(scheme: Scheme) -> list[Fault]:
    """What stands against publishing a scheme."""
    body, faults = read_body(scheme.body, scheme.total, scheme.decimals)
    if not body.table.sections:
        faults.append(Fault("missing", _("It has no indicators yet."), pointer="/sections"))
    if scheme.subject == Scheme.Subject.CONTRACT:
        faults += _of_standard(scheme, body)
    elif not body.groups:
        faults.append(Fault("missing", _("It does not say yet who is compared with whom."), pointer="/groups"))
    faults += _of_groups(scheme, body)
    if not (scheme.document or scheme.sample):
        faults.append(Fault("missing", _("Name the document it is issued by."), pointer="/document"))
    return faults


def _of_groups(scheme: Scheme, body: Body) -> Iterator[Fault]:
    """Whoever is listed is a place of the county in the year of the scheme; a wrong code would leave somebody out unnoticed."""
    named = any(group.divisions for group in body.groups)
    called = scheme.called() if named else {}
    for at, group in enumerate(body.groups):
        for code in group.divisions:
            if code not in called:
                told = {"code": code, "place": scheme.place.name, "year": scheme.year}
                message = _("There is no division %(code)s in %(place)s in %(year)d.") % told
                yield Fault("unknown_division", message, pointer=f"/groups/{at}/divisions")


def _of_standard(scheme: Scheme, body: Body) -> Iterator[Fault]:
    """A contract is scored by itself, of 100 points: nobody is there to be compared with."""
    if scheme.total != STANDARD:
        named = {"standard": in_points(Decimal(STANDARD)), "total": plain(scheme.total)}
        message = _("Contracts are scored of %(standard)s; this scheme is of %(total)s.")
        yield Fault("standard_total", message % named, pointer="/total")
    for section in body.table.sections:
        by_value = any(one.rule.method.takes == Takes.PEERS for one in section.indicators)
        if by_value or any(rule.method.code == "M7" for rule in section.levels):
            message = _("%(code)s: a contract is scored by itself; M7 and M8 compare several.")
            yield Fault("standard_compares", message % {"code": section.code}, pointer="/sections")


def refuse_unfinished(scheme: Scheme, actor) -> Obstacle | None:
    """A scheme that does not add up, or lacks something, is not handed over nor published."""
    faults = faults_in(scheme)
    return Obstacle("scheme_faults", " ".join(str(fault.message) for fault in faults[:5])) if faults else None


def publish(schemes: Sequence[Scheme], actor, at: datetime) -> None:
    """The schemes count from now on, each in the place of the edition before it."""
    for scheme in schemes:
        former = Scheme.objects.of(scheme.place, scheme.subject, scheme.year).filter(state=State.PUBLISHED)
        act = _("Edition %(number)d is published.") % {"number": scheme.edition}
        follow(former.exclude(pk=scheme.pk), "supersede", actor=actor, at=at, comment=act)
        scheme.published_on = timezone.localdate(at)
        Scheme.objects.filter(pk=scheme.pk).update(published_on=scheme.published_on)


# What may be wrong with a draft as long as it is one: it does not add up yet.
UNFINISHED = {"weights", "points", "titles_order", "unknown_indicator", "quarters", "points_source"}


def _enter(scheme: Scheme, office, actor, at: datetime) -> Scheme:
    with acting(actor):
        _check(scheme)
        scheme.save()
        record_entry(scheme, step="draft", office=office, actor=actor, at=at)
    return scheme


def _check(scheme: Scheme) -> None:
    _body, faults = read_body(scheme.body, scheme.total, scheme.decimals)
    wrong = [fault for fault in faults if fault.code not in UNFINISHED]
    if wrong:
        raise Problem(400, "scheme_faults", _("The scheme cannot be read as it stands."), faults=wrong)
    scheme.full_clean()
