"""How the desk writes things: heads, class hours, numbers, the bar of places, the control a fault belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django import forms, template
from django.db.models import Model
from django.urls import is_valid_path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from activities.models import Activity
from assessments.naming import title_name
from culture_admin.accounts.roles import Role
from culture_admin.desk.addresses import open_address_of
from culture_admin.desk.forms.activities import hours_of
from culture_admin.desk.steps import Matrix
from culture_admin.desk.timeline import Moment
from culture_admin.interfaces.permissions import WRITERS as WRITERS_OF_THE_MATRIX
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.telling import MOST, unread
from culture_admin.scoring.explained import enough, scored, shown
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import plain
from culture_admin.statistics.register import METRICS, Events
from culture_admin.statistics.tallies import Number
from culture_admin.workflow.explaining import Button, Explained, explain, grey
from culture_admin.workflow.models import Deadline
from stations.models import Officer, OfficerPosting, OffPost

# What every flow calls the state of what came back.
RETURNED = "returned"

register = template.Library()
register.filter("hours", hours_of)

# Address, words, icon, the power whose writers see it, and whether a phone's bar has room for it; `more` leads to the rest.
TABS = (
    ("desk:today", gettext_lazy("Today"), "today", "", True),
    ("desk:log", gettext_lazy("Log"), "add", "activities", True),
    ("desk:panel", gettext_lazy("On the spot"), "tick", "assessments.panel", True),
    ("desk:calendar", gettext_lazy("Calendar"), "calendar", "", True),
    ("desk:month", pgettext_lazy("a tab", "Month"), "sheet", "activities.returns", True),
    ("desk:activities", gettext_lazy("Activities"), "list", "", False),
    ("desk:confirm", gettext_lazy("To confirm"), "tick", "confirm", False),
    ("desk:teams", gettext_lazy("Teams"), "people", "", False),
    ("desk:circulars", gettext_lazy("Circulars"), "sheet", "stations.replies", False),
    ("desk:visit_days", gettext_lazy("Visit days"), "calendar", "stations.visits", False),
    ("desk:assessments", gettext_lazy("Assessment"), "chart", "assessments.self", False),
    ("desk:firm", gettext_lazy("My firm"), "people", "stewards", True),
    ("desk:contracts", gettext_lazy("Contracts"), "sheet", "stewards.contracts", False),
    ("desk:numbers", gettext_lazy("Numbers"), "chart", "", False),
    ("desk:more", gettext_lazy("More"), "more", "", True),
)
# Who works in the bureau's pages and comes here for a paper or a record goes back there.
OF_BUREAU = (
    ("admin:index", gettext_lazy("To the bureau's pages"), "today", "", True),
    ("desk:papers", gettext_lazy("Forms to print"), "sheet", "", True),
)
WRITERS = {
    "assessments.panel": ("decide",),
    "activities": ("decide", "propose"),
    "confirm": ("decide",),
    "activities.returns": ("see",),
    "stations.replies": ("propose",),
    "stations.visits": ("propose",),
    "assessments.self": ("propose", "decide"),
    "stewards": ("propose",),
    "stewards.contracts": ("see",),
}


@register.inclusion_tag("desk/tabs.html", takes_context=True)
def tabs(context: template.Context) -> dict[str, object]:
    """The places of the desk that this user has work at."""
    request = context["request"]
    at_desk = request.user.works_at_desk or not request.user.is_staff
    offered = [
        {
            "address": reverse(name),
            "label": label,
            "icon": icon,
            "wide": not phone,
            "act": icon == "add",
        }
        for name, label, icon, power, phone in (TABS if at_desk else OF_BUREAU)
        if not power or may_write(request.user, "activities" if power == "confirm" else power, WRITERS[power])
    ]
    # The deepest place whose address begins this page's; the first page begins every address and is the place of itself alone.
    first, rest = reverse("desk:today"), reverse("desk:more") if at_desk else ""
    deeper = [tab["address"] for tab in offered if tab["address"] != first and request.path.startswith(tab["address"])]
    here = first if request.path == first else max(deeper, key=len, default=rest)
    return {"tabs": offered, "here": here, "page": request.path}


@register.simple_tag(takes_context=True)
def way_back(context: template.Context) -> str:
    """The page that a form was come from: the nearest one above its address, else the first page of the reader's role."""
    request = context["request"]
    parts = request.path.strip("/").split("/")
    above = (f"/{'/'.join(parts[:number])}/" for number in range(len(parts) - 1, 1, -1))
    first = reverse("desk:today" if request.user.works_at_desk else "home")
    return next((address for address in above if is_valid_path(address)), first)


@register.simple_tag(takes_context=True)
def explained(context: template.Context, matrix: Matrix) -> Explained:
    """Who decides about a record, told to whoever reads the page."""
    return explain(context["request"].user, matrix.model, matrix.record, writers=WRITERS_OF_THE_MATRIX)


@register.simple_tag(takes_context=True)
def unread_notices(context: template.Context) -> str:
    """How many notices the reader has not read, as the bell says it; "" for none."""
    number = unread(context["request"].user)
    return f"{MOST}+" if number > MOST else str(number or "")


@register.simple_tag
def shut(buttons: Sequence[Button] | str) -> list[tuple[str, list[Button]]]:
    """The grey ones of a record's buttons by their reason."""
    return grey(buttons or ())


@register.filter
def why_returned(timeline: Sequence[Moment] | str) -> str:
    """Why a record came back, as long as nothing has followed; "" where it did not."""
    last = next((moment for moment in timeline or () if moment.state), None)
    return last.comment if last and last.state == RETURNED else ""


@register.filter
def focus(field: forms.BoundField) -> str:
    """The id of the control that a link to the field leads to; of radio buttons the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def heads(activity: Activity) -> str:
    """The people of an activity in words: a number, an estimate, or that none is recorded."""
    if activity.attendance is None and activity.online_attendance is None:
        return _("not recorded")
    counted = [
        (_("%(number)s on the spot"), activity.attendance),
        (_("%(number)s online"), activity.online_attendance),
    ]
    about = _("about %(number)s") if activity.estimated else "%(number)s"
    return " · ".join(
        text % {"number": about % {"number": f"{number:,}"}} for text, number in counted if number is not None
    )


@register.filter
def of(values: Mapping, key: object) -> object:
    """What a mapping has under a key."""
    return values.get(key)


@register.filter
def posts_today(officer: Officer) -> list[OfficerPosting]:
    """The posts an officer holds or acts in today."""
    return [posting for posting in officer.postings.all() if posting.holds(timezone.localdate())]


@register.filter
def away_today(officer: Officer) -> OffPost | None:
    """Why an officer is not on post today."""
    return next((entry for entry in officer.absences.all() if entry.holds(timezone.localdate())), None)


@register.filter
def item(values: Sequence, index: int) -> object:
    """What a sequence has at a place."""
    return values[index]


@register.filter
def stars(number: int) -> str:
    """A rating as it is drawn on a plate."""
    return "★" * number


@register.filter
def role(code: str) -> str:
    """A role in words."""
    return str(Role(code).label)


@register.filter
def amount(value: Number | None) -> str:
    """A number with its thousands told apart and without idle zeros; a dash for what is not recorded."""
    if value is None:
        return "–"
    whole, _point, part = f"{value:,}".partition(".")
    return f"{whole}.{part}".rstrip("0").rstrip(".") if part else whole


@register.simple_tag(takes_context=True)
def where_done(context: template.Context, duty: Deadline) -> str:
    """Where what is owed is done; "" where no page of the desk is made for it, or the reader has none there."""
    return open_address_of(duty.subject, context["request"].user) if duty.subject else ""


@register.filter
def yuan(value: Number | None) -> str:
    """An amount of money with its two decimals; a dash for what is not recorded."""
    return "–" if value is None or value == "" else f"{value:,.2f}"


@register.filter
def points(value: Decimal | None) -> str:
    """Points, or a counted number, at most to four decimals; a dash for none."""
    return shown(value) or "–"


@register.filter
def score(value: Decimal | None) -> str:
    """A score; a dash for none."""
    return "–" if value is None else scored(value)


@register.filter
def titled(title: str, scheme: Scheme) -> str:
    """A title as the scheme calls it in the reader's language; "" for none."""
    return title_name(scheme, title)


@register.filter
def about(value: Decimal | None) -> str:
    """Points as an estimate: at most two decimals; a dash for none."""
    return "–" if value is None else plain(round(value, 2))


@register.simple_tag
def day_of(record: Model, metric: str) -> date | None:
    """The day of which an amount counts a record; None of what is in force."""
    fact = METRICS[metric].amounts[0].fact
    day = getattr(record, fact.date, None) if isinstance(fact, Events) else None
    return day if isinstance(day, date) else None


register.filter(enough)


@register.filter
def signed(value: Decimal | None) -> str:
    """A change of points with its sign; a dash for none."""
    return "–" if value is None else f"{'+' if value > 0 else ''}{shown(value)}"


@register.filter
def exact(value: Decimal | None) -> str:
    """Points to the last digit, so that what is added up is what stands below; a dash for none."""
    return plain(value) or "–"


@register.simple_tag(takes_context=True)
def page_of(context: template.Context, record: Model) -> str:
    """The page of a record on the desk; "" where there is none for its reader."""
    return open_address_of(record, context["request"].user)


@register.filter
def named_record(record: Model) -> str:
    """A record as an address names it: activities.activity:12."""
    return f"{record._meta.label_lower}:{record.pk}"


@register.filter
def share(value: Number | None) -> str:
    """A share as a percentage, to a tenth where it is not whole; a dash for what is not recorded."""
    return "–" if value is None else f"{value * 100:.1f}".removesuffix(".0") + " %"


@register.filter
def said(value: object) -> object:
    """What stands beside a label: a day as the reader's language writes it, an amount with its decimals, anything else as it is."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return yuan(value) if isinstance(value, Decimal) else value


@register.filter
def lasting(first: date, last: date | None) -> str:
    """From one day to another, or since a day."""
    begin = date_format(first, "DATE_FORMAT")
    return f"{begin} – {date_format(last, 'DATE_FORMAT')}" if last else _("since %(day)s") % {"day": begin}


@register.filter
def until(day: date, today: date) -> str:
    """How far a day is from today, in words."""
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days} if days else _("due today")
