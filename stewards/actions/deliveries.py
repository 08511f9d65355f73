"""Post what was served to the lines of contracts, so that what stands there is what counts; move one to another line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.workflow.actions import StepRefused
from stewards.actions.alerts import tell_levels
from stewards.actions.delivered_orders import Orders, settle_orders
from stewards.models import Contract, Delivery, Measure, Posting, ServiceLine
from stewards.sources import Served, served_of, served_under

__all__ = ["Served", "move_delivery", "settle_contract", "settle_deliveries", "settle_records"]

POWER = "stewards.deliveries"
BATCH = 5000
# Under these nothing is posted any more, and what stands is reversed only when its record no longer counts.
CLOSED = (Contract.State.ACCEPTED, Contract.State.SETTLED, Contract.State.ENDED, Contract.State.TERMINATED)
REASON = Delivery._meta.get_field("reversed_for").max_length
Key = tuple[str, int]
# Not an exclusive lock, which all logs under a contract would queue for.
_HOLD = "SELECT id FROM stewards_contract WHERE id IN %s ORDER BY id FOR SHARE"


@dataclass(frozen=True, slots=True)
class Due:
    """Where a record counts, with how much, and who put it there by hand."""

    served: Served
    line: ServiceLine
    moved_by_id: int | None = None
    moved_for: str = ""

    @property
    def amount(self) -> int:
        return self.served.amounts[Measure(self.line.measure)]


def settle_records(
    kind: str, records: Collection[int], postings: Iterable[int | None], *, at: datetime, why: str = ""
) -> None:
    """Settles records of a kind after they were written; `postings` are those they have, and those they had before.

    Costs nothing where there is no posting, and one query where none is under a contract. Locks belong to the caller.
    """
    keys = {key for key in postings if key}
    if keys and Posting.objects.filter(pk__in=keys, contract__isnull=False).exists():
        settle_deliveries(served_of(kind, records), at=at, why=why)


def settle_contract(contract: Contract, *, at: datetime, why: str = "") -> None:
    """Settles everything that was made under the postings of a contract, after its state, lines or postings have changed."""
    settle_deliveries(served_under(contract.postings.all()), at=at, why=why)


def settle_deliveries(served: Sequence[Served], *, at: datetime, why: str = "") -> None:
    """Posts, moves and reverses deliveries so that what stands is what counts; may be called again with the same.

    A record counts on one line of the contract of its posting, as long as services are delivered under that: one whose measure,
    time, station, kind and genre fit; of several the one that names most of these, then the one of the lowest number. Where a
    person has moved it, it stays as long as measure, time and station fit. The number of queries does not grow with the rows.
    """
    by_key = {one.key: one for one in served}
    if not by_key:
        return
    contracts = _hold_contracts(by_key.values())
    standing = _standing(by_key)
    lines = _lines(contracts, standing.values())
    due = {key: found for key, one in by_key.items() if (found := _due(one, standing.get(key), lines))}
    over = {key: row for key, row in standing.items() if not _stands(row, due.get(key))}
    fresh = [due[key] for key in due if key not in standing or key in over]
    for row in over.values():
        key = (row.source_kind, row.source_id)
        row.reversed_at, row.reversed_for = at, _why(row, by_key[key], due.get(key), why)[:REASON]
    Delivery.objects.bulk_update(over.values(), ["reversed_at", "reversed_for"], batch_size=BATCH)
    orders = Orders({(one.line.pk, one.served.station_id, one.served.on) for one in fresh})
    posted = Delivery.objects.bulk_create([_delivery(one, orders, at) for one in fresh], batch_size=BATCH)
    _tell([*over.values(), *posted], at)


def move_delivery(*, actor, delivery: Delivery, line: ServiceLine, reason: str, at: datetime | None = None) -> Delivery:
    """Puts a record that counts on one line on another of the same contract; what stood is reversed. Returns what stands now.

    Kind and genre of a line are the mover's judgement; measure, time and station have to fit.
    Raises PermissionDenied, ValidationError by field, StepRefused (`reversed_already`, `contract_closed`).
    """
    at = at or timezone.now()
    with acting(actor):
        row = (
            Delivery.objects.visible_to(actor).select_related("line", "contract__place").select_for_update(of=("self",))
        )
        row = row.get(pk=delivery.pk)
        require_of(actor, POWER, path=row.contract.place.path)
        if row.reversed_at:
            raise StepRefused("reversed_already", _("This delivery is reversed already."), row.pk)
        if row.contract.state not in Contract.DELIVERING:
            message = _("The contract is “%(state)s”: nothing is moved any more.")
            raise StepRefused("contract_closed", message % {"state": row.contract.get_state_display()}, row.pk)
        served = served_of(row.source_kind, [row.source_id])[0]
        _refuse_move(row, line, served, reason)
        due = Due(served, line, actor.pk if actor else None, reason.strip())
        row.reversed_at, row.reversed_for = at, _why(row, served, due, "")[:REASON]
        row.save(update_fields=["reversed_at", "reversed_for"])
        orders = Orders({(line.pk, served.station_id, served.on)})
        moved = _delivery(due, orders, at)
        moved.full_clean(exclude=["firm", "steward", "station", "county"])
        moved.save(force_insert=True)
        _tell([row, moved], at)
    return moved


def _tell(touched: Sequence[Delivery], at: datetime) -> None:
    """Closes orders of which all has come, opens those again of which something was taken back, and tells of levels."""
    orders = {row.order_id for row in touched if row.order_id}
    if orders:
        settle_orders(orders, at=at)
    tell_levels({row.line_id for row in touched}, at=at)


def _refuse_move(row: Delivery, line: ServiceLine, served: Served, reason: str) -> None:
    faults: dict[str, ValidationError] = {}
    if line.contract_id != row.contract_id:
        faults["line"] = ValidationError(_("The line belongs to another contract."), code="other_contract")
    elif line.pk == row.line_id:
        faults["line"] = ValidationError(_("It counts on this line already."), code="same_line")
    elif Measure(line.measure) not in served.amounts:
        message = _("The record is not counted in %(unit)s.") % {"unit": line.unit}
        faults["line"] = ValidationError(message, code="other_measure")
    elif not _holds(line, served):
        message = _("The line is for another station, or for another time.")
        faults["line"] = ValidationError(message, code="other_place_or_time")
    if not reason.strip():
        faults["reason"] = ValidationError(_("Say why it counts on another line."), code="required")
    elif len(reason.strip()) > REASON:
        message = _("At most %(most)d characters are expected.") % {"most": REASON}
        faults["reason"] = ValidationError(message, code="max_length")
    if faults:
        raise ValidationError(faults)


def _hold_contracts(served: Iterable[Served]) -> dict[int, int]:
    """The contract of each posting under which something counts. Until the end of the transaction no contract changes its state:
    whoever signs one waits for the logs at hand, or these for him.
    """
    postings = {one.posting_id for one in served if one.posting_id and one.amounts}
    rows = Posting.objects.filter(pk__in=postings, contract__isnull=False) if postings else Posting.objects.none()
    contracts = dict(rows.values_list("pk", "contract"))
    if contracts:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [tuple(sorted(set(contracts.values())))])
    return contracts


def _standing(keys: Iterable[Key]) -> dict[Key, Delivery]:
    """What stands of these records."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    of_them = Q()
    for kind, found in by_kind.items():
        of_them |= Q(source_kind=kind, source_id__in=found)
    rows = Delivery.objects.standing().filter(of_them).select_related("line").order_by("pk")
    return {(row.source_kind, row.source_id): row for row in rows.select_for_update(of=("self",))}


def _lines(contracts: Mapping[int, int], standing: Iterable[Delivery]) -> dict[int, list[ServiceLine]]:
    """Of each posting the lines of its contract, if something can count on them."""
    if not contracts:
        return {}
    closed = {row.contract_id for row in standing}
    countable = Q(contract__state__in=Contract.DELIVERING) | Q(contract__state__in=CLOSED, contract__in=closed)
    of_contract: dict[int, list[ServiceLine]] = defaultdict(list)
    rows = ServiceLine.objects.filter(countable, contract__in=set(contracts.values()))
    for line in rows.select_related("contract").order_by("contract", "number"):
        of_contract[line.contract_id].append(line)
    return {posting: of_contract[contract] for posting, contract in contracts.items()}


def _due(one: Served, standing: Delivery | None, lines: Mapping[int, Sequence[ServiceLine]]) -> Due | None:
    """Where a record counts now."""
    of_posting = lines.get(one.posting_id or 0, ())
    if standing:
        mine = next((line for line in of_posting if line.pk == standing.line_id), None)
        by_hand = bool(standing.moved_for)
        if mine and by_hand and Measure(mine.measure) in one.amounts and _holds(mine, one):
            return Due(one, mine, standing.moved_by_id, standing.moved_for)
    fitting = [line for line in of_posting if _fits(line, one, standing)]
    return Due(one, min(fitting, key=_preference)) if fitting else None


def _fits(line: ServiceLine, one: Served, standing: Delivery | None) -> bool:
    if line.contract.state in CLOSED and not (standing and standing.contract_id == line.contract_id):
        return False
    named = line.kind in ("", one.kind) and line.genre in ("", one.genre)
    return named and Measure(line.measure) in one.amounts and _holds(line, one)


def _holds(line: ServiceLine, one: Served) -> bool:
    """Whether a line is for the record's station and day."""
    here = line.station_id in (None, one.station_id)
    return here and line.first <= one.on <= line.last and (one.until is None or one.until > line.last)


def _preference(line: ServiceLine) -> tuple[int, int]:
    """The line that names most comes first, then the one of the lowest number."""
    return -sum(map(bool, (line.station_id, line.kind, line.genre))), line.number


def _stands(row: Delivery, due: Due | None) -> bool:
    """Whether what stands is what is due."""
    return due is not None and (row.line_id, row.amount, row.on, row.station_id, row.steward_id) == (
        due.line.pk,
        due.amount,
        due.served.on,
        due.served.station_id,
        due.served.steward_id,
    )


def _why(row: Delivery, served: Served, due: Due | None, why: str) -> str:
    """Why what stood is reversed, in words."""
    if due is None:
        return why or served.why or _("No line of the contract fits the record any more.")
    if due.line.pk != row.line_id:
        text = _("It counts on line %(number)d now.") % {"number": due.line.number}
        return f"{text} {due.moved_for or why}".strip()
    return why or _("The record was changed.")


def _delivery(due: Due, orders: Orders, at: datetime) -> Delivery:
    one, line = due.served, due.line
    return Delivery(
        line=line,
        contract_id=line.contract_id,
        order_id=orders.take(line, one.station_id, one.on, due.amount),
        firm_id=line.contract.firm_id,
        steward_id=one.steward_id,
        station_id=one.station_id,
        county_id=one.county_id,
        source_kind=one.source_kind,
        source_id=one.source_id,
        on=one.on,
        amount=due.amount,
        moved_by_id=due.moved_by_id,
        moved_for=due.moved_for,
        posted_at=at,
    )
