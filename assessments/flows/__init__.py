"""The steps of the yearly assessment."""

from assessments.flows import cycles, objections, outcomes, towns

__all__ = ["cycles", "objections", "outcomes", "towns"]
