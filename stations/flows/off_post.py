"""The steps of the off-post ledger, of objections to it, and of applications for titles (DM-4, DOMAIN.md §4.2)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import follow, owe, record_entry, settle
from culture_admin.workflow.authority import Right, ask_about
from culture_admin.workflow.models import DUTIES, Duty
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.off_post import RETURN
from stations.actions.rows import OFFICIAL
from stations.models import OffPost, OffPostObjection, TitleApplication
from stations.models.service import eligibility

LEDGER, OBJECTIONS, PROMOTION = "stations.off_post", "stations.objections", "stations.promotion"
ANSWER = "stations.objection"
# A review is decided within thirty days (rules on appeals of staff of public institutions).
ANSWER_WITHIN = 30
ANSWER_BASIS = _("Regulations on Personnel of Public Institutions, Art. 38: a review is decided within thirty days")


def place_of(row: OffPost | TitleApplication) -> Place:
    return Place(row.station.division.path, row.station.division_id, row.station_id)


def ledger_content(row: OffPost) -> dict[str, object]:
    return {
        name: getattr(row, name)
        for name in ("officer_id", "station_id", "reason", "valid_from", "valid_to", "due_back", "note")
    }


def objection_content(row: OffPostObjection) -> dict[str, object]:
    own = {name: getattr(row, name) for name in ("off_post_id", "strike", "left_on", "returned_on", "grounds")}
    return own | {
        "entry": f"{row.off_post.get_reason_display()}, {row.off_post.valid_from}–{row.off_post.valid_to or ''}"
    }


def forget_return(rows: list[OffPost], actor, at: datetime) -> None:
    settle(rows, RETURN, at=at)


def owe_answer(rows: list[OffPostObjection], actor, at: datetime) -> None:
    """The bureau with which it was filed owes an answer."""
    today = timezone.localdate(at)
    for row in rows:
        seats = (line.rpartition("@")[2] for line in row.entrusted if line.startswith(f"{OBJECTIONS}:decide:"))
        unit = Unit.objects.filter(pk__in=[int(unit) for unit in seats]).first()
        if unit:
            owe(
                unit, code=ANSWER, label=_answer_label(row), basis=str(ANSWER_BASIS), opened_on=today,
                due_on=date.fromordinal(today.toordinal() + ANSWER_WITHIN), subject=row, again=True,
            )  # fmt: skip


def answered(rows: list[OffPostObjection], actor, at: datetime) -> None:
    settle(rows, ANSWER, at=at)


def correct(rows: list[OffPostObjection], actor, at: datetime) -> None:
    """What is upheld corrects the ledger, and with it everything that is counted from it."""
    for row in rows:
        entry = (
            OffPost.objects.select_for_update(of=("self",))
            .select_related("station__division", "officer")
            .get(pk=row.off_post_id)
        )
        with translation.override(OFFICIAL):
            comment = gettext("Objection upheld: %(grounds)s") % {"grounds": row.grounds[:200]}
        if row.strike:
            follow(OffPost.objects.filter(pk=entry.pk), "void", actor=actor, at=at, comment=comment)
            continue
        entry.valid_from, entry.valid_to = row.left_on or entry.valid_from, row.returned_on or entry.valid_to
        entry.version += 1
        entry.full_clean()
        entry.save()
        office = ask_about(row, Right(OBJECTIONS, "decide", place_of(entry)), actor).office
        record_entry(entry, step="change", office=office, actor=actor, at=at, from_state=entry.state, comment=comment)
    answered(rows, actor, at)


def off_post_then(row: TitleApplication, day: date) -> Obstacle | None:
    """Who was off post in the year takes no part in its promotion; the answer says rule, source and days."""
    found = eligibility(row.officer, row.year, day)
    if found.eligible:
        return None
    text = ngettext(
        "%(rule)s In %(year)d: %(days)d day off post, since %(first)s. Source: %(basis)s. Is an entry of the off-post ledger wrong, object to it.",
        "%(rule)s In %(year)d: %(days)d days off post, since %(first)s. Source: %(basis)s. Is an entry of the off-post ledger wrong, object to it.",
        found.days,
    )
    told = {
        "rule": found.rule,
        "year": row.year,
        "days": found.days,
        "first": found.entries[0].first,
        "basis": found.basis,
    }
    return Obstacle("off_post", text % told)


def _answer_label(row: OffPostObjection) -> str:
    return gettext("Answer the objection of %(name)s") % {"name": row.off_post.officer.name}


DUTIES[ANSWER] = Duty(_answer_label, ANSWER_BASIS, _("Answer to an objection of an officer"), seen_by=OBJECTIONS)

Entry, Objection, Title = OffPost.State, OffPostObjection.State, TitleApplication.State
register(
    Flow(
        model=OffPost,
        power=LEDGER,
        content=ledger_content,
        place=place_of,
        related=("station__division", "station__unit", "officer"),
        own_files=True,
        steps={
            "void": Step(
                _("Void"), [Entry.ON_RECORD], Entry.VOID, LEDGER, comment=True, after=forget_return, danger=True
            ),
        },
    )
)
register(
    Flow(
        model=OffPostObjection,
        power=OBJECTIONS,
        content=objection_content,
        labels={"entry": _("Entry of the ledger")},
        place=lambda row: place_of(row.off_post),
        related=("off_post__station__division", "off_post__station__unit", "off_post__officer"),
        filed_by="filed_by",
        own_files=True,
        steps={
            "submit": Step(
                _("Raise"),
                [Objection.DRAFT],
                Objection.RAISED,
                OBJECTIONS,
                verb="propose",
                after=owe_answer,
                submits=True,
            ),
            "uphold": Step(
                _("Uphold"),
                [Objection.RAISED],
                Objection.UPHELD,
                OBJECTIONS,
                comment=True,
                after=correct,
                waits=True,
                awaited=_("To be decided"),
            ),
            "dismiss": Step(
                _("Dismiss the objection"),
                [Objection.RAISED],
                Objection.DISMISSED,
                OBJECTIONS,
                comment=True,
                after=answered,
            ),
            "withdraw": Step(
                _("Withdraw"), [Objection.RAISED], Objection.WITHDRAWN, OBJECTIONS, verb="propose", after=answered
            ),
        },
    )
)
register(
    Flow(
        model=TitleApplication,
        power=PROMOTION,
        content=lambda row: {
            name: getattr(row, name) for name in ("officer_id", "station_id", "year", "sought", "note")
        },
        place=place_of,
        related=("station__division", "station__unit", "officer"),
        fetched=("officer__postings__post", "officer__absences"),
        filed_by="filed_by",
        own_files=True,
        steps={
            "submit": Step(
                _("File the application"),
                [Title.DRAFT],
                Title.FILED,
                PROMOTION,
                verb="propose",
                untimely=off_post_then,
                submits=True,
            ),
            "forward": Step(
                _("Forward to the review board"),
                [Title.FILED],
                Title.FORWARDED,
                PROMOTION,
                untimely=off_post_then,
                waits=True,
            ),
            "refuse": Step(pgettext_lazy("a case", "Refuse"), [Title.FILED], Title.REFUSED, PROMOTION, comment=True),
            "withdraw": Step(_("Withdraw"), [Title.FILED], Title.WITHDRAWN, PROMOTION, verb="propose", comment=True),
        },
    )
)
