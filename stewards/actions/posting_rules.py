"""What stands against a posting: its contract's term, towns and number of stewards, and where else the steward serves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.territory.models import Division, Level, in_force
from stations.models import Station
from stewards.models import Contract, Posting

DAY = timedelta(days=1)
# What the rules read of a posting; for many it is fetched at once.
FETCHED = (
    "contract__coverage",
    "contract__postings",
    "steward__postings__replacements",
    "steward__postings__station__unit",
)


def refuse_faults(faults: dict[str, ValidationError]) -> None:
    """Raises ValidationError by field, if there is a fault."""
    if faults:
        raise ValidationError(faults)


def faults_of(posting: Posting, besides: Sequence[Posting] = ()) -> dict[str, ValidationError]:
    """What stands against the posting, by field. besides: others that are about to be entered with it."""
    against = _against_contract(posting, posting.contract, besides) if posting.contract else {}
    return against | _twice_full_time(posting, besides)


def village_faults(station: Station, villages: Sequence[int], day: date) -> dict[str, ValidationError]:
    """Villages that are looked after lie in the station's town."""
    if not villages:
        return {}
    here = Division.objects.filter(
        in_force(day), pk__in=villages, level=Level.VILLAGE, path__startswith=station.division.path
    )
    strangers = sorted(set(villages) - set(here.values_list("pk", flat=True)))
    if not strangers:
        return {}
    message = _("No village of this town: %(ids)s.") % {"ids": "、".join(map(str, strangers))}
    return {"villages": ValidationError(message, code="village_elsewhere")}


def warnings_of(posting: Posting) -> list[str]:
    """What does not forbid a posting, and is worth knowing: where else the steward serves in the same time.

    That two of his sessions are at the same hour is said when they are planned, whichever posting they belong to.
    """
    others = [
        other
        for other in sorted(posting.steward.postings.all(), key=lambda one: (one.valid_from, one.pk))
        if other.pk != posting.pk
        and other.state == Posting.State.CONFIRMED
        and other.meets(posting.valid_from, posting.valid_to)
        and other.pk != posting.replaces_id
    ]
    said = [
        _("%(steward)s serves %(station)s too in this time, from %(from)s to %(to)s: look at when his sessions are.")
        % {
            "steward": posting.steward,
            "station": other.station,
            "from": other.valid_from,
            "to": other.valid_to or "…",
        }
        for other in others
    ]
    days = posting.town_days + sum(other.town_days for other in others)
    if others and days + posting.district_days > 7:
        said.append(_("That makes %(days)d days a week in towns together.") % {"days": days})
    return said


def _against_contract(posting: Posting, contract: Contract, besides: Sequence[Posting]) -> dict[str, ValidationError]:
    if contract.firm_id != posting.firm_id:
        message = _("The contract is another service provider's.")
        return {"contract": ValidationError(message, code="other_firm")}
    if contract.state in (*Contract.DRAFTED, Contract.State.VOID):
        message = _("The contract is “%(state)s”; nobody is posted under it.")
        values = {"state": contract.get_state_display()}
        return {"contract": ValidationError(message % values, code="contract_not_signed")}
    faults = {}
    if not any(one.station_id == posting.station_id for one in contract.coverage.all()):
        message = _("%(station)s is not among the towns of the contract.") % {"station": posting.station}
        faults["station"] = ValidationError(message, code="town_not_covered")
    message = _("The contract runs from %(first)s to %(last)s, the posting has to lie within.")
    last = contract.served_until
    outside = ValidationError(message % {"first": contract.begins_on, "last": last}, code="outside_term")
    if not contract.begins_on <= posting.valid_from <= last:
        faults["valid_from"] = outside
    elif posting.valid_to is None or posting.valid_to > last + DAY:
        faults["valid_to"] = outside
    others = [*contract.postings.all(), *(one for one in besides if one.contract_id == contract.pk)]
    if posting.full_time and _most_at_once(posting, others) > contract.headcount:
        message = _("The contract is for %(number)d stewards at once; this would be one more.")
        faults["contract"] = ValidationError(message % {"number": contract.headcount}, code="too_many_stewards")
    return faults


def _most_at_once(posting: Posting, postings: Iterable[Posting]) -> int:
    """How many full-time postings there are on the busiest day of this one, with it; the one it takes over from has ended."""
    others = [
        one
        for one in postings
        if not _is_same(one, posting)
        and (one.pk is None or one.pk != posting.replaces_id)
        and one.full_time
        and one.state == Posting.State.CONFIRMED
        and one.meets(posting.valid_from, posting.valid_to)
    ]
    starts = {max(posting.valid_from, one.valid_from) for one in others}
    return 1 + max((sum(one.covers(day) for one in others) for day in starts), default=0)


def _is_same(one: Posting, other: Posting) -> bool:
    return one is other or (one.pk is not None and one.pk == other.pk)


def _twice_full_time(posting: Posting, besides: Sequence[Posting]) -> dict[str, ValidationError]:
    """Nobody is full-time at two places; from whom he will have been taken over by then, he is no longer there."""
    if not posting.full_time:
        return {}
    steward = posting.steward
    others = [*(steward.postings.all() if steward.pk else ()), *(one for one in besides if one.steward is steward)]
    for other in others:
        if (
            _is_same(other, posting)
            or not other.full_time
            or other.state != Posting.State.CONFIRMED
            or not other.meets(posting.valid_from, posting.valid_to)
        ):
            continue
        leaves = posting.state == Posting.State.PROPOSED and any(
            one.state in Posting.WAITING and one.valid_from <= posting.valid_from
            for one in (other.replacements.all() if other.pk else ())
        )
        if not leaves:
            message = _("%(steward)s has a full-time posting in this time already: %(station)s, %(from)s to %(to)s.")
            values = {
                "steward": posting.steward,
                "station": other.station,
                "from": other.valid_from,
                "to": other.valid_to or "…",
            }
            return {"steward": ValidationError(message % values, code="full_time_overlap")}
    return {}
