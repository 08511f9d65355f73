"""The collections of papers: which there are, what was printed, registers and numbers of documents."""

from __future__ import annotations

from django.db.models import Model
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from culture_admin.exchange.models import DocumentNumber, DocumentRegister, Printout
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.printing import LANGUAGES, print_paper
from culture_admin.exchange.paper.register import PAPERS, Paper
from culture_admin.exchange.pictures import PDF
from culture_admin.interfaces.fields import OneOfField, ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.filters import NumberFilter, OneOfFilter, ScopedFilterSet
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import LARGEST_KEY, QueryParameters
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.interfaces.viewsets import ScopedViewSet

KINDS = {
    "type": "object",
    "required": ["code", "label", "record", "numbered"],
    "properties": {
        "code": {"type": "string"},
        "label": {"type": "string"},
        "record": {"type": "string", "description": "The kind of record it is printed from."},
        "numbered": {"type": "boolean", "description": "Whether it bears a document number."},
    },
}


class PapersView(APIView):
    """What can be printed, as far as the reader's offices may see it."""

    resource = "papers"
    http_method_names = ["get", "head"]

    @extend_schema(
        responses={
            200: {
                "type": "object",
                "required": ["results", "next"],
                "properties": {"results": {"type": "array", "items": KINDS}, "next": {"type": "null"}},
            }
        }
    )
    def get(self, request: Request) -> Response:
        QueryParameters(request, known=()).check()
        results = [
            {
                "code": code,
                "label": str(paper.label),
                "record": paper.model._meta.model_name,
                "numbered": paper.numbered,
            }
            for code, paper in sorted(PAPERS.items())
            if may_write(request.user, paper.power, ("see",))
        ]
        return Response({"results": results, "next": None})


class PrintSerializer(StrictSerializer):
    """What is to be printed: which paper, of which record, in which language."""

    paper = OneOfField(choices=sorted(PAPERS))
    subject_id = WholeNumberField(min_value=1, max_value=LARGEST_KEY)
    language = OneOfField(choices=LANGUAGES, default="zh-hans")


class PrintoutSerializer(ScopedModelSerializer):
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True)
    code = serializers.CharField(read_only=True)
    progress = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()

    class Meta:
        model = Printout
        fields = [
            "id", "paper", "title", "subject_kind", "subject_id", "language", "content_hash", "code", "state", "progress",
            "message", "size", "pages", "sha256", "created_at", "made_at",
        ]  # fmt: skip

    state = serializers.ChoiceField(choices=Printout.State.choices, read_only=True)

    @extend_schema_field({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2})
    def get_progress(self, printout: Printout) -> list[int]:
        """How many of how many stages are done."""
        job = printout.job
        return [job.done, job.total] if job else [0, 0]

    @extend_schema_field({"type": "string"})
    def get_message(self, printout: Printout) -> str:
        """Why it failed; empty where it has not."""
        return printout.failure


class PrintoutFilter(ScopedFilterSet):
    subject_id = NumberFilter()
    paper = OneOfFilter(choices=[(code, code) for code in sorted(PAPERS)])

    class Meta:
        model = Printout
        fields = ["content_hash"]


class PrintoutViewSet(ScopedViewSet):
    """What was printed. POST asks for a print; its file is there as soon as its state is `done`."""

    model = Printout
    serializer_class = PrintoutSerializer
    filterset_class = PrintoutFilter
    create_verb = print_paper
    verbs_ask = True
    joins = ("subject_type", "job")
    orders = ("-pk",)

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    def rows(self, rows):
        return rows.defer("html")

    @extend_schema(request=PrintSerializer, responses={201: PrintoutSerializer})
    def create(self, request: Request) -> HttpResponse:
        return self._write(self._print)

    @extend_schema(responses={(200, PDF): bytes})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> FileResponse:
        """The PDF, as a download; 409 `not_made` while it is on the way."""
        QueryParameters(request, known=()).check()
        return pdf_of(self.get_object())

    def _print(self) -> Outcome:
        body = PrintSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        entries = body.validated_data
        paper = PAPERS[entries["paper"]]
        subject = subject_for(self.request.user, paper, entries["subject_id"])
        printout = print_paper(actor=self.request.user, paper=paper, subject=subject, language=entries["language"])
        return Outcome(201, self.get_serializer(printout).data)


def pdf_of(printout: Printout) -> FileResponse:
    """The file of a print as a download. Raises Problem 409 `not_made`."""
    if not printout.made_at:
        raise Problem(409, "not_made", printout.failure or _("The worker has not made it yet. Ask again in a moment."))
    return FileResponse(printout.open(), content_type=PDF, as_attachment=True, filename=f"{printout.title}.pdf")


def subject_for(user, paper: Paper, key: int) -> Model:
    """The record to be printed; a foreign and a missing one are refused in the same words."""
    subject = paper.visible_to(user).filter(pk=key).first()
    if subject is None:
        message = _("There is no such record in your territory.")
        raise Problem(400, "does_not_exist", faults=[Fault("does_not_exist", message, pointer="/subject_id")])
    return subject


class DocumentRegisterSerializer(ScopedModelSerializer):
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = DocumentRegister
        fields = ["id", "unit", "unit_name", "prefix", "name"]


class DocumentRegisterFilter(ScopedFilterSet):
    class Meta:
        model = DocumentRegister
        fields = ["unit"]


class DocumentRegisterViewSet(ScopedViewSet):
    """Registers of outgoing documents, each of one unit and one word."""

    model = DocumentRegister
    serializer_class = DocumentRegisterSerializer
    filterset_class = DocumentRegisterFilter
    create_verb = open_register
    joins = ("unit",)


class NumberSerializer(StrictSerializer):
    """What is to bear a number: its title, and where it is a paper of a record, which."""

    register = ScopedRelatedField(queryset=DocumentRegister.objects.all())
    title = LineField(max_length=200)
    paper = OneOfField(choices=sorted(PAPERS), required=False)
    subject_id = WholeNumberField(min_value=1, max_value=LARGEST_KEY, required=False)

    def validate_paper(self, paper):
        if not PAPERS[paper].numbered:
            raise serializers.ValidationError(_("This form bears no number."), "not_numbered")
        return paper

    def validate(self, attrs):
        if ("paper" in attrs) != ("subject_id" in attrs):
            lacking = "subject_id" if "paper" in attrs else "paper"
            raise serializers.ValidationError({lacking: _("A paper and its record are named together.")}, "required")
        return attrs


class DocumentNumberSerializer(ScopedModelSerializer):
    text = serializers.CharField(read_only=True)
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True, default=None)

    class Meta:
        model = DocumentNumber
        fields = [
            "id", "text", "register", "year", "serial", "title", "paper", "subject_kind", "subject_id", "issued_on", "state",
            "actions",
        ]  # fmt: skip


class DocumentNumberFilter(ScopedFilterSet):
    subject_id = NumberFilter()
    state = OneOfFilter(choices=DocumentNumber.State.choices)

    class Meta:
        model = DocumentNumber
        fields = ["register", "year", "paper"]


class DocumentNumberViewSet(ScopedViewSet):
    """Numbers of documents. POST takes the next one of a register; a void one is never given again."""

    model = DocumentNumber
    serializer_class = DocumentNumberSerializer
    filterset_class = DocumentNumberFilter
    create_verb = issue_number
    verbs_ask = True
    key_required = True
    joins = ("register__unit__division", "subject_type")
    orders = ("-pk",)

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=NumberSerializer, responses={201: DocumentNumberSerializer})
    def create(self, request: Request) -> HttpResponse:
        return self._write(self._issue)

    def _issue(self) -> Outcome:
        body = NumberSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        entries = dict(body.validated_data)
        key = entries.pop("subject_id", None)
        if key:
            entries["subject"] = subject_for(self.request.user, PAPERS[entries["paper"]], key)
        number = issue_number(actor=self.request.user, **entries)
        return Outcome(201, self.get_serializer(number).data, self._headers(number))
