"""The same table behind Django REST framework as it comes: the yardstick for logging over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import include, path
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer, PrimaryKeyRelatedField, UUIDField
from rest_framework.validators import UniqueValidator
from rest_framework.viewsets import ModelViewSet

from activities.models import Activity
from stewards.models import Firm, Steward

# What `startproject` writes.
STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class PlainSerializer(ModelSerializer):
    """What is written by the system in ours is given by the caller here; a unique field is checked as it comes."""

    client_uuid = UUIDField(validators=[UniqueValidator(queryset=Activity.objects.all())])
    steward = PrimaryKeyRelatedField(queryset=Steward.objects.all(), allow_null=True)
    firm = PrimaryKeyRelatedField(queryset=Firm.objects.all(), allow_null=True)

    class Meta:
        model = Activity
        exclude = ["batch", "batch_row", "version"]
        extra_kwargs = {"state": {"read_only": False}, "led_by": {"read_only": False}}


class PlainViewSet(ModelViewSet):
    """No key, no scope, no decision: whoever asks may write everything."""

    queryset = Activity.objects.all()
    serializer_class = PlainSerializer
    authentication_classes = [SessionAuthentication, BasicAuthentication]
    permission_classes = [AllowAny]
    parser_classes = [JSONParser]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = DefaultContentNegotiation


router = SimpleRouter()
router.register("activities", PlainViewSet)
urlpatterns = [path("", include(router.urls))]


def own_addresses(get_response: Callable) -> Callable:
    """Middleware that leads to this module's addresses instead of the project's."""

    def respond(request):
        request.urlconf = __name__
        return get_response(request)

    return respond


def application(middleware: Sequence[str]) -> WSGIHandler:
    """The collection as a WSGI application behind this middleware."""
    with override_settings(MIDDLEWARE=["benchmarks.plain.own_addresses", *middleware]):
        return WSGIHandler()
