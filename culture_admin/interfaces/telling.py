"""A reader's notices as pages show them, and the form in which he says how he wants to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.actions import prefer
from culture_admin.workflow.channels import open_channels
from culture_admin.workflow.models import Channel, Contact, Notice, Preference
from culture_admin.workflow.notice_words import read, said, why

# The bell counts no further.
MOST = 99


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in words."""

    pk: int
    kind: str
    label: object
    text: str
    below: str
    at: datetime
    fresh: bool
    subject: Model | None


@dataclass(frozen=True, slots=True)
class Way:
    """How the reader is told by one channel: what he chose, and the address as far as it is shown."""

    channel: Channel
    mode: str
    address: str


def told(notices: Sequence[Notice], user) -> list[Told]:
    """Notices in the reader's language, with the records he may see; of those `with_reading` it tells which are unread."""
    return [
        Told(
            notice.pk,
            notice.kind,
            notice.get_kind_display(),
            said(notice),
            why(notice),
            notice.at,
            not (notice.over_at or getattr(notice, "read", True)),
            notice.subject,
        )
        for notice in read(notices, user)
    ]


def unread(user) -> int:
    """How many notices of the user's are unread, up to MOST and one more."""
    return Notice.objects.visible_to(user).unread(user).order_by()[: MOST + 1].count()


def ways(user) -> list[Way]:
    """How the user is told by each channel that is open here."""
    modes = dict(Preference.objects.filter(user=user).values_list("channel", "mode"))
    contact = Contact.objects.filter(user=user).first()
    return [
        Way(
            Channel(channel),
            modes.get(channel, Preference.Mode.DIGEST),
            str(getattr(contact, channel) or "") if contact else "",
        )
        for channel in open_channels()
    ]


class WayForm(forms.Form):
    """How one channel is to tell the reader; an address that is left empty stays as it is."""

    mode = forms.ChoiceField(label=_("How often"), choices=Preference.Mode.choices)
    address = forms.CharField(label=_("Address"), required=False, max_length=120, strip=True)
    forget = forms.BooleanField(label=_("Take the address away"), required=False)

    def save(self, user, channel: str) -> bool:
        """Keeps it; False with the faults at their fields where it is refused."""
        said = self.cleaned_data
        address = "" if said["forget"] else said["address"] or None
        try:
            prefer(actor=user, channel=channel, mode=said["mode"], address=address)
        except ValidationError as refused:
            self.add_error("address", refused.error_dict.get("address", [refused]))
            return False
        return True


def way_forms(user, posted: Mapping[str, str] | None = None) -> list[tuple[Way, WayForm]]:
    """A form for each channel that is open here; the one named by `channel` has what was posted."""
    chosen = (posted or {}).get("channel")
    return [
        (
            way,
            WayForm(
                posted if way.channel == chosen else None, initial={"mode": way.mode}, auto_id=f"id_{way.channel}_%s"
            ),
        )
        for way in ways(user)
    ]


def keep_way(user, posted: Mapping[str, str]) -> list[tuple[Way, WayForm]] | None:
    """Keeps what was posted for a channel; the forms with the faults where it was refused."""
    found = way_forms(user, posted)
    for way, form in found:
        if form.is_bound and form.is_valid() and form.save(user, way.channel):
            return None
    return found
