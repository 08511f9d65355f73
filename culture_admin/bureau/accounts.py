"""Accounts in the admin: people, the offices they hold, and the keys of service accounts."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from culture_admin.accounts import actions
from culture_admin.accounts.models import ApiKey, Membership, User
from culture_admin.accounts.roles import Role
from culture_admin.accounts.second_factor import has_factor, reset_factor
from culture_admin.accounts.substitutes import name_substitute
from culture_admin.interfaces.admin import (
    Act,
    ChoiceFilter,
    ConditionFilter,
    ListFilter,
    PlaceFilter,
    ScopedModelAdmin,
    VerbForm,
    chip,
    day,
    link,
    shown_once,
    territory_of,
)
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import Unit, in_force

WRITERS = ("decide",)
ROLES = [("", _("Choose …")), *Role.choices]


def units_of(user) -> QuerySet[Unit]:
    """The units whose offices the user may give away."""
    return Unit.objects.filter(division__in=territory_of(user, "accounts", WRITERS)).existing(timezone.localdate())


class OfficeForm(VerbForm):
    """A form that gives somebody an office at a unit of the user's territory."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=UnfoldAdminSelectWidget)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), empty_label=_("Choose …"), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = units_of(self.user).select_related("division")


class AccountForm(OfficeForm):
    class Meta:
        model = User
        fields = ["username", "name", "language"]


class KeyForm(OfficeForm):
    scopes = LineFormField(
        label=_("Scopes"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Words like “statistics:read activities:write”; none means all reads of the role."),
    )
    addresses = LineFormField(
        label=_("Allowed addresses"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Addresses or networks like “10.2.0.0/16”; none means every address."),
    )
    days = forms.IntegerField(
        label=_("Days"),
        initial=actions.LONGEST_KEY,
        min_value=1,
        max_value=actions.LONGEST_KEY,
        widget=UnfoldAdminIntegerFieldWidget,
    )

    class Meta:
        model = ApiKey
        fields = ["name"]

    def clean_scopes(self):
        return self.cleaned_data["scopes"].split()

    def clean_addresses(self):
        return self.cleaned_data["addresses"].split()


class AccountsAdmin(ScopedModelAdmin):
    """A room of accounts: system and security administrators write, the audit administrator reads."""

    power = "accounts"
    writers = WRITERS


class RoleFilter(ListFilter):
    """By a role held at any time."""

    title = _("Role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def narrow(self, rows, written):
        if written not in Role.values:
            raise self.refusal(written)
        return rows.filter(pk__in=Membership.objects.filter(role=written).values("user"))


def send_link(request: HttpRequest, user: User) -> HttpResponse:
    """A new one-time link for somebody who has none, or has forgotten the password."""
    token = actions.invite(actor=request.user, user=user)
    return _link_page(request, user, token)


def open_or_close(active: bool):
    def act(request: HttpRequest, user: User) -> None:
        if user == request.user:
            messages.error(request, _("Nobody closes his own account."))
        else:
            actions.set_active(actor=request.user, user=user, active=active)

    return act


def forget_factor(request: HttpRequest, user: User) -> None:
    if user == request.user:
        messages.error(request, _("Nobody takes away his own second factor."))
    else:
        reset_factor(actor=request.user, user=user)


def revoke(request: HttpRequest, key: ApiKey) -> None:
    actions.revoke_key(actor=request.user, key=key)


def _link_page(request: HttpRequest, user: User, token: str) -> HttpResponse:
    return shown_once(
        request,
        admin.site.get_model_admin(User),
        title=_("Link for %(name)s") % {"name": user.name},
        original=user,
        secret=request.build_absolute_uri(reverse("welcome", args=[token])),
        explanation=_("Give this link to %(name)s. It opens once, within 72 hours, and sets the password.")
        % {"name": user.name},
    )


@admin.register(User)
class UserAdmin(AccountsAdmin):
    add_action = actions.open_account
    add_form = AccountForm
    acts = {
        "link": Act(_("Make a sign-in link"), send_link, lambda user: user.is_active and not user.is_service),
        "close": Act(_("Close the account"), open_or_close(active=False), lambda user: user.is_active, danger=True),
        "factor": Act(_("Take the second factor away"), forget_factor, has_factor, danger=True),
        "open": Act(_("Open the account again"), open_or_close(active=True), lambda user: not user.is_active),
    }
    list_display = ["username", "name", "offices", "language", "last_login", "standing"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("State"),
            chips=True,
            conditions={
                "open": (pgettext_lazy("account", "Open"), lambda rows, today: rows.filter(is_active=True)),
                "closed": (pgettext_lazy("account", "Closed"), lambda rows, today: rows.filter(is_active=False)),
            },
        ),
        ConditionFilter.on(
            "kind",
            title=_("Kind of account"),
            conditions={
                "people": (_("People"), lambda rows, today: rows.filter(is_service=False)),
                "services": (_("Service accounts"), lambda rows, today: rows.filter(is_service=True)),
            },
        ),
        RoleFilter,
    ]
    search_fields = ["username", "name", "memberships__unit__search"]
    search_help_text = _("Name, username or unit")
    ordering = ["username"]
    sortable_by = ("username", "name", "last_login")
    fieldsets = [(None, {"fields": ["username", "name", "language", "is_service", "created_at", "last_login"]})]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "language"]}),
        (_("First office"), {"fields": ["role", "unit"]}),
    ]

    def rows(self, rows):
        return rows.prefetch_related("memberships__unit")

    def response_add(self, request, obj, post_url_continue=None):
        return send_link(request, obj)

    def panels(self, request, record):
        columns = {
            _("Role"): lambda row: link(row, row.get_role_display()),
            _("Unit"): lambda row: row.unit,
            _("Valid from"): lambda row: day(row.valid_from),
            _("Valid to"): lambda row: day(row.valid_to),
        }
        return [self.panel(request, Membership, columns, user=record)]

    @admin.display(description=_("Offices held"))
    def offices(self, user):
        today = timezone.localdate()
        held = [office for office in user.memberships.all() if office.holds(today)]
        return format_html_join("、", "{} · {}", ((office.get_role_display(), office.unit) for office in held)) or chip(
            _("None"), "off"
        )

    @admin.display(description=_("State"))
    def standing(self, user):
        if user.is_active:
            return chip(pgettext_lazy("account", "Open"), "good")
        return chip(pgettext_lazy("account", "Closed"), "off")


@admin.register(Membership)
class MembershipAdmin(AccountsAdmin):
    joins = ("user", "unit", "acting_for__user", "acting_for__unit")
    changeable = ("valid_to",)
    list_display = ["user", "role", "unit", "valid_from", "valid_to", "substitute"]
    list_filter = [
        ConditionFilter.on(
            "force",
            title=_("Validity"),
            chips=True,
            conditions={
                "now": (_("Held today"), lambda rows, today: rows.filter(in_force(today))),
                "ended": (_("Ended"), lambda rows, today: rows.filter(valid_to__lte=today)),
            },
        ),
        ChoiceFilter.on("role"),
        PlaceFilter.on("unit__division__path"),
    ]
    search_fields = ["user__username", "user__name", "unit__search"]
    search_help_text = _("Name, username or unit")
    autocomplete_fields = ["user", "acting_for"]
    ordering = ["user__username", "valid_from", "pk"]
    sortable_by = ("user", "valid_from", "valid_to")
    fieldsets = [(None, {"fields": ["user", "role", "unit", "valid_from", "valid_to", "acting_for"]})]

    @staticmethod
    def add_action(*, actor, **entries) -> Membership:
        """Gives an office, or names who stands in for its holder."""
        office = entries.pop("acting_for", None)
        if office is None:
            return actions.grant_office(actor=actor, **entries)
        if (office.role, office.unit) != (entries.pop("role"), entries.pop("unit")):
            message = _("This is another office than the one to be stood in for.")
            raise ValidationError({"acting_for": ValidationError(message, code="other_office")})
        if entries["valid_to"] is None:
            message = _("Say until when.")
            raise ValidationError({"valid_to": ValidationError(message, code="required")})
        return name_substitute(actor=actor, office=office, **entries)

    @staticmethod
    def change_action(*, actor, membership: Membership, valid_to) -> Membership:
        """The one change of an office is its end."""
        return actions.end_office(actor=actor, membership=membership, on=valid_to)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            kwargs["queryset"] = units_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Substitute for"))
    def substitute(self, membership):
        return membership.acting_for and membership.acting_for.user


@admin.register(ApiKey)
class ApiKeyAdmin(AccountsAdmin):
    add_form = KeyForm
    acts = {
        "revoke": Act(
            _("Revoke the key"),
            revoke,
            lambda key: key.revoked_at is None,
            danger=True,
        )
    }
    joins = ("user",)
    list_display = ["name", "public_id", "scope_words", "expires_at", "last_used_at", "standing"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("State"),
            chips=True,
            conditions={
                "open": (
                    _("In force"),
                    lambda rows, today: rows.filter(revoked_at=None, expires_at__gt=timezone.now()),
                ),
                "over": (
                    _("Revoked or expired"),
                    lambda rows, today: rows.exclude(revoked_at=None, expires_at__gt=timezone.now()),
                ),
            },
        )
    ]
    search_fields = ["name", "public_id"]
    search_help_text = _("Name or key id")
    ordering = ["-created_at", "pk"]
    sortable_by = ("name", "expires_at", "last_used_at")
    fieldsets = [
        (None, {"fields": ["name", "user", "public_id", "scope_words", "address_words"]}),
        (_("Life"), {"fields": ["created_at", "expires_at", "revoked_at", "last_used_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "role", "unit", "scopes", "addresses", "days"]})]
    empty_hint = _("Issue a key for each program that reads or writes; it is shown once.")

    @staticmethod
    def add_action(*, actor, **entries) -> ApiKey:
        """The row, with the key on it for the one page that shows it."""
        row, row.secret = actions.issue_key(actor=actor, **entries)
        return row

    def response_add(self, request, obj, post_url_continue=None):
        return shown_once(
            request,
            self,
            title=_("The key “%(name)s”") % {"name": obj.name},
            original=obj,
            secret=obj.secret,
            explanation=_("Copy it now: only its keyed hash is kept, nobody can show it again."),
        )

    @admin.display(description=_("Scopes"))
    def scope_words(self, key):
        return " ".join(key.scopes) or _("all reads of the role")

    @admin.display(description=_("Allowed addresses"))
    def address_words(self, key):
        return " ".join(key.addresses) or _("every address")

    @admin.display(description=_("State"))
    def standing(self, key):
        if key.revoked_at:
            return chip(_("Revoked"), "off")
        return chip(_("Expired"), "off") if key.expires_at <= timezone.now() else chip(_("In force"), "good")
