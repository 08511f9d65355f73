"""What a case is about, in words; what it said each time it was filed; and what differed from one time to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Max
from django.utils.translation import gettext as _

from culture_admin.workflow.models import Decision
from stations.models import AnnualReport, Registration, RegistrationRound
from stations.models.papers import papers_for, reasons_of

# What a decision on a case is about, in this order; the code the office assigns is no part of what was filed.
FIELDS = (
    "items", "ground", "event_on", "name", "legal_representative", "purpose", "funding", "domicile", "startup_funds", "sponsor",
    "duplicates", "liquidation_from", "liquidation_to", "note",
)  # fmt: skip
REPORTED = (
    "activities", "net_assets_begin", "net_assets_end", "income", "expenditure", "changes", "performance", "lawsuits",
    "complaints", "donations", "other", "staff", "web_name", "filled_in_by", "telephone", "figures",
)  # fmt: skip
PAPER = "papers."
RETURNS = ("return_by_sponsor", "return_by_bureau", "return_by_office")


@dataclass(frozen=True)
class Difference:
    """What stood in one place of a case before, and what stands there now, as text."""

    label: object
    before: str
    after: str


@dataclass(frozen=True)
class Round:
    """One time a case was filed: what differed from the time before, and with which words it came back."""

    number: int
    filed_at: datetime
    filed_by: str
    differences: list[Difference]
    returned: Decision | None


def content_of(registration: Registration) -> dict[str, str]:
    """What a decision on the case is about, as text by name. Reads `papers` and `report` as far as they are fetched."""
    content = {name: _text(getattr(registration, name)) for name in FIELDS}
    report = report_of(registration)
    if report:
        content |= {f"report.{name}": _text(getattr(report, name)) for name in REPORTED}
    for row in sorted(registration.papers.all(), key=lambda row: row.pk):
        if row.removed_at is None:
            told = f"{row.attachment.name} ({row.attachment.sha256[:12]})" if row.attachment else row.note
            there = content.get(f"{PAPER}{row.code}")
            content[f"{PAPER}{row.code}"] = f"{there}; {told}" if there else told
    return content


def report_of(registration: Registration) -> AnnualReport | None:
    """The content of an annual report; None for a case of another kind."""
    if registration.kind != Registration.Kind.ANNUAL_REPORT:
        return None
    return getattr(registration, "report", None)


def keep_rounds(registrations: Sequence[Registration], actor, at: datetime) -> None:
    """Keeps what each case says now as its next round."""
    kept = RegistrationRound.objects.filter(registration__in=registrations).order_by().values("registration")
    last = dict(kept.annotate(last=Max("number")).values_list("registration", "last"))
    RegistrationRound.objects.bulk_create(
        RegistrationRound(
            registration=registration,
            number=last.get(registration.pk, 0) + 1,
            content=content_of(registration),
            filed_by=actor,
            filed_at=at,
        )
        for registration in registrations
    )


def rounds_of(registration: Registration) -> list[Round]:
    """The rounds of a case, the last one first."""
    kept = list(registration.rounds.select_related("filed_by").order_by("number"))
    returned = list(Decision.objects.about(registration).filter(step__in=RETURNS).order_by("id"))
    told = []
    for before, one in pairwise([None, *kept]):
        came_back = next((decision for decision in returned if decision.at >= one.filed_at), None)
        later = kept[one.number].filed_at if one.number < len(kept) else None
        told.append(
            Round(
                number=one.number,
                filed_at=one.filed_at,
                filed_by=str(one.filed_by or _("System")),
                differences=[*_differences(registration, before.content, one.content)] if before else [],
                returned=came_back if came_back and (later is None or came_back.at <= later) else None,
            )
        )
    return told[::-1]


def _differences(registration: Registration, before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    for name in {**before, **after}:
        if before.get(name, "") != after.get(name, ""):
            yield Difference(_label(registration, name), before.get(name, ""), after.get(name, ""))


def _label(registration: Registration, name: str) -> object:
    if name.startswith(PAPER):
        code = name.removeprefix(PAPER)
        known = {paper.code: paper.label for paper in papers_for(registration.kind, reasons_of(registration))}
        return known.get(code, code)
    model, field = (AnnualReport, name.removeprefix("report.")) if name.startswith("report.") else (Registration, name)
    return model._meta.get_field(field).verbose_name


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
