"""The yearly assessment in the bureau's admin: years, towns, results, objections, awards and re-checks."""

from assessments.admin import awards, cycles, objections, rechecks, results, seats, towns

__all__ = ["awards", "cycles", "objections", "rechecks", "results", "seats", "towns"]
