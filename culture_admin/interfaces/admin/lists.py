"""Lists of the admin: counted no further than anybody pages, and asked in plain, strict addresses."""

from __future__ import annotations

from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from culture_admin.interfaces.admin.values import column_of
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, shown
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.text import clean_line

MOST_COUNTED = 10_000
LONGEST_SEARCH = 60


class CappedPaginator(Paginator):
    """Counts to MOST_COUNTED and no further: nobody pages beyond, and counting millions of rows takes seconds."""

    template_name = "interfaces/admin/pages.html"

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST_COUNTED)

    @property
    def has_uncounted(self) -> bool:
        return self.counted > MOST_COUNTED

    @cached_property
    def counted(self) -> int:
        return self.object_list.order_by()[: MOST_COUNTED + 1].count()


class ScopedChangeList(ChangeList):
    """A list whose every parameter is known; what is not is refused and named, never ignored. Days and numbers are written alike."""

    def __init__(self, request: HttpRequest, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        # A tab of the browser is named by what is listed, not by what is done there.
        self.title = capfirst(self.opts.verbose_name_plural)
        self.can_add = self.model_admin.has_add_permission(request)
        columns = {name: self._column(name) for name in self.list_display}
        self.list_display = list(columns.values())
        self.list_display_links = [columns.get(name, name) for name in self.list_display_links or ()]

    def _column(self, name: object) -> object:
        """What is written under a heading; a method of the room goes before a field of the same name."""
        return name if hasattr(self.model_admin, str(name)) else column_of(self.model, name)

    def get_filters_params(self, params=None):
        asked = super().get_filters_params(params)
        known = {list_filter.parameter_name for list_filter in self.list_filter}
        for name in asked:
            if name not in known:
                message = _("There is no parameter “%(name)s” here.") % {"name": shown(name)}
                fault = Fault("unknown_parameter", message, parameter=name, hint=did_you_mean(name, known))
                raise Problem(400, fault.code, faults=[fault])
        return asked

    def get_queryset(self, request: HttpRequest, exclude_parameters=None):
        try:
            self.query = clean_line(self.query, max_length=LONGEST_SEARCH)
        except ValidationError as refused:
            fault = Fault(refused.code or "text", refused.messages[0], parameter=SEARCH_VAR)
            raise Problem(400, fault.code, faults=[fault]) from refused
        return super().get_queryset(request, exclude_parameters)

    @property
    def sheets(self) -> list[tuple[str, str]]:
        """The addresses at which what is listed is downloaded, by the name of the format."""
        query = self.get_query_string(remove=[PAGE_VAR])
        return [(wanted.upper(), f"export.{wanted}{query}") for wanted in MEDIA_TYPES]

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader has searched or filtered: an empty list then means no match, not no data."""
        return bool(self.query or self.has_active_filters)
