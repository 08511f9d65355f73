"""May he: signed in, within the scopes of his key, and in an office to which the matrix gives the verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission

from culture_admin.accounts.asking import Answer, ask
from culture_admin.interfaces.problems import Problem

# Who enters and changes records: who may decide, and who may propose what then waits for a decision.
WRITERS = ("decide", "propose")


class SignedIn(BasePermission):
    """An account in force and, where it came with a key that names scopes, one of them that fits.

    The scope is `COLLECTION:read` or `:write`; a view without a router says its collection as `resource`.
    """

    def has_permission(self, request, view):
        if not request.user.is_authenticated:
            return False
        scopes = getattr(request.user, "key_scopes", None)
        if scopes is not None:
            _refuse_scope(scopes, getattr(view, "resource", None) or view.basename, request.method)
        return True


def may_write(user, power: str, verbs: Sequence[str] = WRITERS) -> Answer:
    """Whether one of the user's offices has one of `verbs` in the power at all; the refusal names who has."""
    answers = [ask(user.offices, power, verb) for verb in verbs]
    return next((answer for answer in answers if answer), answers[0])


def covers(user, record: Model, verbs: Sequence[str] = WRITERS) -> bool:
    """Whether the record lies where the user's offices have one of `verbs`."""
    model: Any = type(record)
    rows = model.objects.none()
    for verb in verbs:
        rows = rows | model.objects.visible_to(user, verb)
    return rows.filter(pk=record.pk).exists()


def only(rows: QuerySet) -> Model | None:
    """The one row of a query by a unique field, or None. Unlike `first` it sorts nothing, which costs more than the row."""
    return next(iter(rows.order_by()), None)


def _refuse_scope(scopes: Sequence[str], resource: str, method: str) -> None:
    """A key without scopes reads what its role reads; it writes only what a scope names, and reads that too."""
    write = f"{resource}:write"
    fitting = {write, f"{resource}:read"} if method in SAFE_METHODS else {write}
    if fitting.isdisjoint(scopes) and (scopes or method not in SAFE_METHODS):
        wanted = f"{resource}:read" if method in SAFE_METHODS else write
        raise Problem(403, "scope_missing", _("The key lacks the scope %(scope)s.") % {"scope": wanted})
