"""Where a record stands on the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse

from activities.models import Activity, Course, MonthlyReturn, Series, Team, VenueBooking, Work
from assessments.models import (
    Assessment,
    Award,
    Computation,
    Cycle,
    Evidence,
    Item,
    Objection,
    PanelSeat,
    Recheck,
    Result,
)
from culture_admin.exchange.models import Import
from culture_admin.statistics.models import Target
from stations.models import (
    Appropriation,
    Budget,
    Certificate,
    Closure,
    Complaint,
    Facility,
    Feature,
    Finding,
    FollowUp,
    Grading,
    Instalment,
    Meeting,
    Officer,
    OffPost,
    OffPostObjection,
    OtherUse,
    PairingVisit,
    PersonnelCase,
    PurposeChange,
    Registration,
    Reply,
    Report,
    SafetyCheck,
    Sanction,
    Spending,
    Station,
    Title,
    TitleApplication,
    Training,
    YearlyFacts,
)
from stewards.models import (
    Absence,
    Acceptance,
    Contract,
    ContractPayment,
    Deduction,
    Delivery,
    DutyDay,
    Evaluation,
    EvaluationItem,
    Firm,
    LineAlert,
    Penalty,
    PlannedPayment,
    PoolMember,
    Posting,
    Qualification,
    ServiceFinding,
    ServiceOrder,
    Signature,
    SpotCheck,
    Steward,
    Supplement,
    TownRating,
)


def _page(name: str) -> Callable[[Any], str]:
    return lambda record: reverse(f"desk:{name}", args=[record.pk])


def _of_station(name: str) -> Callable[[Any], str]:
    return lambda record: f"{reverse(f'desk:{name}')}?station={record.station_id}"


ADDRESSES: Mapping[type[Model], Callable[[Any], str]] = {
    Absence: _page("absence"),
    Activity: _page("activity"),
    Appropriation: _page("payment"),
    Assessment: _page("assessment"),
    Award: _page("award"),
    Budget: _page("budget"),
    Certificate: _page("certificate"),
    Closure: _page("closure"),
    Complaint: _page("complaint"),
    Computation: _page("ranking"),
    Course: _page("course"),
    Cycle: lambda one: f"{reverse('desk:assessments')}?cycle={one.pk}",
    DutyDay: _page("duty_day"),
    Evidence: lambda one: reverse("desk:item", args=[one.item_id]),
    Facility: _page("facility"),
    Feature: _page("feature"),
    Finding: _page("finding"),
    FollowUp: _page("follow_up"),
    Grading: _of_station("standing"),
    Import: _page("import"),
    # The plan of payments stands on the page of its budget.
    Instalment: lambda one: reverse("desk:budget", args=[one.budget_id]),
    Item: _page("item"),
    Meeting: _page("meeting"),
    MonthlyReturn: lambda one: f"{reverse('desk:month')}?station={one.station_id}&month={one.month:%Y-%m}",
    OffPost: _page("off_post"),
    OffPostObjection: _page("objection"),
    Objection: _page("score_objection"),
    Officer: _page("officer"),
    OtherUse: _page("use"),
    PairingVisit: _page("visit_day"),
    PanelSeat: _page("panel_seat"),
    PersonnelCase: _page("case"),
    Posting: _page("posting"),
    PurposeChange: _page("purpose"),
    Recheck: _page("recheck"),
    Registration: _page("registration"),
    Reply: _page("reply"),
    Report: _page("report"),
    SafetyCheck: _page("check"),
    Result: _page("score"),
    Sanction: _of_station("registrations"),
    Series: _page("series"),
    Spending: _page("spending"),
    ServiceOrder: _page("order"),
    # What a station owes as such is a head and the paper that names him.
    Station: lambda one: f"{reverse('desk:staff')}?station={one.pk}",
    # Targets stand on the page of their year.
    Target: lambda one: f"{reverse('desk:targets')}?year={one.year}",
    Team: _page("team"),
    Title: _of_station("standing"),
    TitleApplication: _page("title"),
    Training: _page("training"),
    VenueBooking: _page("booking"),
    Work: _page("work"),
    YearlyFacts: _page("year"),
    Contract: _page("contract"),
    Evaluation: _page("evaluation"),
    EvaluationItem: _page("evaluation_item"),
    ServiceFinding: _page("service_finding"),
    SpotCheck: _page("service_check"),
    TownRating: _page("town_rating"),
    Firm: lambda one: f"{reverse('desk:firm')}?firm={one.pk}",
    # A penalty stands on the page of its firm.
    Penalty: lambda one: f"{reverse('desk:firm')}?firm={one.firm_id}",
    PoolMember: _page("pool_member"),
    Qualification: _page("qualification"),
    Steward: _page("steward"),
    LineAlert: _page("line_alert"),
    Delivery: lambda one: reverse("desk:line_records", args=[one.line_id]),
    Supplement: lambda one: f"{reverse('desk:contract', args=[one.contract_id])}#supplements",
    Acceptance: _page("acceptance"),
    Signature: _page("signature"),
    # The money of a contract stands on one page.
    ContractPayment: lambda one: reverse("desk:contract_payments", args=[one.contract_id]),
    Deduction: lambda one: f"{reverse('desk:contract_payments', args=[one.contract_id])}#deductions",
    PlannedPayment: lambda one: reverse("desk:contract_payments", args=[one.contract_id]),
}


def address_of(record: Model) -> str:
    """The page of a record on the desk; "" where it has none."""
    address = ADDRESSES.get(type(record))
    return address(record) if address else ""


def open_address_of(record: Model, user) -> str:
    """The page of a record on the desk; "" also for whoever sees no records of its kind."""
    scope = getattr(record, "scope", None)
    return address_of(record) if scope and scope.offices(user) else ""
