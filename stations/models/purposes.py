"""What the money of a station is for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """The special work that towns of Cixi pay for, and what a station needs besides; the report of 2013 names the first five."""

    CREATION = "creation", _("Literary and artistic creation")
    ACTIVITIES = "activities", _("Mass cultural activities")
    FACILITIES = "facilities", _("Cultural positions and facilities")
    RURAL = "rural", _("Culture for the countryside")
    HERITAGE = "heritage", _("Heritage survey and protection")
    TRAINING = "training", _("Training of teams and staff")
    BOOKS = "books", _("Books and periodicals")
    OPERATION = "operation", _("Daily operation and free opening")
    STAFF = "staff", pgettext_lazy("a purpose of money", "Staff")
    OTHER = "other", _("Other")
