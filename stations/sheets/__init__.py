"""The sheets that stations and the bureau keep by hand, and how their rows are read."""
