"""The dual-authority matrix: power × office × verb, with the legal basis of each line.

Steps, buttons, API `actions`, admin permissions, notices and the permission tests are all made from this one table.
"""

from culture_admin.accounts.powers.activities import ACTIVITIES
from culture_admin.accounts.powers.assessments import ASSESSMENTS
from culture_admin.accounts.powers.ground import GROUND
from culture_admin.accounts.powers.lines import SECTION, SITES, VERBS, Power
from culture_admin.accounts.powers.stations import STATIONS
from culture_admin.accounts.powers.stewards import STEWARDS

POWERS: dict[str, Power] = {**GROUND, **STATIONS, **STEWARDS, **ACTIVITIES, **ASSESSMENTS}

__all__ = ["POWERS", "SECTION", "SITES", "VERBS", "Power"]
