"""Comprehensive cultural stations: legal persons under two authorities."""
