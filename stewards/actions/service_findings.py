"""What is found in a service: opened by the bureau with a day, put right by the firm, looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import Debt, owe_all, record_entry, settle
from culture_admin.workflow.models import DUTIES, Decision, Duty
from stations.models import Station
from stewards.models import Contract, Evaluation, ServiceFinding, SpotCheckRow

POWER = "stewards.findings"
DUTY = "stewards.finding"
BASIS = gettext_lazy("Service standard of Hangzhou for cultural stewards, G4: rectification with a deadline")
# So long a firm has, unless another day is said; and nobody is given more than the longest.
USUAL, LONGEST = timedelta(days=15), timedelta(days=366)


def open_service_finding(
    *,
    actor,
    contract: Contract,
    what: str,
    due_on: date | None = None,
    opened_on: date | None = None,
    evaluation: Evaluation | None = None,
    code: str = "",
    station: Station | None = None,
    row: SpotCheckRow | None = None,
    at: datetime | None = None,
) -> ServiceFinding:
    """Opens a finding that the firm owes to put right by a day. code: the item of the standard it is about.

    Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    office, _verb = require(actor.offices, POWER, ("decide",), path=contract.place.path)
    opened_on = opened_on or today
    finding = ServiceFinding(
        contract=contract,
        evaluation=evaluation,
        code=code,
        station=station,
        row=row,
        what=what,
        opened_on=opened_on,
        due_on=due_on or opened_on + USUAL,
    )
    with acting(actor):
        _check(finding, today)
        finding.full_clean()
        finding.save()
        record_entry(finding, step="open", office=office, actor=actor, at=at)
        owe_rectification([finding], at)
    return finding


def open_finding_of_row(
    *, actor, row: SpotCheckRow, due_on: date | None = None, at: datetime | None = None
) -> ServiceFinding:
    """The finding of a row of a spot check that was not as the log says. Raises ValidationError, PermissionDenied."""
    if row.outcome not in (SpotCheckRow.Outcome.FALSE, SpotCheckRow.Outcome.DIFFERENT):
        message = _("The row is as logged, or nobody has looked yet; there is nothing to put right.")
        raise ValidationError({"row": ValidationError(message, code="nothing_found")})
    delivery = row.delivery
    said: dict[str, Any] = {"outcome": row.get_outcome_display(), "line": delivery.line, "day": delivery.on}
    what = _("%(outcome)s: %(line)s on %(day)s") % said
    if row.note:
        what = f"{what} · {row.note}"
    return open_service_finding(
        actor=actor,
        contract=row.spot_check.contract,
        what=what[:300],
        due_on=due_on,
        station=delivery.station,
        row=row,
        at=at,
    )


def note_rectified(findings: Sequence[ServiceFinding], actor, at: datetime) -> None:
    """The firm says what it did: its duty is done, and the bureau looks."""
    said = _comments(findings, "rectify")
    for one in findings:
        one.rectification = said.get(one.pk, "")[:500]
    ServiceFinding.objects.bulk_update(findings, ["rectification"])
    settle(findings, DUTY, at=at)


def owe_again(findings: Sequence[ServiceFinding], actor, at: datetime) -> None:
    """It is not put right: a new term begins today."""
    due_on = timezone.localdate(at) + USUAL
    for one in findings:
        one.due_on = due_on
    ServiceFinding.objects.bulk_update(findings, ["due_on"])
    owe_rectification(findings, at)


def note_withdrawn(findings: Sequence[ServiceFinding], actor, at: datetime) -> None:
    settle(findings, DUTY, at=at)


def owe_rectification(findings: Sequence[ServiceFinding], at: datetime) -> None:
    """Lets the firms owe what was found."""
    owe_all(
        Debt(
            one.contract.firm_id,
            one,
            DUTY,
            _duty_label(one)[:200],
            opened_on=timezone.localdate(at),
            due_on=one.due_on,
            basis=str(BASIS),
        )
        for one in findings
    )


def _check(finding: ServiceFinding, today: date) -> None:
    contract, faults = finding.contract, {}
    if contract.state not in Contract.BINDING:
        message = _("The contract is “%(state)s”: nothing is served under it.")
        faults["contract"] = ValidationError(
            message, code="not_started", params={"state": contract.get_state_display()}
        )
    if not contract.begins_on <= finding.opened_on <= today:
        message = _("Expected a day from the contract’s first, %(first)s, to today.")
        faults["opened_on"] = ValidationError(message, code="date_range", params={"first": contract.begins_on})
    if finding.due_on > today + LONGEST:
        faults["due_on"] = ValidationError(_("Nobody is given more than a year."), code="date_range")
    if finding.evaluation and finding.evaluation.contract_id != contract.pk:
        message = _("This is the evaluation of another contract.")
        faults["evaluation"] = ValidationError(message, code="other_contract")
    if finding.station and not contract.coverage.filter(station=finding.station).exists():
        message = _("The contract does not cover the town of this station.")
        faults["station"] = ValidationError(message, code="not_covered")
    if finding.code and finding.evaluation and finding.code not in finding.evaluation.scheme.content.sources:
        message = _("The standard has no item %(code)s.")
        faults["code"] = ValidationError(message, code="unknown_item", params={"code": finding.code})
    if faults:
        raise ValidationError(faults)


def _comments(findings: Sequence[ServiceFinding], step: str) -> dict[int, str]:
    """By key the newest comment of a step."""
    about = Decision.objects.filter(
        subject_type=ContentType.objects.get_for_model(ServiceFinding),
        subject_id__in=[one.pk for one in findings],
        step=step,
    )
    return dict(about.order_by("pk").values_list("subject_id", "comment"))


def _duty_label(finding: ServiceFinding) -> str:
    return _("Put right: %(what)s") % {"what": finding.what}


DUTIES[DUTY] = Duty(_duty_label, BASIS, name=gettext_lazy("Finding in a service"), power=POWER)
