"""A booking of a room: move it, say its purpose better, cancel it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities import actions
from activities.models import VenueBooking
from culture_admin.desk.forms.bookings import MoveBookingForm
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.interfaces.permissions import covers


@page("GET", "POST")
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has the room when; that of an activity is moved with the activity."""
    user, today = request.user, timezone.localdate()
    rows = VenueBooking.objects.visible_to(user).select_related("facility", "station__unit", "station__division")
    record = one(rows.select_related("activity"), pk)
    is_step = request.method == "POST" and "step" in request.POST
    refused = take(request, record) if is_step else None
    if is_step and refused is None:
        return redirect("desk:booking", pk)
    form = MoveBookingForm(
        request.POST if request.method == "POST" and not is_step else None, booking=record, today=today
    )
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.move_booking, actor=user, venuebooking=record, seen=seen, **form.entries()):
            messages.success(request, _("The booking is changed."))
            return redirect("desk:booking", pk)
    is_own = record.state == VenueBooking.State.BOOKED and record.activity is None and covers(user, record, ("decide",))
    context = {
        "booking": record,
        "form": refused or form,
        "move": form if is_own else None,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
    }
    return render(request, "desk/booking.html", context)
