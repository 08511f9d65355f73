#!/usr/bin/env python
"""Django's commands, with the embedded servers running where no DATABASE_URL is set."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from culture_admin.environment import data_dir
from culture_admin.servers.embedded import borrowed

# They need no database, or see to the servers themselves.
WITHOUT_SERVERS = {"", "help", "version", "check", "collectstatic", "collect_messages", "compile_translations", "demo"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    needs_servers = not (
        os.environ.get("DATABASE_URL") or command.removeprefix("--") in WITHOUT_SERVERS or "--help" in sys.argv
    )
    with borrowed(data_dir()) if needs_servers else nullcontext():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
