"""The collections of who stands in for whom, and of who has read personal data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.accounts.models import Membership, PersonalReading, Substitution, User
from culture_admin.accounts.roles import Role
from culture_admin.accounts.substitutes import colleagues_of, end_substitution, name_substitute
from culture_admin.interfaces.fields import DayField, OneOfField, ScopedRelatedField
from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.territory.models import Unit, in_force


def substitute_by_name(
    *, actor, role: str, unit: Unit, username: str, valid_to: date, valid_from: date | None = None, holder: str = ""
) -> Substitution:
    """`name_substitute` for an office told by role and unit, and people by username; the holder is the actor himself unless
    somebody else is named.
    """
    today = timezone.localdate()
    named = holder or actor.username
    held = Membership.objects.filter(
        in_force(today), role=role, unit=unit, user__username=named, acting_for=None,
        user__in=User.objects.visible_to(actor).values("pk"),
    )  # fmt: skip
    office = held.select_related("unit__division", "user").first()
    if office is None:
        message = _("You hold no such office today, or do not see who does.")
        raise ValidationError({"role": ValidationError(message, code="no_office")})
    # A colleague and nobody else is found by the name: others might as well not exist.
    user = colleagues_of(office, valid_from or today).filter(username=username).first()
    if user is None and username != named:
        message = _("A colleague with an office of his own in the same place is expected.")
        raise ValidationError({"username": ValidationError(message, code="no_colleague")})
    return name_substitute(
        actor=actor, office=office, user=user or office.user, valid_from=valid_from, valid_to=valid_to
    )


class SubstitutionSerializer(ScopedModelSerializer):
    role = OneOfField(choices=Role.choices)
    unit = ScopedRelatedField(queryset=Unit.objects)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    holder = LineField(source="acting_for.user.username", required=False, max_length=60)
    holder_name = serializers.CharField(source="acting_for.user.name", read_only=True)
    username = LineField(source="user.username", max_length=60)
    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = Substitution
        fields = [
            "id",
            "role",
            "unit",
            "unit_name",
            "holder",
            "holder_name",
            "username",
            "name",
            "valid_from",
            "valid_to",
        ]
        extra_kwargs = {"valid_from": {"required": False}, "valid_to": {"required": True, "allow_null": False}}

    def validate(self, attrs):
        """People by their names, as the verb takes them."""
        named = {"username": attrs.pop("user")["username"]}
        if "acting_for" in attrs:
            named["holder"] = attrs.pop("acting_for")["user"]["username"]
        return attrs | named


class SubstitutionFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")
    role = OneOfFilter(choices=Role.choices)

    class Meta:
        model = Substitution
        fields = ["unit"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class EndSerializer(StrictSerializer):
    """The first day on which it does not hold any more."""

    on = DayField()


class SubstitutionViewSet(ScopedViewSet):
    """Who stands in for whom: one's own substitutions, and those of the accounts one administers."""

    model = Substitution
    serializer_class = SubstitutionSerializer
    filterset_class = SubstitutionFilter
    create_verb = substitute_by_name
    verbs_ask = True
    joins = ("user", "unit", "acting_for__user", "acting_for__unit__division")
    orders = ("-valid_from", "-pk")

    @extend_schema(request=EndSerializer, responses=SubstitutionSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> HttpResponse:
        """Ends a substitution before its time."""
        return self._write(self._end)

    def _end(self) -> Outcome:
        row: Any = self.get_object()
        body = EndSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        end_substitution(actor=self.request.user, substitution=row, **body.validated_data)
        return Outcome(200, self.get_serializer(self.get_object()).data)


class PersonalReadingSerializer(ScopedModelSerializer):
    class Meta:
        model = PersonalReading
        fields = [
            "id",
            "act",
            "at",
            "actor_text",
            "role",
            "unit_text",
            "table",
            "row",
            "concerned",
            "field",
            "reason",
            "request",
        ]


class PersonalReadingFilter(ScopedFilterSet):
    act = OneOfFilter(choices=PersonalReading.Act.choices)

    class Meta:
        model = PersonalReading
        fields = ["table", "row", "field"]


class PersonalReadingViewSet(ScopedViewSet):
    """Who opened, wrote or purged which personal field of whom, and why; never the value. For the audit administrator."""

    model = PersonalReading
    serializer_class = PersonalReadingSerializer
    filterset_class = PersonalReadingFilter
    orders = ("-pk",)
