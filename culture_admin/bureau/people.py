"""Substitutes and the read log of personal data in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from culture_admin.accounts.models import Membership, PersonalReading, Substitution, User
from culture_admin.accounts.substitutes import colleagues_of, end_substitution, name_substitute, offices_to_leave
from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    ConditionFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    moment,
)
from culture_admin.territory.models import in_force


class SubstituteForm(VerbForm):
    """Which of one's own offices, and which colleague."""

    office = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Office"), widget=UnfoldAdminSelectWidget, empty_label=_("Choose …")
    )

    class Meta:
        model = Substitution
        fields = ["user", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        own = offices_to_leave(self.user, today)
        people = [colleagues_of(office, today).values("pk") for office in own]
        self.fields["office"].queryset = own
        self.fields["user"].queryset = (
            User.objects.filter(pk__in=people[0].union(*people[1:])) if people else User.objects.none()
        )
        self.fields["valid_to"].required = True


def end_today(request: HttpRequest, substitution: Substitution) -> None:
    try:
        end_substitution(actor=request.user, substitution=substitution, on=timezone.localdate())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


@admin.register(Substitution)
class SubstitutionAdmin(ScopedModelAdmin):
    power = "accounts.substitutes"
    add_action = name_substitute
    add_form = SubstituteForm
    joins = ("user", "unit", "acting_for__user", "acting_for__unit")
    acts = {
        "end": Act(
            _("End it today"),
            end_today,
            lambda row: row.valid_to is None or row.valid_to > timezone.localdate(),
            danger=True,
        )
    }
    list_display = ["user", "holder", "role", "unit", "valid_from", "valid_to", "standing"]
    list_filter = [
        ConditionFilter.on(
            "force",
            title=_("Validity"),
            chips=True,
            conditions={
                "now": (_("Today"), lambda rows, today: rows.filter(in_force(today))),
                "ahead": (_("Ahead"), lambda rows, today: rows.filter(valid_from__gt=today)),
                "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
            },
        )
    ]
    search_fields = ["user__name", "acting_for__user__name"]
    search_help_text = _("Name")
    ordering = ["-valid_from", "-pk"]
    sortable_by = ("valid_from", "valid_to")
    fieldsets = [(None, {"fields": ["user", "holder", "role", "unit", "valid_from", "valid_to"]})]
    add_fieldsets = [(None, {"fields": ["office", "user", "valid_from", "valid_to"]})]
    empty_hint = _("Name a colleague who decides in your place while you are away; both of you stand in each decision.")

    @admin.display(description=_("In place of"))
    def holder(self, row):
        return row.acting_for.user

    @admin.display(description=_("State"))
    def standing(self, row):
        today = timezone.localdate()
        if row.holds(today):
            return chip(_("Today"), "good")
        return (
            chip(_("Ahead"), "wait")
            if row.valid_from > today and row.valid_to > row.valid_from
            else chip(_("Ended"), "off")
        )


ACT_TONES = {PersonalReading.Act.READ: "warn", PersonalReading.Act.WRITTEN: "", PersonalReading.Act.PURGED: "off"}


@admin.register(PersonalReading)
class PersonalReadingAdmin(ScopedModelAdmin):
    list_display = ["time", "act_shown", "whom", "what", "who", "reason"]
    list_display_links = ["time"]
    list_filter = [ChoiceFilter.on("act", chips=True), ChoiceFilter.on("role"), PlaceFilter.on("division__path")]
    search_fields = ["actor_text", "concerned", "reason"]
    search_help_text = _("Person, whom it is about, or reason")
    ordering = ["-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["time", "act_shown", "whom", "what", "reason"]}),
        (_("By whom"), {"fields": ["who", "actor", "request"]}),
    ]
    empty_hint = _("Whoever opens, writes or purges a personal field leaves a line here.")

    @admin.display(description=_("Time"))
    def time(self, row):
        return moment(row.at)

    @admin.display(description=_("What was done"))
    def act_shown(self, row):
        return chip(row.get_act_display(), ACT_TONES[row.act])

    @admin.display(description=_("About whom"))
    def whom(self, row):
        return row.concerned

    @admin.display(description=_("Field"))
    def what(self, row):
        return row.field_label

    @admin.display(description=_("Person"))
    def who(self, row):
        return " · ".join(
            part for part in (row.actor_text or str(_("System")), row.get_role_display(), row.unit_text) if part
        )
