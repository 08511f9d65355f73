"""Forms about the people of a station: their file, time off post, objections, titles, and who stands in for whom."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import Membership, User
from culture_admin.accounts.personal.records import PersonalModel, sealed_fields
from culture_admin.accounts.substitutes import colleagues_of, offices_to_leave
from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.actions.officers import FILE
from stations.models import Officer, OffPost

CHOOSE = [("", "–")]
UNFILLED = {"autocomplete": "off"}


class OfficerForm(VerbForm):
    """An officer's file. Personal fields are written here and shown only as masks."""

    name = LineFormField(
        label=pgettext_lazy("of a person", "Name"), max_length=60, error_messages={"required": _("Write the name.")}
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=CHOOSE + Officer.Sex.choices, required=False)
    education = forms.ChoiceField(label=_("Education"), choices=CHOOSE + Officer.Education.choices, required=False)
    school = LineFormField(label=_("School and subject"), required=False, max_length=100)
    speciality = LineFormField(label=_("Speciality"), required=False, max_length=60)
    title = forms.ChoiceField(label=_("Professional title"), choices=CHOOSE + Officer.Title.choices, required=False)
    title_on = forms.DateField(label=_("Title since"), required=False, widget=day_input())
    entered_on = forms.DateField(label=_("Began to work"), required=False, widget=day_input())
    identity_number = LineFormField(
        label=_("Identity number"), required=False, max_length=30, widget=forms.TextInput(attrs=UNFILLED)
    )
    phone = LineFormField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={**UNFILLED, "inputmode": "tel"}),
    )


class ChangeOfficerForm(OfficerForm):
    """A file to be changed; a personal field that is left empty stays as it is. `entries()` is what differs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, officer: Officer):
        super().__init__(data, initial={name: getattr(officer, name) for name in (*FILE, "version")})
        for name in ("identity_number", "phone"):
            self.fields[name].help_text = _("Empty: stays as it is.")

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class RevealForm(VerbForm):
    """Which personal field of a table is opened, and for what purpose."""

    field = forms.ChoiceField(
        label=_("Which value?"), widget=forms.RadioSelect, error_messages={"required": _("Choose which value.")}
    )
    reason = LineFormField(
        label=_("For what purpose?"),
        max_length=200,
        error_messages={"required": _("Say for what purpose you need it.")},
    )

    def __init__(self, *args, table: type[PersonalModel], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(field.name, field.verbose_name) for field in sealed_fields(table)]


class FileForm(VerbForm):
    """A paper kept with a record."""

    file = forms.FileField(
        label=_("Add a file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Choose a picture or a PDF.")},
    )


class OffPostForm(VerbForm):
    """That an officer has left the post."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=CHOOSE + OffPost.Reason.choices, error_messages={"required": _("Choose the reason.")}
    )
    valid_from = forms.DateField(
        label=_("Left the post"), widget=day_input(), error_messages={"required": _("Say on which day.")}
    )
    valid_to = forms.DateField(label=_("Back on post"), required=False, widget=day_input())
    due_back = forms.DateField(label=_("Return on"), required=False, widget=day_input())
    note = LineFormField(label=_("Note"), required=False, max_length=200)


class ReturnForm(VerbForm):
    """Since when an officer is back."""

    returned_on = forms.DateField(
        label=_("Back on post since"), widget=day_input(), error_messages={"required": _("Say on which day.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ObjectionForm(VerbForm):
    """What is wrong with an entry of the off-post ledger."""

    strike = forms.ChoiceField(
        label=_("What is asked"),
        choices=[("yes", _("Strike the entry: it is wrong altogether")), ("no", _("Correct its days"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    left_on = forms.DateField(label=_("Left the post, in truth"), required=False, widget=day_input())
    returned_on = forms.DateField(label=_("Back on post, in truth"), required=False, widget=day_input())
    grounds = TextFormField(
        label=_("Grounds"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is wrong, and what proves it.")},
    )

    def entries(self) -> dict[str, object]:
        return {**self.cleaned_data, "strike": self.cleaned_data["strike"] == "yes"}


class TitleForm(VerbForm):
    """The promotion of a year in which an officer takes part."""

    year = forms.IntegerField(
        label=_("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)], widget=number_input()
    )
    sought = forms.ChoiceField(
        label=_("Title applied for"),
        choices=CHOOSE + Officer.Title.choices,
        error_messages={"required": _("Choose the title.")},
    )
    note = LineFormField(label=_("Note"), required=False, max_length=200)


class OfficeChoice(forms.ModelChoiceField):
    def label_from_instance(self, office: Membership) -> str:
        return f"{office.get_role_display()} · {office.unit}"


class SubstituteForm(VerbForm):
    """A colleague who decides in one's place for a time. `entries()` is what `name_substitute` takes."""

    NAMES = {"acting_for": "office"}

    office = OfficeChoice(None, label=_("Office"), empty_label=None)
    user = forms.ModelChoiceField(
        None, label=_("Colleague"), empty_label="–", error_messages={"required": _("Choose a colleague.")}
    )
    valid_from = forms.DateField(
        label=_("From"), widget=day_input(), error_messages={"required": _("Say from which day.")}
    )
    valid_to = forms.DateField(
        label=_("Until"),
        help_text=_("The first day on which you decide yourself again."),
        widget=day_input(),
        error_messages={"required": _("Say until which day.")},
    )

    def __init__(self, data=None, *, user: User, today: date):
        super().__init__(data, initial={"valid_from": today})
        own = offices_to_leave(user, today)
        colleagues = [colleagues_of(office, today).values("pk") for office in own]
        people = User.objects.filter(pk__in=colleagues[0].union(*colleagues[1:])) if colleagues else User.objects.none()
        self.fields["office"].queryset, self.fields["user"].queryset = own, people.order_by("name")
