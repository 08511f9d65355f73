"""The verbs of exchange: open a ledger, answer its questions, apply it, undo it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.exchange.ledgers import CHANGED, LEDGERS, NEW, SAME, Plan
from culture_admin.exchange.models import HeaderWord, Import
from culture_admin.exchange.originals import keep_original, read_original, without_numbers
from culture_admin.exchange.sheets import HEADER, read_records
from culture_admin.interfaces.problems import shown
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform

LONGEST_NAME = 200


class RowsRefused(Exception):
    """Not every row of the ledger can be taken, and every row was asked for; nothing was written."""

    def __init__(self, batch: Import):
        super().__init__(
            ngettext(
                "%(count)d row is refused; nothing was written.",
                "%(count)d rows are refused; nothing was written.",
                batch.preview["counts"]["refused"],
            )
            % {"count": batch.preview["counts"]["refused"]}
        )
        self.batch = batch


def open_import(
    *,
    actor,
    kind: str,
    unit: Unit,
    file_name: str,
    content: bytes,
    answers: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> tuple[Import, Plan]:
    """Reads a ledger of a station and keeps it with its preview; writes no row of it.

    answers: what the page it was sent from knows, such as the contract whose service list it is.

    Raises Unreadable for the whole file, ValidationError for an unknown kind, PermissionDenied with the matrix's sentence.
    """
    if kind not in LEDGERS:
        raise ValidationError(
            {
                "kind": _("There is no ledger of the kind “%(kind)s”. Known: %(known)s.")
                % {"kind": kind, "known": ", ".join(LEDGERS)}
            }
        )
    require(actor.offices, "exchange", ("propose",), path=unit.division.path)
    require(actor.offices, LEDGERS[kind].power, LEDGERS[kind].verbs, path=unit.division.path)
    at = at or timezone.now()
    batch = Import(
        kind=kind,
        unit=unit,
        file_name=file_name[-LONGEST_NAME:],
        sha256=sha256(content).hexdigest(),
        created_by=actor,
        created_at=at,
        answers=dict(answers or {}),
    )
    keep_original(batch, content)
    plan = _plan(batch, actor, at)
    with acting(actor):
        batch.save(force_insert=True)
    return batch, plan


def answer_import(
    *, actor, batch: Import, answers: Mapping[str, str], at: datetime | None = None, seen: int | None = None
) -> tuple[Import, Plan]:
    """Reads the ledger once more with the answers given, and keeps both with the new preview.

    `seen`, here and below, is the version of the preview the actor looked at; another one is StepRefused `stale`.
    """
    with acting(actor):
        batch = _locked(batch, actor, seen)
        if batch.state != Import.State.PREVIEWED:
            raise StepRefused(
                "illegal_transition", _("This ledger is “%(state)s” already.") % {"state": batch.get_state_display()}
            )
        _take_answers(batch, answers)
        plan = _plan(batch, actor, at or timezone.now())
        batch.version += 1
        batch.save(update_fields=["answers", "preview", "version"])
    return batch, plan


def apply_import(
    *,
    actor,
    batch: Import,
    rows: str = "all",
    answers: Mapping[str, str] | None = None,
    at: datetime | None = None,
    plan: Plan | None = None,
    seen: int | None = None,
) -> Import:
    """Writes a ledger in one transaction: `all` its rows or nothing, or the `good` ones.

    `plan` spares reading the file again right after it was opened. Raises RowsRefused, StepRefused.
    """
    if rows not in ("all", "good"):
        raise ValidationError({"rows": _("Expected “all” or “good”.")})
    at = at or timezone.now()
    with acting(actor):
        # One ledger of a station at a time: what a row is compared with must not be written meanwhile.
        Unit.objects.select_for_update().get(pk=batch.unit_id)
        batch = _locked(batch, actor, seen)
        if answers:
            _take_answers(batch, answers)
            plan = None
        plan = plan or _plan(batch, actor, at)
        if rows == "all" and batch.preview["counts"]["refused"]:
            raise RowsRefused(batch)
        ledger = LEDGERS[batch.kind]
        perform(batch, "apply", actor=actor, at=at)
        batch.rows_written = ledger.write(plan, batch, actor, at)
        batch.applied_at = at
        batch.save(update_fields=["rows_written", "applied_at", "answers", "preview", "changes"])
        _remember(batch)
        ledger.remember(batch.unit, batch.answers)
    return batch


def undo_import(*, actor, batch: Import, at: datetime | None = None, seen: int | None = None) -> Import:
    """Takes back what an import wrote, while nobody has touched it since. Raises StepRefused."""
    at = at or timezone.now()
    with acting(actor):
        batch = _locked(batch, actor, seen)
        perform(batch, "undo", actor=actor, at=at)
        LEDGERS[batch.kind].undo(batch, actor, at)
        batch.undone_at = at
        batch.save(update_fields=["undone_at"])
    return batch


def _locked(batch: Import, actor, seen: int | None) -> Import:
    rows = Import.objects.visible_to(actor).select_related("unit__division").select_for_update(of=("self",))
    found = rows.filter(pk=batch.pk).first()
    if found is None:
        raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."))
    if seen is not None and found.version != seen:
        message = _("The record was changed since you looked at it. Read it again.")
        raise StepRefused("stale", message, found.pk, found.version)
    return found


def _take_answers(batch: Import, answers: Mapping[str, str]) -> None:
    """Adds the answers to those given before; raises ValidationError for a question nobody asked or no choice of it."""
    asked = batch.preview.get("asked", {})
    for question, choice in answers.items():
        if question not in asked:
            message = _("There is no question “%(question)s” in this ledger.") % {"question": shown(question)}
            raise ValidationError({"answers": ValidationError(message, code="unknown_question")})
        if choice not in asked[question]:
            message = _("“%(choice)s” is none of the choices of %(question)s: %(choices)s.") % {
                "choice": shown(choice),
                "question": shown(question),
                "choices": ", ".join(asked[question]),
            }
            raise ValidationError({"answers": ValidationError(message, code="invalid_choice")})
    batch.answers = {**batch.answers, **answers}


def _plan(batch: Import, actor, at: datetime) -> Plan:
    """Reads the file, matches its rows, and writes the preview into the batch."""
    ledger = LEDGERS[batch.kind]
    words = HeaderWord.objects.filter(unit=batch.unit, kind=batch.kind)
    answers = {HEADER + word.word: word.field for word in words} | ledger.known(batch.unit) | batch.answers
    records = read_records(read_original(batch), ledger.sheet, answers)
    plan = ledger.plan(records, batch.unit, actor, answers, timezone.localdate(at))
    refusals = sorted([*records.refusals, *plan.refusals], key=lambda refusal: (refusal["sheet"], refusal["row"]))
    # Those answered by now as well: an answer may be thought better of.
    asked = batch.preview.get("asked", {}) | {one["id"]: one["choices"] for one in records.questions}
    batch.preview = {
        "counts": {
            "new": len(plan.positions(NEW)),
            "changed": len(plan.positions(CHANGED)),
            "same": len(plan.positions(SAME)),
            "repeated": len(records.repeats),
            "refused": len(refusals),
        },
        "totals": ledger.sheet.totals(_taken(plan)),
        "refusals": refusals,
        "repeats": records.repeats,
        "warnings": records.warnings,
        "notes": [*_imported_before(batch), *records.notes, *plan.notes],
        "questions": records.questions,
        "asked": asked,
    }
    if ledger.sheet.is_personal:
        for part in ("refusals", "warnings", "notes"):
            batch.preview[part] = without_numbers(batch.preview[part])
    return plan


def _taken(plan: Plan) -> dict[str, list]:
    """The values of the rows that are not refused."""
    if not plan.refusals:
        return plan.records.values
    kept = [status is not None for status in plan.status]
    return {
        name: [value for value, keep in zip(column, kept, strict=True) if keep]
        for name, column in plan.records.values.items()
    }


def _imported_before(batch: Import) -> list[dict]:
    before = (
        Import.objects.filter(unit=batch.unit, sha256=batch.sha256, state=Import.State.APPLIED)
        .exclude(pk=batch.pk)
        .select_related("created_by")
        .last()
    )
    if before is None:
        return []
    message = _("This very file was imported on %(day)s by %(person)s (%(rows)d rows).") % {
        "day": timezone.localdate(before.applied_at),
        "person": before.created_by,
        "rows": before.rows_written,
    }
    return [{"row": None, "sheet": "", "code": "same_file", "message": message}]


def _remember(batch: Import) -> None:
    """Keeps what this station means by its header words."""
    for question, choice in batch.answers.items():
        if question.startswith(HEADER):
            word = question.removeprefix(HEADER)[:60]
            HeaderWord.objects.update_or_create(unit=batch.unit, kind=batch.kind, word=word, defaults={"field": choice})
