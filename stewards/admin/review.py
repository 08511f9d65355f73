"""The form of the review: what was written in it goes to the verb, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_line
from culture_admin.scoring.judging import Judged
from culture_admin.scoring.rules import read_number
from culture_admin.scoring.values import Standing
from culture_admin.workflow.actions import StepRefused
from stewards.actions import review_evaluation
from stewards.actions.evaluations import POWER
from stewards.models import Evaluation
from stewards.sides import NOT_APPLICABLE, Line, Part, lines_of

LONGEST_REMARK = 500


def why_shut(user, evaluation: Evaluation) -> str:
    """Why the reader cannot review; empty where he can."""
    answer = ask(user.offices, POWER, "decide", path=evaluation.contract.place.path)
    if not answer:
        return str(answer.text)
    if evaluation.state != Evaluation.State.DECLARED:
        text = _("The evaluation is “%(state)s”; it is reviewed once the firm has handed it in.")
        return text % {"state": evaluation.get_state_display()}
    return ""


class Refused(Exception):
    """Something of a review was refused, so nothing of it was kept; the lines say what. stale: somebody else was faster."""

    def __init__(self, *, stale: bool):
        self.stale = stale
        super().__init__()


def keep(actor, evaluation: Evaluation, parts: Sequence[Part], posted: QueryDict, only: str = "") -> int:
    """Keeps what was written in the form, all of it or nothing; `only` names the one line that was sent. How many were kept.

    Raises Refused, with the faults at the lines.
    """
    changed = {line.code: line for line in lines_of(parts) if _is_changed(line, posted, only)}
    said: dict[str, dict[str, object]] = {}
    for code, line in changed.items():
        try:
            said[code] = _entry(line, posted)
        except ValidationError as refused:
            line.faults += refused.messages
    stale = len(said) == len(changed) and _review(actor, evaluation, changed, said)
    if any(line.faults for line in changed.values()):
        raise Refused(stale=stale)
    return len(said)


def _review(actor, evaluation: Evaluation, lines: Mapping[str, Line], said: Mapping[str, dict[str, object]]) -> bool:
    """Hands the entries to the verb; what it refuses stands at its line. Whether one was changed by somebody else meanwhile."""
    try:
        review_evaluation(actor=actor, evaluation=evaluation, said=said)
    except StepRefused as refused:
        at = [line for line in lines.values() if line.item and line.item.pk == refused.pk] or list(lines.values())
        at[0].faults.append(str(refused.text))
        return refused.code == "stale"
    except ValidationError as refused:
        for code, texts in refused.message_dict.items():
            lines[code].faults += texts
    except PermissionDenied as refused:
        next(iter(lines.values())).faults.append(str(refused))
    return False


def _is_changed(line: Line, posted: QueryDict, only: str) -> bool:
    """Whether something else was sent than stood in the form."""
    if line.item is None or only not in ("", str(line.item.pk)) or f"was-{line.item.pk}" not in posted:
        return False
    line.entered = posted.get(f"said-{line.item.pk}", "").strip()[:200]
    line.remark = posted.get(f"remark-{line.item.pk}", "").strip()
    return f"{line.entered}|{line.remark}" != posted.get(f"was-{line.item.pk}")


def _entry(line: Line, posted: QueryDict) -> dict[str, object]:
    """What was written, as the verb takes it; who does not say what he looked at has looked at nothing. Raises ValidationError."""
    remark = clean_line(line.remark, max_length=LONGEST_REMARK)
    standing, numbers = _judged(line)
    seen = whole(posted.get(f"seen-{line.item.pk}", "")) or 0
    return {"reviewed": standing, "reviewed_numbers": numbers, "remark": remark, "seen": seen}


def _judged(line: Line) -> tuple[str, list[Decimal]]:
    """What was written of the value. Raises ValidationError."""
    if not line.entered:
        return "", []
    if line.entered.casefold() in (NOT_APPLICABLE, Standing.NOT_APPLICABLE.label.casefold()):
        return Judged.NOT_APPLICABLE, []
    numbers = []
    for written in line.entered.replace("；", ";").split(";"):
        number = read_number(written.strip())
        if number is None:
            raise ValidationError(_("“%(read)s” is no number."), code="number", params={"read": written[:40]})
        numbers.append(number)
    return Judged.VALUE, numbers
