"""From every exception that means a refusal to the problem it is answered with."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.db.models import BaseConstraint, Model
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.settings import api_settings

from culture_admin.accounts.personal.reading import TooManyReadings
from culture_admin.interfaces.etags import changed_meanwhile
from culture_admin.interfaces.problems import Fault, Problem, answer, nothing_here, pointer, shown
from culture_admin.workflow.actions import StepRefused

logger = logging.getLogger(__name__)

UNIQUE, FOREIGN_KEY, NOT_NULL, CHECK, EXCLUSION = "23505", "23503", "23502", "23514", "23P01"
INTERRUPTED = {"40001", "40P01", "55P03", "57014"}


def exception_handler(error: Exception, context: dict) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER: the problem for a refusal; None for a fault of ours, which Django then answers with 500."""
    request = context["request"]
    problem = problem_of(error, request)
    return None if problem is None else answer(problem, request)


def problem_of(error: Exception, request: Any = None) -> Problem | None:  # noqa: PLR0911 - one line a kind
    """The problem that says the same as `error`; None when it is no refusal."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.ValidationError):
        body = request.data if request is not None and request.method in ("POST", "PATCH") else {}
        return _invalid(list(_faults_of_serializer(error.detail, (), body)))
    if isinstance(error, ValidationError):
        return _invalid(list(faults_of_model(error)))
    if isinstance(error, StepRefused):
        return _step_refused(error)
    if isinstance(error, Http404 | exceptions.NotFound):
        return nothing_here()
    if isinstance(error, TooManyReadings):
        return Problem(429, error.code, str(error), headers={"Retry-After": str(error.wait)})
    if isinstance(error, PermissionDenied):
        return Problem(403, getattr(error, "code", "not_permitted"), str(error))
    if isinstance(error, exceptions.APIException):
        return _framework_refused(error)
    if isinstance(error, DatabaseError | InterfaceError):
        return _database_refused(error)
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "body_too_large")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return Problem(400, "bad_request", _("The request could not be read."))
    return None


def refusal_of(record: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    """What an entry of a phone's queue is answered that is refused: whose it is, the first fault, and all of them."""
    problem = problem_of(error)
    assert problem is not None
    faults = problem.faults or (Fault(problem.code, problem.detail, pointer=""),)
    first = faults[0]
    return {
        "client_uuid": shown(record.get("client_uuid")),
        "code": problem.code if len(faults) > 1 or not first.code else first.code,
        "message": str(first.message),
        "field": (first.pointer or "").rpartition("/")[2],
        "errors": [fault.as_dict() for fault in faults],
    }


def faults_of_model(error: ValidationError, *prefix: object) -> Iterator[Fault]:
    """The faults of Django's ValidationError, each with the pointer to its field below `prefix`."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            path = prefix if name == NON_FIELD_ERRORS else (*prefix, name)
            for one in errors:
                yield _fault_of_model(one, path)
    else:
        for one in error.error_list:
            yield _fault_of_model(one, prefix)


def _fault_of_model(error: ValidationError, path: tuple) -> Fault:
    message = error.message % error.params if error.params else error.message
    return Fault(error.code or "invalid", message, pointer=pointer(*path))


def _faults_of_serializer(detail: object, path: tuple, read: object) -> Iterator[Fault]:
    """Walks DRF's nested errors beside what was read."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            if name == api_settings.NON_FIELD_ERRORS_KEY:
                yield from _faults_of_serializer(inner, path, None)
            else:
                yield from _faults_of_serializer(
                    inner, (*path, name), read.get(name) if isinstance(read, dict) else None
                )
        return
    for index, inner in enumerate(detail if isinstance(detail, list) else [detail]):
        if isinstance(inner, dict):
            below = read[index] if isinstance(read, list) and index < len(read) else None
            yield from _faults_of_serializer(inner, (*path, index), below)
        else:
            yield Fault(inner.code, str(inner), pointer=pointer(*path), value=shown(read))


def _invalid(faults: list[Fault]) -> Problem:
    code = faults[0].code if len(faults) == 1 else "invalid"
    return Problem(400, code, faults=faults)


def _step_refused(error: StepRefused) -> Problem:
    if error.code == "not_found":
        return nothing_here()
    if error.code == "stale":
        return changed_meanwhile(error.version)
    if error.code in ("not_your_power", "outside_territory", "entrusted_elsewhere"):
        return Problem(403, error.code, error.text)
    if error.code == "comment_required":
        return _invalid([Fault(error.code, error.text, pointer="/comment")])
    faults = [
        Fault(reason.code, reason.text, pointer=pointer(reason.field) if reason.field else "")
        for reason in error.reasons
    ]
    # Which record stands in the way, where it is not the one that was asked for.
    members = {"id": error.pk} if error.code == "exists" else {}
    return Problem(409, error.code, error.text, faults=faults, **members)


def _framework_refused(error: Any) -> Problem:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    code, detail = error.get_codes(), error.detail
    if isinstance(error, exceptions.UnsupportedMediaType):
        code, detail = "media_type", _("Send application/json, or for a file multipart/form-data.")
    elif isinstance(error, exceptions.MethodNotAllowed):
        detail = _("The address knows other methods; they stand in the header Allow.")
    elif isinstance(error, exceptions.NotAuthenticated):
        detail = _("Sign in, or send an API key: Authorization: Bearer KEY.")
    elif error.status_code == 403 and code == "permission_denied":
        code = "not_permitted"
    return Problem(error.status_code, code, detail, headers=headers)


def _database_refused(error: Exception) -> Problem | None:
    """What the database stopped: a constraint that a race or a bulk write ran into, or the database itself."""
    pgcode = getattr(error.__cause__, "pgcode", None)
    if isinstance(error, IntegrityError):
        return _constraint_refused(error, pgcode)
    if isinstance(error, DataError):
        return Problem(400, "invalid", _("A value is too large or too long to be stored."))
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("the database refused", exc_info=error)
        if pgcode in INTERRUPTED:
            detail = _("Somebody else is writing the same records. Try again in a second.")
            return Problem(503, "busy", detail, headers={"Retry-After": "1"})
        detail = _("The database cannot be reached. Nothing was stored; try again in a few seconds.")
        return Problem(503, "database_unavailable", detail, headers={"Retry-After": "5"})
    return None


def _constraint_refused(error: IntegrityError, pgcode: str | None) -> Problem:
    cause: Any = error.__cause__
    name, table, column = cause.diag.constraint_name, cause.diag.table_name or "", cause.diag.column_name
    constraint = _constraints().get(name)
    if pgcode == NOT_NULL:
        return _invalid([Fault("required", _("This field is required."), pointer=pointer(column))])
    if constraint:
        message, code = constraint.get_violation_error_message(), constraint.violation_error_code
        fields: Sequence[str] = getattr(constraint, "fields", ())
        place = pointer(fields[0]) if len(fields) == 1 else ""
        fault = Fault(code or ("check" if pgcode == CHECK else "unique"), message, pointer=place)
    elif pgcode == UNIQUE:
        field = (name or "").removeprefix(f"{table}_").removesuffix("_key")
        fault = Fault("unique", _("A record with this value exists already."), pointer=pointer(field))
    elif pgcode == FOREIGN_KEY:
        fault = Fault(
            "referenced", _("Another record stands in the way: it is missing, or it points here."), pointer=""
        )
    else:
        fault = Fault("conflict", _("The record contradicts one that is there already."), pointer="")
    return Problem(400 if pgcode == CHECK else 409, fault.code, faults=[fault])


@cache
def _constraints() -> dict[str, BaseConstraint]:
    models: list[type[Model]] = apps.get_models()
    return {constraint.name: constraint for model in models for constraint in model._meta.constraints}
