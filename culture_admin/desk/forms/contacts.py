"""Open a telephone for a purpose, and enter one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.interfaces.text import LineFormField


class RevealForm(VerbForm):
    """For what purpose a telephone is opened; it stands in the read log."""

    reason = LineFormField(
        label=_("For what purpose?"),
        max_length=200,
        help_text=_("That you have opened it, and why, stands in the read log."),
        error_messages={"required": _("Say for what purpose you need it.")},
    )


class PhoneForm(VerbForm):
    """A telephone in place of the one that is kept; empty, it is taken out."""

    phone = LineFormField(
        label=_("Telephone"), required=False, max_length=40, help_text=_("Left empty: it is taken out.")
    )
