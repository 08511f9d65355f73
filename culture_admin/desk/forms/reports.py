"""Send in an information report, and change it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Report


class ReportForm(VerbForm):
    """What a town or its station tells the bureau."""

    title = LineFormField(
        label=pgettext_lazy("a document", "Title"),
        max_length=100,
        error_messages={"required": pgettext_lazy("a document", "Write the title.")},
    )
    text = TextFormField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write what is new.")},
    )
    author = LineFormField(label=_("Author"), required=False, max_length=60)


class ChangeReportForm(ReportForm):
    """A report that nobody has taken up yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, report: Report, **kwargs):
        names = ("title", "text", "author", "version")
        super().__init__(data, initial={name: getattr(report, name) for name in names}, **kwargs)

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
