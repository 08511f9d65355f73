"""Large events: from a thousand expected people on a public-security permit is owed, twenty days ahead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Permit
from activities.models.oversight import CITY_POLICE_FROM, PERMIT_BASIS, PERMIT_DAYS_AHEAD, PERMIT_FROM
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import StepRefused, owe, settle
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.models import DUTIES, Deadline, Duty

DUTY = "public_security_permit"
# Without the consent of who granted it, none of these may change (Art. 15).
PERMITTED = {
    "title",
    "kind",
    "content",
    "begins_on",
    "begins_time",
    "ends_on",
    "ends_time",
    "venue",
    "village",
    "facility",
    "police",
}


def record_permit(
    *, actor, at: datetime | None = None, activity: Activity, number: str, authority: str, granted_on: date
) -> Permit:
    """Enters the permit of a large event, which settles the duty. Raises ValidationError, StepRefused, PermissionDenied."""
    at = at or timezone.now()
    path, firm = activity.station.division.path, activity.firm_id
    require(actor.offices, "activities", ("decide", "propose"), path=path, unit_id=firm)
    permit = Permit(
        activity=activity,
        number=number,
        authority=authority,
        granted_on=granted_on,
        recorded_at=at,
        recorded_by=actor,
    )
    if not needs_permit(activity):
        text = _("No permit is owed: fewer than %(people)d people are expected, or it is over.") % {
            "people": PERMIT_FROM
        }
        raise StepRefused("no_permit_owed", text, activity.pk)
    refuse_future("granted_on", granted_on, timezone.localdate(at))
    permit.clean_fields(exclude=["activity", "recorded_by"])
    with acting(actor):
        permit.save()
        settle(activity, DUTY, at=at)
    return permit


def needs_permit(activity: Activity) -> bool:
    """Whether so many people are expected of what is still to come that the law asks for a permit."""
    to_come = activity.state in (Activity.State.PLANNED, Activity.State.PUBLISHED)
    return to_come and (activity.expected or 0) >= PERMIT_FROM


def owe_permit(activity: Activity, at: datetime, changed: Collection[str] = ()) -> None:
    """Brings the duty in line with the plan: owed from a thousand people on, and once more when what was permitted changed.

    Call inside the transaction that planned or changed it.
    """
    if not needs_permit(activity):
        if activity.planned:
            settle(activity, DUTY, at=at)
        return
    permits = Permit.objects.in_force().filter(activity=activity)
    if PERMITTED & set(changed):
        permits.update(lapsed_at=at)
    due_on = activity.begins_on - timedelta(days=PERMIT_DAYS_AHEAD)
    settle(activity, DUTY, at=at)
    if not permits.exists():
        _open(activity, due_on, at)


def owe_permits(activities: Sequence[Activity], at: datetime, changed: Collection[str] = ()) -> None:
    """The set-wise form of `owe_permit`; what needs no permit costs one query together."""
    settle([activity for activity in activities if activity.planned and not needs_permit(activity)], DUTY, at=at)
    for activity in filter(needs_permit, activities):
        owe_permit(activity, at, changed)


def police_changed(former: int | None, expected: int | None) -> set[str]:
    """`police` where more people are expected than the authority of before may permit; more than enough is enough."""
    return {"police"} if (former or 0) < CITY_POLICE_FROM <= (expected or 0) else set()


def permit_duty(activity: Activity) -> Deadline | None:
    """The open duty, or None."""
    return Deadline.objects.open().filter(code=DUTY, subject_id=activity.pk).first()


def _open(activity: Activity, due_on: date, at: datetime) -> None:
    duty = owe(
        activity.station.unit,
        code=DUTY,
        label=_duty_label(activity)[:200],
        basis=PERMIT_BASIS,
        opened_on=timezone.localdate(at),
        due_on=due_on,
        subject=activity,
        again=True,
    )
    Deadline.objects.filter(pk=duty.pk).exclude(label=duty.label).update(label=duty.label)


def _duty_label(activity: Activity) -> str:
    people = activity.expected or 0
    police = _("city police") if people >= CITY_POLICE_FROM else _("county police")
    text = _("Public-security permit for “%(title)s”, %(people)d people expected (%(police)s)")
    return text % {"title": activity.title, "people": people, "police": police}


DUTIES[DUTY] = Duty(_duty_label, PERMIT_BASIS, gettext_lazy("Public-security permit"))
