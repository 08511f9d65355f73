"""Awards of the assessment in the admin: what is granted, what is paid of it, and payments that are taken back."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import admin
from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.actions import pay_award, reverse_award_payment
from assessments.admin.objections import YearFilter
from assessments.admin.states import state_of
from assessments.models import Award, AwardPayment
from assessments.naming import title_name
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    PeriodFilter,
    PlaceFilter,
    ScopedModelAdmin,
    day,
    link,
    yuan,
)
from culture_admin.interfaces.admin.entries import PaymentAdmin, marks_of

WRITERS = ("decide",)


OF_PAYMENT = {
    gettext_lazy("Day"): lambda row: link(row, day(row.on)),
    gettext_lazy("Amount (yuan)"): lambda row: yuan(row.amount),
    gettext_lazy("Document"): lambda row: row.document,
    gettext_lazy("Remarks"): marks_of,
}


@admin.register(Award)
class AwardAdmin(ScopedModelAdmin):
    writers = WRITERS
    joins = ("assessment__unit", "assessment__division", "assessment__cycle__scheme")
    list_display = ["year", "at", "named", "sum", "given", "left", "document", "since", "standing"]
    list_display_links = ["at"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        YearFilter.on("assessment__cycle"),
        PlaceFilter.on("assessment__division__path"),
    ]
    search_fields = ["assessment__unit__search", "title", "document"]
    search_help_text = gettext_lazy("Town, title or document")
    ordering = ["-granted_on", "assessment__division__code", "pk"]
    sortable_by = ("at", "sum")
    fieldsets = [
        (None, {"fields": [("town", "named"), ("sum", "given", "left"), ("document", "since")]}),
    ]
    empty_hint = gettext_lazy("Awards are granted by the scheme when the results of a year are made final.")
    change_list_template = "assessments/awards.html"

    def rows(self, rows):
        nothing = Value(Decimal(0), output_field=Award._meta.get_field("amount"))
        return rows.annotate(given=Coalesce(Sum("payments__amount"), nothing))

    def changelist_view(self, request, extra_context=None):
        """With the sums of what is listed."""
        answer = super().changelist_view(request, extra_context)
        listed = getattr(answer, "context_data", {}) or {}
        if "cl" in listed:
            awards = Award.objects.filter(pk__in=listed["cl"].queryset.order_by().values("pk")).exclude(
                state=Award.State.VOID
            )
            granted = awards.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
            paid = AwardPayment.objects.filter(award__in=awards).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
            listed["sums"] = {"granted": granted, "paid": paid, "left": granted - paid}
        return answer

    def panels(self, request, record):
        return [
            self.panel(request, AwardPayment, OF_PAYMENT, lambda rows: rows.select_related("reversal"), award=record)
        ]

    @admin.display(description=gettext_lazy("Year"))
    def year(self, row):
        return row.assessment.cycle.year

    @admin.display(description=gettext_lazy("Assessed"), ordering="assessment__division__code")
    def at(self, row):
        return row.assessment.unit.name

    @admin.display(description=gettext_lazy("Assessed"))
    def town(self, row):
        return link(row.assessment, row.assessment.unit.name)

    @admin.display(description=pgettext_lazy("of a town", "Title"))
    def named(self, row):
        return title_name(row.assessment.cycle.scheme, row.title)

    @admin.display(description=gettext_lazy("Granted (yuan)"), ordering="amount")
    def sum(self, row):
        return yuan(row.amount)

    @admin.display(description=gettext_lazy("Paid (yuan)"))
    def given(self, row):
        return yuan(row.given)

    @admin.display(description=gettext_lazy("Left (yuan)"))
    def left(self, row):
        return yuan(row.amount - row.given)

    @admin.display(description=pgettext_lazy("an award", "Granted on"), ordering="granted_on")
    def since(self, row):
        return day(row.granted_on)

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return state_of(row)


@admin.register(AwardPayment)
class AwardPaymentAdmin(PaymentAdmin):
    add_action = pay_award
    reverse_action = reverse_award_payment
    pays = "award"
    reversed_said = gettext_lazy("The payment is taken back; the award is owed again.")
    joins = ("award__assessment__unit", "award__assessment__division", "award__assessment__cycle__scheme", "reversal")
    list_display = ["on", "at", "sum", "document", "reason", "marks"]
    list_display_links = ["on"]
    list_filter = [PlaceFilter.on("award__assessment__division__path"), PeriodFilter.on("on")]
    search_fields = ["award__assessment__unit__search", "document"]
    search_help_text = gettext_lazy("Town or document")
    fieldsets = [
        (None, {"fields": ["of_award", ("sum", "on"), "document"]}),
        (gettext_lazy("As recorded"), {"fields": ["reason", ("recorded_by", "recorded_at")]}),
    ]
    add_fieldsets = [(None, {"fields": ["award", ("amount", "on"), "document"]})]
    empty_hint = gettext_lazy("Enter on the page of an award what is paid of it.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Awards of which something is still to be paid."""
        if db_field.name == "award":
            kwargs["queryset"] = (
                Award.objects.visible_to(request.user, "decide")
                .filter(state=Award.State.GRANTED)
                .select_related("assessment__unit")
                .order_by("assessment__division__code", F("pk"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("Assessed"))
    def at(self, row):
        return row.award.assessment.unit.name

    @admin.display(description=gettext_lazy("Award"))
    def of_award(self, row):
        return link(row.award)
