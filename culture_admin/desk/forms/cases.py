"""The form of a personnel case: what is asked depends on its kind."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.desk.forms.staff import CHOOSE, UNFILLED
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.actions.cases import LARGEST_PAY, PAY
from stations.models import Officer, OfficerPosting, PersonnelCase, Post, Station
from stations.models.posts import FULL_TIME

K = PersonnelCase.Kind
PERSON = ("name", "identity_number", "phone")
# What each kind asks besides the officer, the day and the reason.
ASKED = {
    K.APPOINTMENT: ("post", "username", *PERSON),
    K.RECRUITMENT: ("post", "share", *PERSON),
    K.TRANSFER_IN: ("post", "share", "other_unit", *PERSON),
    K.TRANSFER_OUT: ("posting", "other_unit"),
    K.DISMISSAL: ("posting", "grounds"),
    K.SECONDMENT: ("posting", "other_unit", "cultural", "until"),
    K.PAY: ("posting", "year", *PAY),
    K.REMOVAL: ("posting", "grounds"),
}
ALWAYS = ("officer", "effective_on", "reason", "late_reason")


def amount(label: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=LARGEST_PAY, decimal_places=2, required=False,
        widget=number_input(inputmode="decimal"),
    )  # fmt: skip


class PostChoice(forms.ModelChoiceField):
    """A post, with who holds it."""

    def label_from_instance(self, post: Post) -> str:
        held = _("held by %(name)s") % {"name": post.held_by_name} if post.held_by_name else _("vacant")
        return f"{post.name} ({held})"


class OfficerChoice(forms.ModelChoiceField):
    """An officer, with the open case about him: while there is one, no other is filed."""

    def label_from_instance(self, officer: Officer) -> str:
        if not officer.cases_in_hand:
            return officer.name
        [case] = officer.cases_in_hand
        return _("%(name)s · open case: %(kind)s, %(state)s") % {
            "name": officer.name,
            "kind": case.get_kind_display(),
            "state": case.get_state_display(),
        }


class PostingChoice(forms.ModelChoiceField):
    def label_from_instance(self, posting: OfficerPosting) -> str:
        return f"{posting.officer.name} · {posting.post.name}"


class CaseForm(VerbForm):
    """A case of one kind at one station. `entries()` is what `file_case` or `file_case_for_person` takes."""

    officer = OfficerChoice(
        None,
        label=_("Officer"),
        required=False,
        empty_label="–",
        error_messages={"required": _("Choose an officer.")},
    )
    name = LineFormField(
        label=pgettext_lazy("of a person", "Name"),
        required=False,
        max_length=60,
        help_text=_("Of somebody who is not on the list: new, or at another station."),
    )
    identity_number = LineFormField(
        label=_("Identity number"), required=False, max_length=30, widget=forms.TextInput(attrs=UNFILLED)
    )
    phone = LineFormField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={**UNFILLED, "inputmode": "tel"}),
    )
    post = PostChoice(
        None,
        label=_("Post to fill"),
        empty_label="–",
        error_messages={"required": _("Say which post is to be filled.")},
    )
    posting = PostingChoice(
        None, label=_("Posting concerned"), required=False, empty_label=_("The only one of the officer")
    )
    other_unit = LineFormField(required=False, max_length=100)
    cultural = forms.BooleanField(label=_("The officer does cultural work there"), required=False)
    grounds = forms.ChoiceField(
        label=_("Grounds"),
        choices=CHOOSE + PersonnelCase.Grounds.choices,
        error_messages={"required": _("Say on which grounds.")},
    )
    year = forms.IntegerField(
        label=_("Year"),
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        widget=number_input(),
        error_messages={"required": _("Say for which year.")},
    )
    basic = amount(_("Basic pay (yuan a month)"))
    performance = amount(_("Performance pay (yuan a month)"))
    allowances = amount(_("Allowances (yuan a month)"))
    effective_on = forms.DateField(
        label=_("Effective from"),
        widget=day_input(),
        help_text=_("File it before this day: nothing is done before the bureau has approved it."),
        error_messages={"required": _("Say from which day.")},
    )
    until = forms.DateField(
        label=_("Return on"), widget=day_input(), error_messages={"required": _("A secondment has a day of return.")}
    )
    share = forms.IntegerField(
        label=_("Share of full time (%)"), min_value=1, max_value=FULL_TIME, initial=FULL_TIME, widget=number_input()
    )
    username = LineFormField(
        label=_("Username of the head"),
        required=False,
        max_length=60,
        help_text=_("Of somebody who has an account in the town already, or of a new one."),
        widget=forms.TextInput(attrs={**UNFILLED, "autocapitalize": "none"}),
    )
    reason = TextFormField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is asked for.")},
    )
    late_reason = LineFormField(
        label=pgettext_lazy("a personnel case", "Why so late"),
        required=False,
        max_length=200,
        help_text=_("Only where it has been done already; the case is then marked as filed late."),
    )

    def __init__(self, *args, kind: str, user, station: Station, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, asked = kind, {*ALWAYS, *ASKED[K(kind)]}
        for name in self.fields.keys() - asked:
            del self.fields[name]
        officers = Officer.objects.visible_to(user).living()
        lasting = OfficerPosting.objects.lasting(today).filter(station=station, acting=False)
        if kind == K.REMOVAL:
            lasting = lasting.of_heads()
        if "posting" in self.fields:
            officers = officers.filter(pk__in=lasting.values("officer"))
            self.fields["posting"].queryset = lasting.select_related("officer", "post")
        if "post" in self.fields:
            posts = Post.objects.visible_to(user).existing(today).filter(station=station).with_holders(today)
            of_kind = Post.Kind.HEAD if kind == K.APPOINTMENT else Post.Kind.OFFICER
            self.fields["post"].queryset = posts.filter(kind=of_kind)
        in_hand = Prefetch("cases", PersonnelCase.objects.open(), to_attr="cases_in_hand")
        self.fields["officer"].queryset = officers.order_by("name").prefetch_related(in_hand)
        # Whom nobody knows yet is named instead, where a case takes somebody new.
        self.fields["officer"].required = "name" not in asked
        if "other_unit" in self.fields:
            self.fields["other_unit"].label = PersonnelCase.UNITS[K(kind)]
        self.order_fields(["officer", *PERSON, "post", "posting"])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("officer") is None and not cleaned.get("name") and "officer" not in self.errors:
            self.add_error("officer", ValidationError(_("Choose an officer."), code="required"))
        return cleaned

    def entries(self) -> dict[str, object]:
        """With an officer those of `file_case`, else with the person's those of `file_case_for_person`."""
        entries = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        unused = PERSON if entries["officer"] else ("officer",)
        return {name: value for name, value in entries.items() if name not in unused}


class ChangeCaseForm(CaseForm):
    """A draft, or what was returned; about whom it is stays. `entries()` is what differs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case: PersonnelCase, **kwargs):
        plain = (
            "other_unit",
            "cultural",
            "grounds",
            "year",
            "effective_on",
            "until",
            "share",
            "username",
            "reason",
            "late_reason",
            "version",
        )
        initial = {name: getattr(case, name) for name in plain} | {"post": case.post_id, "posting": case.posting_id}
        super().__init__(*args, kind=case.kind, station=case.station, initial=initial, **kwargs)
        for name in ("officer", *PERSON):
            self.fields.pop(name, None)
        for name in PAY:
            if name in self.fields:
                self.fields[name].help_text = _("Empty: all three stay as they are.")

    def clean(self) -> dict[str, object]:
        return forms.Form.clean(self) or self.cleaned_data

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
