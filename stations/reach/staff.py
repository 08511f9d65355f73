"""What a change of boundaries does to the people of stations: posts, who holds them, files, time off post, pairings.

The staff of a station that is merged goes over with it, each in a post like his own. Who heads it is decided by an appointment,
never by a change of boundaries: the post of head ends with the station.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from stations.actions.rows import enter
from stations.actions.seats import Leaving, Taking, leave_posts, take_posts
from stations.models import Officer, OfficerPosting, OffPost, Pairing, PairingVisit, Post, Station

# What a carried post, or a carried pairing, has of its own.
OWN = {"id", "station", "county", "valid_from", "version"}


def _lasting(shift: Shift, rows: QuerySet) -> QuerySet:
    """Those at the stations concerned that are not over on the day."""
    return rows.filter(station__in=shift.stations).filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))


def _posts_of(shift: Shift) -> QuerySet[Post]:
    return _lasting(shift, Post.objects.select_related("station__unit")).order_by("station", "kind", "pk")


def _fate_of_post(shift: Shift, post: Post) -> str:
    if post.station_id not in shift.merged:
        return "moves"
    if shift.merged[post.station_id] and post.kind != Post.Kind.HEAD:
        return "carried"
    return "ends" if post.valid_from < shift.on else "stranded"


def _posts(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), _fate_of_post(shift, row)) for row in _posts_of(shift)]


def _carry_posts(shift: Shift, actor, at: datetime) -> None:
    for post in _posts_of(shift):
        fate, rows = _fate_of_post(shift, post), Post.objects.filter(pk=post.pk)
        if fate == "carried":
            into = shift.merged[post.station_id]
            if post.valid_from < shift.on:
                shift.carried[Post, post.pk] = _post_like(shift, post, into)
            else:
                rows.update(station=into, version=F("version") + 1)
        if fate in ("carried", "ends") and post.valid_from < shift.on:
            rows.update(valid_to=shift.on, version=F("version") + 1)


def _post_like(shift: Shift, post: Post, into: int | None) -> int:
    fields = {
        field.attname: getattr(post, field.attname) for field in Post._meta.concrete_fields if field.name not in OWN
    }
    taken = Post.objects.filter(station=into, name=post.name).filter(Q(valid_to=None) | Q(valid_to__gt=shift.on))
    if taken.exists():
        fields["name"] = f"{post.name}（{post.station.unit.name_zh}）"[:60]
    return Post.objects.create(**fields, station_id=into, valid_from=shift.on).pk


def _postings_of(shift: Shift) -> QuerySet[OfficerPosting]:
    rows = OfficerPosting.objects.filter(state=OfficerPosting.State.VALID)
    return (
        _lasting(shift, rows)
        .select_related("officer__user", "officer__station", "post", "station__unit", "station__division")
        .order_by("station", "post__kind", "pk")
    )


def _fate_of_posting(shift: Shift, posting: OfficerPosting) -> str:
    if posting.station_id not in shift.merged:
        return "moves"
    if shift.merged[posting.station_id] and posting.post.kind != Post.Kind.HEAD:
        return "carried"
    return "ends" if posting.valid_from < shift.on else "cancelled"


def _postings(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), _fate_of_posting(shift, row)) for row in _postings_of(shift)]


def _move_postings(shift: Shift, actor, at: datetime) -> None:
    """Who is carried leaves his post and takes up the one like it on the same day, his account's office with it."""
    why = _("Change of boundaries: %(document)s") % {"document": shift.change.document}
    for posting in list(_postings_of(shift)):
        fate, begins, until = _fate_of_posting(shift, posting), posting.valid_from, posting.valid_to
        if fate == "moves":
            county = shift.stations[posting.station_id].county_id
            OfficerPosting.objects.filter(pk=posting.pk).update(county=county, version=F("version") + 1)
            continue
        # His office has ended with the station; one that winds it up begins on this very day and goes on.
        leave_posts([Leaving(posting, shift.on, None, why, unseated=True)], actor=actor, at=at)
        if fate == "carried":
            key = shift.carried.get((Post, posting.post_id), posting.post_id)
            taking = Taking(
                officer=posting.officer,
                post=Post.objects.select_related("station__unit", "station__division").get(pk=key),
                on=max(shift.on, begins),
                office=None,
                until=until,
                share=posting.share,
                acting_in_it=posting.acting,
                document=shift.change.document,
                comment=why,
            )
            take_posts([taking], actor=actor, at=at)


def _files_of(shift: Shift) -> QuerySet[Officer]:
    rows = Officer.objects.living().filter(station__in=shift.stations)
    return rows.select_related("station__unit").order_by("station", "pk")


def _fate_of_file(shift: Shift, officer: Officer) -> str:
    if officer.station_id not in shift.merged:
        return "moves"
    return "carried" if shift.merged[officer.station_id] else "stranded"


def _files(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, f"{row.name} · {row.station}", _fate_of_file(shift, row)) for row in _files_of(shift)]


def _carry_files(shift: Shift, actor, at: datetime) -> None:
    for key, seat in shift.stations.items():
        into = shift.merged.get(key, key)
        if into:
            rows = Officer.objects.living().filter(station=key)
            rows.update(station=into, county=seat.county_id, version=F("version") + 1)


def _absences_of(shift: Shift) -> QuerySet[OffPost]:
    rows = _lasting(shift, OffPost.objects.standing())
    return rows.select_related("officer", "station__unit").order_by("station", "pk")


def _absences(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row.officer.name} · {row.station} · {row.valid_from}", _left(shift, row.station_id))
        for row in _absences_of(shift)
    ]


def _left(shift: Shift, station: int) -> str:
    """What becomes of something that stays with its station, whatever becomes of that."""
    if station not in shift.merged:
        return "moves"
    return "wound_up" if shift.merged[station] else "stranded"


def _pairings_of(shift: Shift) -> QuerySet[Pairing]:
    return _lasting(shift, Pairing.objects.select_related("backbone", "station__unit__division")).order_by(
        "station", "pk"
    )


def _fated_pairings(shift: Shift) -> Iterator[tuple[Pairing, str]]:
    """Each with what becomes of it: a professional helps the stations of his county, each once."""
    helped = set(
        Pairing.objects.filter(Q(valid_to=None) | Q(valid_to__gt=shift.on), station__in=filter(None, shift.merged.values()))
        .values_list("backbone", "station")
    )  # fmt: skip
    for pairing in _pairings_of(shift):
        key, into = pairing.station_id, shift.merged.get(pairing.station_id)
        over = "ends" if pairing.valid_from < shift.on else "stranded"
        if _leaves_county(shift, pairing):
            yield pairing, over
        elif key not in shift.merged:
            yield pairing, "moves"
        elif not into or (pairing.backbone_id, into) in helped:
            yield pairing, over
        else:
            helped.add((pairing.backbone_id, into))
            yield pairing, "carried"


def _leaves_county(shift: Shift, pairing: Pairing) -> bool:
    """Whether the station comes to lie in a county that is not, nor follows, the one in which the two were paired."""
    seat = shift.stations[pairing.station_id]
    while seat.level not in ("county", "prefecture", "province") and seat.parent:
        seat = seat.parent
    followers = [heir.division for heir in shift.heirs.get(pairing.county_id, ())]
    return seat.pk != pairing.county_id and not any(seat is follower for follower in followers)


def _pairings(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, f"{row.backbone.name} · {row.station}", effect) for row, effect in _fated_pairings(shift)]


def _move_pairings(shift: Shift, actor, at: datetime) -> None:
    for pairing, effect in list(_fated_pairings(shift)):
        rows, county = Pairing.objects.filter(pk=pairing.pk), shift.stations[pairing.station_id].county_id
        if effect == "moves":
            rows.update(county=county, version=F("version") + 1)
        elif effect == "carried" and pairing.valid_from >= shift.on:
            rows.update(station=shift.merged[pairing.station_id], county=county, version=F("version") + 1)
        elif effect in ("ends", "carried"):
            rows.update(valid_to=shift.on, version=F("version") + 1)
            if effect == "carried":
                _carry_pairing(shift, pairing)


def _carry_pairing(shift: Shift, pairing: Pairing) -> None:
    """Goes on at the other station, with the visit days since the day of the change."""
    fields = {
        field.attname: getattr(pairing, field.attname)
        for field in Pairing._meta.concrete_fields
        if field.name not in OWN
    }
    into = Station.objects.get(pk=shift.merged[pairing.station_id])
    made = enter(Pairing(**fields, station=into, county_id=into.county_id, valid_from=shift.on))
    visits = PairingVisit.objects.filter(pairing=pairing.pk, on__gte=shift.on)
    visits.update(
        pairing=made, station=into, division=into.division_id, county=into.county_id, version=F("version") + 1
    )


register(Reach("staff_posts", gettext_lazy("Posts"), _posts, _carry_posts, models=(Post,)))
register(
    Reach("officer_postings", gettext_lazy("Postings of officers"), _postings, _move_postings, models=(OfficerPosting,), binding=True)
)  # fmt: skip
register(Reach("officers", gettext_lazy("Files of officers"), _files, _carry_files, models=(Officer,)))
register(Reach("off_post", gettext_lazy("Time off post"), _absences, models=(OffPost,)))
register(
    Reach("pairings", gettext_lazy("Pairings with stations"), _pairings, _move_pairings, models=(Pairing, PairingVisit))
)
