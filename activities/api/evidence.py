"""What a reviewer may ask about one activity: the signals about its evidence."""

from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from activities.serializers.ratings import SignalsSerializer
from activities.signals import POWER, Signal, signals_of
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters


class EvidenceActions:
    """Adds ID/signals/ to the collection of activities."""

    @extend_schema(responses=SignalsSerializer)
    @action(detail=True, methods=["get"])
    def signals(self, request: Request, pk: str) -> Response:
        """What may be worth a look in the evidence of an activity. None of it is a verdict; no state follows from it."""
        QueryParameters(request, known=()).check()
        answer = may_write(request.user, POWER, ("see",))
        if not answer:
            raise Problem(403, answer.code, answer.text)
        activity = self.get_object()
        found = signals_of([activity], request.user).get(activity.pk, [])
        return Response({"results": [_shown(signal) for signal in found]})


def _shown(signal: Signal) -> dict[str, str | None]:
    records = None
    if signal.activity:
        records = reverse("activities-detail", args=[signal.activity])
    elif signal.rows:
        records = f"{reverse('activities-list')}?{signal.query}"
    return {"code": signal.code, "text": signal.text, "records": records}
