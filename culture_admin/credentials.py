"""The pages of one's own password and second factor."""

from __future__ import annotations

import django_otp
import segno
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from culture_admin.accounts.actions import change_password
from culture_admin.accounts.forms import ChangePasswordForm, CodeForm
from culture_admin.accounts.second_factor import begin_factor, check_factor, confirm_factor, has_factor, secret_of
from culture_admin.barriers import WORN_OUT


@method_decorator(never_cache, name="dispatch")
class ChangePassword(LoginRequiredMixin, FormView):
    """A new password for whoever knows the present one."""

    template_name = "doors/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")

    def get_context_data(self, **kwargs):
        return super().get_context_data(worn_out=WORN_OUT in self.request.session, **kwargs)

    def form_valid(self, form):
        user = self.request.user
        given = form.cleaned_data
        try:
            change_password(actor=user, present=given["present"], password=given["password"])
        except ValidationError as refused:
            form.add_error("present" if refused.error_list[0].code == "wrong_password" else "password", refused)
            return self.form_invalid(form)
        # The other sessions of this account end; this one goes on.
        update_session_auth_hash(self.request, user)
        self.request.session.pop(WORN_OUT, None)
        return super().form_valid(form)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for a code; whoever has no app yet sets one up here."""
    user, setting_up = request.user, not has_factor(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            if setting_up:
                device, codes = confirm_factor(actor=user, code=form.cleaned_data["code"])
                _let_in(request, device)
                return render(request, "doors/recovery_codes.html", {"codes": codes})
            _let_in(request, check_factor(actor=user, code=form.cleaned_data["code"]))
            return redirect("home")
        except ValidationError as refused:
            form.add_error("code", refused)
    told = {"form": form, "setting_up": setting_up}
    if setting_up:
        device = begin_factor(actor=user)
        square = segno.make(device.config_url, error="m")
        told |= {"secret": secret_of(device), "square": square.svg_data_uri(scale=5, border=2)}
    return render(request, "doors/second_factor.html", told, status=400 if form.errors else 200)


def _let_in(request: HttpRequest, device) -> None:
    request.session.cycle_key()
    django_otp.login(request, device)
