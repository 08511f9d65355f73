"""Django's migrate, run as the owner of the schema, then the application's role granted what it may do."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from culture_admin.privileges import grant_application, schema_owner


class Command(Migrate):
    help = Migrate.help

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with schema_owner(connection) as application:
            super().handle(*args, **options)
            grant_application(connection, application)
