"""The base of every collection of the API: scoped rows in, declared verbs out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, final

from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from culture_admin.interfaces.bulk import do_rows, read_rows
from culture_admin.interfaces.etags import etag_of, seen_version, tag
from culture_admin.interfaces.filters import ScopedFilterSet
from culture_admin.interfaces.idempotency import Outcome, once
from culture_admin.interfaces.pagination import KeysetPagination, check_order
from culture_admin.interfaces.parsers import MOST_BYTES, MOST_BYTES_AT_ONCE
from culture_admin.interfaces.permissions import WRITERS, covers, may_write, only
from culture_admin.interfaces.problems import Problem, nothing_here
from culture_admin.interfaces.queries import LARGEST_KEY, QueryParameters, whole
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.interfaces.set_wise import take_steps
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.text import TextField
from culture_admin.workflow.actions import perform
from culture_admin.workflow.steps import flow_of


class StepSerializer(StrictSerializer):
    """The body of a step."""

    comment = TextField(required=False, allow_blank=True, max_length=2000, default="")


class ScopedViewSet(GenericViewSet):
    """The rows of one model, each read through `visible_to`, each written by a verb.

    A list and a record are always offered; the rest as far as it is declared:

    create_verb(*, actor, **fields) -> record: POST to the collection, and to its bulk/.
    change_verb(*, actor, MODEL=record, **changes) -> record: PATCH with If-Match. A verb with a parameter `seen` compares
      the version itself, under its own lock.
    the steps of the model's flow: POST ID/STEP/ with If-Match, and POST steps/ for many records at once.

    joins: what showing a record needs. filterset_class: a ScopedFilterSet.
    orders: what a list may be ordered by; the first one is the default, and the primary key is added to each.
    key_required: the collection makes money, cases or approvals, so a POST needs an Idempotency-Key.
    writers: the verbs of the matrix that open create and change; the model's power is asked before the verb is called and
      the record's place after it.
    verbs_ask: the verbs ask the matrix themselves, so nothing is asked twice.
    steps_alone: whether a step is all there is to do; where it is not, a verb takes the step, one record at a time.
    matched, may_match: actions of its own that want an If-Match as steps do, and that heed one where it is sent.
    bulk_verb(*, actor, rows) -> (key, version) for each row, or None where a row is left to create_verb: enters many rows
      at once, for a collection whose verbs ask.
    """

    model: type[Any]
    create_verb: Callable[..., Model] | None = None
    change_verb: Callable[..., Model] | None = None
    bulk_verb: Callable[..., Sequence[tuple[int, int] | None]] | None = None
    joins: Sequence[str] = ()
    orders: Sequence[str] = ("pk",)
    filterset_class: type[ScopedFilterSet] | None = None
    key_required = False
    writers: Sequence[str] = WRITERS
    verbs_ask = False
    steps_alone = True
    matched: Sequence[str] = ()
    may_match: Sequence[str] = ()
    pagination_class = KeysetPagination
    paginator: KeysetPagination
    lookup_value_regex = "[^/]+"
    step_name = ""
    http_method_names = ["get", "head", "post", "patch"]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "get_queryset" in vars(cls):
            raise ImproperlyConfigured(
                f"{cls.__name__}: the rows of a user are those of visible_to, for every collection."
            )
        if cls.change_verb and not hasattr(cls.model, "version"):
            raise ImproperlyConfigured(f"{cls.__name__}: what may be changed has a version.")

    @classmethod
    def offers(cls, action: str) -> bool:
        """Whether the collection has the action; the router gives routes to no other."""
        if action == "steps":
            return cls.steps_alone and flow_of(cls.model) is not None
        needed = {"create": cls.create_verb, "bulk": cls.create_verb, "partial_update": cls.change_verb}
        return needed.get(action, True) is not None

    @final
    def get_queryset(self) -> QuerySet:
        """The rows the user may see, with what showing them needs."""
        rows = self.rows(self.model.objects.visible_to(self.request.user))
        return rows.select_related(*self.joins) if self.joins else rows

    def rows(self, rows: QuerySet) -> QuerySet:
        """The rows with what showing them needs besides the joins; for a collection to extend."""
        return rows

    def get_object(self) -> Model:
        """The record of the address; a foreign, a missing and an impossible id raise the same Problem."""
        key = whole(self.kwargs["pk"])
        if key is None or not 0 < key <= LARGEST_KEY or str(key) != self.kwargs["pk"]:
            raise nothing_here()
        record = only(self.get_queryset().filter(pk=key))
        if record is None:
            raise nothing_here()
        return record

    def get_serializer_context(self) -> dict:
        """One for the whole request, so that the rows of a bulk read a station they share once."""
        return self._context

    @cached_property
    def _context(self) -> Any:
        return super().get_serializer_context()

    @classmethod
    def formats(cls) -> Sequence[str]:
        """What a list is answered in: one that the admin has too leaves as a sheet, in the columns it has there."""
        return ("json", *MEDIA_TYPES) if admin.site.is_registered(cls.model) else ("json",)

    def list(self, request: Request) -> HttpResponse:
        filter_names = self.filterset_class.base_filters if self.filterset_class else ()
        query = QueryParameters(request, known={"limit", "cursor", "ordering", "format", *filter_names})
        self.paginator.read(query)
        self.order = self._order(query)
        wanted = query.choice("format", self.formats(), default="json")
        for name in self.paginator.parameters:
            if wanted != "json" and name in query.values:
                query.note(name, "not_of_a_sheet", _("A sheet has no pages; leave it out."))
        query.check()
        rows = self.get_queryset()
        if self.filterset_class:
            filters = self.filterset_class(query.values, queryset=rows, request=request)
            filters.check()
            rows = filters.qs
        if wanted in MEDIA_TYPES:
            room: Any = admin.site.get_model_admin(self.model)
            return room.sheet_of(request._request, room.rows(rows.order_by(*self.order))).answer(wanted)
        records = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(records, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        QueryParameters(request, known=()).check()
        record = self.get_object()
        return Response(self.get_serializer(record).data, headers=self._headers(record))

    def create(self, request: Request) -> HttpResponse:
        self._refuse_without_power()
        return self._write(self._create)

    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        self._refuse_without_power()
        return self._write(self._change)

    def step(self, request: Request, pk: str) -> HttpResponse:
        return self._write(self._step)

    def steps(self, request: Request) -> HttpResponse:
        """One step for many records."""
        return self._write(lambda: take_steps(request.data, self.get_queryset(), request.user))

    def bulk(self, request: Request) -> HttpResponse:
        self._refuse_without_power()
        return self._write(lambda: do_rows(request, self._enter_row, self._enter_rows if self.bulk_verb else None))

    def enter(self, serializer: BaseSerializer) -> Model:
        """Creates one record from the body the serializer was given."""
        serializer.is_valid(raise_exception=True)
        verb: Any = type(self).create_verb
        record = verb(actor=self.request.user, **serializer.validated_data)
        self._refuse_outside(record)
        return record

    def _write(self, work: Callable[[], Outcome]) -> HttpResponse:
        QueryParameters(self.request, known=()).check()
        return once(self.request, work, required=self.key_required and self.request.method == "POST")

    def _create(self) -> Outcome:
        serializer = self.get_serializer(data=self.request.data)
        record = self.enter(serializer)
        address = self.request.build_absolute_uri(f"{self.request.path}{record.pk}/")
        return Outcome(201, serializer.to_representation(record), {**self._headers(record), "Location": address})

    def _change(self) -> Outcome:
        verb: Any = type(self).change_verb
        record = self.get_object()
        version = seen_version(self.request, record)
        serializer = self.get_serializer(record, data=self.request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        named: dict[str, Any] = {self.model._meta.model_name: record}
        if "seen" in inspect.signature(verb).parameters:
            named["seen"] = version
        else:
            self._lock(record)
        self._refuse_outside(record)
        record = verb(actor=self.request.user, **named, **serializer.validated_data)
        self._refuse_outside(record)
        return Outcome(200, serializer.to_representation(record), self._headers(record))

    def _step(self) -> Outcome:
        record = self.get_object()
        version = seen_version(self.request, record)
        body = StepSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        perform(record, self.step_name, actor=self.request.user, comment=body.validated_data["comment"], seen=version)
        # Read once more: the step's `after` may have written other fields, and it may have left the user's sight.
        shown = only(self.get_queryset().filter(pk=record.pk)) or record
        return Outcome(200, self.get_serializer(shown).data, self._headers(record))

    def _enter_row(self, fields: dict) -> dict:
        record = self.enter(self.get_serializer(data=fields))
        return {"id": record.pk, **({"etag": etag_of(record)} if hasattr(record, "version") else {})}

    def _enter_rows(self, rows: Sequence[dict]) -> Sequence[dict | None]:
        """Enters all rows that can be entered together."""
        verb: Any = type(self).bulk_verb
        read = read_rows(self.get_serializer(data={}), rows)
        numbers = [number for number, entries in enumerate(read) if entries is not None]
        answers: list[dict | None] = [None] * len(rows)
        for number, entered in zip(
            numbers, verb(actor=self.request.user, rows=[read[n] for n in numbers]), strict=True
        ):
            if entered:
                answers[number] = {"id": entered[0], "etag": tag(entered[1])}
        return answers

    @property
    def most_bytes(self) -> int:
        """How long a body may be: rows that go in together are many."""
        return MOST_BYTES_AT_ONCE if self.action == "bulk" and self.bulk_verb else MOST_BYTES

    def _headers(self, record: Model) -> dict[str, str]:
        return {"ETag": etag_of(record)} if hasattr(record, "version") else {}

    def _lock(self, record: Model) -> None:
        """Locks the row and compares the version again: somebody may have changed it since it was read."""
        locked = self.model.objects.select_for_update(of=("self",)).get(pk=record.pk)
        seen_version(self.request, locked)

    def _order(self, query: QueryParameters) -> tuple[str, ...]:
        choices = [sign + order.removeprefix("-") for order in self.orders for sign in ("", "-")]
        chosen = query.choice("ordering", choices) or self.orders[0]
        key = "-pk" if chosen.startswith("-") else "pk"
        order = (chosen,) if chosen == key else (chosen, key)
        check_order(self.model, order)
        return order

    def _refuse_without_power(self) -> None:
        if not self.verbs_ask:
            answer = may_write(self.request.user, self.model.scope.power, self.writers)
            if not answer:
                raise Problem(403, answer.code, answer.text)

    def _refuse_outside(self, record: Model) -> None:
        """What was entered or is to be changed lies where the user may write; else the transaction is given up."""
        if not self.verbs_ask and not covers(self.request.user, record, self.writers):
            raise Problem(403, "outside_territory", _("Your office covers another place."))
