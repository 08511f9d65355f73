"""Pages by key: each page begins after the last row of the one before, so rows entered meanwhile move nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Field, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200


@dataclass(frozen=True)
class Page:
    """The rows of one page and the cursor of the next, None on the last."""

    rows: list
    cursor: str | None


def read_page(rows: QuerySet, order: Sequence[str], *, limit: int, cursor: str | None, question: str) -> Page:
    """One page of `rows` in `order`, e.g. ("-begins_on", "-id"), beginning after `cursor`.

    question: what is asked besides the page; a cursor of another question is refused (Problem 400 `cursor`). The last
    field of the order is unique and none is nullable, or rows would be missed at the seam.
    """
    signer = Signer(salt=f"page:{question}:{','.join(order)}")
    if cursor:
        rows = rows.filter(_after(rows.model, order, _values(signer, cursor, len(order))))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    found = found[:limit]
    return Page(found, signer.sign_object([_plain(_reach(found[-1], name)) for name in order]))


def check_order(model: type[Model], order: Sequence[str]) -> None:
    """Raises ImproperlyConfigured for an order that keyset paging cannot follow."""
    for name in order:
        if _field(model, name).null:
            raise ImproperlyConfigured(f"{model.__name__} cannot be paged by {name}: it may be empty.")
    if not _field(model, order[-1]).unique:
        raise ImproperlyConfigured(f"{model.__name__} cannot be paged by {order[-1]} last: it is not unique.")


class KeysetPagination(BasePagination):
    """`limit` and `cursor` of a list; the answer is {"results": […], "next": address or null}."""

    parameters = ("limit", "cursor")
    limit = DEFAULT_LIMIT
    cursor: str | None = None
    asked: dict[str, str] = {}
    next_address: str | None = None

    def read(self, query: QueryParameters) -> None:
        """Takes the page from the query; a limit out of range is noted there."""
        limit = query.whole("limit", least=1, most=LARGEST_LIMIT, code="limit_range")
        self.limit = DEFAULT_LIMIT if limit is None else limit
        self.cursor = query.values.get("cursor")
        self.asked = query.values

    def paginate_queryset(self, queryset, request, view=None):
        filters = sorted(item for item in self.asked.items() if item[0] not in self.parameters)
        page = read_page(
            queryset, view.order, limit=self.limit, cursor=self.cursor, question=f"{request.path}{filters}"
        )
        if page.cursor:
            address = urlencode({**self.asked, "cursor": page.cursor})
            self.next_address = request.build_absolute_uri(f"{request.path}?{address}")
        return page.rows

    def get_paginated_response(self, data):
        return Response({"results": data, "next": self.next_address})

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page; null on the last.",
                },
            },
        }

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": "limit",
                "in": "query",
                "description": "Rows of a page.",
                "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
            },
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page begins; taken from `next` of the page before.",
                "schema": {"type": "string"},
            },
        ]


def _after(model: type[Model], order: Sequence[str], values: Sequence[object]) -> Q:
    """The rows behind `values`: past the first field, or level with it and past the second, and so on.

    The first field is bounded once more by itself, which is what an index can be asked for.
    """
    paths = [name.lstrip("-") for name in order]
    try:
        values = [_field(model, name).to_python(value) for name, value in zip(order, values, strict=True)]
    except ValidationError as error:
        raise _refusal() from error
    steps = []
    for index, name in enumerate(order):
        level = Q(**{paths[k]: values[k] for k in range(index)})
        steps.append(level & Q(**{f"{paths[index]}__{'lt' if name.startswith('-') else 'gt'}": values[index]}))
    bound = Q(**{f"{paths[0]}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]})
    return bound & reduce(or_, steps)


def _values(signer: Signer, cursor: str, count: int) -> list:
    try:
        values = signer.unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise _refusal() from error
    if not isinstance(values, list) or len(values) != count:
        raise _refusal()
    return values


def _refusal() -> Problem:
    message = _("The cursor does not belong to this question. Begin without one, then follow “next”.")
    return Problem(400, "cursor", faults=[Fault("cursor", message, parameter="cursor")])


def _field(model: Any, name: str) -> Field:
    *relations, last = name.lstrip("-").split("__")
    try:
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        return model._meta.pk if last == "pk" else model._meta.get_field(last)
    except FieldDoesNotExist as error:
        raise ImproperlyConfigured(f"{model.__name__} has no field {last} to be ordered by.") from error


def _reach(row: Model, name: str) -> object:
    return reduce(getattr, name.lstrip("-").split("__"), row)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, int | str) else str(value)
