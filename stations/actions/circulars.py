"""Draft a circular, change it, send it out, mend its form, give more time, chase up who is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import ask, require
from culture_admin.territory.models import Division, Unit, in_force
from culture_admin.workflow.actions import StepRefused, give_time, owe_each, record_each, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.gatherings import county_and_office
from stations.models import Circular, CircularForm, Grading, Reply, Station
from stations.models.questions import Question, read_questions

POWER, REPLIES = "stations.circulars", "stations.replies"
DUTY = "stations.reply"
BASIS = gettext_lazy("Circular of the bureau")
CHANGEABLE = (
    "kind", "title", "body", "document_no", "audience", "chosen", "grades", "listed", "due_on", "questions",
)  # fmt: skip
# Who asks for something in some years has mistyped the year.
LONGEST_WAY = timedelta(days=2 * 366)
C, R = Circular.State, Reply.State
KINDS: dict[str, str] = {Circular.Audience.STATIONS: Unit.Kind.STATION, Circular.Audience.TOWNS: Unit.Kind.TOWN}


def draft_circular(
    *,
    actor,
    kind: str,
    title: str,
    body: str,
    county: Division | None = None,
    document_no: str = "",
    audience: str = Circular.Audience.STATIONS,
    chosen: str = Circular.Chosen.ALL,
    grades: Sequence[str] = (),
    listed: Sequence[Unit] = (),
    due_on: date | None = None,
    questions: Sequence[Mapping] = (),
    at: datetime | None = None,
) -> Circular:
    """A circular that nobody but the bureau sees yet. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    county, office = county_and_office(actor, POWER, county, ("decide", "propose"))
    circular = Circular(
        county=county,
        unit_id=office.unit_id,
        kind=kind,
        title=title,
        body=body,
        document_no=document_no,
        audience=audience,
        chosen=chosen,
        grades=list(grades),
        due_on=due_on,
        drafted_by=actor,
    )
    asked = read_questions(questions)
    _settle(circular, listed, asked, at)
    with acting(actor):
        circular.full_clean()
        circular.save(force_insert=True)
        circular.listed.set(listed)
        CircularForm.objects.create(circular=circular, kept=[question.as_dict() for question in asked])
        record_entry(circular, step="register", office=office, actor=actor, at=at)
    return circular


def change_circular(
    *, actor, circular: Circular, at: datetime | None = None, seen: int | None = None, **changes
) -> Circular:
    """Changes a draft. Of one that is out only the day it is due moves, and its form is revised, each with who is told.

    Raises ValidationError, PermissionDenied, StepRefused (`stale`, `illegal_transition`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row = lock(Circular.objects.visible_to(actor).select_related("county", "unit"), circular, seen)
        verbs = ("decide", "propose") if row.state == C.DRAFT else ("decide",)
        office, _verb = require(actor.offices, POWER, verbs, path=row.county.path)
        if row.state == C.DRAFT:
            _change_draft(row, changes, at)
            step = "change"
        elif row.state == C.ISSUED and set(changes) == {"due_on"}:
            _postpone(row, changes["due_on"], actor, at)
            step = "postpone"
        elif row.state == C.ISSUED and set(changes) == {"questions"}:
            _revise(row, read_questions(changes["questions"]), office, actor, at)
            step = "revise"
        elif row.state == C.ISSUED:
            message = _("It is out: only the day it is due or its form can be changed, one at a time.")
            raise StepRefused("issued", message, row.pk)
        else:
            raise closed_to_change(row)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step=step, office=office, actor=actor, at=at, from_state=row.state)
    return row


def addressees(circular: Circular, on: date) -> list[Unit]:
    """The units a circular is for on a day: stations or towns of the county that exist, all, by grade, or listed."""
    units = Unit.objects.filter(in_force(on), kind=KINDS[circular.audience])
    units = units.filter(division__path__startswith=circular.county.path)
    if circular.chosen == Circular.Chosen.LIST:
        units = units.filter(pk__in=circular.listed.values("pk"))
    elif circular.chosen == Circular.Chosen.GRADE:
        graded = Grading.objects.standing().filter(in_force(on), grade__in=circular.grades).values("station")
        towns = Station.objects.filter(pk__in=graded).values("division")
        units = units.filter(division__in=towns)
    return list(units.select_related("division").order_by("division__code", "pk"))


def send_out(circulars: Sequence[Circular], actor, at: datetime) -> None:
    """Opens a reply for each addressee, seals the form, and says by when it is owed."""
    today = timezone.localdate(at)
    for circular in circulars:
        form = circular.form
        units = addressees(circular, today)
        replies = Reply.objects.bulk_create(
            Reply(circular=circular, unit=unit, form=form if circular.asks else None, due_on=circular.due_on)
            for unit in units
        )
        office = ask(actor.offices, POWER, "decide", path=circular.county.path).office
        record_each(replies, step="open", offices=[office] * len(replies), actor=actor, at=at)
        CircularForm.objects.filter(pk=form.pk, sealed_at=None).update(sealed_at=at)
        circular.issued_on = today
        Circular.objects.filter(pk=circular.pk).update(issued_on=today)
        owe_replies(circular, replies, circular.due_on, at)


def owe_replies(circular: Circular, replies: Sequence[Reply], due_on: date | None, at: datetime) -> None:
    """What each unit owes about a circular by a day; a notice without one is only to be received."""
    if due_on:
        owe_each(
            [(reply.unit_id, reply) for reply in replies],
            code=DUTY,
            label=circular.title,
            basis=circular.document_no,
            opened_on=timezone.localdate(at),
            due_on=due_on,
        )


def chase_up(*, actor, circular: Circular, comment: str = "", at: datetime | None = None) -> list[Reply]:
    """Chases up every unit whose reply is late, all in one act; each reply keeps when and by whom.

    Raises StepRefused (`nobody_late`), PermissionDenied.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, REPLIES, ("decide",), path=circular.county.path)
    with acting(actor):
        late = list(
            circular.replies.late(timezone.localdate(at))
            .select_related("circular", "unit__division")
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        if not late:
            raise StepRefused("nobody_late", _("Nobody is late with it."), circular.pk)
        Reply.objects.filter(pk__in=[reply.pk for reply in late]).update(
            chased_at=at, chases=F("chases") + 1, version=F("version") + 1
        )
        record_each(late, step="chase", offices=[office] * len(late), actor=actor, at=at, comment=comment)
        number = ngettext("%(number)d unit", "%(number)d units", len(late)) % {"number": len(late)}
        said = f"{number}: {comment}" if comment else number
        record_entry(circular, step="chase", office=office, actor=actor, at=at, from_state=circular.state, comment=said)
    return late


def _change_draft(circular: Circular, changes: dict, at: datetime) -> None:
    listed = changes.pop("listed", None)
    questions = changes.pop("questions", None)
    form = circular.form
    asked = form.questions if questions is None else read_questions(questions)
    for name, value in changes.items():
        setattr(circular, name, value)
    units = list(circular.listed.select_related("division")) if listed is None else list(listed)
    _settle(circular, units, asked, at)
    circular.listed.set(units)
    form.kept = [question.as_dict() for question in asked]
    form.save(update_fields=["kept"])


def _postpone(circular: Circular, due_on: date | None, actor, at: datetime) -> None:
    """Gives those who have not answered more time; who was late until now may be so no longer."""
    today = timezone.localdate(at)
    least = max(today, circular.due_on or today)
    if due_on is None or due_on < today or due_on <= (circular.due_on or date.min):
        message = _("A day after %(day)s is expected: a day that is out only moves back.") % {"day": least}
        raise ValidationError({"due_on": ValidationError(message, code="date_range")})
    asked_for_one = circular.due_on is not None
    circular.due_on = due_on
    _refuse_far(circular, at)
    owed = list(circular.replies.owed().filter(Q(due_on__lt=due_on) | Q(due_on=None)))
    circular.replies.filter(pk__in=[reply.pk for reply in owed]).update(due_on=due_on, version=F("version") + 1)
    if asked_for_one:
        give_time(owed, DUTY, due_on, actor=actor, at=at)
    else:
        owe_replies(circular, owed, due_on, at)


def _revise(circular: Circular, questions: list[Question], office, actor, at: datetime) -> None:
    """Sends out a new version of the form. Who has answered keeps the version he answered; the others go on with this one."""
    if not circular.asks or not questions:
        message = _("A collection has at least one question.")
        raise ValidationError({"questions": ValidationError(message, code="required")})
    before = circular.form
    form = CircularForm.objects.create(
        circular=circular,
        number=before.number + 1,
        kept=[question.as_dict() for question in questions],
        sealed_at=at,
    )
    open_replies = list(circular.replies.filter(state__in=Reply.OPEN).select_related("circular", "unit__division"))
    for reply in open_replies:
        carry_over(reply, form)
    Reply.objects.bulk_update(open_replies, ["form", "answers", "version"])
    record_each(open_replies, step="revise", offices=[office] * len(open_replies), actor=actor, at=at)


def carry_over(reply: Reply, form: CircularForm) -> None:
    """Lets a reply go on with another version: answers to questions that are the same are kept, the others fall away."""
    same = {(question.key, question.kind, question.choices) for question in reply.form.questions}
    kept = {
        question.key: reply.answers[question.key]
        for question in form.questions
        if question.key in reply.answers and (question.key, question.kind, question.choices) in same
    }
    reply.form, reply.answers, reply.version = form, kept, reply.version + 1


def _settle(circular: Circular, listed: Sequence[Unit], questions: list[Question], at: datetime) -> None:
    """Refuses what does not go together; a notice has no questions."""
    _refuse_far(circular, at)
    faults = {}
    if circular.chosen == Circular.Chosen.GRADE and not circular.grades:
        faults["grades"] = ValidationError(_("Choose at least one grade."), code="required")
    if circular.chosen == Circular.Chosen.LIST:
        fault = _fault_of_list(circular, listed)
        if fault:
            faults["listed"] = fault
    if circular.asks and not questions:
        message = _("A collection has at least one question.")
        faults["questions"] = ValidationError(message, code="required")
    if not circular.asks and questions:
        message = _("A notice asks nothing; make it a collection, or leave the questions out.")
        faults["questions"] = ValidationError(message, code="notice_asks_nothing")
    if faults:
        raise ValidationError(faults)


def _fault_of_list(circular: Circular, listed: Sequence[Unit]) -> ValidationError | None:
    kind = KINDS.get(circular.audience)
    strange = [unit for unit in listed if unit.kind != kind or not unit.division.path.startswith(circular.county.path)]
    if not listed:
        return ValidationError(_("Put at least one unit on the list."), code="required")
    if strange:
        message = _("%(unit)s is not one of those it is addressed to.") % {"unit": strange[0]}
        return ValidationError(message, code="unit_elsewhere")
    return None


def _refuse_far(circular: Circular, at: datetime) -> None:
    latest = timezone.localdate(at) + LONGEST_WAY
    if circular.due_on and circular.due_on > latest:
        message = _("A day until %(day)s is expected.") % {"day": latest}
        raise ValidationError({"due_on": ValidationError(message, code="date_range")})


def _said(reply: Reply) -> str:
    words = _("Reply: %(title)s") if reply.circular.asks else _("Confirm receipt: %(title)s")
    return words % {"title": reply.circular.title}


DUTIES[DUTY] = Duty(label=_said, basis=BASIS, name=gettext_lazy("Reply to a circular"), power=REPLIES)
