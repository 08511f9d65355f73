"""Photos and papers to be kept with a record."""

from __future__ import annotations

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; an empty one is refused by the verb, with the others."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs, allow_empty_file=True)

    def clean(self, data, initial=None):
        given = data or [None]
        return [super(FilesField, self).clean(one, initial) for one in given]


class PhotosForm(VerbForm):
    file = FilesField(
        label=_("Photos"),
        widget=SeveralFiles(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("They are made smaller, and where they were taken is removed."),
        error_messages={"required": _("Choose a photo.")},
    )

    def keep(self, *, actor, subject: Model) -> list[Attachment]:
        """Keeps with a record the files that can be kept; the others are faults of the form."""
        kept = [
            self.attempt(attach_file, actor=actor, subject=subject, name=sent.name, content=sent.read())
            for sent in self.cleaned_data["file"]
        ]
        return [one for one in kept if one]
