"""What is printed about stations."""

from stations.papers import budgets, findings, guidance, personnel, registration, stations

__all__ = ["budgets", "findings", "guidance", "personnel", "registration", "stations"]
