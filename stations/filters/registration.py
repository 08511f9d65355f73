"""What lists of registration cases, certificates and sanctions are narrowed by."""

from __future__ import annotations

from django.utils import timezone

from culture_admin.interfaces.filters import NumberFilter, OneOfFilter, ScopedFilterSet, TextFilter, YesNoFilter
from stations.filters.rows import OfStationFilter
from stations.models import Certificate, CertificateStanding, Registration, Sanction


class RegistrationFilter(ScopedFilterSet):
    kind = OneOfFilter(choices=Registration.Kind.choices)
    state = OneOfFilter(choices=Registration.State.choices)
    turn = OneOfFilter(method="filter_turn", choices=Registration.Party.choices, label="whose turn it is")
    batch = TextFilter(field_name="batch", label="the name of a batch")
    year = NumberFilter(field_name="year", label="the year of an annual report")
    late = YesNoFilter(method="filter_late", label="filed late, or not filed though its day is over")

    class Meta:
        model = Registration
        fields = ["station"]

    def filter_turn(self, rows, name, parties):
        found = rows.none()
        for party in parties or ():
            found = found | rows.before(party)
        return found if parties else rows

    def filter_late(self, rows, name, value):
        late = Registration.objects.late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value == ["true"] else rows.exclude(pk__in=late) if value else rows


class CertificateFilter(OfStationFilter):
    standing = OneOfFilter(method="filter_standing", choices=CertificateStanding.choices, label="how it stands today")

    class Meta:
        model = Certificate
        fields = ["station"]

    def filter_standing(self, rows, name, values):
        return rows.filter(standing__in=values) if values else rows


class SanctionFilter(ScopedFilterSet):
    state = OneOfFilter(choices=Sanction.State.choices)
    ground = OneOfFilter(choices=Sanction.Ground.choices)

    class Meta:
        model = Sanction
        fields = ["station", "registration"]
