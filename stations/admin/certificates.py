"""Certificates in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import (
    Act,
    ConditionFilter,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    link,
)
from stations import actions
from stations.admin.rows import VALID, OfStationAdmin, valid_until
from stations.models import Certificate, CertificateStanding, Station
from stations.models.certificate import S

TONES = {S.VALID: "good", S.ENDING: "wait", S.LAPSED: "warn", S.HELD: "warn"}


def standing_of(certificate: Certificate):
    """How the certificate stands today, as a chip."""
    return chip(CertificateStanding(certificate.standing).label, TONES.get(certificate.standing, "off"))


def _standing(value: str):
    return CertificateStanding(value).label, lambda rows, today: rows.filter(standing=value)


def announce(request, certificate) -> None:
    actions.announce_lapse(actor=request.user, certificate=certificate)


def has_lapsed(certificate) -> bool:
    return certificate.standing == S.LAPSED and certificate.lapse_announced_on is None


@admin.register(Certificate)
class CertificateAdmin(OfStationAdmin):
    add_action = actions.register_legal_person
    list_display = ["at", "uscc", "legal_representative", "authority", "valid_from", "until", "standing"]
    list_display_links = ["uscc"]
    list_filter = [
        ConditionFilter.on(
            "standing",
            title=_("How it stands"),
            chips=True,
            conditions={value: _standing(value) for value in S.values if value != S.AHEAD},
        ),
        PlaceFilter.on("station__division__path"),
    ]
    search_fields = ["station__unit__search", "uscc", "legal_representative", "number"]
    search_help_text = _("Station, code, number or legal representative")
    sortable_by = ("at", "valid_from", "until")
    fieldsets = [
        (None, {"fields": ["station", "uscc", "name", "legal_representative", "sponsor", "authority"]}),
        (_("Validity"), {"fields": [("valid_from", "valid_to"), "issued_on"]}),
        (_("As registered"), {"fields": ["domicile", "purpose", "funding", "startup_funds"]}),
        (_("The paper"), {"fields": ["number", ("originals", "duplicates")]}),
        (_("What became of it"), {"fields": ["registration", "custody", "ended_as", "lapse_announced_on"]}),
    ]
    add_fieldsets = fieldsets[:-1]
    empty_hint = _("Certificates are issued by registration cases; enter here those that were issued on paper before.")

    acts = {"announce_lapse": Act(_("Announced as void"), announce, has_lapsed, verbs=("decide",))}

    def rows(self, rows):
        return rows.with_standing(timezone.localdate())

    @admin.display(description=_("Valid to"), ordering="valid_to")
    def until(self, row):
        return valid_until(row.valid_to)

    @admin.display(description=_("How it stands"))
    def standing(self, row):
        return standing_of(row)


def panels_of(page: ScopedModelAdmin, request, station: Station) -> list:
    """What the page of a station shows of its certificates."""
    return [
        page.panel(
            request,
            Certificate,
            {
                _("Code"): lambda row: link(row, row.uscc),
                _("Legal representative"): lambda row: row.legal_representative,
                **VALID,
                _("How it stands"): standing_of,
            },
            told=lambda rows: rows.with_standing(timezone.localdate()),
            station=station,
        ),
    ]
