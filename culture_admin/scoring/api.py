"""The collection of schemes."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import XLSX
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.scoring.actions import begin_edition, change_scheme, draft_scheme
from culture_admin.scoring.differences import differences
from culture_admin.scoring.filters import SchemeFilter
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.serializers import EditionSerializer, SchemeDifferenceSerializer, SchemeSerializer
from culture_admin.scoring.sheet import bring_in_sheet, write_scheme

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "required": ["sheet"],
        "properties": {"sheet": {"type": "string", "format": "binary"}},
    }
}


class SchemeViewSet(ScopedViewSet):
    """Schemes of assessment: indicators with their rules and sources, who is compared, which titles are given."""

    model = Scheme
    serializer_class = SchemeSerializer
    filterset_class = SchemeFilter
    create_verb = draft_scheme
    change_verb = change_scheme
    verbs_ask = True
    key_required = True
    matched = ("sheet",)
    joins = ("place",)
    orders = ("-year", "-edition", "pk")

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=EditionSerializer, responses={201: SchemeSerializer})
    @action(detail=True, methods=["post"])
    def edition(self, request: Request, pk: str) -> HttpResponse:
        """Begins another edition: a draft that says what this one says."""
        return self._write(self._begin)

    @extend_schema(responses=SchemeDifferenceSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def changes(self, request: Request, pk: str) -> HttpResponse:
        """What this edition says otherwise than the one before it."""
        QueryParameters(request, known=()).check()
        scheme = self.get_object()
        former = self.get_queryset().filter(
            place=scheme.place, subject=scheme.subject, year=scheme.year, edition=scheme.edition - 1
        )
        before = former.exclude(state=Scheme.State.VOID).first()
        return Response([asdict(one) for one in differences(before, scheme)] if before else [])

    @extend_schema(methods=["get"], responses={(200, XLSX): bytes}, filters=False)
    @extend_schema(methods=["post"], request=UPLOAD)
    @action(detail=True, methods=["get", "post"], parser_classes=[MultiPartParser])
    def sheet(self, request: Request, pk: str) -> HttpResponse:
        """What the scheme says as a workbook; a workbook that is sent takes the place of what a draft says."""
        if request.method == "POST":
            return self._write(self._bring_in)
        QueryParameters(request, known=()).check()
        scheme = self.get_object()
        return HttpResponse(
            write_scheme(scheme.body),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="scheme-{scheme.pk}.xlsx"'},
        )

    def _bring_in(self) -> Outcome:
        scheme = self.get_object()
        seen = seen_version(self.request, scheme)
        upload = self.request.data.get("sheet")
        if not hasattr(upload, "read") or set(self.request.data) != {"sheet"}:
            message = _("Send the workbook as the form field “sheet”, and nothing else.")
            raise Problem(400, "required", faults=[Fault("required", message, pointer="/sheet")])
        changed = bring_in_sheet(
            actor=self.request.user, scheme=scheme, file_name=upload.name, content=upload.read(), seen=seen
        )
        return Outcome(200, self.get_serializer(changed).data, self._headers(changed))

    def _begin(self) -> Outcome:
        scheme = self.get_object()
        body = EditionSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        new = begin_edition(actor=self.request.user, scheme=scheme, **body.validated_data)
        return Outcome(201, self.get_serializer(new).data, self._headers(new))
