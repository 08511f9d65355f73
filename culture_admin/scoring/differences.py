"""What one edition of a scheme says otherwise than another, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from culture_admin.scoring.body import Body, Title
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import in_points, plain
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Standing

FIELDS = ("document", "total", "decimals", "known", "spread", "publicity")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing said otherwise; None where one of the two says nothing of it."""

    what: str
    before: str | None
    after: str | None


def differences(before: Scheme, after: Scheme) -> list[Difference]:
    """Everything that `after` says otherwise than `before`, in the order it is read."""
    old, new = _lines(before), _lines(after)
    called = _labels(before) | _labels(after)
    return [
        Difference(f"{called[code]} · {what}" if code else what, old.get((code, what)), new.get((code, what)))
        for code, what in dict.fromkeys([*old, *new])
        if old.get((code, what)) != new.get((code, what))
    ]


def _labels(scheme: Scheme) -> dict[str, str]:
    """By its code, what an indicator is called."""
    return {
        indicator.code: f"{indicator.code} {indicator.label}"
        for section in scheme.content.table.sections
        for indicator in section.indicators
    }


def _lines(scheme: Scheme) -> dict[tuple[str, str], str]:
    """By the code of the indicator it is about, "" for what is about none, and by what it says, each thing a scheme says."""
    lines = {("", str(Scheme._meta.get_field(name).verbose_name)): _said(getattr(scheme, name)) for name in FIELDS}
    body = scheme.content
    for section in body.table.sections:
        lines["", f"{section.code} {section.label}"] = _of_section(section)
        for indicator in section.indicators:
            for what, said in _of_indicator(indicator, body):
                lines[indicator.code, what] = said
    for group in body.groups:
        lines["", _("Group %(name)s") % {"name": group.label}] = " ".join([group.compared.label, *group.divisions])
    for title in body.titles:
        lines["", _("Title %(name)s") % {"name": title.label}] = _of_title(title)
    return lines


def _of_section(section: Section) -> str:
    return _("; ").join(
        [_("weight %(points)s") % {"points": plain(section.weight)}, *(rule.formula for rule in section.levels)]
    )


def _of_indicator(indicator: Indicator, body: Body) -> Iterator[tuple[str, str]]:
    yield _("name"), str(indicator.label)
    yield _("points"), _("no limit") if indicator.points is None else plain(indicator.points)
    yield _("kind"), indicator.part.label
    yield _("rule"), f"{indicator.rule.method.code} {indicator.formula}"
    source: Source | None = body.sources.get(indicator.code)
    if source:
        yield _("source"), source.said()
    if indicator.code in body.checks:
        yield _("check"), body.checks[indicator.code].label
    for standing in (Standing.ZERO, Standing.NOT_RECORDED, Standing.NOT_APPLICABLE):
        yield standing.label, indicator.effects[standing].label
    if indicator.code in body.evidence:
        yield _("evidence"), body.evidence[indicator.code]


def _of_title(title: Title) -> str:
    said = [_("from %(points)s") % {"points": in_points(title.cutoff.points)}]
    if title.cutoff.best is not None:
        said.append(_("among the best %(share)s %%") % {"share": plain(title.cutoff.best * 100)})
    if title.award is not None:
        said.append(_("%(amount)s yuan") % {"amount": f"{title.award:,.2f}"})
    said += [f"{code} ≥ {plain(least)}" for code, least in title.conditions.items()]
    return _("; ").join(said)


def _said(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
