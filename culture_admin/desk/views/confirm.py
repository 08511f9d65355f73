"""What stewards and firms logged: confirm it, one by one or all that are ticked, or return it with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from culture_admin.desk.evidence import with_signals
from culture_admin.desk.forms.steps import PickForm
from culture_admin.desk.pages import page
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.workflow.actions import perform

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
    picked, step = form.cleaned_data["pick"], form.cleaned_data["step"]
    records = Activity.objects.visible_to(request.user).filter(pk__in=picked)
    done = form.attempt(
        perform,
        objects=records if len(records) == len(picked) else [],
        step_name=step,
        actor=request.user,
        comment=form.cleaned_data["comment"],
        seen=picked,
    )
    if not done:
        if done is not None:
            form.add_error(None, _("Something you ticked is not there any more. Look again."))
        return False
    said = {
        "confirm": ngettext("%(number)d log confirmed.", "%(number)d logs confirmed.", len(done)),
        "return": ngettext("%(number)d log returned.", "%(number)d logs returned.", len(done)),
    }
    messages.success(request, said[step] % {"number": len(done)})
    return True
