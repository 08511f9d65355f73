"""A unit's side of a circular: save answers, keep a file with one, submit; what the steps do besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_unit
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from culture_admin.workflow.actions import StepRefused, perform, settle
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.circulars import DUTY, carry_over, owe_replies
from stations.models import Circular, Reply
from stations.models.questions import AnswerKind, Question, check_complete, read_answer

POWER = "stations.replies"
# A unit whose reply comes back has at least so long.
AGAIN = timedelta(days=7)
R = Reply.State


def save_answers(
    *,
    actor,
    reply: Reply,
    answers: Mapping[str, object],
    files: Mapping[str, tuple[str, bytes]] | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Reply:
    """Keeps answers as a draft, by key of the question; those not named stay, None takes one away.

    files: for questions that want one, its name and content. Raises ValidationError by key, PermissionDenied, StepRefused.
    """
    at = at or timezone.now()
    with acting(actor):
        row = _open(actor, reply, seen)
        questions = {question.key: question for question in row.form.questions}
        kept, faults = _read(row, questions, answers)
        for key, (name, content) in (files or {}).items():
            try:
                kept[key] = attach_file(actor=actor, subject=row, name=name, content=content, at=at).pk
            except ValidationError as refused:
                faults[key] = refused.messages[0]
        if faults:
            raise ValidationError({key: ValidationError(message, code="answer") for key, message in faults.items()})
        row.answers = {key: value for key, value in (row.answers | kept).items() if value is not None}
        row.version += 1
        row.save(update_fields=["answers", "version"])
    return row


def submit_reply(
    *,
    actor,
    reply: Reply,
    answers: Mapping[str, object],
    files: Mapping[str, tuple[str, bytes]] | None = None,
    comment: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Reply:
    """Saves the answers and hands the reply in, both or neither. Raises like `save_answers`, and for what is missing."""
    with acting(actor):
        saved = save_answers(actor=actor, reply=reply, answers=answers, files=files, at=at, seen=seen)
        missing = check_complete(saved.form.questions, saved.answers)
        if missing:
            raise ValidationError(
                {question.key: ValidationError(_("This has to be answered."), code="required") for question in missing}
            )
        step = "resubmit" if saved.state == R.RETURNED else "submit"
        perform(saved, step, actor=actor, comment=comment, at=at)
    return saved


def files_of(reply: Reply) -> dict[int, Attachment]:
    """The files kept with a reply, by id."""
    return {attachment.pk: attachment for attachment in Attachment.objects.about(reply)}


def note_receipt(replies: Sequence[Reply], at: datetime) -> None:
    """Keeps when a circular was received; of a notice that is all that was owed."""
    Reply.objects.filter(pk__in=[reply.pk for reply in replies], received_at=None).update(received_at=at)
    settle([reply for reply in replies if not reply.circular.asks], DUTY, at=at)


def note_submission(replies: Sequence[Reply], at: datetime) -> None:
    """Keeps when a reply came and whether that was late, and settles what was owed."""
    today = timezone.localdate(at)
    for reply in replies:
        reply.submitted_at, reply.received_at = at, reply.received_at or at
        reply.late = reply.late or (reply.due_on is not None and today > reply.due_on)
    Reply.objects.bulk_update(replies, ["submitted_at", "received_at", "late"])
    settle(replies, DUTY, at=at)


def ask_again(replies: Sequence[Reply], at: datetime) -> None:
    """A reply that was returned is owed again, on the latest version of the form, until its day or for a week."""
    today = timezone.localdate(at)
    for reply in replies:
        latest = reply.circular.form
        if reply.form_id != latest.pk:
            carry_over(reply, latest)
        reply.due_on = max(reply.due_on or today, today + AGAIN)
        owe_replies(reply.circular, [reply], reply.due_on, at)
    Reply.objects.bulk_update(replies, ["form", "answers", "due_on", "version"])


def _open(actor, reply: Reply, seen: int | None) -> Reply:
    """The reply, locked, if its unit may still write. Raises PermissionDenied, StepRefused."""
    rows = Reply.objects.visible_to(actor).select_related("circular", "form", "unit__division")
    row = lock(rows, reply, seen)
    require_unit(actor, POWER, row.unit_id)
    if row.state not in Reply.OPEN:
        raise closed_to_change(row)
    refusal = refuse_over(row.circular)
    if refusal:
        raise StepRefused(*refusal, row.pk)
    if row.form is None:
        raise StepRefused("notice_asks_nothing", _("A notice is only to be received; it asks nothing."), row.pk)
    return row


def refuse_over(circular: Circular) -> tuple[str, str] | None:
    """Why a circular takes no answers any more: a code and a sentence; None while it does."""
    if circular.state == Circular.State.ISSUED:
        return None
    text = _("The circular is “%(state)s”; no answers are taken any more.")
    return "circular_over", text % {"state": circular.get_state_display()}


def _read(
    reply: Reply, questions: Mapping[str, Question], answers: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    """What is kept of the answers, and by key what is wrong with the others."""
    kept: dict[str, object] = {}
    faults: dict[str, str] = {}
    there: dict[int, Attachment] | None = None
    for key, written in answers.items():
        question = questions.get(key)
        if question is None:
            known = ", ".join(questions)
            faults[key] = _("There is no such question. Known: %(known)s.") % {"known": known}
            continue
        try:
            kept[key] = read_answer(question, written)
        except ValidationError as refused:
            faults[key] = refused.messages[0]
            continue
        if question.kind == AnswerKind.FILE and kept[key] is not None:
            there = files_of(reply) if there is None else there
            if kept[key] not in there:
                faults[key] = _("No such file is kept with this reply.")
    return kept, faults
