"""Posts, officers and their postings in the admin of the bureau's personnel section."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ConditionFilter,
    DayInput,
    Panel,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    WithPersonal,
    chip,
    day,
    link,
    number,
)
from culture_admin.interfaces.text import LineFormField
from stations import actions
from stations.actions.officers import FILE, PERSONAL
from stations.actions.posts import CHANGEABLE
from stations.actions.representative import open_duties
from stations.admin.rows import IN_FORCE, VALID, OfStationAdmin
from stations.models import Officer, OfficerPosting, OffPost, PersonnelCase, Post, Station, TitleApplication
from stations.models.heads import Heads
from stations.models.service import Consequence, eligibility, service


@admin.register(Post)
class PostAdmin(OfStationAdmin):
    add_action = actions.add_post
    change_action = actions.change_post
    changeable = CHANGEABLE
    writers = ("decide",)
    list_display = ["at", "name", "kind", "tenure", "share", "held", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_filter = [
        ConditionFilter.on(
            "vacant",
            title=_("Vacancy"),
            chips=True,
            conditions={
                "true": (_("Vacant"), lambda rows, today: rows.vacant(today)),
                "false": (
                    pgettext_lazy("a post", "Held"),
                    lambda rows, today: rows.existing(today).exclude(pk__in=Post.objects.vacant(today)),
                ),
            },
        ),
        ChoiceFilter.on("kind"),
        ChoiceFilter.on("tenure"),
        ConditionFilter.on("force", title=_("Validity"), conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "name"]
    ordering = ["station__division__code", "kind", "pk"]
    sortable_by = ("at", "valid_from")
    fieldsets = [
        (None, {"fields": ["station", "kind", "name", ("tenure", "share"), "document"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Enter the staffing plan: the posts of each station, held or not.")

    def rows(self, rows):
        return rows.with_holders(timezone.localdate())

    def panels(self, request, record):
        columns = {
            _("Officer"): lambda row: link(row, row.officer.name),
            _("Acting"): lambda row: _text("acting") if row.acting else "",
            **VALID,
        }
        return [self.panel(request, OfficerPosting, columns, post=record)]

    @admin.display(description=_("Held by"))
    def held(self, post):
        return holder_of(post)


def holder_of(post: Post) -> str:
    """Who holds a post today, of a row with its holders; a vacancy stands out."""
    if post.held_by_name:
        return post.held_by_name
    if not post.exists_on(timezone.localdate()):
        return "—"
    if post.acted_in:
        return chip(_text("vacant; %(name)s is acting") % {"name": post.acted_in}, "warn")
    return chip(_text("vacant"), "warn")


class OfficerForm(VerbForm):
    """An officer's file; the personal fields are written here and shown nowhere but as masks."""

    identity_number = LineFormField(
        label=_("Identity number"),
        required=False,
        max_length=30,
        widget=UnfoldAdminTextInputWidget({"autocomplete": "off"}),
    )
    phone = LineFormField(
        label=_("Telephone"), required=False, max_length=30, widget=UnfoldAdminTextInputWidget({"autocomplete": "off"})
    )
    birth_date = forms.DateField(label=_("Day of birth"), required=False, widget=DayInput)

    class Meta:
        model = Officer
        fields = ["station", *FILE]


class ChangeOfficerForm(OfficerForm):
    """What is left empty stays as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in PERSONAL:
            self.fields[name].help_text = _("Empty: stays as it is.")


@admin.register(Officer)
class OfficerAdmin(WithPersonal, ScopedModelAdmin):
    add_action = actions.record_officer
    change_action = actions.change_officer
    add_form = OfficerForm
    change_form = ChangeOfficerForm
    changeable = (*FILE, *PERSONAL)
    joins = ("station__unit", "station__division", "data", "user")
    list_display = ["name", "at", "post", "title", "education", "speciality", "phone_masked", "standing"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("On post"),
            chips=True,
            conditions={
                "on": (_("On post"), lambda rows, today: rows.filter(pk__in=Officer.objects.on_post(today))),
                "off": (_("Off post"), lambda rows, today: rows.filter(pk__in=Officer.objects.off_post(today))),
                "none": (
                    _("Without a post"),
                    lambda rows, today: rows.living().exclude(
                        pk__in=OfficerPosting.objects.holding(today).values("officer")
                    ),
                ),
            },
        ),
        ChoiceFilter.on("title"),
        ChoiceFilter.on("education"),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["search", "station__unit__search"]
    search_help_text = _("Name, pinyin, initials or station")
    ordering = ["station__division__code", "pk"]
    sortable_by = ("at", "name")
    fieldsets = [
        (None, {"fields": ["name", "sex", "station", "account"]}),
        (
            _("Education and title"),
            {"fields": [("education", "school"), "speciality", ("title", "title_on"), "entered_on"]},
        ),
        (
            _("Personal data"),
            {"fields": ["identity_masked", "phone_masked", "birth_masked", "identity_number", ("phone", "birth_date")]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["station", "name", "sex"]}),
        fieldsets[1],
        (_("Personal data"), {"fields": ["identity_number", ("phone", "birth_date")]}),
    ]
    empty_hint = _(
        "Enter the people of stations: a post comes by a personnel case, or is entered if it was held before."
    )

    def rows(self, rows):
        return rows.prefetch_related("postings__post", "absences")

    def panels(self, request, record):
        postings = {
            _("Post"): lambda row: link(row, row.post.name),
            _("Station"): lambda row: row.station.name,
            _("Acting"): lambda row: _text("acting") if row.acting else "",
            **VALID,
        }
        cases = {
            _("Kind of case"): lambda row: link(row, row.get_kind_display()),
            _("Effective from"): lambda row: day(row.effective_on),
            _("State"): lambda row: chip(row.get_state_display()),
        }
        absences = {
            _("Reason"): lambda row: link(row, row.get_reason_display()),
            _("Left the post"): lambda row: day(row.valid_from),
            _("Back on post"): lambda row: day(row.valid_to),
            _("Counts"): lambda row: _text("yes") if row.counts else _text("no"),
        }
        titles = {
            _("Year"): lambda row: link(row, row.year),
            _("Title applied for"): lambda row: row.get_sought_display(),
            _("State"): lambda row: chip(row.get_state_display()),
        }
        return [
            consequences(record),
            self.panel(request, OfficerPosting, postings, officer=record),
            self.panel(request, OffPost, absences, officer=record),
            self.panel(request, PersonnelCase, cases, officer=record),
            self.panel(request, TitleApplication, titles, officer=record),
        ]

    @admin.display(description=_("Station"), ordering="station__division__code")
    def at(self, officer):
        return officer.station.name

    @admin.display(description=_("Post"))
    def post(self, officer):
        today = timezone.localdate()
        held = [posting for posting in officer.postings.all() if posting.holds(today)]
        return (
            "、".join(posting.post.name + (f" ({_text('acting')})" if posting.acting else "") for posting in held)
            or "—"
        )

    @admin.display(description=_("State"))
    def standing(self, officer):
        today = timezone.localdate()
        if officer.state == Officer.State.VOID:
            return chip(officer.get_state_display(), "off")
        if not any(posting.holds(today) and not posting.acting for posting in officer.postings.all()):
            return chip(_text("without a post"), "off")
        away = next((entry for entry in officer.absences.all() if entry.holds(today)), None)
        return (
            chip(away.get_reason_display(), "warn" if away.counts else "wait")
            if away
            else chip(_text("on post"), "good")
        )

    @admin.display(description=_("Account"))
    def account(self, officer):
        return officer.user.username if officer.user else "—"

    @admin.display(description=_("Identity number"))
    def identity_masked(self, officer):
        return self.masked(officer, "identity_number")

    @admin.display(description=_("Telephone"))
    def phone_masked(self, officer):
        return self.masked(officer, "phone")

    @admin.display(description=_("Day of birth"))
    def birth_masked(self, officer):
        return self.masked(officer, "birth_date")


@admin.register(OfficerPosting)
class OfficerPostingAdmin(OfStationAdmin):
    add_action = actions.record_posting
    writers = ("decide",)
    joins = ("station__unit", "station__division", "officer", "post__station__unit")
    list_display = ["officer", "at", "post", "share", "how", "valid_from", "valid_to", "standing"]
    list_filter = [
        ConditionFilter.on(
            "force",
            title=_("Validity"),
            chips=True,
            conditions={
                **IN_FORCE,
                "ahead": (_("Ahead"), lambda rows, today: rows.standing().filter(valid_from__gt=today)),
            },
        ),
        ConditionFilter.on(
            "acting",
            title=_("Acting"),
            conditions={"true": (_("Acting"), lambda rows, today: rows.filter(acting=True))},
        ),
        ChoiceFilter.on("post__kind", title=_("Kind of post")),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["officer__search", "station__unit__search"]
    search_help_text = _("Name, pinyin, initials or station")
    autocomplete_fields = ["officer"]
    sortable_by = ("at", "valid_from", "valid_to")
    fieldsets = [
        (None, {"fields": ["officer", "post", "share", "acting", "document", "case"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["officer", "post", "share", "acting", "document"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
    ]
    empty_hint = _("Postings follow from personnel cases; enter here who held a post before, or who acts in one.")

    @admin.display(description=_("Acting"))
    def how(self, row):
        return chip(_text("acting"), "wait") if row.acting else ""

    @admin.display(description=_("State"))
    def standing(self, row):
        today = timezone.localdate()
        if row.state == row.State.VOID:
            return chip(row.get_state_display(), "off")
        if row.valid_from > today:
            return chip(_text("ahead"), "wait")
        return (
            chip(_text("ended"), "off") if row.valid_to and row.valid_to <= today else chip(_text("in office"), "good")
        )

    @admin.display(description=_("Personnel case"))
    def case(self, row):
        return link(row.made_by) if row.made_by else "—"


def consequences(officer: Officer) -> Panel:
    """What time off post does to an officer's rights: rule, source and days, and what was counted."""
    today = timezone.localdate()
    promotion, served = eligibility(officer, today.year, today), service(officer, today)
    rows = [
        [
            _text("Promotion of titles in %(year)d") % {"year": today.year},
            chip(_text("may take part"), "good") if promotion.eligible else chip(_text("takes no part"), "warn"),
            *_told(promotion),
        ]
    ]
    if served:
        credited = _span(*served.credited)
        whole = _text("%(credited)s of %(whole)s") % {"credited": credited, "whole": _span(*served.whole)}
        rows.append([_text("Years of service credited"), credited if not served.days else whole, *_told(served)])
    return Panel(
        title=_("What follows from the off-post ledger"),
        name="",
        columns=[_("What"), _("State"), _("Days off post"), _("Counted"), _("Rule and source")],
        rows=rows,
        add="",
    )


def _told(consequence: Consequence) -> list[object]:
    counted = [f"{entry.first} – {entry.last} ({entry.off_post.get_reason_display()})" for entry in consequence.entries]
    rule = format_html("{} {}", consequence.rule, consequence.basis)
    return [number(consequence.days), _text("; ").join(counted) or "—", rule]


def _span(years: int, days: int) -> str:
    said = ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    return f"{said} {ngettext('%(days)d day', '%(days)d days', days) % {'days': days}}"


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its head, posts and people."""
    posts = page.panel(request, Post, {}, station=station)
    rows = Post.objects.visible_to(request.user).filter(station=station).with_holders(timezone.localdate())
    columns = [_("Post"), _("Kind of employment"), _("Held by"), *VALID]
    plan = [
        [link(row, row.name), row.get_tenure_display(), holder_of(row), *(cell(row) for cell in VALID.values())]
        for row in rows
    ]
    return [leadership(station), replace(posts, columns=columns, rows=plan)] if plan or posts.add else []


def leadership(station: Station) -> Panel:
    """Head and legal representative side by side, and the late paper where they differ."""
    today = timezone.localdate()
    there = Heads.of(station).on(today)
    duty = open_duties(station).filter(opened_on__lte=today).first() if there.differ_since else None
    head = there.head.officer.name if there.head else chip(_text("vacant"), "warn")
    if there.acting:
        head = format_html("{} {}", head, _text("(%(name)s is acting)") % {"name": there.acting.officer.name})
    owed = "—"
    if there.differ_since:
        told = _text("%(paper)s: owed by %(unit)s until %(day)s")
        owed = (
            chip(told % {"paper": duty.said, "unit": duty.unit.name, "day": duty.due_on}, "warn")
            if duty
            else chip("!", "warn")
        )
    return Panel(
        title=_("Head and legal representative"),
        name="",
        columns=[_("Head in office"), _("Legal representative by the certificate"), _("Late paper")],
        rows=[[head, there.representative or "—", owed]],
        add="",
    )
