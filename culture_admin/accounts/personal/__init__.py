"""Personal data: sealed in the database, masked on every page, opened with a reason, purged when its time is over."""
