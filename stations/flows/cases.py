"""The steps of a personnel case: the town files, the bureau examines and decides (DM-1 to DM-3, DOMAIN.md §4.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.workflow.actions import settle
from culture_admin.workflow.authority import Right, ask_about
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.steps import Digest, Flow, Obstacle, Place, Step, register
from stations.actions.effects import DECIDE, account_of, carry_out, owe_decisions
from stations.actions.rows import enter_each
from stations.models import PersonnelCase

P, HEADS = "stations.personnel", "stations.appointment"
K, S = PersonnelCase.Kind, PersonnelCase.State
# What a case says; `holds`, `pay` and `files` are what it speaks of besides its own fields.
CONTENT = (
    "kind", "station_id", "officer_id", "post_id", "posting_id", "other_unit", "effective_on", "until", "share", "year", "grounds",
    "cultural", "reason", "late_reason", "username",
)  # fmt: skip
# Publicity lasts five working days at least, in which anybody may object (DOMAIN.md §5.4).
PUBLICITY_DAYS = 5


def case_content(case: PersonnelCase) -> dict[str, object]:
    """What a decision on a case is about: who holds what by now, the pay and the files included."""
    lasting = sorted(
        (posting for posting in case.officer.postings.all() if posting.state == posting.State.VALID),
        key=lambda posting: posting.pk,
    )
    pay = getattr(case, "pay", None)
    return {
        **{name: getattr(case, name) for name in CONTENT},
        "holds": "; ".join(f"{each.post.name}, {each.valid_from}–{each.valid_to or ''}" for each in lasting),
        "pay": Digest(pay.revision if pay else ""),
        "files": Digest(",".join(sorted(file.sha256 for file in case.files.all()))),
    }


def case_place(case: PersonnelCase) -> Place:
    return Place(case.station.division.path, case.station.division_id, case.station_id)


def releasing_place(case: PersonnelCase) -> Place:
    """Where the town lies that lets an officer go."""
    station = case.origin or case.station
    return Place(station.division.path, station.division_id, station.pk)


def of_kinds(*kinds: str) -> Callable[[Any], bool]:
    return lambda case: case.kind in kinds


def of_officers(case: PersonnelCase) -> bool:
    """Whether the personnel section decides it: everything but who heads a station."""
    return case.kind not in PersonnelCase.OF_HEADS


def between_towns(case: PersonnelCase) -> bool:
    return case.origin_id is not None


def not_as_drafted(case: PersonnelCase, actor) -> Obstacle | None:
    """Where the officer serves by now decides who has to consent."""
    there = case.held_elsewhere()
    if (there.pk if there else None) == case.origin_id:
        return None
    return Obstacle(
        "posts_changed", gettext("The officer's posts have changed since the draft was made; save it once more.")
    )


def late_and_silent(case: PersonnelCase, day: date) -> Obstacle | None:
    if case.effective_on >= day or case.late_reason:
        return None
    text = gettext("A case is filed in advance, and %(day)s has passed: say why it is filed so late.")
    return Obstacle("late_reason_required", text % {"day": case.effective_on})


def not_released(case: PersonnelCase, actor) -> Obstacle | None:
    if not between_towns(case) or case.consented_on:
        return None
    text = gettext("The town that lets the officer go has not consented yet: %(station)s.")
    return Obstacle("not_released", text % {"station": case.origin})


def released(case: PersonnelCase, actor) -> Obstacle | None:
    return Obstacle("released", gettext("The town has consented already.")) if case.consented_on else None


def own_case(case: PersonnelCase, actor) -> Obstacle | None:
    """Nobody decides on his own posts."""
    if case.officer.user_id == actor.pk or case.username == actor.username:
        return Obstacle("own_case", gettext("Nobody decides on a post of his own."))
    return None


def post_taken(case: PersonnelCase, on: date) -> Obstacle | None:
    """No post is given from a day on while somebody else holds it."""
    if case.post is None:
        return None
    held = (posting for posting in case.post.postings.all() if posting.lasts(on))
    other = next((posting for posting in held if posting.officer_id != case.officer_id), None)
    if other is None:
        return None
    text = gettext("%(name)s holds the post: first it is decided from when on not any more.")
    return Obstacle("post_taken", text % {"name": other.officer.name})


def without_account(case: PersonnelCase, actor) -> Obstacle | None:
    if case.officer.user_id:
        return own_case(case, actor)
    if not case.username:
        text = gettext(
            "Name the account of the head, or a username for a new one: the office goes with the appointment."
        )
        return Obstacle("account_missing", text)
    if account_of(case) is None and User.objects.filter(username=case.username).exists():
        return Obstacle("username_taken", gettext("This username belongs to somebody else; choose another."))
    return own_case(case, actor)


def day_passed(case: PersonnelCase, day: date) -> Obstacle | None:
    """Nothing takes effect before it is approved (DM-2), nor in a post that is not free on the day asked for."""
    if case.effective_on >= day:
        return post_taken(case, case.effective_on)
    text = gettext("It was to take effect on %(day)s, which has passed: nothing takes effect before it is approved.")
    return Obstacle("effective_passed", text % {"day": case.effective_on})


def day_ahead(case: PersonnelCase, day: date) -> Obstacle | None:
    """From today on is for what comes too late for its day; its post is free by today."""
    if case.until and case.until <= day:
        return Obstacle("returns_before", gettext("The day of return lies after the first day."))
    if case.effective_on < day:
        return post_taken(case, day)
    text = gettext("It takes effect on %(day)s, as it was asked for; approve it as it is.")
    return Obstacle("effective_ahead", text % {"day": case.effective_on})


def in_publicity(case: PersonnelCase, day: date) -> Obstacle | None:
    if case.publicity_until and case.publicity_until < day:
        return None
    text = gettext("Publicity lasts until %(day)s; until then anybody may object.")
    return Obstacle("in_publicity", text % {"day": case.publicity_until})


def appointed_too_early(case: PersonnelCase, day: date) -> Obstacle | None:
    return in_publicity(case, day) or day_passed(case, day)


def appointed_from_today(case: PersonnelCase, day: date) -> Obstacle | None:
    return in_publicity(case, day) or day_ahead(case, day)


def note_filing(cases: list[PersonnelCase], actor, at: datetime) -> None:
    """Late is what is filed after the day on which it was to take effect; it stays so, and is counted."""
    today = timezone.localdate(at)
    for case in cases:
        case.late = case.late or case.effective_on < today
        case.consented_on = None
    owe_decisions(cases, at)
    PersonnelCase.objects.bulk_update(cases, ["late", "consented_on"])


def note_consent(cases: list[PersonnelCase], actor, at: datetime) -> None:
    PersonnelCase.objects.filter(pk__in=[case.pk for case in cases]).update(consented_on=timezone.localdate(at))


def begin_publicity(cases: list[PersonnelCase], actor, at: datetime) -> None:
    today = timezone.localdate(at)
    until, _provisional = add_working_days(today, PUBLICITY_DAYS)
    PersonnelCase.objects.filter(pk__in=[case.pk for case in cases]).update(publicity_from=today, publicity_until=until)


def put_in_force(power: str) -> Callable[[list, Any, datetime], None]:
    def after(cases: list[PersonnelCase], actor, at: datetime) -> None:
        offices = {case.pk: ask_about(case, Right(power, "decide", case_place(case)), actor).office for case in cases}
        carry_out(cases, actor=actor, at=at, offices=offices)

    return after


def put_in_force_today(power: str) -> Callable[[list, Any, datetime], None]:
    """From the day of approval on, where the day asked for has passed."""
    carry = put_in_force(power)

    def after(cases: list[PersonnelCase], actor, at: datetime) -> None:
        for case in cases:
            case.effective_on = timezone.localdate(at)
        enter_each(cases, changed=["effective_on"])
        carry(cases, actor, at)

    return after


def give_back(cases: list[PersonnelCase], actor, at: datetime) -> None:
    settle(cases, DECIDE, at=at)


AT_BUREAU = [S.SUBMITTED, S.ACCEPTED, S.EXAMINED, S.INSPECTED, S.PUBLICISED]
RELEASED = Q(origin__isnull=True) | Q(consented_on__isnull=False)
filing = {
    "verb": "propose",
    "refuse": not_as_drafted,
    "untimely": late_and_silent,
    "after": note_filing,
    "submits": True,
}

register(
    Flow(
        model=PersonnelCase,
        power=P,
        content=case_content,
        labels={"holds": _("Posts of the officer"), "pay": _("Pay"), "files": _("Files")},
        place=case_place,
        related=("station__division", "station__unit", "officer", "post", "pay"),
        fetched=("files", "officer__postings__post", "post__postings__officer"),
        filed_by="filed_by",
        own_files=True,
        steps={
            "submit": Step(_("Submit to the bureau"), [S.DRAFT], S.SUBMITTED, P, **filing),
            "resubmit": Step(_("Submit again"), [S.RETURNED], S.SUBMITTED, P, **filing, waits=True),
            "consent": Step(
                _("Consent to the transfer"), [S.SUBMITTED], S.SUBMITTED, P, verb="consent", concerns=between_towns,
                place=releasing_place, refuse=released, after=note_consent, waits=Q(consented_on__isnull=True),
            ),
            "accept": Step(
                pgettext_lazy("a case", "Accept"), [S.SUBMITTED], S.ACCEPTED, P, refuse=not_released, waits=RELEASED,
            ),
            "examine": Step(
                _("Qualification examined"), [S.ACCEPTED], S.EXAMINED, P, concerns=of_kinds(K.APPOINTMENT),
                waits=Q(kind=K.APPOINTMENT), awaited=_("Qualification to be examined"),
            ),
            "inspect": Step(
                _("Candidate inspected"), [S.EXAMINED], S.INSPECTED, P, comment=True, asks=_("What did the inspection find?"),
                concerns=of_kinds(K.APPOINTMENT), waits=True, awaited=_("Candidate to be inspected"),
            ),
            "publicise": Step(
                _("Begin publicity"), [S.INSPECTED], S.PUBLICISED, P, concerns=of_kinds(K.APPOINTMENT), after=begin_publicity,
                waits=True,
            ),
            "appoint": Step(
                pgettext_lazy("a head", "Appoint"), [S.PUBLICISED], S.APPROVED, HEADS, concerns=of_kinds(K.APPOINTMENT),
                refuse=without_account, untimely=appointed_too_early, after=put_in_force(HEADS), waits=True,
            ),
            "appoint_today": Step(
                _("Appoint from today on"), [S.PUBLICISED], S.APPROVED, HEADS, concerns=of_kinds(K.APPOINTMENT),
                refuse=without_account, untimely=appointed_from_today, after=put_in_force_today(HEADS),
            ),
            "remove": Step(
                pgettext_lazy("a head", "Remove"), [S.ACCEPTED], S.APPROVED, HEADS, concerns=of_kinds(K.REMOVAL),
                refuse=own_case, untimely=day_passed, after=put_in_force(HEADS), waits=Q(kind=K.REMOVAL),
            ),
            "remove_today": Step(
                _("Remove from today on"), [S.ACCEPTED], S.APPROVED, HEADS, concerns=of_kinds(K.REMOVAL),
                refuse=own_case, untimely=day_ahead, after=put_in_force_today(HEADS),
            ),
            "decline": Step(
                _("Decline"), [S.PUBLICISED, S.ACCEPTED], S.REFUSED, HEADS, comment=True,
                concerns=of_kinds(*PersonnelCase.OF_HEADS), after=give_back,
            ),
            "approve": Step(
                pgettext_lazy("a case", "Approve"), [S.ACCEPTED], S.APPROVED, P, concerns=of_officers, refuse=own_case,
                untimely=day_passed, after=put_in_force(P), waits=~Q(kind__in=PersonnelCase.OF_HEADS),
            ),
            "approve_today": Step(
                _("Approve from today on"), [S.ACCEPTED], S.APPROVED, P, concerns=of_officers, refuse=own_case,
                untimely=day_ahead, after=put_in_force_today(P),
            ),
            "return": Step(_("Return"), AT_BUREAU, S.RETURNED, P, comment=True, after=give_back),
            "refuse": Step(
                pgettext_lazy("a case", "Refuse"), [S.SUBMITTED, S.ACCEPTED, S.EXAMINED, S.INSPECTED], S.REFUSED, P,
                comment=True, after=give_back,
            ),
            "withdraw": Step(
                _("Withdraw"), [S.DRAFT, S.RETURNED, *AT_BUREAU], S.WITHDRAWN, P, verb="propose", comment=True, after=give_back,
                danger=True,
            ),
        },
    )
)  # fmt: skip
