"""The people of a year of assessment in real browsers: a phone for those assessed, a wide screen for the bureau."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Assessment, Mark, PanelSeat
from tests.desk.phones import states, until, violations, wait
from tests.exchange.test_attachments import photo
from tests.people import WIDE, AtTheDesk, Person

ON_SITE = "2.3"


class InTheYear(AtTheDesk):
    """Those assessed, and assessors."""

    def to_the_year(self) -> None:
        """From the first page of the desk to the year's assessment of the own town."""
        self.page.goto("/desk/more/")
        self.page.locator("main a[href='/desk/assessments/']").tap()
        with self.page.expect_navigation():
            self.page.locator("main section[aria-labelledby=years] a").tap()

    def way(self, name: str) -> None:
        """To one of the pages of the assessment."""
        with self.page.expect_navigation():
            self.page.locator("main nav.chips").get_by_role("link", name=name, exact=True).tap()
        expect(self.page.locator("main nav.chips [aria-current=page]")).to_have_text(name)


class Head(InTheYear):
    """The head of a station, who says what the town has."""

    def says(self, code: str, said: str) -> None:
        item = self.page.locator(f"article[id='item-{code}']")
        if said in ("Yes", "No"):
            item.get_by_text(said, exact=True).tap()
        else:
            item.locator("[name=number_0]").fill(said)
        with self.page.expect_navigation():
            item.get_by_role("button", name="Save", exact=True).tap()
        expect(self.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
        expect(
            item.get_by_text("said", exact=True).or_(item.locator(":checked, [name=number_0]")).first
        ).to_be_visible()

    def shows(self, code: str, name: str, on: date) -> None:
        item = self.page.locator(f"article[id='item-{code}']")
        item.get_by_text("Show evidence", exact=True).tap()
        item.locator("[type=file]").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": photo()})
        item.get_by_label("Page").fill("2")
        item.get_by_label("Happened on").fill(on.isoformat())
        item.get_by_role("button", name="Upload").tap()
        expect(item.locator(".files")).to_contain_text(name)

    def hands_over(self) -> None:
        self.way("Look it over")
        expect(self.page.get_by_text("Stops the hand-over")).to_have_count(0)
        self.button("Hand over to the town").tap()
        expect(self.page.locator("main .head .tag").first).to_have_text("With the town")


class TownOfficer(InTheYear):
    """The town's officer, who seals what the station says, and objects to what it came to."""

    def seals(self) -> None:
        self.to_the_year()
        self.button("Seal").tap()
        expect(self.page.locator("main .head .tag").first).to_have_text("Sealed by the town")

    def objects_to_what_is_left_out(self, code: str, record: str, grounds: str) -> None:
        """From the score down to the record that does not count."""
        self.to_the_year()
        self.link("How the score comes about").tap()
        self.page.locator("main .leaves a", has_text=code).tap()
        left_out = self.page.locator("main section.part li", has_text=record)
        left_out.get_by_role("link", name="It ought to count").tap()
        expect(self.page.locator("main .facts")).to_contain_text(record)
        self.page.get_by_label("Grounds").fill(grounds)
        self.button("Raise the objection").tap()
        expect(self.page.locator("main .head .tag")).to_have_text("Raised")

    def reads_outcome(self) -> list[str]:
        """On the page of the objection that he raised: the score and the place before and after."""
        self.page.reload()
        expect(self.page.locator("main .head .tag")).to_have_text("Upheld")
        return self.page.locator("section[aria-labelledby=outcome] .figures b").all_inner_texts()

    def reads_figures(self) -> dict[str, str]:
        """Score, place and title, as they stand on the page of the result."""
        self.to_the_year()
        figures = self.page.locator("main .figures li")
        expect(figures).to_have_count(3)
        told = [one.locator("span, b").all_inner_texts() for one in figures.all()]
        return {label: " ".join(words) for label, *words in told}

    def reads_computed(self) -> dict[str, str]:
        """Each computation of the year with the score it came to."""
        rows = self.page.locator("section[aria-labelledby=computed] li")
        return {row.locator("strong").inner_text(): row.locator("b").inner_text() for row in rows.all()}

    def reads_award(self) -> tuple[str, list[str]]:
        """In which state the award is, and the payment of it."""
        with self.page.expect_navigation():
            self.page.get_by_role("list", name="What it earned").get_by_role("link", name="Award").tap()
        payment = self.page.get_by_role("list", name="Payments of awards").get_by_role("listitem")
        expect(payment).to_have_count(1)
        paid, by = payment.locator("strong, small").all_inner_texts()
        return self.page.locator("main .head .tag").inner_text(), [paid, by.split(" · ")[1]]

    def reads_titles(self) -> list[tuple[str, str]]:
        """In the register of titles: whose, and which by which document."""
        self.page.goto("/desk/titles/")
        rows = self.page.locator("main .rows li")
        expect(rows.first).to_be_visible()
        return [(row.locator("strong").inner_text(), row.locator("small").inner_text()) for row in rows.all()]


class Assessor(InTheYear):
    """An assessor on the spot."""

    language = "zh-hans"

    def scores(self, seat: PanelSeat, rooms: str) -> None:
        """From the first page on, with a network all the time."""
        self.page.locator("section[aria-labelledby=visits] a[data-seat]", has_text="东镇").tap()
        self._finds(rooms)
        until(self.page, "sent")
        self._finishes()

    def scores_without_a_network(self, seat: PanelSeat, rooms: str) -> None:
        """In a hall that no signal reaches: the page opens, what he finds is kept, and is sent on the way back."""
        page = self.page
        page.goto("/desk/panel/")
        wait(page, f"caches.match('/desk/panel/{seat.pk}/').then(Boolean)")
        page.context.set_offline(True)
        page.locator(f"a[data-seat='{seat.pk}']").tap()
        self._finds(rooms)
        expect(page.locator("[data-waiting]")).to_be_visible()
        assert states(page) in (["saved"], ["waiting"])
        assert not Mark.objects.filter(seat=seat).exists()
        page.context.set_offline(False)
        until(page, "sent")
        self._finishes()

    def _finds(self, rooms: str) -> None:
        number = self.page.locator(f"form[data-code='{ON_SITE}'] [name=number_1]")
        expect(number).to_be_visible()
        expect(self.page.locator("[data-step]").first).to_be_visible()
        assert violations(self.page) == []
        number.fill(rooms)
        number.press("Enter")
        expect(self.page.locator("[data-scored]")).to_have_text("1")

    def _finishes(self) -> None:
        self.page.locator("[data-next]").tap()
        finish = self.page.locator("[data-steps] form:has([value=finish]) button")
        expect(finish).to_be_visible(timeout=10_000)
        finish.tap()
        self.page.wait_for_url(re.compile(r"/desk/panel/(#.*)?$"))


class AtTheBureau(Person):
    """Whoever works on the bureau's pages, on a wide screen."""

    shape = WIDE

    def opens(self, record: Any) -> None:
        """The page of a record."""
        self.page.goto(f"/admin/assessments/{record._meta.model_name}/{record.pk}/change/")

    def takes_up(self, waiting: str) -> None:
        """The one record that waits for him under these words, from the list of his tasks."""
        self.page.goto("/admin/tasks/")
        with self.page.expect_navigation():
            self.page.locator("[data-task]", has_text=waiting).locator("a.plain").click()
        expect(self.page.locator(".steps .state")).to_be_visible()

    def table(self, title: str) -> list[list[str]]:
        """What the panel of this title says, line by line."""
        panel = self.page.locator("section.panel", has=self.page.get_by_role("heading", name=title))
        expect(panel).to_be_visible()
        return [line.locator("td").all_inner_texts() for line in panel.locator("tbody tr").all()]

    def steps(self, step: str, state: str, why: str = "") -> None:
        """Takes a step of the record on whose page he is, and reads in which state it is then."""
        if why:
            self.page.locator("summary", has_text=f"{step} …").click()
            self.page.get_by_label("Why?").locator("visible=true").fill(why)
        with self.page.expect_navigation():
            self.button(step).click()
        expect(self.page.locator(".steps .state b")).to_have_text(state)


class Service(AtTheBureau):
    """The section of public services, which carries the year through."""

    def reviews(self, said: dict[str, str]) -> None:
        """All items in one go. said: by code, as it is written or chosen."""
        for code, answer in said.items():
            field = self.page.get_by_label(f"{code} The review says")
            if answer in ("Yes", "No"):
                field.select_option({"Yes": "1", "No": "0"}[answer])
            else:
                field.fill(answer)
        with self.page.expect_navigation():
            self.button("Save all that was changed").click()
        expect(self.page.get_by_text(f"{len(said)} items were reviewed.")).to_be_visible()

    def sends(self, name: str, assessment: Assessment) -> PanelSeat:
        form = self.page.locator("section[aria-labelledby=appoint]")
        form.locator("select").select_option(label=name)
        form.get_by_label("On the spot on").fill(timezone.localdate().isoformat())
        with self.page.expect_navigation():
            form.get_by_role("button", name="Send").click()
        expect(self.page.get_by_text(f"{name} is sent to")).to_be_visible()
        return assessment.seats.get(assessor__username=name)

    def names_the_document(self, document: str) -> None:
        self.page.locator("[name=document]").fill(document)
        self.page.locator("[name=document_on]").fill(timezone.localdate().isoformat())
        self.page.locator("[name=_save]").click()
        expect(self.page.locator("#result_list")).to_be_visible()


class Finance(AtTheBureau):
    """The section of finance, which pays awards."""

    def pays(self, amount: str, document: str) -> None:
        """From the page of an award: the payment, and back."""
        self.page.locator("section.panel header a.button").click()
        self.page.locator("[name=amount]").fill(amount)
        self.page.locator("[name=on]").fill(timezone.localdate().isoformat())
        self.page.locator("[name=document]").fill(document)
        self.page.locator("[name=_save]").click()
        self.page.wait_for_url(re.compile(r"/admin/assessments/awardpayment/(\?.*)?$"))
