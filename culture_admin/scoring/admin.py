"""The page of a record that is reviewed item by item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from culture_admin.interfaces.admin import ScopedModelAdmin
from culture_admin.scoring.reviewing import Part, Refused, keep, lines_of


class ReviewedAdmin(ScopedModelAdmin):
    """A record whose items are reviewed on its page: one of them, or all that were changed, and nothing where one is refused.

    sides(record, user): its items, side by side. why_shut(user, record): why the reader cannot review, empty where he can.
    review_action(*, actor, MODEL=record, said): the verb that takes what is written.

    review_title: what the review is called. claimant: who says something before it, as the column is headed. review_table:
    the app's template, which extends `scoring/review.html`.
    """

    sides: Callable[..., Sequence[Part]]
    why_shut: Callable[..., str]
    review_action: Callable[..., Any]
    review_title: object = gettext_lazy("Review")
    claimant: object = ""
    review_table = "scoring/review.html"

    def get_urls(self):
        review = require_http_methods(["GET", "HEAD", "POST"])(self.review_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        return [path("<path:object_id>/review/", self.admin_site.admin_view(review), name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.reviewing(request, obj, type(self).sides(obj, request.user))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def reviewing(self, request: HttpRequest, record: Any, parts: Sequence[Part]) -> dict[str, object]:
        """What the table of the review is filled with; for an app to extend."""
        return {
            "parts": parts,
            "shut": type(self).why_shut(request.user, record),
            "claimant": self.claimant,
            "review_table": self.review_table,
            "review_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_review",
            "reviewed": record,
        }

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps what the review says and comes back to its place; what was refused is shown with what was written."""
        record = self.get_object(request, unquote(object_id))
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        if request.method != "POST":
            return redirect(back)
        only, parts = request.POST.get("item", ""), type(self).sides(record, request.user)

        def review(said: object) -> None:
            type(self).review_action(actor=request.user, said=said, **{str(self.opts.model_name): record})

        try:
            number = keep(parts, request.POST, only, review)
        except Refused as refused:
            context = {
                **self.admin_site.each_context(request),
                **self.reviewing(request, record, parts),
                "opts": self.opts,
                "title": self.review_title,
                "faulty": [line for line in lines_of(parts) if line.faults],
                "stale": refused.stale,
                "back": back,
            }
            return TemplateResponse(request, "scoring/review_page.html", context, status=412 if refused.stale else 200)
        said = ngettext("%(number)d item was reviewed.", "%(number)d items were reviewed.", number)
        self.message_user(request, said % {"number": number} if number else _("Nothing was changed."))
        code = next((line.code for line in lines_of(parts) if line.item and str(line.item.pk) == only), "")
        return redirect(f"{back}#item-{code}" if code else back)
