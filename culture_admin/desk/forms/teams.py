"""Enter a team, and change its file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.actions.teams import CHANGEABLE
from activities.models import Genre, Team
from activities.models.team import LARGEST_TEAM
from culture_admin.desk.forms.entries import PostingChoice, VerbForm, day_input, number_input, offer_postings
from culture_admin.interfaces.money import AmountFormField
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Station


def people(label: object) -> forms.IntegerField:
    """A number of members."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST_TEAM, widget=number_input())


class TeamForm(VerbForm):
    """A team's file at one station."""

    name = LineFormField(
        label=_("Name of the team"), max_length=100, error_messages={"required": _("Write the name of the team.")}
    )
    genre = forms.ModelChoiceField(Genre.objects.all(), label=_("Genre"), required=False)
    village = LineFormField(label=_("Village or community"), required=False, max_length=60)
    venue = LineFormField(label=_("Place of rehearsal"), required=False, max_length=100)
    leader = LineFormField(label=_("Leader"), required=False, max_length=60)
    phone = LineFormField(
        label=_("Telephone of the leader"),
        required=False,
        max_length=40,
        help_text=_("It is kept sealed and shown masked."),
    )
    deputy = LineFormField(label=_("Deputy leader"), required=False, max_length=60)
    members = people(_("Members"))
    men = people(_("Men"))
    women = people(_("Women"))
    aged = people(_("Aged 60 and over"))
    rehearsal = LineFormField(
        label=_("Time of rehearsal"), required=False, max_length=100, help_text=_("Such as: Tuesdays 14:00")
    )
    tutor = LineFormField(label=_("Tutor"), required=False, max_length=60)
    supervisor = forms.ChoiceField(
        label=_("Supervising unit"), required=False, choices=[("", "–"), *Team.Supervisor.choices]
    )
    subsidy = AmountFormField(label=_("Subsidy a year (yuan)"), required=False)
    founded_on = forms.DateField(label=_("Founded"), required=False, widget=day_input())
    posting = PostingChoice(None, label=_("Founded with the steward"), required=False)

    def __init__(self, *args, user, station: Station, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genre"].empty_label = "–"
        offer_postings(self, user, station)


class ChangeTeamForm(TeamForm):
    """The file of a team that stands in the register or waits for it; with whom it was founded stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, team: Team, **kwargs):
        initial = {name: getattr(team, name) for name in CHANGEABLE if name != "genre"}
        super().__init__(*args, initial=initial | {"genre": team.genre_id, "version": team.version}, **kwargs)
        self.fields.pop("posting", None)
        self.fields["phone"].help_text = _("Left empty, that of before stays; with another leader it goes.")

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class MergeForm(VerbForm):
    """Two files of one team: which one goes is said by the page, why by whoever merges them."""

    comment = TextFormField(
        label=_("Why are these two one team?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: the two files cannot be taken apart again.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    doubled_version = forms.IntegerField(widget=forms.HiddenInput)
