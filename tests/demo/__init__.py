"""The demo districts."""

from datetime import date

TODAY = date(2026, 5, 20)
