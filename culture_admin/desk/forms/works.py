"""Enter a work, and the prizes it was given."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Genre, Prize, Team, Work
from culture_admin.desk.forms.entries import PostingChoice, VerbForm, day_input, offer_postings
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Station

CHOOSE = [("", "–")]


class WorkForm(VerbForm):
    """A work at one station."""

    title = LineFormField(
        label=_("Title of the work"), max_length=100, error_messages={"required": _("Write the title.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind of work"), choices=CHOOSE + Work.Kind.choices, error_messages={"required": _("Choose the kind.")}
    )
    genre = forms.ModelChoiceField(Genre.objects.all(), label=_("Genre"), required=False, empty_label="–")
    author = LineFormField(label=_("Author"), required=False, max_length=100)
    team = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label="–")
    finished_on = forms.DateField(
        label=_("Finished"), widget=day_input(), error_messages={"required": _("Say on which day it was finished.")}
    )
    posting = PostingChoice(None, label=_("Guided by the steward"), required=False)
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, user, station: Station, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = (
            Team.objects.visible_to(user).registered().filter(station=station).order_by("name")
        )
        offer_postings(self, user, station)


class ChangeWorkForm(WorkForm):
    """A work to be changed; who guided it stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, work: Work, **kwargs):
        names = ("title", "kind", "author", "finished_on", "note", "version")
        initial = {name: getattr(work, name) for name in names}
        super().__init__(*args, initial=initial | {"genre": work.genre_id, "team": work.team_id}, **kwargs)
        self.fields.pop("posting", None)

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class PrizeForm(VerbForm):
    """A prize that a work was given."""

    name = LineFormField(
        label=_("Prize"), max_length=100, error_messages={"required": _("Write the name of the prize.")}
    )
    level = forms.ChoiceField(
        label=_("Level of the prize"),
        choices=CHOOSE + Prize.Level.choices,
        error_messages={"required": _("Choose who awarded it.")},
    )
    rank = LineFormField(label=_("Rank"), required=False, max_length=60)
    awarded_on = forms.DateField(
        label=_("Awarded"), widget=day_input(), error_messages={"required": _("Say on which day it was awarded.")}
    )
    document = LineFormField(label=_("Issuing document"), required=False, max_length=120)
