"""What a line of the matrix is, and who is named together in many of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import BUREAU, STATION, R

VERBS = ("propose", "consent", "decide", "be_told", "see")


@dataclass(frozen=True)
class Power:
    """One line of the matrix. `two_persons`: nobody decides on what he filed, also not through a substitute."""

    label: object
    basis: object
    propose: frozenset = frozenset()
    consent: frozenset = frozenset()
    decide: frozenset = frozenset()
    be_told: frozenset = frozenset()
    see: frozenset = frozenset()
    two_persons: bool = False

    def roles(self, verb: str) -> frozenset:
        """Who may `verb`; whoever proposes, consents, decides or is told also sees, and who proposes or decides enters."""
        if verb == "see":
            return self.see | self.propose | self.consent | self.decide | self.be_told
        if verb == "enter":
            return self.propose | self.decide
        return getattr(self, verb)


SITES = BUREAU | STATION | {R.TOWN_OFFICER, R.OBSERVER, R.ASSESSOR, R.BACKBONE}
# The section of the bureau that guides stations from day to day, and whoever stands in for all sections.
SECTION = frozenset({R.BUREAU_ADMIN, R.SERVICE})
DUAL = _("Dual management of Cixi: the town administers and pays, the bureau appoints, approves, guides and assesses")
