"""What every form of the desk stands on: entries that go to a verb, and the inputs a thumb can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.reach import is_steward, postings_at, reports_for_a_firm
from culture_admin.exchange.actions import RowsRefused
from culture_admin.exchange.reader import Unreadable
from culture_admin.workflow.actions import StepRefused
from stations.models import Facility, Station
from stewards.models import Posting

Result = TypeVar("Result")
# What Django says of a field in which nothing stands.
MISSING = [
    forms.Field.default_error_messages["required"],
    *(models.Field.default_error_messages[code] for code in ("null", "blank")),
]


class VerbForm(forms.Form):
    """A form whose entries go to a verb, which may refuse them.

    NAMES: fields that are called otherwise in the form than in the record. refused_with: the code with which the verb refused.
    """

    NAMES: dict[str, str] = {}
    refused_with = ""

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django does it; a message that only says that something is missing names what is."""
        if field in self.fields:
            found = error if isinstance(error, ValidationError) else ValidationError(error)
            error = ValidationError([self._named(field, one) for one in found.error_list])
        super().add_error(field, error)

    def _named(self, field: str, error: ValidationError) -> ValidationError:
        if str(error.message) not in map(str, MISSING):
            return error
        return ValidationError(_("Fill in “%(field)s”."), code=error.code, params={"field": self[field].label})

    def attempt(self, verb: Callable[..., Result], **entries: object) -> Result | None:
        """What the verb gives back; None when it refused, and then the faults stand at their fields."""
        try:
            return verb(**entries)
        except ValidationError as refused:
            self._take(refused)
        except StepRefused as refused:
            self.refused_with = refused.code
            reasons = refused.reasons or [(refused.code, refused.text, "")]
            self.add_error(None, [ValidationError(text, code=code) for code, text, _field in reasons])
        except Unreadable as refused:
            self.add_error("file" if "file" in self.fields else None, str(refused.message))
        except RowsRefused as refused:
            self.add_error(None, str(refused))
        return None

    def _take(self, refused: ValidationError) -> None:
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            shown = self.NAMES.get(name, name)
            self.add_error(shown if shown in self.fields and name != NON_FIELD_ERRORS else None, errors)


def day_input(**attrs: str) -> forms.DateInput:
    """The device's own picker of dates."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def clock_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def number_input(**attrs: str) -> forms.TextInput:
    """Digits on the device's number pad. A field of type number would change them when a thumb scrolls over it."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", **attrs})


class RoomChoice(forms.ModelChoiceField):
    """A room of the station, with how many it holds."""

    def label_from_instance(self, room: Facility) -> str:
        held = _("%(people)d people") % {"people": room.capacity} if room.capacity else ""
        return f"{room.name} ({held})" if held else room.name


class PostingChoice(forms.ModelChoiceField):
    default_error_messages = {"required": _("Name the steward.")}

    def label_from_instance(self, posting: Posting) -> str:
        end = f" – {posting.valid_to}" if posting.valid_to else ""
        return f"{posting.steward.name} ({posting.valid_from}{end})"


def offer_postings(form: forms.Form, user, station: Station) -> None:
    """Lets the form's `posting` choose among those the user may name; a steward's is his own of the day, whichever it is."""
    if is_steward(user):
        del form.fields["posting"]
        return
    posting = form.fields["posting"]
    posting.queryset, posting.required = postings_at(user, station), reports_for_a_firm(user)
    posting.empty_label = "" if posting.required else _("The station itself")
