"""From notices to messages, and from messages to the ways out.

The rows are the truth. A worker that dies leaves them as they were before its last commit: no notice is lost, none is carried
twice to one person by one channel, and a message whose answer was never heard is sent again under the same key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culture_admin.accounts.asking import require
from culture_admin.accounts.models import Membership, User
from culture_admin.territory.models import in_force
from culture_admin.workflow.channels import Undelivered, deliver, open_channels
from culture_admin.workflow.models import Carried, Channel, Contact, Message, Notice, Preference
from culture_admin.workflow.notice_words import read, said, why

# When the notices of a day are sent together.
DAILY_AT = time(8)
ROUTED_AT_A_TIME = 500
SENT_AT_A_TIME = 200
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
ATTEMPTS = 12
LONGEST_DIGEST = 50
M = Message.State


def empty() -> int:
    """Everything there is to do now; returns how many messages went out."""
    while route(timezone.now()) == ROUTED_AT_A_TIME:
        pass
    return send()


def route(at: datetime) -> int:
    """Puts a portion of fresh notices into messages, for whoever wants them that way; returns how many notices that were."""
    with transaction.atomic():
        fresh = Notice.objects.filter(routed_at=None).order_by("pk").select_for_update(skip_locked=True, no_key=True)
        notices = list(fresh[:ROUTED_AT_A_TIME])
        telling = [notice for notice in notices if notice.over_at is None]
        _carry(telling, _recipients(telling, at), at)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(routed_at=at)
    return len(notices)


def send(at: datetime | None = None) -> int:
    """Sends what is due, one message after the other, each taken, sent and ticked off by itself; returns how many went out."""
    sent = 0
    for _number in range(SENT_AT_A_TIME):
        now = at or timezone.now()
        message = _take(now)
        if message is None:
            break
        sent += message.state == M.QUEUED and _try(message, now)
    return sent


def send_again(*, actor, message: Message, at: datetime | None = None) -> None:
    """A message that was given up is tried once more, under its key. Raises PermissionDenied."""
    require(actor.offices, "notices", ("decide",), path=message.unit.division.path)
    given_up = Message.objects.filter(pk=message.pk, state=M.FAILED)
    given_up.update(state=M.QUEUED, attempts=0, due_at=at or timezone.now())


def _recipients(notices: Sequence[Notice], at: datetime) -> dict[int, list[tuple[User, int]]]:
    """For each notice the people it is for: those who hold the office now, or the person; each with a unit of his."""
    seats = {(notice.role, notice.unit_id) for notice in notices if notice.unit_id}
    people = {notice.user_id for notice in notices if notice.user_id}
    held = Membership.objects.filter(
        in_force(timezone.localdate(at)), user__is_active=True, user__is_service=False
    ).select_related("user")
    holders: dict[tuple[str, int], list[tuple[User, int]]] = defaultdict(list)
    for membership in held.filter(unit__in={unit for _role, unit in seats}).order_by("pk"):
        holders[membership.role, membership.unit_id].append((membership.user, membership.unit_id))
    homes: dict[int, tuple[User, int]] = {}
    for membership in held.filter(user__in=people).order_by("pk"):
        homes.setdefault(membership.user_id, (membership.user, membership.unit_id))
    found: dict[int, list[tuple[User, int]]] = {}
    for notice in notices:
        told = holders[notice.role, notice.unit_id] if notice.unit_id else [homes.get(notice.user_id)]
        # Whoever holds an office twice, once as a substitute, is one person.
        distinct = {one[0].pk: one for one in told if one}
        found[notice.pk] = [one for key, one in distinct.items() if key != notice.caused_by_id]
    return found


def _carry(notices: Sequence[Notice], recipients: dict[int, list[tuple[User, int]]], at: datetime) -> None:
    """Makes a message of each notice that is wanted at once, and adds the others to the person's message of the day."""
    users = {user.pk for told in recipients.values() for user, _unit in told}
    modes = dict(_modes(users))
    reached = dict(_reached(users))
    alone, together = [], []
    for notice in notices:
        for user, unit_id in recipients[notice.pk]:
            for channel in open_channels():
                if channel not in reached.get(user.pk, ()):
                    continue
                mode = modes.get((user.pk, channel), Preference.Mode.DIGEST)
                entry = (notice.pk, user.pk, unit_id, channel)
                if mode == Preference.Mode.AT_ONCE:
                    alone.append(entry)
                elif mode == Preference.Mode.DIGEST:
                    together.append(entry)
    messages = Message.objects.bulk_create(
        Message(user_id=user, unit_id=unit, channel=channel, state=M.QUEUED, created_at=at, due_at=at)
        for _notice, user, unit, channel in alone
    )
    gathering = _gathering(together, at)
    carried = [
        Carried(message=message, notice_id=notice, user_id=user, channel=channel)
        for message, (notice, user, _unit, channel) in zip(messages, alone, strict=True)
    ]
    carried += [
        Carried(message=gathering[user, channel], notice_id=notice, user_id=user, channel=channel)
        for notice, user, _unit, channel in together
    ]
    # Somebody with two offices is told once.
    Carried.objects.bulk_create(carried, ignore_conflicts=True)


def _gathering(entries: Iterable[tuple[int, int, int, str]], at: datetime) -> dict[tuple[int, str], Message]:
    """The message of the day of each person and channel, locked so that none is sent while something is added to it."""
    units = {(user, channel): unit for _notice, user, unit, channel in entries}
    due_at = _next_hour(at)
    Message.objects.bulk_create(
        (
            Message(user_id=user, unit_id=unit, channel=channel, state=M.GATHERING, created_at=at, due_at=due_at)
            for (user, channel), unit in sorted(units.items())
        ),
        ignore_conflicts=True,
    )
    there = Message.objects.filter(state=M.GATHERING, user__in={user for user, _channel in units})
    return {(one.user_id, one.channel): one for one in there.order_by("pk").select_for_update()}


def _modes(users: Collection[int]) -> Iterator[tuple[tuple[int, str], str]]:
    """How often each of these people wants to be told by each channel, where he has said so."""
    for user, channel, mode in Preference.objects.filter(user__in=users).values_list("user", "channel", "mode"):
        yield (user, channel), mode


def _reached(users: Collection[int]) -> Iterator[tuple[int, set[str]]]:
    """The channels by which each of these people can be reached."""
    for contact in Contact.objects.filter(user__in=users):
        yield contact.user_id, {channel for channel in Channel if getattr(contact, channel) is not None}


def _next_hour(at: datetime) -> datetime:
    local = timezone.localtime(at)
    today = timezone.make_aware(datetime.combine(local.date(), DAILY_AT))
    return today if local < today else timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), DAILY_AT))


def _take(at: datetime) -> Message | None:
    """The next due message, with its words, set to be tried again should this attempt not be ticked off."""
    with transaction.atomic():
        due = Message.objects.filter(state__in=[M.GATHERING, M.QUEUED], due_at__lte=at).order_by("due_at", "pk")
        message = due.select_related("user").select_for_update(of=("self",), skip_locked=True).first()
        if message is None:
            return None
        if not message.text:
            _word(message)
        message.state = M.QUEUED if message.text else M.IDLE
        message.attempts += 1
        message.due_at = at + min(FIRST_PAUSE * 2 ** (message.attempts - 1), LONGEST_PAUSE)
        message.save()
        return message


def _word(message: Message) -> None:
    """Writes what the message says, in the language of its reader; nothing where he has read it all by now."""
    user = message.user
    with translation.override(user.language):
        carried = Notice.objects.visible_to(user).unread(user).filter(pk__in=message.carried.values("notice"))
        notices = read(carried.order_by("-pk")[: LONGEST_DIGEST + 1], user)
        if not notices or not user.is_active:
            return
        lines = [f"· {said(notice)}\n  {why(notice)}".rstrip() for notice in notices[:LONGEST_DIGEST]]
        if len(notices) > LONGEST_DIGEST:
            lines.append(_("… and more."))
        if len(notices) == 1:
            message.title = " ".join(said(notices[0]).split())[:200]
        else:
            number = ngettext("%(number)d notice for you", "%(number)d notices for you", len(notices))
            message.title = number % {"number": len(notices)}
        message.text = "\n".join([*lines, "", _("Read and settle it here: %(site)s") % {"site": settings.SITE}])


def _try(message: Message, at: datetime) -> bool:
    """Hands a message over; whether it was taken."""
    mine = Message.objects.filter(pk=message.pk, state=M.QUEUED)
    mode = dict(_modes([message.user_id])).get((message.user_id, message.channel))
    contact = Contact.objects.filter(user=message.user_id).first()
    address = getattr(contact, message.channel) if contact else None
    if address is None or mode == Preference.Mode.NONE:
        mine.update(state=M.IDLE, answer="")
        return False
    try:
        answer = deliver(message, address.in_clear(), at)
    except Undelivered as refused:
        state = M.FAILED if message.attempts >= ATTEMPTS else M.QUEUED
        mine.update(state=state, answer=str(refused)[:300])
        return False
    return bool(mine.update(state=M.SENT, answer=answer[:300], sent_at=timezone.now()))
