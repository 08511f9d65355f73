"""The queue on a phone over a line that breaks at random, but the same way each time."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import Page

from activities.models import Activity, Receipt
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from tests.desk.phones import desk, lived_in, queued, user
from tests.district import District

__all__ = ["desk", "lived_in", "user"]

DROPS = 60

# The phone's own queue over a line of ours: before the request, within its body, after it and before the answer, or not at all.
PLAY = """
async ({ fields, drops }) => {
  const queue = await import("/static/desk/queue.js"), { fetch } = window, dropped = { before: 0, within: 0, after: 0 };
  let seed = 20260520;
  const chance = () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ seed >>> 15, 1 | seed);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
  const total = () => dropped.before + dropped.within + dropped.after;
  window.fetch = async (address, options) => {
    if (!String(address).endsWith("/receipts/") || total() >= drops) return fetch(address, options);
    const throw_ = how => { dropped[how] += 1; throw new TypeError("Failed to fetch"); };
    const dice = chance();
    if (dice < .5) throw_("before");
    if (dice < .6) {
      const cut = options.body.slice(0, Math.floor(options.body.length * chance()));
      await fetch(address, { ...options, body: cut });
      throw_("within");
    }
    const answer = await fetch(address, options);
    if (dice < .85) throw_("after");
    return answer;
  };
  let made = 0, changed = 0;
  const unsent = async () => (await queue.entries()).filter(queue.isUnsent).length;
  for (let turn = 0; turn < 2000 && (total() < drops || await unsent()); turn += 1) {
    if (total() < drops && chance() < .3) {
      const [log] = await queue.save([{ kind: "log", fields: { ...fields, title: `第${made += 1}场`, attendance: made }, title: "-" }]);
      if (chance() < .3) {
        await queue.save([{ kind: "change", activity: log.client_uuid, fields: { note: "晴" }, title: "-" }]);
        changed += 1;
      }
    }
    await queue.sendKept({ now: true });
  }
  return { dropped, made, changed };
}
"""


def test_the_phones_own_queue_outlives_broken_connections(desk: Page, lived_in: District, user):
    """tests/activities/test_drops.py breaks a thousand; here it is the script on the phone that has to bear them."""
    desk.goto("/desk/queue/")
    fields = {"station": lived_in.east.pk, "kind": "PERF", "begins_on": timezone.localdate().isoformat()}
    played = desk.evaluate(PLAY, {"fields": fields, "drops": DROPS})
    assert sum(played["dropped"].values()) == DROPS
    assert min(played["dropped"].values()) >= 5
    kept = queued(desk)
    receipts = {str(receipt.entry): receipt for receipt in Receipt.objects.all()}
    # Of what was sent the phone keeps the last ones to look at.
    assert {entry["client_uuid"]: entry["receipt"]["id"] for entry in kept}.items() <= {
        key: receipt.activity_id for key, receipt in receipts.items()
    }.items()
    made, heads = played["made"], sum(range(played["made"] + 1))
    rows = Activity.objects.filter(begins_on=timezone.localdate(), recorded_by=user)
    assert sorted(row.attendance for row in rows) == list(range(1, made + 1))
    assert len(receipts) == made + played["changed"]
    assert rows.filter(note="晴", version=2).count() == played["changed"]
    total = read(
        ["activities.held", "activities.person_times"], user=user, period=Period.of(Grain.MONTH, timezone.localdate())
    ).total
    assert (total.values["activities.held"], total.values["activities.person_times"]) == (made, heads)
