"""A roster of stewards: its rows matched to the files of firms and their postings, written, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records
from culture_admin.territory.models import Level, Unit
from culture_admin.workflow.actions import StepRefused, perform
from stations.models import Station
from stewards.actions.firms import add_steward
from stewards.actions.posting_rules import DAY, faults_of
from stewards.actions.postings import POWER, end_posting, post_steward
from stewards.models import Contract, DutyDay, Firm, Posting, Steward

READ = (
    "name", "firm", "degree", "speciality", "station", "valid_from", "since_known", "valid_to", "full_time", "contract",
)  # fmt: skip
MOST = 500
Fault = tuple[str, str, str]


def plan_stewards(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows to the stewards and postings of the county of the station; asks a fixed number of queries.

    A row without a station is for the station that the sheet is brought in for.
    """
    blank: list[None] = [None] * len(records)
    columns = {name: list(records.values.get(name, blank)) for name in READ}
    plan = Plan(records, [NEW] * len(records), list(blank), columns)
    plan.columns["posting"] = list(blank)
    county = _County(unit, actor)
    planned: list[Posting] = []
    for position in range(len(records)):
        row = {name: columns[name][position] for name in READ}
        posting, faults = county.read(row)
        standing = county.standing(posting) if posting and not faults else None
        ends = row["valid_to"] if standing and row["valid_to"] != standing.valid_to else None
        if posting and not faults and standing is None:
            faults = _told(faults_of(posting, planned)) + _faults_of_row(posting)
        elif standing and ends:
            faults = _faults_of_end(standing, ends)
        if position >= MOST:
            faults = [("name", "too_many", _("A roster has at most %(most)d rows.") % {"most": MOST})]
        if faults or posting is None:
            _refuse(plan, position, faults)
            continue
        plan.columns["posting"][position] = posting
        if standing is None:
            planned.append(posting)
            if row["since_known"] not in (None, "", "day"):
                message = _("Only the month is written; it is taken from its first day on, %(day)s.")
                plan.note(position, "day_assumed", message % {"day": posting.valid_from})
            continue
        plan.existing[position] = standing.pk
        plan.status[position] = CHANGED if ends else SAME
    return plan


def write_stewards(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Opens the files of new stewards, posts them, and ends postings on the day that is said; returns how many rows."""
    made: list[int] = []
    ended: dict[str, Any] = {}
    files: dict[int, Steward] = {}
    for position in plan.positions(NEW):
        posting: Posting = plan.columns["posting"][position]
        steward = posting.steward
        if steward._state.adding:
            key = id(steward)
            if key not in files:
                files[key] = add_steward(
                    actor=actor,
                    firm=steward.firm,
                    name=steward.name,
                    speciality=steward.speciality,
                    degree=steward.degree,
                )
            steward = files[key]
        new = post_steward(
            actor=actor, steward=steward, station=posting.station, contract=posting.contract, full_time=posting.full_time,
            valid_from=posting.valid_from, valid_to=posting.valid_to, at=at,
        )  # fmt: skip
        made.append(new.pk)
    there = Posting.objects.select_related("station__division", "steward").in_bulk(
        [plan.existing[position] for position in plan.positions(CHANGED)]
    )
    for position in plan.positions(CHANGED):
        posting = there[plan.existing[position] or 0]
        before = posting.valid_to
        end_posting(actor=actor, posting=posting, on=plan.columns["valid_to"][position], at=at)
        ended[str(posting.pk)] = {"version": posting.version, "valid_to": before and before.isoformat()}
    batch.changes = {"made": made, "ended": ended}
    return len(made) + len(ended)


def undo_stewards(batch: Import, actor, at: datetime) -> int:
    """Strikes out the postings the import entered, and gives those it ended their end back, if nobody touched them.

    The files of stewards stay with their firms.
    """
    made = list(Posting.objects.filter(pk__in=batch.changes["made"]))
    ended = Posting.objects.select_related("contract").in_bulk([int(key) for key in batch.changes["ended"]])
    touched = sum(one.version != 1 or one.state != Posting.State.CONFIRMED for one in made)
    touched += sum(one.version != batch.changes["ended"][str(key)]["version"] for key, one in ended.items())
    if touched:
        raise StepRefused(
            "touched_since",
            _("%(count)d of the rows were changed after the import; they would be lost.") % {"count": touched},
        )
    if made:
        comment = _("Import undone: %(file)s") % {"file": batch.file_name}
        perform(made, "void", actor=actor, at=at, comment=comment)
    for key, posting in ended.items():
        before = batch.changes["ended"][str(key)]["valid_to"]
        end_posting(actor=actor, posting=posting, on=date.fromisoformat(before) if before else None, at=at)
    return len(made) + len(ended)


class _County:
    """The firms, stewards, stations and contracts of a county, read at once."""

    def __init__(self, unit: Unit, actor):
        self.own = Station.objects.select_related("unit", "division").get(pk=unit.pk)
        path = self.own.county.path
        self.firms = {
            firm.uscc: firm
            for firm in Firm.objects.filter(unit__division__path__startswith=path).select_related("unit")
        }
        last = Max("duty_days__day", filter=~Q(duty_days__state=DutyDay.State.VOID))
        postings = Posting.objects.select_related("station__unit").annotate(last_duty=last)
        with_all = Prefetch(
            "postings", postings.prefetch_related("replacements", "contract__coverage", "contract__postings")
        )
        self.stewards: dict[tuple[int, str], list[Steward]] = {}
        rows = Steward.objects.filter(firm__in=self.firms.values()).select_related("firm__unit")
        for steward in rows.prefetch_related(with_all).order_by("pk"):
            self.stewards.setdefault((steward.firm_id, steward.name), []).append(steward)
        self.stations: dict[str, Station] = {}
        for station in Station.objects.filter(division__path__startswith=path).select_related("unit", "division"):
            if ask(actor.offices, POWER, "decide", path=station.division.path):
                for word in (station.unit.name_zh, station.division.name_zh, station.division.code):
                    self.stations.setdefault(word, station)
        contracts = Contract.objects.filter(place__path__startswith=path, place__level=Level.COUNTY)
        contracts = contracts.exclude(state=Contract.State.VOID).prefetch_related("coverage", "postings")
        self.contracts = {contract.number: contract for contract in contracts}

    def read(self, row: Mapping[str, Any]) -> tuple[Posting | None, list[Fault]]:
        """The posting of a row, not stored, and what is wrong with its cells."""
        faults: list[Fault] = []
        firm = self.firms.get(row["firm"])
        if firm is None:
            faults.append(("firm", "firm_unknown", _("No service provider of the county has this code.")))
        station = self.stations.get(row["station"]) if row["station"] else self.own
        if station is None:
            faults.append(("station", "station_unknown", _("There is no such station in your territory.")))
        contract = self.contracts.get(row["contract"]) if row["contract"] else None
        if row["contract"] and contract is None:
            faults.append(("contract", "contract_unknown", _("There is no contract of this number.")))
        if row["valid_from"] is None:
            faults.append(("valid_from", "required", _("Say from when he serves there.")))
        if faults or firm is None or station is None:
            return None, faults
        named = self.stewards.setdefault((firm.pk, row["name"]), [])
        if len(named) > 1:
            message = _("The firm has several stewards of this name; enter the posting by hand.")
            return None, [("name", "steward_doubtful", message)]
        if not named:
            named.append(
                Steward(firm=firm, name=row["name"], speciality=row["speciality"] or "", degree=row["degree"] or "")
            )
        posting = Posting(
            steward=named[0], firm_id=firm.pk, station=station, county_id=station.county_id, contract=contract,
            full_time=row["full_time"] is not False, valid_from=row["valid_from"],
            valid_to=row["valid_to"] or (contract.served_until + DAY if contract else None),
        )  # fmt: skip
        return posting, []

    def standing(self, posting: Posting) -> Posting | None:
        """The posting that stands there already: of the same steward at the same station from the same day on."""
        if posting.steward._state.adding:
            return None
        return next(
            (
                one
                for one in posting.steward.postings.all()
                if one.state == Posting.State.CONFIRMED
                and one.station_id == posting.station_id
                and one.valid_from == posting.valid_from
            ),
            None,
        )


def _faults_of_row(posting: Posting) -> list[Fault]:
    if posting.valid_to and posting.valid_to <= posting.valid_from:
        return [("valid_to", "date_order", _("A posting ends after it begins."))]
    try:
        Steward._meta.get_field("name").clean(posting.steward.name, None)
    except ValidationError as refused:
        return [("name", refused.error_list[0].code or "invalid", " ".join(refused.messages))]
    return []


def _faults_of_end(standing: Posting, on: date) -> list[Fault]:
    """What stands against ending a posting on another day."""
    if on <= standing.valid_from:
        return [("valid_to", "date_order", _("A posting ends after it begins."))]
    if standing.last_duty and standing.last_duty >= on:
        message = _("A day on duty is logged after it: %(day)s.") % {"day": standing.last_duty}
        return [("valid_to", "days_after_end", message)]
    before, standing.valid_to = standing.valid_to, on
    faults = _told(faults_of(standing))
    standing.valid_to = before
    return faults


def _told(faults: Mapping[str, ValidationError]) -> list[Fault]:
    return [(_column(field), fault.code or "invalid", fault.messages[0]) for field, fault in faults.items()]


def _column(field: str) -> str:
    """Under which column of the sheet a fault of a posting is told."""
    return "name" if field == "steward" else field


def _refuse(plan: Plan, position: int, faults: list[Fault]) -> None:
    cells: list[FaultyCell] = [
        {
            "column": plan.records.words.get(field),
            "value": "" if plan.columns[field][position] is None else str(plan.columns[field][position]),
            "code": code,
            "message": message,
        }
        for field, code, message in faults
    ]
    plan.status[position] = None
    plan.refusals.append(
        {"row": plan.records.rows[position], "sheet": plan.records.sheets[position], **cells[0], "also": cells[1:]}
    )
