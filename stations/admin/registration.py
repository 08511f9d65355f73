"""Certificates in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    ConditionFilter,
    PlaceFilter,
    ScopedModelAdmin,
    link,
)
from stations import actions
from stations.admin.rows import IN_FORCE, VALID, OfStationAdmin, valid_until
from stations.models import Certificate, Station


@admin.register(Certificate)
class CertificateAdmin(OfStationAdmin):
    add_action = actions.register_legal_person
    list_display = ["at", "uscc", "legal_representative", "authority", "valid_from", "until"]
    list_display_links = ["uscc"]
    list_filter = [
        ConditionFilter.on("force", title=_("Validity"), chips=True, conditions=IN_FORCE),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "uscc", "legal_representative"]
    search_help_text = _("Station, code or legal representative")
    sortable_by = ("at", "valid_from", "until")
    fieldsets = [
        (None, {"fields": ["station", "uscc", "legal_representative", "sponsor", "authority"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to"]}),
        (_("As registered"), {"fields": ["domicile", "purpose", "funding", "startup_funds"]}),
    ]
    empty_hint = _("Enter the certificate of a station once the registration authority has issued it.")

    @admin.display(description=_("Valid to"), ordering="valid_to")
    def until(self, row):
        return valid_until(row.valid_to)


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its standing as a legal person."""
    return [
        page.panel(request, Certificate, {_("Code"): lambda row: link(row, row.uscc), **VALID}, station=station),
    ]
