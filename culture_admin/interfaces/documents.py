"""The addresses of the API's description: the OpenAPI document and a page to read it in."""

from __future__ import annotations

from functools import cache

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.response import Response


class SchemaView(SpectacularAPIView):
    """The description in English, as YAML or with `?format=json` as JSON; made once per process."""

    content_negotiation_class = DefaultContentNegotiation

    def _get_schema_response(self, request):
        return Response(description())


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own files; its script is an address of its own, as the content security policy wants it."""


@cache
def description() -> dict:
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)
