"""Personal fields on the API: shown as masks, written in clear, and opened one by one with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.accounts.personal.reading import reveal
from culture_admin.accounts.personal.records import PersonalModel
from culture_admin.interfaces.fields import DayField
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from culture_admin.interfaces.viewsets import ScopedViewSet


def personal_of(record: Any, name: str) -> PersonalModel | None:
    """The table of personal fields beside a record; None where nothing was ever entered."""
    try:
        return getattr(record, name)
    except ObjectDoesNotExist:
        return None


class _Masked:
    """Shows the mask of a field of the record's personal table `of`, null where nothing is recorded."""

    def __init__(self, *args, of: str = "data", **kwargs):
        super().__init__(*args, **{"required": False, **kwargs})
        self.of = of

    def get_attribute(self, instance):
        personal = personal_of(instance, self.of)
        return personal and getattr(personal, self.source)

    def to_representation(self, value):
        return str(value)


class MaskedField(_Masked, LineField):
    """Text that is shown as its mask: 138••••5678."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"allow_blank": True, "max_length": 60, **kwargs})


class MaskedDayField(_Masked, DayField):
    """A date that is shown as a mask."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"allow_null": True, **kwargs})


class RevealSerializer(StrictSerializer):
    """Which field is opened, and for what purpose; the purpose stands in the read log."""

    field = LineField(max_length=40)
    reason = TextField(max_length=500)


class RevealedSerializer(serializers.Serializer):
    """One value in clear."""

    field = serializers.CharField()
    value = serializers.CharField()


class Revealing(ScopedViewSet):
    """A collection whose records have personal fields. `personal` is the name of their table beside the record."""

    personal = "data"

    @extend_schema(request=RevealSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: str) -> Response:
        """Opens one personal value with a reason. The answer is kept nowhere, also not under an Idempotency-Key."""
        QueryParameters(request, known=()).check()
        record = self.get_object()
        body = RevealSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        personal = personal_of(record, self.personal)
        if personal is None:
            fault = Fault("not_recorded", _("It is not recorded."), pointer="/field")
            raise Problem(400, fault.code, faults=[fault])
        value = reveal(actor=request.user, record=personal, **body.validated_data)
        return Response({"field": body.validated_data["field"], "value": value})
