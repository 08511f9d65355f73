"""What an approved case does: dated rows, written at once, whether their day has come or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.actions import open_account_of_post
from culture_admin.accounts.models import Membership, User
from culture_admin.accounts.personal.reading import write_personal
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Unit, in_force
from culture_admin.workflow.actions import Debt, StepRefused, owe, owe_all, record_entry, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.off_post import RETURN, come_back
from stations.actions.rows import enter
from stations.actions.seats import leave_post, take_post
from stations.models import CasePay, Officer, OfficerPosting, OffPost, PersonnelCase
from stations.models.posts import FULL_TIME

K = PersonnelCase.Kind
DECIDE = "stations.personnel_case"
# No text sets a time for the bureau's decision; without one a case would lie for ever. Nothing is approved by its running out.
DECIDE_WITHIN, APPOINT_WITHIN = 20, 45
DECIDE_BASIS = gettext_lazy(
    "Dual management of Cixi: the town files in advance, the bureau approves; the time limit is ours"
)
RETURN_BASIS = gettext_lazy("The day of return in the approved secondment")


def carry_out(case: PersonnelCase, *, actor, at: datetime, office: Office | None) -> None:
    """Writes what the case asks for, from its effective day on. Raises StepRefused, ValidationError."""
    # A row of the officer is read only once nobody else is writing another case of his.
    case.officer = (
        Officer.objects.select_for_update(of=("self",)).select_related("user", "station").get(pk=case.officer_id)
    )
    by = {"actor": actor, "at": at, "office": office}
    if case.kind in PersonnelCase.FILLING:
        _fill(case, by)
    elif case.kind in PersonnelCase.ENDING:
        _end(case, by)
    elif case.kind == K.SECONDMENT:
        _second(case, by)
    else:
        _determine(case, by)
    settle(case, DECIDE, at=at)


def owe_decisions(cases: Sequence[PersonnelCase], at: datetime) -> None:
    """The bureau with which each case was filed owes a decision."""
    units = {case.pk: list(_decided_by(case)) for case in cases}
    there = set(
        Unit.objects.filter(pk__in={unit for seats in units.values() for unit in seats}).values_list("pk", flat=True)
    )
    owe_all(
        Debt(
            unit,
            case,
            DECIDE,
            _decide_label(case),
            opened_on=timezone.localdate(at),
            working_days=APPOINT_WITHIN if case.kind in PersonnelCase.OF_HEADS else DECIDE_WITHIN,
            basis=str(DECIDE_BASIS),
        )
        for case in cases
        for unit in [seat for seat in units[case.pk] if seat in there][:1]
    )


def _decided_by(case: PersonnelCase) -> Iterator[int]:
    """The keys of the units whose offices the decision was entrusted to at submission."""
    for line in case.entrusted:
        if line.startswith("stations.personnel:decide:"):
            yield int(line.rpartition("@")[2])


def account_of(case: PersonnelCase) -> User | None:
    """The account that a case names for a head: of somebody with an office in the town who is no other officer."""
    held = Membership.objects.filter(
        in_force(timezone.localdate()), user__username=case.username, unit__division=case.station.division_id
    )
    people = User.objects.filter(is_active=True, is_service=False, pk__in=held.values("user"))
    return people.filter(officer=None).first()


def _fill(case: PersonnelCase, by: dict) -> None:
    """The officer leaves the posts he cannot hold beside the new one, and takes that one up."""
    held = [posting for posting in _postings(case) if not posting.acting]
    if case.share == FULL_TIME or sum(posting.share for posting in held) + case.share > FULL_TIME:
        for posting in held:
            if posting.valid_from >= case.effective_on:
                text = _("The officer takes up another post on %(day)s already.") % {"day": posting.valid_from}
                raise StepRefused("full_time_twice", text, case.pk)
            leave_post(posting=posting, on=case.effective_on, comment=str(case), **by)
    if case.kind == K.APPOINTMENT and case.officer.user is None:
        account = account_of(case)
        case.officer.user = account or open_account_of_post(
            actor=by["actor"], username=case.username, name=case.officer.name
        )
        case.officer.version += 1
        case.officer.save(update_fields=["user", "version"])
    take_post(
        officer=case.officer,
        post=case.post,
        on=case.effective_on,
        share=case.share,
        document=case.document,
        made_by=case,
        comment=str(case),
        **by,
    )


def _end(case: PersonnelCase, by: dict) -> None:
    """The posting ends; who leaves the station leaves what he acts in there as well, and is off post no longer."""
    leaving = (
        [case.posting]
        if case.kind == K.REMOVAL
        else [posting for posting in _postings(case) if posting.station_id == case.station_id]
    )
    for posting in leaving:
        leave_post(posting=posting, on=case.effective_on, comment=str(case), **by)
    if not OfficerPosting.objects.lasting(case.effective_on).filter(officer=case.officer).exists():
        away = OffPost.objects.standing().filter(officer=case.officer, valid_to__isnull=True)
        for off_post in away.filter(valid_from__lt=case.effective_on):
            come_back(off_post, case.effective_on, comment=str(case), **by)


def _second(case: PersonnelCase, by: dict) -> None:
    """The officer is off post from the day on until he is reported back, which the town owes by the day of return."""
    reason = OffPost.Reason.SECONDED_CULTURE if case.cultural else OffPost.Reason.SECONDED
    off_post = enter(
        OffPost(
            station=case.station,
            county_id=case.station.county_id,
            officer=case.officer,
            reason=reason,
            valid_from=case.effective_on,
            due_back=case.until,
            note=case.other_unit,
            case=case,
            recorded_at=by["at"],
            recorded_by=by["actor"],
        )
    )
    record_entry(off_post, step="register", comment=str(case), **by)
    government = Unit.objects.filter(division=case.station.division, kind=Unit.Kind.TOWN).first()
    owe(
        government or case.station.unit,
        code=RETURN,
        label=_return_label(off_post),
        basis=str(RETURN_BASIS),
        opened_on=case.effective_on,
        due_on=case.until,
        subject=off_post,
    )


def _determine(case: PersonnelCase, by: dict) -> None:
    """What was proposed is determined, unless the bureau has written other amounts."""
    pay: Any = CasePay.objects.select_for_update(of=("self",)).get(pk=case.pk)
    pay.case = case
    if pay.determined is None and pay.proposed is not None:
        write_personal(pay, {"determined": pay.proposed.in_clear()}, **by)


def _postings(case: PersonnelCase) -> list[OfficerPosting]:
    """The postings of the officer that are not over on the effective day."""
    lasting = OfficerPosting.objects.lasting(case.effective_on).filter(officer=case.officer)
    return list(lasting.select_related("officer__user", "post", "station__unit", "station__division"))


def _decide_label(case: PersonnelCase) -> str:
    return _("Decide on: %(case)s") % {"case": case}


def _return_label(off_post: OffPost) -> str:
    return _("Report the return of %(name)s from secondment") % {"name": off_post.officer.name}


DUTIES[DECIDE] = Duty(_decide_label, DECIDE_BASIS, seen_by="stations.personnel")
DUTIES[RETURN] = Duty(_return_label, RETURN_BASIS, seen_by="stations.off_post")
