"""What is printed of registration: the application, the annual report, the sheet of a certificate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from culture_admin.workflow.models import Decision
from stations.actions.annual_reports import known_figures
from stations.actions.certificates import current_certificates
from stations.models import AnnualReport, Certificate, Registration
from stations.models.documents import checklist
from stations.models.registration import Item, Kind

# Certificates and applications state money in units of ten thousand yuan (DOMAIN.md §3.2).
TEN_THOUSAND = Decimal(10_000)
POWER = "stations.registration"
# A paper states the funds in another unit than the page.
LABELS: dict[str, object] = {Item.STARTUP_FUNDS.value: _("Start-up funds (10,000 yuan)")}
# So many rows of a report stand on one page with the signatures.
SIGNED = 4
OF_REPORT = [field for field in AnnualReport._meta.concrete_fields if field.editable and not field.primary_key]


def certificate_of(certificate: Certificate) -> dict[str, object]:
    return {"funds": in_ten_thousands(certificate.startup_funds)}


def application_of(case: Registration) -> dict[str, object]:
    """What is applied for, beside what is registered so far, and what is handed in with it."""
    day = case.submitted_on or timezone.localdate(case.opened_at)
    certificate = _certificate_before(case, day)
    opinion = Decision.objects.about(case).filter(step="endorse").order_by("-id").first()
    return {
        "certificate": certificate,
        "rows": [
            (
                LABELS.get(name, Item(name).label),
                _said(getattr(certificate, name), name) if certificate else "",
                _said(value, name),
            )
            for name in Item.values
            if (value := getattr(case, name)) not in (None, "")
        ],
        "changed": [str(Item(item).label) for item in case.items],
        "documents": checklist(case),
        "opinion": opinion,
    }


def report_of(case: Registration) -> dict[str, object]:
    """The eight items of a report, its figures and the opinion of the sponsor."""
    report, day = case.report, case.submitted_on or timezone.localdate(case.opened_at)
    rows = [(field.verbose_name, getattr(report, field.name), isinstance(field, DecimalField)) for field in OF_REPORT]
    opinion = Decision.objects.about(case).filter(step="endorse").order_by("-id").first()
    return {
        "certificate": current_certificates([case.station], day).get(case.station_id),
        "figures": [(metric.label, metric.unit, value) for metric, value in known_figures(report)],
        "rows": rows[:-SIGNED],
        "signed_rows": rows[-SIGNED:],
        "opinion": opinion,
    }


def _certificate_before(case: Registration, day: date) -> Certificate | None:
    """What was registered when the case was filed; a certificate that was issued on it is what came of it."""
    before = Certificate.objects.filter(station=case.station_id, valid_from__lte=day).exclude(registration=case)
    return before.order_by("-valid_from").first()


def in_ten_thousands(funds: Decimal | None) -> Decimal | None:
    """Without idle zeros behind the point, and never as 3E+1."""
    if funds is None:
        return None
    units = funds / TEN_THOUSAND
    return units.quantize(Decimal(1)) if units == units.to_integral_value() else units.normalize()


def _said(value: object, name: str) -> object:
    return in_ten_thousands(value) if name == Item.STARTUP_FUNDS and isinstance(value, Decimal) else value


register(
    Paper(
        code="certificate",
        label=_("Legal person certificate: registered items"),
        model=Certificate,
        power="stations.certificates",
        template="certificate.html",
        context=certificate_of,
        related=("station__unit", "station__division"),
        order=("-valid_from", "station__division__code"),
        beside=lambda certificate: f"{certificate.valid_from} – {certificate.valid_to}",
    )
)
register(
    Paper(
        code="registration-application",
        label=_("Application to the registration office"),
        model=Registration,
        power=POWER,
        template="registration.html",
        context=application_of,
        related=("station__unit", "station__division"),
        order=("-opened_at", "-pk"),
        beside=lambda case: case.get_kind_display(),
        only=~Q(kind=Kind.ANNUAL_REPORT),
    )
)
register(
    Paper(
        code="annual-report",
        label=_("Annual report of a public institution legal person"),
        model=Registration,
        power=POWER,
        template="annual_report.html",
        context=report_of,
        related=("station__unit", "station__division", "report"),
        order=("-year", "-pk"),
        beside=lambda case: case.year,
        only=Q(kind=Kind.ANNUAL_REPORT),
    )
)
