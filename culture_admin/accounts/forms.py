"""The forms of the doors: sign in, first password."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 128


class SignInForm(AuthenticationForm):
    """One answer for a wrong name, a wrong password, a closed and a locked account."""

    error_messages = {
        "invalid_login": _("The username or password is wrong, or the account is locked."),
        "inactive": _("The username or password is wrong, or the account is locked."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].max_length = LONGEST_PASSWORD
        self.fields["password"].widget.attrs["maxlength"] = LONGEST_PASSWORD

    def clean_username(self):
        """No account has such a name; the lock-out's table would not hold it either."""
        username = self.cleaned_data["username"]
        if len(username) > self.fields["username"].max_length or "\x00" in username:
            raise self.get_invalid_login_error()
        return username

    def clean_password(self):
        password = self.cleaned_data["password"]
        if len(password) > LONGEST_PASSWORD or "\x00" in password:
            raise forms.ValidationError(
                _("A password has at most %(most)d characters.") % {"most": LONGEST_PASSWORD}, code="password_too_long"
            )
        return password

    def is_valid_without_asking(self) -> None:
        """Shows the one answer without looking at the password: the account is locked."""
        self.cleaned_data = {}
        self._errors = ErrorDict()
        self.add_error(None, self.error_messages["invalid_login"])


class CodeForm(forms.Form):
    """Six digits of an app, or a recovery code."""

    code = forms.CharField(
        label=_("Six digits or a recovery code"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
        error_messages={"required": _("Give the code.")},
    )


def password_field(autocomplete: str, **words) -> forms.CharField:
    return forms.CharField(
        label=words["label"],
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": words["missing"]},
    )


class FirstPasswordForm(forms.Form):
    """A password, twice."""

    password = password_field("new-password", label=_("New password"), missing=_("Write the new password."))
    again = password_field("new-password", label=_("Once more"), missing=_("Write the new password once more."))

    @staticmethod
    def rules() -> list[str]:
        return password_validators_help_texts()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class ChangePasswordForm(FirstPasswordForm):
    """The present password, and a new one twice."""

    present = password_field("current-password", label=_("Present password"), missing=_("Write the present password."))
    field_order = ["present", "password", "again"]
