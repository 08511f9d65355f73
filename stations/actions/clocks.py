"""The clocks of registration (DOMAIN.md §3.3 to §3.6): by when a case is to be filed, looked through and decided.

A clock that runs out makes a duty late and nothing else: nothing is ever approved by time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.workflow.actions import Debt, owe_all
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import DUTIES, Deadline, Duty
from stations.actions.parties import offices_of
from stations.actions.representative import CODE as REPRESENTATIVE_DUTY
from stations.models import Certificate, Registration
from stations.models.registration import WRITABLE, Item, Kind, State

FILING, REPORT = "stations.registration.filing", "stations.annual_report"
GROUP, LIQUIDATION = "stations.liquidation.group", "stations.liquidation.end"
COMPLETENESS, DECISION = "stations.registration.completeness", "stations.registration.decision"
# Working days from the event to a change registration, from the arrival of a case to the word that documents are missing, and
# from acceptance to a decision; days for a decision on an establishment.
TO_FILE, TO_LOOK_THROUGH, TO_DECIDE = 30, 3, 30
TO_ESTABLISH = timedelta(days=30)
# Of a cancellation: months until there is a liquidation group, days it has, days from its end to the application.
MONTHS_TO_GROUP, TO_LIQUIDATE, TO_CANCEL = 3, timedelta(days=120), timedelta(days=15)
# An annual report is due on this day of the next year.
REPORT_DUE = (3, 31)
DAY = timedelta(days=1)


def file_by(registration: Registration, certificate: Certificate | None) -> date | None:
    """The last day to file the case in time; None where there is no such day, or it is not known yet."""
    kind = registration.kind
    if kind == Kind.ANNUAL_REPORT:
        return date(registration.year + 1, *REPORT_DUE)
    if kind == Kind.RENEWAL and certificate and certificate.valid_to:
        return certificate.valid_to - DAY
    if kind == Kind.CANCELLATION and registration.liquidation_to:
        return registration.liquidation_to + TO_CANCEL
    if kind == Kind.CHANGE and registration.event_on:
        return min(_days_of_change(registration, registration.event_on), default=None)
    return None


def reckon(registrations: Sequence[Registration], at: datetime) -> None:
    """Lets exactly those clocks run that belong to the state the cases are in; as many questions for many as for one."""
    if not registrations:
        return
    offices = offices_of(one.county_id for one in registrations)
    represented = _represented(registrations)
    wanted = {
        (debt.subject.pk, debt.code, debt.due_on): debt
        for one in registrations
        for debt in _debts(one, offices, one.station_id in represented)
    }
    running = Deadline.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(Registration),
        subject_id__in=[one.pk for one in registrations],
        code__in=CLOCKS,
    )
    known = {(row.subject_id, row.code, row.due_on): row.pk for row in running}
    over = [pk for key, pk in known.items() if key not in wanted]
    if over:
        Deadline.objects.filter(pk__in=over).update(settled_at=at)
    owe_all([debt for key, debt in wanted.items() if key not in known])


def _days_of_change(registration: Registration, event_on: date) -> Iterator[date]:
    """Premises are registered before moving in; everything else within thirty working days of the event."""
    if Item.DOMICILE in registration.items:
        yield event_on - DAY
    if {*registration.items} - {Item.DOMICILE}:
        yield add_working_days(event_on, TO_FILE)[0]


def _represented(registrations: Sequence[Registration]) -> set[int]:
    """The stations that owe the change of their legal representative already; it is not owed twice."""
    about = [one.station for one in registrations if one.items == [Item.LEGAL_REPRESENTATIVE]]
    if not about:
        return set()
    rows = Deadline.objects.open().filter(
        code=REPRESENTATIVE_DUTY,
        subject_type=ContentType.objects.get_for_model(about[0]),
        subject_id__in=[station.pk for station in about],
    )
    return set(rows.values_list("subject_id", flat=True))


def _debts(registration: Registration, offices: dict, represented: bool) -> Iterator[Debt]:
    """What is owed about the case in its state, each by its day."""
    station, state = registration.station_id, registration.state
    opened = timezone.localdate(registration.opened_at)
    if state in WRITABLE and registration.submitted_on is None:
        if registration.file_by and not represented:
            code = REPORT if registration.kind == Kind.ANNUAL_REPORT else FILING
            yield _debt(station, registration, code, registration.event_on or opened, registration.file_by)
        if registration.kind == Kind.CANCELLATION and registration.event_on:
            yield from _liquidation(registration)
    office = offices.get(registration.county_id)
    if office and registration.turn == Registration.Party.OFFICE and registration.arrived_on:
        if state in (State.ENDORSED, State.FILED):
            due_on, _provisional = add_working_days(registration.arrived_on, TO_LOOK_THROUGH)
            yield _debt(office.pk, registration, COMPLETENESS, registration.arrived_on, due_on, TO_LOOK_THROUGH)
        elif state in (State.ACCEPTED, State.EXAMINED) and registration.kind != Kind.ANNUAL_REPORT:
            yield _decision(office.pk, registration)


def _liquidation(registration: Registration) -> Iterator[Debt]:
    if registration.liquidation_from is None:
        due_on = _months_after(registration.event_on, MONTHS_TO_GROUP)
        yield _debt(registration.station_id, registration, GROUP, registration.event_on, due_on)
    elif registration.liquidation_to is None:
        begun = registration.liquidation_from
        yield _debt(registration.station_id, registration, LIQUIDATION, begun, begun + TO_LIQUIDATE)


def _decision(office: int, registration: Registration) -> Debt:
    """Thirty days for an establishment; thirty working days for a change, and where the law names none for the rest."""
    accepted = registration.accepted_on
    if registration.kind == Kind.ESTABLISHMENT:
        return _debt(office, registration, DECISION, accepted, accepted + TO_ESTABLISH)
    return _debt(office, registration, DECISION, accepted, add_working_days(accepted, TO_DECIDE)[0], TO_DECIDE)


def _debt(
    unit: int, registration: Registration, code: str, since: date, due_on: date, working_days: int | None = None
) -> Debt:
    duty = DUTIES[code]
    return Debt(
        unit, registration, code, duty.label(registration)[:200], since, due_on, working_days, basis=str(duty.basis)
    )


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    following = (month.replace(day=28) + 4 * DAY).replace(day=1)
    return min(month.replace(day=1) + (day.day - 1) * DAY, following - DAY)


DUTIES |= {
    FILING: Duty(
        lambda case: _("File: %(case)s") % {"case": case},
        gettext_lazy(
            "Implementing Rules: changes within 30 working days, premises before moving in, cancellation within 15 days"
        ),
        gettext_lazy("Filing of a registration case"),
    ),
    REPORT: Duty(
        lambda case: _("Annual report of %(year)s") % {"year": case.year},
        gettext_lazy("Interim Regulations, Art. 17: from 1 January to 31 March"),
        gettext_lazy("Annual report of a public institution"),
    ),
    GROUP: Duty(
        lambda case: _("Form a liquidation group"),
        gettext_lazy("Interim Regulations, Art. 13: within three months"),
        gettext_lazy("Form a liquidation group"),
    ),
    LIQUIDATION: Duty(
        lambda case: _("End the liquidation"),
        gettext_lazy("Interim Regulations, Art. 13: within 120 days"),
        gettext_lazy("End the liquidation"),
    ),
    COMPLETENESS: Duty(
        lambda case: _("Accept, or say what is missing: %(case)s") % {"case": case},
        gettext_lazy("Online filing: missing documents are named within 3 working days"),
        gettext_lazy("First look at a registration case"),
    ),
    DECISION: Duty(
        lambda case: _("Decide: %(case)s") % {"case": case},
        gettext_lazy("Interim Regulations, Art. 8: 30 days for an establishment; 30 working days for a change"),
        gettext_lazy("Decision on a registration case"),
    ),
}
CLOCKS = (FILING, REPORT, GROUP, LIQUIDATION, COMPLETENESS, DECISION)
