"""What a case is about, in words; each time it was filed, and what differed from the time before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import flow_of
from culture_admin.workflow.words import Difference, differences
from stations.models import AnnualReport, Registration
from stations.models.documents import CODES, DOCUMENTS
from stations.models.registration import Item, State

# What a decision on a case is about, in this order; the code that the office assigns is no part of what was filed.
FIELDS = (
    "ground", "event_on", "name", "legal_representative", "purpose", "funding", "domicile", "startup_funds", "sponsor",
    "duplicates", "liquidation_from", "liquidation_to", "note",
)  # fmt: skip
REPORTED = (
    "activities", "net_assets_begin", "net_assets_end", "income", "expenditure", "changes", "performance", "lawsuits",
    "complaints", "donations", "other", "staff", "web_name", "filled_in_by", "telephone", "figures",
)  # fmt: skip
# What the parts of the content are called that are no fields of the case, or not said like one.
LABELS: Mapping[str, object] = {
    "items": Registration._meta.get_field("items").verbose_name,
    **{f"report.{name}": AnnualReport._meta.get_field(name).verbose_name for name in REPORTED},
    **{f"documents.{document.code}": document.label for document in reversed(DOCUMENTS)},
}


@dataclass(frozen=True)
class Round:
    """One time a case was filed, what differed from the time before, and the decision by which it came back."""

    number: int
    filed_at: datetime
    filed_by: str
    differences: list[Difference]
    returned: Decision | None


def content_of(registration: Registration) -> dict[str, object]:
    """What a decision on the case is about, by name. Reads `documents` and `report` as far as they are fetched."""
    report = report_of(registration)
    there: dict[str, list[str]] = {}
    for row in sorted(registration.documents.all(), key=lambda row: row.pk):
        if row.removed_at is None:
            there.setdefault(row.code, []).append(_told(row))
    return {
        "items": "; ".join(str(Item(item).value) for item in registration.items),
        **{name: getattr(registration, name) for name in FIELDS},
        **{f"report.{name}": _said(report, name) for name in REPORTED},
        **{f"documents.{code}": "; ".join(there.get(code, [])) for code in CODES},
    }


def report_of(registration: Registration) -> AnnualReport | None:
    """The content of an annual report; None for a case of another kind."""
    if registration.kind != Registration.Kind.ANNUAL_REPORT:
        return None
    return getattr(registration, "report", None)


def rounds_of(registration: Registration) -> list[Round]:
    """The rounds of a case, the last one first."""
    made = list(Decision.objects.about(registration).order_by("id"))
    filed = [decision for decision in made if decision.to_state == State.SUBMITTED]
    flow, told = flow_of(Registration), []
    for before, one in pairwise([None, *filed]):
        later = [decision for decision in made if decision.pk > one.pk]
        answer = next((decision for decision in later if decision.to_state in (State.RETURNED, State.SUBMITTED)), None)
        told.append(
            Round(
                number=len(told) + 1,
                filed_at=one.at,
                filed_by=one.actor_text,
                differences=differences(flow, before.content or {}, one.content or {}) if before else [],
                returned=answer if answer and answer.to_state == State.RETURNED else None,
            )
        )
    return told[::-1]


def _told(row) -> str:
    """A document as a round names it: a file by its name and the beginning of its hash."""
    return f"{row.attachment.name} ({row.attachment.sha256[:12]})" if row.attachment else row.note


def _said(report: AnnualReport | None, name: str) -> object:
    if report is None:
        return ""
    value = getattr(report, name)
    return ", ".join(f"{code} {number}" for code, number in sorted(value.items())) if name == "figures" else value
