"""What stewards and firms logged: confirm it, one by one or all that are ticked, or return it with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from activities.models import Activity
from culture_admin.desk.evidence import with_signals
from culture_admin.desk.forms.steps import PickForm
from culture_admin.desk.pages import page
from culture_admin.desk.steps import take_ticked
from culture_admin.interfaces.queries import QueryParameters

SHOWN = 50


@page("GET", "POST")
def confirm(request: HttpRequest) -> HttpResponse:
    """Oldest first; whoever may not confirm finds nothing here. `ticked=all` comes with every box ticked."""
    user = request.user
    query = QueryParameters(request, known={"ticked"})
    ticked = query.choice("ticked", ["all"])
    query.check()
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, form):
        return redirect("desk:confirm")
    waiting = Activity.objects.visible_to(user, "decide").filter(state=Activity.State.LOGGED)
    rows = waiting.with_names().select_related("recorded_by", "facility")
    context = {
        "rows": with_signals(rows.order_by("begins_on", "pk")[:SHOWN], user),
        "waiting": waiting.count(),
        "form": form,
        "ticked": ticked,
    }
    return render(request, "desk/confirm.html", context)


def _decide(request: HttpRequest, form: PickForm) -> bool:
    number = take_ticked(request, form, Activity.objects.visible_to(request.user))
    said = {
        "confirm": ngettext("%(number)d log confirmed.", "%(number)d logs confirmed.", number),
        "return": ngettext("%(number)d log returned.", "%(number)d logs returned.", number),
    }
    if number:
        messages.success(request, said[form.cleaned_data["step"]] % {"number": number})
    return bool(number)
