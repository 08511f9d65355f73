"""The yearly assessment of towns and stations: from opening to titles, awards and re-checks."""
