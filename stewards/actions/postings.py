"""Post a steward to a station, or propose it; end a posting; let another steward take over, and hand over to him."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import ask, require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import StepRefused, owe, record_entry, settle
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.models import Station
from stewards.actions.posting_rules import DAY, faults_of, refuse_faults, village_faults
from stewards.models import Contract, DutyDay, Posting, Steward
from stewards.models.postings import USUAL_DISTRICT_DAYS, USUAL_TOWN_DAYS

POWER = "stewards"
HANDOVER = "stewards.handover"
# Service standard, B8: a replacement only with the town's consent, handed over within ten working days.
HANDED_OVER_WITHIN = 10
HANDOVER_BASIS = gettext_lazy(
    "Service standard of Hangzhou for cultural stewards, B8: replacement with the town's consent, hand-over within 10 working days"
)
S = Posting.State


def post_steward(
    *,
    actor,
    steward: Steward,
    station: Station,
    valid_from: date,
    valid_to: date | None = None,
    full_time: bool = True,
    contract: Contract | None = None,
    town_days: int = USUAL_TOWN_DAYS,
    district_days: int = USUAL_DISTRICT_DAYS,
    villages: Sequence[int] = (),
    supervisor: str = "",
    at: datetime | None = None,
) -> Posting:
    """The bureau sends a steward to a station from a day on; two full-time postings at once are refused.

    Under a contract it ends with it at the latest. Raises ValidationError by field, PermissionDenied.
    """
    posting = Posting(
        steward=steward, station=station, contract=contract, valid_from=valid_from, valid_to=valid_to,
        full_time=full_time, town_days=town_days, district_days=district_days, villages=list(villages),
        supervisor=supervisor,
    )  # fmt: skip
    return _enter(posting, S.CONFIRMED, "post", ("decide",), actor, at)


def propose_posting(
    *,
    actor,
    steward: Steward,
    station: Station,
    contract: Contract,
    valid_from: date,
    valid_to: date | None = None,
    full_time: bool = True,
    town_days: int = USUAL_TOWN_DAYS,
    district_days: int = USUAL_DISTRICT_DAYS,
    villages: Sequence[int] = (),
    supervisor: str = "",
    at: datetime | None = None,
) -> Posting:
    """The firm proposes to send a steward; the town consents, the bureau decides. Raises like `post_steward`."""
    posting = Posting(
        steward=steward, station=station, contract=contract, valid_from=valid_from, valid_to=valid_to,
        full_time=full_time, town_days=town_days, district_days=district_days, villages=list(villages),
        supervisor=supervisor,
    )  # fmt: skip
    return _enter(posting, S.PROPOSED, "propose", ("propose",), actor, at)


def enter_posting(*, actor, steward: Steward, station: Station, **said) -> Posting:
    """Enters a posting as the actor may: who decides posts, who proposes proposes, under a contract."""
    if ask(actor.offices, POWER, "decide", path=station.division.path):
        return post_steward(actor=actor, steward=steward, station=station, **said)
    if said.get("contract") is None:
        _office(actor, Posting(steward=steward, station=station), ("decide", "propose"))
        message = _("Name the contract under which he is sent.")
        raise ValidationError({"contract": ValidationError(message, code="required")})
    return propose_posting(actor=actor, steward=steward, station=station, **said)


def replace_steward(
    *,
    actor,
    posting: Posting,
    steward: Steward,
    on: date,
    handover_on: date | None = None,
    note: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Posting:
    """The firm proposes that another steward takes over from a day on, on the same terms; the town has to consent.

    handover_on: by when the two hand over, at most ten working days after; that late if it is not said. note: why. Once it is
    decided, the posting ends on that day, and the firm owes the hand-over. Raises ValidationError by field, PermissionDenied.
    """
    with acting(actor):
        former = lock(Posting.objects.select_related("station__division", "contract"), posting, seen)
        if former.state != S.CONFIRMED:
            raise closed_to_change(former)
        latest, _provisional = add_working_days(on, HANDED_OVER_WITHIN)
        faults = {}
        if on <= former.valid_from or (former.valid_to and on > former.valid_to):
            message = _("The posting runs from %(first)s to %(last)s; somebody takes over within.")
            values = {"first": former.valid_from, "last": former.valid_to or "…"}
            faults["on"] = ValidationError(message % values, code="outside_posting")
        if handover_on and not on <= handover_on <= latest:
            message = _("He hands over within ten working days: from %(first)s to %(last)s.")
            faults["handover_on"] = ValidationError(message % {"first": on, "last": latest}, code="handover_late")
        if steward.pk == former.steward_id:
            message = _("He cannot take over from himself.")
            faults["steward"] = ValidationError(message, code="same_steward")
        elif steward.firm_id != former.firm_id:
            message = _("The steward is another service provider's.")
            faults["steward"] = ValidationError(message, code="other_firm")
        refuse_faults(faults)
        new = Posting(
            steward=steward, station=former.station, contract=former.contract, valid_from=on,
            # What ends on that day anyhow is gone on with, to the end of its contract.
            valid_to=former.valid_to if former.valid_to != on else None, full_time=former.full_time,
            town_days=former.town_days, district_days=former.district_days, villages=former.villages,
            supervisor=former.supervisor, replaces=former, handover_on=handover_on or latest,
        )  # fmt: skip
        return _enter(new, S.PROPOSED, "propose", ("propose",), actor, at, note)


def end_posting(
    *, actor, posting: Posting, on: date | None, at: datetime | None = None, seen: int | None = None
) -> Posting:
    """Ends a posting: `on` is the first day the steward is not there any more, None where it is open again.

    Raises ValidationError, PermissionDenied.
    """
    office = _office(actor, posting, ("decide",))
    with acting(actor):
        row = lock(Posting.objects.select_related("station__division", "contract", "steward"), posting, seen)
        if row.state != S.CONFIRMED:
            raise closed_to_change(row)
        if on and on <= row.valid_from:
            raise ValidationError(
                {"valid_to": ValidationError(_("A posting ends after it begins."), code="date_order")}
            )
        if on:
            refuse_days_after(row, on)
        row.valid_to = on
        refuse_faults(faults_of(row))
        row.version += 1
        row.full_clean()
        row.save(update_fields=["valid_to", "version"])
        record_entry(row, step="end", office=office, actor=actor, at=at or timezone.now(), from_state=row.state)
    posting.valid_to, posting.version = row.valid_to, row.version
    return posting


def hand_over(*, actor, posting: Posting, note: str, at: datetime | None = None, seen: int | None = None) -> Posting:
    """Notes what was handed over to the steward who has taken over; the duty to hand over is settled by it.

    Raises ValidationError, PermissionDenied, StepRefused.
    """
    at = at or timezone.now()
    office = _office(actor, posting, ("propose", "decide"))
    with acting(actor):
        row = lock(Posting.objects.select_related("station__division", "steward", "contract"), posting, seen)
        if row.replaces_id is None or row.state != S.CONFIRMED:
            raise StepRefused("no_handover", _("Nobody hands over: it takes over from no posting, or is not decided."))
        if not note.strip():
            message = _("Say what was handed over.")
            raise ValidationError({"note": ValidationError(message, code="required")})
        row.handover_note, row.version = note.strip(), row.version + 1
        row.full_clean()
        row.save(update_fields=["handover_note", "version"])
        record_entry(row, step="hand_over", office=office, actor=actor, at=at, from_state=row.state, comment=note)
        settle(row, HANDOVER, at=at)
    return row


def begin_postings(postings: Sequence[Posting], actor, at: datetime) -> None:
    """What follows when postings are decided: whom they take over from leaves, and the firm owes the hand-over.

    Raises StepRefused where meanwhile the contract has as many stewards as it is for.
    """
    for key in sorted({one.contract_id for one in postings if one.contract_id}):
        Contract.objects.select_for_update().get(pk=key)
    for posting in postings:
        row = Posting.objects.select_related("contract", "steward", "station", "replaces", "firm__unit").get(
            pk=posting.pk
        )
        for fault in faults_of(row).values():
            raise StepRefused(fault.code or "invalid", fault.messages[0], row.pk)
        former = row.replaces
        if former is None:
            continue
        try:
            refuse_days_after(former, row.valid_from)
        except ValidationError as refused:
            raise StepRefused("days_after_end", refused.messages[0], row.pk) from refused
        if former.valid_to != row.valid_from:
            former.valid_to, former.version = row.valid_from, former.version + 1
            former.save(update_fields=["valid_to", "version"])
            comment = _("%(steward)s takes over.") % {"steward": row.steward}
            record_entry(
                former, step="end", office=_office(actor, former, ("decide",)), actor=actor, at=at,
                from_state=former.state, comment=comment,
            )  # fmt: skip
        owe(
            row.firm.unit, code=HANDOVER, label=_handover_label(row), basis=str(HANDOVER_BASIS),
            opened_on=timezone.localdate(at), due_on=row.handover_on, subject=row, again=True,
        )  # fmt: skip


def refuse_days_after(posting: Posting, on: date) -> None:
    """A posting does not end before a day on duty that is logged in it."""
    last = posting.duty_days.exclude(state=DutyDay.State.VOID).filter(day__gte=on).order_by("-day").first()
    if last:
        message = _("A day on duty is logged after it: %(day)s.") % {"day": last.day}
        raise ValidationError({"valid_to": ValidationError(message, code="days_after_end")})


def _enter(
    posting: Posting, state: str, step: str, verbs: Sequence[str], actor, at: datetime | None, comment: str = ""
) -> Posting:
    office = _office(actor, posting, verbs)
    with acting(actor):
        if posting.contract:
            # As it stands now; nobody else counts the stewards of the contract meanwhile.
            contract = posting.contract = Contract.objects.select_for_update().get(pk=posting.contract.pk)
            posting.valid_to = posting.valid_to or contract.served_until + DAY
        posting.firm_id, posting.county_id = posting.steward.firm_id, posting.station.county_id
        posting.state, posting.filed_by = state, actor
        refuse_faults(faults_of(posting) | village_faults(posting.station, posting.villages, posting.valid_from))
        posting.full_clean()
        posting.save()
        record_entry(posting, step=step, office=office, actor=actor, at=at or timezone.now(), comment=comment)
    return posting


def _office(actor, posting: Posting, verbs: Sequence[str]) -> Office | None:
    if actor is None:
        return None
    firm = posting.firm_id or posting.steward.firm_id
    return require(actor.offices, POWER, verbs, path=posting.station.division.path, unit_id=firm)[0]


def _handover_label(posting: Posting) -> str:
    values = {"new": posting.steward.name, "former": posting.replaces.steward.name if posting.replaces else ""}
    return _("Hand over from %(former)s to %(new)s") % values


DUTIES[HANDOVER] = Duty(
    _handover_label, HANDOVER_BASIS, name=gettext_lazy("Hand-over of a steward's posting"), power=POWER, seen_by=POWER
)
