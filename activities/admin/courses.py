"""Courses in the bureau's admin, with the names on their rosters to be read."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities import actions
from activities.actions import courses
from activities.admin.records import IN_PLACE, WITH_STATION, RecordAdmin
from activities.models import Activity, Course, Learner
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    RowFilter,
    ScopedModelAdmin,
    WithPersonal,
    day,
    link,
    number,
)

C = Course.State
TONES = {C.OPEN: "good", C.PROPOSED: "wait", C.CLOSED: "", C.VOID: "off"}


@admin.register(Course)
class CourseAdmin(RecordAdmin):
    tones, changing_office = TONES, courses.changing_office
    add_action = actions.open_course
    change_action = actions.change_course
    changeable = courses.CHANGEABLE
    joins = (*WITH_STATION, "genre", "steward")
    list_display = ["begins_on", "title", "at", "genre", "leader", "planned", "finished", "standing"]
    list_display_links = ["title"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        IN_PLACE,
        PeriodFilter.on("begins_on"),
        RowFilter.on("genre"),
    ]
    search_fields = ["title", "teacher"]
    search_help_text = _("A word of the title, or the teacher")
    ordering = ["-begins_on", "-pk"]
    sortable_by = ("begins_on",)
    fieldsets = [
        (None, {"fields": ["title", "genre", "station"]}),
        (
            _("When and where"),
            {"fields": [("begins_on", "ends_on"), ("sessions_planned", "class_seconds"), ("room", "capacity")]},
        ),
        (_("Who teaches"), {"fields": [("teacher", "posting"), "note"]}),
        (_("As recorded"), {"fields": ["completed", ("division", "county")]}),
    ]
    add_fieldsets = fieldsets[:-1]
    empty_hint = _("Stations open their courses on their phones; sessions and rosters are kept there.")

    def panels(self, request, record):
        shown = [
            self.panel(
                request,
                Activity,
                {
                    _("Date"): lambda row: link(row, day(row.begins_on)),
                    _("Attendance"): lambda row: number(row.attendance),
                    _("Counted by"): lambda row: row.get_counted_by_display(),
                    _("State"): lambda row: row.get_state_display(),
                },
                course=record,
            )
        ]
        if self.admin_site.get_model_admin(Learner).has_view_permission(request):
            names = {
                pgettext_lazy("of a person", "Name"): lambda row: row.name,
                _("Joined"): lambda row: day(row.joined_on),
                _("Left"): lambda row: day(row.left_on),
            }
            shown.append(self.panel(request, Learner, names, course=record))
        return shown

    @admin.display(description=_("Led by"))
    def leader(self, course):
        return course.teacher or course.steward or "—"

    @admin.display(description=_("Sessions planned"))
    def planned(self, course):
        return number(course.sessions_planned)

    @admin.display(description=_("Finished the course"))
    def finished(self, course):
        return number(course.completed)


@admin.register(Learner)
class LearnerAdmin(WithPersonal, ScopedModelAdmin):
    """Names are kept where the course is; the bureau reads them."""

    personal = "contact"
    joins = ("course", "contact")
    list_display = ["name", "course", "joined_on", "left_on", "phone_masked"]
    search_fields = ["name", "course__title"]
    search_help_text = _("Name or course")
    ordering = ["course", "pk"]
    sortable_by = ()
    fieldsets = [(None, {"fields": ["name", "course", ("joined_on", "left_on"), "phone_masked", "note"]})]

    @admin.display(description=_("Telephone"))
    def phone_masked(self, learner):
        return self.masked(learner, "phone")
