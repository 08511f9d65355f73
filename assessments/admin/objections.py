"""Objections to scores in the admin: what is said against which record, what would be done, and what it moved."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assessments.actions.objections import correcting_step, look_up, touched
from assessments.admin.states import score, state_of
from assessments.admin.touching import touched_panel
from assessments.models import Computation, Cycle, IndicatorScore, Objection, Result
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    ListFilter,
    Panel,
    PlaceFilter,
    ScopedModelAdmin,
    chip,
    in_column,
    link,
)
from culture_admin.interfaces.admin.rows import rows_of
from culture_admin.scoring.explained import in_words, said_of
from culture_admin.scoring.judging import judged_values
from culture_admin.scoring.values import Standing
from culture_admin.statistics.behind import Counted
from culture_admin.statistics.register import METRICS
from culture_admin.workflow.steps import flow_of

Wants = Objection.Wants


class YearFilter(ListFilter):
    """By the year's assessment that a row belongs to. field: the way to it."""

    title = gettext_lazy("Year")
    parameter_name = "cycle"

    def lookups(self, request, model_admin):
        return [(str(row.pk), str(row)) for row in rows_of(request.user, Cycle, model_admin.admin_site)]


@admin.register(Objection)
class ObjectionAdmin(ScopedModelAdmin):
    joins = (
        "assessment__unit",
        "assessment__division",
        "assessment__cycle__scheme",
        "assessment__cycle__place",
        "before__snapshot",
        "after",
    )
    list_display = ["year", "at", "code", "about", "wants", "recorded_at", "standing"]
    list_display_links = ["about"]
    list_filter = [
        ChoiceFilter.on("state", chips=True),
        YearFilter.on("assessment__cycle"),
        ChoiceFilter.on("wants"),
        PlaceFilter.on("assessment__division__path"),
    ]
    search_fields = ["assessment__unit__search", "grounds", "record_text"]
    search_help_text = gettext_lazy("Town, record, or a word of the grounds")
    ordering = ["-recorded_at", "-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": [("town", "rules"), "indicator", ("wants", "contested"), "grounds"]}),
        (gettext_lazy("What would be done"), {"fields": [("counts_now", "measure")]}),
        (gettext_lazy("As recorded"), {"fields": [("filed_by", "recorded_at")]}),
    ]
    empty_hint = gettext_lazy("Towns object on their own pages while the results are shown.")

    def get_fieldsets(self, request, obj=None):
        """What would be done is told until it is decided."""
        fieldsets = super().get_fieldsets(request, obj)
        waits = obj is None or obj.state in Objection.OPEN
        return fieldsets if waits else [fieldsets[0], fieldsets[-1]]

    def panels(self, request, record):
        if record.after is None:
            return []
        return [_scores(record), *([_moved(record)] if record.moved else []), touched_panel(record, touched(record))]

    @admin.display(description=gettext_lazy("Year"))
    def year(self, row):
        return row.assessment.cycle.year

    @admin.display(description=gettext_lazy("Assessed"))
    def at(self, row):
        return row.assessment.unit.name

    @admin.display(description=gettext_lazy("Assessed"))
    def town(self, row):
        return link(row.assessment, row.assessment.unit.name)

    @admin.display(description=pgettext_lazy("of a year", "Assessment"))
    def rules(self, row):
        return link(row.assessment.cycle)

    @admin.display(description=gettext_lazy("Against"))
    def about(self, row):
        return row.record_text or _("to be judged as %(asked)s") % {"asked": _asked(row)}

    @admin.display(description=gettext_lazy("Indicator"))
    def indicator(self, row):
        labels = {one.code: one.label for _section, one in row.assessment.cycle.scheme.content.table.indicators()}
        return f"{row.code} {labels.get(row.code, '')}"

    @admin.display(description=gettext_lazy("Against"))
    def contested(self, row):
        """The record as it is now, or how it was judged and is asked to be."""
        record = row.record
        if row.wants == Wants.JUDGE:
            return _("judged as %(judged)s, to be judged as %(asked)s") % {"judged": _judged(row), "asked": _asked(row)}
        if record is None:
            return row.record_text or "—"
        return link(record) if admin.site.is_registered(type(record)) else str(record)

    @admin.display(description=gettext_lazy("Counts now"))
    def counts_now(self, row):
        if row.wants == Wants.JUDGE:
            return _judged(row)
        if row.record is None:
            return chip(_("The record is gone"), "warn")
        found = [how for _code, _metric, how in look_up(row, row.record, row.code)]
        if any(isinstance(how, Counted) for how in found):
            return chip(_("It counts"), "good")
        if not found:
            return chip(_("It does not count"), "off")
        return _("It does not count: %(reason)s") % {"reason": found[0].reason}

    @admin.display(description=gettext_lazy("If it is upheld"))
    def measure(self, row):
        if row.wants == Wants.JUDGE:
            text = _("The review says %(said)s from then on, and everybody's score is computed again.")
            return text % {"said": _asked(row)}
        step = correcting_step(row.record, row.wants) if row.record else ""
        if not step:
            return _("No step of the record's own corrects it; whoever keeps it corrects it first.")
        label = _label(row.record, step)
        return _("“%(step)s” is taken on the record, and everybody's score is computed again.") % {"step": label}

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row):
        return state_of(row)


def _label(record: Model, step: str) -> str:
    flow = flow_of(type(record))
    return str(flow.steps[step].label) if flow else step


def _asked(row: Objection) -> str:
    """How it is asked to be judged, in the words of the indicator."""
    source = row.assessment.cycle.scheme.content.sources.get(row.code)
    if source is None or not row.asked:
        return "—"
    return in_words(source, judged_values(row.asked, row.asked_numbers))


def _judged(row: Objection) -> str:
    """How it is judged in the computation that stands."""
    source = row.assessment.cycle.scheme.content.sources.get(row.code)
    scores = IndicatorScore.objects.filter(result__assessment=row.assessment_id, code=row.code).exclude(
        result__computation__kind=Computation.Kind.INTERIM
    )
    kept = scores.order_by("result__computation__number").last()
    if source is None or kept is None:
        return "—"
    return said_of(source, Standing(kept.standing or Standing.NOT_RECORDED), kept.numbers)


def _scores(row: Objection) -> Panel:
    """Both scores of whoever objected; both stay on record."""
    found = {
        one.computation_id: one
        for one in Result.objects.filter(assessment=row.assessment_id, computation__in=[row.before_id, row.after_id])
    }
    rows: list[list[object]] = [
        [link(found[key], label), score(found[key].total), in_column(found[key].place or "—", found[key].place)]
        for label, key in ((_("Before"), row.before_id), (_("Afterwards"), row.after_id))
        if key in found
    ]
    return Panel(
        _("Scores before and after"),
        "",
        [_("Computation"), pgettext("of points", "Score"), pgettext("in a ranking", "Place")],
        rows,
        "",
    )


def _moved(row: Objection) -> Panel:
    rows: list[list[object]] = [
        [
            one["code"],
            METRICS[one["metric"]].label if one["metric"] in METRICS else one["metric"],
            in_column(one["before"], one["before"]),
            in_column(one["after"], one["after"]),
        ]
        for one in row.moved
    ]
    columns: list[object] = [_("Indicator"), _("Metric"), _("Counted before"), _("Counts now")]
    return Panel(_("What the correction moved"), "", columns, rows, "")
