"""The people of a contract in real browsers: the firm, its steward, station and town on phones, the bureau on a wide screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, expect

from tests.desk.phones import log, until
from tests.people import WIDE, AtTheDesk, Person


class OnThePhone(AtTheDesk):
    """Whoever works at the desk."""

    def to(self, room: str) -> None:
        """From the page of all rooms into one of them."""
        self.page.goto("/desk/more/")
        self.follow(self.page.locator(f"main a[href='/desk/{room}/']"))

    def follow(self, link: Locator) -> None:
        with self.page.expect_navigation():
            link.tap()

    def row(self, words: str) -> None:
        """Opens the row of a list that says so."""
        self.follow(self.page.locator("main .rows a", has_text=words).first)

    def takes_up(self, waiting: str) -> None:
        """From the first page to what waits there under these words."""
        self.page.goto("/desk/")
        self.follow(self.page.locator("section[aria-labelledby=waiting] a", has_text=waiting).first)

    def fills(self, **entries: str) -> None:
        for name, value in entries.items():
            field = self.page.locator(f"main form [name={name}]:visible")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def presses(self, name: str, state: str) -> None:
        """Presses a button of the page, and reads in which state the record is then."""
        with self.page.expect_navigation():
            self.button(name).first.tap()
        self.stands(state)

    def stands(self, state: str) -> None:
        expect(self.page.locator("main .head .tag").first).to_have_text(state)

    def facts(self) -> dict[str, str]:
        names = self.page.locator("main dl.facts dt").all_inner_texts()
        return dict(zip(names, self.page.locator("main dl.facts dd").all_inner_texts(), strict=True))


class Manager(OnThePhone):
    """The manager of the firm."""

    def proposes(self, steward: str, station: str, begins: date) -> None:
        self.to("postings")
        self.follow(self.link("Propose a posting"))
        self.row(station)
        self.fills(steward=steward, valid_from=begins.isoformat())
        self.presses("Save", "Waiting for the town")

    def says(self, code: str, answer: str, note: str = "") -> None:
        """Of an item of the standard, on the page of the evaluation."""
        item = self.page.locator(f"article[id='item-{code}']")
        if item.get_by_text(answer, exact=True).count():
            item.get_by_text(answer, exact=True).tap()
        else:
            item.locator("[name=number_0]").fill(answer)
        if note:
            item.locator("details.note summary").tap()
            item.locator("[name=note]").fill(note)
        with self.page.expect_navigation():
            item.get_by_role("button", name="Save", exact=True).tap()
        expect(item.get_by_text("said", exact=True)).to_be_visible()

    def figures(self) -> dict[str, str]:
        figures = self.page.locator("main .figures li")
        expect(figures.first).to_be_visible()
        return dict(one.locator("span, b").all_inner_texts() for one in figures.all())

    def reckoned(self) -> list[str]:
        """What stands after each step of the reckoning of a payment."""
        steps = self.page.locator("section[aria-labelledby=why] .end")
        expect(steps.first).to_be_visible()
        return steps.all_inner_texts()


class OnDuty(OnThePhone):
    """The steward."""

    def checks_in(self) -> None:
        self.page.goto("/desk/")
        self.page.locator("form[data-check-in] button").tap()
        until(self.page, "sent")

    def logs(self, title: str, heads: int) -> None:
        self.page.goto("/desk/")
        self.follow(self.page.locator("main a[href='/desk/log/']"))
        log(self.page, title, heads)
        until(self.page, "sent", "sent")


class AtTheBureau(Person):
    """Whoever works on the bureau's pages."""

    shape = WIDE

    def enters(self, model: str) -> None:
        """From the list of a kind of record to its empty form."""
        self.page.goto(f"/admin/stewards/{model}/")
        with self.page.expect_navigation():
            self.page.locator(f"a[href^='/admin/stewards/{model}/add/']").first.click()

    def opens(self, model: str, words: str) -> None:
        """From the list of a kind of record to the one that says so."""
        self.page.goto(f"/admin/stewards/{model}/")
        with self.page.expect_navigation():
            self.page.locator("#result_list a", has_text=words).first.click()

    def takes_up(self, waiting: str) -> None:
        """The one record that waits for him under these words, from the list of his tasks."""
        self.page.goto("/admin/tasks/")
        with self.page.expect_navigation():
            self.page.locator("[data-task]", has_text=waiting).locator("a.plain").click()
        expect(self.page.locator(".steps .state")).to_be_visible()

    def fills(self, **entries: Any) -> None:
        """Fields of the form, by name; a list of rows part by part."""
        for name, value in entries.items():
            if isinstance(value, list):
                for number, row in enumerate(value):
                    self.fills(**{f"{name}-{number}-{part}": said for part, said in row.items()})
                continue
            field = self.page.locator(f"#content [name='{name}']").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "checkbox":
                field.set_checked(bool(value))
            else:
                field.fill(value)

    def saves(self) -> None:
        """A new record that has steps is shown with them, everything else among its like."""
        with self.page.expect_navigation():
            self.page.locator("[name=_save]").click()
        faults = self.page.locator(".errornote, .errorlist").all_inner_texts()
        assert not faults, faults
        expect(self.page.locator("#result_list, .steps .state").first).to_be_visible()

    def does(self, deed: str, **days: date) -> None:
        """One of the small forms on the page of a contract."""
        self.page.locator("summary", has_text=f"{deed} …").click()
        form = self.page.locator("details[open] form")
        for name, on in days.items():
            form.locator(f"[name={name}]").fill(on.isoformat())
        with self.page.expect_navigation():
            form.get_by_role("button", name=deed, exact=True).click()

    def steps(self, step: str, state: str) -> None:
        with self.page.expect_navigation():
            self.button(step).first.click()
        self.stands(state)

    def stands(self, state: str) -> None:
        expect(self.page.locator(".steps .state b")).to_have_text(state)

    def reviews(self, said: dict[str, tuple[str, str]]) -> None:
        """All items in one go: what the review says, and its remark."""
        for code, (answer, remark) in said.items():
            field = self.page.get_by_label(f"{code} The review says")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(answer)
            else:
                field.fill(answer)
            self.page.get_by_label(f"{code} Remark of the review").fill(remark)
        with self.page.expect_navigation():
            self.button("Save all that was changed").click()
        expect(self.page.get_by_text(f"{len(said)} items were reviewed.")).to_be_visible()

    def pays(self, instalment: str, amount: str, document: str) -> None:
        """From the page of an instalment: the payment."""
        self.opens("plannedpayment", instalment)
        with self.page.expect_navigation():
            self.page.locator("section.panel header a.button[href*='contractpayment/add']").click()
        self.fills(amount=amount, on=timezone.localdate().isoformat(), document=document)
        self.saves()
