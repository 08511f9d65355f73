"""Filing a personnel case, changing it while it may be changed, and the pay that is proposed and determined in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.personal.numbers import read_identity_number
from culture_admin.accounts.personal.reading import write_personal
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import StepRefused, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.officers import read_personal, record_officer
from stations.actions.places import Places
from stations.actions.rows import enter, office_of
from stations.models import CasePay, Officer, OfficerData, OfficerPosting, PersonnelCase, Post, Station
from stations.models.posts import FULL_TIME

POWER = "stations.personnel"
K, S = PersonnelCase.Kind, PersonnelCase.State
# What a town writes in its case, and what the personnel section adds before the decision.
ASKED = (
    "post", "posting", "other_unit", "effective_on", "until", "share", "year", "grounds", "cultural", "reason", "late_reason",
    "username",
)  # fmt: skip
PREPARED = ("username", "document")
PAY = ("basic", "performance", "allowances")
HEAD_IS_REMOVED = gettext_lazy("A head is removed from office first, by a case of that kind.")
LARGEST_PAY = Decimal(1_000_000)
AHEAD = 2 * 366
# A field, what is wrong with it, and the code of that.
Fault = tuple[str, object, str]


def file_case(
    *,
    actor,
    at: datetime | None = None,
    kind: str,
    station: Station,
    officer: Officer | None = None,
    name: str = "",
    identity_number: str = "",
    effective_on: date,
    reason: str,
    post: Post | None = None,
    posting: OfficerPosting | None = None,
    other_unit: str = "",
    until: date | None = None,
    share: int = FULL_TIME,
    year: int | None = None,
    grounds: str = "",
    cultural: bool = False,
    late_reason: str = "",
    username: str = "",
    basic: Decimal | None = None,
    performance: Decimal | None = None,
    allowances: Decimal | None = None,
) -> PersonnelCase:
    """A draft of a case; the step `submit` hands it to the bureau. Pay in yuan a month, for a determination of pay.

    Whom another town has on file is named by name and identity number. What concerns a posting names it; where the officer
    holds one post at the station, it need not be named. Raises ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    office = office_of(actor, POWER, "propose", path=station.division.path)
    ground = Places().on(station, timezone.localdate(at))
    if officer and identity_number:
        message = _("Name the officer by his file, or by name and identity number, not by both.")
        raise ValidationError({"identity_number": ValidationError(message, code="named_twice")})
    officer = officer or officer_known_as(name, identity_number)
    with acting(actor):
        # Two windows that file for the same person wait for each other.
        officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
        case = PersonnelCase(
            kind=kind,
            station=station,
            division_id=ground.division_id,
            county_id=ground.county_id,
            officer=officer,
            post=post,
            posting=posting or _only_posting(kind, station, officer, effective_on),
            other_unit=other_unit,
            effective_on=effective_on,
            until=until,
            share=share,
            year=year,
            grounds=grounds,
            cultural=cultural,
            reason=reason,
            late_reason=late_reason,
            username=username,
            recorded_at=at,
            recorded_by=actor,
        )
        _check(case, at)
        enter(case)
        amounts = {"basic": basic, "performance": performance, "allowances": allowances}
        _keep_pay(case, "proposed", amounts, office, actor, at)
        record_entry(case, step="draft", office=office, actor=actor, at=at)
    return case


def file_case_for_person(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    name: str,
    identity_number: str = "",
    phone: str = "",
    **entries: Any,
) -> PersonnelCase:
    """A case for somebody who is named instead of chosen: who is on file is found by name and identity number, and who is
    new gets a file. `entries` are those of `file_case`. Raises ValidationError, PermissionDenied.
    """
    personal = read_personal(identity_number=identity_number, phone=phone)
    number = personal["identity_number"]
    with acting(actor):
        if number and OfficerData.objects.having("identity_print", number).exists():
            officer = officer_known_as(name, number)
        else:
            officer = record_officer(
                actor=actor, at=at, station=station, name=name, identity_number=identity_number, phone=phone
            )
        return file_case(actor=actor, at=at, station=station, officer=officer, **entries)


def officer_known_as(name: str, identity_number: str) -> Officer:
    """The officer on file under a name and an identity number, wherever he serves: both have to be right.

    Raises ValidationError.
    """
    if not identity_number:
        message = _("Choose an officer, or write name and identity number of one who serves elsewhere.")
        raise ValidationError({"officer": ValidationError(message, code="required")})
    try:
        number = read_identity_number(identity_number)
    except ValidationError as refused:
        raise ValidationError({"identity_number": refused}) from refused
    found = OfficerData.objects.having("identity_print", number).select_related("officer").first()
    if found is None or found.officer.name != name or found.officer.state == Officer.State.VOID:
        message = _("Nobody is on file under this name and identity number. Open a file for who is new.")
        raise ValidationError({"identity_number": ValidationError(message, code="no_such_officer")})
    return found.officer


def change_case(
    *, actor, personnelcase: PersonnelCase, at: datetime | None = None, seen: int | None = None, **changes
) -> PersonnelCase:
    """Changes a draft, or what was returned; the personnel section may name the account and the document before it decides.

    Raises ValidationError, StepRefused, PermissionDenied.
    """
    unknown = set(changes) - {*ASKED, *PREPARED, *PAY}
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        rows = PersonnelCase.objects.visible_to(actor) if actor else PersonnelCase.objects.all()
        row = lock(
            rows.select_related("station__unit", "station__division", "officer", "post", "posting__post"),
            personnelcase,
            seen,
        )
        preparing = row.state not in (S.DRAFT, S.RETURNED)
        if preparing and (row.state not in AT_BUREAU or set(changes) - set(PREPARED)):
            raise closed_to_change(row)
        office = office_of(actor, POWER, "decide" if preparing else "propose", path=row.station.division.path)
        amounts = {name: changes.pop(name) for name in PAY if name in changes}
        for name, value in changes.items():
            setattr(row, name, value)
        if row.posting is None:
            row.posting = _only_posting(row.kind, row.station, row.officer, row.effective_on)
        row.version += 1
        if not preparing:
            _check(row, at)
        enter(row)
        if amounts:
            _keep_pay(row, "proposed", amounts, office, actor, at)
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


# The states in which a case lies with the bureau.
AT_BUREAU = (S.SUBMITTED, S.ACCEPTED, S.EXAMINED, S.INSPECTED, S.PUBLICISED)


def determine_pay(
    *,
    actor,
    personnelcase: PersonnelCase,
    basic: Decimal,
    performance: Decimal,
    allowances: Decimal,
    comment: str,
    at: datetime | None = None,
    seen: int | None = None,
) -> PersonnelCase:
    """Other amounts than the town proposed, in yuan a month, with why; the step `approve` determines them.

    Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        rows = PersonnelCase.objects.visible_to(actor).select_related("station__unit", "station__division", "officer")
        row = lock(rows, personnelcase, seen)
        office = office_of(actor, "stations.pay", path=row.station.division.path)
        if row.kind != K.PAY or row.state != S.ACCEPTED:
            raise StepRefused(
                "illegal_transition", _("Pay is determined in a case about pay that the bureau has accepted."), row.pk
            )
        if not comment.strip():
            message = _("Say why it differs from what the town proposed.")
            raise ValidationError({"comment": ValidationError(message, code="required")})
        amounts = {"basic": basic, "performance": performance, "allowances": allowances}
        _keep_pay(row, "determined", amounts, office, actor, at)
        row.version += 1
        row.save(update_fields=["version"])
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state, comment=comment)
    return row


def pay_text(basic: Decimal, performance: Decimal, allowances: Decimal) -> str:
    """Pay as it is kept: 4500.00 + 1200.00 + 300.00 = 6000.00."""
    parts = [basic, performance, allowances]
    return f"{' + '.join(f'{part:.2f}' for part in parts)} = {sum(parts):.2f}"


def _keep_pay(
    case: PersonnelCase, name: str, amounts: dict[str, Decimal | None], office: Office | None, actor, at: datetime
) -> None:
    given = {part: amount for part, amount in amounts.items() if amount is not None}
    if case.kind != K.PAY:
        if given:
            message = _("Pay belongs to a case of the kind “pay determination”.")
            raise ValidationError({next(iter(given)): ValidationError(message, code="no_pay")})
        return
    faults = {}
    for part in PAY:
        amount = amounts.get(part)
        if amount is None:
            faults[part] = ValidationError(_("Write the amount in yuan a month, 0 if there is none."), code="required")
        elif not 0 <= amount <= LARGEST_PAY or not re.fullmatch(r"\d+(\.\d{1,2})?", str(amount)):
            faults[part] = ValidationError(
                _("An amount from 0 to 1,000,000 yuan with two decimals at most."), code="amount"
            )
    if faults:
        raise ValidationError(faults)
    pay = CasePay.objects.filter(pk=case.pk).first() or CasePay(case=case)
    pay.case = case
    if name == "proposed":
        pay.revision += 1
    write_personal(pay, {name: pay_text(**given)}, office=office, actor=actor, at=at)


def _only_posting(kind: str, station: Station, officer: Officer, day: date) -> OfficerPosting | None:
    """The posting a case is about, where it is the only one of the officer at the station."""
    if kind in K.values and K(kind) in PersonnelCase.FILLING:
        return None
    held = OfficerPosting.objects.lasting(day).filter(station=station, officer=officer, acting=False)
    if kind == K.REMOVAL:
        held = held.of_heads()
    found = list(held.select_related("post")[:2])
    return found[0] if len(found) == 1 else None


def _check(case: PersonnelCase, at: datetime) -> None:
    """The rules of a kind: what it needs, what it cannot have, and that it is filed in advance or says why not."""
    faults: dict[str, ValidationError] = {}
    for name, text, code in _faults(case, timezone.localdate(at)):
        faults.setdefault(name, ValidationError(text, code=code))
    if faults:
        raise ValidationError(faults)
    case.origin = case.held_elsewhere()


def _faults(case: PersonnelCase, today: date) -> Iterator[Fault]:
    kind: Any = case.kind
    yield from _faults_of_filling(case) if kind in PersonnelCase.FILLING else _faults_of_posting(case)
    if kind == K.SECONDMENT and case.until is None:
        yield "until", _("A secondment has a day of return."), "required"
    if kind in (K.SECONDMENT, K.TRANSFER_OUT) and not case.other_unit:
        yield "other_unit", _("Write to which unit the officer goes."), "required"
    if kind in (K.DISMISSAL, K.REMOVAL) and not case.grounds:
        yield "grounds", _("Say on which grounds."), "required"
    if kind == K.PAY and case.year is None:
        yield "year", _("Say for which year."), "required"
    if (case.effective_on - today).days > AHEAD:
        yield "effective_on", _("Nothing is filed more than two years ahead."), "date_range"
    if case.effective_on < today and not case.late_reason:
        text = _(
            "A case is filed in advance, and %(day)s has passed. Has it been done already, say why it is filed so late."
        )
        yield "late_reason", text % {"day": case.effective_on}, "late_reason_required"


def _faults_of_filling(case: PersonnelCase) -> Iterator[Fault]:
    """Of a case that fills a post: the post, and what the officer holds until then."""
    post, held = case.post, [one for one in case.officer.postings.all() if one.lasts(case.effective_on)]
    if post is None:
        yield "post", _("Say which post is to be filled."), "required"
    elif post.station_id != case.station_id:
        yield "post", _("This post belongs to another station."), "other_station"
    elif (post.kind == Post.Kind.HEAD) != (case.kind == K.APPOINTMENT):
        yield "post", _("A head is appointed, and an appointment fills the post of a head."), "wrong_kind_of_post"
    elif not (post.valid_from <= case.effective_on and (post.valid_to is None or post.valid_to > case.effective_on)):
        yield "post", _("The post does not exist on that day."), "post_not_then"
    if case.posting is not None:
        yield "posting", _("A case that fills a post names no posting."), "not_of_kind"
    if case.kind == K.RECRUITMENT and held:
        yield "kind", _("The officer holds a post already; file a transfer."), "holds_post"
    if case.kind == K.TRANSFER_IN and any(one.post.kind == Post.Kind.HEAD for one in held):
        yield "officer", HEAD_IS_REMOVED, "head_is_removed"


def _faults_of_posting(case: PersonnelCase) -> Iterator[Fault]:
    """Of a case about a post that the officer holds."""
    posting = case.posting
    if case.post is not None:
        yield "post", _("Only a case that fills a post names one."), "not_of_kind"
    if posting is None:
        yield "posting", _("Say which of the officer's posts at this station is concerned."), "required"
        return
    of_head = posting.post.kind == Post.Kind.HEAD
    if posting.officer_id != case.officer_id or posting.station_id != case.station_id:
        yield "posting", _("This is not a post of the officer at this station."), "other_station"
    elif posting.valid_to and posting.valid_to <= case.effective_on:
        yield "posting", _("The posting is over by then."), "posting_over"
    elif of_head and case.kind in (K.DISMISSAL, K.TRANSFER_OUT):
        yield "posting", HEAD_IS_REMOVED, "head_is_removed"
    elif not of_head and case.kind == K.REMOVAL:
        yield "posting", _("Only a head is removed from office."), "no_head"
