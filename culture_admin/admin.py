"""The bureau's admin: which model is shown in which room, in the order of the day's work."""
