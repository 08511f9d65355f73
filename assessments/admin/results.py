"""Results in the admin: each time scores were computed with its ranking, and each score down to the records behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from assessments.actions.objections import touched
from assessments.admin.rankings import OfIndicator, by_indicator, chosen_indicator, with_places_before
from assessments.admin.states import beside_why, moved_places, place_of, score
from assessments.admin.touching import touched_panel
from assessments.comparing import changes, result_before
from assessments.explaining import explained, records_of
from assessments.models import Computation, Objection, Result
from assessments.naming import group_name, title_name
from culture_admin.interfaces.admin import (
    ChoiceFilter,
    Panel,
    PlaceFilter,
    RowFilter,
    ScopedModelAdmin,
    chip,
    day,
    in_column,
    link,
    moment,
)
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES, Sheet
from culture_admin.scoring.explained import Explained
from culture_admin.statistics.register import METRICS, Events

TONES = {Computation.Kind.INTERIM: "", Computation.Kind.TOTAL: "good", Computation.Kind.CORRECTION: "wait"}


@admin.register(Computation)
class ComputationAdmin(ScopedModelAdmin):
    joins = ("cycle__scheme", "cycle__place", "snapshot", "taken_by")
    list_display = ["year", "name", "kind_of", "until", "taken_at", "shown_at", "reason"]
    list_display_links = ["name"]
    list_filter = [ChoiceFilter.on("kind", chips=True), RowFilter.on("cycle", title=gettext_lazy("Year"))]
    search_fields = ["reason", "cycle__scheme__name_zh", "digest__startswith"]
    search_help_text = gettext_lazy("Reason, scheme or hash")
    ordering = ["-cycle__scheme__year", "-cycle", "-number"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": [("of_year", "kind_of"), "until", "reason"]}),
        (
            gettext_lazy("As recorded"),
            {"fields": [("taken_at", "taken_by"), "shown_at", "digest", "frozen"], "classes": ["collapse"]},
        ),
    ]
    empty_hint = gettext_lazy("Draw up the totals of a year, or compute an interim ranking, on the page of the year.")
    change_form_outer_before_template = "assessments/computation.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, "assessments_computation"
        indicator = view(require_safe(self.indicator_view))
        return [
            path("<path:object_id>/indicator/", indicator, name=f"{name}_indicator"),
            *(path(f"<path:object_id>/indicator.{wanted}", indicator, {"wanted": wanted}) for wanted in MEDIA_TYPES),
            *super().get_urls(),
        ]

    def panels(self, request, record):
        seen = Result.objects.visible_to(request.user).filter(computation=record)
        rows = with_places_before(seen.select_related("assessment__unit", "assessment__division"))
        groups: dict[str, list[Result]] = defaultdict(list)
        for result in rows.order_by("assessment__group", "place", "assessment__division__code", "pk"):
            groups[result.assessment.group].append(result)
        corrected = (
            Objection.objects.visible_to(request.user)
            .filter(after=record)
            .select_related(
                "assessment__unit", "assessment__cycle__scheme", "assessment__cycle__place", "before__snapshot", "after"
            )
        )
        return [
            *(touched_panel(objection, touched(objection)) for objection in corrected),
            *(_ranking(record, group, results) for group, results in groups.items()),
        ]

    def indicator_view(self, request: HttpRequest, object_id: str, wanted: str = "") -> HttpResponse:
        """The places by one indicator, group by group."""
        computation = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request):
            raise PermissionDenied
        scheme = computation.scheme
        indicator = chosen_indicator(scheme, request.GET.get("code", ""))
        if indicator is None:
            raise Http404
        found = by_indicator(computation, indicator)
        if wanted:
            title = f"{computation.cycle} {indicator.code}"
            header = [_("Group"), pgettext("in a ranking", "Place"), _("Assessed"), _("Value"), _("Points")]
            return Sheet(title, header, _lines(found, scheme)).answer(wanted)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Ranking by indicator"),
            "computation": computation,
            "indicator": indicator,
            "indicators": [one for _section, one in scheme.content.table.indicators()],
            "groups": [(group_name(scheme, group), lines) for group, lines in found.items()],
        }
        return TemplateResponse(request, "assessments/indicator.html", context)

    @admin.display(description=gettext_lazy("Year"))
    def year(self, row):
        return row.cycle.year

    @admin.display(description=gettext_lazy("Computation"))
    def name(self, row):
        return f"{row.cycle} · {row.number}"

    @admin.display(description=pgettext_lazy("of a year", "Assessment"))
    def of_year(self, row):
        return link(row.cycle)

    @admin.display(description=gettext_lazy("Kind"))
    def kind_of(self, row):
        return chip(row.get_kind_display(), TONES[row.kind])

    @admin.display(description=gettext_lazy("Snapshot"))
    def frozen(self, row):
        return format_html("<code>{}</code> · {}", row.snapshot.digest[:16], moment(row.snapshot.taken_at))


def _lines(found: dict[str, list[OfIndicator]], scheme) -> Iterator[list[object]]:
    for group, lines in found.items():
        for one in lines:
            name = group_name(scheme, group)
            yield [name, one.place, one.result.assessment.unit.name, one.said, one.points]


def _ranking(computation: Computation, group: str, results: list[Result]) -> Panel:
    """One group: the ranked by their places, then whoever stands beside the ranking with why."""
    scheme = computation.scheme
    shared = Counter(result.place for result in results)
    columns: list[object] = [
        pgettext("in a ranking", "Place"),
        _("Assessed"),
        pgettext("of points", "Score"),
        pgettext("of a town", "Title"),
        _("Since the computation before"),
        _("Since last year"),
    ]
    rows: list[list[object]] = []
    for result in results:
        place = place_of(result)
        if not result.is_beside and shared[result.place] > 1:
            place = in_column(format_html("{} {}", place, chip(_("tied"), "")), result.place)
        title = title_name(scheme, result.title) or "—"
        if result.is_beside:
            title = beside_why(result)
        elif result.vetoes:
            title = chip(_("ruled out by %(codes)s") % {"codes": ", ".join(result.vetoes)}, "warn")
        rows.append(
            [
                place,
                link(result, result.assessment.unit.name),
                score(result.total),
                title,
                moved_places(result.place, result.place_before),
                moved_places(result.place, result.place_last_year),
            ]
        )
    return Panel(group_name(scheme, group), "", columns, rows, "")


@admin.register(Result)
class ResultAdmin(ScopedModelAdmin):
    joins = (
        "computation__cycle__scheme",
        "computation__scheme",
        "computation__snapshot",
        "assessment__unit",
        "assessment__division",
        "assessment__cycle__scheme",
    )
    list_display = ["of", "group", "ranked", "at", "score", "named", "recorded", "since_before", "since_last_year"]
    list_display_links = ["at"]
    list_filter = [RowFilter.on("computation"), PlaceFilter.on("assessment__division__path")]
    search_fields = ["assessment__unit__search"]
    search_help_text = gettext_lazy("Town: name, pinyin or initials")
    ordering = ["-computation", "assessment__group", "place", "assessment__division__code", "pk"]
    sortable_by = ()
    fieldsets = [
        (
            None,
            {"fields": [("of", "town"), ("score", "ranked", "named"), ("recorded", "since_before", "since_last_year")]},
        ),
    ]
    empty_hint = gettext_lazy("There are results once an interim ranking or the totals of a year are computed.")
    change_form_outer_after_template = "assessments/tree.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, "assessments_result"
        return [
            path("<path:object_id>/records/", view(require_safe(self.records_view)), name=f"{name}_records"),
            *(
                path(f"<path:object_id>/tree.{wanted}", view(require_safe(self.tree_sheet)), {"wanted": wanted})
                for wanted in MEDIA_TYPES
            ),
            *super().get_urls(),
        ]

    def rows(self, rows):
        return with_places_before(rows)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            before = result_before(obj)
            context |= {
                "tree": explained(obj),
                "sheets": list(MEDIA_TYPES),
                "before": before,
                "changes": changes(before, obj) if before else [],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def records_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The rows behind one indicator: those counted, those looked at and not counted, with the reason."""
        result = self.get_object(request, unquote(object_id))
        leaf = next((one for one in explained(result).leaves() if one.code == request.GET.get("code")), None)
        if leaf is None or not leaf.counted:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Records behind the points"),
            "result": result,
            "leaf": leaf,
            "records": [
                {
                    "label": one.label,
                    "behind": one.behind,
                    "counted": [
                        (_row(each.row), _day(one.metric, each.row), each.amount, each.row.pk in one.late)
                        for each in one.behind.counted
                    ],
                    "uncounted": [
                        (_row(each.row), _day(one.metric, each.row), each.reason, each.row.pk in one.late)
                        for each in one.behind.uncounted
                    ],
                }
                for one in records_of(result, leaf.code, request.user)
            ],
        }
        return TemplateResponse(request, "assessments/records.html", context)

    def tree_sheet(self, request: HttpRequest, object_id: str, wanted: str) -> HttpResponse:
        """The tree of a score, a line for each of its nodes."""
        result = self.get_object(request, unquote(object_id))
        header = [_("No."), _("Indicator"), _("Most"), _("Value"), _("Formula"), _("Rule"), _("Source"), _("Points")]
        title = f"{result.assessment.unit.name} {result.computation.cycle.year}"
        return Sheet(title, header, _nodes(explained(result))).answer(wanted)

    @admin.display(description=gettext_lazy("Computation"))
    def of(self, result):
        one = result.computation
        return link(one, f"{one.cycle.year} · {one.get_kind_display()} {one.number}")

    @admin.display(description=gettext_lazy("Group"))
    def group(self, result):
        return group_name(result.computation.scheme, result.assessment.group)

    @admin.display(description=pgettext_lazy("in a ranking", "Place"))
    def ranked(self, result):
        return place_of(result)

    @admin.display(description=gettext_lazy("Assessed"))
    def at(self, result):
        return result.assessment.unit.name

    @admin.display(description=gettext_lazy("Assessed"))
    def town(self, result):
        return link(result.assessment, result.assessment.unit.name)

    @admin.display(description=pgettext_lazy("of points", "Score"))
    def score(self, result):
        return score(result.total)

    @admin.display(description=pgettext_lazy("of a town", "Title"))
    def named(self, result):
        return title_name(result.computation.scheme, result.title) or "—"

    @admin.display(description=gettext_lazy("Indicators recorded"))
    def recorded(self, result):
        return in_column(f"{result.known} / {result.asked}", result.known)

    @admin.display(description=gettext_lazy("Since the computation before"))
    def since_before(self, result):
        return moved_places(result.place, result.place_before)

    @admin.display(description=gettext_lazy("Since last year"))
    def since_last_year(self, result):
        return moved_places(result.place, result.place_last_year)


def _row(row) -> object:
    """A record, with the way to its page where it has one here."""
    return link(row) if admin.site.is_registered(type(row)) else str(row)


def _day(metric: str, row) -> object:
    """The day on which it happened; of what is a level, none."""
    (amount,) = METRICS[metric].amounts
    return day(getattr(row, amount.fact.date, None)) if isinstance(amount.fact, Events) else day(None)


def _nodes(tree: Explained) -> Iterator[list[object]]:
    """The nodes from the total down, in the order of the scheme."""
    yield [tree.code, tree.label, tree.most, tree.said, tree.formula, tree.rule, tree.source, tree.points]
    for child in tree.children:
        yield from _nodes(child)
