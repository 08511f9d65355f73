"""A roster of officers: its rows matched to the files of the station, written by the verbs of files and posts, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import ask
from culture_admin.accounts.personal.masks import hide, hide_identity_number, hide_phone
from culture_admin.accounts.personal.numbers import born_on
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions.officers import POWER
from stations.actions.roster_rules import FACTS, HEAD, TEXTS, Fault, Place, Roster, Row, faults_of_file
from stations.actions.rosters import Entry, enter_roster, take_back_roster
from stations.actions.rows import office_of
from stations.models import Officer, OfficerPosting, Post, Station

# No station has more people; what is longer is the roster of a county, and belongs to its stations one by one.
MOST = 300
READ = (
    *FACTS, "station", "identity_number", "phone", "birth_date", "birth_known", "post", "post_kind", "tenure", "share",
    "valid_from", "valid_to", "last_day", "document",
)  # fmt: skip
NO_POST = "none"
# How what is refused is repeated where it is personal; all else stands as it was read.
HIDDEN = {"identity_number": hide_identity_number, "phone": hide_phone, "birth_date": hide}
# Fields that are settled from others, and the one under which the sheet has its word.
OTHER_WORD = {"tenure": "_tenure", "title": "_title", "education": "_education"}


def plan_officers(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows to the files of the station, and finds for each the post it takes; asks a fixed number of queries."""
    blank: list[None] = [None] * len(records)
    columns = {name: list(records.values.get(name, blank)) for name in READ}
    plan = Plan(records, [NEW] * len(records), list(blank), columns)
    plan.columns["place"] = list(blank)
    roster = Roster(unit, columns["identity_number"], today)
    posts_too = bool(ask(actor.offices, POWER, "decide", path=unit.division.path))
    if not posts_too and any(kind not in (None, NO_POST) for kind in columns["post_kind"]):
        message = _(
            "From this sheet only files are opened: posts and postings are entered by the bureau's personnel section."
        )
        plan.notes.append({"row": None, "sheet": "", "code": "posts_left_out", "message": message})
    seen: dict[Any, int] = {}
    for position in range(len(records)):
        row = _row(columns, position)
        officer, fault = roster.whom(row)
        faults = [fault] if fault else list(faults_of_file(row, officer, unit))
        faults += _faults_of_place(plan, position, seen, row, officer)
        posted = roster.serves(officer) if officer else None
        wanted = posts_too and row["post_kind"] not in (None, NO_POST) and posted is None
        place: Place | None = None
        if wanted:
            faults += roster.faults_of_posting(row, officer)
            if not faults:
                place, fault = roster.take(row)
                faults += [fault] if fault else []
        if faults:
            _refuse(plan, position, faults)
            continue
        plan.columns["place"][position] = place
        plan.existing[position] = officer.pk if officer else None
        plan.status[position] = NEW if officer is None else CHANGED if place else SAME
        _tell(plan, position, row, officer, posted, place)
    return plan


def write_officers(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Opens the new files and enters who holds which post; returns how many rows that were."""
    station = Station.objects.select_related("division", "unit").get(pk=batch.unit_id)
    written = sorted([*plan.positions(NEW), *plan.positions(CHANGED)])
    there = Officer.objects.select_related("user", "station").in_bulk(
        [pk for position in written if (pk := plan.existing[position])]
    )
    entries = []
    for position in written:
        row = _row(plan.columns, position)
        posted = {name: row[name] for name in ("valid_from", "valid_to", "share")} | {"document": row["document"] or ""}
        officer = there.get(plan.existing[position] or 0)
        entries.append(Entry(_file(row), officer, row["place"], posted))
    made = enter_roster(actor=actor, at=at, station=station, entries=entries)
    batch.changes = {name: [one.pk for one in rows] for name, rows in vars(made).items()}
    return len(written)


def undo_officers(batch: Import, actor, at: datetime) -> int:
    """Strikes out the postings, posts and files that the import brought in, personal data included, if nobody touched them."""
    made = batch.changes
    office_of(actor, POWER, "decide", "propose", path=batch.unit.division.path)
    station = Station.objects.select_related("division", "unit").get(pk=batch.unit_id)
    officers = list(
        Officer.objects.filter(pk__in=made["officers"]).select_related("station__division", "station__unit")
    )
    posts = list(Post.objects.filter(pk__in=made["posts"]).select_related("station__division", "station__unit"))
    postings = list(OfficerPosting.objects.filter(pk__in=made["postings"]))
    touched = sum(one.version != 1 or one.state == one.State.VOID for one in (*officers, *postings))
    touched += sum(post.version != 1 for post in posts)
    touched += _used(officers, posts, postings)
    if touched:
        raise StepRefused(
            "touched_since",
            _("%(count)d of the rows were changed after the import; they would be lost.") % {"count": touched},
        )
    comment = _("Import undone: %(file)s") % {"file": batch.file_name}
    if postings:
        perform(postings, "void", actor=actor, at=at, comment=comment)
    take_back_roster(
        actor=actor, at=at, station=station, officers=made["officers"], posts=made["posts"], comment=comment
    )
    return len(officers) + len(postings)


def _row(columns: Mapping[str, Sequence[Any]], position: int) -> Row:
    row = {name: column[position] for name, column in columns.items()}
    return row | {"born": born_on(row["identity_number"]) if row["identity_number"] else None}


def _file(row: Row) -> dict[str, Any]:
    """What `record_officer` takes of a row; of a day of birth known by its month alone nothing is kept."""
    said = {name: row[name] or "" if name in TEXTS else row[name] for name in FACTS}
    born = row["birth_date"] if row["birth_known"] == "day" and not row["born"] else None
    return said | {
        "identity_number": row["identity_number"] or "", "phone": row["phone"] or "", "birth_date": born,
    }  # fmt: skip


def _faults_of_place(plan: Plan, position: int, seen: dict[Any, int], row: Row, officer: Officer | None) -> list[Fault]:
    """Whether the row stands too far down, or somebody stands on the roster twice."""
    if position >= MOST:
        message = _("A roster of one station has at most %(most)d rows; bring each station's in by itself.")
        return [("name", "rows_many", message % {"most": MOST})]
    keys = (officer.pk if officer else row["identity_number"], row["name"])
    # Of two who are called the same, one may be another: his number tells.
    first = seen.get(keys[0] or keys[1])
    for key in keys:
        seen.setdefault(key, position)
    if first is None:
        return []
    message = _("%(name)s stands in row %(row)d already. If it is another person, write both identity numbers.")
    return [("name", "officer_twice", message % {"name": row["name"], "row": plan.records.rows[first]})]


def _refuse(plan: Plan, position: int, faults: Sequence[Fault]) -> None:
    words = plan.records.words
    cells: list[FaultyCell] = [
        {
            "column": words.get(field) or words.get(OTHER_WORD.get(field, "")),
            "value": _shown(plan, field, position),
            "code": code,
            "message": message,
        }
        for field, code, message in faults
    ]
    plan.status[position] = None
    plan.refusals.append(
        {"row": plan.records.rows[position], "sheet": plan.records.sheets[position], **cells[0], "also": cells[1:]}
    )


def _shown(plan: Plan, field: str, position: int) -> str:
    value = plan.columns[field][position]
    if value is None:
        return ""
    return HIDDEN.get(field, str)(str(value))


def _tell(
    plan: Plan, position: int, row: Row, officer: Officer | None, posted: OfficerPosting | None, place: Place | None
) -> None:
    """What a person should know of a row that is taken."""
    if officer:
        message = _("%(name)s is on file already; the file stays as it is.")
        plan.note(position, "officer_there", message % {"name": row["name"]})
    if posted and row["post_kind"] not in (None, NO_POST, posted.post.kind):
        message = _("%(name)s holds another post by the record, %(post)s; a change of post goes by a personnel case.")
        plan.note(position, "post_differs", message % {"name": row["name"], "post": posted.post.name})
    if officer is None and row["birth_date"] and row["birth_known"] != "day" and not row["born"]:
        plan.note(position, "birth_left_out", _("The day of birth is not written in full and is left out."))
    if place is None:
        return
    if place.pk is None:
        plan.note(position, "post_new", _("A new post comes in: %(post)s.") % {"post": place.name})
    if place.kind == HEAD:
        message = _(
            "%(name)s comes in as the head in office since %(day)s, on the word of this roster. Every later head is appointed"
            " in a personnel case."
        )
        plan.note(position, "head_entered", message % {"name": row["name"], "day": row["valid_from"]})


def _used(officers: Sequence[Officer], posts: Sequence[Post], postings: Sequence[OfficerPosting]) -> int:
    """How many of the files and posts have come to bear something else."""
    own = [posting.pk for posting in postings]
    others = OfficerPosting.objects.exclude(pk__in=own)
    used = others.filter(officer__in=officers).values("officer").distinct().count()
    used += others.filter(post__in=posts).values("post").distinct().count()
    files = Officer.objects.filter(pk__in=[officer.pk for officer in officers])
    about = Q(cases__isnull=False) | Q(absences__isnull=False) | Q(user__isnull=False)
    return used + files.filter(about).distinct().count()
