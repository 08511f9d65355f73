"""The steps of a posting: the firm proposes, the town consents, the bureau decides."""

from __future__ import annotations

from datetime import datetime

from django.db.models import PROTECT
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.actions import StepRefused, lapse
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions.posting_rules import FETCHED, faults_of
from stewards.actions.postings import POWER, begin_postings
from stewards.models import Posting

S = Posting.State


def posting_content(posting: Posting) -> dict[str, object]:
    """What a consent or a decision on a posting is about."""
    named = (
        "steward_id", "station_id", "contract_id", "full_time", "valid_from", "valid_to", "town_days", "district_days",
        "supervisor", "replaces_id", "handover_on",
    )  # fmt: skip
    return {name: getattr(posting, name) for name in named} | {"villages": ",".join(map(str, posting.villages))}


def refuse_against_rules(posting: Posting, actor) -> Obstacle | None:
    """What stood against a posting when it was proposed stands against it still."""
    for fault in faults_of(posting).values():
        return Obstacle(fault.code or "invalid", fault.messages[0])
    return None


def strike(postings: list[Posting], actor, at: datetime) -> None:
    """A posting under which work was done is ended, not struck out; of what is struck out nothing is owed."""
    for relation in Posting._meta.related_objects:
        if relation.on_delete is not PROTECT:
            continue
        used = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": postings}).order_by()
        first = used.values_list(relation.field.attname, flat=True).first()
        if first:
            text = gettext("Work is recorded under it; a posting that was is ended, not struck out.")
            raise StepRefused("posting_used", text, first)
    lapse(postings, at=at)


register(
    Flow(
        model=Posting,
        power=POWER,
        content=posting_content,
        place=lambda posting: Place(
            posting.station.division.path, posting.station.division_id, posting.station_id, posting.firm_id
        ),
        related=("station__division", "station__unit", "steward", "contract"),
        fetched=FETCHED,
        filed_by="filed_by",
        struck=(S.REFUSED, S.WITHDRAWN),
        own_files=True,
        steps={
            "consent": Step(
                pgettext_lazy("a posting", "Consent"), [S.PROPOSED], S.CONSENTED, POWER, verb="consent", waits=True
            ),
            "decline": Step(
                pgettext_lazy("a posting", "Do not consent"),
                [S.PROPOSED],
                S.REFUSED,
                POWER,
                verb="consent",
                comment=True,
            ),
            "confirm": Step(
                pgettext_lazy("a posting", "Decide"),
                [S.CONSENTED],
                S.CONFIRMED,
                POWER,
                refuse=refuse_against_rules,
                after=begin_postings,
                waits=True,
            ),
            "refuse": Step(
                pgettext_lazy("a case", "Refuse"), [S.PROPOSED, S.CONSENTED], S.REFUSED, POWER, comment=True
            ),
            "withdraw": Step(_("Withdraw"), [S.PROPOSED, S.CONSENTED], S.WITHDRAWN, POWER, verb="propose", danger=True),
            "void": Step(
                _("Void"),
                [S.CONFIRMED],
                S.WITHDRAWN,
                POWER,
                comment=True,
                after=strike,
                danger=True,
            ),
        },
    )
)
