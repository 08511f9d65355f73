"""Meetings of station heads and their follow-ups in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    ConditionFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    day,
    link,
    number,
    territory_of,
)
from culture_admin.interfaces.queries import whole
from culture_admin.territory.models import Unit
from stations import actions
from stations.actions.meetings import CHANGEABLE, FOLLOW_UPS
from stations.admin.gatherings import G, GatheringAdmin
from stations.models import FollowUp, Meeting, MeetingPresence, Station

F = FollowUp.State
TONES = {F.OPEN: "wait", F.REPORTED: "wait", F.RETURNED: "warn", F.CLOSED: "good", F.VOID: "off"}
THERE = Q(presences__status__in=MeetingPresence.THERE)


@admin.register(Meeting)
class MeetingAdmin(GatheringAdmin):
    add_action = actions.plan_meeting
    change_action = actions.change_meeting
    changeable = CHANGEABLE
    joins = ("county", "host__unit")
    list_display = ["when", "title", "kind", "at", "came", "open_follow_ups", "standing"]
    list_display_links = ["title"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "host", "document_no"]}),
        (_("When and where"), {"fields": [("begins_on", "ends_on"), ("begins_time", "ends_time"), "place"]}),
        (_("What was said"), {"fields": ["agenda", "minutes"]}),
    ]
    empty_hint = _("Plan the monthly meeting of the station heads; afterwards come minutes, presence and follow-ups.")

    def rows(self, rows):
        return rows.annotate(
            there=Count("presences", filter=THERE, distinct=True),
            asked=Count("presences", distinct=True),
            to_do=Count("follow_ups", filter=Q(follow_ups__state__in=FollowUp.OWED), distinct=True),
        )

    def panels(self, request, record):
        presences = {
            _("Station"): lambda row: link(row.station, row.station.name),
            pgettext_lazy("at a meeting", "Presence"): lambda row: chip(
                row.get_status_display(), "good" if row.status in row.THERE else "off"
            ),
            pgettext_lazy("at a meeting", "Who came"): lambda row: row.person,
        }
        follow_ups = {
            pgettext_lazy("a follow-up", "What is to be done"): lambda row: link(row, row.task),
            _("Responsible unit"): lambda row: row.unit,
            _("Due"): due,
            _("State"): lambda row: chip(row.get_state_display(), TONES[row.state]),
        }
        return [
            self.panel(request, FollowUp, follow_ups, meeting=record),
            self.panel(request, MeetingPresence, presences, meeting=record),
        ]

    def presence(self, request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
        """The stations of the county, each with whether it came and who came for it."""
        there = {presence.station_id: presence for presence in meeting.presences.all()}
        rows = Station.objects.visible_to(request.user).filter(county=meeting.county)
        stations = list(rows.existing(meeting.begins_on).select_related("unit", "division", "county"))
        lines = [(station, there.get(station.pk)) for station in stations]
        context = {
            "title": pgettext_lazy("at a meeting", "Presence"),
            "lines": lines,
            "statuses": MeetingPresence.Status.choices,
        }

        def note() -> None:
            actions.note_presence(
                actor=request.user,
                meeting=meeting,
                seen=whole(request.POST.get("seen", "")) or 0,
                presences=[
                    {"station": station, "status": status, "person": request.POST.get(f"person-{station.pk}", "")}
                    for station in stations
                    if (status := request.POST.get(f"status-{station.pk}"))
                ],
            )

        return self.noting_page(request, meeting, "stations/presence.html", context, note)

    acts = {
        "presence": Act(
            _("Note who came …"),
            lambda request, meeting: admin.site.get_model_admin(Meeting).presence(request, meeting),
            offered=lambda meeting: meeting.state in (G.PLANNED, G.HELD),
        )
    }

    @admin.display(description=_("Host station"))
    def at(self, meeting):
        return meeting.host.name if meeting.host else "—"

    @admin.display(description=_("Stations there"))
    def came(self, meeting):
        return f"{meeting.there} / {meeting.asked}" if meeting.asked else "—"

    @admin.display(description=_("Open follow-ups"))
    def open_follow_ups(self, meeting):
        return number(meeting.to_do)


@admin.register(MeetingPresence)
class MeetingPresenceAdmin(ScopedModelAdmin):
    joins = ("meeting", "station__unit", "station__division")
    list_display = ["on", "meeting", "at", "status", "person"]
    list_display_links = ["at"]
    list_filter = [
        ChoiceFilter.on("status", chips=True),
        PlaceFilter.on("station__division__path"),
        PeriodFilter.on("meeting__begins_on", title=_("Day")),
    ]
    search_fields = ["station__unit__search", "meeting__title", "person"]
    search_help_text = _("Station, meeting or person")
    ordering = ["-meeting__begins_on", "station__division__code", "pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": ["meeting", "station", "status", "person"]})]
    empty_hint = _("Who came is noted on the page of the meeting.")

    @admin.display(description=_("Day"))
    def on(self, presence):
        return day(presence.meeting.begins_on)

    @admin.display(description=_("Station"))
    def at(self, presence):
        return presence.station.name


@admin.register(FollowUp)
class FollowUpAdmin(ScopedModelAdmin):
    add_action = actions.agree_follow_up
    writers = ("decide",)
    joins = ("unit__division", "meeting")
    list_display = ["until", "task", "unit", "meeting", "standing"]
    list_display_links = ["task"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        ConditionFilter.on(
            "late",
            title=_("Overdue"),
            conditions={
                "true": (
                    _("Overdue"),
                    lambda rows, today: rows.filter(state__in=FollowUp.OWED, due_on__lt=today),
                )
            },
        ),
        PlaceFilter.on("unit__division__path"),
    ]
    search_fields = ["task", "unit__search"]
    search_help_text = _("What is to be done, or by whom")
    ordering = ["due_on", "pk"]
    sortable_by = ("until",)
    fieldsets = [(None, {"fields": ["meeting", "unit", "task", "due_on"]})]
    empty_hint = _(
        "What is agreed at a meeting is entered with who does it by when; the unit finds it among its tasks."
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            own = territory_of(request.user, FOLLOW_UPS)
            kwargs["queryset"] = Unit.objects.filter(division__in=own).exclude(kind=Unit.Kind.FIRM)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Due"), ordering="due_on")
    def until(self, follow_up):
        return due(follow_up)

    @admin.display(description=_("State"))
    def standing(self, follow_up):
        return chip(follow_up.get_state_display(), TONES[follow_up.state])


def due(follow_up: FollowUp) -> str:
    """The day it is due; what is owed and late stands out."""
    late = follow_up.state in FollowUp.OWED and follow_up.due_on < timezone.localdate()
    return chip(day(follow_up.due_on), "warn") if late else day(follow_up.due_on)
