"""Teams in the bureau's admin, and the stars they hold."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from activities import actions
from activities.actions import teams
from activities.admin.records import IN_PLACE, WITH_STATION, RecordAdmin
from activities.models import Team, TeamStar, Work
from activities.models.star import MOST_STARS
from activities.models.team import ACTIVE_A_YEAR
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    PlaceFilter,
    RowFilter,
    VerbForm,
    WithPersonal,
    chip,
    day,
    link,
)
from culture_admin.interfaces.text import LineFormField

T = Team.State
TONES = {
    T.REGISTERED: "good",
    T.FILED: "good",
    T.APPLIED: "wait",
    T.RETURNED: "warn",
    T.RECTIFYING: "warn",
    T.VOID: "off",
    T.DEREGISTERED: "off",
    T.MERGED: "off",
}


def _rated(number: int):
    """The condition of a list: so many stars in force today."""
    return (
        "★" * number,
        lambda rows, today: rows.filter(pk__in=TeamStar.objects.in_force(today).filter(stars=number).values("team")),
    )


def _until(star: TeamStar) -> object:
    """Until when a rating holds; an expired one says so."""
    if star.valid_to > timezone.localdate():
        return day(star.valid_to)
    return chip(_text("expired %(day)s") % {"day": star.valid_to.isoformat()}, "off")


class TeamForm(VerbForm):
    """A team's file; the telephone is written here and shown as its mask alone."""

    phone = LineFormField(
        label=_("Telephone of the leader"),
        required=False,
        max_length=40,
        widget=UnfoldAdminTextInputWidget({"autocomplete": "off"}),
    )

    class Meta:
        model = Team
        exclude = []


class ChangeTeamForm(TeamForm):
    """What is left empty stays; with another leader the telephone of the former one goes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "phone" in self.fields:
            self.fields["phone"].help_text = _("Left empty, that of before stays; with another leader it goes.")


@admin.register(Team)
class TeamAdmin(WithPersonal, RecordAdmin):
    personal = "contact"
    add_form, change_form = TeamForm, ChangeTeamForm
    tones, changing_office = TONES, teams.changing_office
    add_action = actions.register_team
    change_action = actions.change_team
    changeable = (*teams.CHANGEABLE, "phone")
    joins = (*WITH_STATION, "genre", "contact")
    list_display = ["name", "at", "genre", "leader", "members", "rated", "often", "registered_on", "standing"]
    list_filter = [
        ChoiceFilter.on(
            "state", chips=True, only=(T.APPLIED, T.REGISTERED, T.FILED, T.RECTIFYING, T.RETURNED, T.DEREGISTERED)
        ),
        IN_PLACE,
        RowFilter.on("genre"),
        ConditionFilter.on(
            "active",
            title=_("Active team"),
            conditions={
                "true": (
                    _("Active team"),
                    lambda rows, today: rows.filter(pk__in=Team.objects.active(today).values("pk")),
                ),
                "false": (
                    _("Not an active team"),
                    lambda rows, today: rows.registered(today).exclude(pk__in=Team.objects.active(today).values("pk")),
                ),
            },
        ),
        ConditionFilter.on(
            "star", title=_("Stars"), conditions={str(number): _rated(number) for number in range(MOST_STARS, 0, -1)}
        ),
        ConditionFilter.on(
            "register",
            title=_("Register"),
            conditions={
                "in": (_("In the register"), lambda rows, today: rows.registered(today)),
                "doubled": (
                    _("Likely entered twice"),
                    lambda rows, today: rows.filter(pk__in=Team.objects.doubled().values("pk")),
                ),
            },
        ),
    ]
    search_fields = ["search", "leader", "village"]
    search_help_text = _("Name, pinyin, initials or leader")
    ordering = ["station__division__code", "name", "pk"]
    sortable_by = ("name", "at", "members", "registered_on")
    shared = [
        (None, {"fields": ["name", "genre", "station", "village"]}),
        (
            _("People"),
            {"fields": [("leader", "phone"), "deputy", ("members", "aged"), ("men", "women"), ("tutor", "posting")]},
        ),
        (_("How it works"), {"fields": [("venue", "rehearsal"), ("supervisor", "subsidy"), "founded_on"]}),
    ]
    add_fieldsets = shared
    fieldsets = [
        *shared,
        (
            _("As recorded"),
            {"fields": ["phone_masked", ("registered_on", "deregistered_on"), ("division", "county"), "merged_into"]},
        ),
    ]
    empty_hint = _("Stations register their teams; a list of teams comes in as a sheet under “Imports”.")

    def rows(self, rows):
        return rows.with_standing(timezone.localdate())

    def panels(self, request, record):
        return [
            self.panel(
                request,
                TeamStar,
                {
                    _("Stars"): lambda row: "★" * row.stars,
                    _("Awarded"): lambda row: day(row.awarded_on),
                    _("Valid to"): _until,
                    _("Document"): lambda row: row.document,
                },
                team=record,
            ),
            self.panel(
                request,
                Work,
                {
                    _("Title"): lambda row: link(row, row.title),
                    _("Kind of work"): lambda row: row.get_kind_display(),
                    _("Finished"): lambda row: day(row.finished_on),
                    _("State"): lambda row: row.get_state_display(),
                },
                team=record,
            ),
        ]

    @admin.display(description=_("Telephone of the leader"))
    def phone_masked(self, team):
        return self.masked(team, "phone")

    @admin.display(description=_("Stars"))
    def rated(self, team):
        return "★" * (team.rating or 0) or "—"

    @admin.display(description=_("Activities in a year"))
    def often(self, team):
        return chip(
            _("%(times)d of %(enough)d") % {"times": team.times, "enough": ACTIVE_A_YEAR},
            "good" if team.times >= ACTIVE_A_YEAR else "",
        )


@admin.register(TeamStar)
class TeamStarAdmin(RecordAdmin):
    belongs_to = "team"
    add_action = actions.award_star
    joins = ("team__station__unit", "team__station__division")
    list_display = ["team", "at", "rating", "awarded_on", "until", "document"]
    list_filter = [
        PlaceFilter.on("team__station__division__path"),
        ConditionFilter.on(
            "force",
            title=_("Validity"),
            conditions={
                "in_force": (_("In force"), lambda rows, today: rows.in_force(today)),
                "expired": (_("Expired"), lambda rows, today: rows.filter(valid_to__lte=today)),
            },
        ),
    ]
    search_fields = ["team__search"]
    search_help_text = _("Name, pinyin or initials of the team")
    ordering = ["-awarded_on", "-pk"]
    sortable_by = ("awarded_on",)
    autocomplete_fields = ["team"]
    fieldsets = [(None, {"fields": ["team", "stars", ("awarded_on", "valid_to"), "document"]})]
    empty_hint = _("Stars are awarded for two years; enter them with the document that gave them.")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "valid_to" in form.base_fields:
            form.base_fields["valid_to"].required = False
            form.base_fields["valid_to"].help_text = _("Left empty: two years.")
        return form

    @admin.display(description=_("Stars"), ordering="stars")
    def rating(self, star):
        return "★" * star.stars

    @admin.display(description=_("Valid to"))
    def until(self, star):
        return _until(star)
