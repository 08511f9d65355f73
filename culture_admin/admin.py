"""The bureau's admin: the rooms of the ground floor, whose own apps lie below the admin's base."""

from culture_admin.bureau import (
    accounts,
    boundaries,
    deadlines,
    imports,
    messages,
    papers,
    people,
    schemes,
    snapshots,
    targets,
    territory,
    workflow,
)

__all__ = [
    "accounts",
    "boundaries",
    "deadlines",
    "imports",
    "messages",
    "papers",
    "people",
    "schemes",
    "snapshots",
    "targets",
    "territory",
    "workflow",
]
