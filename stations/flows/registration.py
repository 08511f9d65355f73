"""The steps of a registration: station, sponsor, culture authority, registration office (DOMAIN.md §3.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.certificates import end_legal_persons, issue_certificates
from stations.actions.clocks import reckon
from stations.actions.documents import no_more_files
from stations.actions.readiness import FETCHED, not_ready
from stations.actions.rounds import LABELS, content_of
from stations.models import Certificate, Registration
from stations.models.registration import TO_ANNOUNCE, Kind, State

OFFICE, OPINION, REVIEW = "stations.registration", "stations.registration.opinion", "stations.registration.review"
A_REPORT = Q(kind=Kind.ANNUAL_REPORT)
CERTIFYING = Q(kind__in=Registration.CERTIFYING)
Cases = list[Registration]


def file(cases: Cases, actor, at: datetime) -> None:
    """The first filing is what the clock of filing looks at; what comes again begins anew at the office."""
    keys, day = [one.pk for one in cases], timezone.localdate(at)
    Registration.objects.filter(pk__in=keys).update(arrived_on=None, accepted_on=None)
    Registration.objects.filter(pk__in=keys, submitted_on=None).update(submitted_on=day)
    for one in cases:
        one.submitted_on, one.arrived_on, one.accepted_on = one.submitted_on or day, None, None
    reckon(cases, at)


def pass_on(cases: Cases, actor, at: datetime) -> None:
    """A report goes from the sponsor straight to the office."""
    arrive([one for one in cases if one.kind == Kind.ANNUAL_REPORT], actor, at)


def arrive(cases: Cases, actor, at: datetime) -> None:
    dated("arrived_on")(cases, actor, at)
    reckon(cases, at)


def accept(cases: Cases, actor, at: datetime) -> None:
    dated("accepted_on")(cases, actor, at)
    reckon(cases, at)


def decide(cases: Cases, actor, at: datetime) -> None:
    """What a cancellation ends, ends on the day of the decision."""
    dated("decided_on")(cases, actor, at)
    ended = [one.station for one in cases if one.kind == Kind.CANCELLATION and one.state == State.APPROVED]
    if ended:
        end_legal_persons(ended, timezone.localdate(at), at, as_what=Certificate.End.CANCELLED)
    reckon(cases, at)


def stop_clocks(cases: Cases, actor, at: datetime) -> None:
    reckon(cases, at)


def dated(name: str) -> Callable[[Cases, object, datetime], None]:
    """Notes the day of the step in a field of the cases."""

    def note(cases: Cases, actor, at: datetime) -> None:
        day = timezone.localdate(at)
        Registration.objects.filter(pk__in=[one.pk for one in cases]).update(**{name: day})
        for one in cases:
            setattr(one, name, day)

    return note


def is_no_report(case: Registration) -> bool:
    """A report goes from the sponsor straight to the office, which checks its form."""
    return case.kind != Kind.ANNUAL_REPORT


def is_certified(case: Registration) -> bool:
    return case.kind in Registration.CERTIFYING


def is_announced(case: Registration) -> bool:
    return case.is_announced


def reviewed(case: Registration, actor) -> Obstacle | None:
    """The office accepts what has gone through everybody before it."""
    if case.kind == Kind.ANNUAL_REPORT or case.state == State.FILED:
        return None
    return Obstacle("not_reviewed", gettext("The culture authority has not reviewed it yet."))


def examined_and_coded(case: Registration, actor) -> Obstacle | None:
    """A case is examined before it is approved; a new legal person has its code."""
    if case.kind != Kind.ANNUAL_REPORT and case.state != State.EXAMINED:
        return Obstacle("not_examined", gettext("It has not been examined yet."))
    if case.kind == Kind.ESTABLISHMENT and not case.uscc:
        return Obstacle("code_missing", gettext("Enter the unified social credit code of the new legal person first."))
    return None


def issued(case: Registration, actor) -> Obstacle | None:
    if case.state == State.APPROVED and is_certified(case):
        return Obstacle("not_issued", gettext("The certificate is issued first."))
    return None


def sent_back(label: object, sources: list[State], power: str, **rules) -> Step:
    """The way back to the station, with the reason."""
    return Step(label, sources, State.RETURNED, power, comment=True, after=stop_clocks, **rules)


register(
    Flow(
        model=Registration,
        power=OFFICE,
        content=content_of,
        labels=LABELS,
        place=lambda case: Place(case.station.division.path, case.division_id, case.station_id),
        related=("station__unit", "station__division", "county", "report"),
        fetched=FETCHED,
        files=no_more_files,
        filed_by="filed_by",
        struck=(State.WITHDRAWN,),
        steps={
            "submit": Step(
                pgettext_lazy("a registration", "File"),
                [State.DRAFT],
                State.SUBMITTED,
                OFFICE,
                verb="propose",
                untimely=not_ready,
                after=file,
                waits=True,
                submits=True,
            ),
            "resubmit": Step(
                pgettext_lazy("a registration", "File again"),
                [State.RETURNED],
                State.SUBMITTED,
                OFFICE,
                verb="propose",
                untimely=not_ready,
                after=file,
                waits=True,
                submits=True,
            ),
            "endorse": Step(
                pgettext_lazy("the sponsor", "Endorse"),
                [State.SUBMITTED],
                State.ENDORSED,
                OPINION,
                comment=True,
                asks=_("Opinion of the sponsor, also on what is secret"),
                after=pass_on,
                waits=True,
            ),
            "review": Step(
                _("Pass on to the office"),
                [State.ENDORSED],
                State.FILED,
                REVIEW,
                concerns=is_no_report,
                after=arrive,
                waits=~A_REPORT,
            ),
            "accept": Step(
                pgettext_lazy("the office", "Accept"),
                [State.ENDORSED, State.FILED],
                State.ACCEPTED,
                OFFICE,
                refuse=reviewed,
                after=accept,
                waits=Q(state=State.FILED) | A_REPORT,
            ),
            "examine": Step(
                pgettext_lazy("the office", "Examined"),
                [State.ACCEPTED],
                State.EXAMINED,
                OFFICE,
                concerns=is_no_report,
                after=stop_clocks,
                waits=~A_REPORT,
            ),
            "approve": Step(
                pgettext_lazy("a registration", "Approve"),
                [State.ACCEPTED, State.EXAMINED],
                State.APPROVED,
                OFFICE,
                refuse=examined_and_coded,
                after=decide,
                waits=Q(state=State.EXAMINED) | A_REPORT,
            ),
            "issue": Step(
                _("Issue the certificate"),
                [State.APPROVED],
                State.ISSUED,
                OFFICE,
                concerns=is_certified,
                after=lambda cases, actor, at: issue_certificates(cases, at),
                waits=CERTIFYING,
            ),
            "announce": Step(
                _("Announce"),
                [State.APPROVED, State.ISSUED],
                State.ANNOUNCED,
                OFFICE,
                concerns=is_announced,
                refuse=issued,
                after=dated("announced_on"),
                waits=TO_ANNOUNCE & ~(CERTIFYING & Q(state=State.APPROVED)),
            ),
            "return_by_sponsor": sent_back(_("Return to the station"), [State.SUBMITTED], OPINION),
            "return_by_bureau": sent_back(_("Return after review"), [State.ENDORSED], REVIEW, concerns=is_no_report),
            "return_by_office": sent_back(
                _("Return for correction"), [State.ENDORSED, State.FILED, State.ACCEPTED, State.EXAMINED], OFFICE
            ),
            "refuse": Step(
                _("Refuse registration"),
                [State.ACCEPTED, State.EXAMINED],
                State.REFUSED,
                OFFICE,
                comment=True,
                concerns=is_no_report,
                after=decide,
                danger=True,
            ),
            "withdraw": Step(
                _("Withdraw"),
                [State.DRAFT, State.RETURNED, State.SUBMITTED, State.ENDORSED, State.FILED],
                State.WITHDRAWN,
                OFFICE,
                verb="propose",
                comment=True,
                concerns=is_no_report,
                after=stop_clocks,
                danger=True,
            ),
        },
    )
)
