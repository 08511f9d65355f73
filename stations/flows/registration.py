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
from stations.actions.papers import no_more_files
from stations.actions.readiness import FETCHED, not_ready
from stations.actions.rounds import content_of, keep_rounds
from stations.models import Certificate, Registration
from stations.models.registration import TO_ANNOUNCE, Kind, State

OFFICE, OPINION, REVIEW = "stations.registration", "stations.registration.opinion", "stations.registration.review"
A_REPORT = Q(kind=Kind.ANNUAL_REPORT)
CERTIFYING = Q(kind__in=Registration.CERTIFYING)
Cases = list[Registration]


def file(cases: Cases, actor, at: datetime) -> None:
    """Each filing is a round of its own; the first one is what the clock of filing looks at."""
    keys, day = [one.pk for one in cases], timezone.localdate(at)
    Registration.objects.filter(pk__in=keys).update(filed_by=actor, arrived_on=None, accepted_on=None)
    Registration.objects.filter(pk__in=keys, submitted_on=None).update(submitted_on=day)
    for one in cases:
        one.filed_by, one.submitted_on = actor, one.submitted_on or day
        one.arrived_on = one.accepted_on = None
    keep_rounds(cases, actor, at)
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


def no_report(case: Registration, actor) -> Obstacle | None:
    """The culture authority reviews what makes, changes or ends a legal person."""
    if case.kind != Kind.ANNUAL_REPORT:
        return None
    return Obstacle("not_of_kind", gettext("An annual report goes from the sponsor straight to the office."))


def reviewed(case: Registration, actor) -> Obstacle | None:
    """The office accepts what has gone through everybody before it."""
    if case.kind == Kind.ANNUAL_REPORT or case.state == State.FILED:
        return None
    return Obstacle("not_reviewed", gettext("The culture authority has not reviewed it yet."))


def no_formal_check(case: Registration, actor) -> Obstacle | None:
    if case.kind != Kind.ANNUAL_REPORT:
        return None
    return Obstacle("not_of_kind", gettext("An annual report is checked for its form: approve it, or return it."))


def examined_and_coded(case: Registration, actor) -> Obstacle | None:
    """A case is examined before it is approved; a new legal person has its code."""
    if case.kind != Kind.ANNUAL_REPORT and case.state != State.EXAMINED:
        return Obstacle("not_examined", gettext("It has not been examined yet."))
    if case.kind == Kind.ESTABLISHMENT and not case.uscc:
        return Obstacle("code_missing", gettext("Enter the unified social credit code of the new legal person first."))
    return None


def certified(case: Registration, actor) -> Obstacle | None:
    if case.kind in Registration.CERTIFYING:
        return None
    return Obstacle("not_of_kind", gettext("No certificate follows from a case of this kind."))


def to_be_announced(case: Registration, actor) -> Obstacle | None:
    if not case.is_announced:
        text = gettext(
            "Only registration, a change of name or domicile, cancellation and annual reports are announced."
        )
        return Obstacle("not_announced", text)
    if case.state == State.APPROVED and case.kind in Registration.CERTIFYING:
        return Obstacle("not_issued", gettext("The certificate is issued first."))
    return None


def owed_anyway(case: Registration, actor) -> Obstacle | None:
    if case.kind != Kind.ANNUAL_REPORT:
        return None
    return Obstacle("owed", gettext("An annual report is owed; it is not withdrawn."))


def sent_back(label: object, sources: list[State], power: str) -> Step:
    """The way back to the station, with the reason."""
    return Step(label, sources, State.RETURNED, power, comment=True, after=stop_clocks)


register(
    Flow(
        model=Registration,
        power=OFFICE,
        content=lambda case: tuple(f"{name}: {text}" for name, text in content_of(case).items()),
        place=lambda case: Place(case.station.division.path, case.division_id, case.station_id),
        related=("station__unit", "station__division", "county", "report"),
        fetched=FETCHED,
        files=no_more_files,
        filed_by="filed_by",
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
                refuse=no_report,
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
                refuse=no_formal_check,
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
                refuse=certified,
                after=lambda cases, actor, at: issue_certificates(cases, at),
                waits=CERTIFYING,
            ),
            "announce": Step(
                _("Announce"),
                [State.APPROVED, State.ISSUED],
                State.ANNOUNCED,
                OFFICE,
                refuse=to_be_announced,
                after=dated("announced_on"),
                waits=TO_ANNOUNCE & ~(CERTIFYING & Q(state=State.APPROVED)),
            ),
            "return_by_sponsor": sent_back(_("Return to the station"), [State.SUBMITTED], OPINION),
            "return_by_bureau": sent_back(_("Return after review"), [State.ENDORSED], REVIEW),
            "return_by_office": sent_back(
                _("Return for correction"), [State.ENDORSED, State.FILED, State.ACCEPTED, State.EXAMINED], OFFICE
            ),
            "refuse": Step(
                _("Refuse registration"),
                [State.ACCEPTED, State.EXAMINED],
                State.REFUSED,
                OFFICE,
                comment=True,
                refuse=no_formal_check,
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
                refuse=owed_anyway,
                after=stop_clocks,
                danger=True,
            ),
        },
    )
)
