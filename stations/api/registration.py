"""The collections of registration: cases, certificates, sanctions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from culture_admin.interfaces.etags import seen_version, version_of
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, pointer
from culture_admin.interfaces.refusals import faults_of_model
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import obstacles
from stations import actions
from stations.actions.readiness import FETCHED
from stations.api.rows import OfStationViewSet
from stations.filters import CertificateFilter, RegistrationFilter, SanctionFilter
from stations.models import Certificate, Registration, Sanction
from stations.serializers import CertificateSerializer, RegistrationSerializer, SanctionSerializer
from stations.serializers.registration import CodesSerializer, LateReportsSerializer, NoteSerializer, RemovalSerializer

UPLOAD: dict[str, Any] = {
    "multipart/form-data": {
        "type": "object",
        "required": ["file", "code"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "code": {"type": "string", "description": "The code of the document in the checklist."},
        },
    }
}


def open_rows(*, actor, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, int] | None]:
    """Opens the cases of a bulk request: those that say the same of several stations are opened at once."""
    answers: list[tuple[int, int] | None] = [None] * len(rows)
    order = sorted(range(len(rows)), key=lambda number: _entries(rows[number]))
    for _same, numbers in groupby(order, key=lambda number: _entries(rows[number])):
        together = list(numbers)
        entries = {name: value for name, value in rows[together[0]].items() if name != "station"}
        if "report" in entries:
            continue
        stations = [rows[number]["station"] for number in together]
        for number, case in zip(
            together, actions.open_registrations(actor=actor, stations=stations, **entries), strict=True
        ):
            answers[number] = (case.pk, case.version)
    return answers


def _entries(row: Mapping[str, Any]) -> str:
    return repr(sorted((name, repr(value)) for name, value in row.items() if name != "station"))


class RegistrationViewSet(ScopedViewSet):
    """Registration cases and annual reports: filed by the station, endorsed by the town, reviewed by the culture authority,
    decided by the registration office.
    """

    model = Registration
    serializer_class = RegistrationSerializer
    filterset_class = RegistrationFilter
    create_verb = actions.open_registration
    change_verb = actions.change_registration
    bulk_verb = open_rows
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "county", "report")
    orders = ("-opened_at", "pk")
    matched = ("note", "remove")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FETCHED)

    def paginate_queryset(self, rows):
        """The cases of a page; who could decide on them is asked for all of them at once."""
        records = super().paginate_queryset(rows)
        obstacles(records, "submit", self.request.user)
        return records

    @extend_schema(request=UPLOAD, responses={201: RegistrationSerializer})
    @action(detail=True, methods=["post"], url_path="documents", parser_classes=[MultiPartParser])
    def attach(self, request: Request, pk: str) -> HttpResponse:
        """Keeps a picture or a PDF as a document of the case."""
        return self._write(self._attach)

    @extend_schema(request=NoteSerializer, responses={201: RegistrationSerializer})
    @action(detail=True, methods=["post"], url_path="notes")
    def note(self, request: Request, pk: str) -> HttpResponse:
        """Notes that a document was handed in or shown, of which no copy is kept."""
        return self._write(self._note)

    @extend_schema(request=RemovalSerializer)
    @action(detail=True, methods=["post"], url_path="remove-document")
    def remove(self, request: Request, pk: str) -> HttpResponse:
        """Takes a document out of the case; the rounds it was filed in keep it."""
        return self._write(self._remove)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def figures(self, request: Request, pk: str) -> HttpResponse:
        """Reads what the system knows by now into an annual report that is being written; what was written stays."""
        return self._write(self._read)

    @extend_schema(request=CodesSerializer, responses={200: {"type": "object"}})
    @action(detail=False, methods=["post"])
    def codes(self, request: Request) -> HttpResponse:
        """Enters the codes the office gives to new legal persons: all of them or none."""
        return self._write(self._assign)

    def _attach(self) -> Outcome:
        form: Any = self.request.data
        known = UPLOAD["multipart/form-data"]["properties"]
        faults = [
            Fault("unknown_field", _("There is no field of this name."), pointer(name), hint=did_you_mean(name, known))
            for name in form
            if name not in known
        ]
        if not hasattr(form.get("file"), "read"):
            faults.append(Fault("required", _("Send the file as the form field “file”."), "/file"))
        if faults:
            raise Problem(400, faults[0].code, faults=faults)
        case, upload = self.get_object(), form["file"]
        actions.attach_document(
            actor=self.request.user,
            registration=case,
            code=str(form.get("code", "")),
            name=upload.name,
            content=upload.read(),
        )
        return self._answered(case, 201)

    def _note(self) -> Outcome:
        case, version, said = self._said(NoteSerializer)
        actions.note_document(actor=self.request.user, registration=case, seen=version, **said)
        return self._answered(case, 201)

    def _remove(self) -> Outcome:
        case, version, said = self._said(RemovalSerializer)
        actions.remove_document(actor=self.request.user, registration=case, seen=version, **said)
        return self._answered(case, 200)

    def _read(self) -> Outcome:
        case = self.get_object()
        seen = seen_version(self.request, case)
        actions.read_figures_again(actor=self.request.user, registration=case, seen=seen)
        return self._answered(case, 200)

    def _assign(self) -> Outcome:
        body = CodesSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        rows = body.validated_data["codes"]
        try:
            cases = actions.assign_codes(
                actor=self.request.user,
                codes={row["id"]: row["uscc"] for row in rows},
                seen={row["id"]: version_of(row["etag"]) or 0 for row in rows},
            )
        except ValidationError as refused:
            raise _beside(refused, [str(row["id"]) for row in rows]) from refused
        return Outcome(
            200, {"results": [{"id": case.pk, "uscc": case.uscc, "etag": f'"v{case.version}"'} for case in cases]}
        )

    def _said(self, serializer: type) -> tuple[Any, int, dict]:
        """The case, its version as it was looked at, and what the body says."""
        case = self.get_object()
        version = seen_version(self.request, case)
        body = serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        return case, version, body.validated_data

    def _answered(self, case: Registration, status: int) -> Outcome:
        shown = self.get_queryset().get(pk=case.pk)
        return Outcome(status, self.get_serializer(shown).data, self._headers(shown))


def _beside(refused: ValidationError, keys: Sequence[str]) -> Problem:
    """The faults of codes, each at its row of the body."""
    faults = []
    for fault in faults_of_model(refused):
        key = (fault.pointer or "").removeprefix("/")
        row = keys.index(key) if key in keys else None
        faults.append(Fault(fault.code, fault.message, "" if row is None else f"/codes/{row}/uscc", row=row))
    return Problem(400, faults[0].code, faults=faults)


class CertificateViewSet(OfStationViewSet):
    """Certificates of legal persons."""

    model = Certificate
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    create_verb = actions.register_legal_person
    key_required = True

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.with_standing(timezone.localdate())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="announce-lapse")
    def announce_lapse(self, request: Request, pk: str) -> HttpResponse:
        """Notes that it has been announced that the certificate is void, because it was not renewed."""
        return self._write(self._announce)

    def _announce(self) -> Outcome:
        certificate: Any = self.get_object()
        actions.announce_lapse(actor=self.request.user, certificate=certificate)
        shown = self.get_queryset().get(pk=certificate.pk)
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class SanctionViewSet(ScopedViewSet):
    """Warnings of the registration office, and what follows where nothing is mended."""

    model = Sanction
    serializer_class = SanctionSerializer
    filterset_class = SanctionFilter
    create_verb = actions.warn_station
    change_verb = actions.change_sanction
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division")
    orders = ("-warned_on", "pk")

    @extend_schema(request=LateReportsSerializer, responses={200: {"type": "object"}})
    @action(detail=False, methods=["post"], url_path="late-reports")
    def late_reports(self, request: Request) -> HttpResponse:
        """Warns all stations whose annual reports are late, by one letter; who is warned already is left alone."""
        return self._write(self._warn)

    def _warn(self) -> Outcome:
        body = LateReportsSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        rows = Registration.objects.visible_to(self.request.user).filter(pk__in=said["registrations"])
        cases = list(rows.select_related("station__unit", "station__division", "county").order_by("pk"))
        if len(cases) < len({*said["registrations"]}):
            message = _("There is no such record, or it lies outside your territory.")
            raise Problem(400, "does_not_exist", faults=[Fault("does_not_exist", message, "/registrations")])
        made = actions.warn_late_reports(
            actor=self.request.user, registrations=cases, document=said["document"], mend_by=said["mend_by"]
        )
        return Outcome(200, {"results": [{"id": one.pk, "station": one.station_id} for one in made]})
