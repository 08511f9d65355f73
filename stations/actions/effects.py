"""What an approved case does: dated rows, written at once, whether their day has come or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.actions import open_account_of_post
from culture_admin.accounts.models import Membership, User
from culture_admin.accounts.personal.reading import write_personal_each
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Unit, in_force
from culture_admin.workflow.actions import Debt, StepRefused, owe_all, record_each, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.off_post import RETURN, come_back_each
from stations.actions.rows import enter_each
from stations.actions.seats import Leaving, Taking, leave_posts, take_posts
from stations.models import CasePay, Officer, OfficerPosting, OffPost, PersonnelCase, Post
from stations.models.posts import FULL_TIME

K = PersonnelCase.Kind
DECIDE = "stations.personnel_case"
# No text sets a time for the bureau's decision; without one a case would lie for ever. Nothing is approved by its running out.
DECIDE_WITHIN, APPOINT_WITHIN = 20, 45
DECIDE_BASIS = gettext_lazy(
    "Dual management of Cixi: the town files in advance, the bureau approves; the time limit is ours"
)
RETURN_BASIS = gettext_lazy("The day of return in the approved secondment")


@dataclass(frozen=True)
class Deed:
    """An approved case as it is carried out: with the office that decided, and what the officer holds by then."""

    case: PersonnelCase
    office: Office | None
    held: list[OfficerPosting]

    @property
    def comment(self) -> str:
        return str(self.case)

    def leaving(self, posting: OfficerPosting) -> Leaving:
        return Leaving(posting, self.case.effective_on, self.office, self.comment)


def carry_out(cases: Sequence[PersonnelCase], *, actor, at: datetime, offices: Mapping[int, Office | None]) -> None:
    """Writes what cases ask for, each from its effective day on; thirty ask as many questions as three.

    Raises StepRefused that names the case, and of a case by itself ValidationError.
    """
    for wave in _waves(cases):
        try:
            with transaction.atomic():
                _carry_out(wave, offices, actor, at)
        except (ValidationError, IntegrityError):
            if len(cases) == 1:
                raise
            _carry_out_singly(wave, offices, actor, at)
    settle(cases, DECIDE, at=at)


def _waves(cases: Sequence[PersonnelCase]) -> list[list[PersonnelCase]]:
    """The cases in turns, so that each finds done what an earlier one did about its officer, its post or its account."""
    waves: list[list[PersonnelCase]] = []
    turns: dict[tuple[str, object], int] = {}
    for case in sorted(cases, key=lambda case: case.pk):
        keys = [("officer", case.officer_id), ("post", case.post_id), ("username", case.username)]
        about = [key for key in keys if key[1]]
        turn = max(turns.get(key, 0) for key in about)
        turns |= dict.fromkeys(about, turn + 1)
        waves += [[]] if turn == len(waves) else []
        waves[turn].append(case)
    return waves


def _carry_out_singly(
    cases: Sequence[PersonnelCase], offices: Mapping[int, Office | None], actor, at: datetime
) -> None:
    """One after the other, where one of several stands against a rule: that one is named, in the words of the rule."""
    for case in cases:
        try:
            _carry_out([case], offices, actor, at)
        except ValidationError as refused:
            codes = [code for code in (getattr(one, "code", "") for one in _each(refused)) if code]
            raise StepRefused([*codes, "invalid"][0], " ".join(refused.messages), case.pk) from refused


def _each(refused: ValidationError) -> list[ValidationError]:
    if hasattr(refused, "error_dict"):
        return [one for errors in refused.error_dict.values() for one in errors]
    return refused.error_list


def _carry_out(cases: Sequence[PersonnelCase], offices: Mapping[int, Office | None], actor, at: datetime) -> None:
    # The row of an officer is read only once nobody else is writing another case of his.
    officers = {
        officer.pk: officer
        for officer in Officer.objects.select_for_update(of=("self",))
        .select_related("user", "station")
        .filter(pk__in={case.officer_id for case in cases})
        .order_by("pk")
    }
    postings = OfficerPosting.objects.standing().filter(officer__in=officers)
    held = list(postings.select_related("officer__user", "post", "station__unit", "station__division"))
    deeds = []
    for case in cases:
        case.officer = officers[case.officer_id]
        lasting = [
            one
            for one in held
            if one.officer_id == case.officer_id and (one.valid_to is None or one.valid_to > case.effective_on)
        ]
        deeds.append(Deed(case, offices[case.pk], lasting))
    by = {"actor": actor, "at": at}
    _fill([deed for deed in deeds if deed.case.kind in PersonnelCase.FILLING], by)
    _end([deed for deed in deeds if deed.case.kind in PersonnelCase.ENDING], by)
    _second([deed for deed in deeds if deed.case.kind == K.SECONDMENT], by)
    _determine([deed for deed in deeds if deed.case.kind == K.PAY], by)


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


def _fill(deeds: Sequence[Deed], by: dict) -> None:
    """The officers leave the posts they cannot hold beside the new ones, and take those up."""
    leavings = []
    for deed in deeds:
        case, holding = deed.case, [posting for posting in deed.held if not posting.acting]
        if case.share != FULL_TIME and sum(posting.share for posting in holding) + case.share <= FULL_TIME:
            continue
        for posting in holding:
            if posting.valid_from >= case.effective_on:
                text = _("The officer takes up another post on %(day)s already.") % {"day": posting.valid_from}
                raise StepRefused("full_time_twice", text, case.pk)
            leavings.append(deed.leaving(posting))
    leave_posts(leavings, **by)
    opened = [deed.case for deed in deeds if deed.case.kind == K.APPOINTMENT and deed.case.officer.user is None]
    for case in opened:
        account = account_of(case)
        case.officer.user = account or open_account_of_post(
            actor=by["actor"], username=case.username, name=case.officer.name
        )
        case.officer.version += 1
    Officer.objects.bulk_update([case.officer for case in opened], ["user", "version"])
    posts = Post.objects.select_related("station__unit", "station__division")
    there = posts.in_bulk([deed.case.post_id for deed in deeds])
    takings = [
        Taking(
            officer=deed.case.officer,
            post=there[deed.case.post_id],
            on=deed.case.effective_on,
            office=deed.office,
            share=deed.case.share,
            document=deed.case.document,
            made_by=deed.case,
            comment=deed.comment,
        )
        for deed in deeds
    ]
    take_posts(takings, **by)


def _end(deeds: Sequence[Deed], by: dict) -> None:
    """Postings end; who leaves the station leaves what he acts in there as well, and is off post no longer."""
    leavings = [deed.leaving(posting) for deed in deeds for posting in deed.held if _ends(deed.case, posting)]
    leave_posts(leavings, **by)
    left = {one.posting.pk for one in leavings}
    gone = {deed.case.officer_id: deed for deed in deeds if all(posting.pk in left for posting in deed.held)}
    away = OffPost.objects.standing().filter(officer__in=gone, valid_to__isnull=True).order_by("pk")
    back = [
        row
        for row in away.select_related("officer", "station__unit", "station__division").select_for_update(of=("self",))
        if row.valid_from < gone[row.officer_id].case.effective_on
    ]
    come_back_each(
        [(row, gone[row.officer_id].case.effective_on) for row in back],
        offices=[gone[row.officer_id].office for row in back],
        comments=[gone[row.officer_id].comment for row in back],
        **by,
    )


def _ends(case: PersonnelCase, posting: OfficerPosting) -> bool:
    return posting.pk == case.posting_id if case.kind == K.REMOVAL else posting.station_id == case.station_id


def _second(deeds: Sequence[Deed], by: dict) -> None:
    """The officers are off post from the day on until they are reported back, which their towns owe by the day of return."""
    rows = [
        OffPost(
            station=deed.case.station,
            county_id=deed.case.station.county_id,
            officer=deed.case.officer,
            reason=OffPost.Reason.SECONDED_CULTURE if deed.case.cultural else OffPost.Reason.SECONDED,
            valid_from=deed.case.effective_on,
            due_back=deed.case.until,
            note=deed.case.other_unit,
            case=deed.case,
            recorded_at=by["at"],
            recorded_by=by["actor"],
        )
        for deed in deeds
    ]
    enter_each(rows)
    offices, comments = [deed.office for deed in deeds], [deed.comment for deed in deeds]
    record_each(rows, step="register", offices=offices, comment=comments, **by)
    governments: dict[int, int] = {}
    towns = Unit.objects.filter(division__in={row.station.division_id for row in rows}, kind=Unit.Kind.TOWN)
    for division, unit in towns.values_list("division", "pk"):
        governments.setdefault(division, unit)
    owe_all(
        Debt(
            governments.get(row.station.division_id, row.station.unit_id),
            row,
            RETURN,
            _return_label(row),
            opened_on=row.valid_from,
            due_on=row.due_back,
            basis=str(RETURN_BASIS),
        )
        for row in rows
    )


def _determine(deeds: Sequence[Deed], by: dict) -> None:
    """What was proposed is determined, unless the bureau has written other amounts."""
    by_case = {deed.case.pk: deed for deed in deeds}
    pays: Any = CasePay.objects.select_for_update(of=("self",)).filter(pk__in=by_case).order_by("pk")
    written: dict[Office | None, dict[Any, dict[str, str]]] = {}
    for pay in pays:
        deed = by_case[pay.pk]
        pay.case = deed.case
        if pay.determined is None and pay.proposed is not None:
            written.setdefault(deed.office, {})[pay] = {"determined": pay.proposed.in_clear()}
    for office, values in written.items():
        write_personal_each(values, office=office, **by)


def _decide_label(case: PersonnelCase) -> str:
    return _("Decide on: %(case)s") % {"case": case}


def _return_label(off_post: OffPost) -> str:
    return _("Report the return of %(name)s from secondment") % {"name": off_post.officer.name}


DUTIES[DECIDE] = Duty(
    _decide_label, DECIDE_BASIS, gettext_lazy("Decision on a personnel case"), seen_by="stations.personnel"
)
DUTIES[RETURN] = Duty(_return_label, RETURN_BASIS, gettext_lazy("Return from secondment"), seen_by="stations.off_post")
