"""Who decides in my place while I am away, and for whom I do."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.models import Substitution
from culture_admin.accounts.substitutes import end_substitution, name_substitute
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.forms.staff import SubstituteForm
from culture_admin.desk.pages import one, page


class EndForm(VerbForm):
    """A substitution that is ended today."""

    end = forms.IntegerField(min_value=1)


@page("GET", "POST")
def substitutes(request: HttpRequest) -> HttpResponse:
    """Name a colleague for a time, end it early, and see for whom one stands in."""
    user, today = request.user, timezone.localdate()
    ending = EndForm(request.POST if "end" in request.POST else None)
    form = SubstituteForm(
        request.POST if request.method == "POST" and not ending.is_bound else None, user=user, today=today
    )
    if ending.is_bound and ending.is_valid():
        row = one(Substitution.objects.visible_to(user).filter(acting_for__user=user), ending.cleaned_data["end"])
        if ending.attempt(end_substitution, actor=user, substitution=row, on=today):
            messages.success(request, _("Ended. From today you decide yourself again."))
            return redirect("desk:substitutes")
    if form.is_bound and form.is_valid() and form.attempt(name_substitute, actor=user, **form.cleaned_data):
        messages.success(request, _("Named. Both of you stand in every decision taken in your place."))
        return redirect("desk:substitutes")
    lasting = (
        Substitution.objects.visible_to(user)
        .filter(valid_to__gt=today)
        .select_related("user", "unit", "acting_for__user")
    )
    context = {
        "form": form if form.fields["office"].queryset.exists() else None,
        "faulty": ending if ending.errors else form,
        "mine": lasting.filter(acting_for__user=user),
        "others": lasting.filter(user=user),
        "today": today,
    }
    return render(request, "desk/substitutes.html", context)
