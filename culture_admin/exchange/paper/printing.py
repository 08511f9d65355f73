"""The verb of printing: ask for a paper as PDF."""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.exchange.models import Printout
from culture_admin.exchange.paper.register import Paper
from culture_admin.exchange.paper.rendering import render
from culture_admin.workflow.actions import StepRefused, enqueue
from culture_admin.workflow.tasks import run_job

JOB = "exchange.print"
LANGUAGES = ("zh-hans", "en")
# Read, laid out, written.
STAGES = 3


def print_paper(
    *, actor, paper: Paper, subject: Model, language: str = "zh-hans", at: datetime | None = None
) -> Printout:
    """Asks for the PDF of a paper. What was printed before with the same content is not made again; what failed is.

    Raises ValidationError for an unknown language, StepRefused `not_found` for a record the actor may not print.
    """
    if language not in LANGUAGES:
        message = _("Expected one of: %(known)s.") % {"known": ", ".join(LANGUAGES)}
        raise ValidationError({"language": ValidationError(message, code="invalid_choice")})
    if not paper.visible_to(actor).filter(pk=subject.pk).exists():
        raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."))
    sheet = render(paper, subject, language)
    with acting(actor):
        printout, _new = Printout.objects.get_or_create(
            paper=paper.code,
            subject_type=ContentType.objects.get_for_model(paper.model),
            subject_id=subject.pk,
            language=language,
            content_hash=sheet.content_hash,
            defaults={
                "title": sheet.title,
                "html": sheet.html,
                "created_by": actor,
                "created_at": at or timezone.now(),
            },
        )
        # Two at a time wait here for each other, and the second finds the job of the first.
        printout = Printout.objects.select_for_update(of=("self",)).select_related("job").get(pk=printout.pk)
        if printout.job is None or printout.state == Printout.State.FAILED:
            printout.job = enqueue(JOB, {"printout": printout.pk}, actor=actor, total=STAGES, wake=run_job.delay)
            printout.save(update_fields=["job"])
    return printout
