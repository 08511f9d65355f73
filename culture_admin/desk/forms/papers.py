"""What is asked for on the page of a form to print."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.exchange.models import DocumentRegister


class PaperForm(VerbForm):
    """The PDF, or the next number of one of the reader's registers."""

    act = forms.ChoiceField(choices=[("pdf", ""), ("number", "")], widget=forms.HiddenInput)
    register = forms.ModelChoiceField(
        DocumentRegister.objects.none(),
        label=_("Register"),
        required=False,
        error_messages={"required": _("Choose the register that gives the number.")},
    )

    def __init__(self, data=None, *, registers):
        super().__init__(data)
        register = self.fields["register"]
        register.queryset = registers
        register.required = self.data.get("act") == "number"
        register.empty_label = None
