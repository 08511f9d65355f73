"""What handing a record over settles, and whether what lies there is still what was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from culture_admin.workflow.authority import entrust
from culture_admin.workflow.models import Decision
from culture_admin.workflow.refusals import Reason, StepRefused
from culture_admin.workflow.steps import DECIDING, Flow, Step, holders_of, office_for, rights_ahead
from culture_admin.workflow.words import differences

OWN = ("propose",)


def hand_over(flow: Flow, step: Step, locked: Sequence[models.Model], actor, at: datetime) -> None:
    """Notes who filed, and with which offices the records lie from now on; the filing office keeps what it may itself."""
    for record in locked:
        deciding, own = rights_ahead(flow, record, DECIDING), rights_ahead(flow, record, OWN)
        record.filed_by, record.filed_at = actor, at
        record.entrusted = entrust(deciding, own, office_for(record, step, actor), holders_of(actor))
    flow.model.objects.bulk_update(locked, ["filed_by", "filed_at", "entrusted"])


def changed_since(flow: Flow, locked: Sequence[models.Model], decisions: Sequence[Decision]) -> dict[int, StepRefused]:
    """Whoever decides, decides on what was filed: content that was changed since is refused, with what has changed."""
    filed = {
        decision.subject_id: decision
        for decision in Decision.objects.filter(
            subject_type=ContentType.objects.get_for_model(flow.model),
            subject_id__in=[record.pk for record in locked],
        )
        .order_by("subject_id", "-id")
        .distinct("subject_id")
        .only("subject_id", "content_hash", "content")
    }
    return {
        record.pk: _refusal(flow, record, before)
        for record, decision in zip(locked, decisions, strict=True)
        if (before := filed.get(record.pk)) and before.content_hash != decision.content_hash
    }


def _refusal(flow: Flow, record: models.Model, before: Decision) -> StepRefused:
    text = _("The record is not what was filed any more. Return it, so that it is filed again.")
    if before.content is None:
        told = f"{text} {_('Its history says what was changed.')}"
        return StepRefused("content_changed", told, record.pk)
    changed = differences(flow, before.content, flow.content(record))
    reasons = [Reason("content_changed", str(one), one.field) for one in changed]
    return StepRefused("content_changed", " ".join([text, *(f"{one}." for one in changed)]), record.pk, reasons=reasons)
