"""A station's rows of money and premises, each with a mark by which it is found again, and the desk's addresses of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.db.models import Model

from culture_admin.workflow.actions import perform
from stations.actions import (
    enter_payment,
    file_closure,
    note_document,
    open_registration,
    propose_budget,
    propose_purpose_change,
    record_spending,
    record_use,
    set_threshold,
    warn_station,
)
from stations.models import Appropriation, Budget, Closure, Facility, Finding, OtherUse, PurposeChange, Spending
from tests.district import NOW, TODAY, District

# The first part of the desk's addresses of one record, and the model of the record.
OF_MONEY_AND_PREMISES: dict[str, type[Model]] = {
    "budgets": Budget,
    "payments": Appropriation,
    "spendings": Spending,
    "purposes": PurposeChange,
    "facilities": Facility,
    "closures": Closure,
    "uses": OtherUse,
    "findings": Finding,
}


def of_money_and_premises(district: District, town: str, room: Facility, mark: str) -> Iterator[Model]:
    """A budget in force with what was paid and spent of it and a case, a closure, and a lease with its finding."""
    head, officer = (getattr(district, f"{role}_{town}") for role in ("station_head", "town_officer"))
    common = {"at": NOW, "station": room.station, "year": TODAY.year}
    budget = propose_budget(
        actor=head,
        lines=[{"purpose": "training", "amount": Decimal(900), "locked": True}],
        instalments=[{"due_on": TODAY + timedelta(days=9), "amount": Decimal(900)}],
        document=mark,
        **common,
    )
    perform(budget, "commit", actor=officer, at=NOW)
    budget.refresh_from_db()
    yield budget
    yield budget.lines.get()
    yield budget.instalments.get()
    money = {"amount": Decimal(77), "on": TODAY, "document": mark, "note": mark}
    yield enter_payment(actor=officer, instalment=budget.instalments.get(), **money, **common)
    yield record_spending(actor=head, purpose="training", **money, **common)
    case = {"from_purpose": "training", "to_purpose": "books", "amount": Decimal(7), "reason": mark}
    yield propose_purpose_change(actor=head, **case, **common)
    days = {"begins_on": TODAY + timedelta(days=90), "ends_on": TODAY + timedelta(days=91)}
    yield file_closure(actor=head, at=NOW, station=room.station, facility=room, reason=mark, **days)
    use = record_use(
        actor=head, at=NOW, facility=room, kind="lease", area=7, user=mark, document=mark, note=mark, valid_from=TODAY
    )
    yield use
    yield Finding.objects.about(use).get()
    yield set_threshold(
        actor=None, code="weekly_hours", number=43, division=room.station.division, source=mark, valid_from=TODAY
    )


def of_registration(district: District, town: str, mark: str) -> Iterator[Model]:
    """A case with a document, and a warning of the registration office."""
    station, head = district.station(town), getattr(district, f"station_head_{town}")
    case = open_registration(
        actor=head, at=NOW, station=station, kind="change", items=["domicile"], domicile=f"{mark}路1号", note=mark
    )
    yield case
    yield note_document(actor=head, at=NOW, registration=case, code="application", note=mark)
    yield warn_station(
        actor=None,
        at=NOW,
        station=station,
        ground="other",
        finding=mark,
        document=mark,
        mend_by=TODAY + timedelta(days=9),
    )
