"""The doors everybody passes: sign in and out, first password, language, the way to one's first page, and health."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import django_prometheus.exports
from django.conf import settings
from django.contrib.auth import views as auth_views
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView
from redis.exceptions import RedisError

from culture_admin.accounts.actions import accept_invitation, set_language
from culture_admin.accounts.forms import FirstPasswordForm, SignInForm
from culture_admin.accounts.passwords import is_worn_out
from culture_admin.barriers import WORN_OUT
from culture_admin.interfaces.authentication import client_address
from culture_admin.workflow.models import Job

STALE = timedelta(minutes=5)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of one's role (CONTRACT.md, Addresses); who holds no office is told so, and from when on he will."""
    user = request.user
    if not user.is_authenticated:
        return redirect("login")
    if user.is_staff:
        return redirect("admin:index")
    if user.works_at_desk:
        return redirect("desk:today")
    coming = user.memberships.filter(valid_from__gt=timezone.localdate()).select_related("unit").order_by("valid_from")
    return render(request, "doors/no_office.html", {"coming": coming})


class SignIn(auth_views.LoginView):
    template_name = "doors/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        """Shows the pages in the language the user has chosen before."""
        response = super().form_valid(form)
        if is_worn_out(self.request.user, timezone.now()):
            self.request.session[WORN_OUT] = True
        return _remember_language(response, self.request.user.language)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """What a locked account is answered: the words of a wrong password, so that the lock tells nobody the name exists."""
    form = SignInForm(request, data=request.POST)
    form.is_valid_without_asking()
    page = render(request, SignIn.template_name, {"form": form, "next": request.POST.get("next", "")}, status=429)
    page["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return page


class SignOut(auth_views.LogoutView):
    next_page = "login"


class Welcome(FormView):
    """Where a one-time link leads: the holder of a new account sets the first password."""

    template_name = "doors/welcome.html"
    form_class = FirstPasswordForm
    success_url = reverse_lazy("login")

    def form_valid(self, form):
        try:
            accept_invitation(token=self.kwargs["token"], password=form.cleaned_data["password"])
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return super().form_valid(form)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Changes the language and comes back to the same address."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        set_language(actor=request.user, language=language)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return _remember_language(redirect(back), language)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The state of each part. Without the database nothing works: 503; without Redis or the worker logging goes on."""
    parts = {"database": _state(_database), "redis": _state(_redis)}
    if parts["database"] == "ok":
        parts["worker"] = _state(_worker)
    return JsonResponse({"status": parts["database"], "parts": parts}, status=200 if parts["database"] == "ok" else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, only for the addresses METRICS_ALLOWED names."""
    address = ipaddress.ip_address(client_address(request) or "255.255.255.255")
    if not any(address in network for network in settings.METRICS_ALLOWED):
        raise Http404
    return django_prometheus.exports.ExportToDjangoView(request)


def _remember_language(response: HttpResponse, language: str) -> HttpResponse:
    translation.activate(language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 60 * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _state(probe) -> str:
    try:
        probe()
    except (DatabaseError, RedisError, OSError, TimeoutError) as fault:
        return f"failing: {type(fault).__name__}"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _redis() -> None:
    cache.get("health")


def _worker() -> None:
    """Jobs wait a few seconds; one that waits for minutes has no worker."""
    if Job.objects.filter(state=Job.State.QUEUED, run_at__lt=timezone.now() - STALE).exists():
        raise TimeoutError
