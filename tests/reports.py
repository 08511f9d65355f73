"""Figures that suites establish, for README's table: one JSON file each in reports/."""

import fcntl
import json

from culture_admin.environment import CHECKOUT

REPORTS = CHECKOUT / "reports"


def report(name: str, **figures: object) -> None:
    """Set these figures in the report of this name, beside those that other tests have set."""
    REPORTS.mkdir(exist_ok=True)
    with (REPORTS / f"{name}.json").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = json.loads(file.read() or "{}")
        file.truncate(0)
        file.write(json.dumps(known | figures, indent=1, sort_keys=True) + "\n")
