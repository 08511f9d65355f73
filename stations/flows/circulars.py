"""The steps of a circular, from draft to closed, and of each unit's reply to it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import ask_unit
from culture_admin.workflow.actions import follow, lapse
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.circulars import POWER, REPLIES, addressees, send_out
from stations.actions.replies import ask_again, note_receipt, note_submission, refuse_over
from stations.models import Circular, Reply
from stations.models.questions import check_complete

C, R = Circular.State, Reply.State


def circular_content(circular: Circular) -> dict[str, object]:
    """What a decision on a circular is about: its words, whom it is for, by when, and what it asks."""
    form = circular.form
    named = ("kind", "title", "body", "document_no", "audience", "chosen")
    return {
        **{name: getattr(circular, name) for name in named},
        "grades": ",".join(circular.grades),
        "listed": list(circular.listed.order_by("pk").values_list("pk", flat=True)),
        "due_on": circular.due_on,
        "form": form.kept if form else "",
    }


def refuse_unready(circular: Circular, actor) -> Obstacle | None:
    """A circular goes out to somebody."""
    if addressees(circular, timezone.localdate()):
        return None
    return Obstacle("nobody_addressed", gettext("Nobody is addressed; look at the grades or the list."))


def refuse_overdue(circular: Circular, day: date) -> Obstacle | None:
    """A circular is due on a day that is still to come."""
    if circular.due_on is None or circular.due_on >= day:
        return None
    return Obstacle("due_passed", gettext("The day it is due is over; choose another."))


def withdraw_replies(circulars: list[Circular], actor, at) -> None:
    """With a circular go the replies to it, and what was owed."""
    follow(
        Reply.objects.filter(circular__in=[circular.pk for circular in circulars]),
        "withdraw",
        actor=actor,
        at=at,
        comment=gettext("The circular was withdrawn."),
    )


def let_off(circulars: list[Circular], actor, at) -> None:
    """Once it is closed nobody owes an answer any more; the table shows who never gave one."""
    lapse(list(Reply.objects.filter(circular__in=[circular.pk for circular in circulars])), at=at)


def refuse_receipt(reply: Reply, actor) -> Obstacle | None:
    return _refuse_another_unit(reply, actor) or _refuse_over(reply)


def refuse_incomplete(reply: Reply, actor) -> Obstacle | None:
    """A reply is handed in by its own unit, while the circular is out, with everything that has to be answered."""
    obstacle = refuse_receipt(reply, actor)
    if obstacle:
        return obstacle
    if reply.form is None:
        return Obstacle("notice_asks_nothing", gettext("A notice is only to be received; it asks nothing."))
    missing = check_complete(reply.form.questions, reply.answers)
    if missing:
        names = "、".join(question.label for question in missing)
        return Obstacle("answers_missing", gettext("Still to be answered: %(questions)s.") % {"questions": names})
    return None


def refuse_files(reply: Reply) -> Obstacle | None:
    """What was handed in stands; files come with the answers."""
    if reply.state in Reply.OPEN:
        return None
    return Obstacle("handed_in", gettext("The reply is handed in; no file is added any more."))


def _refuse_another_unit(reply: Reply, actor) -> Obstacle | None:
    answer = ask_unit(actor.offices, REPLIES, reply.unit_id)
    return None if answer else Obstacle(answer.code, str(answer.text))


def _refuse_over(reply: Reply) -> Obstacle | None:
    over = refuse_over(reply.circular)
    return Obstacle(*over) if over else None


register(
    Flow(
        model=Circular,
        power=POWER,
        content=circular_content,
        labels={"grades": _("Grades"), "listed": _("On the list"), "form": _("Form")},
        place=lambda circular: Place(circular.county.path, circular.county_id, unit_id=circular.unit_id),
        related=("county",),
        filed_by="drafted_by",
        struck=(C.WITHDRAWN,),
        own_files=True,
        steps={
            "issue": Step(
                _("Send out"),
                [C.DRAFT],
                C.ISSUED,
                POWER,
                refuse=refuse_unready,
                untimely=refuse_overdue,
                after=send_out,
                waits=True,
            ),
            "close": Step(pgettext_lazy("a task", "Close"), [C.ISSUED], C.CLOSED, POWER, after=let_off),
            "withdraw": Step(
                _("Withdraw"),
                [C.DRAFT, C.ISSUED],
                C.WITHDRAWN,
                POWER,
                comment=True,
                danger=True,
                after=withdraw_replies,
            ),
        },
    )
)
register(
    Flow(
        model=Reply,
        power=REPLIES,
        content=lambda reply: {
            "circular_id": reply.circular_id,
            "form_id": reply.form_id,
            "answers": sorted(reply.answers.items()),
        },
        labels={"answers": _("Answers")},
        place=lambda reply: Place(
            reply.unit.division.path,
            reply.unit.division_id,
            reply.unit_id if reply.unit.kind == "station" else None,
            unit_id=reply.unit_id,
        ),
        related=("unit__division", "circular", "form"),
        files=refuse_files,
        struck=(R.WITHDRAWN,),
        own_files=True,
        steps={
            "receive": Step(
                _("Confirm receipt"),
                [R.SENT],
                R.RECEIVED,
                REPLIES,
                verb="propose",
                refuse=refuse_receipt,
                after=lambda replies, actor, at: note_receipt(replies, at),
                waits=True,
            ),
            "submit": Step(
                _("Submit"),
                [R.SENT, R.RECEIVED],
                R.SUBMITTED,
                REPLIES,
                verb="propose",
                refuse=refuse_incomplete,
                after=lambda replies, actor, at: note_submission(replies, at),
            ),
            "resubmit": Step(
                _("Submit again"),
                [R.RETURNED],
                R.SUBMITTED,
                REPLIES,
                verb="propose",
                refuse=refuse_incomplete,
                after=lambda replies, actor, at: note_submission(replies, at),
                waits=True,
            ),
            "accept": Step(_("Accept"), [R.SUBMITTED], R.ACCEPTED, REPLIES, waits=True),
            "return": Step(
                _("Return"),
                [R.SUBMITTED, R.ACCEPTED],
                R.RETURNED,
                REPLIES,
                comment=True,
                refuse=lambda reply, actor: _refuse_over(reply),
                after=lambda replies, actor, at: ask_again(replies, at),
            ),
            "withdraw": Step(
                _("Withdraw"),
                [R.SENT, R.RECEIVED, R.SUBMITTED, R.RETURNED, R.ACCEPTED],
                R.WITHDRAWN,
                POWER,
                refuse=lambda reply, actor: Obstacle(
                    "with_circular", gettext("A reply is withdrawn with its circular.")
                ),
            ),
        },
    )
)
