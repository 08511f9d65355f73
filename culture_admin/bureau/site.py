"""The admin site: its addresses, its security policy, and what it does otherwise than Unfold."""

from __future__ import annotations

from functools import wraps

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from unfold.sites import UnfoldAdminSite

from culture_admin.accounts.roles import Role
from culture_admin.bureau import dashboard, guidance, matrix, notices, numbers, search, tasks
from culture_admin.interfaces.admin import ScopedModelAdmin
from culture_admin.interfaces.idempotency import once_of_page
from culture_admin.interfaces.telling import unread


class BureauSite(UnfoldAdminSite):
    """Accounts come in by the common door. The security policy is opened only as far as Alpine needs, and only here.

    Pages are compressed: Unfold's classes shrink to a sixth. Django pads what it compresses and masks the CSRF token, so the
    length of an answer tells nobody anything.
    """

    index_title = _("Overview")
    empty_value_display = "—"
    # Alpine evaluates the expressions in Unfold's templates, which also place things by style attributes.
    policy = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only rooms on the scoped base; what packages bring of their own asks neither scope nor matrix."""
        if admin_class is not None and issubclass(admin_class, ScopedModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """What a form does it does once, however often it is sent, as on the desk."""

        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                return once_of_page(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        return gzip_page(csp_update(self.policy)(super().admin_view(answered, cacheable)))

    def get_urls(self):
        """Without the shortcut to public pages, which asks any model for any id."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def extra_urls(self):
        return [
            path("tasks/", self.admin_view(self.tasks), name="tasks"),
            path("notices/", self.admin_view(self.notices), name="notices"),
            path("notices/<int:pk>/", self.admin_view(require_safe(notices.opened)), name="notice"),
            path("matrix/", self.admin_view(self.matrix), name="matrix"),
            path("statistics/", self.admin_view(self.statistics), name="statistics"),
            path("guidance/", self.admin_view(self.guidance), name="guidance"),
        ]

    def each_context(self, request: HttpRequest) -> dict:
        context = super().each_context(request)
        offices = request.user.offices if request.user.is_authenticated else []
        context["unread"] = unread(request.user) if offices else 0
        context["my_office"] = f"{Role(offices[0].role).label} · {offices[0].unit_shown}" if offices else ""
        return context

    def get_app_list(self, request, app_label=None):
        """Empty: the menu in menu.py stands in the order of a bureau's day."""
        return []

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """To the common door; whoever is inside already and has no office of the bureau learns why he may not enter."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("These pages are for the sections of the bureau; your work is on other pages."))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("login"))

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponseBase:
        return LogoutView.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """To the one page of it."""
        return redirect("change_password")

    def app_index(self, request: HttpRequest, app_label: str, extra_context=None) -> HttpResponse:
        return redirect("admin:index")

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return dashboard.page(request, self.each_context(request))

    def tasks(self, request: HttpRequest) -> HttpResponse:
        return tasks.page(request, self.each_context(request))

    def notices(self, request: HttpRequest) -> HttpResponse:
        return notices.page(request, self.each_context(request))

    def matrix(self, request: HttpRequest) -> HttpResponse:
        return matrix.page(request, self.each_context(request))

    def statistics(self, request: HttpRequest) -> HttpResponse:
        return numbers.page(request, self.each_context(request))

    def guidance(self, request: HttpRequest) -> HttpResponse:
        return guidance.page(request, self.each_context(request))

    def search(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return search.results(request, self)
