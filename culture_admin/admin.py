"""The bureau's admin: the rooms of the ground floor, whose own apps lie below the admin's base."""

from culture_admin.bureau import accounts, deadlines, imports, messages, papers, people, territory, workflow

__all__ = ["accounts", "deadlines", "imports", "messages", "papers", "people", "territory", "workflow"]
