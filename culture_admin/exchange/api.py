"""The collection of imports: a ledger comes in, is previewed, answered, applied, undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from culture_admin.accounts.asking import ask
from culture_admin.exchange import actions
from culture_admin.exchange.annotated import annotated_sheet
from culture_admin.exchange.filters import ImportFilter
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.exchange.models import Import
from culture_admin.exchange.reader import Unreadable
from culture_admin.exchange.serializers import AnswersSerializer, ApplySerializer, ImportSerializer
from culture_admin.interfaces.etags import named_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.parsers import StrictJSONParser
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean
from culture_admin.interfaces.queries import QueryParameters, whole
from culture_admin.interfaces.spreadsheets import XLSX
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.territory.models import Unit

SHORTEST_TOWN_CODE = 9
ENTERED = ("file", "kind", "station", "division")
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "required": ["file", "kind"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "kind": {
                "type": "string",
                "enum": [
                    "activities",
                    "budgets",
                    "facilities",
                    "facts",
                    "officers",
                    "service-lines",
                    "stewards",
                    "teams",
                ],
            },
            "station": {"type": "string", "description": "The station's id, or its town's division code."},
            "division": {"type": "string", "description": "The town's division code, instead of `station`."},
        },
    }
}


class ImportViewSet(ScopedViewSet):
    """Ledgers of stations: read, previewed, applied, undone."""

    model = Import
    serializer_class = ImportSerializer
    filterset_class = ImportFilter
    create_verb: Any = actions.open_import
    joins = ("unit__division",)
    orders = ("-pk",)
    parser_classes = [MultiPartParser, StrictJSONParser]
    writers = ("propose",)
    # The contract shows no If-Match here, so none is asked for.
    may_match = ("apply_rows", "answer", "undo_rows")

    # An import is applied and undone by its verbs.
    steps_alone = False

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=UPLOAD)
    def create(self, request: Request) -> HttpResponse:
        self._refuse_without_power()
        return self._write(self._open)

    @extend_schema(request=ApplySerializer)
    @action(detail=True, methods=["post"], url_path="apply")
    def apply_rows(self, request: Request, pk: str) -> HttpResponse:
        """Writes all rows or nothing, or with `"rows": "good"` those that are not refused."""
        return self._write(self._apply)

    @extend_schema(request=AnswersSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> HttpResponse:
        """Previews the ledger once more, with the answers to its questions."""
        return self._write(self._answer)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="undo")
    def undo_rows(self, request: Request, pk: str) -> HttpResponse:
        """Takes back what the import wrote, while nobody has touched it."""
        return self._write(lambda: self._outcome(actions.undo_import(actor=request.user, **self._looked_at())))

    @extend_schema(responses={(200, XLSX): bytes})
    @action(detail=True, methods=["get"])
    def refused(self, request: Request, pk: str) -> HttpResponse:
        """The sheet with the refused rows, each with what is wrong beside it."""
        QueryParameters(request, known=()).check()
        batch = self.get_object()
        with _readable(""):
            sheet = annotated_sheet(batch, request.user)
        return HttpResponse(
            sheet,
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="refused-{batch.pk}.xlsx"'},
        )

    def _open(self) -> Outcome:
        upload, entered = self._entered_form()
        unit = self._station(entered)
        with _readable("/file"):
            batch, _plan = actions.open_import(
                actor=self.request.user, kind=entered["kind"], unit=unit, file_name=upload.name, content=upload.read()
            )
        return self._outcome(batch, 201)

    def _apply(self) -> Outcome:
        body = ApplySerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        try:
            with _readable("/answers"):
                batch = actions.apply_import(actor=self.request.user, **self._looked_at(), **body.validated_data)
        except actions.RowsRefused as refused:
            faults = [
                Fault(row["code"], row["message"], row=row["row"], column=row["column"], value=row["value"])
                for row in refused.batch.preview["refusals"][:200]
            ]
            raise Problem(409, "rows_refused", str(refused), faults=faults) from refused
        return self._outcome(batch)

    def _answer(self) -> Outcome:
        body = AnswersSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        with _readable("/answers"):
            batch, _plan = actions.answer_import(actor=self.request.user, **self._looked_at(), **body.validated_data)
        return self._outcome(batch)

    def _looked_at(self) -> dict[str, Any]:
        """The import of the address, and the version of it that was looked at, where one is named."""
        batch = self.get_object()
        return {"batch": batch, "seen": named_version(self.request, batch)}

    def _outcome(self, batch: Import, status: int = 200) -> Outcome:
        return Outcome(status, self.get_serializer(batch).data, self._headers(batch))

    def _entered_form(self):
        """The file and the fields of the form; a stranger among them is named."""
        data = cast(QueryDict, self.request.data)
        faults = [
            Fault(
                "unknown_field",
                _("There is no field of this name."),
                pointer=f"/{name}",
                hint=did_you_mean(name, ENTERED),
            )
            for name in data
            if name not in ENTERED
        ]
        upload = data.get("file")
        if not hasattr(upload, "read"):
            faults.append(Fault("required", _("Send the ledger as the form field “file”."), pointer="/file"))
        if not data.get("kind"):
            faults.append(
                Fault(
                    "required", _("Say the kind of ledger: %(kinds)s.") % {"kinds": ", ".join(LEDGERS)}, pointer="/kind"
                )
            )
        if faults:
            raise Problem(400, faults[0].code, faults=faults)
        return upload, {name: str(data[name]) for name in ENTERED if name in data and name != "file"}

    def _station(self, entered: dict[str, str]) -> Unit:
        """The station of the form, by id or by its town's code, among those the user may import for."""
        said = entered.get("station") or entered.get("division")
        offices = [office for office in self.request.user.offices if ask([office], "exchange", "propose")]
        stations: QuerySet[Unit] = Unit.objects.none()
        for office in offices:
            near = Unit.objects.filter(kind=Unit.Kind.STATION, division__path__startswith=office.path)
            stations = stations | near
        if said is None:
            own = list(stations.select_related("division")[:2])
            if len(own) == 1:
                return own[0]
            raise Problem(400, "required", faults=[Fault("required", _("Say which station."), pointer="/station")])
        number = whole(said)
        found = (
            stations.filter(pk=number or 0) if len(said) < SHORTEST_TOWN_CODE else stations.filter(division__code=said)
        )
        unit = found.select_related("division").order_by("-pk").first() if number is not None else None
        if unit is None:
            fault = Fault(
                "station_unknown", _("There is no such station in your territory."), pointer="/station", value=said[:60]
            )
            raise Problem(400, "station_unknown", faults=[fault])
        return unit


@contextmanager
def _readable(pointer: str) -> Iterator[None]:
    """Says of a ledger that cannot be read, by itself or with the answers given, what stands in the way."""
    try:
        yield
    except Unreadable as error:
        raise Problem(400, error.code, faults=[Fault(error.code, error.message, pointer=pointer)]) from error
