"""Sheets in and out, attachments."""
