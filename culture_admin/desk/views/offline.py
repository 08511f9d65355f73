"""What works without a network: the worker and the manifest of the app, and the queue of unsent records."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activities.arrivals import take_in
from assessments.arrivals import KIND
from assessments.arrivals import take_in as take_in_marks
from culture_admin.accounts.acting import acting
from culture_admin.desk import app
from culture_admin.desk.forms.plans import FiguresForm
from culture_admin.desk.forms.queue import QueueFileForm
from culture_admin.desk.pages import page
from culture_admin.desk.views.activities import WORDS
from culture_admin.interfaces.permissions import WRITERS, may_write
from culture_admin.interfaces.queries import QueryParameters
from stewards.arrivals import KIND as DUTY
from stewards.arrivals import take_in as take_in_days

# The pages that work without a network, and in which power one enters what is entered there; without one they are for everybody.
KEPT = {
    "log": ("activities", WRITERS),
    "queue": None,
    "confirm": None,
    "today": None,
    "sessions": ("activities", WRITERS),
    "log_duty": ("stewards.duty", ("propose",)),
}
INK, PAPER = "#0d6556", "#f6f5f0"


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; the browser asks for it again and again, and sees a new version by its text."""
    context = {
        "version": app.version(),
        "files": app.FILES,
        "session": reverse("desk:session", args=[0]),
        **{name: reverse(f"desk:{name}") for name in (*KEPT, "kept", "panel")},
    }
    return render(request, "desk/worker.js", context, content_type="text/javascript; charset=utf-8")


@never_cache
@page("GET")
def kept(request: HttpRequest) -> HttpResponse:
    """The addresses of the pages that the user's phone keeps: those he may open."""
    QueryParameters(request, known=()).check()
    open_to_him = [name for name, power in KEPT.items() if power is None or may_write(request.user, *power)]
    return JsonResponse({"pages": [reverse(f"desk:{name}") for name in open_to_him]})


@never_cache
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app on its first screen."""
    return JsonResponse(
        {
            "name": _("Culture administration"),
            "short_name": _("Culture desk"),
            "id": reverse("desk:today"),
            "start_url": reverse("desk:today"),
            "scope": reverse("desk:today"),
            "display": "standalone",
            "theme_color": INK,
            "background_color": PAPER,
            "icons": [
                {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": "any maskable"}
                for name, sizes in app.ICONS.items()
            ],
        },
        content_type="application/manifest+json",
    )


@page("GET", "POST")
def queue(request: HttpRequest) -> HttpResponse:
    """The records this phone has not sent yet; and a queue that was saved as a file, brought in."""
    QueryParameters(request, known=()).check()
    form = QueueFileForm(request.POST or None, request.FILES or None, user=request.user)
    came = None
    if request.method == "POST" and form.is_valid():
        came = {"receipts": [], "refusals": []}
        for part in form.parts():
            for door, records in (
                (take_in, [record for record in part if record.get("kind") not in (KIND, DUTY)]),
                (take_in_marks, [record for record in part if record.get("kind") == KIND]),
                (take_in_days, [record for record in part if record.get("kind") == DUTY]),
            ):
                if not records:
                    continue
                with acting(request.user):
                    taken = door(request, records)
                for name, answers in taken.items():
                    came[name] += answers
        form.name(came)
    context = {
        "form": form,
        "came": came,
        "words": words(),
        "mend": FiguresForm(auto_id="mend_%s"),
        "may_log": bool(may_write(request.user, "activities")),
    }
    return render(request, "desk/queue.html", context)


def words() -> dict[str, object]:
    """What the queue's script says, in the reader's language."""
    return {
        "saved": _("saved on this phone"),
        "waiting": _("waiting"),
        "sent": _("sent"),
        "refused": _("refused"),
        "network": _("There was no network. It is sent as soon as there is one."),
        "sign_in": _("Sign in again, your records are kept."),
        "not_permitted": _("Your account may not enter records any more. They are kept; ask your bureau."),
        "server": _("The server could not take it just now. It is tried again."),
        "waits_for": _("It builds on a record that has not arrived yet, and waits for it."),
        "other_user": _("Somebody else is signed in. Whoever entered it signs in and sends it."),
        "others": _("%(number)s records of %(name)s. They are sent when %(name)s signs in."),
        "log": _("Log"),
        "change": _("Correction"),
        "confirm": _("Confirmation"),
        "hold": _("Log of what was planned"),
        "session": _("Session of a course"),
        "mark": _("Found on the spot"),
        "duty": _("Day on duty"),
        "receipt": _("Receipt: No. %(id)s, %(at)s, %(hash)s"),
        "photos": _("%(number)s photos wait"),
        "present": _("%(number)s came"),
        "change_it": _("Change it"),
        "correct": _("Correct it"),
        "confirm_now": _("Confirm it as it stands now"),
        "confirm_not": _("Do not confirm it"),
        "digits": WORDS["digits"],
        "delete_photo": _("Delete the photo from the phone? It has not been sent."),
        "delete": _("Delete this record from the phone? It has not been sent."),
        "delete_tried": _("Delete this record from the phone? It may have arrived already; then it stays there."),
        "codes": _("Known are: %(codes)s"),
        "sending": _("Sending…"),
    }
