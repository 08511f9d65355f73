"""What stands against each other on a phone and at the server: every state of an entry has a way out, and nothing is lost."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from activities.actions import change_activity, log_planned
from activities.models import Activity
from culture_admin.workflow.actions import perform
from tests.desk.phones import desk, lived_in, log, queued, rest, until, user, violations
from tests.desk.test_queue import keep_anew, planned
from tests.district import District

__all__ = ["desk", "lived_in", "user"]

# What the phone entered on top of version 1 of each record, and what somebody else had made of it meanwhile.
ENTERED = {"attendance": 31, "note": "下雨改到室内"}
MEANWHILE = {"attendance": 44, "note": "换了片子", "venue": "影院"}


def rows(conflict: Locator) -> dict[str, list[str]]:
    """By field what was seen, what stands there and what was entered."""
    return {
        line.locator("th").inner_text(): [text.strip() for text in line.locator("td").all_inner_texts()]
        for line in conflict.locator("tbody tr").all()
    }


def conflict_of(page: Page, title: str) -> Locator:
    titled = page.locator("[data-part=title]", has_text=title)
    conflict = page.locator("#entries > li:has([data-part=conflict]:not([hidden]))", has=titled)
    expect(conflict).to_be_visible()
    return conflict


def keep(page: Page, made: list[dict]) -> None:
    """Keeps entries as the forms of the phone do."""
    page.evaluate('async made => (await import("/static/desk/queue.js")).save(made)', made)


def correct(page: Page, **written: str) -> None:
    """Corrects the log that was sent last, without a network."""
    page.context.set_offline(True)
    page.goto("/desk/queue/")
    page.click("#entries [data-part=edit]")
    expect(page.locator("[name=title]")).not_to_have_value("")
    page.evaluate("document.querySelector('form.entry details').open = true")
    for name, value in written.items():
        page.fill(f"[name={name}]", value)
    page.click(".bar button")
    expect(page.locator("#kept [data-when~=saved]").first).to_be_visible()
    rest(page)


def test_what_was_sent_is_corrected_without_a_network_and_only_what_changed_is_sent(desk: Page):
    desk.goto("/desk/log/")
    log(desk, "邻里电影", 30)
    until(desk, "sent")
    sent = Activity.objects.get(title="邻里电影")
    correct(desk, note="下雨改到室内")
    (_log, change) = queued(desk)
    assert (change["kind"], change["activity"], change["seen"]) == ("change", sent.pk, '"v1"')
    assert change["fields"] == {"note": "下雨改到室内"}
    # Edited again before it is sent, it is still one change of what was sent.
    correct(desk, attendance="31")
    assert queued(desk)[-1]["fields"] == {"note": "下雨改到室内", "attendance": 31}
    desk.context.set_offline(False)
    until(desk, "sent", "sent")
    sent.refresh_from_db()
    assert (sent.note, sent.attendance, sent.version) == ("下雨改到室内", 31, 2)


def test_a_conflict_is_settled_field_by_field_or_as_a_whole(desk: Page, lived_in: District, user):
    """Six of them, each with the choices it has: merged, mine, theirs, struck out meanwhile, the same, and a confirmation."""
    titles = ("逐项", "我的", "现在的", "作废的", "一样的")
    records = {title: lived_in.log(title=title) for title in titles}
    for title in titles[:3]:
        change_activity(actor=user, activity=records[title], **MEANWHILE)
    perform(records["作废的"], "void", actor=user, comment="重复")
    change_activity(actor=user, activity=records["一样的"], **ENTERED)
    reported = Activity.objects.get(title="合唱排练")
    change_activity(actor=lived_in.steward_east, activity=reported, attendance=90)
    desk.goto("/desk/queue/")
    made = [
        {"kind": "change", "activity": record.pk, "seen": "v1", "fields": ENTERED, "title": title}
        for title, record in records.items()
    ]
    keep(desk, [*made, {"kind": "confirm", "activity": reported.pk, "seen": "v1", "title": "合唱排练"}])
    desk.click("#send")

    merged = conflict_of(desk, "逐项")
    assert rows(merged) == {
        "备注": ["—", "换了片子", "下雨改到室内"],
        "现场人次": ["120", "44", "31"],
        "地点": ["—", "影院", "影院"],
    }
    assert violations(desk) == []
    merged.locator("label", has_text="44").click()
    # What is chosen stays chosen, whatever is tried to be sent meanwhile.
    desk.evaluate("document.dispatchEvent(new Event('queue'))")
    merged.locator("[data-part=merge]").click()
    conflict_of(desk, "我的").locator("[data-part=mine]").click()
    for title, said in (("现在的", ""), ("作废的", "settled"), ("一样的", "as_it_is")):
        conflict = conflict_of(desk, title)
        if said:
            expect(conflict.locator(f"[data-part={said}]")).to_be_visible()
            expect(conflict.locator("[data-part=mine]")).to_be_hidden()
        conflict.locator("[data-part=theirs]").click()
    confirmation = conflict_of(desk, "合唱排练").locator("[data-part=theirs]")
    expect(confirmation).to_have_text("不确认")
    confirmation.click()

    until(desk, "sent", "sent")
    for record in (*records.values(), reported):
        record.refresh_from_db()
    assert {title: (record.note, record.attendance, record.venue, record.state) for title, record in records.items()} == {
        "逐项": ("下雨改到室内", 44, "影院", "confirmed"),
        "我的": ("下雨改到室内", 31, "影院", "confirmed"),
        "现在的": ("换了片子", 44, "影院", "confirmed"),
        "作废的": ("", 120, "", "void"),
        "一样的": ("下雨改到室内", 31, "", "confirmed"),
    }  # fmt: skip
    assert reported.state == "logged"


def test_figures_of_a_plan_that_somebody_else_has_logged_become_a_correction(desk: Page, user, lived_in):
    activity = planned(user, lived_in)
    log_planned(actor=lived_in.station_officer_east, activity=activity, attendance=60, effect="看得很久")
    desk.goto("/desk/queue/")
    keep(
        desk,
        [{"kind": "hold", "activity": activity.pk, "seen": "v1", "title": "秋季展览", "fields": {"attendance": 64}}],
    )
    desk.click("#send")
    conflict_of(desk, "秋季展览").locator("[data-part=mine]").click()
    until(desk, "sent")
    activity.refresh_from_db()
    assert (activity.attendance, activity.effect, activity.state) == (64, "看得很久", "confirmed")
    assert queued(desk)[0]["kind"] == "change"


def test_refused_figures_of_a_plan_are_mended_and_sent_again(desk: Page, user, lived_in):
    activity = planned(user, lived_in)
    keep_anew(desk)
    desk.locator("section[aria-labelledby=planned] .rows > li > a").click()
    desk.fill("form[data-planned] [name=attendance]", "5000000")
    desk.click("form[data-planned] button.main")
    until(desk, "refused")
    desk.goto("/desk/queue/")
    item = desk.locator("#entries > li")
    expect(item.locator("[data-part=reason]")).to_contain_text("1000000")
    item.locator("[data-part=mend] summary").click()
    assert violations(desk) == []
    item.locator("[name=attendance]").fill("50")
    item.locator("[data-part=mend] button").click()
    until(desk, "sent")
    activity.refresh_from_db()
    assert (activity.attendance, activity.state) == (50, "confirmed")
