"""The forms of the wizard: which divisions a change is about, and what becomes of them, their villages and their stations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from culture_admin.boundaries.actions import POWER, WRITERS
from culture_admin.boundaries.codes import TYPES
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import ENDS, MERGES, MOVES, ONE_TO_ONE, Outcome
from culture_admin.interfaces.admin import VerbForm, territory_of
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.text import LineFormField
from culture_admin.territory.models import LEVELS, Division, Level
from culture_admin.territory.shares import shares_of

Kind = BoundaryChange.Kind
FEWEST_PARTS, MOST_PARTS = 2, 6
# What a person says of an outcome, by the kind of change; the rest follows.
SAID = {
    Kind.RENAME: ("name_zh", "name_en", "type"),
    Kind.RECODE: ("code", "type"),
    Kind.MOVE: ("parent", "code"),
    Kind.MERGE: ("code", "name_zh", "name_en", "type", "lead", "residents"),
    Kind.SPLIT: ("code", "name_zh", "name_en", "type", "share", "residents"),
}


class UnitChoice(forms.ModelMultipleChoiceField):
    """Divisions to tick, each with its code; of villages their town stands beside."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, division: Division) -> str:
        within = f" · {division.parent.name}" if division.level == Level.VILLAGE and division.parent else ""
        return f"{division.code} {division.name}{within}"


class DraftForm(VerbForm):
    """The first page: what kind of change, from when, by which document, about which divisions."""

    units = UnitChoice(Division.objects.none(), label=_("Divisions concerned"))

    class Meta:
        model = BoundaryChange
        fields = ["kind", "effective_on", "document", "document_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "units" in self.fields:
            within = territory_of(self.user, POWER, WRITERS).existing(timezone.localdate())
            towns = within.filter(level__in=[Level.TOWN, Level.VILLAGE]).select_related("parent")
            self.fields["units"].queryset = towns.order_by("level", "code")

    def clean_units(self):
        return [unit.pk for unit in self.cleaned_data["units"]]


class OutcomeForm(forms.Form):
    """What one division becomes, or one part of it; only what the kind of change is about is asked."""

    code = LineFormField(label=_("Division code"), max_length=12, required=False, widget=UnfoldAdminTextInputWidget)
    name_zh = LineFormField(label=_("Chinese name"), max_length=100, required=False, widget=UnfoldAdminTextInputWidget)
    name_en = LineFormField(label=_("English name"), max_length=150, required=False, widget=UnfoldAdminTextInputWidget)
    type = forms.ChoiceField(label=_("Type"), required=False, widget=UnfoldAdminSelectWidget)
    parent = forms.ModelChoiceField(
        Division.objects.none(),
        label=_("Parent"),
        required=False,
        empty_label=_("Choose …"),
        widget=UnfoldAdminSelectWidget,
    )
    lead = forms.ChoiceField(label=_("Whose government goes on"), required=False, widget=UnfoldAdminSelectWidget)
    share = forms.DecimalField(
        label=_("Share"),
        required=False,
        min_value=0,
        max_value=1,
        decimal_places=4,
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.0001"}),
        help_text=_("Left empty everywhere: in proportion to the residents."),
    )
    residents = forms.IntegerField(
        label=_("Residents by the document"), required=False, min_value=0, widget=UnfoldAdminIntegerFieldWidget
    )

    def __init__(self, *args, kind: str, title: str, units: Sequence[Division], parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = title
        for name in set(self.fields) - set(SAID[Kind(kind)]):
            del self.fields[name]
        if "type" in self.fields:
            types = TYPES.get(Level(units[0].level), ())
            self.fields["type"].choices = [(one.value, one.label) for one in types]
        if "parent" in self.fields:
            self.fields["parent"].queryset = parents
        if "lead" in self.fields:
            self.fields["lead"].choices = [(str(unit.pk), unit.name) for unit in units]

    def entries(self) -> dict[str, Any]:
        """What was entered, as a plan has it."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None) and name != "share"}
        if "parent" in said:
            said["parent"] = said["parent"].pk
        if "lead" in said:
            said["lead"] = int(said["lead"])
        return said


class PlacesForm(forms.Form):
    """Where the villages of a split go, and what becomes of each station."""

    def __init__(self, *args, land: Land, names: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.land = land
        parts = [("", _("Choose …")), *((str(index), name) for index, name in enumerate(names))]
        split = [unit for unit in land.units if len(names) > 1]
        self.children = [child for unit in split for child in land.children_of(unit)]
        for child in self.children:
            self.fields[f"child-{child.pk}"] = forms.ChoiceField(
                label=child.name, required=False, choices=parts, widget=UnfoldAdminSelectWidget
            )
        for key, unit in land.stations.items():
            moving = [
                (f"{MOVES}:{index}", _("goes on in %(name)s") % {"name": name}) for index, name in enumerate(names)
            ]
            merging = [
                (f"{MERGES}:{other}", _("is merged into %(station)s") % {"station": land.stations[other].name})
                for other in land.stations
                if other != key
            ]
            self.fields[f"station-{key}"] = forms.ChoiceField(
                label=unit.name,
                required=False,
                choices=[("", _("Decide …")), *moving, *merging, (f"{ENDS}:", _("ends"))],
                widget=UnfoldAdminSelectWidget,
            )

    @property
    def villages(self) -> list[forms.BoundField]:
        return [self[f"child-{child.pk}"] for child in self.children]

    @property
    def fates(self) -> list[forms.BoundField]:
        return [self[f"station-{key}"] for key in self.land.stations]

    def entries(self) -> dict[str, list[dict[str, Any]]]:
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {
            "children": [
                {"division": int(name.removeprefix("child-")), "outcome": int(value)}
                for name, value in said.items()
                if name.startswith("child-")
            ],
            "stations": [
                {"station": int(name.removeprefix("station-")), **_fate(value)}
                for name, value in said.items()
                if name.startswith("station-")
            ],
        }


def _fate(written: str) -> dict[str, Any]:
    fate, _colon, of = written.partition(":")
    return {"fate": fate} | ({"outcome": int(of)} if fate == MOVES else {"into": int(of)} if fate == MERGES else {})


class PlanForms:
    """The second page: a form for each outcome, and one for villages and stations; what is refused comes back to its field."""

    def __init__(self, change: BoundaryChange, land: Land, data: Mapping | None, parts: int, user):
        self.change, self.land, self.data = change, land, data
        self.errors: list[str] = []
        outcomes = list(land.plan.outcomes)
        if change.kind == Kind.SPLIT:
            parts = max(parts, len(outcomes), FEWEST_PARTS)
            outcomes += [Outcome({})] * (parts - len(outcomes))
        elif change.kind == Kind.MERGE and not outcomes:
            outcomes = [Outcome({})]
        parents = _parents(land, user)
        self.outcomes = [
            OutcomeForm(
                data,
                prefix=f"outcome-{index}",
                initial=self._initial(one),
                kind=change.kind,
                title=self._title(index),
                units=land.units,
                parents=parents,
            )
            for index, one in enumerate(outcomes)
        ]
        names = [one.name_zh or self._title(index) for index, one in enumerate(outcomes)]
        self.places = PlacesForm(data, land=land, names=names, initial=self._places())

    def is_valid(self) -> bool:
        return all([one.is_valid() for one in self.outcomes] + [self.places.is_valid()])

    def entries(self) -> dict[str, Any]:
        """The plan as the verb takes it."""
        shares = self._shares()
        outcomes = [one.entries() | {"shares": shares[index]} for index, one in enumerate(self.outcomes)]
        return {"outcomes": outcomes, **self.places.entries()}

    def tell(self, problem: Problem) -> None:
        """What the verb refused, at the fields it is about."""
        for fault in problem.faults:
            parts = (fault.pointer or "").strip("/").split("/")
            form = self.outcomes[int(parts[1])] if parts[0] == "outcomes" and len(parts) > 2 else None
            if form and parts[2] in form.fields:
                form.add_error(parts[2], ValidationError(str(fault.message), code=fault.code))
            else:
                self.errors.append(str(fault.message))

    def _shares(self) -> list[list[dict[str, str | int]]]:
        units = self.land.units
        if self.change.kind in ONE_TO_ONE:
            return [[{"unit": unit.pk, "share": "1"}] for unit in units]
        if self.change.kind == Kind.MERGE:
            return [[{"unit": unit.pk, "share": "1"} for unit in units]]
        said = [one.cleaned_data.get("share") for one in self.outcomes]
        residents = [one.cleaned_data.get("residents") for one in self.outcomes]
        if not any(said) and all(residents):
            said = list(shares_of(residents))
        return [[{"unit": units[0].pk, "share": str(share)}] if share else [] for share in said]

    def _title(self, index: int) -> str:
        if self.change.kind in ONE_TO_ONE and index < len(self.land.units):
            unit = self.land.units[index]
            return f"{unit.code} {unit.name}"
        if self.change.kind == Kind.MERGE:
            return str(_("The merged division"))
        return str(_("Part %(number)d")) % {"number": index + 1}

    def _initial(self, one: Outcome) -> dict[str, Any]:
        share = next(iter(one.shares.values()), None)
        said = {name: value for name, value in vars(one).items() if name != "shares"}
        return said | {"share": share, "type": one.type or self.land.units[0].type}

    def _places(self) -> dict[str, str]:
        plan = self.land.plan
        children = {f"child-{pk}": str(outcome) for pk, outcome in plan.children.items()}
        marks = {MOVES: "outcome", MERGES: "into"}
        fates = {
            f"station-{key}": f"{one.fate}:{getattr(one, marks[one.fate]) if one.fate in marks else ''}"
            for key, one in plan.stations.items()
        }
        return children | fates


def _parents(land: Land, user):
    """Where a division of this level could come to lie, within the territory of who draws the change up."""
    level = land.units[0].level
    above = LEVELS[LEVELS.index(level) - 1]
    return territory_of(user, POWER, WRITERS).filter(level=above).existing(land.on).order_by("code")
