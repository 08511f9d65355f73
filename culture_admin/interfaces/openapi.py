"""The OpenAPI 3.1 description: what the bases add to every operation, so that no view has to say it."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_parameter_type
from drf_spectacular.utils import OpenApiParameter

from culture_admin.interfaces.bulk import BulkSerializer
from culture_admin.interfaces.filters import DayFilter, IdFilter, NumberFilter, OneOfFilter, YesNoFilter
from culture_admin.interfaces.models import LONGEST_KEY
from culture_admin.interfaces.problems import MEDIA_TYPE, TITLES
from culture_admin.interfaces.set_wise import StepsSerializer
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.viewsets import ScopedViewSet, StepSerializer

READ_REFUSALS = (400, 401, 403, 404, 503)
WRITE_REFUSALS = (409, 413, 415, 422)
STALE, NOT_MATCHED = 412, 428
ALLOWANCE_REFUSALS = (429,)

FAULT = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) into the body."},
        "parameter": {"type": "string"},
        "header": {"type": "string"},
        "row": {"type": "integer"},
        "column": {"type": "string"},
        "hint": {"type": "string"},
        "value": {"description": "What was read."},
    },
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `title`, `detail` and `message` are in the language of the request.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "instance": {"type": "string", "description": "The number of the request."},
        "current": {"type": ["string", "null"], "description": "The current version, where If-Match missed it."},
        "changed": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The fields that are not what they were in the version that If-Match named.",
        },
        "errors": {"type": "array", "items": FAULT},
    },
}
ENTERED = {
    "type": "object",
    "required": ["results", "counts", "dry_run"],
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["row", "status"],
                "properties": {
                    "row": {"type": "integer"},
                    "status": {"enum": ["created", "refused"]},
                    "id": {"type": "integer"},
                    "etag": {"type": "string"},
                    "errors": {"type": "array", "items": FAULT},
                },
            },
        },
        "counts": {
            "type": "object",
            "properties": {"created": {"type": "integer"}, "refused": {"type": "integer"}},
        },
        "dry_run": {"type": "boolean"},
    },
}
STEPPED = {
    "type": "object",
    "required": ["results", "counts", "dry_run"],
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["row", "id", "status"],
                "properties": {
                    "row": {"type": "integer"},
                    "id": {"type": "integer"},
                    "status": {"enum": ["done", "refused"]},
                    "state": {"type": "string"},
                    "etag": {"type": "string"},
                    "errors": {"type": "array", "items": FAULT},
                },
            },
        },
        "counts": {
            "type": "object",
            "properties": {"done": {"type": "integer"}, "refused": {"type": "integer"}},
        },
        "dry_run": {"type": "boolean"},
    },
}

ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=True, description="The record's version.")


def _if_match(required: bool) -> OpenApiParameter:
    description = "The ETag of the record that was looked at."
    return OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=required, description=description)


def idempotency_key(required: bool) -> OpenApiParameter:
    return OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
        OpenApiParameter.HEADER,
        required=required,
        description="A repeated request with the same key is answered the same and done once. Kept seven days.",
    )


class StrictSchema(AutoSchema):
    """Documents filters, orders, preconditions and problems."""

    view: Any

    @property
    def _scoped(self) -> bool:
        return isinstance(self.view, ScopedViewSet)

    @property
    def _action(self) -> str:
        return getattr(self.view, "action", "")

    def get_request_serializer(self):
        if self._scoped and self._action == "step":
            return StepSerializer
        if self._scoped and self._action == "bulk":
            return BulkSerializer
        if self._scoped and self._action == "steps":
            return StepsSerializer
        return super().get_request_serializer()

    def get_response_serializers(self):
        if self._scoped and self._action == "bulk":
            return {200: ENTERED, 201: ENTERED}
        if self._scoped and self._action == "steps":
            return {200: STEPPED}
        return super().get_response_serializers()

    def get_override_parameters(self):
        parameters = list(super().get_override_parameters())
        if not self._scoped:
            return parameters
        if self.method == "POST" and self._action != "reveal":
            parameters.append(idempotency_key(self.view.key_required))
        if self._matches() or self._may_match():
            parameters.append(_if_match(self._matches()))
        if hasattr(self.view.model, "version") and self._action not in ("list", "bulk", "steps"):
            parameters.append(ETAG)
        return parameters

    def _matches(self) -> bool:
        if not self._scoped or self._action in ("step", *self.view.matched):
            return self._scoped
        return self._action == "partial_update" and hasattr(self.view.model, "version")

    def _may_match(self) -> bool:
        return self._scoped and self._action in self.view.may_match

    def _get_filter_parameters(self):
        if not (self._scoped and self._action == "list"):
            return super()._get_filter_parameters()
        filters = self.view.filterset_class.base_filters if self.view.filterset_class else {}
        orders = [order.removeprefix("-") for order in self.view.orders]
        return [
            *(
                build_parameter_type(name=name, schema=_schema_of(one), location="query")
                for name, one in filters.items()
            ),
            build_parameter_type(
                name="ordering",
                schema={"type": "string"},
                location="query",
                enum=[sign + order for order in orders for sign in ("", "-")],
                default=self.view.orders[0],
            ),
            build_parameter_type(
                name="format",
                schema={"type": "string"},
                location="query",
                enum=list(self.view.formats()),
                default="json",
                description="A sheet has the columns of the admin's list, without pages.",
            ),
        ]

    def _get_response_bodies(self, direction="response"):
        responses = super()._get_response_bodies(direction)
        if self._scoped and self._action == "list" and direction == "response":
            for wanted in self.view.formats()[1:]:
                schema = {"type": "string", **({"format": "binary"} if wanted == "xlsx" else {})}
                responses["200"]["content"][MEDIA_TYPES[wanted]] = {"schema": schema}
        if not self.view.authentication_classes:
            return responses
        codes = (
            READ_REFUSALS
            + (() if self.method == "GET" else WRITE_REFUSALS)
            + ((STALE,) if self._matches() or self._may_match() else ())
            + ((NOT_MATCHED,) if self._matches() else ())
            + (ALLOWANCE_REFUSALS if self._action == "reveal" else ())
        )
        problem = ResolvedComponent(name="Problem", type=ResolvedComponent.SCHEMA, schema=PROBLEM, object="Problem")
        self.registry.register_on_missing(problem)
        with translation.override("en"):
            for code in codes:
                content = {MEDIA_TYPE: {"schema": problem.ref}}
                responses.setdefault(str(code), {"description": str(TITLES[code]), "content": content})
        return responses


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "culture_admin.interfaces.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class BrowserScheme(OpenApiAuthenticationExtension):
    target_class = "culture_admin.interfaces.authentication.BrowserAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def close_bodies(result, generator, request, public):
    """Postprocessing hook: no body takes a name it does not know."""
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    return result


def _schema_of(one) -> dict:
    if isinstance(one, IdFilter):
        return {"type": "integer", "minimum": 1}
    if isinstance(one, NumberFilter):
        return {"type": "integer"}
    if isinstance(one, DayFilter):
        return {"type": "string", "format": "date"}
    if isinstance(one, YesNoFilter):
        return {"type": "boolean"}
    if isinstance(one, OneOfFilter):
        choices = "|".join(str(value) for value, _label in one.extra["choices"])
        return {"type": "string", "pattern": f"^({choices})(,({choices}))*$"}
    return {"type": "string", "maxLength": one.extra.get("max_length", 200)}
