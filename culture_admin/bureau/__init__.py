"""The bureau's desk: the admin site, its menu, first page, tasks and numbers."""
