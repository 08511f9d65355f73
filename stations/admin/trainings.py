"""Trainings of station staff in the admin, and who came to each."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.exchange.reader import Unreadable
from culture_admin.interfaces.admin import (
    Act,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    day,
)
from culture_admin.interfaces.queries import whole
from stations import actions
from stations.actions.trainings import CHANGEABLE, staff_on
from stations.admin.gatherings import G, GatheringAdmin
from stations.models import Attendance, Training
from stations.sheets.attendance import Signed, read_signed


@admin.register(Training)
class TrainingAdmin(GatheringAdmin):
    add_action = actions.plan_training
    change_action = actions.change_training
    changeable = CHANGEABLE
    list_display = ["when", "title", "kind", "hours", "trainer", "came", "standing"]
    list_display_links = ["title"]
    fieldsets = [
        (None, {"fields": ["title", ("kind", "hours"), "trainer", "document_no"]}),
        (_("When and where"), {"fields": [("begins_on", "ends_on"), ("begins_time", "ends_time"), "place"]}),
        (_("What is taught"), {"fields": ["content"]}),
    ]
    empty_hint = _("Plan the trainings of the year: each officer is to be at two of them at least.")

    def rows(self, rows):
        return rows.annotate(
            there=Count("attendances", filter=Q(attendances__present=True)), asked=Count("attendances")
        )

    def panels(self, request, record):
        columns = {
            _("Officer"): lambda row: row.officer.name,
            _("Station"): lambda row: row.station.name,
            pgettext_lazy("at a training", "Present"): lambda row: (
                chip(_("yes"), "good") if row.present else chip(_("no"), "off")
            ),
            _("Note"): lambda row: row.note,
        }
        return [self.panel(request, Attendance, columns, training=record)]

    def attendance(self, request: HttpRequest, training: Training) -> HttpResponse | None:
        """The officers in service that day, each with a tick; a sign-in sheet ticks those it names."""
        serving = staff_on(training.county, training.begins_on)
        there = {attendance.officer_id: attendance for attendance in training.attendances.all()}
        ticked = {pk for pk, attendance in there.items() if attendance.present}
        signed = self._signed(request, training)
        if signed:
            ticked |= signed.officers
        elif "noted" in request.POST:
            ticked = {key for key in map(whole, request.POST.getlist("present")) if key}
        lines = [(posting, there.get(pk), pk in ticked) for pk, posting in serving.items()]
        context = {"title": pgettext_lazy("on a list", "Who came"), "lines": lines, "signed": signed}

        def note() -> None:
            actions.record_attendance(
                actor=request.user,
                training=training,
                seen=whole(request.POST.get("seen", "")) or 0,
                attendances=[
                    {
                        "officer": posting.officer,
                        "present": pk in ticked,
                        "note": request.POST.get(f"note-{pk}", ""),
                    }
                    for pk, posting in serving.items()
                ],
            )

        return self.noting_page(request, training, "stations/attendance.html", context, note)

    def _signed(self, request: HttpRequest, training: Training) -> Signed | None:
        """What a sign-in sheet says that was sent along, or names that were pasted."""
        sheet, pasted = request.FILES.get("sheet"), request.POST.get("names", "")
        if "read" not in request.POST or not (sheet or pasted.strip()):
            return None
        try:
            return read_signed(training, pasted=pasted, sheet=(sheet.name, sheet.read()) if sheet else None)
        except Unreadable as refused:
            return Signed(faults=[str(refused.message)])
        except ValidationError as refused:
            return Signed(faults=list(refused.messages))

    acts = {
        "attendance": Act(
            _("Record who came …"),
            lambda request, training: admin.site.get_model_admin(Training).attendance(request, training),
            offered=lambda training: training.state in (G.PLANNED, G.HELD),
        )
    }

    @admin.display(description=_("Officers there"))
    def came(self, training):
        return f"{training.there} / {training.asked}" if training.asked else "—"


@admin.register(Attendance)
class AttendanceAdmin(ScopedModelAdmin):
    joins = ("officer", "training", "station__unit", "station__division")
    list_display = ["on", "training", "officer", "at", "present", "note"]
    list_display_links = ["officer"]
    list_filter = [
        ConditionFilter.on(
            "present",
            title=pgettext_lazy("at a training", "Present"),
            chips=True,
            conditions={
                "true": (pgettext_lazy("at a training", "There"), lambda rows, today: rows.filter(present=True)),
                "false": (_("Not there"), lambda rows, today: rows.filter(present=False)),
            },
        ),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("training__begins_on", title=_("Day")),
    ]
    search_fields = ["officer__search", "station__unit__search", "training__title"]
    search_help_text = _("Officer, station or training")
    ordering = ["-training__begins_on", "station__division__code", "pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": ["training", "officer", "station", "present", "note"]})]
    empty_hint = _("Who came is recorded on the page of the training.")

    @admin.display(description=_("Day"))
    def on(self, attendance):
        return day(attendance.training.begins_on)

    @admin.display(description=_("Station"))
    def at(self, attendance):
        return attendance.station.name
